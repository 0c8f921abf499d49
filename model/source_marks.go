package model

// BillableMarks says what a source's marks of what is billable are worth. "" is BillableByFile.
type BillableMarks string

// What the marks are worth.
const (
	BillableByFile BillableMarks = "file"
	BillableAll    BillableMarks = "all"
	BillableNone   BillableMarks = "none"
)

// AllBillableMarks lists the values that the setting takes.
func AllBillableMarks() []BillableMarks {
	return []BillableMarks{BillableByFile, BillableAll, BillableNone}
}

// Mark is whether an entry is billable that the file marks so or not.
func (m BillableMarks) Mark(marked bool) bool {
	switch m {
	case BillableAll:
		return true
	case BillableNone:
		return false
	case BillableByFile:
	}
	return marked
}

// TrackerRates says whether a source's own rates price the hours that no rule does. "" is RatesByRules.
type TrackerRates string

// Who prices hours.
const (
	RatesByRules   TrackerRates = "rules"
	RatesByTracker TrackerRates = "tracker"
)

// AllTrackerRates lists the values that the setting takes.
func AllTrackerRates() []TrackerRates { return []TrackerRates{RatesByRules, RatesByTracker} }
