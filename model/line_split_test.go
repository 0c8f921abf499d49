package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
)

func TestSplits(t *testing.T) {
	at := func(month time.Month, hour int) time.Time { return time.Date(2026, month, 3, hour, 0, 0, 0, time.UTC) }
	entry := func(start time.Time, client, project, task string) *model.Entry {
		return new(model.Entry{
			Start: model.InstantOf(start), Seconds: 3600, Client: client, Project: project, Task: task, Billable: true,
		}.Fingerprinted(0))
	}
	rule := func(task string, unit model.Unit, price int64, currency string, step time.Duration) model.Rule {
		return model.Rule{Task: task, Unit: unit, Price: decimal.NewFromInt(price), Currency: currency, Rounding: model.Rounding{Step: step}}
	}
	composer := func(grouping model.Grouping, rules ...model.Rule) model.Composer {
		return model.Composer{
			Rules: model.NewRules(rules), Grouping: grouping, Location: time.UTC,
			RateOn: func(supply model.Date) (model.VATRate, error) {
				if supply.Month == time.July {
					return model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(19)}, nil
				}
				return model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)}, nil
			},
		}
	}
	apart := []*model.Entry{entry(at(time.August, 9), "A", "Atlas", "api"), entry(at(time.August, 11), "A", "Atlas", "docs"), entry(at(time.August, 13), "A", "Fjord", "api")}
	months := []*model.Entry{entry(at(time.July, 9), "A", "Atlas", "api"), entry(at(time.August, 9), "A", "Atlas", "api")}
	for name, test := range map[string]struct {
		composer model.Composer
		entries  []*model.Entry
		want     []string
	}{
		"price": {
			composer(model.GroupByProject, rule("api", model.UnitHour, 250, "RON", 0), rule("", model.UnitHour, 300, "RON", 0)), apart,
			[]string{"Atlas: 2 lines because of price (250.00 and 300.00 RON)"},
		},
		"by task it is not split": {composer(model.GroupByTask, rule("api", model.UnitHour, 250, "RON", 0), rule("", model.UnitHour, 300, "RON", 0)), apart, nil},
		"by entry nothing is":     {composer(model.GroupByEntry, rule("api", model.UnitHour, 250, "RON", 0), rule("", model.UnitHour, 300, "RON", 0)), apart, nil},
		"currency and unit": {
			composer(model.GroupByUser, rule("api", model.UnitHour, 250, "RON", 0), rule("", model.UnitDay, 300, "EUR", 0)), apart,
			[]string{"Atlas · api: 2 lines because of currency (RON and EUR), unit (hour and day)"},
		},
		"rounding": {
			composer(model.GroupByProject, rule("api", model.UnitHour, 250, "RON", 0), rule("", model.UnitHour, 250, "RON", time.Hour)), apart,
			[]string{"Atlas: 2 lines because of rounding"},
		},
		"VAT": {
			composer(model.GroupByProject, rule("", model.UnitHour, 250, "RON", 0)), months, []string{"Atlas: 2 lines because of VAT (19 % and 21 %)"},
		},
		"one price": {composer(model.GroupByProject, rule("", model.UnitHour, 250, "RON", 0)), apart, nil},
	} {
		t.Run(name, func(t *testing.T) {
			lines, splits, err := test.composer.Outline(test.entries)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, split := range splits {
				got = append(got, split.String())
			}
			whole, err := test.composer.Compose(test.entries)
			for i := range whole {
				whole[i].Entries = nil
			}
			if diff := cmp.Diff(whole, lines); err != nil || diff != "" {
				t.Errorf("the outline is not what is composed (%v):\n%s", err, diff)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
