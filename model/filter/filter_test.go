package filter_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/filter"
)

// filtered are four entries that tell every field apart.
func filtered() []model.Entry {
	at := func(day int) time.Time { return time.Date(2026, time.October, day, 9, 0, 0, 0, time.UTC) }
	return []model.Entry{
		{Source: "json", Start: model.InstantOf(at(1)), Seconds: 3 * 3600, Client: "Atelier Cireș", Project: "Atlas", Task: "api",
			Description: "Rate limiter", User: "Ana", Tags: []string{"on-site", "evening"}},
		{Source: "csv", Start: model.InstantOf(at(5)), Seconds: 25 * 60, Client: "Brisk", Project: "Borealis", Task: "design",
			Description: "api of the atelier", User: "Bogdan"},
		{Source: "csv", Start: model.InstantOf(at(31)), Seconds: 90 * 60, Client: "Brisk", Project: "web/shop", Task: "apis",
			Description: "Is it 10:30 -now?", User: "Ana", Running: true},
		{Source: "toggl", Start: model.InstantOf(at(31).AddDate(0, 1, 0)), Seconds: 5399, Client: "Nordlicht", Project: "Fjord",
			Description: "Über", User: "Ana"},
	}
}

// fitting are the numbers of the entries that a filter chooses, from 1.
func fitting(wanted filter.Filter, entries []model.Entry) []int {
	text := filter.NewText(entries, func() bool { return true })
	found := []int{}
	for i := range entries {
		subject := filter.Subject{
			Entry: &entries[i], Text: text.At(i), Location: time.UTC, Free: i < 2, Unpriced: i == 1, Ticked: i == 0, State: model.EntryFree,
		}
		if i == 2 {
			subject.State = model.EntryReserved
		}
		if i == 3 {
			subject.State = model.EntryBilled
		}
		if wanted.Matches(&subject) {
			found = append(found, i+1)
		}
	}
	return found
}

func TestFilter(t *testing.T) {
	for text, want := range map[string][]int{
		"": {1, 2, 3, 4}, "  ": {1, 2, 3, 4}, "api": {1, 2, 3}, "API atlas": {1}, "cires": {1}, "Cireș": {1}, "uber": {4},
		"client:atelier": {1}, "client:ATELIER*": {1}, "client:telier*": {}, `client:"atelier cireș"`: {1}, "project:web/*": {3},
		"project:w?b*": {3},
		"task:api":     {1, 3}, "task:ap?": {1}, "tag:even": {1}, "tag:on-*": {1}, "tag:*site,evening": {}, "user:ana": {1, 3, 4},
		"source:csv": {2, 3}, "text:api": {2},
		"-api": {4}, "-client:brisk": {1, 4}, "brisk -task:design": {3}, `-"rate limiter"`: {2, 3, 4},
		">2h": {1}, ">=1:30": {1, 3}, "<30m": {2}, "<=1.5h": {2, 3, 4}, "=1:30": {3, 4}, ">1,5h": {1}, ">1": {1, 3, 4}, "-<30m": {1, 3, 4},
		"day:2026-10": {1, 2, 3}, "day:2026-10-05": {2}, "day:2026-10-05..": {2, 3, 4}, "day:2026": {1, 2, 3, 4}, "day:2026-q4": {1, 2, 3, 4},
		"-day:2026-10": {4},
		"is:free":      {1, 2}, "is:unpriced": {2}, "is:ticked": {1}, "is:running": {3}, "is:reserved": {3}, "is:billed": {4}, "IS:Free": {1, 2},
		"-is:free": {3, 4},
		// What is being typed asks for nothing yet.
		"client:": {1, 2, 3, 4}, "is:": {1, 2, 3, 4}, "day:": {1, 2, 3, 4}, `""`: {1, 2, 3, 4}, `"rate lim`: {1},
		// Text with signs of the language stands in quotes.
		`"10:30"`: {3}, `"-"`: {1, 3}, `-"10:30"`: {1, 2, 4}, `"-now"`: {3}, `"is:free"`: {}, "project:[a": {}, `"="`: {},
	} {
		wanted, err := filter.Parse(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
		if diff := cmp.Diff(want, fitting(wanted, filtered())); diff != "" {
			t.Errorf("%q chooses others (-want +got):\n%s", text, diff)
		}
	}
}

// What has signs of the language and is not understood is named, with the nearest right word.
func TestMisspeltFiltersNameTheNearest(t *testing.T) {
	for text, want := range map[string]string{
		"atlas is:fre": "is:fre → is:free", "-is:biled x": "-is:biled → -is:billed", "is:foo": "is:foo → state", "IS:FOO": "IS:FOO → state",
		"proj:acme": "proj:acme → project:acme", "-projet:acme": "-projet:acme → -project:acme", `clinet:"At las" x`: `clinet:"At las" → client:"At las"`,
		">abc": ">abc → length", "=": "= → length", ">2x": ">2x → length", "<1.250h": "<1.250h → length", "day:soon": "day:soon → day",
		"day:03/04/2026": "day:03/04/2026 → day", "10:30": `10:30 → "10:30"`, "a=b": `a=b → "a=b"`, "-": `- → "-"`, "-x<y": `-x<y → -"x<y"`,
		"https://x": `https://x → "https://x"`, "foo:bar": `foo:bar → "foo:bar"`,
	} {
		_, err := filter.Parse(text)
		checkMistake(t, text, want, err)
	}
}

func checkMistake(t *testing.T, typed, want string, err error) {
	t.Helper()
	mistake, is := errors.AsType[*filter.Mistake](err)
	if !is {
		t.Errorf("%q: %v, want %s", typed, err, want)
		return
	}
	near := mistake.Nearest
	if near == "" {
		near = string(mistake.Wanted)
	}
	if got := mistake.Word + " → " + near; got != want {
		t.Errorf("%q is mistaken as %s, want %s", typed, got, want)
	}
}

// While a filter is typed, its last word asks for nothing until it is right, or cannot become right any more.
func TestTypedFiltersAreLeftToBeFinished(t *testing.T) {
	for text, sound := range map[string]bool{
		"is:f": true, "is:fre": true, "is:fro": false, "is:fre ": false, "is:fre x": false, ">": true, ">1": true, ">1:": true, ">1.250": true,
		">a": false, "day:2026-1": true, "day:2026-q": true, "day:x": false, "-": true, "proj": true, "proj:": false, "-is:b": true, "day:03/": false,
	} {
		if _, err := filter.ParseTyping(text); (err == nil) != sound {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// drawFilter draws what people type, and what they do not.
func drawFilter(t *rapid.T) string {
	word := rapid.SampledFrom([]string{
		"api", "Cireș", "client:brisk", `client:"atelier cireș"`, "project:web/*", "tag:on-?ite", ">2h", "<=1:30", "=90m", "day:2026-10",
		"day:2026-10-05..",
		"is:free", "is:ticked", "is:nope", "10:30", "-", `""`, `"a b`, `"-x"`, "-\"is:free\"", "client:", "text:[a", ">", `a"b c"d`, "\x1f",
		"task:\x1e",
	})
	free := rapid.StringMatching(`[-a-zșA-Z":<>=*?\[\] .0-9]{0,8}`)
	var words []string
	for range rapid.IntRange(0, 4).Draw(t, "words") {
		sign := rapid.SampledFrom([]string{"", "", "-"}).Draw(t, "sign")
		words = append(words, sign+rapid.OneOf(word, free).Draw(t, "word"))
	}
	return strings.Join(words, rapid.SampledFrom([]string{" ", "  ", "\t"}).Draw(t, "space"))
}

func TestFiltersReadBack(t *testing.T) {
	entries := filtered()
	rapid.Check(t, func(t *rapid.T) {
		wanted, err := filter.Parse(drawFilter(t))
		if err != nil {
			return
		}
		again, err := filter.Parse(wanted.String())
		if err != nil || again.String() != wanted.String() {
			t.Fatalf("%q reads back as %q", wanted, again)
		}
		if diff := cmp.Diff(fitting(wanted, entries), fitting(again, entries)); diff != "" {
			t.Fatalf("%q chooses others than before:\n%s", wanted, diff)
		}
	})
}

// TestNarrowerFiltersFindNothingNew holds what makes typing fast: what is typed on is looked for in what was found.
func TestNarrowerFiltersFindNothingNew(t *testing.T) {
	entries := filtered()
	rapid.Check(t, func(t *rapid.T) {
		text := drawFilter(t)
		older, err := filter.ParseTyping(text)
		newer, newerErr := filter.ParseTyping(text + rapid.StringMatching(`[a-z*" :>-]{1,3}`).Draw(t, "more"))
		if err != nil || newerErr != nil || !newer.Narrows(older) {
			return
		}
		before := fitting(older, entries)
		for _, number := range fitting(newer, entries) {
			if !slices.Contains(before, number) {
				t.Fatalf("%q finds entry %d, which %q did not", newer, number, older)
			}
		}
	})
	for older, newer := range map[string]string{"": "a", "a": "ap", "client:b": "client:br", "ap": "ap is:free", ">2h": ">2h x"} {
		if !parsed(t, newer).Narrows(parsed(t, older)) {
			t.Errorf("%q does not narrow %q", newer, older)
		}
	}
	for older, newer := range map[string]string{"ap": "a", "-a": "-ap", "is:free": "is:free x", "client:a*": "client:a*b", ">2h": ">2h30m"} {
		if parsed(t, newer).Narrows(parsed(t, older)) {
			t.Errorf("%q narrows %q", newer, older)
		}
	}
}

// TestFieldsCannotBeForged holds that text with a field's separator in it stays in its field.
func TestFieldsCannotBeForged(t *testing.T) {
	entries := []model.Entry{{Client: "a\x1fforged\x1fb", Tags: []string{"x\x1ey"}, Description: "z"}}
	for text, want := range map[string][]int{"project:forged": {}, "client:forged": {1}, "tag:y*": {}, "text:z": {1}} {
		if diff := cmp.Diff(want, fitting(parsed(t, text), entries)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func parsed(t *testing.T, text string) filter.Filter {
	t.Helper()
	wanted, err := filter.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return wanted
}

func TestTextEndsWhenAsked(t *testing.T) {
	if filter.NewText(make([]model.Entry, 10), func() bool { return false }) != nil {
		t.Error("it was made all the same")
	}
}

// The help names every field and every state.
func TestFormsNameAllThatIsUnderstood(t *testing.T) {
	for _, forms := range []struct {
		text  string
		parse func(string) error
	}{
		{filter.Forms, func(text string) error { _, err := filter.Parse(text); return err }},
		{filter.InvoiceForms, func(text string) error { _, err := filter.ParseInvoices(text); return err }},
	} {
		_, states, _ := strings.Cut(forms.text, "is:")
		states, _, _ = strings.Cut(states, ";")
		for state := range strings.FieldsSeq(states) {
			if err := forms.parse("is:" + state); err != nil {
				t.Errorf("the help names %s: %v", state, err)
			}
		}
		mistake, _ := errors.AsType[*filter.Mistake](forms.parse("is:?"))
		if named := len(strings.Fields(states)); mistake == nil || named != len(mistake.Choices) {
			t.Errorf("%q names %d states", forms.text, named)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"api -client:x >2h", `"a b" is:free`, "day:2026-10..", "\"", "-", "tag:[", "text:\xff", "=9999999999h"} {
		f.Add(seed)
	}
	entries := filtered()
	f.Fuzz(func(t *testing.T, text string) {
		wanted, err := filter.Parse(text)
		if err != nil {
			return
		}
		again, err := filter.Parse(wanted.String())
		if err != nil || again.String() != wanted.String() || !cmp.Equal(fitting(wanted, entries), fitting(again, entries)) {
			t.Errorf("%q is %q, which reads back as %q", text, wanted, again)
		}
	})
}

// Who acts on a filter unseen is told what it does not understand; what stands in quotes is text.
func TestDoubtfulFiltersAreRefused(t *testing.T) {
	for _, sound := range []string{
		"atlas", "project:atlas -tag:gratis >2h", `-"10:30" client:"Morii SRL"`, "is:free day:2026-10 -is:unpriced", `"a=b" >=1:30`, "e-mail",
	} {
		if err := filter.Check(sound); err != nil {
			t.Errorf("%q: %v", sound, err)
		}
	}
	for _, doubtful := range []string{
		"", " ", `""`, "-projet:atlas", "projet:atlas", "project:", "is:bilable", "day:soon", ">2x", "10:30", "-", `-projet:"At las"`, `"open`, "a=b",
	} {
		if err := filter.Check(doubtful); err == nil {
			t.Errorf("%q is taken", doubtful)
		}
	}
}
