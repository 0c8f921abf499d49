package model

import "github.com/shopspring/decimal"

// workday is what one person worked for one client on one day at one charge: it is billed as one, however many lines it
// is spread over.
type workday struct {
	client, user string
	day          Date
	charge       int
}

// shareDays gives each group charged by the day its part of every workday, in proportion to the time. The parts have
// QuantityDecimals and add up to exactly what the whole day comes to.
func shareDays(groups []*lineGroup) {
	whole := map[workday]int64{}
	eachDayEntry(groups, func(_ *lineGroup, day workday, seconds int64) { whole[day] += seconds })
	done := map[workday]int64{}
	eachDayEntry(groups, func(group *lineGroup, day workday, seconds int64) {
		if whole[day] == 0 {
			return
		}
		billed, before := group.rule.days(whole[day]), done[day]
		done[day] += seconds
		group.days = group.days.Add(portion(billed, done[day], whole[day]).Sub(portion(billed, before, whole[day])))
	})
}

func eachDayEntry(groups []*lineGroup, visit func(group *lineGroup, day workday, seconds int64)) {
	for _, group := range groups {
		if group.rule.Unit != UnitDay {
			continue
		}
		for _, entry := range group.entries {
			visit(group, workday{client: entry.Client, user: entry.User, day: group.day(entry), charge: group.charge}, max(0, entry.Seconds))
		}
	}
}

// portion is the part of a quantity that so many seconds of all have.
func portion(quantity decimal.Decimal, seconds, all int64) decimal.Decimal {
	return quantity.Mul(decimal.NewFromInt(seconds)).DivRound(decimal.NewFromInt(all), QuantityDecimals)
}
