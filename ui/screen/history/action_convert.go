package history

import (
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// prepareConversion finds out what the question must name.
func (s *Screen) prepareConversion(proforma model.Invoice) tea.Cmd {
	name := proforma.Reference()
	what := request{key: convertKey, invoice: proforma, doing: "looking up what the invoice of " + name + " needs"}
	return send(s, what, s.records.Conversion, func(conversion model.Conversion, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("No invoice was made of "+name, err)
		}
		return s.askConversion(proforma, conversion)
	})
}

// askConversion names client, total, series and what cannot be undone. No letter makes the invoice.
func (s *Screen) askConversion(proforma model.Invoice, conversion model.Conversion) tea.Cmd {
	name := proforma.Reference()
	body := []string{
		clientAndTotal(proforma),
		fmt.Sprintf("Series %s, dated %s, with the client and the lines of %s.", conversion.Series, s.env.Today(), name),
	}
	switch rate := conversion.Exchange; {
	case rate.IsKnown():
		body = append(body, strings.TrimSpace(fmt.Sprintf("1 %s = %s RON, %s %s", proforma.Currency, rate.Lei, rate.Source, rate.Date)))
	case proforma.Currency != model.DefaultCurrency:
		body = append(body, "BNR's rate of "+proforma.Currency+" could not be looked up: SmartBill takes its own.")
	}
	body = append(body, "", screen.IssuedForGood+" The hours go over from the proforma, which becomes an invoice only once.")
	makeIt := s.unlessMidnight("the invoice", convertKey, func(model.Date) tea.Cmd { return s.convert(proforma, conversion) })
	return s.env.Ask("Make the invoice of "+name+"?", body, widget.Option{Label: "back"}, widget.Option{Label: "make the invoice", Run: makeIt})
}

func (s *Screen) convert(proforma model.Invoice, conversion model.Conversion) tea.Cmd {
	name := proforma.Reference()
	return s.run(change{
		request: request{
			key: convertKey, invoice: proforma, doing: "making the invoice of " + name, word: "invoicing",
			unknown: fmt.Sprintf("The invoice of %s (%s, series %s) is on its way. "+
				"Whether it exists would not be known; its hours would stay reserved.", name, clientAndTotal(proforma), conversion.Series),
		},
		call: with(s.records.Convert, conversion),
		done: screen.NotifyIssued,
		lost: "Whether the invoice of " + name + " was made is not known",
		failed: func(err error) tea.Cmd {
			if invoiced, ok := errors.AsType[*model.InvoicedError](err); ok {
				return s.askInvoiced(proforma, invoiced)
			}
			return screen.Fail("No invoice was made of "+name, err)
		},
	})
}

// askInvoiced asks whether the invoice that somebody made of the proforma in SmartBill is to be recorded.
func (s *Screen) askInvoiced(proforma model.Invoice, invoiced *model.InvoicedError) tea.Cmd {
	body := []string{
		clientAndTotal(proforma), text.Clean(invoiced.Error()) + ". Nothing was sent.", "",
		"Look at that invoice in SmartBill. Recorded here, it bills the hours of the proforma. Say so only if client, lines and total are yours.",
	}
	choices := []widget.Option{{Label: "leave it"}}
	for _, made := range invoiced.Made {
		number := model.InvoiceReference(made.Series, made.Number)
		choices = append(choices, widget.Option{Label: "record " + text.Clean(number), Run: func() tea.Cmd {
			return s.adoptConversion(proforma, number)
		}})
	}
	return s.env.Ask(proforma.Reference()+" is invoiced already", body, choices...)
}

// adoptConversion records the invoice of a proforma that was made in SmartBill itself.
func (s *Screen) adoptConversion(proforma model.Invoice, number string) tea.Cmd {
	name := proforma.Reference()
	return s.run(change{
		request: request{key: convertKey, invoice: proforma, doing: "recording " + number, word: "invoicing"},
		call:    with(s.records.AdoptConversion, number),
		done: func(after model.Invoice) tea.Cmd {
			recorded := after.Reference() + " is recorded as the invoice of " + name
			if warning := differenceText(after); warning != "" {
				return screen.Notify(screen.ToneWarn, recorded+". "+warning)
			}
			return screen.Notify(screen.ToneGood, recorded+", its hours billed.")
		},
		failed: failure(number + " was not recorded; " + name + " stands as it did"),
	})
}
