package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/database"
)

// holdingOf is holding in SQL, over a row i of invoices.
const holdingOf = `CASE
	WHEN i.status NOT IN ('sending', 'unknown', 'draft-sent', 'issued', 'partly-reversed', 'cancelling', 'restoring') THEN 'free'
	WHEN i.kind = 'proforma' AND EXISTS (
		SELECT 1 FROM invoices AS made WHERE made.proforma = i.id AND made.status NOT IN ` + notMade + `) THEN 'free'
	WHEN i.kind <> 'proforma' AND i.status IN ('issued', 'partly-reversed', 'cancelling') THEN 'billed'
	ELSE 'reserved' END`

// unclaimed finds the hours of invoices in force that these do not hold. An invoice that turned up late may leave hours to their
// holder, and so may a proforma. All these queries read what they compare in one order: look-ups here and there would read the file
// over and over.
const unclaimed = `
	SELECT i.id, CASE WHEN holder.invoice_id IS NULL THEN 'unclaimed' ELSE 'elsewhere' END AS finding, count(*)
	FROM invoices AS i JOIN invoice_entries AS e ON e.invoice_id = i.id
	LEFT JOIN claims AS own ON own.invoice_id = i.id AND own.simulated = i.simulated AND own.fingerprint = e.fingerprint
	LEFT JOIN claims AS holder ON own.invoice_id IS NULL AND holder.simulated = i.simulated AND holder.fingerprint = e.fingerprint
	WHERE own.invoice_id IS NULL AND e.reversed = 0 AND ` + holdingOf + ` <> 'free'
		AND (holder.invoice_id IS NULL OR i.doubled = 0 AND i.kind <> 'proforma')
	GROUP BY i.id, finding ORDER BY i.id`

// foreign finds the claims of hours that their invoices were not made from.
const foreign = `
	SELECT i.id, 'foreign', count(*)
	FROM invoices AS i JOIN claims ON claims.invoice_id = i.id
	LEFT JOIN invoice_entries AS e ON e.invoice_id = claims.invoice_id AND e.fingerprint = claims.fingerprint
	WHERE e.invoice_id IS NULL GROUP BY i.id ORDER BY i.id`

// released finds the claims of hours whose line partial stornos reverse as a whole.
const released = `
	SELECT e.invoice_id, 'kept', count(*)
	FROM invoice_entries AS e JOIN claims ON claims.invoice_id = e.invoice_id AND claims.fingerprint = e.fingerprint
	WHERE e.reversed = 1 GROUP BY e.invoice_id ORDER BY e.invoice_id`

// misclaimed finds the claims that differ from what their invoices say. The cast keeps SQLite from reading the few that are not billed
// in the order of an index that does not tell their state.
const misclaimed = `
	WITH held AS (SELECT invoice_id, simulated, count(*) AS entries FROM claims GROUP BY invoice_id, simulated),
	unbilled AS (
		SELECT CAST(invoice_id AS BIGINT) AS invoice_id, simulated, count(*) AS entries,
			sum(CASE state WHEN 'reserved' THEN 1 ELSE 0 END) AS reserved
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

// Audit compares the recorded hours with the invoices and changes nothing: *ContradictionError. It reads much of the file.
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

// EnsureAudited is Audit, unless that found nothing a short while ago. It runs before a transaction that takes hours, not in it: on a
// large ledger others would wait too long.
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
	for _, query := range []string{unclaimed, foreign, released, misclaimed} {
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

// ContradictionError says that claims and invoices disagree about hours, after a damage or an edit of the file. Nothing was changed.
type ContradictionError struct {
	// Path is the ledger, Backup its newest backup, "" when there is none. A backup is made of a ledger that agrees.
	Path, Backup string
	// Contradictions are what was found, in the order of the invoices.
	Contradictions []Contradiction
}

// Contradiction is what disagrees about the hours of one invoice.
type Contradiction struct {
	Kind ContradictionKind
	// Invoice is its reference, "" when the ledger has no such invoice; Status its state.
	Invoice string
	Status  model.Status
	// Entries is how many entries it concerns.
	Entries int
}

// ContradictionKind tells what disagrees.
type ContradictionKind string

// The kinds of contradictions.
const (
	// EntriesUnclaimed: the invoice is in force, and nothing keeps its entries from another.
	EntriesUnclaimed ContradictionKind = "unclaimed"
	// EntriesElsewhere: the invoice is in force, another one holds its entries, and nothing was said of it.
	EntriesElsewhere ContradictionKind = "elsewhere"
	// EntriesOtherwise: they are reserved where the invoice bills them, or the other way round.
	EntriesOtherwise ContradictionKind = "otherwise"
	// EntriesKept: the invoice is not in force, and keeps entries from others.
	EntriesKept ContradictionKind = "kept"
	// EntriesForeign: the invoice keeps entries that it was not made from.
	EntriesForeign ContradictionKind = "foreign"
	// EntriesElseworld: what was issued at a simulator keeps entries from SmartBill's invoices, or the other way round.
	EntriesElseworld ContradictionKind = "elseworld"
	// EntriesNobodys: entries are kept for an invoice that the ledger does not have.
	EntriesNobodys ContradictionKind = "nobodys"
)

// String says it in words.
func (c Contradiction) String() string {
	entries := "1 of its entries"
	if c.Entries != 1 {
		entries = fmt.Sprintf("%d of its entries", c.Entries)
	}
	switch c.Kind {
	case EntriesUnclaimed:
		return fmt.Sprintf("%s is %s, and nothing keeps %s from being billed again", c.Invoice, c.Status, entries)
	case EntriesElsewhere:
		return fmt.Sprintf("%s is %s, and %s are kept for another invoice", c.Invoice, c.Status, entries)
	case EntriesOtherwise:
		return fmt.Sprintf("%s is %s, and %s are recorded otherwise", c.Invoice, c.Status, entries)
	case EntriesKept:
		return fmt.Sprintf("%s is %s, and still keeps %s from other invoices", c.Invoice, c.Status, entries)
	case EntriesForeign:
		return fmt.Sprintf("%s keeps entries that it was not made from: %d", c.Invoice, c.Entries)
	case EntriesElseworld:
		return fmt.Sprintf("%s keeps %s at a simulator where it was issued at SmartBill, or the other way round", c.Invoice, entries)
	case EntriesNobodys:
		return fmt.Sprintf("entries are kept for an invoice that the ledger does not have: %d", c.Entries)
	}
	return string(c.Kind)
}

// maxContradictions is how many an error's text names.
const maxContradictions = 3

// Error names the first contradictions, and what is true now.
func (e *ContradictionError) Error() string {
	named := make([]string, 0, maxContradictions+1)
	for _, one := range e.Contradictions[:min(len(e.Contradictions), maxContradictions)] {
		named = append(named, one.String())
	}
	if more := len(e.Contradictions) - maxContradictions; more > 0 {
		named = append(named, fmt.Sprintf("and %d more", more))
	}
	backup := "there is no backup of it"
	if e.Backup != "" {
		backup = "its last backup is " + e.Backup
	}
	return fmt.Sprintf("the ledger %s contradicts itself: %s. Nothing was changed; %s", e.Path, strings.Join(named, "; "), backup)
}
