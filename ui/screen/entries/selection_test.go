package entries_test

import (
	"runtime"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// TestTickingAllCopiesNoEntry counts what is allocated for each entry when all are ticked: an entry has about 200 bytes, and
// a copy of it would show. What the ledger keeps of it takes about 20.
func TestTickingAllCopiesNoEntry(t *testing.T) {
	const count = 50_000
	records := many(t, count)
	tab := loaded(t, records)
	press := func() { settle(tab, tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'a'}})) }
	press()
	press()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	press()
	runtime.ReadMemStats(&after)
	if got := len(records.ticks()); got != count {
		t.Fatalf("%d are ticked", got)
	}
	if each := float64(after.TotalAlloc-before.TotalAlloc) / count; each > 96 {
		t.Errorf("ticking an entry takes %.0f bytes", each)
	}
}
