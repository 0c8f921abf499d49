package entries

import (
	"cadensa/model"
	"cadensa/model/say"
)

// proposal says why the program shows a period that its user did not choose. Its zero value stands for one that they chose.
type proposal struct {
	why reason
	// kept is the period that was chosen last, in which nothing is free; "" for none.
	kept string
}

type reason int

const (
	chosen reason = iota
	// nothingFree waits for hours that can be billed.
	nothingFree
	lastMonth
	thisMonth
	newestFree
)

// lastMonthUntil is the last day of a month on which the one before it is billed first: VAT law has it invoiced by then (art. 319
// (16) of the Fiscal Code).
const lastMonthUntil = 15

// firstPeriod is the period that a start shows, in model.ParsePeriod's language: the one that was kept while it has hours to bill,
// else the month to bill.
func (s search) firstPeriod(kept string) (period string, why proposal) {
	if parsed, err := model.ParsePeriod(kept, s.today); kept != "" && err == nil && s.hasFree(parsed) {
		return kept, proposal{}
	}
	this := model.MonthPeriod(s.today.Year, s.today.Month)
	last := this.Shift(-1)
	switch newest := s.newestFree(); {
	case s.today.Day <= lastMonthUntil && s.hasFree(last):
		return last.Form(), proposal{why: lastMonth, kept: kept}
	case s.hasFree(this):
		return this.Form(), proposal{why: thisMonth, kept: kept}
	case !newest.IsZero():
		return model.MonthPeriod(newest.Year, newest.Month).Form(), proposal{why: newestFree, kept: kept}
	case kept != "":
		return kept, proposal{why: nothingFree, kept: kept}
	}
	return DefaultPeriod, proposal{why: nothingFree}
}

// hasFree reports whether hours of the period can be billed, with a price or without.
func (s search) hasFree(period model.Period) bool {
	first, last := s.list.span(period, s.env.Location)
	return s.list.free.last(last) >= first
}

// newestFree is the day of the newest hours that can be billed, the zero day for none.
func (s search) newestFree() model.Date {
	index := s.list.free.last(len(s.list.entries))
	if index < 0 {
		return model.Date{}
	}
	return model.DateOf(s.list.entries[index].Start.In(s.env.Location))
}

// said is the reason for the heading, empty where the period speaks for itself: this month, unless another was chosen before.
func (p proposal) said(today model.Date) say.Text {
	var why say.Text
	switch p.why {
	case chosen, nothingFree:
		return why
	case lastMonth:
		why = say.In("last month, still to bill", "luna trecută, încă de facturat", "múlt hónap, még számlázandó")
	case thisMonth:
		why = say.In("this month", "luna aceasta", "ez a hónap")
	case newestFree:
		why = say.In("the newest to bill", "cea mai recentă de facturat", "a legutóbbi számlázandó")
	}
	kept, err := model.ParsePeriod(p.kept, today)
	switch {
	case p.kept != "" && err == nil:
	case p.why == thisMonth:
		return say.Text{}
	default:
		return why
	}
	return say.Format("%s; nothing to bill in %s", "%s; nimic de facturat în %s", "%s; nincs számlázandó: %s", why, kept)
}
