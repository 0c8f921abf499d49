package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cadensa/model/database"
	"cadensa/model/text"
)

// Call is one call to SmartBill, for finding out later what happened. It carries no address, no body and no secret.
type Call struct {
	// Operation says what was attempted, Status how it ended, both in words.
	Operation, Status string
	At                time.Time
}

// keptCalls is how many calls the log keeps.
const keptCalls = 1000

// LogCall adds a call, made now, to the log, which keeps the last thousand.
func (l *Ledger) LogCall(ctx context.Context, operation, status string) error {
	err := l.write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "INSERT INTO calls (operation, status, at) VALUES (?, ?, ?)",
			text.Collapse(operation), text.Collapse(status), l.now())
		if err != nil {
			return fmt.Errorf("add: %w", err)
		}
		last, err := result.LastInsertId()
		if err != nil {
			return fmt.Errorf("add: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "DELETE FROM calls WHERE id <= ?", last-keptCalls); err != nil {
			return fmt.Errorf("forget old ones: %w", err)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("log call: %w", err)
	}
	return nil
}

// Calls lists the calls in the log, the newest first.
func (l *Ledger) Calls(ctx context.Context) ([]Call, error) {
	var calls []Call
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var call Call
		var at int64
		if err := rows.Scan(&call.Operation, &call.Status, &at); err != nil {
			return err
		}
		call.At = time.UnixMilli(at)
		calls = append(calls, call)
		return nil
	}, "SELECT operation, status, at FROM calls ORDER BY id DESC")
	if err != nil {
		return nil, fmt.Errorf("read log of calls: %w", err)
	}
	return calls, nil
}
