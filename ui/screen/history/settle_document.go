package history

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// examineDeletion finds out whether a document that SmartBill should have was deleted on the web.
func (s *Screen) examineDeletion(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	return send(s, request{key: settleKey, invoice: invoice, doing: "looking for " + name, word: "looking"}, s.records.ExamineDeleted,
		func(deletion model.Deletion, err error) tea.Cmd {
			if err != nil {
				return notifyFailed("Whether "+name+" was deleted could not be found out; it stands as it did", err)
			}
			return s.onDeletion(invoice, deletion)
		})
}

// onDeletion says what was found, or asks what is to be recorded. Without a printed reference a document that looks like
// ours may be another.
func (s *Screen) onDeletion(invoice model.Invoice, deletion model.Deletion) tea.Cmd {
	switch deletion.Conclusion {
	case model.DeletionProven:
		return s.env.Ask("Record "+invoice.Reference()+" as deleted?", []string{
			clientAndTotal(invoice), s.env.Say(explain.Deletion(deletion)), "",
			"Yes records that, and " + s.env.Say(explain.ThenIfDeleted(invoice)) + ". Its number may be given to another.",
		}, widget.Option{Label: "leave it"}, widget.Option{Label: "record it as deleted", Run: func() tea.Cmd {
			return s.recordDeleted(invoice, s.records.SettleDeleted)
		}})
	case model.DeletionUndecided:
		return s.askUndecided(invoice, deletion)
	case model.DeletionDenied:
		if !deletion.Candidate.CarriesReference {
			return s.askUndecided(invoice, deletion)
		}
	case model.DeletionRecorded:
	}
	return screen.Notify(screen.ToneGood, s.env.Say(explain.Deletion(deletion)))
}

// askUndecided lets the user decide what the evidence does not, after a look at the PDF.
func (s *Screen) askUndecided(invoice model.Invoice, deletion model.Deletion) tea.Cmd {
	return s.env.Ask("It is not proven whether "+invoice.Reference()+" was deleted", []string{
		clientAndTotal(invoice), "What SmartBill has there: " + s.env.Say(explain.Candidate(deletion.Candidate)) + ".", "",
		"Look at its PDF. If that is another document, yours was deleted, and you can record that by typing its number.",
	}, widget.Option{Label: "leave it"}, s.look(invoice), widget.Option{Label: "it is another one: type the number", Run: func() tea.Cmd {
		return s.enterDeletedNumber(invoice)
	}})
}

// enterDeletedNumber takes the number of a document that was deleted by the word of its user.
func (s *Screen) enterDeletedNumber(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	hint := "It records that yours was deleted; " + s.env.Say(explain.ThenIfDeleted(invoice)) + "."
	return s.enterNumber("The number of "+name, hint, invoice, func(number string) (tea.Cmd, error) {
		if number != invoice.Number {
			return nil, errors.New("that is not " + name + "; esc leaves everything as it is")
		}
		return s.recordDeleted(invoice, with(s.records.DecideDeleted, number)), nil
	})
}

// recordDeleted records that a document was deleted, as record does it: by proof or by the user's word.
func (s *Screen) recordDeleted(invoice model.Invoice, record func(context.Context, string) (model.Deletion, error)) tea.Cmd {
	name := invoice.Reference()
	return s.run(change{
		request: request{key: settleKey, invoice: invoice, doing: "recording that " + name + " was deleted", word: "deleted"},
		call: func(ctx context.Context, reference string) (model.Invoice, error) {
			deletion, err := record(ctx, reference)
			return deletion.Invoice, err
		},
		done: func(model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" is recorded as deleted on the web; "+s.env.Say(explain.ThenIfDeleted(invoice))+".")
		},
		failed: failure(name + " was not recorded as deleted"),
	})
}

// look is the choice that shows what SmartBill has under an invoice's number.
func (s *Screen) look(invoice model.Invoice) widget.Option {
	return widget.Option{Key: openKey, Label: "look at its PDF", Run: func() tea.Cmd {
		return s.openCandidate(invoice, "opening what SmartBill has as "+invoice.Reference(), invoice.Number)
	}}
}

// isUnproven reports that a request failed because SmartBill's document under the invoice's number is not proven to be the
// invoice.
func isUnproven(invoice model.Invoice, err error) bool {
	return invoice.IsNumbered() && errors.Is(err, model.ErrNotOurs)
}

// askUnproven asks what to do about a document that is not proven to be the invoice.
func (s *Screen) askUnproven(invoice model.Invoice, err error) tea.Cmd {
	choices := []widget.Option{{Label: "leave it"}, s.look(invoice)}
	body := []string{
		text.Clean(err.Error()) + ". Nothing was changed.", "",
		"If yours was deleted on the web and its number given again, press u on it to record that.",
	}
	if _, ok := errors.AsType[*model.UnprovenError](err); ok {
		body = append(body, "If it is yours all the same, you can say so, once you have seen its PDF.")
		choices = append(choices, widget.Option{
			Label: "it is mine: type number and client", Run: func() tea.Cmd { return s.enterOwnNumber(invoice) },
		})
	}
	return s.env.Ask("Is it "+invoice.Reference()+"?", body, choices...)
}

// enterOwnNumber asks for the number that the PDF shows, then for the client.
func (s *Screen) enterOwnNumber(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	return s.enterNumber("The number that the PDF shows", "With its zeros, as it is printed.", invoice, func(number string) (tea.Cmd, error) {
		if number != invoice.Number {
			return nil, errors.New("then it is not " + name + "; esc leaves everything as it is")
		}
		return s.enterOwnClient(invoice, number), nil
	})
}

func (s *Screen) enterOwnClient(invoice model.Invoice, number string) tea.Cmd {
	hint := "The name or the tax number, as it is printed. From then on the document counts as " + invoice.Reference() + "."
	return s.env.Prompt("The client that the PDF names", hint, "", func(client string) (tea.Cmd, error) {
		if text.Collapse(client) == "" {
			return nil, errors.New("the client is needed; esc leaves everything as it is")
		}
		return s.confirmOwn(invoice, number, client), nil
	})
}

func (s *Screen) confirmOwn(invoice model.Invoice, number, client string) tea.Cmd {
	name := invoice.Reference()
	return s.run(change{
		request: request{key: settleKey, invoice: invoice, doing: "recording that it is " + name, word: "settle"},
		call: func(ctx context.Context, reference string) (model.Invoice, error) {
			return s.records.ConfirmDocument(ctx, reference, number, client)
		},
		done: func(model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, "It counts as "+name+" from now on: what you wanted to do can be done.")
		},
		failed: failure("It does not count as " + name),
	})
}
