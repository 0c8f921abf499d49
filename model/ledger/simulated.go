package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
)

// Simulate marks a document as issued at a simulator, for ever, and its storno with it: its hours are free everywhere else.
func (l *Ledger) Simulate(ctx context.Context, id int64) (model.Invoice, error) {
	var marked model.Invoice
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		if _, err := tx.ExecContext(ctx, "UPDATE invoices SET simulated = 1 WHERE id = ? OR original = ?", id, id); err != nil {
			return fmt.Errorf("mark it: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM claims WHERE invoice_id = ?", id); err != nil {
			return fmt.Errorf("free its hours: %w", err)
		}
		if marked, err = invoiceByID(ctx, tx, id); err != nil {
			return err
		}
		if err := inherit(ctx, tx); err != nil {
			return err
		}
		return keep(ctx, tx, marked)
	})
	if err != nil {
		return model.Invoice{}, fmt.Errorf("record that it was issued at a simulator: %w", err)
	}
	return marked, nil
}

// KeepService remembers whether what answers at an address is a simulator.
func (l *Ledger) KeepService(ctx context.Context, address string, simulated bool) error {
	_, err := l.db.ExecContext(ctx, `
		INSERT INTO services (address, simulated, at) VALUES (?, ?, ?)
		ON CONFLICT (address) DO UPDATE SET simulated = excluded.simulated, at = excluded.at`, address, simulated, l.now())
	if err != nil {
		return fmt.Errorf("remember what answers there: %w", database.Plain(err))
	}
	return nil
}

// ServiceSimulated tells whether a simulator answered last at an address; false while nobody did.
func (l *Ledger) ServiceSimulated(ctx context.Context, address string) (bool, error) {
	var simulated bool
	err := l.db.QueryRowContext(ctx, "SELECT coalesce(max(simulated), 0) FROM services WHERE address = ?", address).Scan(&simulated)
	if err != nil {
		return false, fmt.Errorf("look what answers there: %w", database.Plain(err))
	}
	return simulated, nil
}
