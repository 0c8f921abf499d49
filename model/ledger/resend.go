package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"cadensa/model"
)

// giveUp makes way for an intent that takes the place of another: one of unknown outcome is `not-issued` from here on,
// its hours are free for its successor, and its reference stays watched.
func (l *Ledger) giveUp(ctx context.Context, tx *sql.Tx, id int64) error {
	replaced, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return err
	}
	if replaced.Status != model.StatusUnknown {
		return replaced.CheckAct(model.ActResend)
	}
	move := Move{
		From: model.StatusUnknown, To: model.StatusNotIssued, Message: "sent again under another reference",
		WatchFrom: max(1, replaced.Counter-1),
	}
	if err := l.changeStatus(ctx, tx, id, move); err != nil {
		return err
	}
	replaced.Status = model.StatusNotIssued
	return hold(ctx, tx, replaced)
}

// succeed notes which intent took the place of another; of none when replaced is 0.
func succeed(ctx context.Context, tx *sql.Tx, replaced, successor int64) error {
	if replaced == 0 {
		return nil
	}
	if _, err := tx.ExecContext(ctx, "UPDATE invoices SET successor = ? WHERE id = ?", successor, replaced); err != nil {
		return fmt.Errorf("note that it was sent again: %w", err)
	}
	return nil
}
