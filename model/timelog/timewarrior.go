package timelog

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"cadensa/model"
)

// timewarrior is what `timew export` prints: a JSON array, times in UTC, no end while an interval runs. Its data files hold the
// same, and so does an extension's standard input, behind the configuration. An interval has tags and an annotation, and neither
// client nor project. Its id counts from the newest and identifies nothing.
var timewarrior = format{
	name:      "timewarrior",
	about:     "a timewarrior export (the JSON array of `timew export`, or a data file such as 2026-10.data)",
	tagsOnly:  true,
	looseTags: true,
	detect: func(head []byte) bool {
		return isJSONArray(head) && timewarriorStart.Match(head) || timewarriorData.Match(head) || isExtensionInput(head)
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		switch {
		case timewarriorData.Match(file.text.head):
			return readRecords(ctx, file.text, into, timewarriorLineRecord)
		case isExtensionInput(file.text.head):
			return readListAt(ctx, file.text, afterConfiguration(file.text.head), into, timewarriorInterval.record)
		}
		return readList(ctx, file.text, into, timewarriorInterval.record)
	},
}

// timewarriorStart is how an interval's start is written, and no other tracker's.
var timewarriorStart = regexp.MustCompile(`"start"\s*:\s*"\d{8}T\d{6}Z"`)

// timewarriorLayout is basic ISO 8601, as timew-dates(7) has it.
const timewarriorLayout = "20060102T150405Z"

type timewarriorInterval struct {
	Start      string   `json:"start"`
	End        string   `json:"end"`
	Tags       []string `json:"tags"`
	Annotation string   `json:"annotation"`
}

func (i timewarriorInterval) record() (record, error) {
	start, err := timewarriorMoment(i.Start)
	if err != nil {
		return record{}, err
	}
	end, err := timewarriorMoment(i.End)
	if err != nil {
		return record{}, err
	}
	entry := model.Entry{Tags: cleanTags(i.Tags), Description: clean(i.Annotation), Billable: true}
	return record{entry: entry, start: start, end: end}, nil
}

func timewarriorMoment(text string) (moment, error) {
	if text == "" {
		return moment{}, nil
	}
	at, err := time.Parse(timewarriorLayout, text)
	if err != nil {
		return moment{}, fmt.Errorf("%s is not a time such as 20261005T090000Z", quoted(text))
	}
	return moment{wall: at, zoned: true}, nil
}

// timewarriorData is how a data file writes intervals. It holds a line for each interval of a month:
//
//	inc 20261005T060000Z - 20261005T083000Z # Atlas "two words" # "annotation"
//
// The end is left out while the interval runs; tags and annotation may be missing (timew(1)).
var timewarriorData = regexp.MustCompile(`(?m)^inc \d{8}T\d{6}Z`)

var timewarriorLine = regexp.MustCompile(`^inc (\S+)(?: - (\S+))?(?: #(.*))?$`)

func timewarriorLineRecord(line string) (record, error) {
	parts := timewarriorLine.FindStringSubmatch(line)
	if parts == nil {
		return record{}, fmt.Errorf("%s is no interval such as `inc 20261005T060000Z - 20261005T083000Z # tag`", quoted(line))
	}
	interval := timewarriorInterval{Start: parts[1], End: parts[2]}
	var annotation []string
	inTags := true
	for _, word := range timewarriorWord.FindAllString(parts[3], -1) {
		switch {
		case inTags && word == "#":
			inTags = false
		case inTags:
			interval.Tags = append(interval.Tags, unquoteWord(word))
		default:
			annotation = append(annotation, unquoteWord(word))
		}
	}
	interval.Annotation = strings.Join(annotation, " ")
	return interval.record()
}

// timewarriorWord ends at a space outside quotation marks.
var timewarriorWord = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|\S+`)

// unquoteWord removes the quotation marks of a word that has spaces, and the escapes of those within.
func unquoteWord(word string) string {
	if len(word) < 2 || word[0] != '"' || word[len(word)-1] != '"' {
		return word
	}
	return strings.ReplaceAll(word[1:len(word)-1], `\"`, `"`)
}

// extensionInput is what timewarrior writes to an extension: its configuration in lines `name: value`, an empty line,
// and the export. The names that begin with temp are there whatever the user has configured.
var extensionInput = regexp.MustCompile(`^(?:[^\n:]+:[^\n]*\n)*temp\.[^\n:]+:[^\n]*\n(?:[^\n:]+:[^\n]*\n)*\r?\n\s*\[`)

func isExtensionInput(head []byte) bool { return extensionInput.Match(bytes.TrimLeft(head, "\r\n")) }

// afterConfiguration is where the export begins in an extension's input.
func afterConfiguration(head []byte) int {
	blank := len(head) - len(bytes.TrimLeft(head, "\r\n"))
	return blank + extensionInput.FindIndex(head[blank:])[1] - 1
}
