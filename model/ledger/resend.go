package ledger

import (
	"context"
	"database/sql"
	"errors"
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
	if err := checkNotSucceeded(ctx, tx, replaced); err != nil {
		return err
	}
	switch replaced.Status {
	case model.StatusNotIssued:
		return nil
	case model.StatusUnknown:
	default:
		return fmt.Errorf("%s is %s: %w", replaced.Reference(), replaced.Status, model.ErrStateChanged)
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

func checkNotSucceeded(ctx context.Context, tx *sql.Tx, replaced model.Invoice) error {
	successor, err := scanInvoice(tx.QueryRowContext(ctx,
		selectInvoice+"WHERE id = (SELECT successor FROM invoices WHERE id = ?)", replaced.ID))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for its successor: %w", err)
	}
	return fmt.Errorf("%s was sent again as %s, which is %s: %w",
		replaced.Intent, successor.Reference(), successor.Status, model.ErrStateChanged)
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
