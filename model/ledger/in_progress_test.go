package ledger_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// TestTicksOfTheSixthVersionAreTakenOver makes ledgers as version 6 left them: what was ticked stood in the selection.
func TestTicksOfTheSixthVersionAreTakenOver(t *testing.T) {
	for name, test := range map[string]struct {
		kept string
		want []model.Tick
	}{
		"some":          {`["a","b"]`, []model.Tick{{Fingerprint: "a"}, {Fingerprint: "b"}}},
		"none":          {`null`, nil},
		"an empty list": {`[]`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.db")
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			statements := ""
			for _, name := range []string{"0001_invoices", "0002_calls", "0003_settling", "0004_payments", "0005_exchange_rates", "0006_proformas"} {
				statements += string(read(t, filepath.Join("schema", name+".sql")))
			}
			statements += fmt.Sprintf(`INSERT INTO making VALUES ('selection', '{"ticked":%s,"grouping":"task","period":"2026-10"}');
				PRAGMA application_id = 0x43414445; PRAGMA user_version = 6`, test.kept)
			if _, err := db.ExecContext(t.Context(), statements); err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			records := open(t, path, newClock().now)
			inProgress, err := records.InvoiceInProgress(t.Context())
			if want := (model.Selection{Grouping: model.GroupByTask, Period: "2026-10"}); err != nil || !cmp.Equal(want, inProgress.Selection) {
				t.Errorf("the selection is %+v (%v)", inProgress.Selection, err)
			}
			if difference := cmp.Diff(test.want, ticksOf(t, records)); difference != "" {
				t.Error(difference)
			}
		})
	}
}

// TestKeepingTicksTakesNoCopyOfThemAll counts what is allocated, in all: a copy would need 16 bytes for each tick at once,
// and JSON of it more than 100.
func TestKeepingTicksTakesNoCopyOfThemAll(t *testing.T) {
	records := newLedger(t)
	ticks := slices.Repeat(manyTicks(), 10)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := records.KeepSelection(t.Context(), model.Selection{}, slices.Values(ticks)); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if each := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(ticks)); each > 64 {
		t.Errorf("keeping a tick takes %.0f bytes", each)
	}
}
