package ledger_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"cadensa/model"
	"cadensa/model/ledger"
)

func TestFilesAreTheOwnersAlone(t *testing.T) {
	path := newPath(t)
	begin(t, open(t, path, newClock().now), invoiceOf("CAD-AAAAAA", entry(8)))
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
	want := issue(t, first, invoiceOf("CAD-AAAAAA", entry(8)), 24)
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
		begin(t, open(t, path, newClock().now), invoiceOf("CAD-AAAAAA", entry(8)))
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
		_, err := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-AAAAAA", many...), Request: []byte("{}")})
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

// TestCloseWaitsForWhatStillWorks holds that nothing writes beside the ledger once it is closed: its folder may go.
func TestCloseWaitsForWhatStillWorks(t *testing.T) {
	folder := t.TempDir()
	records, err := ledger.Open(t.Context(), filepath.Join(folder, "ledger.db"), newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	working, err := ledger.Database(records).Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan error, 1)
	go func() { closed <- records.Close() }()
	for ledger.Database(records).Stats().WaitCount == 0 {
		select {
		case err := <-closed:
			t.Fatalf("closed (%v) while a query was on its way", err)
		default:
			runtime.Gosched()
		}
	}
	if _, err := working.ExecContext(t.Context(), "CREATE TABLE late (x)"); err != nil {
		t.Errorf("the query on its way: %v", err)
	}
	if err := working.Close(); err != nil {
		t.Error(err)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
	left, err := filepath.Glob(filepath.Join(folder, "ledger.db-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left beside the ledger: %v, %v", left, err)
	}
}
