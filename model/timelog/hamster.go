package timelog

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"

	"cadensa/model"
)

// hamster is what Project Hamster saves of its overview: TSV, XML, or JSON since version 3. The category is the project and
// the activity the task; what is in no category says so in its place. The minutes are those of the times.
// Source: projecthamster/hamster src/hamster/reports.py.
var hamster = format{
	name:  "hamster",
	about: "a report of Hamster as TSV, XML or JSON (with activity, category, start and end)",
	detect: func(head []byte) bool {
		return hamsterXML.Match(head) || have(jsonList{}.firstObjects(head), hamsterKeys...) || sheetTitles(head).have(hamsterTitles...)
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		switch {
		case isJSONArray(file.text.head):
			return readList(ctx, file.text, into, hamsterFact.record)
		case hamsterXML.Match(file.text.head):
			return readHamsterXML(ctx, file.text, into)
		}
		return sheetFormat{record: hamsterRecord}.read(ctx, file, into)
	},
}

var (
	hamsterXML    = regexp.MustCompile(`^\s*(?:<\?xml[^>]*>\s*)?<activities(?:\s*/)?>`)
	hamsterKeys   = []string{"name", "start_time", "end_time", "duration_minutes", "category"}
	hamsterTitles = []string{"activity", "start time", "end time", "duration minutes", "category"}
)

// hamsterFact is an activity of the JSON and, as attributes, of the XML.
type hamsterFact struct {
	Name        string `json:"name" xml:"name,attr"`
	Start       string `json:"start_time" xml:"start_time,attr"`
	End         string `json:"end_time" xml:"end_time,attr"`
	Category    string `json:"category" xml:"category,attr"`
	Description string `json:"description" xml:"description,attr"`
	Tags        string `json:"tags" xml:"tags,attr"`
}

func hamsterRecord(row row, _ dateOrder) (record, error) {
	return hamsterFact{
		Name: row.titled("activity"), Start: row.titled("start time"), End: row.titled("end time"), Category: row.titled("category"),
		Description: row.titled("description"), Tags: row.titled("tags"),
	}.record()
}

func (f hamsterFact) record() (record, error) {
	entry := model.Entry{
		Task: clean(f.Name), Project: clean(f.Category), Description: clean(f.Description), Billable: true,
		// The JSON has ": " between them.
		Tags: splitTags(f.Tags, ",:"),
	}
	if entry.Project == "Unsorted" {
		entry.Project = ""
	}
	if f.End == "None" {
		f.End = ""
	}
	return spanRecord(entry, f.Start, f.End)
}

func readHamsterXML(ctx context.Context, text fileText, into *collector) error {
	decoder := xml.NewDecoder(text.from(0))
	// It is UTF-8 by now, whatever its head says.
	decoder.CharsetReader = func(_ string, decoded io.Reader) (io.Reader, error) { return decoded, nil }
	for {
		if err := stopped(ctx); err != nil {
			return err
		}
		line, _ := decoder.InputPos()
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			into.reject(line, fmt.Errorf("it is not valid XML, and what follows was not read: %w", err))
			return nil
		}
		start, begins := token.(xml.StartElement)
		if !begins || start.Name.Local != "activity" {
			continue
		}
		var fact hamsterFact
		if err := decoder.DecodeElement(&fact, &start); err != nil {
			into.reject(line, fmt.Errorf("it is not valid XML, and what follows was not read: %w", err))
			return nil
		}
		row, err := fact.record()
		into.add(line, row, err)
	}
}
