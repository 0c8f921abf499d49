package ledger_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"cadensa/model"
	"cadensa/model/ledger"
)

func TestFilesAreTheOwnersAlone(t *testing.T) {
	path := newPath(t)
	begin(t, open(t, path, newClock().now), draft("CAD-AAAAAA", entry(8)))
	for name, want := range map[string]os.FileMode{
		filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has the rights %v, want %v", filepath.Base(name), got, want)
		}
	}
}

func TestFileThatOthersCouldReadIsClosedToThem(t *testing.T) {
	path := newPath(t)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	open(t, path, newClock().now)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("rights are %v (%v)", info.Mode().Perm(), err)
	}
}

func TestEverythingIsThereAfterReopening(t *testing.T) {
	path := newPath(t)
	first, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	want := issue(t, first, draft("CAD-AAAAAA", entry(8)), 24)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	invoices, err := open(t, path, newClock().now).Invoices(t.Context())
	if err != nil || len(invoices) != 1 || invoices[0].Reference() != want.Reference() {
		t.Errorf("after reopening there are %+v (%v)", invoices, err)
	}
}

func TestOddPathsAreOpened(t *testing.T) {
	for _, name := range []string{"with space", "100%", "what?", "a#b", "ștefan", "a&_synchronous=OFF"} {
		path := filepath.Join(t.TempDir(), name, "ledger.db")
		begin(t, open(t, path, newClock().now), draft("CAD-AAAAAA", entry(8)))
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestNewerLedgerIsRefusedAndNotTouched(t *testing.T) {
	path := newPath(t)
	records, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	if err := records.Exec(t.Context(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	if err := records.Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	_, err = ledger.Open(t.Context(), path, newClock().now)
	newer, ok := errors.AsType[ledger.ErrNewerVersion](err)
	files, failure := os.ReadDir("schema")
	if failure != nil {
		t.Fatal(failure)
	}
	if !ok || newer.Found != 99 || newer.Known != len(files) {
		t.Errorf("error is %v", err)
	}
	if !slices.Equal(before, read(t, path)) {
		t.Error("the file was changed")
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a log was left beside it: %v", err)
	}
}

func TestOtherFilesAreRefusedAndNotTouched(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("This is no database. ", 400)), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(folder, "other.db")
	db, err := sql.Open("sqlite", other)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE songs (title TEXT); PRAGMA user_version = 1"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{text, other} {
		before := read(t, path)
		if _, err := ledger.Open(t.Context(), path, newClock().now); err == nil || !strings.Contains(err.Error(), "not a ledger") {
			t.Errorf("%s: error is %v", filepath.Base(path), err)
		}
		if !slices.Equal(before, read(t, path)) {
			t.Errorf("%s was changed", filepath.Base(path))
		}
	}
}

// draftOfVersion3 is the JSON of a draft as it was kept before there were discounts, exchange rates and free lines.
const draftOfVersion3 = `{"kind":"invoice","unfinished":false,"cif":"RO12345678","client":{"name":"Acme","contact":"","email":"",
	"country":"RO","street":"Str. Morii 14","postal_code":"400001","city":"Cluj-Napoca","county":"Cluj","vat_number":"","tracker_names":null},
	"save_client":true,"series":"FCT","currency":"RON","issue_date":"2026-11-22","due_date":"2026-12-22","lines":[{"name":"Atlas",
	"details":"","quantity":"1","unit":"hour","price":"100","currency":"RON","vat":{"name":"Normala","percent":"21"},"entries":["%[1]s"],
	"supply":{"from":"2026-10-01","to":"2026-10-01"},"tracked":3600,"cut":false}],"treatment":{"reason":"","setting":"Normala","why":"",
	"mention":"","intra_eu_code":false},"note":"","intent":"%[2]s","print_intent":true}`

// TestLedgerOfTheThirdVersionIsBroughtUpToDate makes a ledger as version 3 left it: an issued invoice, and one of unknown
// outcome. Both are lived on with.
func TestLedgerOfTheThirdVersionIsBroughtUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	makeVersion3(t, path)
	records := open(t, path, newClock().now)
	for intent, hour := range map[string]int{"CAD-AAAAAA": 8, "CAD-BBBBBB": 9} {
		detail, err := records.Detail(t.Context(), intent)
		if err != nil || !detail.Draft.Discount.IsZero() || !detail.Draft.Totals().Total.Equal(detail.Total) || detail.Proforma != "" || len(detail.Payments) != 0 {
			t.Errorf("%s became %+v (%v)", intent, detail, err)
		}
		if got := stateOf(t, records, entry(hour)); got.State == model.EntryFree || got.Invoice != detail.Reference() {
			t.Errorf("its hour is %+v", got)
		}
	}
	issued, err := records.Detail(t.Context(), "FCT-0024")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := records.BeginPayment(t.Context(), issued.ID, model.PaymentRecord{Kind: model.PaymentTransfer, On: issued.IssueDate}); err != nil {
		t.Errorf("it cannot be paid: %v", err)
	}
	unknown, err := records.Detail(t.Context(), "CAD-BBBBBB")
	if err != nil {
		t.Fatal(err)
	}
	again := unknown.Draft
	again.Intent = "CAD-CCCCCC"
	sent, err := records.Begin(t.Context(), ledger.Intent{Draft: again, Request: []byte("{}"), Counter: 25, Replaced: unknown.ID})
	if err != nil || stateOf(t, records, entry(9)).Invoice != sent.Reference() {
		t.Errorf("sent again, the hour is on %s (%v)", stateOf(t, records, entry(9)).Invoice, err)
	}
}

// makeVersion3 writes a ledger with the schemas that there were then.
func makeVersion3(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	statements := ""
	for _, name := range []string{"0001_invoices.sql", "0002_calls.sql", "0003_settling.sql"} {
		statements += string(read(t, filepath.Join("schema", name)))
	}
	statements += "PRAGMA application_id = 0x43414445; PRAGMA user_version = 3;"
	for id, one := range []struct {
		intent, number, status, claim string
		hour                          *model.Entry
	}{{"CAD-AAAAAA", "0024", "issued", "billed", entry(8)}, {"CAD-BBBBBB", "", "unknown", "reserved", entry(9)}} {
		statements += fmt.Sprintf(`
			INSERT INTO invoices (id, intent, company, kind, numbering, series, number, status, client_name, client_country, net,
				vat, total, currency, issued_on, due_on, supply_from, supply_to, counter, created, changed)
			VALUES (%[1]d, '%[2]s', '12345678', 'invoice', 'f', 'FCT', '%[3]s', '%[4]s', 'Acme', 'RO', '100', '21', '121', 'RON',
				'2026-11-22', '2026-12-22', '2026-10-01', '2026-10-01', 24, 1, 1);
			INSERT INTO papers VALUES (%[1]d, '%[5]s', x'7b7d');
			INSERT INTO invoice_entries VALUES (%[1]d, 0, '%[6]s', 'timewarrior', 'ana', 1, 2, 3600, '{"fingerprint":"%[6]s"}');
			INSERT INTO claims VALUES ('%[6]s', %[1]d, '%[7]s');`,
			id+1, one.intent, one.number, one.status, fmt.Sprintf(draftOfVersion3, one.hour.Fingerprint, one.intent), one.hour.Fingerprint, one.claim)
	}
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestLedgerOfTheFirstVersionIsBroughtUpToDate makes a ledger as version 1 left it, with an invoice in it.
func TestLedgerOfTheFirstVersionIsBroughtUpToDate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	schema := read(t, filepath.Join("schema", "0001_invoices.sql"))
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), string(schema)+`
		INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat,
			total, currency, issued_on, due_on, supply_from, supply_to, counter, created, changed)
		VALUES ('CAD-AAAAAA', '12345678', 'invoice', 'f', 'FCT', '0024', 'issued', 'Acme', 'RO', '100', '21', '121', 'RON',
			'2026-11-22', '2026-12-22', '2026-10-01', '2026-10-31', 24, 1, 1);
		PRAGMA application_id = 0x43414445; PRAGMA user_version = 1`)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	records := open(t, path, newClock().now)
	invoices, err := records.Invoices(t.Context())
	if err != nil || len(invoices) != 1 || invoices[0].Reference() != "FCT-0024" || invoices[0].Total.String() != "121" {
		t.Errorf("the invoice became %+v (%v)", invoices, err)
	}
	if _, err := records.Reserve(t.Context(), "account", noon); err != nil {
		t.Errorf("what version 2 added is missing: %v", err)
	}
}

func TestPlacesThatCannotBeWrittenAreNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"a folder that nobody can write": "/sys/cadensa/ledger.db",
		"a file where its folder should": filepath.Join(file, "ledger.db"),
		"a folder where it should be":    t.TempDir(),
	} {
		_, err := ledger.Open(t.Context(), path, newClock().now)
		if err == nil || !strings.Contains(err.Error(), "open ledger") || !strings.Contains(err.Error(), filepath.Dir(path)) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

func TestFullDiskAndWriteProtectionAreSaidPlainly(t *testing.T) {
	for _, test := range []struct{ statement, want string }{
		{"PRAGMA max_page_count = 1", "the disk is full"},
		{"PRAGMA query_only = ON", "the ledger cannot be written"},
	} {
		records := newLedger(t)
		if err := records.Exec(t.Context(), test.statement); err != nil {
			t.Fatal(err)
		}
		many := make([]*model.Entry, 0, 400)
		for hour := range 400 {
			many = append(many, entry(hour))
		}
		_, err := records.Begin(t.Context(), ledger.Intent{Draft: draft("CAD-AAAAAA", many...), Request: []byte("{}")})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error is %v", test.want, err)
		}
		if invoices, err := records.Invoices(t.Context()); err != nil || len(invoices) != 0 {
			t.Errorf("%s: the ledger holds %v (%v)", test.want, invoices, err)
		}
	}
}

func TestManyProgramsMayMakeTheLedgerAtOnce(t *testing.T) {
	path := newPath(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			records, err := ledger.Open(t.Context(), path, newClock().now)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := records.Invoices(t.Context()); err != nil {
				t.Error(err)
			}
			if err := records.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func read(tb testing.TB, path string) []byte {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}
