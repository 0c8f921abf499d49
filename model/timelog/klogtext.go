package timelog

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// klogHeadline begins a record: its date, and how long the day should be.
var klogHeadline = regexp.MustCompile(`^(\d{4}[-/]\d{2}[-/]\d{2})[ \t]*(?:\([^)]*\)[ \t]*)?$`)

// klogRecords reads records line by line. A record ends at a blank line.
type klogRecords struct {
	into *collector
	// record holds the day and the summary that its entries share.
	record klogRow
	// inRecord is true from a record's headline on, dated while that could be read.
	inRecord, dated bool
	// indentation is that of the record's first entry.
	indentation string
	// open is the entry that is being read, since a summary may go on; openLine is 0 when there is none.
	open     klogRow
	openLine int
}

func readKlogText(ctx context.Context, text value, into *collector) error {
	records := &klogRecords{into: into}
	if err := readLines(ctx, text, records.read); err != nil {
		return err
	}
	records.closeEntry()
	return nil
}

func (r *klogRecords) read(number int, line string) {
	switch {
	case strings.TrimSpace(line) == "":
		r.closeEntry()
		r.inRecord = false
	case !r.inRecord:
		r.openRecord(number, line)
	case isIndented(line):
		r.readIndented(number, line)
	case r.indentation == "":
		r.record.recordSummary += " " + line
	default:
		r.closeEntry()
		r.into.reject(number, errors.New("it is neither indented, as an entry is, nor after a blank line, as a date is"))
	}
}

func (r *klogRecords) openRecord(number int, line string) {
	r.record, r.inRecord, r.dated, r.indentation = klogRow{}, true, false, ""
	headline := klogHeadline.FindStringSubmatch(line)
	if headline == nil {
		r.into.reject(number, fmt.Errorf("%s is not the date of a record", quoted(line)))
		return
	}
	day, err := parseDay(headline[1], orderByContent)
	if err != nil {
		r.into.reject(number, err)
		return
	}
	r.record.day, r.dated = day, true
}

func (r *klogRecords) readIndented(number int, line string) {
	text := strings.TrimLeft(line, " \t")
	if r.indentation == "" {
		r.indentation = line[:len(line)-len(text)]
	}
	if r.openLine > 0 && strings.HasPrefix(line, r.indentation+r.indentation) {
		r.open.summary += " " + text
		return
	}
	r.closeEntry()
	if !r.dated {
		r.into.reject(number, errors.New("it belongs to no day"))
		return
	}
	entry, err := parseKlogEntry(strings.TrimRight(text, " \t"))
	if err != nil {
		r.into.reject(number, err)
		return
	}
	entry.day, entry.recordSummary = r.record.day, r.record.recordSummary
	r.open, r.openLine = entry, number
}

// closeEntry hands over the entry that was being read.
func (r *klogRecords) closeEntry() {
	if r.openLine == 0 {
		return
	}
	r.into.addOrReject(r.openLine, r.open.draft)
	r.openLine = 0
}
