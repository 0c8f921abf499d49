package timelog_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/timelog"
)

// bucharest is the zone of the tests: UTC+3 until 25 October 2026, UTC+2 after.
func bucharest(tb testing.TB) *time.Location {
	tb.Helper()
	location, err := time.LoadLocation("Europe/Bucharest")
	if err != nil {
		tb.Fatal(err)
	}
	return location
}

func utc(tb testing.TB, text string) model.Instant {
	tb.Helper()
	at, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil {
		tb.Fatal(err)
	}
	return model.InstantOf(at)
}

// readText reads the text as a file in Bucharest's time. The source's path is set here.
func readText(tb testing.TB, text string, source timelog.Source) (timelog.Result, error) {
	tb.Helper()
	source.Path = filepath.Join(tb.TempDir(), "export")
	if source.Location == nil {
		source.Location = bucharest(tb)
	}
	if err := os.WriteFile(source.Path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return timelog.Reader{}.Read(tb.Context(), source)
}

// mustReadText is readText for text of which every row is good.
func mustReadText(tb testing.TB, text string, source timelog.Source) []model.Entry {
	tb.Helper()
	result, err := readText(tb, text, source)
	if err != nil {
		tb.Fatal(err)
	}
	if len(result.Rejected) > 0 {
		tb.Fatalf("rejected: %v", result.Rejected)
	}
	return result.Entries
}

func testdata(tb testing.TB, name string) string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// compareEntries ignores fingerprints, which have tests of their own.
var compareEntries = cmp.Options{
	cmpopts.IgnoreFields(model.Entry{}, "Fingerprint", "Origin"),
	cmp.Comparer(func(a, b *model.HourlyPrice) bool { return a.Compare(b) == 0 }),
}

func hourly(amount, currency string) *model.HourlyPrice {
	return &model.HourlyPrice{Amount: decimal.RequireFromString(amount), Currency: currency}
}

func TestFormats(t *testing.T) {
	t.Parallel()
	tests := []struct {
		file, format string
		entries      []model.Entry
	}{
		{"timewarrior.json", "timewarrior", []model.Entry{
			{
				Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
				Description: "API: paginare și filtre", Tags: []string{"Atlas", "client:Morii Software SRL"}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-05 09:30:00"), End: utc(t, "2026-10-05 10:15:15"), Seconds: 2715, Project: "review",
				Tags: []string{"review"}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-25 00:30:00"), End: utc(t, "2026-10-25 01:30:00"), Seconds: 3600,
				Description: `fix "quote"`, Tags: []string{"Atlas", "client:Morii Software SRL"}, Billable: true,
			},
			{Start: utc(t, "2026-11-06 08:00:00"), Billable: true, Running: true},
		}},
		{"toggl.csv", "toggl", []model.Entry{
			{
				Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
				Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: `Paginare, filtre și "export"`,
				User: "Ilinca Vardar", Tags: []string{"deep", "backend"}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-05 20:50:00"), End: utc(t, "2026-10-05 21:05:00"), Seconds: 900,
				Client: "Morii Software SRL", Project: "Atlas", Description: "Standup", User: "Ilinca Vardar",
			},
			{
				Start: utc(t, "2026-10-07 07:00:00"), End: utc(t, "2026-10-07 07:00:09"), Seconds: 9,
				Description: "Two lines", User: "Ilinca Vardar", Billable: true,
			},
		}},
		{"toggl-stop.csv", "toggl", []model.Entry{
			{
				Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
				Project: "Atlas", Description: "Paginare", Billable: true,
			},
			{
				Start: utc(t, "2026-10-06 06:00:00"), End: utc(t, "2026-10-10 11:00:05"), Seconds: 363605,
				Project: "Atlas", Description: "Long one", Billable: true,
			},
		}},
		{"clockify.csv", "clockify", []model.Entry{
			{
				Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
				Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: "Paginare", User: "Ilinca Vardar",
				Tags: []string{"deep", "backend"}, Billable: true, Price: hourly("60", "EUR"),
			},
			{
				Start: utc(t, "2026-10-14 10:00:00"), End: utc(t, "2026-10-14 10:20:00"), Seconds: 1200,
				Client: "Morii Software SRL", Project: "Atlas", Description: "Facturat", User: "Ilinca Vardar",
				Billable: true, AlreadyInvoiced: true, Price: hourly("60", "EUR"),
			},
			{
				Start: utc(t, "2026-10-15 05:00:00"), End: utc(t, "2026-10-15 06:00:00"), Seconds: 3600,
				Project: "Intern", User: "Ilinca Vardar",
			},
		}},
		{"clockify-us.csv", "clockify", []model.Entry{
			{
				Start: utc(t, "2026-10-05 20:30:00"), End: utc(t, "2026-10-05 21:15:30"), Seconds: 2730,
				Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: "Midnight", User: "Ilinca Vardar",
				Billable: true, Price: hourly("60", "USD"),
			},
			{
				Start: utc(t, "2026-10-14 08:30:00"), End: utc(t, "2026-10-14 09:30:00"), Seconds: 3600,
				Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: "Noon", User: "Ilinca Vardar",
				Billable: true, Price: hourly("60", "USD"),
			},
		}},
		{"entries.json", "json", genericEntries(t)},
		{"entries.csv", "csv", genericEntries(t)},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			requireEntries(t, test.file, test.format, test.entries)
		})
	}
}

// requireEntries checks that the file of testdata holds just these entries, both when its format is recognised and when
// the settings name it.
func requireEntries(t *testing.T, file, format string, want []model.Entry) {
	t.Helper()
	path := filepath.Join("testdata", file)
	for i := range want {
		want[i].Source = format
	}
	for _, forced := range []string{"", format} {
		source := timelog.Source{Path: path, Format: forced, Location: bucharest(t)}
		result, err := timelog.Reader{}.Read(t.Context(), source)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, result.Entries, compareEntries); diff != "" {
			t.Errorf("entries (-want +got):\n%s", diff)
		}
		files := []timelog.File{{Name: path, Format: format, Entries: len(want)}}
		if diff := cmp.Diff(files, result.Files, cmpopts.IgnoreFields(timelog.File{}, "ManyTags", "ClientTag", "ProjectTag")); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
		if len(result.Rejected) > 0 {
			t.Errorf("rejected: %v", result.Rejected)
		}
	}
}

func genericEntries(t *testing.T) []model.Entry {
	t.Helper()
	return []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
			Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: "Paginare", User: "Ilinca Vardar",
			Tags: []string{"deep", "backend"}, Billable: true,
		},
		{Start: utc(t, "2026-10-06 08:00:00"), End: utc(t, "2026-10-06 09:30:00"), Seconds: 5400, Project: "Atlas"},
		{
			Start: utc(t, "2026-10-06 21:00:00"), End: utc(t, "2026-10-06 21:00:00"), Seconds: 1800, Project: "Atlas",
			Billable: true,
		},
		{Start: utc(t, "2026-10-08 08:00:00"), Project: "Atlas", Billable: true, Running: true},
	}
}

// TestFingerprintsAreKept pins fingerprints: were they to change, every billed entry would look new.
func TestFingerprintsAreKept(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"timewarrior.json":  "0f28ac6777231d66",
		"toggl.csv":         "76a2ff0a1c28372c",
		"clockify.csv":      "7bef4f240934b9e9",
		"entries.json":      "0729f591520e3c54",
		"entries.csv":       "152e9652ad59f24c",
		"watson.json":       "78ed233e6d2aa285",
		"klog.klg":          "87eed2bdc7a53aaa",
		"hours.timeclock":   "122ed2c73f1bb79c",
		"org-clock.csv":     "c947d3afb5d55a8f",
		"activities.bartib": "d05ef6e3e39ccd06",
		"solidtime.csv":     "893f2991f2757290",
		"october.timedot":   "0e3b31dbffbe887e",
		"kimai.csv":         "e6e29effa975058c",
		"harvest.csv":       "90edc38a5b9df42e",
		"zeit.json":         "309643d4e61a2ef1",
		"zeit-v1.json":      "1a303c300e89029e",
		"ti-sheet.json":     "544a1d4396ffcf50",
		"clockify-cli.csv":  "447010b4183c543c",
	}
	got := make(map[string]string)
	for name := range want {
		got[name] = mustReadText(t, testdata(t, name), timelog.Source{})[0].Fingerprint
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fingerprints of the first entries (-want +got):\n%s", diff)
	}
}

func TestFormatNames(t *testing.T) {
	t.Parallel()
	want := "timewarrior toggl clockify harvest kimai watson zeit ti toggl-json clockify-json harvest-json kimai-json solidtime-json " +
		"jira tempo redmine openproject super-productivity icalendar solidtime clockify-cli hamster org json csv gtimelog " +
		"klog timeclock timedot bartib"
	if got := strings.Join(timelog.Formats(), " "); got != want {
		t.Errorf("Formats() = %s, want %s", got, want)
	}
}
