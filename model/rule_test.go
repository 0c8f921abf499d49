package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

func TestFirstRuleWins(t *testing.T) {
	rules := model.NewRules([]model.Rule{
		{Client: "Acme*", Project: "api", Price: decimal.NewFromInt(1)},
		{Client: "Acme*", Task: "review", Price: decimal.NewFromInt(2)},
		{Tag: "urgent", Price: decimal.NewFromInt(3)},
		{Client: "acme", Price: decimal.NewFromInt(4)},
		{Project: "moară/*", Price: decimal.NewFromInt(5)},
		{Client: "Acme", Price: decimal.NewFromInt(6)},
	})
	tests := []struct {
		entry model.Entry
		want  int64 // 0 stands for no rule.
	}{
		{model.Entry{Client: "ACME Corp", Project: "API"}, 1},
		{model.Entry{Client: "Acme", Project: "api", Task: "review"}, 1},
		{model.Entry{Client: "Acme", Project: "web", Task: "Review"}, 2},
		{model.Entry{Client: "Acme", Project: "web", Tags: []string{"late", "Urgent"}}, 3},
		{model.Entry{Client: "Other", Tags: []string{"urgent"}}, 3},
		{model.Entry{Client: "Acme", Project: "web", Tags: []string{"urgently"}}, 4},
		{model.Entry{Client: "Other", Project: "Moara/roată"}, 5},
		{model.Entry{Client: "Other", Project: "moara"}, 0},
		{model.Entry{}, 0},
	}
	for range 2 { // Once when first seen, and once from memory.
		for _, test := range tests {
			rule, ok := rules.For(test.entry)
			if ok != (test.want != 0) || ok && !rule.Price.Equal(decimal.NewFromInt(test.want)) {
				t.Errorf("%+v has rule %s, %t, want %d", test.entry, rule.Price, ok, test.want)
			}
		}
	}
}

func TestRuleWithoutGlobsMatchesEverything(t *testing.T) {
	rules := model.NewRules([]model.Rule{{Price: decimal.NewFromInt(100)}})
	if _, ok := rules.For(model.Entry{}); !ok {
		t.Error("an empty rule does not match")
	}
	if _, ok := model.NewRules(nil).For(model.Entry{}); ok {
		t.Error("no rule matches")
	}
}

// Tags are told apart from one another: a rule never sees two tags as one.
func TestRulesRememberTagsApart(t *testing.T) {
	rules := model.NewRules([]model.Rule{{Tag: "a b", Price: decimal.NewFromInt(1)}})
	if _, ok := rules.For(model.Entry{Tags: []string{"a", "b"}}); ok {
		t.Error("two tags match as one")
	}
	if _, ok := rules.For(model.Entry{Tags: []string{"a b"}}); !ok {
		t.Error("the tag itself does not match")
	}
}

func TestEstimate(t *testing.T) {
	quarter := model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp}
	byDay := quarter
	byDay.Scope = model.ScopeDay
	byLine := quarter
	byLine.Scope = model.ScopeLine
	tests := []struct {
		name    string
		rule    model.Rule
		seconds int64
		want    string
		exact   bool
	}{
		{"hours", model.Rule{Unit: model.UnitHour}, 4800, "1.33", true},
		{"half a hundredth goes up", model.Rule{Unit: model.UnitHour}, 18, "0.01", true},
		{"rounded hours", model.Rule{Unit: model.UnitHour, Rounding: quarter}, 4800, "1.5", true},
		{"rounded by day", model.Rule{Unit: model.UnitHour, Rounding: byDay}, 4800, "1.33", false},
		{"rounded by line", model.Rule{Unit: model.UnitHour, Rounding: byLine}, 4800, "1.33", false},
		{"an item", model.Rule{Unit: model.UnitItem}, 4800, "1", true},
		{"half a day", model.Rule{Unit: model.UnitDay}, 4800, "0.5", false},
		{"a day", model.Rule{Unit: model.UnitDay}, 6 * 3600, "1", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := test.rule.Estimate(test.seconds, model.DefaultQuantityDecimals); !got.Equal(amount(test.want)) {
				t.Errorf("Estimate = %s, want %s", got, test.want)
			}
			if got := test.rule.Exact(); got != test.exact {
				t.Errorf("Exact = %t", got)
			}
		})
	}
}

func TestUnits(t *testing.T) {
	for unit, want := range map[model.Unit][2]string{
		model.UnitHour: {"ora", "h"}, model.UnitDay: {"zi", "d"}, model.UnitItem: {"buc", "×"},
	} {
		if unit.Romanian() != want[0] || unit.Short() != want[1] {
			t.Errorf("%s is %s and %s, want %v", unit, unit.Romanian(), unit.Short(), want)
		}
	}
	if len(model.Units()) != 3 || len(model.VATStatuses()) != 3 {
		t.Errorf("the settings take %v and %v", model.Units(), model.VATStatuses())
	}
}

// Every language that SmartBill prints has a name for every unit, but Romanian, whose names are the account's.
func TestUnitsInEveryLanguage(t *testing.T) {
	for _, language := range append(model.Languages(), "", "HU") {
		for _, unit := range model.Units() {
			if named, wanted := unit.In(language) != "", slices.Contains([]string{"EN", "DE", "FR", "IT", "ES"}, language); named != wanted {
				t.Errorf("in %q a unit of a %s is %q", language, unit, unit.In(language))
			}
		}
	}
	names := model.UnitNames{model.UnitHour: "ORE"}
	if names.Of(model.UnitHour) != "ORE" || names.Of(model.UnitDay) != "zi" || model.UnitNames(nil).Of(model.UnitItem) != "buc" {
		t.Errorf("%v does not stand for the usual names", names)
	}
}

func TestRuleSubjects(t *testing.T) {
	for want, rule := range map[string]model.Rule{
		"everything": {}, "A* · Atlas · api · #late": {Client: "A*", Project: "Atlas", Task: "api", Tag: "late"},
		"A* · task api": {Client: "A*", Task: "api"}, "project Atlas · api": {Project: "Atlas", Task: "api"}, "#late": {Tag: "late"},
	} {
		if got := rule.Subject(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTrackersPriceCountsWhereNoRuleFits(t *testing.T) {
	rules := model.NewRules([]model.Rule{{Client: "Morii", Unit: model.UnitHour, Price: decimal.NewFromInt(250), Currency: "RON"}})
	price := &model.HourlyPrice{Amount: decimal.NewFromInt(60), Currency: "EUR", Counts: true}
	for _, test := range []struct {
		name   string
		entry  model.Entry
		want   string
		placed int
	}{
		{"a rule fits", model.Entry{Client: "Morii", Price: price}, "250 RON", 0},
		{"no rule fits", model.Entry{Client: "Brisk", Price: price}, "60 EUR", -1},
		{"the price does not count", model.Entry{Client: "Brisk", Price: &model.HourlyPrice{Amount: decimal.NewFromInt(60), Currency: "EUR"}}, "", -1},
		{"no price", model.Entry{Client: "Brisk"}, "", -1},
		{"another price", model.Entry{Client: "Brisk", Price: &model.HourlyPrice{Amount: decimal.NewFromInt(80), Currency: "EUR", Counts: true}}, "80 EUR", -1},
	} {
		rule, priced := rules.For(test.entry)
		got := ""
		if priced {
			got = rule.Price.String() + " " + rule.Currency
		}
		if got != test.want || rules.Place(&test.entry) != test.placed {
			t.Errorf("%s: %q at %d, want %q at %d", test.name, got, rules.Place(&test.entry), test.want, test.placed)
		}
	}
}
