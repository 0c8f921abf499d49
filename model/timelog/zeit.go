package timelog

import (
	"context"
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
	read: func(ctx context.Context, file openedFile, into *collector) error {
		if isJSONArray(file.text.head) {
			return readList(ctx, file.text, into, zeitEntry.record)
		}
		return readZeitBlocks(ctx, file.text, into)
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

func (e zeitEntry) record() (record, error) {
	entry := model.Entry{Project: clean(e.Project), Task: clean(e.Task), User: clean(e.User), Billable: true}
	return zeitRecord(entry, e.Begin, e.Finish)
}

type zeitBlock struct {
	Project string `json:"project_sid"`
	Task    string `json:"task_sid"`
	Note    string `json:"note"`
	Start   string `json:"start"`
	End     string `json:"end"`
}

func (b zeitBlock) record() (record, error) {
	entry := model.Entry{Project: clean(b.Project), Task: clean(b.Task), Description: clean(b.Note), Billable: true}
	return zeitRecord(entry, b.Start, b.End)
}

func zeitRecord(entry model.Entry, begin, finish string) (record, error) {
	if strings.HasPrefix(finish, "0001-01-01") {
		finish = ""
	}
	return spanRecord(entry, begin, finish)
}

// readZeitBlocks hands every block of the object to the collector. A block that is not valid JSON ends it, with a
// reason: what follows could be anything.
func readZeitBlocks(ctx context.Context, text fileText, into *collector) error {
	blocks := &values{text: text}
	blocks.moveTo(0, 1)
	if first, _ := blocks.skip(jsonSpace); first != '{' {
		return errors.New("it is not a JSON object")
	}
	blocks.next()
	for {
		if err := stopped(ctx); err != nil {
			return err
		}
		end, wrong := blocks.atEnd("object", '}')
		switch {
		case !end:
			wrong = readZeitBlock(blocks, into)
		case wrong == nil:
			wrong = blocks.nothingFollows("object")
		}
		if wrong != nil {
			into.reject(blocks.line, wrong)
		}
		if end || wrong != nil {
			return blocks.failure
		}
	}
}

// readZeitBlock hands over a key's block. It is an error when what stands here is no JSON.
func readZeitBlock(blocks *values, into *collector) error {
	const broken = "it is not valid JSON, and what follows was not read: "
	var key any
	blocks.take()
	if err := blocks.decode(&key); err != nil {
		return fmt.Errorf(broken+"%w", err)
	}
	if _, text := key.(string); !text {
		return errors.New(broken + "a key is no text")
	}
	if next, _ := blocks.skip(jsonSpace); next != ':' {
		return errors.New(broken + "a key has no value")
	}
	blocks.next()
	blocks.skip(jsonSpace)
	line := blocks.line
	blocks.take()
	var block zeitBlock
	switch err := blocks.decode(&block); {
	case isBroken(err):
		return fmt.Errorf(broken+"%w", err)
	case err != nil:
		into.reject(line, explain(err))
	default:
		row, err := block.record()
		into.add(line, row, err)
	}
	return nil
}
