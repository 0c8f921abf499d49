package ledger

import (
	"context"
	"database/sql"
	"time"

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

// ErrStored says that a column holds another type than the ledger stores there.
var ErrStored = errStored

// ScanDay, ScanTime and ScanJSON read what a column may hold.
func ScanDay(stored any) (day model.Date, err error) { return day, asDay{&day}.Scan(stored) }
func ScanTime(stored any) (instant time.Time, err error) {
	return instant, asTime{&instant}.Scan(stored)
}
func ScanJSON(stored any) (value map[string]int, err error) {
	return value, asJSON{&value}.Scan(stored)
}
