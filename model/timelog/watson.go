package timelog

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"cadensa/model"
)

// watson is what `watson log` prints as JSON or CSV, with times in the user's zone, and Watson's own file named frames, with
// times in seconds since 1970. JSON and frames yield the same entries. Watson knows projects and tags, and no clients.
var watson = format{
	name:  "watson",
	about: "a Watson log (`watson log --json` or `--csv`, or the file frames)",
	detect: func(head []byte) bool {
		return isWatsonSheet(head) || isJSONArray(head) && (isWatsonLog(jsonList{}.firstObjects(head)) || watsonFrames.Match(head))
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		if isWatsonSheet(file.text.head) {
			return watsonSheet.read(ctx, file, into)
		}
		if watsonFrames.Match(file.text.head) {
			return readList(ctx, file.text, into, watsonFrame.record)
		}
		return readList(ctx, file.text, into, watsonEntry.record)
	},
}

var (
	watsonFrames = regexp.MustCompile(`^\s*\[\s*\[\s*\d+\s*,\s*\d+\s*,\s*"`)
	// watsonID is a UUID in hexadecimal digits, and in a log the word for a frame that is still open.
	watsonID = regexp.MustCompile(`^"(?:[0-9a-f]+|current)"$`)
)

var watsonKeys = []string{"id", "project", "start", "stop", "tags"}

// isWatsonLog reports whether the objects have the keys of a frame and no other.
func isWatsonLog(objects []jsonObject) bool {
	return have(objects, "id", "project", "start", "stop") && !slices.ContainsFunc(objects, func(object jsonObject) bool {
		for key := range object {
			if !slices.Contains(watsonKeys, key) {
				return true
			}
		}
		return !watsonID.Match(object["id"])
	})
}

var watsonSheet = sheetFormat{
	aliases: map[string]column{"stop": columnEnd},
	needs:   [][]string{{"start"}, {"stop"}},
	aside:   titlesIn("id"),
	record: func(row row, _ dateOrder) (record, error) {
		entry := model.Entry{Project: row.cell(columnProject), Tags: row.tags(","), Billable: true}
		return spanRecord(entry, row.cell(columnStart), row.cell(columnEnd))
	},
}

func isWatsonSheet(head []byte) bool {
	titles := sheetTitles(head)
	return len(titles) == 5 && titles.have("id", "start", "stop", "project", "tags")
}

type watsonEntry struct {
	Project string   `json:"project"`
	Start   string   `json:"start"`
	Stop    string   `json:"stop"`
	Tags    []string `json:"tags"`
}

func (e watsonEntry) record() (record, error) {
	entry := model.Entry{Project: clean(e.Project), Tags: cleanTags(e.Tags), Billable: true}
	return spanRecord(entry, e.Start, e.Stop)
}

// watsonFrame is an array of start, stop, project, id, tags and the time of the last change.
type watsonFrame []json.RawMessage

func (f watsonFrame) record() (record, error) {
	if len(f) < 5 {
		return record{}, errors.New("it is no frame: start, stop, project, id and tags are expected")
	}
	var project string
	var tags []string
	start, startErr := epochMoment(f[0])
	end, endErr := epochMoment(f[1])
	if err := cmp.Or(startErr, endErr); err != nil {
		return record{}, err
	}
	if err := cmp.Or(json.Unmarshal(f[2], &project), json.Unmarshal(f[4], &tags)); err != nil {
		return record{}, errors.New("its project is no text or its tags are no list of texts")
	}
	entry := model.Entry{Project: clean(project), Tags: cleanTags(tags), Billable: true}
	return record{entry: entry, start: start, end: end}, nil
}

func epochMoment(raw json.RawMessage) (moment, error) {
	seconds, err := parseDecimal(numeral(raw))
	if err != nil {
		return moment{}, fmt.Errorf("%s is not a time in seconds since 1970", quoted(numeral(raw)))
	}
	return moment{wall: time.Unix(seconds.IntPart(), 0).UTC(), zoned: true}, nil
}
