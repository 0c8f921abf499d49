package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cadensa/model"
)

// Held lists the hours that invoices reserve or bill, as they were tracked when they were put on the invoice. Hours
// without known times are left out. At a simulator, what was issued at one counts too, and only there.
func (l *Ledger) Held(ctx context.Context, simulated bool) ([]model.HeldHours, error) {
	var held []model.HeldHours
	err := each(ctx, l.db, func(rows *sql.Rows) error {
		var hours model.HeldHours
		var started, ended int64
		err := rows.Scan(&hours.Source, &hours.User, &started, &ended, &hours.Fingerprint, &hours.Invoice)
		hours.Start, hours.End = model.InstantOf(time.UnixMilli(started)), model.InstantOf(time.UnixMilli(ended))
		held = append(held, hours)
		return err //nolint:wrapcheck // each wraps it.
	}, `SELECT source, worker, started, ended, fingerprint, `+referenceOf("")+`
		FROM claims JOIN invoice_entries USING (invoice_id, fingerprint) JOIN invoices ON invoices.id = claims.invoice_id
		WHERE started <> 0 AND ended <> 0 AND claims.simulated <= ?`, simulated)
	if err != nil {
		return nil, fmt.Errorf("read which hours are held: %w", err)
	}
	return held, nil
}

// Doubled lists the invoices in force that turned up late, when hours of theirs were on another invoice already: their
// user must undo one of the two. The newest is first.
func (l *Ledger) Doubled(ctx context.Context) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE doubled = 1 AND status = 'issued' ORDER BY id DESC")
}
