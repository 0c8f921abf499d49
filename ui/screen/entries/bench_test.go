package entries_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/uitest"
)

const manyFile = "many.csv"

var manyTracked = uitest.PrepareSettings(uitest.UsualAccount(), sources(manyFile)+rates, func(*uitest.Office) {})

// many is a program with so many entries, one after the other until the tests' noon.
func many(t testing.TB, count int) *program {
	t.Helper()
	const each = 10 * time.Minute
	first := uitest.Noon.Add(-time.Duration(count) * each)
	var text strings.Builder
	text.WriteString("start,end,client,project,task,description\n")
	for i := range count {
		start := first.Add(time.Duration(i) * each)
		fmt.Fprintf(&text, "%s,%s,Atelier Cireș,Project %d,api,Piece of work %d\n", start.Format(time.RFC3339),
			start.Add(each).Format(time.RFC3339), i%7, i)
	}
	p := open(t, manyTracked)
	p.WriteFile(manyFile, text.String())
	return p.keep(model.Selection{Period: "all"})
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
	for _, count := range []int{1_000, 100_000, 1_000_000} {
		records := many(b, count)
		for name, presses := range keys {
			b.Run(fmt.Sprintf("%s/%d", name, count), func(b *testing.B) {
				tab := loaded(b, records)
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
			tab := loaded(b, many(b, count))
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
			tab := loaded(b, many(b, count))
			tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'/'}})
			for b.Loop() {
				settle(tab, tab.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'9'}}))
				settle(tab, tab.Update(tea.KeyMsg{Type: tea.KeyBackspace}))
			}
		})
	}
}
