package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"

	"cadensa/model/database"
)

// Finding is what was found under a number that the ledger does not hold.
type Finding string

// The findings under a number.
const (
	// NumberRead: its PDF was read, and carries no reference that is not known here.
	NumberRead Finding = "read"
	// NumberUnreadable: its PDF could not be had, or the number does not exist. Only a settling tries it again.
	NumberUnreadable Finding = "unreadable"
	// NumberElsewhere: its PDF carries a reference that another ledger gave, which its user knows.
	NumberElsewhere Finding = "elsewhere"
)

// SeeNumber keeps what was found under a number.
func (l *Ledger) SeeNumber(ctx context.Context, of Numbers, number int64, finding Finding) error {
	_, err := l.db.ExecContext(ctx, `
		INSERT INTO numbers_seen (company, numbering, series, simulated, number, finding, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (company, numbering, series, simulated, number) DO UPDATE SET finding = excluded.finding, at = excluded.at`,
		of.parameters(number, finding, l.now())...)
	if err != nil {
		return fmt.Errorf("note what was looked at: %w", database.Plain(err))
	}
	return nil
}

// Unseen gives the numbers from first up to before end, the highest first, that the ledger neither holds nor has looked
// at, so many at most.
func (l *Ledger) Unseen(ctx context.Context, of Numbers, first, end int64, most int) ([]int64, error) {
	known := map[int64]bool{}
	err := l.read(ctx, func(tx *sql.Tx) error {
		note := func(rows *sql.Rows) error {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			if number, err := strconv.ParseInt(text, 10, 64); err == nil {
				known[number] = true
			}
			return nil
		}
		err := database.Each(ctx, tx, note, "SELECT number FROM invoices WHERE "+ofNumbers+" AND number <> '' AND status <> 'deleted'", of.parameters()...)
		if err != nil {
			return err
		}
		return database.Each(ctx, tx, note, "SELECT CAST(number AS TEXT) FROM numbers_seen WHERE "+ofNumbers+" AND number >= ? AND number < ?",
			of.parameters(first, end)...)
	})
	if err != nil {
		return nil, fmt.Errorf("read which numbers were looked at: %w", err)
	}
	var unseen []int64
	for number := end - 1; number >= max(first, 1) && len(unseen) < most; number-- {
		if !known[number] {
			unseen = append(unseen, number)
		}
	}
	return unseen, nil
}

// Highest is the highest number that the ledger has of a numbering, 0 when it has none. Numbers that are no numbers have no place in
// the order.
func (l *Ledger) Highest(ctx context.Context, of Numbers) (int64, error) {
	var highest int64
	err := l.db.QueryRowContext(ctx, "SELECT coalesce(max(CAST(number AS BIGINT)), 0) FROM invoices WHERE "+ofNumbers+
		" AND number <> '' AND status <> 'deleted'", of.parameters()...).Scan(&highest)
	if err != nil {
		return 0, fmt.Errorf("read the highest number: %w", database.Plain(err))
	}
	return highest, nil
}
