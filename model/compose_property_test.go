package model_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// drawEntries draws entries of few clients, days and texts, so that many of them share a line.
func drawEntries(t *rapid.T) []*model.Entry {
	some := func(label string, values ...string) string { return rapid.SampledFrom(values).Draw(t, label) }
	start := time.Date(2025, time.July, 30, 0, 0, 0, 0, time.UTC)
	entries := make([]*model.Entry, rapid.IntRange(0, 30).Draw(t, "entries"))
	for i := range entries {
		entries[i] = &model.Entry{
			Fingerprint: fmt.Sprintf("%016x", i),
			Start:       model.InstantOf(start.Add(time.Duration(rapid.IntRange(0, 5*24*60).Draw(t, "minute")) * time.Minute)),
			Seconds:     rapid.Int64Range(1, 10*3600).Draw(t, "seconds"),
			Client:      some("client", "Morii", ""), Project: some("project", "Atlas", "Borealis", ""), Task: some("task", "api", "web", ""),
			User: some("user", "ana", "dan"), Description: some("description", "Parser", ""), Tags: []string{some("tag", "urgent", "late")},
		}
	}
	return entries
}

// drawRules draws rules of every unit, the last of which matches everything.
func drawRules(t *rapid.T) []model.Rule {
	rules := make([]model.Rule, rapid.IntRange(1, 4).Draw(t, "rules"))
	for i := range rules {
		rules[i] = model.Rule{
			Tag:      rapid.SampledFrom([]string{"urgent", "late", "*"}).Draw(t, "tag"),
			Project:  rapid.SampledFrom([]string{"", "atlas", "b*"}).Draw(t, "project"),
			Unit:     rapid.SampledFrom(model.Units()).Draw(t, "unit"),
			Price:    decimal.New(rapid.Int64Range(0, 99999).Draw(t, "price"), -2),
			Currency: rapid.SampledFrom([]string{"RON", "EUR"}).Draw(t, "currency"),
			Rounding: model.Rounding{
				Step:      time.Duration(rapid.IntRange(0, 60).Draw(t, "step")) * time.Minute,
				Direction: rapid.SampledFrom([]model.Direction{model.RoundUp, model.RoundNearest, model.RoundDown}).Draw(t, "direction"),
				Scope:     rapid.SampledFrom([]model.Scope{model.ScopeEntry, model.ScopeDay, model.ScopeLine}).Draw(t, "scope"),
			},
		}
	}
	rules[len(rules)-1].Tag, rules[len(rules)-1].Project = "", ""
	return rules
}

// No hour is lost, none is billed twice, and each stands on a line that charges what its own rule and day say.
func TestLinesPartitionTheEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, rules := drawEntries(t), drawRules(t)
		c := composer(rapid.SampledFrom(model.Groupings()).Draw(t, "grouping"), rules...)
		lines, err := c.Compose(entries)
		if err != nil {
			t.Fatal(err)
		}
		byFingerprint := map[string]*model.Entry{}
		for _, entry := range entries {
			byFingerprint[entry.Fingerprint] = entry
		}
		for _, line := range lines {
			var tracked int64
			for _, fingerprint := range line.Entries {
				entry, free := byFingerprint[fingerprint]
				if !free {
					t.Fatalf("%s stands on two lines, or on one out of nowhere", fingerprint)
				}
				delete(byFingerprint, fingerprint)
				tracked += entry.Seconds
				assertCharged(t, line, entry, rules)
			}
			if tracked != line.Tracked {
				t.Errorf("the line tracks %d s, its entries %d s", line.Tracked, tracked)
			}
		}
		if len(byFingerprint) > 0 {
			t.Errorf("lost: %v", byFingerprint)
		}
	})
}

func assertCharged(t *rapid.T, line model.Line, entry *model.Entry, rules []model.Rule) {
	rule, _ := model.NewRules(rules).For(*entry)
	day := entry.Day(time.UTC)
	rate, err := model.FallbackVATRates().On("Normala", day)
	if err != nil {
		t.Fatal(err)
	}
	if line.Unit != rule.Unit || !line.Price.Equal(rule.Price) || line.Currency != rule.Currency || !line.VAT.Equal(rate) {
		t.Errorf("%+v stands on a line of %s × %s %s, %s", entry, line.Unit, line.Price, line.Currency, line.VAT)
	}
	if !line.Supply.Contains(day) {
		t.Errorf("work of %s stands on a line for %s", day, line.Supply)
	}
}
