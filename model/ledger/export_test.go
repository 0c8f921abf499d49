package ledger

import (
	"context"
	"database/sql"

	"cadensa/model"
)

// Exec runs a statement on the ledger's own connection, to put it into a state that the world would.
func (l *Ledger) Exec(ctx context.Context, statement string) error {
	l.db.SetMaxOpenConns(1)
	_, err := l.db.ExecContext(ctx, statement)
	return err
}

// Database is what the ledger works on.
func Database(l *Ledger) *sql.DB { return l.db }

// Holding tells how an invoice in its state holds its hours.
func Holding(invoice model.Invoice) model.EntryState { return holding(invoice) }
