package history

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// deletionMsg brings whether a document was deleted on the web.
type deletionMsg struct {
	asked    model.Invoice
	ticket   screen.Ticket
	deletion model.Deletion
	err      error
}

// examineDeletion finds out whether a document that SmartBill should have was deleted on the web.
func examineDeletion() action {
	return action{key: settleKey, label: "deleted on the web?", rare: true, refusal: notAtSmartBill, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		ctx, ticket, spin := s.start(request{key: settleKey, invoice: invoice, doing: "looking for " + invoice.Reference(), word: "looking"})
		records := s.records
		return tea.Batch(spin, func() tea.Msg {
			deletion, err := records.ExamineDeleted(ctx, reference(invoice))
			return deletionMsg{asked: invoice, ticket: ticket, deletion: deletion, err: err}
		})
	}}
}

// notAtSmartBill: only what has a number there can have been deleted there.
func notAtSmartBill(invoice model.Invoice) string {
	if invoice.Number == "" || !invoice.Status.AtSmartBill() || invoice.Elsewhere {
		return "What became of " + invoice.Reference() + " is known: it is " + statusWord(string(invoice.Status)) + "."
	}
	return ""
}

func (s *Screen) onDeletion(msg deletionMsg) tea.Cmd {
	if !s.finish(settleKey, msg.asked.ID, msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return notifyFailed("Whether "+msg.asked.Reference()+" was deleted could not be found out; it stands as it did", msg.err)
	}
	switch msg.deletion.Conclusion {
	case model.DeletionProven:
		return s.askDeleted(msg.asked, msg.deletion)
	case model.DeletionUndecided:
		return s.askUndecided(msg.asked, msg.deletion)
	case model.DeletionDenied:
		if !msg.deletion.Candidate.CarriesReference {
			return s.askUndecided(msg.asked, msg.deletion)
		}
	case model.DeletionRecorded:
	}
	return screen.Notify(screen.ToneGood, text.Clean(msg.deletion.Sentence))
}

// askDeleted asks whether what is proven is to be recorded.
func (s *Screen) askDeleted(invoice model.Invoice, deletion model.Deletion) tea.Cmd {
	body := []string{clientAndTotal(invoice), text.Clean(deletion.Sentence), "", "Yes records that, and " + invoice.ThenIfDeleted() + ". Its number may be given to another."}
	return s.ask("Record "+invoice.Reference()+" as deleted?", body, "leave it", "record it as deleted", recordingDeleted(invoice, ""))
}

// askUndecided lets its user decide what the evidence does not, after a look at the PDF.
func (s *Screen) askUndecided(invoice model.Invoice, deletion model.Deletion) tea.Cmd {
	name := invoice.Reference()
	body := []string{clientAndTotal(invoice), "What SmartBill has there: " + text.Clean(deletion.Candidate.Reason) + ".", "",
		"Look at its PDF. If that is another document, yours was deleted, and you can record that by typing its number."}
	dialog := widget.NewDialog(s.env.Theme, "It is not proven whether "+name+" was deleted", body,
		widget.Option{Label: "leave it", Answer: answerKeep}, widget.Option{Key: openKey, Label: "look at its PDF", Answer: answerLook},
		widget.Option{Label: "it is another one: type the number", Answer: answerNumber})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerLook:
			return s.openDocument(invoice)
		case answerNumber:
			return s.askDeletedNumber(invoice)
		}
		return nil
	}})
}

// askDeletedNumber takes the number of a document that was deleted by the word of its user.
func (s *Screen) askDeletedNumber(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	hint := "It records that yours was deleted; " + invoice.ThenIfDeleted() + "."
	return s.env.Open(screen.NewPrompt(s.env.Theme, "The number of "+name, hint, "", func(text string) (tea.Cmd, error) {
		number, err := numberIn(text, invoice.Series)
		if err != nil {
			return nil, err
		}
		if number != invoice.Number {
			return nil, errors.New("that is not " + name + "; esc leaves everything as it is")
		}
		return s.run(recordingDeleted(invoice, number)), nil
	}))
}

// recordingDeleted records a document as deleted, as proven or with the number that was typed.
func recordingDeleted(invoice model.Invoice, number string) change {
	name, now := invoice.Reference(), invoice.ThenIfDeleted()
	return change{
		request: request{key: settleKey, invoice: invoice, doing: "recording that " + name + " was deleted", word: "deleted"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			record := records.SettleDeleted
			if number != "" {
				record = func(ctx context.Context, reference string) (model.Deletion, error) {
					return records.DecideDeleted(ctx, reference, number)
				}
			}
			deletion, err := record(ctx, reference)
			return deletion.Invoice, err
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" is recorded as deleted on the web; "+now+".")
		},
		failed: func(msg doneMsg) tea.Cmd { return notifyFailed(name+" was not recorded as deleted", msg.err) },
	}
}

// The answers about a document that cannot be proven to be the one in the ledger.
const (
	answerLook = "look"
	answerMine = "vouch"
)

// askUnproven offers what can be done about a document that SmartBill has under an invoice's number and that is not proven to be
// the invoice; false for any other failure.
func (s *Screen) askUnproven(invoice model.Invoice, failure error) (offered tea.Cmd, ok bool) {
	if !invoice.IsNumbered() || !errors.Is(failure, model.ErrNotOurs) {
		return nil, false
	}
	options := []widget.Option{{Label: "leave it", Answer: answerKeep}, {Key: openKey, Label: "look at its PDF", Answer: answerLook}}
	body := []string{text.Clean(failure.Error()) + ". Nothing was changed.", "", "If yours was deleted on the web and its number given again, press u on it to record that."}
	if _, ok := errors.AsType[*model.UnprovenError](failure); ok {
		body = append(body, "If it is yours all the same, you can say so, once you have seen its PDF.")
		options = append(options, widget.Option{Label: "it is mine: type number and client", Answer: answerMine})
	}
	dialog := widget.NewDialog(s.env.Theme, "Is it "+invoice.Reference()+"?", body, options...)
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerLook:
			return s.openDocument(invoice)
		case answerMine:
			return s.askDocumentNumber(invoice)
		}
		return nil
	}}), true
}

// openDocument shows what SmartBill has under an invoice's number, whatever it is.
func (s *Screen) openDocument(invoice model.Invoice) tea.Cmd {
	return s.getPDF(openKey, invoice, "opening what SmartBill has as "+invoice.Reference(), func(ctx context.Context, reference string) (string, error) {
		return s.records.OpenCandidate(ctx, reference, invoice.Number)
	})
}

// askDocumentNumber asks for the number that the PDF shows, then for the client.
func (s *Screen) askDocumentNumber(invoice model.Invoice) tea.Cmd {
	return s.env.Open(screen.NewPrompt(s.env.Theme, "The number that the PDF shows", "With its zeros, as it is printed.", "", func(text string) (tea.Cmd, error) {
		number, err := numberIn(text, invoice.Series)
		if err != nil {
			return nil, err
		}
		if number != invoice.Number {
			return nil, errors.New("then it is not " + invoice.Reference() + "; esc leaves everything as it is")
		}
		return s.askDocumentClient(invoice, number), nil
	}))
}

func (s *Screen) askDocumentClient(invoice model.Invoice, number string) tea.Cmd {
	hint := "The name or the tax number, as it is printed. From then on the document counts as " + invoice.Reference() + "."
	return s.env.Open(screen.NewPrompt(s.env.Theme, "The client that the PDF names", hint, "", func(value string) (tea.Cmd, error) {
		if text.Collapse(value) == "" {
			return nil, errors.New("the client is needed; esc leaves everything as it is")
		}
		return s.run(confirmingDocument(invoice, number, value)), nil
	}))
}

func confirmingDocument(invoice model.Invoice, number, client string) change {
	name := invoice.Reference()
	return change{
		request: request{key: settleKey, invoice: invoice, doing: "recording that it is " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Vouch(ctx, reference, number, client)
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, "It counts as "+name+" from now on: what you wanted to do can be done.")
		},
		failed: func(msg doneMsg) tea.Cmd { return notifyFailed("It does not count as "+name, msg.err) },
	}
}
