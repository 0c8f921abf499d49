package timelog_test

import (
	"context"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

// originsOf tells which files have each entry, by its description.
func originsOf(result timelog.Result) map[string][]uint32 {
	found := map[string][]uint32{}
	for _, entry := range result.Entries {
		found[entry.Description] = []uint32{entry.Origin}
		if count := uint32(len(result.Files)); entry.Origin >= count {
			found[entry.Description] = result.Shared[entry.Origin-count]
		}
	}
	return found
}

// readPartly reads through the index though something cannot be read.
func (s *harness) readPartly(source timelog.Source) timelog.Result {
	s.tb.Helper()
	result, err := s.reader().Read(s.tb.Context(), source)
	if err == nil {
		s.tb.Fatal("everything could be read")
	}
	return result
}

func TestEntriesKnowTheirFiles(t *testing.T) {
	t.Parallel()
	row := func(hour, text string) string {
		return `{"start":"2026-10-05T` + hour + `:00:00Z","duration_seconds":3600,"description":"` + text + `"}`
	}
	s := newHarness(t)
	s.write("a.json", "["+row("08", "all")+","+row("09", "first two")+","+row("10", "a")+"]", 1)
	s.write("b.json", "["+row("08", "all")+","+row("09", "first two")+","+row("11", "b")+"]", 1)
	s.write("c.json", "["+row("08", "all")+","+row("12", "c")+"]", 1)
	source := s.source()
	source.User = "ana"
	want := map[string][]uint32{"all": {0, 1, 2}, "first two": {0, 1}, "a": {0}, "b": {1}, "c": {2}}
	for range 2 {
		result := s.read(source)
		if diff := cmp.Diff(want, originsOf(result)); diff != "" {
			t.Errorf("files of the entries (-want +got):\n%s", diff)
		}
		if result.Files[2].User != "ana" {
			t.Errorf("files %+v", result.Files)
		}
	}
	if diff := cmp.Diff(want, originsOf(s.reader().Indexed(t.Context(), []timelog.Source{source}))); diff != "" {
		t.Errorf("from the index (-want +got):\n%s", diff)
	}
	// Another name is told at once, though what is read is the same.
	reader := s.reader()
	reader.Last = s.read(source)
	source.User = "dan"
	if result, err := reader.ReadAll(t.Context(), []timelog.Source{source}); err != nil || result.Files[0].User != "dan" {
		t.Errorf("with another name, files %+v (%v)", result.Files, err)
	}
}

// What could not be read is told with what it held, as far as that is known.
func TestUnreadSources(t *testing.T) {
	t.Parallel()
	const one = `[{"start":"2026-10-05T08:00:00Z","duration_seconds":3600}]`
	const other = `[{"start":"2026-10-06T08:00:00Z","duration_seconds":3600}]`
	s := newHarness(t)
	s.write("a.json", one, 1)
	s.write("b.json", other, 1)
	both := s.read(s.source())
	s.write("b.json", "neither", 2)
	broken := s.readPartly(s.source())
	if len(broken.Entries) != 1 || len(broken.Unread) != 1 || !cmp.Equal(broken.Unread[0].Known, []string{both.Entries[1].Fingerprint}) {
		t.Errorf("beside a broken file, %d entries, unread %+v", len(broken.Entries), broken.Unread)
	}
	if again := s.readPartly(s.source()); !cmp.Equal(again.Unread, broken.Unread) {
		t.Errorf("a second time, unread %+v", again.Unread)
	}
	s.write("b.json", other, 3)
	s.write("new.json", "neither", 3)
	s.readPartly(s.source())
	if fresh := s.readPartly(s.source()); len(fresh.Unread) != 1 || fresh.Unread[0].Known == nil || len(fresh.Unread[0].Known) != 0 {
		t.Errorf("a new file that was never read held nothing: %+v", fresh.Unread)
	}
	for name, test := range map[string]struct {
		source timelog.Source
		want   model.UnreadSource
	}{
		"never read":  {timelog.Source{Path: s.path("none.csv")}, model.UnreadSource{}},
		"of a format": {timelog.Source{Path: s.path("none.csv"), Format: "toggl"}, model.UnreadSource{Format: "toggl"}},
		"with columns": {timelog.Source{Path: s.path("none.csv"), Columns: map[string]string{"start": "Begin"}},
			model.UnreadSource{Format: "csv"}},
		"that makes no sense": {timelog.Source{Format: "klog"}, model.UnreadSource{Format: "klog"}},
		"standard input":      {timelog.Source{Path: model.StandardInput, Format: "json"}, model.UnreadSource{Format: "json"}},
	} {
		result, err := s.reader().Read(t.Context(), test.source)
		if diff := cmp.Diff([]model.UnreadSource{test.want}, result.Unread); err == nil || diff != "" {
			t.Errorf("a source %s: %v (-want +got):\n%s", name, err, diff)
		}
		if name == "that makes no sense" {
			continue
		}
		if indexed := s.reader().Indexed(t.Context(), []timelog.Source{test.source}); len(indexed.Unread) != 1 {
			t.Errorf("before a source %s was read, unread are %+v", name, indexed.Unread)
		}
	}
	failing := s.reader()
	failing.Run = func(context.Context, []string) ([]byte, error) { return nil, os.ErrPermission }
	result, err := failing.Read(t.Context(), timelog.Source{Command: []string{"tracker"}, Format: "watson"})
	if err == nil || len(result.Unread) != 1 || result.Unread[0].Format != "watson" {
		t.Errorf("a command that failed: %+v (%v)", result.Unread, err)
	}
}

func TestFilesTellWhatTheirUserDecides(t *testing.T) {
	t.Parallel()
	const noneBillable = "start,end,project,billable\n2026-10-05 09:00,2026-10-05 10:00,Atlas,no\n2026-10-06 09:00,2026-10-06 10:00,Atlas,no\n"
	const oneTag = `[{"start":"20261005T060000Z","end":"20261005T070000Z","tags":["atlas"]}]`
	const twoTags = `[{"start":"20261005T060000Z","end":"20261005T070000Z","tags":["api","atlas"]}]`
	for name, test := range map[string]struct {
		text                 string
		source               timelog.Source
		unbillable, manyTags bool
	}{
		"no row is billable":             {noneBillable, timelog.Source{}, true, false},
		"all are billed all the same":    {noneBillable, timelog.Source{Billable: model.BillableAll}, false, false},
		"none is billed anyway":          {noneBillable, timelog.Source{Billable: model.BillableNone}, false, false},
		"some rows are billable":         {noneBillable + "2026-10-07 09:00,2026-10-07 10:00,Atlas,yes\n", timelog.Source{}, false, false},
		"the only tag is the project":    {oneTag, timelog.Source{}, false, false},
		"nobody says which tag is it":    {twoTags, timelog.Source{}, false, true},
		"it is said":                     {twoTags, timelog.Source{ProjectTags: []string{"atlas"}}, false, false},
		"it is said that no tag is one":  {twoTags, timelog.Source{ClientTags: []string{}}, false, false},
		"the order of klog's tags tells": {"2026-10-05\n  1h #atlas #api\n", timelog.Source{}, false, false},
	} {
		s := newHarness(t)
		s.write("hours.txt", test.text, 1)
		test.source.Path = s.path("hours.txt")
		for range 2 {
			file := s.read(timelog.Source{Path: s.path("hours.txt")}, test.source).Files[1]
			if file.Unbillable != test.unbillable || file.ManyTags != test.manyTags || file.Source != 1 {
				t.Errorf("%s: %+v", name, file)
			}
		}
	}
}

// Tags of the example's own convention are told, as long as nothing says of the source what tags are.
func TestTagsThatNameClients(t *testing.T) {
	const tagged = `[{"id":1,"start":"20261005T080000Z","end":"20261005T090000Z","tags":["api","Client:Acme","project:atlas"]}]`
	s := newHarness(t)
	s.write("hours.json", tagged, 1)
	for name, test := range map[string]struct {
		source          timelog.Source
		client, project string
	}{
		"nothing is said":         {timelog.Source{}, "Client:Acme", "project:atlas"},
		"it is said":              {timelog.Source{ClientTags: []string{"client:*"}}, "", ""},
		"it is said that none is": {timelog.Source{ProjectTags: []string{}}, "", ""},
		"projects are said to be": {timelog.Source{ProjectTags: []string{"project:*"}}, "", ""},
	} {
		test.source.Path = s.path("hours.json")
		if file := s.read(test.source).Files[0]; file.ClientTag != test.client || file.ProjectTag != test.project {
			t.Errorf("%s: %+v", name, file)
		}
	}
}
