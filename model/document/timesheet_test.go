package document_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/document"
)

// bucharest is the zone of the tests, without the rules that need a database.
var bucharest = time.FixedZone("EET", 2*60*60)

func instant(text string) time.Time {
	parsed, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return parsed
}

func quantity(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// worked is an entry, from an instant for a number of minutes.
func worked(fingerprint, start string, minutes int64, project, task, description string) *model.Entry {
	begin := instant(start)
	return &model.Entry{
		Source: "json", Fingerprint: fingerprint, Start: model.InstantOf(begin),
		End: model.InstantOf(begin.Add(time.Duration(minutes) * time.Minute)), Seconds: minutes * 60,
		Client: "Cireș", Project: project, Task: task, Description: description, User: "Ana", Billable: true,
	}
}

// invoiced is an invoice of three lines with hours and one without: a task by the hour, one by the day, and an item; by
// two people, in Romanian.
func invoiced() model.InvoiceDetail {
	day := worked("d4", "2026-10-06T22:00:00Z", 0, "Borealis", "", "Atelier | design\nși <b>schițe</b>")
	day.End, day.Seconds, day.User, day.Tags = day.Start, 6*3600, "Ștefan Őry", []string{"+teren", "b"}
	hours := []*model.Entry{
		worked("a1", "2026-10-05T07:00:00Z", 85, "Atlas", "api", "OAuth refresh tokens"),
		worked("a2", "2026-10-06T07:00:00Z", 130, "Atlas", "api", "=SUM(A1:A9)"),
		day,
		worked("e5", "2026-10-07T21:30:00Z", 60, "Atlas", "talk", "Őszi előadás – înregistrare"),
		worked("f6", "2026-10-09T07:00:00Z", 60, "Atlas", "api", "on another invoice"),
	}
	line := func(name, count string, unit model.Unit, from, to int, entries ...string) model.Line {
		return model.Line{
			Name: name, Quantity: quantity(count), Unit: unit, Price: quantity("987.65"), Currency: "RON", Entries: entries,
			Supply: model.Period{From: model.NewDate(2026, time.October, from), To: model.NewDate(2026, time.October, to)},
		}
	}
	licence := line("Licență", "1", model.UnitItem, 1, 1)
	licence.Supply = model.Period{}
	invoice := model.PreparedInvoice{
		Kind: model.KindInvoice, Client: model.Client{Name: "Atelier Cireș & Țesături SRL", Country: model.Romania}, Currency: "RON",
		IssueDate: model.NewDate(2026, time.October, 31), Hours: hours,
		Lines: []model.Line{
			line("Atlas · api", "3.75", model.UnitHour, 5, 6, "a1", "a2"), licence,
			line("Borealis", "1", model.UnitDay, 7, 7, "d4"), line("Atlas · talk", "1", model.UnitItem, 7, 7, "e5"),
		},
	}
	return model.InvoiceDetail{
		Invoice: model.Invoice{
			Intent: "CAD-7F3K4Q", Kind: model.KindInvoice, Series: "FCT", Number: "0023", Status: model.StatusIssued,
			ClientName: invoice.Client.Name, IssueDate: invoice.IssueDate,
		},
		Prepared: invoice,
	}
}

func annex(t testing.TB, invoice model.InvoiceDetail) document.Timesheet {
	t.Helper()
	sheet, err := document.Annex(invoice, bucharest)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func written(t testing.TB, sheet document.Timesheet, format document.Format) string {
	t.Helper()
	content, err := sheet.Write(format)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestTimesheetAsText(t *testing.T) {
	foreign := invoiced()
	foreign.Prepared.Client.Country, foreign.Prepared.Lines = "DE", foreign.Prepared.Lines[2:]
	summary, err := document.WorkSummary(foreign.Prepared, bucharest)
	if err != nil {
		t.Fatal(err)
	}
	for name, sheet := range map[string]document.Timesheet{
		"invoice": annex(t, invoiced()), "abroad, a line an entry": annex(t, foreign), "work summary": summary,
	} {
		for _, format := range []document.Format{document.FormatCSV, document.FormatMarkdown} {
			t.Run(name+" "+string(format), func(t *testing.T) { golden.RequireEqual(t, written(t, sheet, format)) })
		}
	}
}

func TestTimesheetOfAProforma(t *testing.T) {
	proforma := invoiced()
	proforma.Kind = model.KindProforma
	if text := written(t, annex(t, proforma), document.FormatMarkdown); !strings.Contains(text, "Anexă la proforma FCT-0023") {
		t.Errorf("does not say what it is the annex of:\n%s", text)
	}
}

// Nothing that tells a price leaves with the hours.
func TestTimesheetHasNoMoney(t *testing.T) {
	sheet := annex(t, invoiced())
	for _, format := range document.Formats() {
		text := written(t, sheet, format)
		if format == document.FormatPDF {
			text = pagesOf(t, text)
		}
		for _, money := range []string{"987", "RON"} {
			if strings.Contains(text, money) {
				t.Errorf("the %s says %q:\n%s", format, money, text)
			}
		}
	}
}

// pagesOf is the text of a PDF.
func pagesOf(t testing.TB, content string) string {
	t.Helper()
	text, err := document.Text([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTimesheetRefusals(t *testing.T) {
	change := func(of func(*model.InvoiceDetail)) model.InvoiceDetail {
		invoice := invoiced()
		of(&invoice)
		return invoice
	}
	for name, test := range map[string]struct {
		invoice model.InvoiceDetail
		want    error
		words   string
	}{
		"storno": {change(func(i *model.InvoiceDetail) { i.Kind, i.Original, i.Prepared.Lines = model.KindStorno, "FCT-0022", nil }),
			model.ErrNoHours, "FCT-0022"},
		"items": {change(func(i *model.InvoiceDetail) { i.Prepared.Lines = i.Prepared.Lines[1:2] }), model.ErrNoHours,
			"FCT-0023 bills no tracked hours"},
		"draft": {change(func(i *model.InvoiceDetail) { i.Number, i.Status = "", model.StatusDraftSent }), model.ErrStateChanged,
			"CAD-7F3K4Q has no number"},
	} {
		_, err := document.Annex(test.invoice, bucharest)
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := document.WorkSummary(model.PreparedInvoice{}, bucharest); !errors.Is(err, model.ErrNoHours) {
		t.Errorf("an empty invoice: %v", err)
	}
	if _, err := annex(t, invoiced()).Write("odt"); err == nil || !strings.Contains(err.Error(), "odt") {
		t.Errorf("another format: %v", err)
	}
}

// Seconds are told when there are some: minutes alone would not add up.
func TestTimesheetAddsUpToTheSecond(t *testing.T) {
	invoice := invoiced()
	for i := range invoice.Prepared.Hours {
		invoice.Prepared.Hours[i].Seconds = 90
	}
	text := written(t, annex(t, invoice), document.FormatMarkdown)
	for _, want := range []string{"- Lucrat: 0:06:00", "| Ana | 0:01:30 |", "**0:03:00**"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
}

func TestTimesheetStandsBesideTheInvoice(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "pdf")
	invoice := invoiced()
	save := func(sheet document.Timesheet, formats ...document.Format) []string {
		t.Helper()
		paths, err := sheet.Save(folder, formats)
		if err != nil {
			t.Fatal(err)
		}
		for i, path := range paths {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 || filepath.Dir(path) != folder {
				t.Errorf("%s: %v (%v)", path, info, err)
			}
			paths[i] = filepath.Base(path)
		}
		return paths
	}
	stem := strings.TrimSuffix(document.FileName("FCT", "0023", invoice.ClientName), ".pdf") + "-timesheet"
	// The reader of PDFs takes this text and the next for one.
	invoice.Prepared.Hours[0].Description = "erdő"
	first := []string{stem + ".pdf", stem + ".csv", stem + ".md"}
	for range 2 {
		if diff := cmp.Diff(first, save(annex(t, invoice), document.Formats()...)); diff != "" {
			t.Error(diff)
		}
	}
	invoice.Prepared.Hours[0].Description = "erdQ"
	other := []string{stem + " (2).pdf", stem + " (2).csv"}
	if diff := cmp.Diff(other, save(annex(t, invoice), document.FormatPDF, document.FormatCSV)); diff != "" {
		t.Error(diff)
	}
	summary, err := document.WorkSummary(invoice.Prepared, bucharest)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Atelier Cireș & Țesături SRL 2026-10-05 to 2026-10-07-work-summary.md"}
	if diff := cmp.Diff(want, save(summary, document.FormatMarkdown)); diff != "" {
		t.Error(diff)
	}
}

// The annex of an invoice that was reversed in part lists what is left: other hours may be on another invoice by now.
func TestAnnexAfterAPartialStorno(t *testing.T) {
	invoice := invoiced()
	invoice.Status, invoice.ReversedBy = model.StatusPartlyReversed, "FCT-0024"
	invoice.TakenBack = map[int]decimal.Decimal{1: quantity("0.75"), 3: quantity("1")}
	content, err := annex(t, invoice).Write(document.FormatMarkdown)
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for _, want := range []string{"Anexă la factura FCT-0023 după stornarea FCT-0024", "3.00 ora", "Atlas · talk"} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Borealis") {
		t.Errorf("it lists a line that was reversed:\n%s", text)
	}
}
