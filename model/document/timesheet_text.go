package document

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// timesheetHeader names the fields of an entry as `cadensa entries --json` does, and then what its line bills. The state
// and whether it is billable are left out: they are the same for all.
var timesheetHeader = []string{
	"fingerprint", "invoice", "start", "end", "duration_seconds", "client", "project", "task", "description", "user", "tags",
	"line", "billed_quantity", "billed_unit",
}

// tagSeparator joins tags in a cell, as in every other CSV of the program.
const tagSeparator = ";"

// csv writes the hours for programs and spreadsheets (RFC 4180). What a line bills stands on its first entry, so that
// the column adds up to the invoice.
func (t Timesheet) csv() ([]byte, error) {
	var content bytes.Buffer
	if err := (Sheet{Header: timesheetHeader, CRLF: true}).Write(&content, t.csvRows); err != nil {
		return nil, err
	}
	return content.Bytes(), nil
}

func (t Timesheet) csvRows(yield func([]string) bool) {
	for _, line := range t.lines {
		for i, entry := range line.hours {
			quantity := ""
			if i == 0 {
				quantity = line.Quantity.String()
			}
			row := []string{
				entry.Fingerprint, text.Collapse(t.reference), t.moment(entry.Start), t.moment(entry.End), strconv.FormatInt(entry.Seconds, 10),
				text.Collapse(entry.Client), text.Collapse(entry.Project), text.Collapse(entry.Task), text.Collapse(entry.Description),
				text.Collapse(entry.User), text.Collapse(strings.Join(entry.Tags, tagSeparator)), strconv.Itoa(line.number), quantity,
				string(line.Unit),
			}
			if !yield(row) {
				return
			}
		}
	}
}

func (t Timesheet) moment(instant model.Instant) string {
	if instant.IsZero() {
		return ""
	}
	return instant.In(t.location).Format(time.RFC3339)
}

// markdown writes the sheet with the tables of GitHub's Markdown.
func (t Timesheet) markdown() []byte {
	var text strings.Builder
	fmt.Fprintf(&text, "# %s\n\n", escapeMarkdown(strings.TrimSpace(t.title+" "+t.reference)))
	if t.annexTo != "" {
		text.WriteString(escapeMarkdown(t.annexTo) + "\n\n")
	}
	for _, fact := range t.facts() {
		fmt.Fprintf(&text, "- %s: %s\n", fact[0], escapeMarkdown(fact[1]))
	}
	for _, table := range []table{t.bySubject(), t.detail()} {
		fmt.Fprintf(&text, "\n## %s\n\n", table.title)
		table.markdown(&text)
	}
	return []byte(text.String())
}

func (t table) markdown(into *strings.Builder) {
	for _, column := range t.columns {
		into.WriteString("| " + escapeMarkdown(column.title) + " ")
	}
	into.WriteString("|\n")
	for _, column := range t.columns {
		if column.right {
			into.WriteString("| ---: ")
			continue
		}
		into.WriteString("| :--- ")
	}
	into.WriteString("|\n")
	for _, row := range t.rows {
		for _, cell := range row.cells {
			into.WriteString("| ")
			text := escapeMarkdown(cell)
			if text != "" && row.kind != plainRow {
				text = "**" + text + "**"
			}
			if text != "" {
				into.WriteString(text + " ")
			}
		}
		into.WriteString("|\n")
	}
}

// markup are the characters that Markdown or the HTML in it gives a meaning within a line.
const markup = "\\`*_|<>[]#~&$"

// escapeMarkdown makes foreign text one line that shows as it is.
func escapeMarkdown(value string) string {
	var escaped strings.Builder
	for _, letter := range text.Collapse(value) {
		if strings.ContainsRune(markup, letter) {
			escaped.WriteByte('\\')
		}
		escaped.WriteRune(letter)
	}
	return escaped.String()
}
