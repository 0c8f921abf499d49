package entries_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// timewarrior is a program that was just installed beside timewarrior.
func timewarrior(t testing.TB) *program {
	p := open(t, unused)
	p.WriteFile(".timewarrior/data/tags.data", "{}")
	folder := t.TempDir()
	p.Check(os.WriteFile(filepath.Join(folder, "timew"), []byte("#!/bin/sh\n"), 0o700))
	t.Setenv("PATH", folder)
	return p
}

// inJSON names the format: what is expected does not depend on how many there are.
var inJSON = billing(sources(hoursFile)+"format = \"json\"\n"+rates, login)

var withRejected = billing(sources(hoursFile, "hours.csv")+rates, login)

// rejected is the sample beside a file of which two rows cannot be read.
func rejected(t testing.TB) *program {
	p := open(t, withRejected).track(hoursFile, month()...)
	p.WriteFile("hours.csv", "start,end,client\n2026-11-11 10:00,2026-11-11 09:00,Brisk\n2026-11-11 12:00,2026-11-11 13:61,Brisk\n")
	return p
}

// TestGolden compares whole windows, at the size that must be fully usable and at a comfortable one.
func TestGolden(t *testing.T) {
	tests := []struct {
		name    string
		records func(t testing.TB) *program
		keys    func(s harness)
	}{
		{"filled", sample, func(harness) {}},
		{"ticked", sample, func(s harness) { s.Press("a").Press("j", "j") }},
		{"range", sample, func(s harness) { s.Press("v", "j", "j") }},
		{"filter", sample, func(s harness) { s.Press("/").Type("atlas api") }},
		{"filter without a match", sample, func(s harness) { s.Press("/").Type("zzz").Press("enter") }},
		{"period", sample, func(s harness) { s.Press("p").Type("last") }},
		{"client", sample, func(s harness) { s.Press("c") }},
		{"rate", sample, func(s harness) { s.Press("j", "j", "j", " ") }},
		{"all time by entry", sample, func(s harness) { s.Press("p").Type("all").Press("enter", "b", "b", "b", "b", "a") }},
		{"help", sample, func(s harness) { s.Press("?") }},
		{"empty month", func(t testing.TB) *program { return sample(t).track(hoursFile, month()[:1]...) }, func(s harness) { s.Press("]") }},
		{"last month to bill", func(t testing.TB) *program {
			p := sample(t)
			p.At("2026-12-01 10:00").Going()
			return p
		}, func(harness) {}},
		{"no source", func(t testing.TB) *program { return open(t, unused) }, func(harness) {}},
		{"offers", timewarrior, func(s harness) { s.Press("j") }},
		{"path", func(t testing.TB) *program { return open(t, unused) }, func(s harness) { s.Press("enter", "enter") }},
		{"unreadable", func(t testing.TB) *program { p := open(t, inJSON); p.WriteFile(hoursFile, ""); return p }, func(harness) {}},
		{"rejected", rejected, func(s harness) { s.Press("!") }},
		{"looks billed", edited, func(s harness) { s.Press("j") }},
		{"insisting", edited, func(s harness) { s.Press("j", "T") }},
		{"twin", doubled, func(s harness) { s.Press("j") }},
		{"insisting on a twin", doubled, func(s harness) { s.Press("j", "T") }},
		{"insisted", edited, func(s harness) { s.Press("j", "T", "tab", "enter") }},
		{"filter misspelt", sample, func(s harness) { s.Press("/").Type("proj:atlas is:free").Press("enter") }},
		{"filter with fields", sample, func(s harness) { s.Press("/").Type("client:atelier >1h -is:billed").Press("enter") }},
		{"older", sample, func(s harness) { s.Press("o") }},
		{"rates", priced, func(s harness) { s.Press("R") }},
		{"rate changed", priced, func(s harness) { s.Press("R", "enter") }},
		{"rate deleted", priced, func(s harness) { s.Press("R", "d") }},
		{"day rate", sample, func(s harness) { s.Press("R", "a", "tab", "tab").Type("day").Press("enter") }},
		{"sources", several, func(s harness) { s.Press("S", "j") }},
		{"source edited", several, func(s harness) { s.Press("S", "enter") }},
		{"source removed", several, func(s harness) { s.Press("S", "d") }},
		{"source of nothing readable", several, func(s harness) { s.Press("S", "j", "j") }},
		{"columns", several, func(s harness) { s.Press("S", "j", "j", "c") }},
		{"tags", withTags, func(harness) {}},
		{"nothing is billable", withMarks, func(harness) {}},
		{"free line", sample, func(s harness) { s.Press("f") }},
		{"free lines", func(t testing.TB) *program {
			return sample(t).keep(model.Selection{Free: []model.FreeLine{
				{ID: 1, Name: "License for the reports", Details: "one year, two users", Quantity: decimal.NewFromInt(2), Unit: model.UnitItem,
					Price: decimal.NewFromInt(450), Currency: "RON"},
				{ID: 2, Name: "Travel to Cluj and back", Quantity: decimal.NewFromInt(1), Unit: model.UnitDay, Price: decimal.NewFromInt(800),
					Currency: "RON"},
			}})
		}, func(s harness) { s.Press(" ", "f", "j") }},
		{"texts", sample, func(s harness) { s.Press("a", "t").Type("{project}: {task}").Press("tab").Type("{dates}, {hours} h") }},
		{"split", splitting, func(s harness) { s.Press("a") }},
		{"ambiguous", ambiguous, func(harness) {}},
		{"index while reading", func(t testing.TB) *program {
			p := indexed(t)
			p.reports = []model.ReadingProgress{{Source: "~/hours/toggl.csv", Read: 34 << 20, Size: 80 << 20, Entries: 412000}}
			return p
		}, func(s harness) { s.Press("j", " ") }},
		{"reading", func(t testing.TB) *program { return sample(t).held() }, func(harness) {}},
	}
	for _, test := range tests {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", test.name, size[0], size[1]), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					s := start(t, test.records(t), size[0], size[1])
					test.keys(s)
					s.Golden()
				})
			})
		}
	}
	for name, keys := range map[string][]string{"rates": {"R"}, "rate": {"R", "enter"}, "texts": {"t"}, "free line": {"f"}} {
		t.Run(name+" 60x18", func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) { start(t, priced(t), 60, 18).Press(keys...).Golden() })
		})
	}
	for name, keys := range map[string][]string{"sources": {"S"}, "source edited": {"S", "enter"}, "columns": {"S", "j", "j", "c"}} {
		t.Run(name+" 60x18", func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) { start(t, several(t), 60, 18).Press(keys...).Golden() })
		})
	}
	t.Run("filter typed 60x18", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) {
			start(t, sample(t), 60, 18).Press("/").Type("client:morii >2h -is:billed").Golden()
		})
	})
	t.Run("filled 60x18", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) { start(t, sample(t), 60, 18).Press("a").Golden() })
	})
}
