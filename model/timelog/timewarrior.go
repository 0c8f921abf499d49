package timelog

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"cadensa/model"
)

// timewarrior is what `timew export` prints: a JSON array, times in UTC, no end while an interval runs. The same stands
// in its data files (timewarriordata.go), and after the configuration in what timewarrior writes to an extension's
// standard input. An interval has tags and an annotation, and neither client nor project. Its id counts from the newest
// and identifies nothing.
var timewarrior = format{
	name:     "timewarrior",
	about:    "a timewarrior export (the JSON array of `timew export`, or a data file such as 2026-10.data)",
	tagsOnly: true,
	detect: func(head []byte) bool {
		return isJSONArray(head) && timewarriorStart.Match(head) || timewarriorData.Match(head) || isExtensionInput(head)
	},
	read: func(ctx context.Context, content content, into *collector) error {
		switch {
		case timewarriorData.Match(content.text.head):
			return readTimewarriorData(ctx, content.text, into)
		case isExtensionInput(content.text.head):
			return readListAt(ctx, content.text, afterConfiguration(content.text.head), into, timewarriorInterval.draft)
		}
		return readList(ctx, content.text, into, timewarriorInterval.draft)
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

func (i timewarriorInterval) draft() (draft, error) {
	start, err := timewarriorMoment(i.Start)
	if err != nil {
		return draft{}, err
	}
	end, err := timewarriorMoment(i.End)
	if err != nil {
		return draft{}, err
	}
	entry := model.Entry{Tags: cleanTags(i.Tags), Description: clean(i.Annotation), Billable: true}
	return draft{entry: entry, start: start, end: end}, nil
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
