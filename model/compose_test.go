package model_test

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/text"
)

// on is an entry that begins at a clock time of a day, in UTC, and lasts so many minutes. Its fingerprint is its name.
func on(name, start string, minutes int64, change ...func(*model.Entry)) *model.Entry {
	at, err := time.Parse("2006-01-02 15:04", start)
	if err != nil {
		panic(err)
	}
	entry := &model.Entry{Fingerprint: name, Start: model.InstantOf(at), Seconds: minutes * 60, Client: "Morii", Project: "Atlas",
		Billable: true}
	for _, each := range change {
		each(entry)
	}
	return entry
}

func project(name string) func(*model.Entry) { return func(e *model.Entry) { e.Project = name } }
func task(name string) func(*model.Entry)    { return func(e *model.Entry) { e.Task = name } }
func user(name string) func(*model.Entry)    { return func(e *model.Entry) { e.User = name } }
func tags(names ...string) func(*model.Entry) {
	return func(e *model.Entry) { e.Tags = names }
}
func described(text string) func(*model.Entry) { return func(e *model.Entry) { e.Description = text } }

// hourly prices an hour in lei.
func hourly(price string) model.Rule {
	return model.Rule{Unit: model.UnitHour, Price: amount(price), Currency: "RON"}
}

func composer(grouping model.Grouping, rules ...model.Rule) model.Composer {
	return model.Composer{
		Rules: model.NewRules(rules), Grouping: grouping, Location: time.UTC,
		RateOn: func(supply model.Date) (model.VATRate, error) { return model.FallbackVATRates().On("Normala", supply) },
	}
}

func compose(t *testing.T, c model.Composer, entries ...*model.Entry) []model.Line {
	t.Helper()
	lines, err := c.Compose(entries)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// summary writes each line as "name | details | quantity unit × price currency VAT | entries".
func summary(lines []model.Line) []string {
	var rows []string
	for _, line := range lines {
		rows = append(rows, fmt.Sprintf("%s | %s | %s %s × %s %s %s | %s", line.Name, line.Details,
			model.FormatQuantity(line.Quantity), line.Unit, line.Price, line.Currency, line.VAT, strings.Join(line.Entries, " ")))
	}
	return rows
}

func TestComposeByEachGrouping(t *testing.T) {
	entries := []*model.Entry{
		on("a", "2026-10-05 08:00", 60, task("api"), user("ana"), described("Parser")),
		on("b", "2026-10-05 10:00", 30, task("web"), user("dan"), described("Form")),
		on("c", "2026-10-06 08:00", 120, project("Borealis"), task("api"), user("ana"), described("Plan")),
		on("d", "2026-10-07 08:00", 15, task("api"), user("ana"), described("Parser")),
	}
	tests := map[model.Grouping][]string{
		model.GroupByProject: {
			"Atlas | 2026-10-05 – 2026-10-07 · api, web | 1.75 hour × 250 RON 21 % Normala | a b d",
			"Borealis | 2026-10-06 · api | 2.00 hour × 250 RON 21 % Normala | c",
		},
		model.GroupByTask: {
			"Atlas · api | 2026-10-05 – 2026-10-07 · Parser | 1.25 hour × 250 RON 21 % Normala | a d",
			"Atlas · web | 2026-10-05 · Form | 0.50 hour × 250 RON 21 % Normala | b",
			"Borealis · api | 2026-10-06 · Plan | 2.00 hour × 250 RON 21 % Normala | c",
		},
		model.GroupByDay: {
			"2026-10-05 | Atlas · api, Atlas · web | 1.50 hour × 250 RON 21 % Normala | a b",
			"2026-10-06 | Borealis · api | 2.00 hour × 250 RON 21 % Normala | c",
			"2026-10-07 | Atlas · api | 0.25 hour × 250 RON 21 % Normala | d",
		},
		model.GroupByUser: {
			"ana | 2026-10-05 – 2026-10-07 · Atlas · api, Borealis · api | 3.25 hour × 250 RON 21 % Normala | a c d",
			"dan | 2026-10-05 · Atlas · web | 0.50 hour × 250 RON 21 % Normala | b",
		},
		model.GroupByEntry: {
			"Parser | Atlas · api · 2026-10-05 | 1.00 hour × 250 RON 21 % Normala | a",
			"Form | Atlas · web · 2026-10-05 | 0.50 hour × 250 RON 21 % Normala | b",
			"Plan | Borealis · api · 2026-10-06 | 2.00 hour × 250 RON 21 % Normala | c",
			"Parser | Atlas · api · 2026-10-07 | 0.25 hour × 250 RON 21 % Normala | d",
		},
	}
	if len(tests) != len(model.Groupings()) {
		t.Errorf("%d groupings are tested of %d", len(tests), len(model.Groupings()))
	}
	for grouping, want := range tests {
		t.Run(string(grouping), func(t *testing.T) {
			lines := compose(t, composer(grouping, hourly("250")), entries...)
			if diff := cmp.Diff(want, summary(lines)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestComposeDoesNotMindTheOrder(t *testing.T) {
	entries := []*model.Entry{
		on("c", "2026-10-06 08:00", 120, project("Borealis")), on("b", "2026-10-05 10:00", 30), on("a", "2026-10-05 08:00", 60),
	}
	given := slices.Clone(entries)
	got := summary(compose(t, composer(model.GroupByProject, hourly("250")), entries...))
	want := []string{
		"Atlas | 2026-10-05 | 1.50 hour × 250 RON 21 % Normala | a b",
		"Borealis | 2026-10-06 | 2.00 hour × 250 RON 21 % Normala | c",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(given, entries); diff != "" {
		t.Error("the caller's entries were reordered", diff)
	}
}

// Whatever the grouping, a different price, unit, currency or rounding makes a line of its own.
func TestComposeNeverMergesDifferentCharges(t *testing.T) {
	base := hourly("250")
	dearer, euros, daily, rounded := hourly("300"), base, base, base
	euros.Currency = "EUR"
	daily.Unit = model.UnitDay
	rounded.Rounding = model.Rounding{Step: time.Hour}
	for _, other := range []model.Rule{dearer, euros, daily, rounded} {
		other.Tag = "other"
		for _, grouping := range model.Groupings() {
			lines := compose(t, composer(grouping, other, base), on("a", "2026-10-05 08:00", 60), on("b", "2026-10-05 09:00", 60, tags("other")))
			if len(lines) != 2 {
				t.Errorf("by %s: %v", grouping, summary(lines))
			}
		}
	}
}

// Two rules that charge alike do not split a line.
func TestComposeMergesEqualCharges(t *testing.T) {
	tagged, other := hourly("250.00"), hourly("250")
	tagged.Tag = "other"
	lines := compose(t, composer(model.GroupByProject, tagged, other), on("a", "2026-10-05 08:00", 60),
		on("b", "2026-10-05 09:00", 60, tags("other")))
	if len(lines) != 1 || !lines[0].Quantity.Equal(amount("2")) {
		t.Errorf("lines %v", summary(lines))
	}
}

// Work on both sides of 2025-08-01 bears two rates (Law 141/2025) and stands on two lines.
func TestChangeOfVATSplitsALine(t *testing.T) {
	lines := compose(t, composer(model.GroupByProject, hourly("100")),
		on("a", "2025-07-31 08:00", 60), on("b", "2025-08-01 08:00", 60), on("c", "2025-07-30 08:00", 60))
	want := []string{
		"Atlas | 2025-07-30 – 2025-07-31 | 2.00 hour × 100 RON 19 % Normala | c a",
		"Atlas | 2025-08-01 | 1.00 hour × 100 RON 21 % Normala | b",
	}
	if diff := cmp.Diff(want, summary(lines)); diff != "" {
		t.Error(diff)
	}
}

// The day of supply is the day in the issuer's zone: half past ten at night in UTC is tomorrow in Bucharest.
func TestComposeCountsDaysInTheLocation(t *testing.T) {
	c := composer(model.GroupByProject, hourly("100"))
	c.Location = time.FixedZone("EEST", 3*60*60)
	lines := compose(t, c, on("a", "2025-07-31 22:30", 60))
	if got := lines[0].Supply.From.String(); got != "2025-08-01" || !lines[0].VAT.Percent.Equal(amount("21")) {
		t.Errorf("supplied on %s at %s", got, lines[0].VAT)
	}
}

func TestScopesOfRounding(t *testing.T) {
	entries := []*model.Entry{
		on("a", "2026-10-05 08:00", 20), on("b", "2026-10-05 10:00", 20), on("c", "2026-10-06 08:00", 20),
	}
	for scope, want := range map[model.Scope]string{
		"":               "1.50", // Entry is the scope when none is set.
		model.ScopeEntry: "1.50", // 30 + 30 + 30 minutes.
		model.ScopeDay:   "1.25", // 45 + 30 minutes.
		model.ScopeLine:  "1.00", // 60 minutes.
	} {
		rule := hourly("100")
		rule.Rounding = model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: scope}
		lines := compose(t, composer(model.GroupByProject, rule), entries...)
		if got := model.FormatQuantity(lines[0].Quantity); got != want || lines[0].Tracked != 3600 {
			t.Errorf("scope %q: %s hours for %d s, want %s", scope, got, lines[0].Tracked, want)
		}
	}
}

func TestDaysByThreshold(t *testing.T) {
	daily := model.Rule{Unit: model.UnitDay, Price: amount("1200"), Currency: "RON"}
	thirds := daily
	thirds.Days = []model.DayThreshold{
		{AtLeast: 8 * time.Hour, Days: amount("1")}, {AtLeast: 2 * time.Hour, Days: amount("0.25")},
		{AtLeast: 4 * time.Hour, Days: amount("0.5")},
	}
	tests := []struct {
		name    string
		rule    model.Rule
		minutes []int64 // One entry each, all of one day.
		want    string
	}{
		{"half a day for anything", daily, []int64{1}, "0.50"},
		{"just under six hours", daily, []int64{359}, "0.50"},
		{"six hours", daily, []int64{360}, "1.00"},
		{"a day is capped", daily, []int64{720}, "1.00"},
		{"entries of a day count together", daily, []int64{180, 180}, "1.00"},
		{"below the least threshold", thirds, []int64{119}, "0.00"},
		{"the least threshold", thirds, []int64{120}, "0.25"},
		{"thresholds in any order", thirds, []int64{240}, "0.50"},
		{"the greatest threshold", thirds, []int64{500}, "1.00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var entries []*model.Entry
			for i, minutes := range test.minutes {
				entries = append(entries, on(fmt.Sprint(i), fmt.Sprintf("2026-10-05 %02d:00", i), minutes))
			}
			lines := compose(t, composer(model.GroupByProject, test.rule), entries...)
			if got := model.FormatQuantity(lines[0].Quantity); got != test.want {
				t.Errorf("%s days, want %s", got, test.want)
			}
		})
	}
	lines := compose(t, composer(model.GroupByProject, daily), on("a", "2026-10-05 08:00", 480), on("b", "2026-10-06 08:00", 60))
	if got := model.FormatQuantity(lines[0].Quantity); got != "1.50" {
		t.Errorf("a day and an hour are %s days, want 1.50", got)
	}
}

func TestItemsAreCounted(t *testing.T) {
	item := model.Rule{Unit: model.UnitItem, Price: amount("50"), Currency: "RON"}
	lines := compose(t, composer(model.GroupByProject, item), on("a", "2026-10-05 08:00", 1), on("b", "2026-10-05 09:00", 500))
	if !lines[0].Quantity.Equal(amount("2")) || lines[0].Net().String() != "100" {
		t.Errorf("lines %v", summary(lines))
	}
}

func TestComposeLeavesNoHourOut(t *testing.T) {
	rule := hourly("100")
	rule.Project = "Atlas"
	_, err := composer(model.GroupByProject, rule).Compose([]*model.Entry{
		on("a", "2026-10-05 08:00", 60), on("b", "2026-10-05 09:00", 60, project("Borealis"), task("api")),
	})
	if !errors.Is(err, model.ErrNoRule) || err.Error() != "Borealis · api of 2026-10-05: no rule gives a price" {
		t.Errorf("error %v, want the entry without a rule named", err)
	}
	c := composer(model.GroupByProject, hourly("100"))
	c.RateOn = func(supply model.Date) (model.VATRate, error) {
		return model.VATRates{tax("Redusa", "9")}.On("Normala", supply)
	}
	_, err = c.Compose([]*model.Entry{on("a", "2025-07-05 08:00", 60)})
	if !errors.Is(err, model.ErrVATRateMissing) || !strings.HasPrefix(err.Error(), "VAT of 2025-07-05: ") {
		t.Errorf("error %v, want the missing rate with its day", err)
	}
	if lines := compose(t, composer(model.GroupByProject)); len(lines) != 0 {
		t.Errorf("nothing composes to %v", summary(lines))
	}
}

// TestComposingTakesFewBytesAnEntry counts what is allocated for each of many entries: an entry has about 200 bytes, and a
// copy of it would show. A line names each of its hours in 16 bytes, a pointer to it takes 8 and its line's number 4.
func TestComposingTakesFewBytesAnEntry(t *testing.T) {
	const most = 48
	entries := workload(100_000)
	for _, grouping := range []model.Grouping{model.GroupByProject, model.GroupByTask, model.GroupByUser} {
		c := composer(grouping, hourly("100"))
		for name, measured := range map[string]struct {
			act  func() error
			most float64
		}{
			"composing": {func() error { _, err := c.Compose(entries); return err }, most},
			"outlining": {func() error { _, _, err := c.Outline(entries); return err }, most - 16},
		} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			if err := measured.act(); err != nil {
				t.Fatal(err)
			}
			runtime.ReadMemStats(&after)
			if each := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(entries)); each > measured.most {
				t.Errorf("%s by %s takes %.0f bytes an entry, want at most %.0f", name, grouping, each, measured.most)
			}
		}
	}
}

// SmartBill takes 400 lines: more of them are refused before they are made.
func TestComposeRefusesMoreLinesThanSmartBillTakes(t *testing.T) {
	entries := workload(model.MaxLines + 1)
	if lines := compose(t, composer(model.GroupByEntry, hourly("100")), entries[1:]...); len(lines) != model.MaxLines {
		t.Errorf("%d lines, want %d", len(lines), model.MaxLines)
	}
	_, err := composer(model.GroupByEntry, hourly("100")).Compose(entries)
	if !errors.Is(err, model.ErrTooManyLines) || err.Error() != "the hours by entry are more than 400 lines; SmartBill takes 400" {
		t.Errorf("error %v", err)
	}
	if lines := compose(t, composer(model.GroupByProject, hourly("100")), entries...); len(lines) != 5 {
		t.Errorf("by project: %v", summary(lines))
	}
}

// An entry that says little is named by the best that it has, and a line always has a name.
func TestLineNames(t *testing.T) {
	tests := []struct {
		entry model.Entry
		want  string
	}{
		{model.Entry{Project: "Atlas", Task: "api", Description: "Parser"}, "Parser"},
		{model.Entry{Project: "Atlas", Task: "api"}, "Atlas · api"},
		{model.Entry{Tags: []string{"a", "b"}, Client: "Morii"}, "a, b"},
		{model.Entry{Client: "Morii"}, "Morii"},
		{model.Entry{}, "Services"},
	}
	for _, test := range tests {
		test.entry.Start = model.InstantOf(time.Date(2026, time.October, 5, 8, 0, 0, 0, time.UTC))
		lines := compose(t, composer(model.GroupByEntry, hourly("1")), &test.entry)
		if lines[0].Name != test.want || lines[0].Cut {
			t.Errorf("%+v is named %q, want %q", test.entry, lines[0].Name, test.want)
		}
	}
}

// e-Factura takes 100 runes of name and 200 of details: longer texts end at a word, and the line says so.
func TestLineTextsAreCutAtWords(t *testing.T) {
	long := strings.Repeat("consultanță ", 9) // 107 runes without the last space.
	lines := compose(t, composer(model.GroupByEntry, hourly("1")), on("a", "2026-10-05 08:00", 60, described(long)))
	if got, want := lines[0].Name, strings.TrimSpace(strings.Repeat("consultanță ", 8)); got != want || !lines[0].Cut {
		t.Errorf("name %q, cut %t, want %q", got, lines[0].Cut, want)
	}
	var entries []*model.Entry
	for i := range 20 {
		entries = append(entries, on(fmt.Sprint(i), "2026-10-05 08:00", 60, task(fmt.Sprintf("%02d șșșșșșșșșșșșșșș", i))))
	}
	lines = compose(t, composer(model.GroupByProject, hourly("1")), entries...)
	if got := text.Length(lines[0].Details); got > model.MaxLineDetails || got < 180 || !lines[0].Cut {
		t.Errorf("details of %d runes, cut %t: %q", got, lines[0].Cut, lines[0].Details)
	}
}

func TestLineTextsAreClean(t *testing.T) {
	lines := compose(t, composer(model.GroupByEntry, hourly("1")), on("a", "2026-10-05 08:00", 60, described("\x1b[31mred\u202e\nline")))
	if got := lines[0].Name; got != "[31mred line" {
		t.Errorf("name %q", got)
	}
}

func TestParseGrouping(t *testing.T) {
	for _, grouping := range model.Groupings() {
		if got, err := model.ParseGrouping(string(grouping)); err != nil || got != grouping {
			t.Errorf("ParseGrouping(%q) = %q, %v", grouping, got, err)
		}
	}
	for _, text := range []string{"", "Project", "week", "\x1bday"} {
		if got, err := model.ParseGrouping(text); err == nil || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("ParseGrouping(%q) = %q, %v, want a clean error", text, got, err)
		}
	}
}
