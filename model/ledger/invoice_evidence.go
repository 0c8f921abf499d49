package ledger

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"cadensa/model"
	"cadensa/model/taxid"
)

// Numbers is one numbering of the account: that of a company's series of a kind.
type Numbers struct {
	// CIF is the company's; RO before the code makes no difference.
	CIF    string
	Kind   model.SeriesKind
	Series string
	// Simulated tells that a simulator gives the numbers.
	Simulated bool
}

// NumbersOf is the numbering that the document takes part in, at a simulator or at SmartBill.
func NumbersOf(prepared model.PreparedInvoice, simulated bool) Numbers {
	return Numbers{CIF: prepared.CIF, Kind: Numbering(prepared.Kind), Series: prepared.Series, Simulated: simulated}
}

// ofNumbers is the SQL of the condition that a row belongs to a numbering, whose parameters parameters gives.
const ofNumbers = "company = ? AND numbering = ? AND series = ? AND simulated = ?"

func (n Numbers) parameters(more ...any) []any {
	return append([]any{taxid.CompanyCode(n.CIF), n.Kind, n.Series, n.Simulated}, more...)
}

// Holder finds the invoice with a number, in any of its spellings, unless it was deleted: model.ErrInvoiceUnknown.
func (l *Ledger) Holder(ctx context.Context, of Numbers, spellings ...string) (model.Invoice, error) {
	return l.one(ctx, "WHERE "+ofNumbers+` AND number <> '' AND status <> 'deleted'
		AND number IN (SELECT value FROM json_each(?)) LIMIT 1`, of.parameters(asJSON{spellings})...)
}

// Intended finds the invoices of some references of intents, the newest first; a reference that was never given has none.
func (l *Ledger) Intended(ctx context.Context, references []string) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE intent IN (SELECT value FROM json_each(?)) ORDER BY id DESC", asJSON{references})
}

// Printable lists the newest invoices in force whose PDFs should carry their references, without except, at most so many.
func (l *Ledger) Printable(ctx context.Context, of Numbers, except int64, most int) ([]model.Invoice, error) {
	return l.list(ctx, most, "WHERE "+ofNumbers+` AND number <> '' AND kind <> 'storno' AND status IN ('issued', 'partly-reversed') AND id <> ?
		AND (SELECT draft ->> '$.print_intent' FROM papers WHERE invoice_id = invoices.id)
		ORDER BY id DESC LIMIT ?`, of.parameters(except, most)...)
}

// Newest lists the newest invoices in force of a numbering, stornos included. It lists at most the given number.
func (l *Ledger) Newest(ctx context.Context, of Numbers, most int) ([]model.Invoice, error) {
	return l.list(ctx, most, "WHERE "+ofNumbers+` AND number <> '' AND status IN ('issued', 'partly-reversed', 'reversed', 'cancelled')
		ORDER BY id DESC LIMIT ?`, of.parameters(most)...)
}

func (l *Ledger) one(ctx context.Context, condition string, args ...any) (model.Invoice, error) {
	invoice, found, err := firstInvoice(ctx, l.db, condition, args...)
	if err == nil && !found {
		return model.Invoice{}, model.ErrInvoiceUnknown
	}
	return invoice, failed("read invoice", err)
}

// UnknownSince tells when the outcome of an invoice became unknown. If the clock was set back since, it is now.
func (l *Ledger) UnknownSince(ctx context.Context, id int64) (time.Time, error) {
	return l.unknownSince(ctx, "invoices", id)
}

func (l *Ledger) unknownSince(ctx context.Context, table string, id int64) (time.Time, error) {
	return changed(ctx, l, "read since when it is unknown", func(tx *sql.Tx) (time.Time, error) {
		now := l.now()
		err := exec(ctx, tx, "date it", "UPDATE "+table+" SET unknown_since = ? WHERE id = ? AND unknown_since > ?", now, id, now)
		if err != nil {
			return time.Time{}, err
		}
		since, found, err := first(ctx, tx, value[int64], "SELECT unknown_since FROM "+table+" WHERE id = ?", id)
		if err == nil && !found {
			err = model.ErrInvoiceUnknown
		}
		return time.UnixMilli(since), err
	})
}

// WatchedFrom is the first number among which the reference of a not-issued invoice is still looked for, 0 for none.
func (l *Ledger) WatchedFrom(ctx context.Context, of Numbers) (int64, error) {
	number, _, err := first(ctx, l.db, value[int64], "SELECT coalesce(min(watched_from), 0) FROM invoices WHERE watched_from > 0 AND "+ofNumbers,
		of.parameters()...)
	return number, failed("read whose reference is looked for", err)
}

// WatchFrom notes that the numbers before next were looked at for the reference of an invoice, if it is watched.
func (l *Ledger) WatchFrom(ctx context.Context, id, next int64) error {
	return exec(ctx, l.db, "note what was looked at",
		"UPDATE invoices SET watched_from = ? WHERE id = ? AND watched_from BETWEEN 1 AND ?", next, id, next)
}

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
	return exec(ctx, l.db, "note what was looked at", `
		INSERT INTO numbers_seen (company, numbering, series, simulated, number, finding, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (company, numbering, series, simulated, number) DO UPDATE SET finding = excluded.finding, at = excluded.at`,
		of.parameters(number, finding, l.now())...)
}

// Unseen gives at most so many numbers from first to before end that the ledger neither has nor looked at, the highest first.
func (l *Ledger) Unseen(ctx context.Context, of Numbers, first, end int64, most int) ([]int64, error) {
	numbers, err := all(ctx, l.db, value[string], "SELECT number FROM invoices WHERE "+ofNumbers+` AND number <> '' AND status <> 'deleted'
		UNION ALL SELECT CAST(number AS TEXT) FROM numbers_seen WHERE `+ofNumbers+" AND number >= ? AND number < ?",
		append(of.parameters(), of.parameters(first, end)...)...)
	if err != nil {
		return nil, failed("read which numbers were looked at", err)
	}
	known := map[int64]bool{}
	for _, text := range numbers {
		if number, err := strconv.ParseInt(text, 10, 64); err == nil {
			known[number] = true
		}
	}
	var unseen []int64
	for number := end - 1; number >= max(first, 1) && len(unseen) < most; number-- {
		if !known[number] {
			unseen = append(unseen, number)
		}
	}
	return unseen, nil
}

// Highest is the highest number of a numbering, 0 for none. Numbers that are not numeric do not count.
func (l *Ledger) Highest(ctx context.Context, of Numbers) (int64, error) {
	highest, _, err := first(ctx, l.db, value[int64], "SELECT coalesce(max(CAST(number AS BIGINT)), 0) FROM invoices WHERE "+ofNumbers+
		" AND number <> '' AND status <> 'deleted'", of.parameters()...)
	return highest, failed("read the highest number", err)
}
