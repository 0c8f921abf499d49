package ledger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"cadensa/model/ledger"
	"cadensa/model/ledger/ledgertest"
)

// fill makes a ledger of n invoices.
func fill(b *testing.B, path string, n int) {
	b.Helper()
	if err := ledgertest.Fill(b.Context(), path, n); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkInvoices(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			path := newPath(b)
			fill(b, path, n)
			records := open(b, path, newClock().now)
			for b.Loop() {
				invoices, err := records.Invoices(b.Context())
				if err != nil || len(invoices) != n {
					b.Fatal(len(invoices), err)
				}
			}
		})
	}
}

func BenchmarkStatuses(b *testing.B) {
	path := newPath(b)
	fill(b, path, 100_000)
	records := open(b, path, newClock().now)
	for b.Loop() {
		if _, err := records.Statuses(b.Context(), false); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	path := newPath(b)
	fill(b, path, 100_000)
	for b.Loop() {
		records, err := ledger.Open(b.Context(), path, newClock().now)
		if err != nil {
			b.Fatal(err)
		}
		if err := records.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMigration opens ledgers of version 7, each a copy of one that nobody has opened yet.
func BenchmarkMigration(b *testing.B) {
	const invoices = 100_000
	old := filepath.Join(b.TempDir(), "old.db")
	makeVersion(b, old, 7, fmt.Sprintf(`
		WITH RECURSIVE counted (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM counted WHERE n < %d)
		INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat,
			total, currency, issued_on, due_on, supply_from, supply_to, counter, created, changed)
		SELECT 'CAD-' || n, '12345678', 'invoice', 'f', 'OLD', printf('%%04d', n), 'issued', 'Fabrica de Pâine SRL', 'RO',
			'1687.5', '354.38', '2041.88', 'RON', '2026-11-22', '2026-12-22', '2026-10-01', '2026-10-31', n, n, n FROM counted;
		INSERT INTO papers (invoice_id, draft, request) SELECT id, printf('{"note":"%%2000s"}', ''), zeroblob(2000)
			FROM invoices WHERE series = 'OLD';
		INSERT INTO invoice_entries (invoice_id, position, fingerprint, source, worker, started, ended, seconds, entry)
			SELECT id, 0, printf('%%016x', id), 'timewarrior', 'ana', id, id, 3600, '{}' FROM invoices WHERE series = 'OLD';
		INSERT INTO claims (fingerprint, invoice_id, state) SELECT fingerprint, invoice_id, 'billed' FROM invoice_entries
			WHERE entry = '{}'`, invoices))
	content := read(b, old)
	for b.Loop() {
		b.StopTimer()
		path := filepath.Join(b.TempDir(), "ledger.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		records, err := ledger.Open(b.Context(), path, newClock().now)
		if err != nil {
			b.Fatal(err)
		}
		if err := records.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// fillScattered makes a ledger of issued invoices with so many entries each, whose fingerprints lie in no order.
func fillScattered(b *testing.B, records *ledger.Ledger, invoices, entries int) {
	b.Helper()
	err := records.Exec(b.Context(), fmt.Sprintf(`
	INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat,
		total, currency, issued_on, due_on, supply_from, supply_to, counter, created, changed)
	WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < %d)
	SELECT 'CAD-' || n, '12345678', 'invoice', 'f', 'FCT', printf('%%04d', n), 'issued', 'Fabrica de Pâine SRL', 'RO',
		'1687.5', '354.38', '2041.88', 'RON', '2026-11-22', '2026-12-22', '2026-10-01', '2026-10-31', n, n, n FROM counted;
	INSERT INTO invoice_entries (invoice_id, position, fingerprint, source, worker, started, ended, seconds, entry)
	WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < %d - 1)
	SELECT id, n, printf('%%016x', ((id * %d + n) * 2654435761) & 4294967295), 'timewarrior', 'ana', id, id, 3600,
		printf('{"note":"%%300s"}', '')
		FROM invoices, counted ORDER BY 1, 2;
	INSERT INTO claims (simulated, fingerprint, invoice_id, state)
		SELECT 0, fingerprint, invoice_id, 'billed' FROM invoice_entries ORDER BY fingerprint`, invoices, entries, entries))
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkAudit(b *testing.B) {
	for _, size := range []struct{ invoices, entries int }{{1_000, 1}, {10_000, 10}, {100_000, 1}, {10_000, 100}} {
		b.Run(fmt.Sprintf("%dx%d", size.invoices, size.entries), func(b *testing.B) {
			path := newPath(b)
			fillScattered(b, open(b, path, newClock().now), size.invoices, size.entries)
			records := open(b, path, newClock().now)
			for b.Loop() {
				if err := records.Audit(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
