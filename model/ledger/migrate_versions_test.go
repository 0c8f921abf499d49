package ledger_test

import (
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

// preparedOfVersion1 is the JSON of a prepared invoice as it was kept before there were discounts, exchange rates and free lines.
const preparedOfVersion1 = `{"kind":"%[1]s","unfinished":false,"cif":"RO12345678","client":{"name":"Acme","contact":"","email":"",
	"country":"RO","street":"Str. Morii 14","postal_code":"400001","city":"Cluj-Napoca","county":"Cluj","vat_number":"","tracker_names":null},
	"save_client":true,"series":"FCT","currency":"RON","issue_date":"2026-11-22","due_date":"2026-12-22","lines":[{"name":"Atlas",
	"details":"","quantity":"1","unit":"hour","price":"100","currency":"RON","vat":{"name":"Normala","percent":"21"},"entries":[%[2]s],
	"supply":{"from":"2026-10-01","to":"2026-10-01"},"tracked":3600,"cut":false}],"treatment":{"reason":"","setting":"Normala","why":"",
	"mention":"","intra_eu_code":false},"note":"","intent":"%[3]s","print_intent":true}`

// oldInvoice is a document as its row and those about it stood in an old ledger.
type oldInvoice struct {
	id                           int
	kind, intent, number, status string
	// hours are those that it was made from; it holds the first so many of them.
	hours []int
	holds int
}

func (o oldInvoice) sql() string {
	numbering, state := "f", "billed"
	if o.kind == "proforma" {
		numbering = "p"
	}
	if o.kind == "proforma" || o.status == "unknown" {
		state = "reserved"
	}
	series := map[string]string{"f": "FCT", "p": "PRF"}[numbering]
	var fingerprints []string
	statements := fmt.Sprintf(`
		INSERT INTO invoices (id, intent, company, kind, numbering, series, number, status, payment, client_name, client_country, net, vat, total,
			currency, issued_on, due_on, supply_from, supply_to, counter, message, document_id, document_url, created, changed)
		VALUES (%d, '%s', '12345678', '%s', '%s', '%s', '%s', '%s', 'partly-paid', 'Acme', 'RO', '100', '21', '121',
			'RON', '2026-11-22', '2026-12-22',
			'2026-10-01', '2026-10-01', 24, 'as it was', 'document %[1]d', 'https://example.invalid/%[1]d', %[1]d, %[1]d);`,
		o.id, o.intent, o.kind, numbering, series, o.number, o.status)
	for position, hour := range o.hours {
		fingerprint := entry(hour).Fingerprint
		fingerprints = append(fingerprints, `"`+fingerprint+`"`)
		statements += fmt.Sprintf(`INSERT INTO invoice_entries VALUES (%d, %d, '%s', 'timewarrior', 'ana', %d, %d, 3600, '{"fingerprint":"%[3]s"}');`,
			o.id, position, fingerprint, hour, hour+1)
		if position < o.holds {
			statements += fmt.Sprintf("INSERT INTO claims VALUES ('%s', %d, '%s');", fingerprint, o.id, state)
		}
	}
	return statements + fmt.Sprintf("INSERT INTO papers VALUES (%d, '%s', x'7b%02x7d');", o.id,
		fmt.Sprintf(preparedOfVersion1, o.kind, strings.Join(fingerprints, ","), o.intent), o.id)
}

// added is what each version had that those before it had not, for the n-th version at n−1.
var added = []struct {
	invoices   []oldInvoice
	statements string
}{
	{[]oldInvoice{
		{1, "invoice", "CAD-AAAAAA", "0024", "issued", []int{0, 1}, 2},
		{2, "invoice", "CAD-BBBBBB", "", "unknown", []int{2}, 1},
		{3, "invoice", "CAD-CCCCCC", "0023", "cancelled", []int{3}, 0},
	}, `INSERT INTO clients VALUES ('acme', '{"name":"Acme","country":"RO"}', 5)`},
	{nil, `INSERT INTO making VALUES ('buyer', '{}'); INSERT INTO accounts VALUES ('12345678', '{}'); INSERT INTO gate_shut VALUES ('a', 1, 2);
		INSERT INTO gate_calls VALUES (1, 'a', 1); INSERT INTO calls VALUES (1, 'read the series', 'answered with status 200', 1)`},
	{[]oldInvoice{
		{4, "invoice", "CAD-DDDDDD", "0020", "reversed", []int{4}, 0},
		{5, "storno", "CAD-EEEEEE", "0021", "issued", nil, 0},
		{6, "invoice", "CAD-FFFFFF", "", "not-issued", []int{5}, 0},
		{7, "invoice", "CAD-GGGGGG", "0022", "issued", []int{5}, 1},
		{8, "invoice", "CAD-HHHHHH", "0019", "issued", []int{6, 5}, 1},
	}, `UPDATE invoices SET original = 4 WHERE id = 5; UPDATE invoices SET successor = 7, watched_from = 23 WHERE id = 6;
		UPDATE invoices SET doubled = 1, charged = '121.01', payment_asked = 7 WHERE id = 8; UPDATE invoices SET unknown_since = 9 WHERE id = 2`},
	{nil, `INSERT INTO payments VALUES (1, 7, 'recorded', 'transfer', '21', '2026-11-22', '', '', '0', '121', 0, 'paid', 0, 1, 2);
		INSERT INTO payments VALUES (2, 1, 'unknown', 'cash', '100', '2026-11-22', 'CHT', '0007', '0', '121', 8, 'lost', 3, 4, 5);
		UPDATE invoices SET open_payment = 2 WHERE id = 1`},
	{nil, `INSERT INTO exchange_rates VALUES ('2026-11-22', '2026-11-20', '{}')`},
	{[]oldInvoice{
		{9, "proforma", "CAD-JJJJJJ", "0007", "issued", []int{7}, 0},
		{10, "invoice", "CAD-KKKKKK", "0025", "issued", []int{7}, 1},
		{11, "proforma", "CAD-LLLLLL", "0008", "issued", []int{8}, 1},
	}, `UPDATE invoices SET proforma = 9 WHERE id = 10`},
	{nil, "INSERT INTO ticked VALUES (1, 'a 0' || char(10) || 'b 60')"},
	{nil, `INSERT INTO numbers_seen VALUES ('12345678', 'f', 'FCT', 0, 19, 'read', 5);
		INSERT INTO services VALUES ('https://example.invalid', 0, 5); UPDATE invoices SET printed = 1 WHERE id = 1`},
}

// remade is the version whose tables the next migration makes anew, which is what can be broken off or fail.
const remade = 7

// makeVersion writes a ledger with the schema that there was then.
func makeVersion(tb testing.TB, path string, version int, more string) {
	tb.Helper()
	files, err := filepath.Glob("schema/*.sql")
	if err != nil {
		tb.Fatal(err)
	}
	statements := "PRAGMA foreign_keys = OFF;"
	for i, name := range files[:version] {
		statements += string(read(tb, name))
		if i >= len(added) {
			continue
		}
		for _, invoice := range added[i].invoices {
			statements += invoice.sql()
		}
		statements += added[i].statements + ";"
	}
	with(tb, path, func(db *sql.DB) {
		statements += fmt.Sprintf("PRAGMA application_id = 0x43414445; PRAGMA user_version = %d; PRAGMA foreign_keys = OFF;", version)
		if _, err := db.ExecContext(tb.Context(), statements+more); err != nil {
			tb.Fatal(err)
		}
	})
}

// with opens a file that is not to be brought up to date.
func with(tb testing.TB, path string, act func(db *sql.DB)) {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		tb.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	act(db)
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
}

// content is whole rows, by their table and columns.
type content map[string][]string

// contentOf reads all rows of the columns; of every table and column that there is when columns is nil.
func contentOf(tb testing.TB, db *sql.DB, columns map[string][]string) (content, map[string][]string) {
	tb.Helper()
	if columns == nil {
		columns = map[string][]string{}
		for _, row := range rowsOf(tb, db, "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY t.name, c.cid") {
			table, column, _ := strings.Cut(row, "|")
			columns[table] = append(columns[table], column)
		}
	}
	found := content{}
	for table, names := range columns {
		quoted := make([]string, len(names))
		for i, name := range names {
			quoted[i] = "quote(" + name + ")"
		}
		found[table] = rowsOf(tb, db, "SELECT "+strings.Join(quoted, ", ")+" FROM "+table+" ORDER BY "+strings.Join(quoted, ", "))
	}
	return found, columns
}

// forgotten is the table whose rows say nothing of today, and are dropped on purpose.
const forgotten = "templates"

func kept(all content) content {
	all = maps.Clone(all)
	delete(all, forgotten)
	return all
}

// rowsOf gives each row as a text.
func rowsOf(tb testing.TB, db *sql.DB, query string) []string {
	tb.Helper()
	rows, err := db.QueryContext(tb.Context(), query)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	for rows.Next() {
		values, destinations := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range values {
			destinations[i] = &values[i]
		}
		if err := rows.Scan(destinations...); err != nil {
			tb.Fatal(err)
		}
		cells := make([]string, len(values))
		for i, value := range values {
			cells[i] = value.String
		}
		texts = append(texts, strings.Join(cells, "|"))
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	return texts
}
