package document

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// words are what a timesheet says in one language.
type words struct {
	timesheet, workSummary string
	// toInvoice and toProforma take a reference, page a number and how many there are.
	toInvoice, toProforma, page     string
	client, period, issued          string
	bySubject, hours                string
	day, time, subject, description string
	user, entries, tracked          string
	billed, toBill, total, nothing  string
	unitHour, unitDay, unitItem     string
}

var english = words{
	timesheet: "Timesheet", workSummary: "Work summary",
	toInvoice: "Annex to invoice %s", toProforma: "Annex to proforma %s", page: "Page %d of %d",
	client: "Client", period: "Period", issued: "Issued",
	bySubject: "By project and task", hours: "Hours",
	day: "Day", time: "Time", subject: "Project · task", description: "Description",
	user: "Who", entries: "Entries", tracked: "Tracked",
	billed: "Billed", toBill: "To bill", total: "Total", nothing: "–",
	unitHour: "h", unitDay: "d", unitItem: "pcs",
}

// The units are those that SmartBill prints on the invoice.
var romanian = words{
	timesheet: "Raport de activitate", workSummary: "Raport de activitate",
	toInvoice: "Anexă la factura %s", toProforma: "Anexă la proforma %s", page: "Pagina %d din %d",
	client: "Client", period: "Perioada", issued: "Data facturii",
	bySubject: "Pe proiecte și activități", hours: "Activități",
	day: "Ziua", time: "Interval", subject: "Proiect · activitate", description: "Descriere",
	user: "Cine", entries: "Înregistrări", tracked: "Lucrat",
	billed: "Facturat", toBill: "De facturat", total: "Total", nothing: "–",
	unitHour: model.UnitHour.Romanian(), unitDay: model.UnitDay.Romanian(), unitItem: model.UnitItem.Romanian(),
}

// wordsOf chooses the language of the invoice: its own, or that of a Romanian client when the account chooses.
func wordsOf(draft model.Draft) words {
	if draft.Language == "RO" || draft.Language == "" && draft.Client.IsRomanian() {
		return romanian
	}
	return english
}

// quantity writes what a line bills, "5.75 h".
func (w words) quantity(quantity decimal.Decimal, unit model.Unit) string {
	text := w.unitHour
	switch unit {
	case model.UnitDay:
		text = w.unitDay
	case model.UnitItem:
		text = w.unitItem
	case model.UnitHour:
	}
	return model.FormatQuantity(quantity) + " " + text
}

const secondsOfMinute = int64(time.Minute / time.Second)

// duration writes seconds as hours and minutes, "1:30", or to the second when the sheet is told so.
func (t Timesheet) duration(seconds int64) string {
	minutes := seconds / secondsOfMinute
	text := fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
	if t.exact {
		text += fmt.Sprintf(":%02d", seconds%secondsOfMinute)
	}
	return text
}

// hourText is when an entry was worked, "" from trackers that know only days.
func (t Timesheet) hourText(entry *model.Entry) string {
	if entry.Start.IsZero() || entry.End.IsZero() || entry.Start == entry.End {
		return ""
	}
	return entry.Start.In(t.location).Format("15:04") + "–" + entry.End.In(t.location).Format("15:04")
}

// dayText is the day of an entry, "" for one of which only the fingerprint is known.
func (t Timesheet) dayText(entry *model.Entry) string {
	if entry.Start.IsZero() {
		return ""
	}
	return entry.Day(t.location).String()
}

// daysText is a range of days, or the only one.
func daysText(period model.Period, between string) string {
	if period.From == period.To {
		return period.From.String()
	}
	return period.From.String() + between + period.To.String()
}
