package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cadensa/model/database"
)

// holdingOf is holding in SQL, over a row i of invoices.
const holdingOf = `CASE
	WHEN i.status NOT IN ('sending', 'unknown', 'draft-sent', 'issued', 'cancelling', 'restoring') THEN 'free'
	WHEN i.kind = 'proforma' AND EXISTS (
		SELECT 1 FROM invoices AS made WHERE made.proforma = i.id AND made.status NOT IN ` + notMade + `) THEN 'free'
	WHEN i.kind <> 'proforma' AND i.status IN ('issued', 'cancelling') THEN 'billed'
	ELSE 'reserved' END`

// unclaimed finds the hours of invoices in force that these do not hold. One that turned up late leaves hours to the invoice which
// holds them, and so does a proforma, which bills nothing. All three queries go through what they compare in one order: a look-up
// here and there for each of a million hours would read most of the file anew for every thousand of them.
const unclaimed = `
	SELECT i.id, CASE WHEN holder.invoice_id IS NULL THEN 'unclaimed' ELSE 'elsewhere' END AS finding, count(*)
	FROM invoices AS i JOIN invoice_entries AS e ON e.invoice_id = i.id
	LEFT JOIN claims AS own ON own.invoice_id = i.id AND own.simulated = i.simulated AND own.fingerprint = e.fingerprint
	LEFT JOIN claims AS holder ON own.invoice_id IS NULL AND holder.simulated = i.simulated AND holder.fingerprint = e.fingerprint
	WHERE own.invoice_id IS NULL AND ` + holdingOf + ` <> 'free'
		AND (holder.invoice_id IS NULL OR i.doubled = 0 AND i.kind <> 'proforma')
	GROUP BY i.id, finding ORDER BY i.id`

// foreign finds the claims of hours that their invoices were not made from.
const foreign = `
	SELECT i.id, 'foreign', count(*)
	FROM invoices AS i JOIN claims ON claims.invoice_id = i.id
	LEFT JOIN invoice_entries AS e ON e.invoice_id = claims.invoice_id AND e.fingerprint = claims.fingerprint
	WHERE e.invoice_id IS NULL GROUP BY i.id ORDER BY i.id`

// misclaimed finds the claims that are not what their invoices say. Nearly all are billed: only the others are sorted, and the cast
// keeps SQLite from reading them in the order of an index that does not tell their state.
const misclaimed = `
	WITH held AS (SELECT invoice_id, simulated, count(*) AS entries FROM claims GROUP BY invoice_id, simulated),
	unbilled AS (
		SELECT CAST(invoice_id AS BIGINT) AS invoice_id, simulated, count(*) AS entries, sum(CASE state WHEN 'reserved' THEN 1 ELSE 0 END) AS reserved
		FROM claims WHERE state <> 'billed' GROUP BY simulated, CAST(invoice_id AS BIGINT)),
	compared AS (
		SELECT held.invoice_id AS id, CASE
				WHEN i.id IS NULL THEN 'nobodys'
				WHEN held.simulated <> i.simulated THEN 'elseworld'
				WHEN i.state = 'free' THEN 'kept'
				ELSE 'otherwise' END AS finding,
			CASE
				WHEN i.id IS NULL OR held.simulated <> i.simulated OR i.state = 'free' THEN held.entries
				WHEN i.state = 'billed' THEN coalesce(unbilled.entries, 0)
				ELSE held.entries - coalesce(unbilled.reserved, 0) END AS entries
		FROM held
		LEFT JOIN (SELECT i.id, i.simulated, ` + holdingOf + ` AS state FROM invoices AS i) AS i ON i.id = held.invoice_id
		LEFT JOIN unbilled ON unbilled.invoice_id = held.invoice_id AND unbilled.simulated = held.simulated)
	SELECT id, finding, sum(entries) FROM compared WHERE entries > 0 GROUP BY id, finding ORDER BY id, finding`

// auditedFor is how long the records are trusted once they were compared: screens are open for weeks.
const auditedFor = 24 * time.Hour

// Audit compares what is recorded of hours with what the invoices say, and changes nothing: *ContradictionError names what
// disagrees. It reads much of the file, while others may write.
func (l *Ledger) Audit(ctx context.Context) error {
	now := l.now()
	var found []Contradiction
	err := l.read(ctx, func(tx *sql.Tx) (err error) {
		found, err = contradictions(ctx, tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("compare hours with invoices: %w", l.diagnose(ctx, err))
	}
	if len(found) > 0 {
		l.audited.Store(0)
		return &ContradictionError{Path: l.path, Backup: LastBackup(l.path), Contradictions: found}
	}
	l.audited.Store(now)
	return nil
}

// EnsureAudited is Audit unless that found nothing a short while ago. Whatever takes hours asks for it, outside of its transaction: a
// large ledger takes longer than others should wait for theirs.
func (l *Ledger) EnsureAudited(ctx context.Context) error {
	last, now := l.audited.Load(), l.now()
	if last != 0 && now >= last && now-last < auditedFor.Milliseconds() {
		return nil
	}
	return l.Audit(ctx)
}

func contradictions(ctx context.Context, tx *sql.Tx) ([]Contradiction, error) {
	var found []Contradiction
	var ids []int64
	for _, query := range []string{unclaimed, foreign, misclaimed} {
		err := database.Each(ctx, tx, func(rows *sql.Rows) error {
			var id int64
			var one Contradiction
			err := rows.Scan(&id, &one.Kind, &one.Entries)
			ids, found = append(ids, id), append(found, one)
			return err
		}, query)
		if err != nil {
			return nil, err
		}
	}
	for i, id := range ids {
		if found[i].Kind == EntriesNobodys {
			continue
		}
		invoice, err := invoiceByID(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		found[i].Invoice, found[i].Status = invoice.Reference(), invoice.Status
	}
	return found, nil
}
