package model_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// workload is a year-round tracker's file: five projects, twenty tasks, entries of half an hour.
func workload(n int) []*model.Entry {
	entries := make([]*model.Entry, n)
	start := time.Date(2025, time.September, 1, 6, 0, 0, 0, time.UTC)
	for i := range entries {
		entries[i] = new(model.Entry{
			Source: "timewarrior", Start: model.InstantOf(start.Add(time.Duration(i) * 30 * time.Minute)), Seconds: 1800,
			Client: "Morii SRL", Project: fmt.Sprintf("Project %d", i%5), Task: fmt.Sprintf("Task %d", i%20),
			Description: fmt.Sprintf("Work %d", i%100), User: "ana", Tags: []string{"backend", "acme/api"}, Billable: true,
		}.Fingerprinted(0))
	}
	return entries
}

func benchmarkRules() []model.Rule {
	return []model.Rule{
		{Client: "nobody", Unit: model.UnitHour, Price: decimal.NewFromInt(100), Currency: "RON"},
		{Project: "project 1*", Unit: model.UnitHour, Price: decimal.NewFromInt(300), Currency: "RON"},
		{Client: "Mor?i*", Tag: "*/api", Unit: model.UnitHour, Price: decimal.NewFromInt(250), Currency: "RON"},
	}
}

func BenchmarkCompose(b *testing.B) {
	for _, size := range []int{1_000, 100_000} {
		entries := workload(size)
		for _, grouping := range []model.Grouping{model.GroupByProject, model.GroupByTask, model.GroupByUser} {
			b.Run(fmt.Sprintf("%s/%d", grouping, size), func(b *testing.B) {
				b.ReportAllocs()
				composer := model.Composer{
					Rules: model.NewRules(benchmarkRules()), Grouping: grouping, Location: time.UTC,
					RateOn: func(supply model.Date) (model.VATRate, error) {
						return model.FallbackVATRates().On("Normala", supply)
					},
				}
				for b.Loop() {
					if _, err := composer.Compose(entries); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkRulesFor(b *testing.B) {
	entries := workload(1_000)
	b.Run("remembered", func(b *testing.B) {
		rules := model.NewRules(benchmarkRules())
		for i := 0; b.Loop(); i++ {
			rules.For(*entries[i%len(entries)])
		}
	})
	b.Run("first sight", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			model.NewRules(benchmarkRules()).For(*entries[i%len(entries)])
		}
	})
}

// BenchmarkLooksBilled holds every tenth of the entries of a year-round tracker against the others, timed and by the day,
// with a second export of them beside the first: the cost of each must not grow with their number.
func BenchmarkLooksBilled(b *testing.B) {
	for _, size := range []int{1_000, 100_000, 1_000_000} {
		for _, clock := range []bool{true, false} {
			b.Run(fmt.Sprintf("%d/clock times %v", size, clock), func(b *testing.B) {
				read, held := trackedTwice(size, clock)
				b.ReportAllocs()
				for b.Loop() {
					found, err := model.LooksBilled(held, read, nil, func([]string) (map[string]model.Entry, error) { return nil, nil })
					if err != nil {
						b.Fatal(err)
					}
					if twins := read.Twins(func(e *model.Entry) bool { return found[e.Fingerprint] != "" }); len(twins) == 0 {
						b.Fatal("no twins")
					}
				}
			})
		}
	}
}

func trackedTwice(size int, clock bool) (*model.SourceReading, []model.BilledHours) {
	read := &model.SourceReading{Location: time.UTC, Files: []model.ReadFile{{Name: "a", Format: "timewarrior"},
		{Name: "b", Format: "timewarrior"}}}
	var held []model.BilledHours
	for i, entry := range workload(size) {
		entry.Origin = uint32(i) % 2
		entry.Start = model.InstantOf(time.Date(2016, time.January, 1+i/100, 0, 0, 0, 0, time.UTC))
		entry.End = entry.Start
		if clock {
			entry.Start = entry.Start.Add(time.Duration(i/2%50) * 20 * time.Minute)
			entry.End = entry.Start.Add(10 * time.Minute)
		}
		if i%10 == 0 {
			held = append(held, model.BilledHours{
				Source: entry.Source, User: entry.User, Start: entry.Start, End: entry.End, Seconds: entry.Seconds,
				Fingerprint: fmt.Sprintf("%016x", i+i%20/10), Invoice: "FCT-0001",
			})
		}
		entry.Fingerprint = fmt.Sprintf("%016x", i)
		read.Entries = append(read.Entries, *entry)
	}
	return read, held
}
