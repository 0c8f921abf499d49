package history

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The keys of the decisions.
const (
	adoptKey   = "a"
	releaseKey = "n"
	numberKey  = "#"
)

// leaveOpen is the harmless answer to the questions about an uncertain invoice.
const leaveOpen = "leave it open"

// askDraft asks what became of a draft, which SmartBill does not tell: only its user can finish it there.
func (s *Screen) askDraft(invoice model.Invoice) tea.Cmd {
	return s.env.Ask("What became of the draft "+invoice.Reference()+"?", []string{
		clientAndTotal(invoice),
		"It stands in SmartBill as a draft without a number, and its hours stay reserved. " +
			"Once it is issued there, enter the number that it got; cadensa checks it by its PDF. If it was deleted there, its hours can be freed.",
	}, widget.Option{Label: leaveOpen},
		widget.Option{Label: "it was issued: enter its number", Run: func() tea.Cmd { return s.enterAdoptedNumber(invoice) }},
		widget.Option{Label: "it was deleted: free its hours", Run: func() tea.Cmd { return s.release(invoice) }})
}

func (s *Screen) askAdopt(invoice model.Invoice, candidate model.Candidate) tea.Cmd {
	evidence := "SmartBill did not tell its total"
	if candidate.Total.Valid {
		evidence = "SmartBill's total: " + model.FormatAmount(candidate.Total.Decimal)
	}
	if candidate.Reason != "" {
		evidence += "; " + s.env.Say(explain.Candidate(candidate))
	}
	return s.askAdoptNumber(invoice, candidate.Number, evidence)
}

// enterNumber asks for the number of an invoice: alone, or behind its series.
func (s *Screen) enterNumber(title, hint string, invoice model.Invoice, entered func(number string) (tea.Cmd, error)) tea.Cmd {
	return s.env.Prompt(title, hint, "", func(text string) (tea.Cmd, error) {
		number := model.NumberTyped(text, invoice.Series)
		if number == "" {
			return nil, errors.New("the number is needed; esc leaves everything as it is")
		}
		return entered(number)
	})
}

func (s *Screen) enterAdoptedNumber(invoice model.Invoice) tea.Cmd {
	hint := "As SmartBill prints it behind the series " + invoice.Series + ", with its zeros: 0023."
	return s.enterNumber("The number of "+invoice.Reference(), hint, invoice, func(number string) (tea.Cmd, error) {
		return s.askAdoptNumber(invoice, number, "the number that you entered"), nil
	})
}

func (s *Screen) askAdoptNumber(invoice model.Invoice, number, evidence string) tea.Cmd {
	name := model.InvoiceReference(invoice.Series, number)
	return s.env.Ask("Is it "+name+"?", []string{
		invoice.Reference() + ": " + clientAndTotal(invoice), name + ": " + evidence, "",
		"Yes records it as issued under this number and its hours as billed. " +
			"Say so only after you have seen its PDF: client, lines and total must be yours.",
	}, widget.Option{Label: leaveOpen}, widget.Option{Label: "yes, it is " + name, Run: func() tea.Cmd { return s.adopt(invoice, number) }})
}

func (s *Screen) adopt(invoice model.Invoice, number string) tea.Cmd {
	name, adopt := model.InvoiceReference(invoice.Series, number), s.records.Adopt
	if invoice.Status == model.StatusDraftSent {
		adopt = s.records.EnterNumber
	}
	return s.run(change{
		request: request{key: adoptKey, invoice: invoice, doing: "recording " + name, word: "settle"},
		call:    with(adopt, number),
		done: func(after model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, invoice.Reference()+" is "+after.Reference()+": issued, its hours billed. p saves its PDF.")
		},
		failed: decisionFailure(name + " was not recorded"),
	})
}

func (s *Screen) askRelease(invoice model.Invoice) tea.Cmd {
	return s.env.Ask("Was "+invoice.Reference()+" not made?", []string{
		clientAndTotal(invoice), "",
		"Yes frees its hours: they can be billed again. If SmartBill made the invoice all the same, the work would stand on two.",
		"Its reference " + invoice.Intent + " stays watched: each later settling on series " + invoice.Series + " looks for it.",
	}, widget.Option{Label: leaveOpen}, widget.Option{Label: "yes, it was not made", Run: func() tea.Cmd { return s.release(invoice) }})
}

func (s *Screen) release(invoice model.Invoice) tea.Cmd {
	name, release := invoice.Reference(), s.records.Release
	if invoice.Status == model.StatusDraftSent {
		release = s.records.ReleaseDraft
	}
	return s.run(change{
		request: request{key: releaseKey, invoice: invoice, doing: "freeing the hours of " + name, word: "settle"},
		call:    release,
		done: func(model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" counts as not issued; "+s.env.Say(explain.HoursIfNotMade(invoice))+". S sends the same invoice once more.")
		},
		failed: decisionFailure("The hours of " + name + " were not freed"),
	})
}

// decisionFailure says that a decision had no effect, and when it can be made.
func decisionFailure(what string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		if wait, ok := errors.AsType[*model.WaitError](err); ok {
			return screen.Send(screen.Notice{
				Tone: screen.ToneWarn, Text: text.Clean(what + ": " + err.Error() + ". Nothing was changed."),
				Until: wait.Until, Key: settleKey, Action: "ask again",
			})
		}
		return notifyFailed(what+"; nothing was changed", err)
	}
}
