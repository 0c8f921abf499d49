package review_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// TestGolden compares whole windows.
func TestGolden(t *testing.T) {
	tests := []struct {
		name string
		act  func(s stage)
	}{
		{"empty", func(stage) {}},
		{"domestic", func(s stage) { s.fill(romanian(), model.GroupByTask, hours()) }},
		{"domestic with a note", func(s stage) {
			s.fill(romanian(), model.GroupByTask, hours()).Press("m").Type("Contract 12/2026").Press("enter")
		}},
		{"no client", func(s stage) { s.fill(model.Client{}, model.GroupByTask, hours()) }},
		{"reverse charge in euro", func(s stage) {
			s.fill(german(), model.GroupByProject, []model.Entry{worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")})
		}},
		{"outside the EU", func(s stage) {
			client := german()
			client.Name, client.Country, client.City, client.VATNumber = "Alpenblick AG", "CH", "Zürich", ""
			s.fill(client, model.GroupByProject, []model.Entry{worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")})
		}},
		{"two rates", func(s stage) {
			s.fill(romanian(), model.GroupByProject, []model.Entry{
				worked(time.October, 2, 130, "Atelier Cireș", "Atlas", "api"), early(60),
			})
		}},
		{"two currencies", func(s stage) {
			s.fill(romanian(), model.GroupByProject, append(hours(), worked(time.October, 8, 95, "Nordlicht", "Fjord", "migration")))
		}},
		{"no rate", func(s stage) {
			s.fill(romanian(), model.GroupByProject, []model.Entry{worked(time.October, 8, 95, "Brisk", "Borealis", "design")})
		}},
		{"many lines", func(s stage) {
			var all []model.Entry
			for day := 1; day <= 28; day++ {
				all = append(all, worked(time.October, day, 60+day, "Atelier Cireș", fmt.Sprintf("Project %d", day), "api"))
			}
			s.fill(romanian(), model.GroupByProject, all).Press("G", "k", "k")
		}},
		{"long and wide texts", func(s stage) {
			client := romanian()
			client.Name = strings.Repeat("Întreprinderea Őrülten Hosszú Nevű ", 4) + "日本語 👩‍💻 SRL"
			entry := worked(time.October, 2, 130, "Atelier Cireș", strings.Repeat("Atlas és a többi 日本語 ", 8), "api")
			s.fill(client, model.GroupByTask, []model.Entry{entry})
		}},
		{"line form", func(s stage) { s.fill(romanian(), model.GroupByTask, hours()).Press("j", "e") }},
		{"confirmation", func(s stage) { s.fill(romanian(), model.GroupByTask, hours()).Press("i") }},
		{"request", func(s stage) { s.fill(romanian(), model.GroupByTask, hours()).Press("x") }},
	}
	for _, test := range tests {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", test.name, size[0], size[1]), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					s := start(t, ready(), size[0], size[1])
					test.act(s)
					s.Golden()
				})
			})
		}
	}
	t.Run("domestic 60x18", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) { start(t, ready(), 60, 18).fill(romanian(), model.GroupByTask, hours()).Golden() })
	})
	t.Run("sending 80x24", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) {
			records := ready()
			records.gate = make(chan struct{})
			s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
			s.Press("i", "y").Golden()
			close(records.gate)
		})
	})
}

// early is an hour from before the rates changed on 1 August 2025.
func early(minutes int) model.Entry {
	entry := worked(time.October, 2, minutes, "Atelier Cireș", "Atlas", "api")
	entry.Start = time.Date(2025, time.July, 31, 9, 0, 0, 0, uitest.Noon.Location())
	entry.End = entry.Start.Add(time.Duration(minutes) * time.Minute)
	return entry.Fingerprinted(0)
}
