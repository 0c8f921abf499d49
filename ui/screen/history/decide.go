package history

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// answerYes carries out what a dialog asks about; it has no letter, so that no reflex gives it.
const answerYes = "yes"

// ask lays a question over the screen. Leaving things as they are has the focus.
func (s *Screen) ask(title string, body []string, leave, do string, what deed) tea.Cmd {
	dialog := widget.NewDialog(s.env.Theme, title, body,
		widget.Option{Label: leave, Answer: answerKeep}, widget.Option{Label: do, Answer: answerYes})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerYes {
			return nil
		}
		return s.carryOut(what)
	}})
}

// worth names an invoice's client and amount, as every question does.
func worth(invoice model.Invoice) string {
	return invoice.ClientName + " · " + model.FormatAmount(invoice.Total) + " " + invoice.Currency
}

// leaveUnknown is the harmless answer to the questions about an uncertain invoice.
const leaveUnknown = "leave it open"

// askAdopt asks whether the candidate is the invoice.
func (s *Screen) askAdopt(invoice model.Invoice, candidate model.Candidate) tea.Cmd {
	total := "SmartBill did not tell its total"
	if candidate.Total.Valid {
		total = "SmartBill's total: " + model.FormatAmount(candidate.Total.Decimal)
	}
	evidence := total
	if candidate.Reason != "" {
		evidence += "; " + model.Clean(candidate.Reason)
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

// numberIn reads a number as the user has it before their eyes: alone, or behind its series.
func numberIn(text, series string) (string, error) {
	number := model.NumberTyped(text, series)
	if number == "" {
		return "", errors.New("the number is needed; esc leaves everything as it is")
	}
	return number, nil
}

// askNumbered asks whether the uncertain invoice is the one with the number.
func (s *Screen) askNumbered(invoice model.Invoice, number, evidence string) tea.Cmd {
	name := model.InvoiceReference(invoice.Series, number)
	body := []string{
		invoice.Reference() + ": " + worth(invoice), name + ": " + evidence, "",
		"Yes records it as issued under this number and its hours as billed. Say so only after you have seen its PDF: client, lines and total must be yours.",
	}
	return s.ask("Is it "+name+"?", body, leaveUnknown, "yes, it is "+name, adopting(invoice, number))
}

func adopting(invoice model.Invoice, number string) deed {
	name := model.InvoiceReference(invoice.Series, number)
	return deed{
		task: task{key: adoptKey, invoice: invoice, doing: "recording " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			if invoice.Status == model.StatusDraftSent {
				return records.EnterNumber(ctx, reference, number)
			}
			return records.Adopt(ctx, reference, number)
		},
		done: func(msg doneMsg) tea.Cmd {
			return screen.Tell(screen.ToneGood, fmt.Sprintf("%s is %s: issued, its hours billed. p saves its PDF.", msg.asked.Reference(), msg.invoice.Reference()))
		},
		failed: func(msg doneMsg) tea.Cmd { return notDecided(name+" was not recorded", msg) },
	}
}

// askRelease asks whether the invoice was not made.
func (s *Screen) askRelease(invoice model.Invoice) tea.Cmd {
	body := []string{
		worth(invoice), "",
		"Yes frees its hours: they can be billed again. If SmartBill made the invoice all the same, the work would stand on two.",
		"Its reference " + invoice.Intent + " stays watched: each later settling on series " + invoice.Series + " looks for it.",
	}
	return s.ask("Was "+invoice.Reference()+" not made?", body, leaveUnknown, "yes, it was not made", releasing(invoice))
}

func releasing(invoice model.Invoice) deed {
	name := invoice.Reference()
	return deed{
		task: task{key: releaseKey, invoice: invoice, doing: "freeing the hours of " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			if invoice.Status == model.StatusDraftSent {
				return records.ReleaseDraft(ctx, reference)
			}
			return records.Release(ctx, reference)
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Tell(screen.ToneGood, name+" counts as not issued; "+invoice.HoursIfNotMade()+". S sends the same invoice once more.")
		},
		failed: func(msg doneMsg) tea.Cmd { return notDecided("The hours of "+name+" were not freed", msg) },
	}
}

// notDecided says that a decision had no effect, and when it can be made.
func notDecided(what string, msg doneMsg) tea.Cmd {
	if wait, ok := errors.AsType[*model.WaitError](msg.err); ok {
		return screen.Send(screen.Notify{Notice: screen.Notice{
			Tone: screen.ToneWarn, Text: model.Clean(what + ": " + msg.err.Error() + ". Nothing was changed."), Until: wait.Until, Key: settleKey, Action: "ask again",
		}})
	}
	return fail(what+"; nothing was changed", msg.err)
}
