package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// Move is a change of state. It happens only if the invoice is in From when it is made.
type Move struct {
	From, To model.Status
	// Message replaces the last answer or failure in words.
	Message string
	// WatchFrom is the first number to look for the reference of an invoice that seems not to be made; 0 if that is proven.
	WatchFrom int64
}

// Move changes the state of an invoice and of its hours, in one transaction. model.ErrStateChanged when it is not in From;
// model.ErrEntriesTaken when another invoice has the hours by now, or was made in its place; *model.NothingLeftError; *ContradictionError.
func (l *Ledger) Move(ctx context.Context, id int64, move Move) (model.Invoice, error) {
	if move.To.HoldsEntries() && !move.From.HoldsEntries() {
		if err := l.EnsureAudited(ctx); err != nil {
			return model.Invoice{}, err
		}
	}
	return changed(ctx, l, "record that the invoice is "+string(move.To), func(tx *sql.Tx) (model.Invoice, error) {
		moved, err := l.changeStatus(ctx, tx, id, move)
		if err != nil {
			return moved, err
		}
		if moved.Kind == model.KindPartialStorno {
			return moved, l.movePartialStorno(ctx, tx, moved)
		}
		if move.From.HoldsEntries() {
			return moved, updateClaims(ctx, tx, moved)
		}
		if err := checkOnlyOne(ctx, tx, moved); err != nil {
			return moved, err
		}
		if err := holdHours(ctx, tx, moved); err != nil || move.To != model.StatusRestoring {
			return moved, err
		}
		if err := checkLeft(ctx, tx, moved); err != nil {
			return moved, err
		}
		return moved, checkRestored(ctx, tx, moved)
	})
}

// movePartialStorno makes the invoice of a partial storno follow it. Before it is cancelled, the hours must be free to be taken back;
// before it is restored, what it takes back must be left.
func (l *Ledger) movePartialStorno(ctx context.Context, tx *sql.Tx, moved model.Invoice) error {
	switch moved.Status { //nolint:exhaustive // the other states ask nothing of other documents
	case model.StatusCancelling:
		return l.takeBackHours(ctx, tx, moved)
	case model.StatusRestoring:
		return checkLeft(ctx, tx, moved)
	}
	return l.followPartialStorno(ctx, tx, moved)
}

// changeStatus changes the state alone, and reads the invoice as it is then.
func (l *Ledger) changeStatus(ctx context.Context, tx *sql.Tx, id int64, move Move) (model.Invoice, error) {
	changed, err := update(ctx, tx, "change state", `
		UPDATE invoices SET status = ?, message = ?, changed = ?, watched_from = ?, doubled = doubled AND ?,
			unknown_since = CASE WHEN ? = 'unknown' THEN ? ELSE unknown_since END
		WHERE id = ? AND status = ?`,
		move.To, text.Collapse(move.Message), l.now(), move.WatchFrom, move.To.HoldsEntries(), move.To, l.now(), id, move.From)
	if err != nil {
		return model.Invoice{}, err
	}
	found, err := invoiceByID(ctx, tx, id)
	switch {
	case err != nil:
		return found, err
	case !changed:
		return found, fmt.Errorf("%s is %s, not %s: %w", found.Reference(), found.Status, move.From, model.ErrStateChanged)
	case move.WatchFrom != 0:
		return found, lookAgain(ctx, tx, id, move.WatchFrom)
	}
	return found, nil
}

// lookAgain forgets what was found under the numbers where an invoice is looked for: one may be its own by now.
func lookAgain(ctx context.Context, tx *sql.Tx, id, from int64) error {
	return exec(ctx, tx, "look at its numbers again", `
		DELETE FROM numbers_seen WHERE number >= ? AND finding <> 'elsewhere' AND EXISTS (
			SELECT 1 FROM invoices AS watched WHERE watched.id = ? AND watched.company = numbers_seen.company
				AND watched.numbering = numbers_seen.numbering AND watched.series = numbers_seen.series
				AND watched.simulated = numbers_seen.simulated)`, from, id)
}

// DraftMade records a draft in SmartBill, which has no number: the invoice goes from the state to `draft-sent`. Errors as for Move.
func (l *Ledger) DraftMade(ctx context.Context, id int64, from model.Status, made model.Issued) (model.Invoice, error) {
	return changed(ctx, l, "record the draft in SmartBill", func(tx *sql.Tx) (model.Invoice, error) {
		kept, err := l.changeStatus(ctx, tx, id, Move{From: from, To: model.StatusDraftSent, Message: made.Message})
		if err != nil {
			return kept, err
		}
		return claimed(ctx, tx, id, "keep document", "UPDATE invoices SET document_id = ?, document_url = ? WHERE id = ?",
			made.DocumentID, pageOf(made), id)
	})
}

// pageOf is where SmartBill shows a document.
func pageOf(made model.Issued) string {
	if made.ViewURL != "" {
		return made.ViewURL
	}
	return made.DocumentURL
}

// KeepCharged records the total that SmartBill has for an invoice, in its currency.
func (l *Ledger) KeepCharged(ctx context.Context, id int64, charged decimal.Decimal, message string) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET charged = ?, message = coalesce(nullif(?, ''), message) WHERE id = ?",
		charged.String(), text.Collapse(message), id)
}

// KeepPayment records how much of an invoice is paid, as of now.
func (l *Ledger) KeepPayment(ctx context.Context, id int64, payment model.Payment) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET payment = ?, payment_asked = ? WHERE id = ?", payment, l.now(), id)
}

// Remark replaces the last answer or failure that is kept of an invoice in words.
func (l *Ledger) Remark(ctx context.Context, id int64, message string) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET message = ? WHERE id = ?", text.Collapse(message), id)
}

// KeepConfirmation records the client and total by which a person recognised the document under the number as this one.
func (l *Ledger) KeepConfirmation(ctx context.Context, id int64, saw string, total decimal.NullDecimal) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET vouched = ?, vouched_total = coalesce(?, '') WHERE id = ?", text.Collapse(saw), total, id)
}

// MarkPrinted records that the PDF of a document carries its reference.
func (l *Ledger) MarkPrinted(ctx context.Context, id int64) error {
	return exec(ctx, l.db, "remember that its reference is printed", "UPDATE invoices SET printed = 1 WHERE id = ? AND printed = 0", id)
}

// note changes something about an invoice other than its state.
func (l *Ledger) note(ctx context.Context, id int64, statement string, args ...any) (model.Invoice, error) {
	return changed(ctx, l, "record what SmartBill says of the invoice", func(tx *sql.Tx) (model.Invoice, error) {
		return revised(ctx, tx, id, "note", statement, args...)
	})
}

// Simulate marks a document and its storno as issued at a simulator, for ever. Their hours are free everywhere else.
func (l *Ledger) Simulate(ctx context.Context, id int64) (model.Invoice, error) {
	return changed(ctx, l, "record that it was issued at a simulator", func(tx *sql.Tx) (model.Invoice, error) {
		marked, err := revised(ctx, tx, id, "mark it", "UPDATE invoices SET simulated = 1 WHERE id = ? OR original = ?", id, id)
		if err != nil {
			return marked, err
		}
		if err := exec(ctx, tx, "free its hours", "DELETE FROM claims WHERE invoice_id = ?", id); err != nil {
			return marked, err
		}
		if err := passHoursOn(ctx, tx); err != nil {
			return marked, err
		}
		return marked, updateClaims(ctx, tx, marked)
	})
}
