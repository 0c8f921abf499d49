package cli

import (
	"fmt"
	"io"
	"strings"

	"cadensa/model/text"
	"cadensa/ui/widget"
)

// column is one column of a table for people.
type column struct {
	title string
	// most is the widest that it gets, in cells.
	most int
	// right aligns numbers.
	right bool
}

// gap stands between columns.
const gap = "  "

// writeTable writes rows under their titles, each column as wide as its widest text.
func writeTable(out io.Writer, columns []column, rows [][]string) error {
	titles := make([]string, len(columns))
	widths := make([]int, len(columns))
	for i, column := range columns {
		titles[i], widths[i] = column.title, widget.Width(column.title)
		for _, row := range rows {
			widths[i] = max(widths[i], min(column.most, widget.Width(text.Clean(row[i]))))
		}
	}
	for _, row := range append([][]string{titles}, rows...) {
		if _, err := fmt.Fprintln(out, tableLine(columns, widths, row)); err != nil {
			return fmt.Errorf("write the table: %w", err)
		}
	}
	return nil
}

func tableLine(columns []column, widths []int, row []string) string {
	cells := make([]string, len(columns))
	for i, column := range columns {
		fit := widget.Fit
		if column.right {
			fit = widget.FitRight
		}
		cells[i] = fit(text.Clean(row[i]), widths[i])
	}
	return strings.TrimRight(strings.Join(cells, gap), " ")
}

// listSeparator stands between the texts of a list in one CSV field; the reader of the generic CSV takes it for tags.
const listSeparator = ";"

// sheetHelp tells what document.Sheet does to texts.
const sheetHelp = " (what a spreadsheet would run begins with ')"

// form is how a list is written: for people unless a flag says otherwise.
type form struct{ json, csv bool }

func (f form) check() error {
	if f.json && f.csv {
		return usage("--json and --csv exclude each other")
	}
	return nil
}

// labelWidth is the room of a label before its text.
const labelWidth = 17

// labelled is one line of a record for people.
func labelled(label, value string) string {
	return strings.TrimRight(widget.Fit(label, labelWidth)+gap+text.Clean(value), " ")
}
