package entries_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/ui/uitest"
)

// priced is the sample with a client's own price before the rates of the settings.
func priced(t testing.TB) *program {
	p := sample(t)
	brisk := uitest.Foreigner("Brisk", "HU")
	brisk.ClientRule = model.ClientRule{Price: "180"}
	p.Check(p.KeepClient(p.Context(), brisk, ""))
	return p
}

func subjects(records *program) []string {
	var names []string
	for _, rule := range records.rules() {
		names = append(names, rule.Subject())
	}
	return names
}

func TestRatesAreListed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, priced(t), 80, 24)
		s.Press("R").Sees("▸ ✓ Atelier*", "250.00 RON/h", "15 min up, entry", "the client's own price",
			"✓ prices the entry under the cursor, Atlas · api.")
		s.Press("k", "enter").Sees("change it there").Press("d").Lacks("Delete this rate?").Press("esc")
		s.Lacks("What hours cost")
	})
}

func TestARateIsChangedWhereItStands(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := priced(t)
		s := start(t, records, 80, 24)
		s.Press("R", "enter").Sees("Change the rate of Atelier*", "250.00▏")
		for range len("250.00") {
			s.Press("backspace")
		}
		s.Type("300").Press("shift+tab").Type("late").Press("shift+tab").Type("api").Press("ctrl+s").
			Sees("Atelier* · task api · #late", "300.00 RON/h")
		s.Press("esc").Sees("no rate")
		want := model.Rule{
			Client: "Atelier*", Task: "api", Tag: "late", Unit: model.UnitHour, Price: decimal.NewFromInt(300), Currency: "RON",
			Rounding: model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeEntry},
		}
		if diff := cmp.Diff(want, records.rules()[1]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// TestSavingAnUnchangedFormChangesNothing holds that what the form cannot show exactly is not lost.
func TestSavingAnUnchangedFormChangesNothing(t *testing.T) {
	rules := map[string]model.Rule{
		"odd lengths": {Unit: model.UnitHour, Price: decimal.RequireFromString("0.1234"), Currency: "RON",
			Rounding: model.Rounding{Step: 36 * time.Second, Minimum: 90 * time.Second, Direction: model.RoundDown, Scope: model.ScopeLine}},
		"as tracked": {Unit: model.UnitHour, Price: decimal.NewFromInt(1), Currency: "EUR"},
		"days": {Unit: model.UnitDay, Price: decimal.NewFromInt(1600), Currency: "EUR",
			Days: []model.DayThreshold{{AtLeast: 90 * time.Minute, Days: decimal.New(25, -2)}}},
		"items": {Tag: "x", Unit: model.UnitItem, Price: decimal.NewFromInt(5), Currency: "RON"},
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := open(t, unpriced).track(hoursFile, month()...).addRule(rule)
				s := start(t, records, 80, 24)
				s.Press("R", "enter").Sees("Change the rate").Press("ctrl+s").Sees("The rate is saved")
				if diff := cmp.Diff(rule, records.rules()[0]); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestRatesAreMovedAndDeleted(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := priced(t)
		s := start(t, records, 80, 24)
		s.Press("R", "K").Sees("▸ ✓ Atelier*").Press("J").Sees("▸ ✓ Atelier*")
		if diff := cmp.Diff([]string{"Brisk", "Nordlicht", "Atelier*"}, subjects(records)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Press("J", "K", "d").Sees("Delete this rate?", "▸ keep it").Press("enter").Sees("Atelier*").Press("d", "d", "esc")
		if len(subjects(records)) != 3 {
			t.Errorf("left are %v", subjects(records))
		}
		s.Press("d", "y").Lacks("Atelier*").Sees("None of them fits the entry under the cursor")
		s.Press("esc").Sees("no rate")
	})
}

func TestARateThatChangedMeanwhileIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := priced(t)
		s := start(t, records, 80, 24)
		s.Press("R", "d")
		records.Check(config.RemoveRule(records.SettingsFile(), model.RulePlace{Rule: records.rules()[1]}))
		s.Press("tab", "enter").Sees("the rule was changed in the file meanwhile")
	})
}

func TestADayRateIsAddedFromTheList(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press("R", "a").Sees("What do such hours cost?", "Atelier Cireș")
		s.Press("tab", "tab").Type("day").Press("enter").Sees("such as 1 from 6h").Lacks("Round to").Press("tab").Type("x").Press("ctrl+s").
			Sees(`"x" is not like 0.5 from 1h`)
		s.Press("backspace").Type("1 from 4h").Press("ctrl+s").Sees("250.00 RON/d", "1 from 4h")
		if got := records.rules()[0]; got.Unit != model.UnitDay || len(got.Days) != 1 || got.Rounding != (model.Rounding{}) ||
			got.Client != "Atelier Cireș" {
			t.Errorf("added is %+v", got)
		}
	})
}

func TestWithoutRatesTheFormComesAtOnce(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unpriced).track(hoursFile, month()...)
		start(t, records, 80, 24).Press("R").Sees("What do such hours cost?")
	})
}
