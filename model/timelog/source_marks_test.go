package timelog_test

import (
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

const markedHours = "start,end,project,billable,rate,currency\n" +
	"2026-10-05 09:00,2026-10-05 10:00,Atlas,no,60,EUR\n" +
	"2026-10-06 09:00,2026-10-06 10:00,Atlas,no,60,EUR\n"

func TestWhatTheMarksOfASourceAreWorth(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("marked.csv", markedHours, 1)
	for _, test := range []struct {
		marks    model.BillableMarks
		billable bool
		told     bool
	}{{"", false, true}, {model.BillableByFile, false, true}, {model.BillableAll, true, false}, {model.BillableNone, false, false}} {
		// The second reading comes from the index.
		for range 2 {
			result := s.read(timelog.Source{Path: s.path("marked.csv"), Location: bucharest(t), Billable: test.marks})
			for _, entry := range result.Entries {
				if entry.Billable != test.billable {
					t.Errorf("%q: billable is %v", test.marks, entry.Billable)
				}
			}
			told := len(result.Remarks) == 1 && strings.Contains(result.Remarks[0].String(), `billable = "all"`)
			if told != test.told {
				t.Errorf("%q: said %v", test.marks, result.Remarks)
			}
		}
	}
}

func TestTrackersRatesCountWhereTheSourceSaysSo(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("marked.csv", markedHours, 1)
	for _, rates := range []model.TrackerRates{"", model.RatesByRules, model.RatesByTracker} {
		for range 2 {
			result := s.read(timelog.Source{Path: s.path("marked.csv"), Location: bucharest(t), Rates: rates})
			for _, entry := range result.Entries {
				price := entry.Price
				if price == nil || price.Amount.String() != "60" || price.Currency != "EUR" || price.Counts != (rates == model.RatesByTracker) {
					t.Errorf("%q: the price is %+v", rates, price)
				}
			}
		}
	}
}

func TestRatesWithoutACurrencyCountInThatOfInvoices(t *testing.T) {
	t.Parallel()
	const text = "start,end,project,rate\n2026-10-05 09:00,2026-10-05 10:00,Atlas,60\n"
	entries := mustReadText(t, text, timelog.Source{Rates: model.RatesByTracker, Currency: "RON"})
	if price := entries[0].Price; price == nil || price.Currency != "RON" {
		t.Errorf("the price is %+v", price)
	}
}
