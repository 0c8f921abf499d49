package document_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ledongthuc/pdf"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/text"
)

// rowsOf reads a timesheet's CSV back: its rows by the names of the columns.
func rowsOf(t testing.TB, content string) []map[string]string {
	t.Helper()
	lines, err := csv.NewReader(bytes.NewReader([]byte(content))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(lines)-1)
	for i, line := range lines[1:] {
		rows[i] = map[string]string{}
		for column, title := range lines[0] {
			rows[i][title] = line[column]
		}
	}
	return rows
}

// manyHours is an invoice of n entries on a number of lines, with texts that differ.
func manyHours(n, lines int) model.InvoiceDetail {
	invoice := invoiced()
	invoice.Prepared.Hours, invoice.Prepared.Lines = nil, make([]model.Line, lines)
	for i := range n {
		start := instant("2026-01-01T08:00:00Z").Add(time.Duration(i) * time.Hour).Format(time.RFC3339)
		entry := worked(fmt.Sprintf("%016x", i), start, 30, "Atlas", "api", fmt.Sprintf("ticket-%04d %s", i, strings.Repeat("word ", i%40)))
		line := &invoice.Prepared.Lines[i*lines/n]
		line.Name, line.Unit, line.Quantity = "Atlas", model.UnitHour, line.Quantity.Add(quantity("0.5"))
		line.Entries = append(line.Entries, entry.Fingerprint)
		invoice.Prepared.Hours = append(invoice.Prepared.Hours, entry)
	}
	slices.Reverse(invoice.Prepared.Hours)
	return invoice
}

// drawnInvoice is any invoice with hours: some on lines of several, some on lines of one, in any unit.
func drawnInvoice(t *rapid.T) model.InvoiceDetail {
	invoice := invoiced()
	invoice.Prepared.Hours, invoice.Prepared.Lines = nil, nil
	names := rapid.SampledFrom([]string{"", "Atlas", "Ștefan | Őry", "-1", "漢字"})
	for i := range rapid.IntRange(1, 6).Draw(t, "lines") {
		line := model.Line{
			Name: names.Draw(t, "name"), Unit: rapid.SampledFrom(model.Units()).Draw(t, "unit"),
			Quantity: decimal.New(rapid.Int64Range(1, 1e6).Draw(t, "quantity"), -2),
			Supply:   model.MonthPeriod(2026, time.October),
		}
		for j := range rapid.IntRange(0, 5).Draw(t, "entries") {
			entry := worked(fmt.Sprintf("%d-%d", i, j), "2026-10-05T07:00:00Z", 0, names.Draw(t, "project"), names.Draw(t, "task"),
				names.Draw(t, "text"))
			entry.Seconds = rapid.Int64Range(1, 1e5).Draw(t, "seconds")
			line.Entries = append(line.Entries, entry.Fingerprint)
			invoice.Prepared.Hours = append(invoice.Prepared.Hours, entry)
		}
		invoice.Prepared.Lines = append(invoice.Prepared.Lines, line)
	}
	return invoice
}

// Every entry of the invoice is on the sheet once, with the time that was tracked, and each line of hours bills what the
// invoice does.
func TestTimesheetAgreesWithTheInvoice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		invoice := drawnInvoice(rt)
		sheet, err := document.Annex(invoice, bucharest)
		if len(invoice.Prepared.Hours) == 0 {
			if err == nil {
				rt.Fatal("a timesheet without hours")
			}
			return
		}
		tracked, billed := map[string]int64{}, map[int]decimal.Decimal{}
		for _, row := range rowsOf(t, written(t, sheet, document.FormatCSV)) {
			seconds, _ := strconv.ParseInt(row["duration_seconds"], 10, 64)
			tracked[row["fingerprint"]] += seconds
			line, _ := strconv.Atoi(row["line"])
			if row["billed_quantity"] != "" {
				billed[line] = billed[line].Add(quantity(row["billed_quantity"]))
			}
		}
		var sum int64
		for _, entry := range invoice.Prepared.Hours {
			if tracked[entry.Fingerprint] != entry.Seconds {
				rt.Fatalf("%s has %d seconds, want %d", entry.Fingerprint, tracked[entry.Fingerprint], entry.Seconds)
			}
			sum += entry.Seconds
		}
		for i, line := range invoice.Prepared.Lines {
			if len(line.Entries) > 0 && !billed[i+1].Equal(line.Quantity) {
				rt.Fatalf("line %d bills %s, want %s", i+1, billed[i+1], line.Quantity)
			}
		}
		if len(tracked) != len(invoice.Prepared.Hours) {
			rt.Fatalf("%d entries, want %d", len(tracked), len(invoice.Prepared.Hours))
		}
		for _, total := range totalsOf(rt, written(t, sheet, document.FormatMarkdown)) {
			if total != sum {
				rt.Fatalf("a total of %d seconds, want %d", total, sum)
			}
		}
	})
}

var clockTime = regexp.MustCompile(`\*\*(\d+):(\d\d)(?::(\d\d))?\*\*`)

// totalsOf are the tracked times of the rows of totals of both tables, in seconds, and the sums of the rows above them.
func totalsOf(t *rapid.T, markdown string) []int64 {
	var totals []int64
	var headings, headed int64
	for line := range strings.Lines(markdown) {
		found := clockTime.FindStringSubmatch(line)
		if found == nil {
			continue
		}
		var seconds int64
		for i, part := range found[1:] {
			number, _ := strconv.ParseInt("0"+part, 10, 64)
			seconds += number * []int64{3600, 60, 1}[i]
		}
		if strings.HasPrefix(line, "| **Total**") {
			totals = append(totals, seconds)
			continue
		}
		headings, headed = headings+seconds, headed+1
	}
	if len(totals) != 2 {
		t.Fatalf("%d totals:\n%s", len(totals), markdown)
	}
	if headed > 0 {
		totals = append(totals, headings)
	}
	return totals
}

// sheetPages are the words of each page, in one line each.
func sheetPages(t *testing.T, content string) []string {
	t.Helper()
	reader, err := pdf.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	pages := make([]string, reader.NumPage())
	for i := range pages {
		text, err := reader.Page(i + 1).GetPlainText(nil)
		if err != nil {
			t.Fatal(err)
		}
		pages[i] = strings.Join(strings.Fields(text), " ")
		const foot = 28 // Points; beneath it lies the edge of the paper.
		for _, letter := range reader.Page(i + 1).Content().Text {
			if letter.Y < foot {
				t.Fatalf("page %d runs off the paper, at %v", i+1, letter.Y)
			}
		}
	}
	return pages
}

// A thousand entries fill many pages, each with the titles of the columns and its number, and no row is on two.
func TestTimesheetOfAThousandEntries(t *testing.T) {
	for _, many := range []struct{ entries, lines, pages int }{{1000, 3, 30}, {100, 100, 3}} {
		pages := sheetPages(t, written(t, annex(t, manyHours(many.entries, many.lines)), document.FormatPDF))
		if len(pages) < many.pages {
			t.Fatalf("%d pages", len(pages))
		}
		for i, page := range pages {
			if want := fmt.Sprintf("Pagina %d din %d", i+1, len(pages)); !strings.Contains(page, want) {
				t.Errorf("page %d does not say %q", i+1, want)
			}
			if !strings.Contains(page, "Ziua Interval Proiect") {
				t.Errorf("page %d has no titles: %.200s", i+1, page)
			}
		}
		for i := range many.entries {
			row := strings.TrimSpace(fmt.Sprintf("ticket-%04d %s", i, strings.Repeat("word ", i%40)))
			on := slices.IndexFunc(pages, func(page string) bool { return strings.Contains(page+" ", row+" ") })
			if on < 0 {
				t.Errorf("%q is on no page whole", row)
			}
		}
	}
}

// The line of the invoice is named on each page that its hours reach, its sums once.
func TestTimesheetNamesTheLineOnEveryPage(t *testing.T) {
	pages := sheetPages(t, written(t, annex(t, manyHours(200, 1)), document.FormatPDF))
	sums := 0
	for i, page := range pages {
		if last := i == len(pages)-1; !last && !strings.Contains(page, "1. Atlas") {
			t.Errorf("page %d does not name the line: %.200s", i+1, page)
		}
		sums += strings.Count(page, "100:00 100.00 ora")
	}
	if sums != 4 {
		t.Errorf("the sums are told %d times, want 4: of the subject, of the line, and in all under each table", sums)
	}
}

// A description longer than a page is cut, and the program neither fails nor runs on for ever.
func TestTimesheetOfAnEndlessDescription(t *testing.T) {
	invoice := invoiced()
	invoice.Prepared.Hours[0].Description = strings.Repeat("x", 20_000)
	invoice.Prepared.Hours[1].Description = strings.Repeat("word ", 20_000) + "end"
	pages := sheetPages(t, written(t, annex(t, invoice), document.FormatPDF))
	if len(pages) > 4 || slices.ContainsFunc(pages, func(page string) bool { return strings.Contains(page, "end ") }) {
		t.Errorf("%d pages", len(pages))
	}
}

// unescaped finds what ends a cell of Markdown.
var unescaped = regexp.MustCompile(`(?:\\.|[^|\\])*\|`)

func FuzzTimesheet(f *testing.F) {
	for _, text := range []string{
		"OAuth", "=1+1", "+a", "-", "@x", "a|b\\|c", "\\", "a\nb\r\n\"c\",;", "\t=x", "**x** <script> [a](b) `c` ~d~ _e_", "漢字 👩‍💻 مرحبا",
		"\x00\xff\u202e",
		"＝1", "\ufeff=1", "\u0308", "\U0001f1f7\U0001f1f4", strings.Repeat("ș", 300),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, value string) {
		invoice := invoiced()
		entry := invoice.Prepared.Hours[0]
		entry.Client, entry.Project, entry.Task, entry.Description, entry.User = value, value, value, value, value
		invoice.Prepared.Client.Name, invoice.Prepared.Lines[0].Name = value, value
		sheet := annex(t, invoice)
		first := rowsOf(t, written(t, sheet, document.FormatCSV))[0]
		for _, field := range []string{"client", "project", "task", "description", "user"} {
			got := first[field]
			if got != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(got)[0]) {
				t.Errorf("%s is a formula: %q", field, got)
			}
			if want := text.Collapse(value); got != want && got != "'"+want {
				t.Errorf("%s is %q, want %q", field, got, want)
			}
		}
		cells := map[int]bool{}
		for line := range strings.Lines(written(t, sheet, document.FormatMarkdown)) {
			if strings.HasPrefix(line, "|") {
				cells[len(unescaped.FindAllString(line, -1))] = true
			}
		}
		if len(cells) > 2 {
			t.Errorf("the tables have rows of %v cells", cells)
		}
		if content := written(t, sheet, document.FormatPDF); !strings.HasPrefix(content, "%PDF-") {
			t.Error("no PDF")
		}
	})
}
