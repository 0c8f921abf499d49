//go:build e2e && unix

package e2e

import "testing"

// manyInvoices writes a hundred thousand issued invoices, a hundred a day, into a ledger.
const manyInvoices = `WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 100000)
INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat, total,
	currency, issued_on, due_on, supply_from, supply_to, counter, created, changed)
SELECT printf('CAD-%06d', n), 'RO18547290', 'invoice', 'f', 'FCT', printf('%06d', n), 'issued', printf('Client %d SRL', n % 500), 'RO',
	'100.00', '21.00', '121.00', 'RON', date('2024-01-01', (n / 100) || ' days'), date('2024-01-31', (n / 100) || ' days'),
	date('2024-01-01', (n / 100) || ' days'), date('2024-01-01', (n / 100) || ' days'), n, n, n
FROM counted`

// The papers of the invoices lie apart; a list does not read them, the detail does.
const manyPapers = `INSERT INTO papers (invoice_id, draft, request) SELECT id, '{}', x'7b7d' FROM invoices`

// A ledger of many years starts like an empty one.
func TestE2EStart(t *testing.T) {
	t.Parallel()
	u := offline(t)
	u.cadensa("history")
	inLedger(t, u, "BEGIN", manyInvoices, manyPapers, "COMMIT")
	s := openTerminal(t, u, 80, 24)
	s.Start("")
	showAll(s)
	s.Sees("fourth")
	s.Press("4")
	s.Sees("▸4 History", "100000 invoices")
	s.SeesRow("▸ FCT-100000", "Client 0 SRL", "121.00")
	s.keepScreens("many")
	s.Press("G")
	s.SeesRow("▸ FCT-000001", "Client 1 SRL")
	s.Press("/")
	s.Type("client 77 099577")
	s.Sees("1 of 100000")
	s.SeesRow("▸ FCT-099577", "Client 77 SRL")
	s.Press("Enter", "1")
	s.Sees("▸1 Time", "fourth")
	s.Press("q")
	s.Ends(0)
}
