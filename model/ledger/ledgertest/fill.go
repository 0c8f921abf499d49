// Package ledgertest fills ledgers for tests and benchmarks, faster than billing could.
package ledgertest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"cadensa/model/ledger"
)

// Fill makes a ledger at path with so many issued invoices, FCT-0001 and on, of one billed entry each, whose fingerprints
// are the numbers in 16 hex digits.
func Fill(ctx context.Context, path string, invoices int) (err error) {
	records, err := ledger.Open(ctx, path, func() time.Time { return time.UnixMilli(0) })
	if err != nil {
		return err
	}
	if err := records.Close(); err != nil {
		return err
	}
	file, err := sql.Open("sqlite", path)
	if err != nil {
		return fmt.Errorf("open the ledger to fill it: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.ExecContext(ctx, fill, invoices); err != nil {
		return fmt.Errorf("fill the ledger: %w", err)
	}
	return nil
}

// fill writes each table once, whatever the number of invoices.
const fill = `
	INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat,
		total, currency, issued_on, due_on, supply_from, supply_to, counter, created, changed)
	WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?)
	SELECT 'CAD-' || n, '12345678', 'invoice', 'f', 'FCT', printf('%04d', n), 'issued', 'Fabrica de Pâine SRL', 'RO',
		'1687.5', '354.38', '2041.88', 'RON', '2026-11-22', '2026-12-22', '2026-10-01', '2026-10-31', n, n, n FROM counted;
	INSERT INTO papers (invoice_id, draft, request) SELECT id, printf('{"note":"%2000s"}', ''), zeroblob(2000) FROM invoices;
	INSERT INTO invoice_entries (invoice_id, position, fingerprint, source, worker, started, ended, seconds, entry)
		SELECT id, 0, printf('%016x', id), 'timewarrior', 'ana', id, id, 3600, '{}' FROM invoices;
	INSERT INTO claims (simulated, fingerprint, invoice_id, state) SELECT 0, fingerprint, invoice_id, 'billed' FROM invoice_entries`
