package model_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// TestADayIsBilledOnceHoweverItIsSplit holds the sum of the lines against what the days come to.
func TestADayIsBilledOnceHoweverItIsSplit(t *testing.T) {
	daily := hourly("1000")
	daily.Unit = model.UnitDay
	entries := []*model.Entry{
		on("a", "2026-10-05 08:00", 120, task("api"), user("ana")), on("b", "2026-10-05 10:00", 120, task("web"), user("ana")),
		on("c", "2026-10-05 12:00", 120, task("docs"), user("ana")), on("d", "2026-10-05 14:00", 60, task("docs"), user("dan")),
		on("e", "2026-10-06 08:00", 60, task("api"), user("ana")),
	}
	want := map[model.Grouping][]string{
		model.GroupByProject: {"2.00"},
		model.GroupByTask:    {"0.83", "0.34", "0.83"},
		model.GroupByDay:     {"1.50", "0.50"},
		model.GroupByUser:    {"1.50", "0.50"},
		model.GroupByEntry:   {"0.33", "0.34", "0.33", "0.50", "0.50"},
	}
	for grouping, quantities := range want {
		t.Run(string(grouping), func(t *testing.T) {
			var got []string
			for _, line := range compose(t, composer(grouping, daily), entries...) {
				got = append(got, line.Quantity.StringFixed(2))
			}
			if !slices.Equal(got, quantities) {
				t.Errorf("bills %v days, want %v", got, quantities)
			}
		})
	}
}

func TestEveryGroupingBillsTheSameDays(t *testing.T) {
	daily := hourly("1000")
	daily.Unit = model.UnitDay
	rapid.Check(t, func(t *rapid.T) {
		var entries []*model.Entry
		for i := range rapid.IntRange(1, 20).Draw(t, "entries") {
			day, minutes := rapid.IntRange(1, 3).Draw(t, "day"), rapid.Int64Range(0, 500).Draw(t, "minutes")
			entries = append(entries, on(fmt.Sprintf("%02d", i), fmt.Sprintf("2026-10-%02d 08:00", day), minutes,
				task(rapid.SampledFrom([]string{"api", "web", "docs"}).Draw(t, "task")), user(rapid.SampledFrom([]string{"ana", "dan"}).Draw(t, "user"))))
		}
		totals := map[string]bool{}
		for _, grouping := range model.Groupings() {
			lines, err := composer(grouping, daily).Compose(entries)
			if err != nil {
				t.Fatal(err)
			}
			total := decimal.Zero
			for _, line := range lines {
				total = total.Add(line.Quantity)
			}
			totals[total.StringFixed(2)] = true
		}
		if len(totals) != 1 {
			t.Fatalf("the groupings bill different days: %v", totals)
		}
	})
}
