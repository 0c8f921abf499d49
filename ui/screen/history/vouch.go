package history

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers about a document that cannot be proven to be the one in the ledger.
const (
	answerLook  = "look"
	answerVouch = "vouch"
)

// unproven offers what can be done about a document that SmartBill has under an invoice's number and that is not proven to be
// the invoice; false for any other failure.
func (s *Screen) unproven(invoice model.Invoice, failure error) (offered tea.Cmd, ok bool) {
	if !invoice.IsNumbered() || !errors.Is(failure, model.ErrNotOurs) {
		return nil, false
	}
	options := []widget.Option{{Label: "leave it", Answer: answerKeep}, {Key: openKey, Label: "look at its PDF", Answer: answerLook}}
	body := []string{model.Clean(failure.Error()) + ". Nothing was changed.", "", "If yours was deleted on the web and its number given again, press u on it to record that."}
	if _, ok := errors.AsType[*model.UnprovenError](failure); ok {
		body = append(body, "If it is yours all the same, you can say so, once you have seen its PDF.")
		options = append(options, widget.Option{Label: "it is mine: type number and client", Answer: answerVouch})
	}
	dialog := widget.NewDialog(s.env.Theme, "Is it "+invoice.Reference()+"?", body, options...)
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerLook:
			return s.openCandidate(invoice)
		case answerVouch:
			return s.askVouchNumber(invoice)
		}
		return nil
	}}), true
}

// openCandidate shows what SmartBill has under an invoice's number, whatever it is.
func (s *Screen) openCandidate(invoice model.Invoice) tea.Cmd {
	return s.fetch(openKey, invoice, "opening what SmartBill has as "+invoice.Reference(), func(ctx context.Context, reference string) (string, error) {
		return s.records.OpenCandidate(ctx, reference, invoice.Number)
	})
}

// askVouchNumber asks for the number that the PDF shows, then for the client.
func (s *Screen) askVouchNumber(invoice model.Invoice) tea.Cmd {
	return s.env.Open(screen.NewPrompt(s.env.Theme, "The number that the PDF shows", "With its zeros, as it is printed.", "", func(text string) (tea.Cmd, error) {
		number, err := numberIn(text, invoice.Series)
		if err != nil {
			return nil, err
		}
		if number != invoice.Number {
			return nil, errors.New("then it is not " + invoice.Reference() + "; esc leaves everything as it is")
		}
		return s.askVouchClient(invoice, number), nil
	}))
}

func (s *Screen) askVouchClient(invoice model.Invoice, number string) tea.Cmd {
	hint := "The name or the tax number, as it is printed. From then on the document counts as " + invoice.Reference() + "."
	return s.env.Open(screen.NewPrompt(s.env.Theme, "The client that the PDF names", hint, "", func(text string) (tea.Cmd, error) {
		if model.Collapse(text) == "" {
			return nil, errors.New("the client is needed; esc leaves everything as it is")
		}
		return s.carryOut(vouching(invoice, number, text)), nil
	}))
}

func vouching(invoice model.Invoice, number, client string) deed {
	name := invoice.Reference()
	return deed{
		task: task{key: settleKey, invoice: invoice, doing: "recording that it is " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Vouch(ctx, reference, number, client)
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Tell(screen.ToneGood, "It counts as "+name+" from now on: what you wanted to do can be done.")
		},
		failed: func(msg doneMsg) tea.Cmd { return fail("It does not count as "+name, msg.err) },
	}
}
