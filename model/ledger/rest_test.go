package ledger_test

import (
	"path/filepath"
	"runtime"
	"testing"

	"cadensa/model/ledger"
)

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
