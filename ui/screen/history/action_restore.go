package history

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

const restoreKey = "R"

// restoreInvoice takes a cancelled invoice back into force.
func restoreInvoice() action {
	return action{key: restoreKey, label: "restore", refusal: notRestorable, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		body := []string{
			clientAndTotal(invoice),
			"It is in force again in SmartBill, under its number, and its hours are " + hoursState(invoice) + " by it again. That is refused when they are on another invoice by now.",
			"Of lines without hours it cannot be told: look that no other invoice bills them.",
		}
		if invoice.Status == model.StatusRestoring {
			body = append(body, "Restoring it was begun; repeating it is safe.")
		}
		return s.ask("Restore "+invoice.Reference()+"?", body, "leave it cancelled", "restore it", restoring(invoice))
	}}
}

// notRestorable: only a cancelled invoice is restored. One whose restoring was begun may be restored again.
func notRestorable(invoice model.Invoice) string {
	switch invoice.Status { //nolint:exhaustive // the others have one answer
	case model.StatusCancelled, model.StatusRestoring:
		return ""
	case model.StatusReversed:
		return invoice.Reference() + " is taken back by a storno, which cannot be undone."
	}
	return invoice.Reference() + " is not cancelled: there is nothing to restore."
}

func restoring(invoice model.Invoice) change {
	name := invoice.Reference()
	return change{
		request: request{
			key: restoreKey, invoice: invoice, doing: "restoring " + name, word: "restore",
			unknown: "The restoring of " + name + " is on its way. Until its answer is known its hours stay reserved; it can be repeated safely.",
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Restore(ctx, reference)
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" is in force again; its hours are "+hoursState(invoice)+".")
		},
		failed: notifyNotRestored,
	}
}

// notifyNotRestored says what is true of the invoice after a restoring that did not succeed.
func notifyNotRestored(msg doneMsg) tea.Cmd {
	attempt := "Restoring " + msg.asked.Reference()
	switch {
	case errors.Is(msg.err, model.ErrEntriesTaken):
		return screen.Notify(screen.ToneBad, attempt+": "+msg.err.Error()+". It stays cancelled: two invoices would bill the same work. "+
			"Cancel the other one first, if this one is to stand.")
	case msg.statusAfter() == model.StatusRestoring || errors.Is(msg.err, model.ErrOutcomeUnknown):
		return screen.Notify(screen.ToneBad, attempt+": "+msg.err.Error()+". Until it is known whether it is restored, its hours "+
			"stay reserved. Press R on it to repeat it: that is safe.")
	case errors.Is(msg.err, model.ErrStateChanged):
		return screen.Fail(attempt+" was not done; the list shows it as it is now", msg.err)
	}
	return notifyFailed(attempt+" failed; it stays cancelled, its hours free", msg.err)
}
