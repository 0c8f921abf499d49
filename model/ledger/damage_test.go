package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/ledger"
)

// frame is a page in the write-ahead log with its header, in bytes.
const frame = 4096 + 24

// TestLedgerCutShortAtAnyByteOfItsLastWrite cuts the log within its last transaction: the ledger opens, and has the
// transaction or has not. The transaction before is there whatever happens.
func TestLedgerCutShortAtAnyByteOfItsLastWrite(t *testing.T) {
	path := newPath(t)
	records := open(t, path, newClock().now)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	before := len(read(t, path+"-wal"))
	begin(t, records, invoiceOf("CAD-BBBBBB", entry(9)))
	database, log := read(t, path), read(t, path+"-wal")
	if len(log) < before+frame {
		t.Fatalf("the last transaction took %d bytes", len(log)-before)
	}
	folder := t.TempDir()
	var without, with int
	for cut := before - 1; cut <= len(log); cut += step(cut, len(log)) {
		copied := filepath.Join(folder, fmt.Sprintf("%d.db", cut))
		for name, content := range map[string][]byte{copied: database, copied + "-wal": log[:cut]} {
			if err := os.WriteFile(name, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		switch invoices := reopened(t, copied); len(invoices) {
		case 1:
			without++
		case 2:
			with++
		default:
			// One byte before the transaction, the one before is cut too.
			if cut >= before {
				t.Errorf("cut at %d of %d, there are %d invoices", cut, len(log), len(invoices))
			}
		}
	}
	if without == 0 || with == 0 {
		t.Errorf("%d cuts lost the last transaction, %d did not", without, with)
	}
}

// step is small at both ends of the last transaction and large in its middle.
func step(cut, length int) int {
	if cut > length-50 || cut%frame < 30 {
		return 1
	}
	return min(397, max(1, length-50-cut))
}

// reopened lists the invoices of a ledger that was left behind, and expects it to be whole and to take another.
func reopened(t *testing.T, path string) []model.Invoice {
	t.Helper()
	records, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	defer func() { _ = records.Close() }()
	invoices, err := records.Invoices(t.Context())
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	for _, invoice := range invoices {
		if _, err := records.Detail(t.Context(), invoice.Intent); err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	return invoices
}

func TestDamagedLedgerNamesItsDamageAndItsBackup(t *testing.T) {
	for name, damage := range map[string]func(content []byte) []byte{
		"cut short":         func(content []byte) []byte { return content[:len(content)/2] },
		"cut by a byte":     func(content []byte) []byte { return content[:len(content)-1] },
		"empty":             func([]byte) []byte { return nil },
		"overwritten":       func(content []byte) []byte { return make([]byte, len(content)) },
		"its schema broken": func(content []byte) []byte { return append(content[:100], make([]byte, len(content)-100)...) },
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			records, err := ledger.Open(t.Context(), path, newClock().now)
			if err != nil {
				t.Fatal(err)
			}
			issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
			backup, err := records.Backup(t.Context(), 7)
			if err != nil {
				t.Fatal(err)
			}
			if err := records.Close(); err != nil {
				t.Fatal(err)
			}
			spoiled := damage(read(t, path))
			if err := os.WriteFile(path, spoiled, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err = ledger.Open(t.Context(), path, newClock().now)
			damaged, ok := errors.AsType[*ledger.DamagedError](err)
			if !ok || damaged.Path != path || damaged.Backup != backup || damaged.Finding == "" || !strings.Contains(err.Error(), backup) {
				t.Errorf("error is %v", err)
			}
			if after := read(t, path); string(after) != string(spoiled) {
				t.Error("the damaged file was changed")
			}
		})
	}
}

// TestLedgerWhoseLogWasCarriedOverInPart holds that a full disk or a power cut amid SQLite's checkpoint damages nothing:
// the file is shorter than its header says, and what it lacks is in the log. Without the log it is damaged.
func TestLedgerWhoseLogWasCarriedOverInPart(t *testing.T) {
	for name, length := range map[string]int{"but for the last byte": -1, "two pages": 8192, "a page and a half": 6000,
		"half of the first page": 2000} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			records := open(t, path, newClock().now)
			issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
			log := read(t, path+"-wal")
			if _, err := records.Backup(t.Context(), 7); err != nil {
				t.Fatal(err)
			}
			if err := records.Exec(t.Context(), "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
				t.Fatal(err)
			}
			database := read(t, path)
			if length < 0 {
				length += len(database)
			}
			if invoices := reopened(t, leftBehind(t, database[:length], log)); len(invoices) != 1 {
				t.Errorf("it holds %v", invoices)
			}
		})
	}
}

// leftBehind writes a ledger with its log as another program left them.
func leftBehind(t *testing.T, database, log []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	for name, content := range map[string][]byte{path: database, path + "-wal": log} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// TestDamagedLedgerWithALogThatDoesNotMendIt wants both files aside, untouched: the log would spoil a backup.
func TestDamagedLedgerWithALogThatDoesNotMendIt(t *testing.T) {
	path := newPath(t)
	records := open(t, path, newClock().now)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	if _, err := records.Backup(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	if err := records.Exec(t.Context(), "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	begin(t, records, invoiceOf("CAD-BBBBBB", entry(9)))
	database, log := read(t, path), read(t, path+"-wal")
	copied := leftBehind(t, database[:8192], log)
	_, err := ledger.Open(t.Context(), copied, newClock().now)
	damaged, ok := errors.AsType[*ledger.DamagedError](err)
	if !ok || damaged.Log != copied+"-wal" {
		t.Errorf("error is %v", err)
	}
	if string(read(t, copied)) != string(database[:8192]) || string(read(t, copied+"-wal")) != string(log) {
		t.Error("the damaged files were changed")
	}
}

func TestDamagedLedgerWithoutABackupSaysSo(t *testing.T) {
	path := newPath(t)
	records, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	if err := records.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 5000); err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Open(t.Context(), path, newClock().now); err == nil || !strings.Contains(err.Error(), "it has 5000 bytes of") ||
		!strings.Contains(err.Error(), "no backup") {
		t.Errorf("error is %v", err)
	}
}

func TestLockedLedgerIsSaidPlainlyAndKeepsNothing(t *testing.T) {
	path := newPath(t)
	records, other := open(t, path, newClock().now), open(t, path, newClock().now)
	for _, statement := range []string{"PRAGMA busy_timeout = 0"} {
		if err := other.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := records.Exec(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	_, err := other.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-AAAAAA", entry(8)), Request: []byte("{}")})
	if err == nil || !strings.Contains(err.Error(), "another program holds the ledger") {
		t.Errorf("error is %v", err)
	}
	if err := records.Exec(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if invoices, err := other.Invoices(t.Context()); err != nil || len(invoices) != 0 {
		t.Errorf("the ledger holds %v (%v)", invoices, err)
	}
	begin(t, other, invoiceOf("CAD-AAAAAA", entry(8)))
}
