package model_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
)

// What people do to an entry after it was billed, and what merely looks like it.
func TestEditedEntryLooksBilled(t *testing.T) {
	timed, daily := worked("ana", 540, 660, "Rate limiter"), onDay("ana", 0, 120, "Rate limiter")
	note := func(e *model.Entry) { e.Description = "Rate limiter, tests" }
	renamed := func(e *model.Entry) { e.User = "Ana Pop" }
	nameless := func(e *model.Entry) { e.User = "" }
	other := func(e *model.Entry) { e.Project, e.Task, e.Description = "Borealis", "api", "Cache" }
	moved := func(source string) func(*model.Entry) { return func(e *model.Entry) { e.Source = source } }
	longer := func(e *model.Entry) { e.Seconds += 1800 }
	all := func(edits ...func(*model.Entry)) func(*model.Entry) {
		return func(e *model.Entry) {
			for _, edit := range edits {
				edit(e)
			}
		}
	}
	for name, test := range map[string]struct {
		billed model.Entry
		now    []model.Entry
		// flagged and free are positions among what there is now.
		flagged, free []int
	}{
		"note edited":            {timed, []model.Entry{changed(timed, note)}, []int{0}, nil},
		"user renamed":           {timed, []model.Entry{changed(timed, renamed)}, []int{0}, nil},
		"user emptied":           {timed, []model.Entry{changed(timed, nameless)}, []int{0}, nil},
		"source moved":           {timed, []model.Entry{changed(timed, moved("solidtime"))}, []int{0}, nil},
		"everything told anew":   {timed, []model.Entry{changed(timed, all(renamed, other, moved("json")))}, []int{0}, nil},
		"start later by one":     {timed, []model.Entry{worked("ana", 541, 660, "Rate limiter")}, []int{0}, nil},
		"split in two":           {timed, []model.Entry{worked("ana", 540, 600, "a"), worked("ana", 600, 660, "b")}, []int{0, 1}, nil},
		"moved within the day":   {timed, []model.Entry{worked("ana", 840, 960, "Other words")}, []int{0}, nil},
		"moved and cut, by text": {timed, []model.Entry{worked("ana", 840, 900, "Rate limiter")}, []int{0}, nil},
		"moved to another day":   {timed, []model.Entry{worked("ana", 540+24*60, 660+24*60, "Rate limiter")}, nil, []int{0}},
		"beside its successor": {timed, []model.Entry{changed(timed, note), worked("ana", 840, 960, "Other"), worked("dan", 540, 660, "Other")},
			[]int{0}, []int{1, 2}},
		"a colleague's time":      {timed, []model.Entry{timed, worked("dan", 540, 660, "Rate limiter")}, nil, []int{1}},
		"the end of one, a start": {timed, []model.Entry{timed, worked("ana", 660, 780, "Rate limiter")}, nil, []int{1}},

		"day: note edited":          {daily, []model.Entry{changed(daily, note)}, []int{0}, nil},
		"day: user renamed":         {daily, []model.Entry{changed(daily, renamed)}, []int{0}, nil},
		"day: user emptied":         {daily, []model.Entry{changed(daily, nameless)}, []int{0}, nil},
		"day: source moved":         {daily, []model.Entry{changed(daily, moved("csv"))}, []int{0}, nil},
		"day: told anew":            {daily, []model.Entry{changed(daily, all(renamed, other, moved("timedot")))}, []int{0}, nil},
		"day: longer, by text":      {daily, []model.Entry{changed(daily, longer)}, []int{0}, nil},
		"day: renamed and longer":   {daily, []model.Entry{changed(daily, all(renamed, longer))}, []int{0}, nil},
		"day: a colleague, no note": {onDay("ana", 0, 120, ""), []model.Entry{onDay("dan", 0, 90, "")}, nil, []int{0}},
		"day: longer, other words":  {daily, []model.Entry{changed(daily, all(longer, other))}, nil, []int{0}},
		"day: clock times added":    {daily, []model.Entry{changed(worked("ana", 540, 660, "b"), moved("harvest"))}, []int{0}, nil},
		"day: moved to another":     {daily, []model.Entry{onDay("ana", 1, 120, "Rate limiter")}, nil, []int{0}},
		"day: one like it is there": {daily, []model.Entry{daily, onDay("ana", 0, 120, "Tests")}, nil, []int{1}},
		"day: another length":       {daily, []model.Entry{onDay("ana", 0, 90, "Tests")}, nil, []int{0}},
		"clock times dropped":       {timed, []model.Entry{changed(onDay("ana", 0, 120, "b"), moved("toggl"))}, []int{0}, nil},
	} {
		read := reading(test.now)
		for _, at := range test.flagged {
			if got := looksBilled(t, read, test.now[at], test.billed); got != "FCT-0001" {
				t.Errorf("%s: entry %d looks billed on %q", name, at, got)
			}
		}
		for _, at := range test.free {
			if got := looksBilled(t, read, test.now[at], test.billed); got != "" {
				t.Errorf("%s: entry %d looks billed on %q, and is not", name, at, got)
			}
		}
	}
	halves := []model.Entry{worked("ana", 540, 600, "a"), worked("ana", 600, 660, "b")}
	if joined := worked("ana", 540, 660, "a, b"); looksBilled(t, reading([]model.Entry{joined}), joined, halves...) == "" {
		t.Error("two billed halves that were joined look free")
	}
}

// Entries of other files are compared with what the billed hours' file still has.
func TestEntriesOfOtherFilesLookBilled(t *testing.T) {
	daily := onDay("ana", 0, 120, "Rate limiter")
	inOther := func(edit func(*model.Entry)) model.Entry {
		return changed(daily, func(e *model.Entry) { e.Source = "csv"; edit(e) })
	}
	elsewhere := onDay("ana", 40, 60, "Next month")
	for name, test := range map[string]struct {
		files [][]model.Entry
		entry model.Entry
		want  string
	}{
		"a copy in another file":       {[][]model.Entry{{daily}}, inOther(func(e *model.Entry) { e.Description = "As exported" }), "FCT-0001"},
		"a copy in the same tracker's": {[][]model.Entry{{daily}}, changed(daily, func(e *model.Entry) { e.Description = "Later" }), "FCT-0001"},
		"another project":              {[][]model.Entry{{daily}}, inOther(func(e *model.Entry) { e.Project = "Borealis" }), ""},
		"another person":               {[][]model.Entry{{daily}}, inOther(func(e *model.Entry) { e.User = "dan" }), ""},
		"another length":               {[][]model.Entry{{daily}}, inOther(func(e *model.Entry) { e.Seconds = 60 }), ""},
		// The tracker is read, but another month of it.
		"a copy, its month exported":   {[][]model.Entry{{elsewhere}}, inOther(func(e *model.Entry) { e.Description = "As exported" }), "FCT-0001"},
		"by chance, its month is gone": {[][]model.Entry{{elsewhere}}, inOther(func(e *model.Entry) { e.Project = "Borealis" }), ""},
	} {
		read := reading(append(test.files, []model.Entry{test.entry})...)
		if got := looksBilled(t, read, test.entry, daily); got != test.want {
			t.Errorf("%s: looks billed on %q, want %q", name, got, test.want)
		}
	}
}

// Two rows of one file are two pieces of work, even if one of them is in an older export, too.
func TestRowsOfOneFileAreNoCopies(t *testing.T) {
	first, second := onDay("ana", 0, 60, "Call"), onDay("ana", 0, 60, "Another call")
	first.Origin, second.Origin = 2, 1
	read := &model.SourceReading{
		Entries: []model.Entry{first, second}, Location: time.UTC, Shared: [][]uint32{{0, 1}},
		Files: []model.ReadFile{{Name: "week.csv", Format: "harvest"}, {Name: "month.csv", Format: "harvest"}},
	}
	if got := looksBilled(t, read, second, first); got != "" {
		t.Errorf("the second row looks billed on %s", got)
	}
	if twins := read.Twins(func(*model.Entry) bool { return false }); len(twins) > 0 {
		t.Errorf("twins %v", twins)
	}
}

// What could not be read has not vanished.
func TestUnreadSourcesHaveNotVanished(t *testing.T) {
	daily, like := onDay("ana", 0, 120, "Rate limiter"), onDay("ana", 0, 120, "Tests")
	for name, test := range map[string]struct {
		unread []model.UnreadSource
		files  []string
		want   string
	}{
		"everything was read":       {nil, []string{"harvest"}, "FCT-0001"},
		"its tracker's":             {[]model.UnreadSource{{Format: "harvest"}}, []string{"harvest"}, ""},
		"another tracker's":         {[]model.UnreadSource{{Format: "klog"}}, []string{"harvest"}, "FCT-0001"},
		"what held it":              {[]model.UnreadSource{{Known: []string{daily.Fingerprint}}}, []string{"harvest"}, ""},
		"what held others":          {[]model.UnreadSource{{Format: "harvest", Known: []string{"other"}}}, []string{"harvest"}, "FCT-0001"},
		"any, and its were read":    {[]model.UnreadSource{{}}, []string{"harvest"}, "FCT-0001"},
		"any, and none of its were": {[]model.UnreadSource{{}}, []string{"csv"}, ""},
	} {
		entry := like
		entry.Source, entry.Project = test.files[0], "Borealis"
		entry = entry.Fingerprinted(0)
		read := reading([]model.Entry{entry})
		read.Unread = test.unread
		if got := looksBilled(t, read, entry, daily); got != test.want {
			t.Errorf("%s could not be read: looks billed on %q, want %q", name, got, test.want)
		}
	}
	held, kept := onInvoices(daily)
	if found, err := model.LooksBilled(held, nil, []*model.Entry{&like}, kept); err != nil || len(found) > 0 {
		t.Errorf("without a reading, %v look billed (%v)", found, err)
	}
}

// The settings name the people of trackers that name nobody.
func TestPeopleOfTheSettings(t *testing.T) {
	billed, edited := worked("", 540, 660, "Rate limiter"), worked("dan", 570, 630, "Dan's")
	edited.Source = "solidtime"
	edited = edited.Fingerprinted(0)
	for user, want := range map[string]string{"": "FCT-0001", "Ana": "", "DÁN": "FCT-0001"} {
		read := reading([]model.Entry{billed}, []model.Entry{edited})
		read.Files[0].User = user
		if got := looksBilled(t, read, edited, billed); got != want {
			t.Errorf("billed hours of %q: looks billed on %q, want %q", user, got, want)
		}
	}
	// Two files of one tracker: whose the billed hours were is not known.
	gone := worked("", 540, 660, "Rate limiter")
	read := reading([]model.Entry{worked("", 900, 910, "x")}, []model.Entry{worked("", 920, 930, "y")}, []model.Entry{edited})
	read.Files[0].User, read.Files[1].User = "ana", "mia"
	if got := looksBilled(t, read, edited, gone); got != "FCT-0001" {
		t.Errorf("billed hours of somebody: looks billed on %q", got)
	}
}

// TestNoEditOfWordsFreesHours edits a billed entry again and again, among others: whatever it says and whoever did it, in
// whatever tracker, it is not free; and what was never touched stays free.
func TestNoEditOfWordsFreesHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		billed := worked("ana", 600, 660, "Billed")
		if rapid.Bool().Draw(t, "without clock times") {
			billed = onDay("ana", 0, 60, "Billed")
		}
		billed.User = rapid.SampledFrom([]string{"", "ana", "dan"}).Draw(t, "whose")
		billed = billed.Fingerprinted(0)
		var others []model.Entry
		for i := range rapid.IntRange(0, 6).Draw(t, "others") {
			hour := rapid.SampledFrom([]int{6, 7, 8, 9, 11, 12, 13, 14}).Draw(t, "hour")
			other := worked(rapid.SampledFrom([]string{"ana", "dan", "mia"}).Draw(t, "who"), 60*hour, 60*hour+7+i, fmt.Sprint("Other ", i))
			other.Source = billed.Source
			others = append(others, other.Fingerprinted(0))
		}
		now := billed
		word := rapid.SampledFrom([]string{"", "Atlas", "Billed", "billed ", "Új"})
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			switch rapid.SampledFrom([]string{"client", "project", "task", "note", "user", "source", "tags"}).Draw(t, "what") {
			case "client":
				now.Client = word.Draw(t, "client")
			case "project":
				now.Project = word.Draw(t, "project")
			case "task":
				now.Task = word.Draw(t, "task")
			case "note":
				now.Description = word.Draw(t, "note")
			case "user":
				now.User = rapid.SampledFrom([]string{"", "ana", "dan", "Ana Pop"}).Draw(t, "user")
			case "source":
				now.Source = rapid.SampledFrom([]string{"toggl", "harvest", "csv", "solidtime"}).Draw(t, "source")
				for i := range others {
					others[i].Source = now.Source
					others[i] = others[i].Fingerprinted(0)
				}
			case "tags":
				now.Tags = []string{word.Draw(t, "tag")}
			}
			now = now.Fingerprinted(0)
		}
		read := reading(append([]model.Entry{now}, others...))
		if now.Fingerprint != billed.Fingerprint && looksBilled(t, read, now, billed) == "" {
			t.Fatalf("%+v is free, and was billed as %+v", now, billed)
		}
		for _, other := range others {
			if got := looksBilled(t, read, other, billed); got != "" {
				t.Fatalf("%+v looks billed on %s beside %+v", other, got, now)
			}
		}
	})
}

// At a simulator, what SmartBill bills may be billed once more: it is there twice, and has not vanished.
func TestHoursThatAreHeldTwice(t *testing.T) {
	daily, like := onDay("ana", 0, 120, "Rate limiter"), onDay("ana", 0, 120, "Tests")
	if got := looksBilled(t, reading([]model.Entry{daily, like}), like, daily, daily); got != "" {
		t.Errorf("another piece of work looks billed on %s", got)
	}
}

func TestKeptHoursThatCannotBeRead(t *testing.T) {
	daily, failure := onDay("ana", 0, 120, "Rate limiter"), errors.New("damaged")
	held, _ := onInvoices(daily)
	read := reading([]model.Entry{onDay("ana", 0, 120, "Tests")})
	_, err := model.LooksBilled(held, read, nil, func([]string) (map[string]model.Entry, error) { return nil, failure })
	if !errors.Is(err, failure) {
		t.Errorf("error is %v", err)
	}
}
