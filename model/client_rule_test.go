package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestClientsWithAPriceHaveRulesBeforeTheSettings(t *testing.T) {
	rounded := hourly("100")
	rounded.Client, rounded.Rounding = "Atelier*", model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp}
	priced := func(price, currency string, names ...string) model.Client {
		client := model.Client{Name: "Nordlicht GmbH", TrackerNames: names}
		client.Price, client.Currency = price, currency
		return client.Cleaned()
	}
	clients := []model.Client{
		priced("250,50", "", "Atelier Cireș", "ac-*"), priced("", "EUR", "free"), priced("no number", "", "broken"), priced("48", "EUR"),
	}
	var got []string
	for _, rule := range model.ClientRules(clients, []model.Rule{rounded}, "RON") {
		got = append(got, rule.Client+" "+rule.Price.String()+" "+rule.Currency+" "+rule.Rounding.Step.String())
	}
	want := []string{"Atelier Cireș 250.5 RON 15m0s", "ac-* 250.5 RON 0s", "Nordlicht GmbH 48 EUR 0s"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What the client's rule leaves out is that of the settings' rule for the client.
func TestAClientsOwnRule(t *testing.T) {
	usual := hourly("100")
	usual.Rounding = model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeEntry}
	daily := hourly("800")
	daily.Unit, daily.Days = model.UnitDay, []model.DayThreshold{{AtLeast: time.Hour, Days: amount("1")}}
	tests := []struct {
		name     string
		own      model.ClientRule
		settings model.Rule
		want     model.Rule
	}{
		{"a price", model.ClientRule{Price: "250,50"}, usual, model.Rule{Unit: model.UnitHour, Price: amount("250.5"), Rounding: usual.Rounding}},
		{"exact hours", model.ClientRule{Price: "250", RoundingStep: "0"}, usual, model.Rule{
			Unit: model.UnitHour, Price: amount("250"), Rounding: model.Rounding{Direction: model.RoundUp, Scope: model.ScopeEntry},
		}},
		{"a rounding", model.ClientRule{Price: "250", RoundingStep: "6m", RoundingMinimum: "1h", RoundingDirection: "Nearest",
			RoundingScope: "line"}, usual, model.Rule{
			Unit: model.UnitHour, Price: amount("250"),
			Rounding: model.Rounding{Step: 6 * time.Minute, Minimum: time.Hour, Direction: model.RoundNearest, Scope: model.ScopeLine},
		}},
		{"a minimum", model.ClientRule{Price: "250", RoundingMinimum: "30"}, usual, model.Rule{
			Unit: model.UnitHour, Price: amount("250"), Rounding: model.Rounding{Direction: model.RoundUp, Minimum: 30 * time.Minute,
				Scope: model.ScopeEntry},
		}},
		{"days", model.ClientRule{Price: "1600", Unit: "DAY", RoundingStep: "6"}, usual, model.Rule{Unit: model.UnitDay, Price: amount("1600")}},
		{"days as in the settings", model.ClientRule{Price: "1600", Unit: "day"}, daily,
			model.Rule{Unit: model.UnitDay, Price: amount("1600"), Days: daily.Days}},
		{"days from hours", model.ClientRule{Price: "1600", Unit: "day", DayThresholds: "0.5 from 1s, 1 from 6"}, daily, model.Rule{
			Unit: model.UnitDay, Price: amount("1600"), Days: model.DefaultDayThresholds(),
		}},
		{"items", model.ClientRule{Price: "40", Unit: "item"}, usual, model.Rule{Unit: model.UnitItem, Price: amount("40")}},
	}
	for _, test := range tests {
		client := model.Client{Name: "Morii"}
		client.ClientRule = test.own
		test.settings.Client, test.want.Client, test.want.Currency = "mor*", "Morii", "RON"
		got := model.ClientRules([]model.Client{client.Cleaned()}, []model.Rule{test.settings}, "RON")
		if diff := cmp.Diff([]model.Rule{test.want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A rule that cannot be read as a whole is not applied in part.
func TestABrokenRuleOfAClient(t *testing.T) {
	tests := []struct {
		field    string
		severity model.Severity
		own      model.ClientRule
	}{
		{"price", model.SeverityError, model.ClientRule{Price: "much"}},
		{"price", model.SeverityError, model.ClientRule{Price: "0"}},
		{"price", model.SeverityError, model.ClientRule{Price: "0.00001"}},
		{"price", model.SeverityWarning, model.ClientRule{Unit: model.UnitDay}},
		{"unit", model.SeverityError, model.ClientRule{Price: "10", Unit: "week"}},
		{"rounding_step", model.SeverityError, model.ClientRule{Price: "10", RoundingStep: "soon"}},
		{"rounding_minimum", model.SeverityError, model.ClientRule{Price: "10", RoundingMinimum: "-1"}},
		{"rounding_direction", model.SeverityError, model.ClientRule{Price: "10", RoundingStep: "6", RoundingDirection: "sideways"}},
		{"rounding_scope", model.SeverityError, model.ClientRule{Price: "10", RoundingStep: "6", RoundingScope: "week"}},
		{"day_thresholds", model.SeverityError, model.ClientRule{Price: "10", Unit: model.UnitDay, DayThresholds: "half a day"}},
		{"day_thresholds", model.SeverityError, model.ClientRule{Price: "10", Unit: model.UnitDay, DayThresholds: "1 from 30h"}},
		{"day_thresholds", model.SeverityError, model.ClientRule{Price: "10", Unit: model.UnitDay, DayThresholds: "-1, 1"}},
	}
	for _, test := range tests {
		client := romanian()
		client.ClientRule = test.own
		if finding, found := client.Validate().For(test.field); !found || finding.Severity != test.severity {
			t.Errorf("%+v: %v", test.own, client.Validate())
		}
		if rules := model.ClientRules([]model.Client{client}, nil, "RON"); len(rules) > 0 {
			t.Errorf("%+v is applied as %+v", test.own, rules)
		}
	}
	client := romanian()
	client.ClientRule = model.ClientRule{Price: "10", DayThresholds: "1 from 1s"}
	if finding, found := client.Validate().For("day_thresholds"); !found || finding.Severity != model.SeverityWarning {
		t.Errorf("thresholds of hours: %v", client.Validate())
	}
}

func TestClientRuleInWords(t *testing.T) {
	for want, rule := range map[string]model.ClientRule{
		"":                                       {Unit: model.UnitDay},
		"48 an hour":                             {Price: "48", RoundingDirection: model.RoundDown},
		"1,600 a day (0.5 from 1s, 1 from 6h)":   {Price: "1,600", Unit: model.UnitDay, DayThresholds: "0.5 from 1s, 1 from 6h"},
		"40 an item":                             {Price: "40", Unit: model.UnitItem, RoundingStep: "6"},
		"48 an hour, at least 60 min each entry": {Price: "48", RoundingMinimum: "1h"},
		"48 an hour, rounded nearest to 6 min each line, at least 30 min each line": {
			Price: "48", RoundingStep: "6", RoundingDirection: model.RoundNearest, RoundingScope: model.ScopeLine, RoundingMinimum: "30",
		},
	} {
		if got := rule.Cost(); got != want {
			t.Errorf("%+v is %q, want %q", rule, got, want)
		}
	}
}

// A rule travels whole: an invoice's buyer who has none keeps that of the address book, and one of its own stays.
func TestKeepingTheRule(t *testing.T) {
	known, given := romanian(), romanian()
	known.ClientRule = model.ClientRule{Price: "1600", Unit: model.UnitDay, DayThresholds: "1 from 1s"}
	if got := given.Keeping(known).ClientRule; got != known.ClientRule {
		t.Errorf("the rule became %+v", got)
	}
	given.ClientRule = model.ClientRule{Price: "48"}
	if got := given.Keeping(known).ClientRule; got != given.ClientRule {
		t.Errorf("its own rule became %+v", got)
	}
}
