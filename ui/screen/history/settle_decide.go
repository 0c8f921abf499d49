package history

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers about a draft in SmartBill.
const (
	answerNumber  = "number"
	answerRelease = "release"
)

// askDraft asks what became of a draft, which SmartBill does not tell: only its user can finish it there.
func (s *Screen) askDraft(invoice model.Invoice) tea.Cmd {
	body := []string{
		clientAndTotal(invoice),
		"It stands in SmartBill as a draft without a number, and its hours stay reserved. Once it is issued there, enter the number that it got; " +
			"cadensa checks it by its PDF. If it was deleted there, its hours can be freed.",
	}
	dialog := widget.NewDialog(s.env.Theme, "What became of the draft "+invoice.Reference()+"?", body,
		widget.Option{Label: leaveOpen, Answer: answerKeep},
		widget.Option{Label: "it was issued: enter its number", Answer: answerNumber},
		widget.Option{Label: "it was deleted: free its hours", Answer: answerRelease})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerNumber:
			return s.askNumber(invoice)
		case answerRelease:
			return s.run(releasing(invoice))
		}
		return nil
	}})
}

// askAdopt asks whether the candidate is the invoice.
func (s *Screen) askAdopt(invoice model.Invoice, candidate model.Candidate) tea.Cmd {
	total := "SmartBill did not tell its total"
	if candidate.Total.Valid {
		total = "SmartBill's total: " + model.FormatAmount(candidate.Total.Decimal)
	}
	evidence := total
	if candidate.Reason != "" {
		evidence += "; " + text.Clean(candidate.Reason)
	}
	return s.askNumbered(invoice, candidate.Number, evidence)
}

// askNumber asks for a number that is not among the candidates.
func (s *Screen) askNumber(invoice model.Invoice) tea.Cmd {
	hint := "As SmartBill prints it behind the series " + invoice.Series + ", with its zeros: 0023."
	return s.env.Open(screen.NewPrompt(s.env.Theme, "The number of "+invoice.Reference(), hint, "", func(text string) (tea.Cmd, error) {
		number, err := numberIn(text, invoice.Series)
		if err != nil {
			return nil, err
		}
		return s.askNumbered(invoice, number, "the number that you entered"), nil
	}))
}

// askNumbered asks whether the uncertain invoice is the one with the number.
func (s *Screen) askNumbered(invoice model.Invoice, number, evidence string) tea.Cmd {
	name := model.InvoiceReference(invoice.Series, number)
	body := []string{
		invoice.Reference() + ": " + clientAndTotal(invoice), name + ": " + evidence, "",
		"Yes records it as issued under this number and its hours as billed. Say so only after you have seen its PDF: client, lines and total must be yours.",
	}
	return s.ask("Is it "+name+"?", body, leaveOpen, "yes, it is "+name, adopting(invoice, number))
}

func adopting(invoice model.Invoice, number string) change {
	name := model.InvoiceReference(invoice.Series, number)
	return change{
		request: request{key: adoptKey, invoice: invoice, doing: "recording " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			if invoice.Status == model.StatusDraftSent {
				return records.EnterNumber(ctx, reference, number)
			}
			return records.Adopt(ctx, reference, number)
		},
		done: func(msg doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, fmt.Sprintf("%s is %s: issued, its hours billed. p saves its PDF.", msg.asked.Reference(), msg.invoice.Reference()))
		},
		failed: func(msg doneMsg) tea.Cmd { return decisionFailed(name+" was not recorded", msg) },
	}
}

// askRelease asks whether the invoice was not made.
func (s *Screen) askRelease(invoice model.Invoice) tea.Cmd {
	body := []string{
		clientAndTotal(invoice), "",
		"Yes frees its hours: they can be billed again. If SmartBill made the invoice all the same, the work would stand on two.",
		"Its reference " + invoice.Intent + " stays watched: each later settling on series " + invoice.Series + " looks for it.",
	}
	return s.ask("Was "+invoice.Reference()+" not made?", body, leaveOpen, "yes, it was not made", releasing(invoice))
}

func releasing(invoice model.Invoice) change {
	name := invoice.Reference()
	return change{
		request: request{key: releaseKey, invoice: invoice, doing: "freeing the hours of " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			if invoice.Status == model.StatusDraftSent {
				return records.ReleaseDraft(ctx, reference)
			}
			return records.Release(ctx, reference)
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" counts as not issued; "+invoice.HoursIfNotMade()+". S sends the same invoice once more.")
		},
		failed: func(msg doneMsg) tea.Cmd { return decisionFailed("The hours of "+name+" were not freed", msg) },
	}
}

// decisionFailed says that a decision had no effect, and when it can be made.
func decisionFailed(what string, msg doneMsg) tea.Cmd {
	if wait, ok := errors.AsType[*model.WaitError](msg.err); ok {
		return screen.Send(screen.Notice{
			Tone: screen.ToneWarn, Text: text.Clean(what + ": " + msg.err.Error() + ". Nothing was changed."), Until: wait.Until, Key: settleKey, Action: "ask again",
		})
	}
	return notifyFailed(what+"; nothing was changed", msg.err)
}
