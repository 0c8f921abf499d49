package timelog

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"

	"cadensa/model"
)

// ti is the sheet that ti keeps in ~/.ti-sheet: a JSON object with a list of work, times in UTC, no end while work is
// going on. An item has a name, tags and notes.
var ti = format{
	name:   "ti",
	about:  "a ti sheet (the JSON object of ~/.ti-sheet)",
	detect: func(head []byte) bool { return tiSheet.Match(head) },
	read: func(ctx context.Context, file openedFile, into *collector) error {
		var sheet struct {
			Work json.RawMessage `json:"work"`
		}
		all, err := file.text.whole()
		if err != nil {
			return err
		}
		if err := json.Unmarshal(all, &sheet); err != nil {
			return explain(err)
		}
		before := bytes.Count(all[:max(0, bytes.Index(all, sheet.Work))], []byte("\n"))
		return readList(ctx, textOf(append(bytes.Repeat([]byte("\n"), before), sheet.Work...)), into, tiItem.record)
	},
}

// tiSheet is a sheet's beginning, whichever of its two keys stands first.
var tiSheet = regexp.MustCompile(`^\s*\{\s*"(?:work|interrupt_stack)"\s*:\s*\[`)

type tiItem struct {
	Name  string   `json:"name"`
	Start string   `json:"start"`
	End   string   `json:"end"`
	Tags  []string `json:"tags"`
	Notes []string `json:"notes"`
}

func (i tiItem) record() (record, error) {
	entry := model.Entry{Project: clean(i.Name), Tags: cleanTags(i.Tags), Billable: true}
	for _, note := range i.Notes {
		entry.Description = clean(entry.Description + " " + note)
	}
	return spanRecord(entry, i.Start, i.End)
}
