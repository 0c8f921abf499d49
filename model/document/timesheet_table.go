package document

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// column is one of a table. On paper it is as wide as its widest text, but at most so many millimetres; 0 stands for the
// room that the others leave.
type column struct {
	title string
	most  float64
	right bool
}

// rowKind tells how a row stands out.
type rowKind int

const (
	plainRow rowKind = iota
	// headingRow names the invoice's line whose entries follow.
	headingRow
	totalRow
)

// row is one of a table. An empty cell leaves its room to the first one of a heading or a total.
type row struct {
	kind  rowKind
	cells []string
}

// table is what both Markdown and PDF show.
type table struct {
	title   string
	columns []column
	rows    []row
}

// facts are the head of the sheet: labels and texts.
func (t Timesheet) facts() [][2]string {
	facts := [][2]string{{t.words.client, t.client}, {t.words.period, daysText(t.supply, " – ")}}
	if !t.issued.IsZero() {
		facts = append(facts, [2]string{t.words.issued, t.issued.String()})
	}
	return append(facts, [2]string{t.words.tracked, t.duration(t.tracked())}, [2]string{t.words.billed, t.billedText(t.lines)})
}

func (t Timesheet) tracked() int64 { return sumOf(t.entries()) }

func sumOf(entries []*model.Entry) int64 {
	var seconds int64
	for _, entry := range entries {
		seconds += entry.Seconds
	}
	return seconds
}

// billedText sums what lines bill, by unit: "8.25 h + 3.00 d".
func (t Timesheet) billedText(lines []billedLine) string {
	var texts []string
	for _, unit := range model.Units() {
		sum, found := decimal.Zero, false
		for _, line := range lines {
			if line.Unit == unit {
				sum, found = sum.Add(line.Quantity), true
			}
		}
		if found {
			texts = append(texts, t.words.quantity(sum, unit))
		}
	}
	return strings.Join(texts, " + ")
}

// The most that columns may take of A4 between its margins, in millimetres.
const (
	mostSubject = 42
	mostUser    = 26
	mostNumber  = 32
)

// bySubject sums the hours by project and task. What is billed can be told of one only if no line bills two.
func (t Timesheet) bySubject() table {
	summary := table{title: t.words.bySubject, columns: []column{
		{title: t.words.subject}, {title: t.words.entries, most: mostNumber, right: true},
		{title: t.words.tracked, most: mostNumber, right: true},
	}}
	var subjects []string
	hours, lines := map[string][]*model.Entry{}, map[string][]billedLine{}
	apart := true
	for _, line := range t.lines {
		first := line.hours[0].Label()
		lines[first] = append(lines[first], line)
		for _, entry := range line.hours {
			subject := entry.Label()
			apart = apart && subject == first
			if hours[subject] == nil {
				subjects = append(subjects, subject)
			}
			hours[subject] = append(hours[subject], entry)
		}
	}
	if apart {
		summary.columns = append(summary.columns, column{title: t.words.billed, most: mostNumber, right: true})
	}
	slices.Sort(subjects)
	add := func(kind rowKind, subject string, entries []*model.Entry, lines []billedLine) {
		cells := []string{subject, strconv.Itoa(len(entries)), t.duration(sumOf(entries))}
		if apart {
			cells = append(cells, t.billedText(lines))
		}
		summary.rows = append(summary.rows, row{kind: kind, cells: cells})
	}
	for _, subject := range subjects {
		add(plainRow, cmp.Or(subject, t.words.nothing), hours[subject], lines[subject])
	}
	add(totalRow, t.words.total, t.entries(), t.lines)
	return summary
}

// detail lists the hours. Where a line bills several, it stands above them with its sums; where each bills one, the sums
// stand beside it.
func (t Timesheet) detail() table {
	list := table{title: t.words.hours, columns: []column{
		{title: t.words.day, most: mostNumber}, {title: t.words.time, most: mostNumber}, {title: t.words.subject, most: mostSubject},
		{title: t.words.description},
	}}
	severalUsers := t.severalUsers()
	if severalUsers {
		list.columns = append(list.columns, column{title: t.words.user, most: mostUser})
	}
	list.columns = append(list.columns,
		column{title: t.words.tracked, most: mostNumber, right: true}, column{title: t.words.billed, most: mostNumber, right: true})
	flat := !slices.ContainsFunc(t.lines, func(line billedLine) bool { return len(line.hours) > 1 })
	sums := func(kind rowKind, title string, lines []billedLine) {
		cells := make([]string, len(list.columns))
		cells[0] = title
		var seconds int64
		for _, line := range lines {
			seconds += sumOf(line.hours)
		}
		cells[len(cells)-2], cells[len(cells)-1] = t.duration(seconds), t.billedText(lines)
		list.rows = append(list.rows, row{kind: kind, cells: cells})
	}
	for _, line := range t.lines {
		if !flat {
			sums(headingRow, strconv.Itoa(line.number)+". "+line.Name, []billedLine{line})
		}
		for _, entry := range line.hours {
			cells := []string{t.dayText(entry), t.hourText(entry), entry.Label(), entry.Description}
			if severalUsers {
				cells = append(cells, entry.User)
			}
			cells = append(cells, t.duration(entry.Seconds), "")
			if flat {
				cells[len(cells)-1] = t.billedText([]billedLine{line})
			}
			list.rows = append(list.rows, row{cells: cells})
		}
	}
	sums(totalRow, t.words.total, t.lines)
	return list
}

func (t Timesheet) severalUsers() bool {
	users := map[string]bool{}
	for _, entry := range t.entries() {
		users[entry.User] = true
	}
	delete(users, "")
	return len(users) > 1
}

// words are what a timesheet says in one language.
type words struct {
	timesheet, workSummary string
	// toInvoice and toProforma take a reference, page a number and how many there are.
	toInvoice, toProforma, page string
	// afterStorno takes the reference of the newest partial storno.
	afterStorno                     string
	client, period, issued          string
	bySubject, hours                string
	day, time, subject, description string
	user, entries, tracked          string
	billed, toBill, total, nothing  string
	unitHour, unitDay, unitItem     string
}

var english = words{
	timesheet: "Timesheet", workSummary: "Work summary",
	toInvoice: "Annex to invoice %s", toProforma: "Annex to proforma %s", page: "Page %d of %d", afterStorno: " after storno %s",
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
	toInvoice: "Anexă la factura %s", toProforma: "Anexă la proforma %s", page: "Pagina %d din %d", afterStorno: " după stornarea %s",
	client: "Client", period: "Perioada", issued: "Data facturii",
	bySubject: "Pe proiecte și activități", hours: "Activități",
	day: "Ziua", time: "Interval", subject: "Proiect · activitate", description: "Descriere",
	user: "Cine", entries: "Înregistrări", tracked: "Lucrat",
	billed: "Facturat", toBill: "De facturat", total: "Total", nothing: "–",
	unitHour: model.UnitHour.Romanian(), unitDay: model.UnitDay.Romanian(), unitItem: model.UnitItem.Romanian(),
}

// wordsOf chooses the language of the invoice: its own, or that of a Romanian client when the account chooses.
func wordsOf(prepared model.PreparedInvoice) words {
	if prepared.Language == "RO" || prepared.Language == "" && prepared.Client.IsRomanian() {
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
