package timelog_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model/timelog"
)

// workbook packs a workbook of one sheet, with parts of its own in the place of these.
func workbook(tb testing.TB, own map[string]string) []byte {
	tb.Helper()
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	parts := map[string]string{
		"_rels/.rels": `<Relationships><Relationship Id="r1" Type="` + kind + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="` + kind + `"><workbookPr/><sheets>` +
			`<sheet name="Secret" sheetId="1" state="hidden" r:id="r8"/><sheet name="Hours" sheetId="2" r:id="r9"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r9" Type="` + kind + `worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="` + kind + `sharedStrings" Target="/xl/sharedStrings.xml"/>` +
			`<Relationship Id="r3" Type="` + kind + `styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml":     shared(),
		"xl/styles.xml":            styles(),
		"xl/worksheets/sheet1.xml": sheetOf(),
	}
	maps.Copy(parts, own)
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		part, err := archive.Create(name)
		if err == nil {
			_, err = part.Write([]byte(parts[name]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		tb.Fatal(err)
	}
	return packed.Bytes()
}

func shared(texts ...string) string {
	var items strings.Builder
	for _, text := range texts {
		items.WriteString("<si><t>" + text + "</t></si>")
	}
	return "<sst>" + items.String() + "</sst>"
}

// styles are 0 a number, 1 a date, 2 a time, 3 both, 4 elapsed time, 5 a Romanian date, 6 a time with AM and PM, 7 an amount.
func styles() string {
	return `<styleSheet><numFmts count="4"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/><numFmt numFmtId="165" formatCode="dd\.mm\.yyyy;@"/>` +
		`<numFmt numFmtId="166" formatCode="[$-409]h:mm\ AM/PM;@"/><numFmt numFmtId="167" formatCode="#,##0.00\ &quot;days&quot;"/></numFmts><cellXfs>` +
		`<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>` +
		`<xf numFmtId="167"/></cellXfs></styleSheet>`
}

func sheetOf(rows ...string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + strings.Join(rows, "") +
		`</sheetData></worksheet>`
}

func row(number int, cells ...string) string {
	return fmt.Sprintf(`<row r="%d">`, number) + strings.ReplaceAll(strings.Join(cells, ""), `#"`, fmt.Sprintf(`%d"`, number)) + "</row>"
}

func text(column string, shared int) string {
	return fmt.Sprintf(`<c r="%s#" t="s"><v>%d</v></c>`, column, shared)
}

func inline(column, text string) string {
	return `<c r="` + column + `#" t="inlineStr"><is><t>` + text + `</t></is></c>`
}

func number(column string, style int, value string) string {
	return fmt.Sprintf(`<c r="%s#" s="%d"><v>%s</v></c>`, column, style, value)
}

// TestWorkbookIsItsSheet checks that a tracker's workbook gives the entries of its CSV, fingerprints included.
func TestWorkbookIsItsSheet(t *testing.T) {
	t.Parallel()
	texts := shared("Client", "Project", "Description", "Billable", "Start date", "Start time", "End date", "End time", "Duration", "Tags",
		"Morii &amp; fiii", "Atlas", "Yes", "deep, backend")
	book := workbook(t, map[string]string{
		"xl/sharedStrings.xml": texts,
		"xl/worksheets/sheet1.xml": sheetOf(
			row(1, text("A", 0), text("B", 1), text("C", 2), text("D", 3), text("E", 4), text("F", 5), text("G", 6), text("H", 7), text("I", 8),
				text("J", 9)),
			row(3, text("A", 10), text("B", 11), `<c r="C#" t="inlineStr"><is><r><t>Ședință, </t></r><r><t>"lungă"_x000a_</t></r></is></c>`, text("D", 12),
				number("E", 1, "46300"), number("F", 2, "0.375"), number("G", 5, "46301"), number("H", 6, "2.0833333333333332E-2"),
				number("I", 4, "0.64583333333333337"), text("J", 13)),
		),
	})
	want := mustReadText(t, "Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"+
		`Morii & fiii,Atlas,"Ședință, ""lungă""",Yes,2026-10-05,09:00:00,2026-10-06,00:30:00,15:30:00,"deep, backend"`, timelog.Source{})
	got := mustReadText(t, string(book), timelog.Source{})
	if diff := cmp.Diff(want, got); diff != "" || want[0].Source != "toggl" {
		t.Errorf("(-the CSV +the workbook):\n%s", diff)
	}
}

// TestWorkbookNumbers checks what the numbers of cells stand for.
func TestWorkbookNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, cell, says string
	}{
		{"a number", number("C", 0, "1.5"), "1.5"},
		{"of binary digits", number("C", 0, "0.10000000000000001"), "0.1"},
		{"with an exponent", number("C", 0, "3.3333333333333331E-1"), "0.3333333333"},
		{"too large", number("C", 0, "1E300"), "1E300"},
		{"an amount", number("C", 7, "12.5"), "12.5"},
		{"a date", number("C", 1, "46300.75"), "2026-10-05"},
		{"before the day that never was", number("C", 1, "59"), "1900-02-28"},
		{"after it", number("C", 1, "61"), "1900-03-01"},
		{"a date and a time", number("C", 3, "46300.375"), "2026-10-05 09:00:00"},
		{"just before a second", number("C", 3, "46300.374999999996"), "2026-10-05 09:00:00"},
		{"a time", number("C", 2, "0.99998842592592596"), "23:59:59"},
		{"a time of a day", number("C", 6, "46300.5"), "12:00:00"},
		{"a duration that is shown as a time", number("C", 2, "1.25"), "30:00:00"},
		{"a long duration", number("C", 4, "10.5"), "252:00:00"},
		{"a negative duration", number("C", 4, "-0.5"), "-12:00:00"},
		{"a negative date", number("C", 1, "-5"), "-5"},
		{"beyond all days", number("C", 1, "9999999"), "9999999"},
		{"no style", number("C", 99, "2"), "2"},
		{"yes", `<c r="C#" t="b"><v>1</v></c>`, "true"},
		{"no", `<c r="C#" t="b"><v>0</v></c>`, "false"},
		{"an error", `<c r="C#" t="e"><v>#REF!</v></c>`, "#REF!"},
		{"the text of a formula", `<c r="C#" t="str"><f>A1</f><v>text</v></c>`, "text"},
		{"a day in words", `<c r="C#" t="d"><v>2026-10-05T00:00:00</v></c>`, "2026-10-05"},
		{"a time in words", `<c r="C#" t="d"><v>2026-10-05T09:00:00</v></c>`, "2026-10-05 09:00:00"},
		{"no place", `<c t="inlineStr"><is><t>here</t></is></c>`, "here"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			book := workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(
				row(1, inline("A", "start"), inline("B", "end"), inline("C", "description")),
				row(2, inline("A", "2026-10-05 09:00"), inline("B", "2026-10-05 10:00"), test.cell),
			)})
			if entries := mustReadText(t, string(book), timelog.Source{}); entries[0].Description != test.says {
				t.Errorf("%q, want %q", entries[0].Description, test.says)
			}
		})
	}
}

func TestWorkbookSince1904(t *testing.T) {
	t.Parallel()
	book := workbook(t, map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="a" r:id="r9"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": sheetOf(row(1, inline("A", "start"), inline("B", "end")),
			row(2, number("A", 3, "44838.375"), number("B", 3, "44838.5"))),
	})
	entries := mustReadText(t, string(book), timelog.Source{})
	if entries[0].Start != utc(t, "2026-10-05 06:00:00") || entries[0].Seconds != 3*60*60 {
		t.Errorf("starts at %s, %d seconds", entries[0].Start, entries[0].Seconds)
	}
}

// TestWorkbookNamesRows checks that what is wrong with a row is told by its number in the sheet.
func TestWorkbookNamesRows(t *testing.T) {
	t.Parallel()
	book := workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(
		row(2, inline("A", "start"), inline("B", "end")),
		row(3, inline("A", "2026-10-05 09:00"), inline("B", "2026-10-05\n10:00")),
		row(7, inline("A", "yesterday"), inline("B", "2026-10-05 10:00")),
	)})
	requireRejected(t, string(book), timelog.Source{}, 1, `7: "yesterday" is not a time such as 2026-10-05T09:00:00+03:00`)
}

func TestPreviewOfAWorkbook(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "hours.xlsx")
	book := workbook(t, map[string]string{"xl/worksheets/sheet1.xml": sheetOf(
		row(1, inline("A", "Data"), inline("B", "Pentru"), inline("C", "Ore")),
		row(2, number("A", 1, "46300"), inline("B", "Morii"), number("C", 0, "1.5")),
	)})
	if err := os.WriteFile(path, book, 0o600); err != nil {
		t.Fatal(err)
	}
	preview, err := timelog.Reader{}.Preview(t.Context(), timelog.Source{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	requireEqual(t, []string{"date", "", "hours"}, preview.Columns)
	requireEqual(t, [][]string{{"2026-10-05", "Morii", "1.5"}}, preview.Rows)
}

// TestWorkbookTellsWhatIsLeftOut checks that other sheets, and formulas that nobody solved, are not left out in silence.
func TestWorkbookTellsWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	book := workbook(t, map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="r"><sheets><sheet name="October" r:id="r9"/><sheet name="November" r:id="r7"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": sheetOf(
			row(1, inline("A", "start"), inline("B", "end"), inline("C", "description")),
			row(2, inline("A", "2026-10-05 09:00"), inline("B", "2026-10-05 10:00"), `<c r="C#"><f>A1&amp;B1</f></c>`)),
	})
	result, err := readText(t, string(book), timelog.Source{})
	const want = `the first sheet is read, "October", and not "November"; ` +
		`1 cells have formulas without a result: open it in a spreadsheet and save it again`
	if err != nil || len(result.Remarks) != 1 || result.Remarks[0].Text != want {
		t.Errorf("%v, remarks %v", err, result.Remarks)
	}
}

// TestWorkbooksThatCannotBeRead checks that a broken or hostile workbook is refused with a reason.
func TestWorkbooksThatCannotBeRead(t *testing.T) {
	t.Parallel()
	sheet := func(rows ...string) map[string]string {
		return map[string]string{"xl/worksheets/sheet1.xml": sheetOf(rows...)}
	}
	tests := []struct {
		name   string
		data   []byte
		reason string
	}{
		{"Excel 97", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"), timelog.ErrOldSheet.Error()},
		{"OpenDocument", workbook(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), timelog.ErrOldSheet.Error()},
		{"a binary workbook", workbook(t, map[string]string{"xl/workbook.bin": ""}), timelog.ErrOldSheet.Error()},
		{"another archive", workbook(t, map[string]string{"_rels/.rels": "<Relationships/>"}), timelog.ErrArchive.Error()},
		{"cut off", workbook(t, nil)[:300], "unpack it: zip: not a valid zip file"},
		{"no sheet", workbook(t, map[string]string{"xl/workbook.xml": "<workbook/>"}), "it is a workbook without a sheet"},
		{"empty", workbook(t, nil), timelog.ErrEmpty.Error()},
		{"rows out of order", workbook(t, sheet(row(2), row(1))),
			`read the workbook's part "xl/worksheets/sheet1.xml": its row "1" does not follow row 2`},
		{"a row beyond all", workbook(t, sheet(row(2_000_000))),
			`read the workbook's part "xl/worksheets/sheet1.xml": its row "2000000" does not follow row 0`},
		{"cells out of order", workbook(t, sheet(row(1, inline("B", "b"), inline("A", "a")))),
			`read the workbook's part "xl/worksheets/sheet1.xml": its cell "A1" is out of place`},
		{"a cell beyond all", workbook(t, sheet(row(1, inline("ZZZZ", "b")))),
			`read the workbook's part "xl/worksheets/sheet1.xml": its cell "ZZZZ1" is out of place`},
		{"no such text", workbook(t, sheet(row(1, text("A", 7)))),
			`read the workbook's part "xl/worksheets/sheet1.xml": its cell "A1": there is no text "7"`},
		{"a part cut off", workbook(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><row r="1"><c r="A1"`}),
			`read the workbook's part "xl/worksheets/sheet1.xml": it is not valid XML behind row 1: XML syntax error on line 1: unexpected EOF`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := readText(t, string(test.data), timelog.Source{})
			unreadable, ok := errors.AsType[*timelog.UnreadableError](err)
			if !ok || unreadable.Err.Error() != test.reason {
				t.Errorf("%v, want %q", err, test.reason)
			}
		})
	}
}

// TestWorkbookThatUnpacksToTooMuch checks that a small file does not fill the memory.
func TestWorkbookThatUnpacksToTooMuch(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for name, content := range map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Type="a/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r9"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r9" Type="a/worksheet" Target="sheet.xml"/></Relationships>`,
	} {
		part, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	part, err := archive.Create("xl/sheet.xml")
	if err != nil {
		t.Fatal(err)
	}
	for range 257 {
		if _, err := part.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := readText(t, packed.String(), timelog.Source{}); !errors.Is(err, timelog.ErrWorkbookTooLarge) {
		t.Errorf("error %v of a file of %d bytes", err, packed.Len())
	}
}
