package document

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cadensa/model"
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
	writer := csv.NewWriter(&content)
	writer.UseCRLF = true
	rows := [][]string{timesheetHeader}
	for _, line := range t.lines {
		for i, entry := range line.hours {
			quantity := ""
			if i == 0 {
				quantity = line.Quantity.String()
			}
			rows = append(rows, []string{
				entry.Fingerprint, cell(t.reference), t.moment(entry.Start), t.moment(entry.End), strconv.FormatInt(entry.Seconds, 10),
				cell(entry.Client), cell(entry.Project), cell(entry.Task), cell(entry.Description), cell(entry.User),
				cell(strings.Join(entry.Tags, tagSeparator)), strconv.Itoa(line.number), quantity, string(line.Unit),
			})
		}
	}
	if err := writer.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return content.Bytes(), nil
}

func (t Timesheet) moment(instant model.Instant) string {
	if instant.IsZero() {
		return ""
	}
	return instant.In(t.location).Format(time.RFC3339)
}

// cell makes foreign text one that no spreadsheet takes for a formula: an apostrophe is put before what begins like one
// (OWASP, CSV injection; the wide forms are those of East Asian input methods).
func cell(text string) string {
	text = model.Collapse(text)
	if text != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(text)[0]) {
		return "'" + text
	}
	return text
}
