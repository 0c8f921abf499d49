package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// SmartBill takes 30 calls in 10 seconds for each token, and locks it out for 10 minutes beyond that. The gate stays
// below, since the service counts when calls arrive and not when they leave.
const (
	callsPerWindow = 25
	window         = 10*time.Second + 500*time.Millisecond
	longestShut    = 10 * time.Minute
)

// Reserve takes a call's place in the account's window at now, for every process that uses the ledger. It returns how
// long to wait before asking again, 0 when the place is taken; *model.LimitError while the account is locked out.
func (l *Ledger) Reserve(ctx context.Context, account string, now time.Time) (time.Duration, error) {
	var wait time.Duration
	var reopens time.Time
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		if reopens, err = shutUntil(ctx, tx, account, now); err != nil || now.Before(reopens) {
			return err
		}
		wait, err = takePlace(ctx, tx, account, now)
		return err
	})
	if err == nil && now.Before(reopens) {
		return 0, &model.LimitError{Until: reopens}
	}
	return wait, failed("keep to SmartBill's limit", err)
}

// takePlace notes the call if the window has room, else tells when it will have. If the clock was set back since a call, that
// counts as made now.
func takePlace(ctx context.Context, tx *sql.Tx, account string, now time.Time) (time.Duration, error) {
	if err := exec(ctx, tx, "forget calls that left the window", "DELETE FROM gate_calls WHERE account = ? AND at <= ?",
		account, now.Add(-window).UnixMicro()); err != nil {
		return 0, err
	}
	if err := exec(ctx, tx, "date calls", "UPDATE gate_calls SET at = ? WHERE account = ? AND at > ?",
		now.UnixMicro(), account, now.UnixMicro()); err != nil {
		return 0, err
	}
	var oldest int64
	var calls int
	err := tx.QueryRowContext(ctx, "SELECT coalesce(min(at), 0), count(*) FROM gate_calls WHERE account = ?", account).Scan(&oldest, &calls)
	switch {
	case err != nil:
		return 0, failed("count calls", err)
	case calls >= callsPerWindow:
		return min(window, time.UnixMicro(oldest).Add(window).Sub(now)), nil
	}
	return 0, exec(ctx, tx, "remember call", "INSERT INTO gate_calls (account, at) VALUES (?, ?)", account, now.UnixMicro())
}

// shutUntil tells when the account's lock-out ends or ended. If the clock was set back since, the lock-out begins anew.
func shutUntil(ctx context.Context, tx *sql.Tx, account string, now time.Time) (time.Time, error) {
	var learned, ends int64
	err := tx.QueryRowContext(ctx, "SELECT learned, ends FROM gate_shut WHERE account = ?", account).Scan(&learned, &ends)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("look for a lock-out: %w", err)
	}
	back := learned - now.UnixMilli()
	if back <= 0 {
		return time.UnixMilli(ends), nil
	}
	if err := exec(ctx, tx, "date the lock-out", "UPDATE gate_shut SET learned = learned - ?, ends = ends - ? WHERE account = ?", back, back,
		account); err != nil {
		return time.Time{}, err
	}
	return time.UnixMilli(ends - back), nil
}

// Shut closes the account's gate for every process until the instant, for ten minutes at most. A gate shut for longer stays so.
func (l *Ledger) Shut(ctx context.Context, account string, until time.Time) error {
	learned := l.clock()
	if latest := learned.Add(longestShut); until.After(latest) {
		until = latest
	}
	return exec(ctx, l.db, "remember the lock-out", `
		INSERT INTO gate_shut (account, learned, ends) VALUES (?, ?, ?)
		ON CONFLICT (account) DO UPDATE SET learned = excluded.learned, ends = excluded.ends
		WHERE excluded.ends > ends OR excluded.learned < learned`, account, learned.UnixMilli(), until.UnixMilli())
}

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
	return failed("log call", l.write(ctx, func(tx *sql.Tx) error {
		if err := exec(ctx, tx, "add", "INSERT INTO calls (operation, status, at) VALUES (?, ?, ?)",
			text.Collapse(operation), text.Collapse(status), l.now()); err != nil {
			return err
		}
		return exec(ctx, tx, "forget old ones", "DELETE FROM calls WHERE id <= (SELECT max(id) FROM calls) - ?", keptCalls)
	}))
}

// Calls lists the calls in the log, the newest first.
func (l *Ledger) Calls(ctx context.Context) ([]Call, error) {
	calls, err := all(ctx, l.db, func(row scanner) (call Call, err error) {
		err = row.Scan(&call.Operation, &call.Status, asTime{&call.At})
		return call, err
	}, "SELECT operation, status, at FROM calls ORDER BY id DESC")
	return calls, failed("read log of calls", err)
}
