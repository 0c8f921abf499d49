package ledger

import (
	"context"
	"database/sql"

	"cadensa/model"
)

// reverseOriginal makes the invoice that a storno undoes `reversed`, and frees its hours; but not one that was given up.
func (l *Ledger) reverseOriginal(ctx context.Context, tx *sql.Tx, storno model.Invoice) error {
	if err := exec(ctx, tx, "record that its original is reversed", `
		UPDATE invoices SET status = 'reversed', message = ?, changed = ?, doubled = 0
		WHERE id = (SELECT original FROM invoices WHERE id = ?)
			AND status IN ('issued', 'partly-reversed', 'cancelling', 'restoring', 'cancelled')`,
		"undone by "+storno.Reference(), l.now(), storno.ID); err != nil {
		return err
	}
	if err := exec(ctx, tx, "free the hours of its original", `
		DELETE FROM claims WHERE invoice_id = (
			SELECT original.id FROM invoices AS storno JOIN invoices AS original ON original.id = storno.original
			WHERE storno.id = ? AND original.status = 'reversed')`, storno.ID); err != nil {
		return err
	}
	return passHoursOn(ctx, tx)
}

// reinstate puts the invoice that a storno had undone back in force, as SmartBill does, whoever bills its hours now.
func (l *Ledger) reinstate(ctx context.Context, tx *sql.Tx, storno model.Invoice) error {
	original, found, err := firstInvoice(ctx, tx,
		"WHERE id = (SELECT undone.original FROM invoices AS undone WHERE undone.id = ?) AND status = 'reversed'", storno.ID)
	if err != nil || !found {
		return failed("look for the invoice that it had undone", err)
	}
	doubled, err := doubledMessage(ctx, tx, original)
	if err != nil {
		return err
	}
	message := "in force again: its storno " + storno.Reference() + " was deleted on the web"
	if doubled != "" {
		message += "; " + doubled
	}
	restored, err := claimed(ctx, tx, original.ID, "put the invoice that it had undone back in force",
		"UPDATE invoices SET status = 'issued', message = ?, changed = ?, doubled = ? WHERE id = ?",
		message, l.now(), doubled != "", original.ID)
	if err != nil || restored.ReversedBy == "" {
		return err
	}
	_, err = l.reviewReversed(ctx, tx, restored)
	return err
}

// ReversedElsewhere records that SmartBill refused a storno of an invoice that is undone already: the storno is `refused`, the invoice
// `reversed`. model.ErrStateChanged when the storno is not in the state from.
func (l *Ledger) ReversedElsewhere(ctx context.Context, id int64, from model.Status, message string) (model.Invoice, error) {
	return changed(ctx, l, "record that the invoice is reversed", func(tx *sql.Tx) (model.Invoice, error) {
		refused, err := l.changeStatus(ctx, tx, id, Move{From: from, To: model.StatusRefused, Message: message})
		if err != nil {
			return refused, err
		}
		return refused, l.reverseOriginal(ctx, tx, refused)
	})
}

// OriginalOf gives the invoice that a storno undoes, by the storno's ID. A number would not do: other companies and deleted
// documents may have it too. model.ErrInvoiceUnknown if the document is not a storno.
func (l *Ledger) OriginalOf(ctx context.Context, id int64) (model.Invoice, error) {
	original, err := l.one(ctx, "WHERE id = (SELECT undoing.original FROM invoices AS undoing WHERE undoing.id = ?)", id)
	return original, failed("look for the invoice that it undoes", err)
}
