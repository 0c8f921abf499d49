package model

import "slices"

// daysAhead is how far in the future a document is dated at most, unless on purpose.
const daysAhead = 30

// IsUnusual reports whether a document that is made today hardly means to bear the date: it is more than a year back, or
// more than 30 days ahead. Most likely it is a slip, and is taken on purpose only.
func (d Date) IsUnusual(today Date) bool {
	return !d.IsZero() && (d.Before(NewDate(today.Year-1, today.Month, today.Day)) || d.After(today.AddDays(daysAhead)))
}

// UnusualDate is a date of a draft that is most likely a slip.
type UnusualDate struct {
	Date Date
	// Text says what is unusual about it.
	Text string

	field string
}

// UnusualDates are the dates of the draft that its user has yet to confirm.
func (d Draft) UnusualDates() []UnusualDate {
	return slices.DeleteFunc(d.unusualDates(), func(unusual UnusualDate) bool { return slices.Contains(d.Confirmed, unusual.Date) })
}

// unusualDates are all of them. A payment term is no slip until it is longer than a year. A draft that was not prepared just
// now, such as one of the ledger, was confirmed with its dates.
func (d Draft) unusualDates() []UnusualDate {
	if d.Prepared.IsZero() || d.IssueDate.IsZero() {
		return nil
	}
	var found []UnusualDate
	if !d.IssueDate.After(d.Prepared) && d.IssueDate.IsUnusual(d.Prepared) {
		found = append(found, UnusualDate{d.IssueDate, "the issue date " + d.IssueDate.String() + " is more than a year back", "issue_date"})
	}
	if longest := NewDate(d.IssueDate.Year+1, d.IssueDate.Month, d.IssueDate.Day); d.DueDate.After(longest) {
		found = append(found, UnusualDate{d.DueDate, "the due date " + d.DueDate.String() + " is more than a year after the issue date", "due_date"})
	}
	return found
}

// checkUnusualDates keeps a draft back until its user has said that its dates are meant.
func (d Draft) checkUnusualDates(f *Findings) {
	for _, unusual := range d.unusualDates() {
		if slices.Contains(d.Confirmed, unusual.Date) {
			f.warn(unusual.field, "unusual date", unusual.Text)
			continue
		}
		f.fail(unusual.field, "unusual date", unusual.Text+": it has to be confirmed")
	}
}
