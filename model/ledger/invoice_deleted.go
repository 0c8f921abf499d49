package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"cadensa/model"
	"cadensa/model/text"
)

// Deleted records that somebody deleted a document on the web. Its hours and its number are free, its open payment is over. The invoice
// that a deleted storno had undone, as a whole or in part, is in force again and takes back its hours, but for those that were billed
// elsewhere: its message tells. model.ErrStateChanged unless SmartBill had the document.
func (l *Ledger) Deleted(ctx context.Context, id int64, message string) (model.Invoice, error) {
	return changed(ctx, l, "record that it was deleted", func(tx *sql.Tx) (deleted model.Invoice, err error) {
		found, err := invoiceByID(ctx, tx, id)
		if err != nil {
			return deleted, err
		}
		if found.Number == "" || !found.Status.AtSmartBill() {
			return deleted, fmt.Errorf("%s is %s: %w", found.Reference(), found.Status, model.ErrStateChanged)
		}
		return l.delete(ctx, tx, found, message)
	})
}

func (l *Ledger) delete(ctx context.Context, tx *sql.Tx, found model.Invoice, message string) (model.Invoice, error) {
	if err := exec(ctx, tx, "end its payment", `
		UPDATE payments SET state = 'not-recorded', message = 'its invoice was deleted', changed = ?
		WHERE id = (SELECT open_payment FROM invoices WHERE id = ?)`, l.now(), found.ID); err != nil {
		return model.Invoice{}, err
	}
	deleted, err := revised(ctx, tx, found.ID, "change state", `
		UPDATE invoices SET status = 'deleted', message = ?, changed = ?, watched_from = 0, doubled = 0, open_payment = NULL WHERE id = ?`,
		text.Collapse(message), l.now(), found.ID)
	switch {
	case err != nil:
		return deleted, err
	case deleted.Kind == model.KindStorno:
		return deleted, l.reinstate(ctx, tx, deleted)
	case deleted.Kind == model.KindPartialStorno:
		return deleted, l.followPartialStorno(ctx, tx, deleted)
	}
	return deleted, updateClaims(ctx, tx, deleted)
}

// takeNumberFromHolder takes a number from the document that held it: SmartBill gives a number again only after the document
// was deleted there. If the user had assigned the number without proof, the document may be another one: it loses the number
// and is `unknown`.
func (l *Ledger) takeNumberFromHolder(ctx context.Context, tx *sql.Tx, newer model.Invoice, issued model.Issued) error {
	holder, found, err := firstInvoice(ctx, tx, "WHERE "+ofNumbers+" AND number = ? AND status <> 'deleted' AND id <> ?",
		newer.Company, Numbering(newer.Kind), issued.Series, newer.Simulated, issued.Number, newer.ID)
	if err != nil || !found {
		return failed("look who holds the number", err)
	}
	vouched, _, err := first(ctx, tx, value[string], "SELECT vouched FROM invoices WHERE id = ?", holder.ID)
	if err != nil {
		return failed("look how it got the number", err)
	}
	since := fmt.Sprintf("SmartBill gave %s to %s since: it was deleted there", holder.Reference(), newer.Intent)
	if vouched == "" || holder.Kind == model.KindStorno {
		_, err = l.delete(ctx, tx, holder, since)
		return err
	}
	// It stays cancelled or reversed if it was.
	lost, err := claimed(ctx, tx, holder.ID, "free the number", `
		UPDATE invoices SET number = '', vouched = '', vouched_total = '', printed = 0, message = ?, changed = ?, unknown_since = ?,
			status = CASE WHEN status IN ('issued', 'partly-reversed', 'cancelling', 'restoring') THEN 'unknown' ELSE status END WHERE id = ?`,
		since, l.now(), l.now(), holder.ID)
	if err != nil {
		return err
	}
	return l.followPartialStorno(ctx, tx, lost)
}
