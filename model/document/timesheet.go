// Package document handles what is kept beside an invoice: its PDF, the text in it by which an invoice is known again, the
// timesheet of the hours that it bills, and their place on the disk.
package document

import (
	"fmt"
	"slices"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// Timesheet is the annex of an invoice: the hours that it bills, line by line, as they were tracked and as they are
// billed, without money. Lines that bill no hours are not on it.
type Timesheet struct {
	// reference names the invoice, "" for a work summary: that of an invoice in progress.
	reference string
	// stem is the beginning of the files' names.
	stem     string
	title    string
	annexTo  string
	client   string
	issued   model.Date
	supply   model.Period
	lines    []billedLine
	words    words
	location *time.Location
	// exact has times told to the second, as they must be to add up when one is not of whole minutes.
	exact bool
}

// billedLine is a line of the invoice with its hours.
type billedLine struct {
	model.Line

	number int
	hours  []*model.Entry
}

// Annex is the timesheet of an invoice that has its number, in Romanian if the invoice is, else in English, with times of the
// location. Lines that were reversed as a whole are left out. model.ErrNoHours for an invoice without any, such as a storno;
// model.ErrStateChanged for one without a number.
func Annex(invoice model.InvoiceDetail, location *time.Location) (Timesheet, error) {
	name := invoice.Reference()
	switch {
	case invoice.Kind == model.KindStorno && invoice.Original != "":
		return Timesheet{}, fmt.Errorf("%s is a storno; the hours are on the timesheet of %s: %w", name, invoice.Original, model.ErrNoHours)
	case invoice.Number == "":
		return Timesheet{}, fmt.Errorf("%s has no number that is known here, and so no timesheet: %w", name, model.ErrStateChanged)
	}
	sheet := newTimesheet(inForce(invoice), location)
	if len(sheet.lines) == 0 {
		return Timesheet{}, fmt.Errorf("%s bills no tracked hours: %w", name, model.ErrNoHours)
	}
	sheet.reference, sheet.issued, sheet.title = name, invoice.IssueDate, sheet.words.timesheet
	sheet.annexTo = fmt.Sprintf(sheet.words.toInvoice, name)
	if invoice.Kind == model.KindProforma {
		sheet.annexTo = fmt.Sprintf(sheet.words.toProforma, name)
	}
	if invoice.Status == model.StatusPartlyReversed {
		sheet.annexTo += fmt.Sprintf(sheet.words.afterStorno, invoice.ReversedBy)
	}
	sheet.stem = name + " " + invoice.ClientName
	if sheet.client == "" {
		sheet.client = invoice.ClientName
	}
	return sheet, nil
}

// inForce is what an invoice bills, with the quantities that partial stornos left: hours of a line that was reversed as a whole may be on
// the annex of another invoice.
func inForce(invoice model.InvoiceDetail) model.PreparedInvoice {
	prepared := invoice.Prepared
	if invoice.Status != model.StatusPartlyReversed {
		return prepared
	}
	prepared.Lines = slices.Clone(prepared.Lines)
	for i := range prepared.Lines {
		line := &prepared.Lines[i]
		if line.Quantity = invoice.LeftOf(i + 1); line.Quantity.IsZero() {
			line.Entries = nil
		}
	}
	return prepared
}

// WorkSummary is the timesheet of an invoice in progress, for a client who wants to see the hours first. model.ErrNoHours
// when the invoice has none.
func WorkSummary(prepared model.PreparedInvoice, location *time.Location) (Timesheet, error) {
	sheet := newTimesheet(prepared, location)
	if len(sheet.lines) == 0 {
		return Timesheet{}, fmt.Errorf("the invoice in the making has no tracked hours: %w", model.ErrNoHours)
	}
	sheet.title, sheet.words.billed = sheet.words.workSummary, sheet.words.toBill
	sheet.stem = sheet.client + " " + daysText(sheet.supply, " to ")
	return sheet, nil
}

func newTimesheet(prepared model.PreparedInvoice, location *time.Location) Timesheet {
	sheet := Timesheet{client: prepared.Client.Name, supply: prepared.Supply(), words: wordsOf(prepared), location: location}
	known := make(map[string]*model.Entry, len(prepared.Hours))
	for _, entry := range prepared.Hours {
		known[entry.Fingerprint] = entry
	}
	for i, line := range prepared.Lines {
		if len(line.Entries) == 0 {
			continue
		}
		billed := billedLine{Line: line, number: i + 1}
		for _, fingerprint := range line.Entries {
			entry := known[fingerprint]
			if entry == nil {
				entry = &model.Entry{Fingerprint: fingerprint}
			}
			billed.hours = append(billed.hours, entry)
			sheet.exact = sheet.exact || entry.Seconds%secondsOfMinute != 0
		}
		sheet.lines = append(sheet.lines, billed)
	}
	return sheet
}

// entries are all hours, in the order of the lines.
func (t Timesheet) entries() []*model.Entry {
	var entries []*model.Entry
	for _, line := range t.lines {
		entries = append(entries, line.hours...)
	}
	return entries
}

// Format is what a timesheet is written as.
type Format string

// The formats of a timesheet.
const (
	FormatPDF      Format = "pdf"
	FormatCSV      Format = "csv"
	FormatMarkdown Format = "md"
)

// Formats lists every format, the one for people first.
func Formats() []Format { return []Format{FormatPDF, FormatCSV, FormatMarkdown} }

// Write gives the timesheet in the format: always the same bytes for the same hours.
func (t Timesheet) Write(format Format) ([]byte, error) {
	switch format {
	case FormatPDF:
		return t.pdf()
	case FormatCSV:
		return t.csv()
	case FormatMarkdown:
		return t.markdown(), nil
	}
	return nil, fmt.Errorf("a timesheet is written as %v, not as %q", Formats(), text.Clean(string(format)))
}

// FileName names the timesheet in the format after the invoice's PDF, "FCT-0023 Fabrica de Pâine SRL-timesheet.pdf", or
// a work summary after client and days, "Fabrica de Pâine SRL 2026-10-02 to 2026-10-30-work-summary.pdf".
func (t Timesheet) FileName(format Format) string {
	suffix := "-timesheet"
	if t.reference == "" {
		suffix = "-work-summary"
	}
	return fileName(t.stem, suffix+"."+string(format))
}

// Save writes the timesheet into the folder in each of the formats and returns the paths in their order. Like Save, it
// leaves a file with other content as it is and takes the next free name.
func (t Timesheet) Save(folder string, formats []Format) ([]string, error) {
	paths := make([]string, 0, len(formats))
	for _, format := range slices.Compact(slices.Clone(formats)) {
		content, err := t.Write(format)
		if err != nil {
			return paths, err
		}
		path, err := save(folder, t.FileName(format), content, slices.Equal)
		if err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
