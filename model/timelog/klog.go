package timelog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"cadensa/model"
)

// klog is a file of klog (klog.jotaen.net, Specification 1.4), and what `klog json` prints of it. Both yield the same
// entries. klog knows tags, and neither clients nor projects; a record's tags hold for its entries.
var klog = format{
	name:     "klog",
	about:    "a klog file (a date, then indented entries such as `8:00 - 9:30`) or what `klog json` prints",
	tagsOnly: true,
	detect: func(head []byte) bool {
		return klogJSON.Match(head) || klogDate.Match(head) && klogEntryLine.Match(head)
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		if klogJSON.Match(file.text.head) {
			return readKlogJSON(ctx, file.text, into)
		}
		records := &klogRecords{into: into}
		err := readLines(ctx, file.text, records.read)
		records.closeEntry()
		return err
	},
}

var (
	klogJSON      = regexp.MustCompile(`^\s*\{\s*"records"\s*:`)
	klogDate      = regexp.MustCompile(`^\s*\d{4}[-/]\d{2}[-/]\d{2}[ \t]*(\([^)\n]*\)[ \t]*)?\r?\n`)
	klogEntryLine = regexp.MustCompile(`(?m)^( {2,4}|\t)(<?\d{1,2}:\d{2}(am|pm)?>? *-|[+-]?\d+[hm])`)
	klogTag       = regexp.MustCompile(`#([\p{L}\d_-]+)(?:=(?:"([^"]*)"|'([^']*)'|([\p{L}\d_-]+)))?`)
)

// klogRow is one entry of a record, as the file and the JSON both have it.
type klogRow struct {
	day           time.Time
	recordSummary string
	summary       string
	// start and end are since midnight of the day; they may lie on the day before or after it.
	start, end *time.Duration
	length     time.Duration
}

func (r klogRow) record() (record, error) {
	if r.length < 0 {
		return record{}, errNegativeDuration
	}
	description := clean(r.summary)
	if description == "" {
		description = clean(r.recordSummary)
	}
	tags := append(klogTags(r.summary), klogTags(r.recordSummary)...)
	row := record{entry: model.Entry{Description: description, Tags: cleanTags(tags), Billable: true}}
	if r.start == nil {
		row.start = moment{wall: r.day, dayOnly: true}
		row.tracked = exactly(int64(r.length / time.Second))
		return row, nil
	}
	row.start = moment{wall: r.day.Add(*r.start)}
	if r.end != nil {
		row.end = moment{wall: r.day.Add(*r.end)}
	}
	return row, nil
}

// errNegativeDuration refuses klog's way of writing a break: it belongs to no entry that could be made shorter.
var errNegativeDuration = errors.New("a negative duration takes time away from its day, not from an entry: subtract it by hand")

// klogTags returns a summary's tags as "name" or "name=value"; names have no case.
func klogTags(summary string) []string {
	var tags []string
	for _, found := range klogTag.FindAllStringSubmatch(summary, -1) {
		tag := strings.ToLower(found[1])
		if value := found[2] + found[3] + found[4]; value != "" {
			tag += "=" + value
		}
		tags = append(tags, tag)
	}
	return tags
}

var (
	klogDuration = regexp.MustCompile(`^([+-]?)(?:(\d{1,6})h)?(?:(\d{1,8})m)?$`)
	klogRange    = regexp.MustCompile(`^(<?[0-9:]+(?:am|pm)?>?) *- *(\?+|<?[0-9:]+(?:am|pm)?>?)(?:[ \t]+(.*))?$`)
)

// parseKlogEntry reads an entry's first line without its indentation.
func parseKlogEntry(text string) (klogRow, error) {
	value, summary, _ := strings.Cut(strings.ReplaceAll(text, "\t", " "), " ")
	if parts := klogDuration.FindStringSubmatch(value); parts != nil && value != parts[1] {
		return klogRow{summary: summary, length: klogLength(parts)}, nil
	}
	parts := klogRange.FindStringSubmatch(text)
	if parts == nil {
		return klogRow{}, fmt.Errorf("%s is no entry such as `8:00 - 9:30` or `1h30m`", quoted(text))
	}
	start, err := parseKlogTime(parts[1])
	if err != nil {
		return klogRow{}, err
	}
	row := klogRow{summary: parts[3], start: &start}
	if strings.HasPrefix(parts[2], "?") {
		return row, nil
	}
	end, err := parseKlogTime(parts[2])
	row.end = &end
	return row, err
}

// klogLength adds up the sign, hours and minutes that klogDuration has found.
func klogLength(parts []string) time.Duration {
	hours, _ := parseDigits("0"+parts[2], 7)
	minutes, _ := parseDigits("0"+parts[3], 9)
	length := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if parts[1] == "-" {
		return -length
	}
	return length
}

// parseKlogTime reads `8:00`, `8:00am`, `24:00`, `<23:00` on the day before and `0:30>` on the day after.
func parseKlogTime(text string) (time.Duration, error) {
	const day = 24 * time.Hour
	clock := strings.Trim(text, "<>")
	sinceMidnight := day
	if clock != "24:00" {
		var err error
		if sinceMidnight, err = parseClock(clock); err != nil {
			return 0, err
		}
	}
	switch {
	case strings.HasPrefix(text, "<"):
		return sinceMidnight - day, nil
	case strings.HasSuffix(text, ">"):
		return sinceMidnight + day, nil
	}
	return sinceMidnight, nil
}

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

func (r *klogRecords) read(number int, line string) {
	switch {
	case strings.TrimSpace(line) == "":
		r.closeEntry()
		r.inRecord = false
	case !r.inRecord:
		r.openRecord(number, line)
	case strings.ContainsAny(line[:1], " \t"):
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
	row, err := r.open.record()
	r.into.add(r.openLine, row, err)
	r.openLine = 0
}

// klogDocument is what `klog json` prints. Records are null when klog has found a mistake in its file.
type klogDocument struct {
	Records []json.RawMessage `json:"records"`
	Errors  []struct {
		Line  int    `json:"line"`
		Title string `json:"title"`
	} `json:"errors"`
}

type klogRecord struct {
	Date    string `json:"date"`
	Summary string `json:"summary"`
	Entries []struct {
		Type    string `json:"type"`
		Summary string `json:"summary"`
		Total   *int64 `json:"total_mins"`
		Start   *int64 `json:"start_mins"`
		End     *int64 `json:"end_mins"`
	} `json:"entries"`
}

func readKlogJSON(ctx context.Context, from fileText, into *collector) error {
	text, err := from.whole()
	if err != nil {
		return err
	}
	var document klogDocument
	if err := json.Unmarshal(text, &document); err != nil {
		return explain(err)
	}
	if len(document.Errors) > 0 {
		first := document.Errors[0]
		return fmt.Errorf("klog could not read its file: line %d: %s", first.Line, first.Title)
	}
	offset := 0
	for _, raw := range document.Records {
		if err := stopped(ctx); err != nil {
			return err
		}
		offset += max(0, bytes.Index(text[offset:], raw))
		into.addKlogRecord(1+bytes.Count(text[:offset], []byte("\n")), raw)
		offset += len(raw)
	}
	return nil
}

// addKlogRecord adds the entries of a record; all bear the line on which it begins.
func (c *collector) addKlogRecord(line int, raw json.RawMessage) {
	var record klogRecord
	if err := json.Unmarshal(raw, &record); err != nil {
		c.reject(line, explain(err))
		return
	}
	day, err := parseDay(clean(record.Date), orderByContent)
	if err != nil {
		c.reject(line, err)
		return
	}
	for _, entry := range record.Entries {
		row := klogRow{
			day: day, recordSummary: record.Summary, summary: entry.Summary,
			start: minutes(entry.Start), end: minutes(entry.End),
		}
		if length := minutes(entry.Total); length != nil {
			row.length = *length
		}
		if entry.Type == "range" && (row.start == nil || row.end == nil) {
			c.reject(line, errors.New("its range has no start_mins or no end_mins"))
			continue
		}
		parsed, err := row.record()
		c.add(line, parsed, err)
	}
}

// minutes converts a count of minutes, as far as an entry can reach.
func minutes(count *int64) *time.Duration {
	const most = maxSeconds / 30
	if count == nil {
		return nil
	}
	converted := time.Duration(max(-most, min(*count, most))) * time.Minute
	return &converted
}
