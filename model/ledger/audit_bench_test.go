package ledger_test

import (
	"fmt"
	"testing"

	"cadensa/model/ledger"
)

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
	SELECT id, n, printf('%%016x', ((id * %d + n) * 2654435761) & 4294967295), 'timewarrior', 'ana', id, id, 3600, printf('{"note":"%%300s"}', '')
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
