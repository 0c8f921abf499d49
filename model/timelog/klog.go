package timelog

import (
	"context"
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
	read: func(ctx context.Context, content content, into *collector) error {
		if klogJSON.Match(content.text.head) {
			return readKlogJSON(ctx, content.text, into)
		}
		return readKlogText(ctx, content.text, into)
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
	// length is that of an entry without times.
	length time.Duration
}

func (r klogRow) draft() (draft, error) {
	if r.length < 0 {
		return draft{}, errNegativeDuration
	}
	description := clean(r.summary)
	if description == "" {
		description = clean(r.recordSummary)
	}
	tags := append(klogTags(r.summary), klogTags(r.recordSummary)...)
	row := draft{entry: model.Entry{Description: description, Tags: cleanTags(tags), Billable: true}}
	if r.start == nil {
		row.start = moment{wall: r.day, dayOnly: true}
		row.tracked = duration{seconds: int64(r.length / time.Second), given: true, exact: true}
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
