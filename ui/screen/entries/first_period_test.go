package entries_test

import (
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// workedOn makes an entry of a day.
func workedOn(year int, month time.Month, day int) model.Entry {
	entry := worked(1, 9, 60, "Atelier Cireș", "Atlas", "api", "Work of "+month.String())
	start := time.Date(year, month, day, 9, 0, 0, 0, uitest.Noon.Location())
	entry.Start, entry.End = model.InstantOf(start), model.InstantOf(start.Add(time.Hour))
	return entry.Fingerprinted(0)
}

func TestAStartShowsTheMonthToBill(t *testing.T) {
	august, october, november := workedOn(2026, time.August, 5), workedOn(2026, time.October, 30), workedOn(2026, time.November, 1)
	december := workedOn(2026, time.December, 1)
	all := []model.Entry{august, october, november, december}
	tests := map[string]struct {
		day, kept string
		tracked   []model.Entry
		sees      []string
	}{
		"on the 1st":             {"2026-12-01", "", all, []string{" November 2026, last month, still to bill", "1 entry"}},
		"on the 14th":            {"2026-12-14", "", all, []string{" November 2026, last month, still to bill"}},
		"on the 15th":            {"2026-12-15", "", all, []string{" November 2026, last month, still to bill"}},
		"on the 16th":            {"2026-12-16", "", all, []string{" December 2026   group by"}},
		"on the last day":        {"2026-12-31", "", all, []string{" December 2026   group by"}},
		"in January":             {"2027-01-04", "", all, []string{" December 2026, last month, still to bill"}},
		"last month is billed":   {"2026-12-02", "", []model.Entry{august, december}, []string{" December 2026   group by"}},
		"only older hours":       {"2026-12-02", "", []model.Entry{august, october}, []string{" October 2026, the newest to bill"}},
		"only older hours, late": {"2026-12-20", "", []model.Entry{august, november}, []string{" November 2026, the newest to bill"}},
		"nothing to bill":        {"2026-12-02", "", []model.Entry{login}, []string{" December 2026   group by", "No hours in this period"}},
		"a chosen period":        {"2026-12-02", "2026-08", all, []string{" August 2026   group by"}},
		"a chosen period, all billed": {"2026-12-02", "2026-09", all, []string{
			" November 2026, last month, still to bill; nothing to bill in September 2026",
		}},
		"this month, with nothing yet": {"2026-12-01", "this-month", []model.Entry{november}, []string{
			" November 2026, last month, still to bill; nothing to bill in December 2026",
		}},
		"last month, with nothing left": {"2026-12-16", "2026-11", []model.Entry{december}, []string{
			" December 2026, this month; nothing to bill in November 2026",
		}},
		"a chosen period and nothing": {"2026-12-02", "2026-10", []model.Entry{login}, []string{" October 2026   group by"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := open(t, sampled).track(hoursFile, test.tracked...)
				records.At(test.day + " 10:00").Going()
				records.keep(model.Selection{Period: test.kept})
				start(t, records, 100, 24).Sees(test.sees...).Fits()
			})
		})
	}
}

// What was proposed is proposed anew at the next start, unless its user ticked or chose something.
func TestAProposedPeriodIsNotKept(t *testing.T) {
	tests := map[string]struct {
		keys []string
		kept string
	}{
		"looked at":  {[]string{"j", "b"}, ""},
		"ticked":     {[]string{" "}, "2026-11"},
		"unticked":   {[]string{" ", " "}, ""},
		"moved from": {[]string{"["}, "2026-10"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := sample(t)
				records.At("2026-12-02 10:00").Going()
				start(t, records, 80, 24).Sees(" November 2026, last month, still to bill").Press(test.keys...)
				if got := records.kept().Period; got != test.kept {
					t.Errorf("the period %q was kept", got)
				}
			})
		})
	}
}

// What the index holds may be old: the period is chosen again once the sources were read, but not under ticks.
func TestThePeriodIsChosenAgainWithWhatWasRead(t *testing.T) {
	start := func(t *testing.T) (*program, harness) {
		p := open(t, sampled).track(hoursFile, workedOn(2026, time.August, 5))
		_, err := p.Hours(p.Context(), nil)
		p.Check(err)
		p.Restart()
		p.track(hoursFile, workedOn(2026, time.August, 5), workedOn(2026, time.November, 2)).held()
		return p, start(t, p, 80, 24)
	}
	uitest.Run(t, func(t *testing.T) {
		records, s := start(t)
		s.Sees(" August 2026, the newest to bill")
		close(records.gate)
		s.Sees(" November 2026   group by", "1 unbilled before")
		s.Press("[").Sees(" October 2026   group by").Press("r").Sees(" October 2026   group by")
	})
	uitest.Run(t, func(t *testing.T) {
		records, s := start(t)
		s.Sees(" August 2026, the newest to bill").Press(" ")
		close(records.gate)
		s.Sees(" August 2026, the newest to bill", "1 ticked")
	})
}
