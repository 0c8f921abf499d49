package model_test

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

func trackedEntry() model.Entry {
	start := time.Date(2026, time.October, 5, 6, 30, 0, 0, time.UTC)
	return model.Entry{
		Source: "timewarrior", Start: model.InstantOf(start), End: model.InstantOf(start.Add(90 * time.Minute)), Seconds: 5400, Client: "Morii", Project: "Atlas",
		Task: "api", Description: "Build the parser", User: "ana", Tags: []string{"backend", "acme/api"}, Billable: true,
	}
}

// The same row read again, on another machine or in another zone, has the same fingerprint.
func TestFingerprintIsStable(t *testing.T) {
	entry := trackedEntry().Fingerprinted(0)
	if !regexp.MustCompile(`^[0-9a-f]{16}$`).MatchString(entry.Fingerprint) {
		t.Errorf("fingerprint %q is not 16 hex digits", entry.Fingerprint)
	}
	same := map[string]func(*model.Entry){
		"read again":        func(*model.Entry) {},
		"another zone":      func(e *model.Entry) { e.Start = model.InstantOf(e.Start.In(time.FixedZone("EET", 7200))) },
		"tags reordered":    func(e *model.Entry) { e.Tags = []string{"acme/api", "backend"} },
		"invoiced since":    func(e *model.Entry) { e.AlreadyInvoiced = true },
		"made not billable": func(e *model.Entry) { e.Billable = false },
		"priced since":      func(e *model.Entry) { e.Price = &model.HourlyPrice{Amount: decimal.NewFromInt(9), Currency: "EUR"} },
	}
	for name, change := range same {
		again := trackedEntry()
		change(&again)
		if got := again.Fingerprinted(0).Fingerprint; got != entry.Fingerprint {
			t.Errorf("%s: fingerprint %s, want %s", name, got, entry.Fingerprint)
		}
	}
}

func TestFingerprintTellsEntriesApart(t *testing.T) {
	different := map[string]func(*model.Entry){
		"source":      func(e *model.Entry) { e.Source = "toggl" },
		"user":        func(e *model.Entry) { e.User = "dan" },
		"start":       func(e *model.Entry) { e.Start = e.Start.Add(time.Second) },
		"duration":    func(e *model.Entry) { e.Seconds++ },
		"client":      func(e *model.Entry) { e.Client = "Moara" },
		"project":     func(e *model.Entry) { e.Project = "" },
		"task":        func(e *model.Entry) { e.Task = "web" },
		"description": func(e *model.Entry) { e.Description = "Build the parser." },
		"tag":         func(e *model.Entry) { e.Tags = []string{"backend"} },
		"moved text":  func(e *model.Entry) { e.Project, e.Task = e.Task, e.Project },
	}
	seen := map[string]string{trackedEntry().Fingerprinted(0).Fingerprint: "the entry itself"}
	seen[trackedEntry().Fingerprinted(1).Fingerprint] = "its second occurrence"
	for name, change := range different {
		entry := trackedEntry()
		change(&entry)
		fingerprint := entry.Fingerprinted(0).Fingerprint
		if other, taken := seen[fingerprint]; taken {
			t.Errorf("%s and %s share a fingerprint", name, other)
		}
		seen[fingerprint] = name
	}
	if len(seen) != len(different)+2 {
		t.Errorf("%d fingerprints for %d entries", len(seen), len(different)+2)
	}
}

func TestFingerprintIgnoresTheOrderOfTags(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entry := trackedEntry()
		entry.Tags = rapid.SliceOf(rapid.StringMatching(`[a-z:/]{1,8}`)).Draw(t, "tags")
		before := slices.Clone(entry.Tags)
		shuffled := entry
		shuffled.Tags = rapid.Permutation(entry.Tags).Draw(t, "shuffled")
		if a, b := entry.Fingerprinted(0).Fingerprint, shuffled.Fingerprinted(0).Fingerprint; a != b {
			t.Errorf("%v is %s, %v is %s", entry.Tags, a, shuffled.Tags, b)
		}
		if !slices.Equal(before, entry.Tags) {
			t.Errorf("the tags were reordered: %v", entry.Tags)
		}
	})
}

func TestBlock(t *testing.T) {
	free := model.EntryStatus{State: model.EntryFree}
	tests := []struct {
		name   string
		change func(*model.Entry)
		status model.EntryStatus
		want   string
	}{
		{"free", func(*model.Entry) {}, free, ""},
		{"unknown to the ledger", func(*model.Entry) {}, model.EntryStatus{}, ""},
		{"reserved", func(*model.Entry) {}, model.EntryStatus{State: model.EntryReserved, Invoice: "CAD-7F3K4Q"}, "reserved by CAD-7F3K4Q"},
		{"billed", func(*model.Entry) {}, model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0023"}, "FCT-0023"},
		{"billed and not billable", func(e *model.Entry) { e.Billable = false }, model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0023"}, "FCT-0023"},
		{"running", func(e *model.Entry) { e.Running = true }, free, "running"},
		{"empty", func(e *model.Entry) { e.Seconds = 0 }, free, "no duration"},
		{"invoiced elsewhere", func(e *model.Entry) { e.AlreadyInvoiced = true }, free, "invoiced"},
		{"not billable", func(e *model.Entry) { e.Billable = false }, free, "not billable"},
		{"a day long", func(e *model.Entry) { e.Seconds = 24 * 60 * 60 }, free, ""},
		{"tracked for longer", func(e *model.Entry) { e.Seconds = 24*60*60 + 1 }, free, "longer than a day"},
		{"ends later than a day after", func(e *model.Entry) { e.End = e.Start.Add(25 * time.Hour) }, free, "longer than a day"},
		{"billed deliberately", func(e *model.Entry) { e.Billable, e.AlreadyInvoiced, e.Seconds = false, true, 1_000_000 }, free.Overridden(), ""},
		{"deliberately and running", func(e *model.Entry) { e.Running = true }, free.Overridden(), "running"},
		{"deliberately and billed", func(*model.Entry) {}, model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0023"}.Overridden(), "FCT-0023"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			entry := trackedEntry()
			test.change(&entry)
			if got := entry.Block(test.status); got != test.want {
				t.Errorf("Block = %q, want %q", got, test.want)
			}
		})
	}
}

func TestLabel(t *testing.T) {
	for want, entry := range map[string]model.Entry{
		"Atlas · api": {Project: "Atlas", Task: "api"}, "Atlas": {Project: "Atlas"}, "api": {Task: "api"}, "": {Description: "x"},
	} {
		if got := entry.Label(); got != want {
			t.Errorf("Label = %q, want %q", got, want)
		}
	}
}
