package history

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

const convertKey = "i"

// conversionMsg brings what the invoice of a proforma would be made with.
type conversionMsg struct {
	proforma   model.Invoice
	ticket     screen.Ticket
	conversion model.Conversion
	err        error
}

// convertProforma makes the invoice of a proforma.
func convertProforma() action {
	return action{key: convertKey, label: "invoice", refusal: notConvertible, begin: (*Screen).loadConversion}
}

// notConvertible: only a proforma that stands becomes an invoice, once.
func notConvertible(invoice model.Invoice) string {
	name := invoice.Reference()
	switch {
	case invoice.Kind != model.KindProforma:
		return name + " is no proforma: i makes the invoice of one."
	case invoice.InvoicedAs != "":
		return invoicedAlready(invoice)
	case invoice.Status == model.StatusIssued:
		return ""
	case invoice.Status == model.StatusCancelled:
		return name + " is given up; its hours are free. R takes it back."
	case invoice.Status == model.StatusUnknown, invoice.Status == model.StatusSending:
		return "It is not known whether " + name + " exists: press u to find out."
	}
	return name + " is " + statusWord(string(invoice.Status)) + ": no invoice is made of it."
}

func invoicedAlready(proforma model.Invoice) string {
	return "The proforma " + proforma.Reference() + " is invoiced as " + proforma.InvoicedAs + ": what is to be done is done with that."
}

// loadConversion finds out what the question must name.
func (s *Screen) loadConversion(proforma model.Invoice) tea.Cmd {
	ctx, ticket, spin := s.start(request{key: convertKey, invoice: proforma, doing: "looking up what the invoice of " + proforma.Reference() + " needs"})
	records := s.records
	return tea.Batch(spin, func() tea.Msg {
		conversion, err := records.Conversion(ctx, reference(proforma))
		return conversionMsg{proforma: proforma, ticket: ticket, conversion: conversion, err: err}
	})
}

// onConversion names client, total, series and what cannot be undone. No letter makes the invoice.
func (s *Screen) onConversion(msg conversionMsg) tea.Cmd {
	if !s.finish(convertKey, msg.proforma.ID, msg.ticket) {
		return nil
	}
	proforma, today := msg.proforma, s.env.Today()
	name := proforma.Reference()
	if msg.err != nil {
		return screen.Fail("No invoice was made of "+name, msg.err)
	}
	body := []string{
		clientAndTotal(proforma),
		fmt.Sprintf("Series %s, dated %s, with the client and the lines of %s.", msg.conversion.Series, today, name),
	}
	switch rate := msg.conversion.Exchange; {
	case rate.IsKnown():
		body = append(body, strings.TrimSpace(fmt.Sprintf("1 %s = %s RON, %s %s", proforma.Currency, rate.Lei, rate.Source, rate.Date)))
	case proforma.Currency != model.DefaultCurrency:
		body = append(body, "BNR's rate of "+proforma.Currency+" could not be looked up: SmartBill takes its own.")
	}
	body = append(body, "",
		"SmartBill gives it a number and, if your account says so, sends it to ANAF. From then on it can be cancelled or reversed, never taken back. "+
			"The hours go over from the proforma, which becomes an invoice only once.")
	dialog := widget.NewDialog(s.env.Theme, "Make the invoice of "+name+"?", body,
		widget.Option{Label: "back", Answer: answerKeep}, widget.Option{Label: "make the invoice", Answer: answerYes})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch {
		case answer != answerYes:
			return nil
		case s.env.Today() != today:
			return screen.Notify(screen.ToneWarn, "Midnight has passed: the invoice would bear another date. Nothing was sent; press i again.")
		}
		return s.run(s.converting(proforma, msg.conversion))
	}})
}

func (s *Screen) converting(proforma model.Invoice, conversion model.Conversion) change {
	name := proforma.Reference()
	return change{
		request: request{
			key: convertKey, invoice: proforma, doing: "making the invoice of " + name, word: "invoicing",
			unknown: fmt.Sprintf("The invoice of %s (%s, series %s) is on its way. Whether it exists would not be known; its hours would stay reserved.",
				name, clientAndTotal(proforma), conversion.Series),
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Convert(ctx, reference, conversion)
		},
		done: func(msg doneMsg) tea.Cmd { return notifyIssued(msg.invoice) },
		failed: func(msg doneMsg) tea.Cmd {
			if invoiced, ok := errors.AsType[*model.InvoicedError](msg.err); ok {
				return s.askInvoiced(proforma, invoiced)
			}
			if errors.Is(msg.err, model.ErrOutcomeUnknown) {
				return screen.NotifyUnknown("Whether the invoice of "+name+" was made is not known", msg.err)
			}
			return screen.Fail("No invoice was made of "+name, msg.err)
		},
	}
}

// askInvoiced asks whether the invoice that somebody made of the proforma in SmartBill is to be recorded.
func (s *Screen) askInvoiced(proforma model.Invoice, invoiced *model.InvoicedError) tea.Cmd {
	body := []string{
		clientAndTotal(proforma), text.Clean(invoiced.Error()) + ". Nothing was sent.", "",
		"Look at that invoice in SmartBill. Recorded here, it bills the hours of the proforma. Say so only if client, lines and total are yours.",
	}
	options := []widget.Option{{Label: "leave it", Answer: answerKeep}}
	for _, made := range invoiced.Made {
		number := model.InvoiceReference(made.Series, made.Number)
		options = append(options, widget.Option{Label: "record " + text.Clean(number), Answer: number})
	}
	dialog := widget.NewDialog(s.env.Theme, proforma.Reference()+" is invoiced already", body, options...)
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer == answerKeep || answer == "" {
			return nil
		}
		return s.run(adoptingConversion(proforma, answer))
	}})
}

// adoptingConversion records the invoice of a proforma that was made in SmartBill itself.
func adoptingConversion(proforma model.Invoice, number string) change {
	name := proforma.Reference()
	return change{
		request: request{key: convertKey, invoice: proforma, doing: "recording " + number, word: "invoicing"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.AdoptConversion(ctx, reference, number)
		},
		done: func(msg doneMsg) tea.Cmd {
			if warning := differenceText(msg.invoice); warning != "" {
				return screen.Notify(screen.ToneWarn, msg.invoice.Reference()+" is recorded as the invoice of "+name+". "+warning)
			}
			return screen.Notify(screen.ToneGood, msg.invoice.Reference()+" is recorded as the invoice of "+name+", its hours billed.")
		},
		failed: func(msg doneMsg) tea.Cmd {
			return notifyFailed(number+" was not recorded; "+name+" stands as it did", msg.err)
		},
	}
}
