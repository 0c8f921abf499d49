package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/text"
)

func TestLineTexts(t *testing.T) {
	worked := func() []*model.Entry {
		first, second := on("a", "2026-10-05 08:00", 90, task("api")), on("b", "2026-10-06 08:00", 45, task("web"))
		first.Client, first.User, first.Description, first.Tags = "Morii", "Ana", "Tokens", []string{"backend", "acme"}
		second.Client, second.User, second.Description, second.Tags = "Morii", "Ana", "Forms\nand\x1b fields", []string{"acme"}
		return []*model.Entry{first, second}
	}
	days := hourly("1600")
	days.Unit = model.UnitDay
	tests := map[string]struct {
		texts         model.LineTexts
		rule          model.Rule
		change        func([]*model.Entry)
		name, details string
	}{
		"none": {name: "Atlas", details: "2026-10-05 – 2026-10-06 · api, web"},
		"every word": {texts: model.LineTexts{Name: "{client}/{project}/{user}",
			Details: "{task}; {tags}; {dates}; {descriptions}; {hours} h"}, name: "Morii/Atlas/Ana",
			details: "api, web; backend, acme; 2026-10-05 – 2026-10-06; Tokens, Forms and fields; 2.25 h"},
		"no word": {texts: model.LineTexts{Name: " Software   development ", Details: "as agreed"}, name: "Software development",
			details: "as agreed"},
		"unknown braces": {texts: model.LineTexts{Name: "{project} {phase} {{task}}"}, name: "Atlas {phase} {api, web}",
			details: "2026-10-05 – 2026-10-06 · api, web"},
		"only unknown braces": {texts: model.LineTexts{Name: "{phase}"}, name: "{phase}", details: "2026-10-05 – 2026-10-06 · api, web"},
		"days tell the hours": {texts: model.LineTexts{Name: "{hours} h"}, rule: days, name: "2.25 h",
			details: "2026-10-05 – 2026-10-06 · api, web"},
		"a word is no pattern": {texts: model.LineTexts{Name: "{project}"},
			change: func(e []*model.Entry) { e[0].Project, e[1].Project = "{task}", "{task}" }, name: "{task}",
			details: "2026-10-05 – 2026-10-06 · api, web"},
		"an empty word": {texts: model.LineTexts{Name: "{project}: {user}"},
			change: func(e []*model.Entry) { e[0].User, e[1].User = "", "" }, name: "Atlas", details: "2026-10-05 – 2026-10-06 · api, web"},
		"nothing but empty words": {
			texts: model.LineTexts{Name: "by {user}", Details: "({user})"}, change: func(e []*model.Entry) { e[0].User, e[1].User = "", "" },
			name: "Atlas", details: "2026-10-05 – 2026-10-06 · api, web",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rule := test.rule
			if rule.Unit == "" {
				rule = hourly("250")
			}
			p, entries := preparation(), worked()
			if test.change != nil {
				test.change(entries)
			}
			p.Hours, p.Grouping, p.Preferences.Rules, p.Preferences.LineTexts = entries, model.GroupByProject, []model.Rule{rule}, test.texts
			line := prepared(t, p).Lines[0]
			if line.Name != test.name || line.Details != test.details || line.Cut {
				t.Errorf("the line is %q, %q, cut %t", line.Name, line.Details, line.Cut)
			}
		})
	}
}

// Whatever the template, a line has a name, and its texts fit.
func TestLineTextsFit(t *testing.T) {
	words := []string{"{client}", "{project}", "{task}", "{user}", "{tags}", "{dates}", "{descriptions}", "{hours}", "{", "}", "{x}", " – ",
		"\t", "ț", "."}
	rapid.Check(t, func(t *rapid.T) {
		template := func(label string) string {
			text := ""
			for _, word := range rapid.SliceOf(rapid.SampledFrom(words)).Draw(t, label) {
				text += word
			}
			return text
		}
		composer := model.Composer{
			Rules: model.NewRules([]model.Rule{hourly("250")}), Grouping: rapid.SampledFrom(model.Groupings()).Draw(t, "grouping"),
			Location: time.UTC,
			RateOn:   func(model.Date) (model.VATRate, error) { return tax("Normala", "21"), nil },
			Texts:    model.LineTexts{Name: template("name"), Details: template("details")},
		}
		lines, err := composer.Compose(drawEntries(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if line.Name == "" || line.Name != text.Collapse(line.Name) || text.Length(line.Name) > model.MaxLineName ||
				text.Length(line.Details) > model.MaxLineDetails {
				t.Fatalf("a line is called %q, %q", line.Name, line.Details)
			}
		}
	})
}

func TestUnknownWordOfLineTexts(t *testing.T) {
	for template, want := range map[string][2]string{
		"{client}: {project} {hours}": {}, "plain": {}, "{}": {}, "{2026}": {},
		"{clinet}": {"clinet", "client"}, "{Project}": {"Project", "project"}, "{descr}": {"descr", "descriptions"}, "{x}": {"x", ""},
	} {
		for _, texts := range []model.LineTexts{{Name: template}, {Details: template}} {
			word, nearest := texts.UnknownWord()
			if got := [2]string{word, nearest}; got != want {
				t.Errorf("%+v: %v, want %v", texts, got, want)
			}
		}
	}
}
