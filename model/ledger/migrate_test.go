package ledger_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
		if _, err := pool[i].ExecContext(t.Context(), "INSERT INTO papers VALUES (999, '{}', x'7b7d')"); err == nil ||
			!strings.Contains(err.Error(), "FOREIGN KEY") {
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
			if err != nil || !detail.Prepared.Discount.IsZero() || !detail.Prepared.Totals().Total.Equal(detail.Total) ||
				len(detail.Entries) != len(invoice.hours) {
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
	again := unknown.Prepared
	again.Intent = "CAD-MMMMMM"
	sent, err := records.Begin(t.Context(), ledger.Intent{Prepared: again, Request: []byte("{}"), Counter: 26, Replaced: unknown.ID})
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
		if _, err := records.MovePayment(t.Context(), issued.OpenPayment,
			ledger.PaymentMove{From: model.PaymentUnknown, To: model.PaymentNotRecorded}); err != nil {
			t.Error(err)
		}
	}
	if _, err := records.BeginPayment(t.Context(), issued.ID, cash()); err != nil {
		t.Errorf("it cannot be paid: %v", err)
	}
	taken := invoiceOf("CAD-NNNNNN", entry(0), entry(20))
	if _, err := records.Begin(t.Context(), ledger.Intent{Prepared: taken, Request: []byte("{}")}); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("an hour is billed a second time: %v", err)
	}
	made := issue(t, records, invoiceOf("CAD-PPPPPP", entry(20)), 27)
	storno, err := records.Begin(t.Context(), ledger.Intent{Prepared: stornoOf("CAD-QQQQQQ", invoiceOf("", entry(20))), Request: []byte("{}"),
		Original: made.ID})
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
		"a claim of no hour": {"INSERT INTO claims VALUES ('nowhere', 99, 'billed')",
			"a row of claims refers to one that invoice_entries lacks"},
		"papers of no invoice": {"INSERT INTO papers VALUES (99, '{}', x'7b7d')", "a row of papers refers to one that invoices lacks"},
		"a state that there is not": {"PRAGMA ignore_check_constraints = ON; UPDATE invoices SET status = 'isstud' WHERE id = 1",
			"0008_deleted_and_simulated.sql"},
		"a table that was not there": {"CREATE TABLE services (address TEXT)", "0008_deleted_and_simulated.sql"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			makeVersion(t, path, remade, test.spoil)
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
				checkCopy(t, path, remade, before)
			}
		})
	}
}

func checkUnchanged(t *testing.T, path string, before content) {
	t.Helper()
	with(t, path, func(db *sql.DB) {
		after, _ := contentOf(t, db, nil)
		version := rowsOf(t, db, "SELECT user_version FROM pragma_user_version")
		if difference := cmp.Diff(before, after); difference != "" || version[0] != fmt.Sprint(remade) {
			t.Errorf("it has version %v, and other rows\n%s", version, difference)
		}
	})
}

// TestMigrationThatIsBrokenOffLeavesTheLedgerAsItWas gives it more time again and again, until it succeeds.
func TestMigrationThatIsBrokenOffLeavesTheLedgerAsItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	makeVersion(t, path, remade, `WITH RECURSIVE counted (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM counted WHERE n < 3000)
		INSERT INTO calls SELECT n, 'read the series', printf('%900s', n), n FROM counted;
		WITH RECURSIVE counted (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM counted WHERE n < 3000)
		INSERT INTO invoices (intent, company, kind, numbering, series, number, status, client_name, client_country, net, vat, total,
			currency, issued_on,
			due_on, supply_from, supply_to, counter, created, changed)
				SELECT 'CAD-' || n, '12345678', 'invoice', 'f', 'OLD', printf('%04d', n), 'issued',
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
		if isChanged(t, path, before, columns) {
			// It was broken off after the last step of all.
			break
		}
	}
	if failed == 0 {
		t.Error("it was never broken off")
	}
}

// isChanged reports whether the ledger has another version than it had. In either it has all of its rows.
func isChanged(t *testing.T, path string, before content, columns map[string][]string) (changed bool) {
	t.Helper()
	with(t, path, func(db *sql.DB) {
		after, _ := contentOf(t, db, columns)
		if !cmp.Equal(kept(before), after) {
			t.Error("rows became others")
		}
		changed = rowsOf(t, db, "SELECT user_version FROM pragma_user_version")[0] != fmt.Sprint(remade)
		tables := rowsOf(t, db, "SELECT name FROM sqlite_schema WHERE name IN ('services', 'invoices_anew', 'claims_anew')")
		if want := map[bool][]string{true: {"services"}}[changed]; !slices.Equal(want, tables) {
			t.Errorf("its schema is half changed: %v", tables)
		}
	})
	return changed
}

func TestNewLedgerIsNotCopied(t *testing.T) {
	path := newPath(t)
	open(t, path, newClock().now)
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), "backups")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("there are copies: %v", err)
	}
}

// Two migrations of one number would come in the order of their names, whoever was first.
func TestMigrationsAreNumberedOnce(t *testing.T) {
	files, err := filepath.Glob("schema/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range files {
		if number := fmt.Sprintf("%04d_", i+1); !strings.HasPrefix(filepath.Base(name), number) {
			t.Errorf("migration %d is %s", i+1, name)
		}
	}
}
