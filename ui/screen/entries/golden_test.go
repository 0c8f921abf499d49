package entries_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// TestGolden compares whole windows, at the size that must be fully usable and at a comfortable one.
func TestGolden(t *testing.T) {
	tests := []struct {
		name    string
		records func() *fakeHours
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
		{"empty month", func() *fakeHours { m := sample(); m.hours.Entries = m.hours.Entries[:1]; return m }, func(harness) {}},
		{"no source", func() *fakeHours {
			return &fakeHours{preferences: model.Preferences{SettingsFile: "~/.config/cadensa/config.toml"}}
		}, func(harness) {}},
		{"offers", func() *fakeHours {
			return &fakeHours{
				preferences: model.Preferences{SettingsFile: "~/.config/cadensa/config.toml"},
				offers:      []model.SourceOffer{{Label: "timewarrior (timew export)", Format: "timewarrior", Command: []string{"timew", "export"}}},
			}
		}, func(s harness) { s.Press("j") }},
		{"path", func() *fakeHours { return &fakeHours{} }, func(s harness) { s.Press("enter", "enter") }},
		{"unreadable", func() *fakeHours {
			m := sample()
			m.failure = errors.New("read hours.json: it is empty; expected a timewarrior export (JSON array), a Toggl or Clockify detailed CSV, " +
				"or generic JSON or CSV")
			return m
		}, func(harness) {}},
		{"rejected", func() *fakeHours {
			m := sample()
			m.hours.Rejected = []model.Rejected{{File: "hours.csv", Line: 7, Reason: "the end is before the start"},
				{File: "hours.csv", Line: 12, Reason: "\"13:61\" is no time"}}
			return m
		}, func(s harness) { s.Press("!") }},
		{"looks billed", edited, func(s harness) { s.Press("j") }},
		{"insisting", edited, func(s harness) { s.Press("j", "T") }},
		{"twin", doubled, func(s harness) { s.Press("j") }},
		{"insisting on a twin", doubled, func(s harness) { s.Press("j", "T") }},
		{"insisted", edited, func(s harness) { s.Press("j", "T", "tab", "enter") }},
		{"filter with fields", sample, func(s harness) { s.Press("/").Type("client:atelier >1h -is:billed").Press("enter") }},
		{"older", sample, func(s harness) { s.Press("o") }},
		{"rates", priced, func(s harness) { s.Press("R") }},
		{"rate changed", priced, func(s harness) { s.Press("R", "enter") }},
		{"rate deleted", priced, func(s harness) { s.Press("R", "d") }},
		{"day rate", sample, func(s harness) { s.Press("R", "a", "tab", "tab").Type("day").Press("enter") }},
		{"free line", sample, func(s harness) { s.Press("f") }},
		{"free lines", func() *fakeHours {
			m := sample()
			m.inProgress.Selection.Free = []model.FreeLine{
				{ID: 1, Name: "License for the reports", Details: "one year, two users", Quantity: decimal.NewFromInt(2), Unit: model.UnitItem,
					Price: decimal.NewFromInt(450), Currency: "RON"},
				{ID: 2, Name: "Travel to Cluj and back", Quantity: decimal.NewFromInt(1), Unit: model.UnitDay, Price: decimal.NewFromInt(800),
					Currency: "RON"},
			}
			return m
		}, func(s harness) { s.Press(" ", "f", "j") }},
		{"texts", sample, func(s harness) { s.Press("a", "t").Type("{project}: {task}").Press("tab").Type("{dates}, {hours} h") }},
		{"split", splitting, func(s harness) { s.Press("a") }},
		{"ambiguous", ambiguous, func(harness) {}},
		{"index while reading", func() *fakeHours {
			m := indexed()
			m.reports = []model.ReadingProgress{{Source: "~/hours/toggl.csv", Read: 34 << 20, Size: 80 << 20, Entries: 412000}}
			return m
		}, func(s harness) { s.Press("j", " ") }},
		{"reading", func() *fakeHours { m := sample(); m.gate = make(chan struct{}); return m }, func(harness) {}},
	}
	for _, test := range tests {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", test.name, size[0], size[1]), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					s := start(t, test.records(), size[0], size[1])
					test.keys(s)
					s.Golden()
				})
			})
		}
	}
	for name, keys := range map[string][]string{"rates": {"R"}, "rate": {"R", "enter"}, "texts": {"t"}, "free line": {"f"}} {
		t.Run(name+" 60x18", func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) { start(t, priced(), 60, 18).Press(keys...).Golden() })
		})
	}
	t.Run("filter typed 60x18", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) { start(t, sample(), 60, 18).Press("/").Type("client:morii >2h -is:billed").Golden() })
	})
	t.Run("filled 60x18", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) { start(t, sample(), 60, 18).Press("a").Golden() })
	})
}
