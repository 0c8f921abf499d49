package ledger

import "context"

// Exec runs a statement on the ledger's own connection, to put it into a state that the world would.
func (l *Ledger) Exec(ctx context.Context, statement string) error {
	l.db.SetMaxOpenConns(1)
	_, err := l.db.ExecContext(ctx, statement)
	return err
}
