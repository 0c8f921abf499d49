package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/database"
)

// insertEntries keeps the hours beside their invoice: every fingerprint on a line, with its entry.
func insertEntries(ctx context.Context, tx *sql.Tx, id int64, prepared model.PreparedInvoice) error {
	known := make(map[string]*model.Entry, len(prepared.Hours))
	for _, entry := range prepared.Hours {
		known[entry.Fingerprint] = entry
	}
	for position, fingerprint := range prepared.Entries() {
		entry := known[fingerprint]
		if entry == nil {
			entry = &model.Entry{Fingerprint: fingerprint}
		}
		err := exec(ctx, tx, "keep hours", `
			INSERT INTO invoice_entries (invoice_id, position, fingerprint, source, worker, started, ended, seconds, entry)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, id, position, fingerprint, entry.Source, entry.User,
			milliseconds(entry.Start), milliseconds(entry.End), entry.Seconds, asJSON{entry})
		if database.IsDuplicate(err) {
			return fmt.Errorf("an entry is on two lines of this invoice: %w", model.ErrEntriesTaken)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// milliseconds is an instant as it is stored, 0 when there is none.
func milliseconds(instant model.Instant) int64 {
	if instant.IsZero() {
		return 0
	}
	return instant.Time().UnixMilli()
}

// holding tells how an invoice in its state holds its hours. A proforma bills nothing: it only reserves.
func holding(invoice model.Invoice) model.EntryState {
	switch {
	case !invoice.Status.HoldsEntries():
		return model.EntryFree
	case invoice.InvoicedAs != "":
		// They went over to the invoice that was made from it, whatever became of that.
		return model.EntryFree
	case invoice.Kind == model.KindProforma:
		return model.EntryReserved
	case invoice.Status == model.StatusIssued, invoice.Status == model.StatusPartlyReversed, invoice.Status == model.StatusCancelling:
		return model.EntryBilled
	}
	return model.EntryReserved
}

// holdHours takes the hours of an invoice that comes into force. model.ErrEntriesTaken names the invoice that has one of them.
func holdHours(ctx context.Context, tx *sql.Tx, invoice model.Invoice) error {
	if holding(invoice) != model.EntryFree {
		if err := checkUnclaimed(ctx, tx, invoice.ID); err != nil {
			return err
		}
	}
	return updateClaims(ctx, tx, invoice)
}

// claimed changes an invoice, makes its claims agree with it, and reads it as it is then.
func claimed(ctx context.Context, tx *sql.Tx, id int64, what, statement string, args ...any) (model.Invoice, error) {
	invoice, err := revised(ctx, tx, id, what, statement, args...)
	if err != nil {
		return invoice, err
	}
	return invoice, updateClaims(ctx, tx, invoice)
}

// updateClaims makes the claims of an invoice agree with its state. Hours that another invoice claims stay there.
func updateClaims(ctx context.Context, tx *sql.Tx, invoice model.Invoice) error {
	state := holding(invoice)
	if state != model.EntryFree {
		if err := releaseReversed(ctx, tx, invoice.ID); err != nil {
			return err
		}
		return claim(ctx, tx, invoice.ID, state)
	}
	if err := exec(ctx, tx, "free hours", "DELETE FROM claims WHERE invoice_id = ?", invoice.ID); err != nil {
		return err
	}
	if err := giveBack(ctx, tx, invoice); err != nil {
		return err
	}
	return passHoursOn(ctx, tx)
}

// releaseReversed frees the hours of the lines that partial stornos reverse as a whole.
func releaseReversed(ctx context.Context, tx *sql.Tx, id int64) error {
	released, err := update(ctx, tx, "free the hours of reversed lines", `DELETE FROM claims WHERE invoice_id = ? AND fingerprint IN (
		SELECT fingerprint FROM invoice_entries WHERE invoice_entries.invoice_id = ? AND reversed = 1)`, id, id)
	if err != nil || !released {
		return err
	}
	return passHoursOn(ctx, tx)
}

// passHoursOn gives freed hours to an invoice in force that bills them too. It got its number late, and alone bills them now.
func passHoursOn(ctx context.Context, tx *sql.Tx) error {
	if err := exec(ctx, tx, "hand hours on", `
		INSERT INTO claims (simulated, fingerprint, invoice_id, state)
		SELECT i.simulated, e.fingerprint, i.id, `+holdingOf+`
		FROM invoices AS i JOIN invoice_entries AS e ON e.invoice_id = i.id
		WHERE i.doubled = 1 AND e.reversed = 0 AND `+holdingOf+` <> 'free' ORDER BY i.id
		ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	return clearDoubled(ctx, tx)
}

// clearDoubled unmarks the invoices whose hours no other invoice in force bills any more, be it edited ones.
func clearDoubled(ctx context.Context, tx *sql.Tx) error {
	alone, err := invoicesWhere(ctx, tx, `WHERE doubled = 1 AND NOT EXISTS (
			SELECT 1 FROM invoice_entries JOIN claims USING (fingerprint)
			WHERE invoice_entries.invoice_id = invoices.id AND invoice_entries.reversed = 0 AND claims.invoice_id <> invoices.id
				AND claims.simulated <= invoices.simulated) AND NOT `+replacing)
	if err != nil {
		return fmt.Errorf("hand hours on: %w", err)
	}
	for _, invoice := range alone {
		holder, err := lookalike(ctx, tx, invoice)
		if err != nil {
			return err
		}
		if holder != "" {
			continue
		}
		if err := exec(ctx, tx, "hand hours on", "UPDATE invoices SET doubled = 0 WHERE id = ?", invoice.ID); err != nil {
			return err
		}
	}
	return nil
}

// checkUnclaimed refuses when another invoice holds one of the hours.
func checkUnclaimed(ctx context.Context, tx *sql.Tx, id int64) error {
	holder, count, err := otherHolder(ctx, tx, id)
	if err != nil || count == 0 {
		return err
	}
	return fmt.Errorf("%d of the entries are on %s: %w", count, holder, model.ErrEntriesTaken)
}

// otherHolder finds another invoice that claims hours of this one, and counts the hours claimed elsewhere. Claims at a
// simulator do not count at SmartBill.
func otherHolder(ctx context.Context, tx *sql.Tx, id int64) (holder string, count int, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT `+referenceOf("invoices.")+`, count(*) OVER ()
		FROM invoice_entries JOIN claims USING (fingerprint) JOIN invoices ON invoices.id = claims.invoice_id
		WHERE invoice_entries.invoice_id = ? AND invoice_entries.reversed = 0 AND claims.invoice_id <> ?
			AND claims.simulated <= (SELECT own.simulated FROM invoices AS own WHERE own.id = invoice_entries.invoice_id)
		LIMIT 1`, id, id).Scan(&holder, &count)
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	return holder, count, failed("look who holds the hours", err)
}

// claim takes the hours of the invoice that no other invoice holds. An invoice that misses hours is marked as doubled.
func claim(ctx context.Context, tx *sql.Tx, id int64, state model.EntryState) error {
	if err := exec(ctx, tx, "claim hours", `
		INSERT INTO claims (simulated, fingerprint, invoice_id, state)
		SELECT simulated, fingerprint, invoice_id, ? FROM invoice_entries JOIN invoices ON invoices.id = invoice_id
		WHERE invoice_id = ? AND reversed = 0
		ON CONFLICT (simulated, fingerprint) DO UPDATE SET state = excluded.state
			WHERE claims.invoice_id = excluded.invoice_id`, state, id); err != nil {
		return err
	}
	return exec(ctx, tx, "note that it misses hours", `
		UPDATE invoices SET doubled = 1 WHERE id = ? AND EXISTS (
			SELECT 1 FROM invoice_entries AS hour JOIN claims ON claims.simulated = invoices.simulated AND claims.fingerprint = hour.fingerprint
			WHERE hour.invoice_id = invoices.id AND hour.reversed = 0 AND claims.invoice_id <> invoices.id)`, id)
}

// Statuses gives the state of reserved and billed entries by fingerprint. Invoices of a simulator count only at a simulator.
func (l *Ledger) Statuses(ctx context.Context, simulated bool) (map[string]model.EntryStatus, error) {
	statuses := map[string]model.EntryStatus{}
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var fingerprint string
		var status model.EntryStatus
		err := rows.Scan(&fingerprint, &status.State, &status.Invoice)
		statuses[fingerprint] = status
		return err
	}, `SELECT fingerprint, state, `+referenceOf("")+`
		FROM claims JOIN invoices ON invoices.id = claims.invoice_id WHERE claims.simulated <= ? ORDER BY claims.simulated DESC`, simulated)
	return statuses, failed("read which hours are billed", err)
}

// EntriesOf gives the fingerprints of each invoice's hours, in the order of its lines, even if it does not hold them any more.
func (l *Ledger) EntriesOf(ctx context.Context, ids []int64) (map[int64][]string, error) {
	entries := make(map[int64][]string, len(ids))
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var id int64
		var fingerprint string
		err := rows.Scan(&id, &fingerprint)
		entries[id] = append(entries[id], fingerprint)
		return err
	}, `SELECT invoice_id, fingerprint FROM invoice_entries
		WHERE invoice_id IN (SELECT value FROM json_each(?)) ORDER BY invoice_id, position`, asJSON{ids})
	return entries, failed("read hours of invoices", err)
}
