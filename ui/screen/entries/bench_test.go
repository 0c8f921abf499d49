package entries_test

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// many makes a tracker with so many entries, one after the other until the tests' noon.
func many(count int) *fakeHours {
	records := sample()
	first := uitest.Noon.Add(-time.Duration(count) * time.Hour)
	all := make([]model.Entry, count)
	for i := range all {
		start := first.Add(time.Duration(i) * time.Hour)
		all[i] = model.Entry{
			Source: "json", Fingerprint: fmt.Sprintf("%016x", i), Start: model.InstantOf(start), End: model.InstantOf(start.Add(45 * time.Minute)),
			Seconds: 45 * 60, Billable: true,
			Client: "Atelier Cireș", Project: fmt.Sprintf("Project %d", i%7), Task: "api", Description: fmt.Sprintf("Piece of work %d", i),
		}
	}
	records.hours.Entries = all
	records.inProgress.Selection.Period = "all"
	return records
}

// BenchmarkKeyAndView is one key press and the frame that answers it: the cost must not grow with the entries.
func BenchmarkKeyAndView(b *testing.B) {
	keys := map[string][]tea.KeyMsg{
		"move": {{Type: tea.KeyDown}, {Type: tea.KeyUp}},
		"page": {{Type: tea.KeyPgDown}, {Type: tea.KeyPgUp}},
		"tick": {{Type: tea.KeySpace, Runes: []rune{' '}}},
		"all":  {{Type: tea.KeyRunes, Runes: []rune{'a'}}},
		"turn": {{Type: tea.KeyRunes, Runes: []rune{'I'}}, {Type: tea.KeyRunes, Runes: []rune{'z'}}},
	}
	for name, presses := range keys {
		for _, count := range []int{1_000, 100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%d", name, count), func(b *testing.B) {
				tab := loaded(b, many(count))
				b.ReportAllocs()
				for i := 0; b.Loop(); i++ {
					tab.Update(presses[i%len(presses)])
					_ = tab.View()
				}
			})
		}
	}
}

// BenchmarkEcho is one key of a filter and the frame that shows it, without the search: its cost must not grow either.
func BenchmarkEcho(b *testing.B) {
	for _, count := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			tab := loaded(b, many(count))
			tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'/'}})
			for i := 0; b.Loop(); i++ {
				tab.Update([]tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune{'9'}}, {Type: tea.KeyBackspace}}[i%2])
				_ = tab.View()
			}
		})
	}
}

// BenchmarkFilter is one key of a filter with the search that follows it, and one that takes it back.
func BenchmarkFilter(b *testing.B) {
	for _, count := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			tab := loaded(b, many(count))
			tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'/'}})
			for b.Loop() {
				settle(tab, tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'9'}}))
				settle(tab, tab.Update(tea.KeyMsg{Type: tea.KeyBackspace}))
			}
		})
	}
}
