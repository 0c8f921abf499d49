package timelog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"cadensa/model"
)

// zeit is what zeit exports: version 0 a JSON array of begin, finish, project, task and user, version 1 an object of
// blocks by their keys, in which a block that runs ends in the year 1.
var zeit = format{
	name:  "zeit",
	about: "a zeit export (the JSON array of version 0, or the object of blocks of version 1)",
	detect: func(head []byte) bool {
		return isJSONArray(head) && zeitFinish.Match(head) || zeitBlocks.Match(head)
	},
	read: func(ctx context.Context, content content, into *collector) error {
		if isJSONArray(content.text) {
			return readList(ctx, content.text, into, zeitEntry.draft)
		}
		return readZeitBlocks(ctx, content.text, into)
	},
}

var (
	zeitFinish = regexp.MustCompile(`"begin"\s*:[^{}]*"finish"\s*:`)
	zeitBlocks = regexp.MustCompile(`^\s*\{\s*"block:`)
)

type zeitEntry struct {
	Begin   string `json:"begin"`
	Finish  string `json:"finish"`
	Project string `json:"project"`
	Task    string `json:"task"`
	User    string `json:"user"`
}

func (e zeitEntry) draft() (draft, error) {
	entry := model.Entry{Project: clean(e.Project), Task: clean(e.Task), User: clean(e.User), Billable: true}
	return zeitDraft(entry, e.Begin, e.Finish)
}

type zeitBlock struct {
	Project string `json:"project_sid"`
	Task    string `json:"task_sid"`
	Note    string `json:"note"`
	Start   string `json:"start"`
	End     string `json:"end"`
}

func (b zeitBlock) draft() (draft, error) {
	entry := model.Entry{Project: clean(b.Project), Task: clean(b.Task), Description: clean(b.Note), Billable: true}
	return zeitDraft(entry, b.Start, b.End)
}

func zeitDraft(entry model.Entry, begin, finish string) (draft, error) {
	if strings.HasPrefix(finish, "0001-01-01") {
		finish = ""
	}
	start, startErr := parseMoment(clean(begin))
	end, endErr := parseMoment(clean(finish))
	return draft{entry: entry, start: start, end: end}, firstError(startErr, endErr)
}

// readZeitBlocks hands every block of the object to the collector. A block that is not valid JSON ends it, with a
// reason: what follows could be anything.
func readZeitBlocks(ctx context.Context, text []byte, into *collector) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return errors.New("it is not a JSON object")
	}
	line, counted := 1, 0
	for decoder.More() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		_, err := decoder.Token()
		var raw json.RawMessage
		if err == nil {
			err = decoder.Decode(&raw)
		}
		offset := int(decoder.InputOffset())
		line += bytes.Count(text[counted:max(counted, offset-len(raw))], []byte("\n"))
		counted = max(counted, offset-len(raw))
		if err != nil {
			into.reject(line, fmt.Errorf("it is not valid JSON, and what follows was not read: %w", err))
			return nil
		}
		into.addOrReject(line, func() (draft, error) { return decodeElement(raw, zeitBlock.draft) })
	}
	if _, err := decoder.Token(); err != nil {
		into.reject(line, errors.New("the object has no end: the file may be cut off"))
	}
	return nil
}
