package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/ledger"
)

// draftOfVersion1 is the JSON of a draft as it was kept before there were discounts, exchange rates and free lines.
const draftOfVersion1 = `{"kind":"%[1]s","unfinished":false,"cif":"RO12345678","client":{"name":"Acme","contact":"","email":"",
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
		VALUES (%d, '%s', '12345678', '%s', '%s', '%s', '%s', '%s', 'partly-paid', 'Acme', 'RO', '100', '21', '121', 'RON', '2026-11-22', '2026-12-22',
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
		fmt.Sprintf(draftOfVersion1, o.kind, strings.Join(fingerprints, ","), o.intent), o.id)
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
}

// makeVersion writes a ledger with the schema that there was then.
func makeVersion(tb testing.TB, path string, version int, more string) {
	tb.Helper()
	files, err := filepath.Glob("schema/*.sql")
	if err != nil {
		tb.Fatal(err)
	}
	statements := ""
	for _, name := range files[:version] {
		statements += string(read(tb, name))
	}
	for _, one := range added[:version] {
		for _, invoice := range one.invoices {
			statements += invoice.sql()
		}
		statements += one.statements + ";"
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

// TestLedgersOfEveryVersionAreBroughtUpToDate holds that nothing is lost or changed, that what is new has its default, that a copy of
// what was lies beside the ledger, and that it is lived on with.
func TestLedgersOfEveryVersionAreBroughtUpToDate(t *testing.T) {
	fresh := newLedger(t)
	schema := rowsOf(t, ledger.Database(fresh), "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
	for version := 1; version <= len(added); version++ {
		t.Run(fmt.Sprintf("version %d", version), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			makeVersion(t, path, version, "")
			var before content
			var columns map[string][]string
			with(t, path, func(db *sql.DB) { before, columns = contentOf(t, db, nil) })
			delete(columns, forgotten)
			records := open(t, path, newClock().now)
			db := ledger.Database(records)
			after, _ := contentOf(t, db, columns)
			if difference := cmp.Diff(kept(before), after); difference != "" {
				t.Errorf("rows became others (-before +after)\n%s", difference)
			}
			if difference := cmp.Diff(schema, rowsOf(t, db, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")); difference != "" {
				t.Errorf("its schema is not that of a new ledger (-new +this)\n%s", difference)
			}
			if odd := rowsOf(t, db, `SELECT intent FROM invoices WHERE simulated <> 0 OR vouched <> ''
				UNION ALL SELECT fingerprint FROM claims WHERE simulated <> 0`); len(odd) > 0 {
				t.Errorf("what is new is set for %v", odd)
			}
			checkConstraints(t, db)
			checkCopy(t, path, version, before)
			if err := records.Audit(t.Context()); err != nil {
				t.Error(err)
			}
			checkDetails(t, records, version)
			liveOn(t, records, version)
		})
	}
}

// checkConstraints expects every foreign key to hold, and every connection of the pool to enforce them.
func checkConstraints(t *testing.T, db *sql.DB) {
	t.Helper()
	if broken := rowsOf(t, db, "PRAGMA foreign_key_check"); len(broken) > 0 {
		t.Errorf("foreign keys do not hold: %v", broken)
	}
	pool := make([]*sql.Conn, db.Stats().MaxOpenConnections)
	for i := range pool {
		var err error
		if pool[i], err = db.Conn(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := pool[i].ExecContext(t.Context(), "INSERT INTO papers VALUES (999, '{}', x'7b7d')"); err == nil || !strings.Contains(err.Error(), "FOREIGN KEY") {
			t.Errorf("connection %d takes papers of no invoice: %v", i, err)
		}
	}
	for _, connection := range pool {
		if err := connection.Close(); err != nil {
			t.Error(err)
		}
	}
}

// checkCopy expects one copy, of the version that was, with the rows that were.
func checkCopy(t *testing.T, path string, version int, want content) {
	t.Helper()
	copied := filepath.Join(filepath.Dir(path), "backups", fmt.Sprintf("ledger-schema-%d.db", version))
	entries, err := os.ReadDir(filepath.Dir(copied))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(copied) {
		t.Fatalf("copies are %v (%v)", entries, err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy's rights are %v (%v)", info.Mode().Perm(), err)
	}
	with(t, copied, func(db *sql.DB) {
		if got := rowsOf(t, db, "SELECT user_version FROM pragma_user_version"); !slices.Equal(got, []string{fmt.Sprint(version)}) {
			t.Errorf("the copy has version %v", got)
		}
		got, _ := contentOf(t, db, nil)
		if difference := cmp.Diff(want, got); difference != "" {
			t.Errorf("the copy has other rows\n%s", difference)
		}
	})
}

// checkDetails expects every document to be read, with its relations.
func checkDetails(t *testing.T, records *ledger.Ledger, version int) {
	t.Helper()
	relations := map[string]func(detail model.InvoiceDetail) bool{
		"CAD-DDDDDD": func(d model.InvoiceDetail) bool { return d.Storno == "FCT-0021" },
		"CAD-EEEEEE": func(d model.InvoiceDetail) bool { return d.Original == "FCT-0020" },
		"CAD-FFFFFF": func(d model.InvoiceDetail) bool { return d.ResentAs == "FCT-0022" },
		"CAD-HHHHHH": func(d model.InvoiceDetail) bool { return d.Charged.Decimal.String() == "121.01" },
		"CAD-JJJJJJ": func(d model.InvoiceDetail) bool { return d.InvoicedAs == "FCT-0025" },
		"CAD-KKKKKK": func(d model.InvoiceDetail) bool { return d.Proforma == "PRF-0007" },
	}
	for _, one := range added[:version] {
		for _, invoice := range one.invoices {
			detail, err := records.Detail(t.Context(), invoice.intent)
			if err != nil || !detail.Draft.Discount.IsZero() || !detail.Draft.Totals().Total.Equal(detail.Total) || len(detail.Entries) != len(invoice.hours) {
				t.Errorf("%s became %+v (%v)", invoice.intent, detail, err)
			}
			if fits := relations[invoice.intent]; fits != nil && !fits(detail) {
				t.Errorf("%s has lost what it belongs to: %+v", invoice.intent, detail)
			}
		}
	}
}

// liveOn sends the unknown invoice again, settles and pays, undoes, and bills hours, those that are taken excepted.
func liveOn(t *testing.T, records *ledger.Ledger, version int) {
	t.Helper()
	unknown, err := records.Detail(t.Context(), "CAD-BBBBBB")
	if err != nil {
		t.Fatal(err)
	}
	again := unknown.Draft
	again.Intent = "CAD-MMMMMM"
	sent, err := records.Begin(t.Context(), ledger.Intent{Draft: again, Request: []byte("{}"), Counter: 26, Replaced: unknown.ID})
	if err != nil || stateOf(t, records, entry(2)).Invoice != sent.Reference() {
		t.Fatalf("sent again, the hour is on %s (%v)", stateOf(t, records, entry(2)).Invoice, err)
	}
	if _, err := records.Numbered(t.Context(), sent.ID, model.Issued{Series: "FCT", Number: "0026"}); err != nil {
		t.Error(err)
	}
	issued, err := records.Detail(t.Context(), "FCT-0024")
	if err != nil {
		t.Fatal(err)
	}
	if version >= 4 {
		if _, err := records.BeginPayment(t.Context(), issued.ID, cash()); !errors.Is(err, model.ErrPaymentOpen) {
			t.Errorf("beside the payment that is not settled: %v", err)
		}
		if _, err := records.MovePayment(t.Context(), issued.OpenPayment, ledger.PaymentMove{From: model.PaymentUnknown, To: model.PaymentNotRecorded}); err != nil {
			t.Error(err)
		}
	}
	if _, err := records.BeginPayment(t.Context(), issued.ID, cash()); err != nil {
		t.Errorf("it cannot be paid: %v", err)
	}
	taken := draft("CAD-NNNNNN", entry(0), entry(20))
	if _, err := records.Begin(t.Context(), ledger.Intent{Draft: taken, Request: []byte("{}")}); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("an hour is billed a second time: %v", err)
	}
	made := issue(t, records, draft("CAD-PPPPPP", entry(20)), 27)
	storno, err := records.Begin(t.Context(), ledger.Intent{Draft: stornoOf("CAD-QQQQQQ", draft("", entry(20))), Request: []byte("{}"), Original: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := records.Numbered(t.Context(), storno.ID, model.Issued{Series: "FCT", Number: "0028"}); err != nil {
		t.Error(err)
	}
	if _, err := records.Reserve(t.Context(), "account", noon); err != nil {
		t.Error(err)
	}
	if err := records.Audit(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestSchemaThatCannotBeChangedLeavesTheLedgerAsItWas breaks the migration at its end and in its middle.
func TestSchemaThatCannotBeChangedLeavesTheLedgerAsItWas(t *testing.T) {
	for name, test := range map[string]struct{ spoil, want string }{
		"a claim of no hour":         {"INSERT INTO claims VALUES ('nowhere', 99, 'billed')", "a row of claims refers to one that invoice_entries lacks"},
		"papers of no invoice":       {"INSERT INTO papers VALUES (99, '{}', x'7b7d')", "a row of papers refers to one that invoices lacks"},
		"a state that there is not":  {"PRAGMA ignore_check_constraints = ON; UPDATE invoices SET status = 'isstud' WHERE id = 1", "0008_world.sql"},
		"a table that was not there": {"CREATE TABLE services (address TEXT)", "0008_world.sql"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			makeVersion(t, path, len(added), test.spoil)
			var before content
			with(t, path, func(db *sql.DB) { before, _ = contentOf(t, db, nil) })
			for range 2 {
				_, err := ledger.Open(t.Context(), path, newClock().now)
				copied := filepath.Join(filepath.Dir(path), "backups", "ledger-schema-7.db")
				for _, want := range []string{"open ledger " + path, test.want, "nothing in it was changed", copied} {
					if err == nil || !strings.Contains(err.Error(), want) {
						t.Errorf("it does not say %q: %v", want, err)
					}
				}
				checkUnchanged(t, path, before)
				checkCopy(t, path, len(added), before)
			}
		})
	}
}

func checkUnchanged(t *testing.T, path string, before content) {
	t.Helper()
	with(t, path, func(db *sql.DB) {
		after, _ := contentOf(t, db, nil)
		version := rowsOf(t, db, "SELECT user_version FROM pragma_user_version")
		if difference := cmp.Diff(before, after); difference != "" || version[0] != fmt.Sprint(len(added)) {
			t.Errorf("it has version %v, and other rows\n%s", version, difference)
		}
	})
}

// TestMigrationThatIsBrokenOffLeavesTheLedgerAsItWas gives it more time again and again, until it succeeds.
func TestMigrationThatIsBrokenOffLeavesTheLedgerAsItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	makeVersion(t, path, len(added), `WITH RECURSIVE counted (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM counted WHERE n < 3000)
		INSERT INTO calls SELECT n, 'read the series', printf('%900s', n), n FROM counted;
		WITH RECURSIVE counted (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM counted WHERE n < 3000)
		INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat, total, currency, issued_on,
			due_on, supply_from, supply_to, counter, created, changed) SELECT 'CAD-' || n, '12345678', 'invoice', 'f', 'OLD', printf('%04d', n), 'issued',
			'Acme', 'RO', '1', '0', '1', 'RON', '2026-11-22', '2026-12-22', '', '', n, n, n FROM counted`)
	var before content
	var columns map[string][]string
	with(t, path, func(db *sql.DB) { before, columns = contentOf(t, db, nil) })
	delete(columns, forgotten)
	failed := 0
	for limit := 500 * time.Microsecond; ; limit = limit * 5 / 4 {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		records, err := ledger.Open(ctx, path, newClock().now)
		cancel()
		if err == nil {
			after, _ := contentOf(t, ledger.Database(records), columns)
			if err := records.Close(); err != nil || !cmp.Equal(kept(before), after) {
				t.Errorf("in the end the rows are others (%v)", err)
			}
			break
		}
		failed++
		checkUnchanged(t, path, before)
	}
	if failed == 0 {
		t.Error("it was never broken off")
	}
}

func TestNewLedgerIsNotCopied(t *testing.T) {
	path := newPath(t)
	open(t, path, newClock().now)
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), "backups")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there are copies: %v", err)
	}
}
