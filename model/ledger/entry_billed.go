package ledger

import (
	"context"
	"database/sql"
	"time"

	"cadensa/model"
	"cadensa/model/database"
)

// billedHours is the SQL of the hours that invoices reserve or bill.
var billedHours = `SELECT source, worker, started, ended, seconds, fingerprint, ` + referenceOf("") + `
	FROM claims JOIN invoice_entries USING (invoice_id, fingerprint) JOIN invoices ON invoices.id = claims.invoice_id
	WHERE started <> 0 AND ended <> 0`

// BilledHours lists the hours that invoices reserve or bill, as they were tracked then, without those of unknown start. Invoices of a
// simulator count only at a simulator.
func (l *Ledger) BilledHours(ctx context.Context, simulated bool) ([]model.BilledHours, error) {
	return readBilledHours(ctx, l.db, billedHours+" AND claims.simulated <= ?", simulated)
}

func readBilledHours(ctx context.Context, from database.Querier, query string, args ...any) ([]model.BilledHours, error) {
	billed, err := all(ctx, from, func(row scanner) (hours model.BilledHours, err error) {
		var started, ended int64
		err = row.Scan(&hours.Source, &hours.User, &started, &ended, &hours.Seconds, &hours.Fingerprint, &hours.Invoice)
		hours.Start, hours.End = model.InstantOf(time.UnixMilli(started)), model.InstantOf(time.UnixMilli(ended))
		return hours, err
	}, query, args...)
	return billed, failed("read which hours are held", err)
}

// BilledEntries gives reserved or billed hours by their fingerprints, as they were when they were put on the invoice.
func (l *Ledger) BilledEntries(ctx context.Context, fingerprints []string) (map[string]model.Entry, error) {
	return readBilledEntries(ctx, l.db, fingerprints)
}

func readBilledEntries(ctx context.Context, from database.Querier, fingerprints []string) (map[string]model.Entry, error) {
	found := make(map[string]model.Entry, len(fingerprints))
	err := database.Each(ctx, from, func(rows *sql.Rows) error {
		var fingerprint string
		var entry model.Entry
		err := rows.Scan(&fingerprint, asJSON{&entry})
		found[fingerprint] = entry
		return err
	}, `SELECT fingerprint, entry FROM claims JOIN invoice_entries USING (invoice_id, fingerprint)
		WHERE fingerprint IN (SELECT value FROM json_each(?))`, asJSON{fingerprints})
	return found, failed("read what held hours say", err)
}

// Doubled lists the invoices in force that bill hours of another one, since their number came late. The newest is first.
func (l *Ledger) Doubled(ctx context.Context) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE doubled = 1 AND status IN ('issued', 'partly-reversed') ORDER BY id DESC")
}
