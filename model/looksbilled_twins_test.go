package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestTwins(t *testing.T) {
	from := func(source string, entry model.Entry) model.Entry {
		return changed(entry, func(e *model.Entry) { e.Source = source })
	}
	timed, daily := worked("ana", 540, 600, "Rate limiter"), onDay("ana", 0, 60, "Rate limiter")
	for name, test := range map[string]struct {
		files [][]model.Entry
		// want tells by file and row which entry of which file each twin is one of.
		want map[[2]int][2]int
	}{
		"two exports":               {[][]model.Entry{{timed}, {from("solidtime", timed)}}, map[[2]int][2]int{{1, 0}: {0, 0}}},
		"two exports, edited since": {[][]model.Entry{{timed}, {worked("ana", 540, 600, "Limiter")}}, map[[2]int][2]int{{1, 0}: {0, 0}}},
		"three exports": {[][]model.Entry{{timed}, {from("csv", timed)}, {from("json", timed)}},
			map[[2]int][2]int{{1, 0}: {0, 0}, {2, 0}: {0, 0}}},
		"the name in other letters":   {[][]model.Entry{{timed}, {worked("ANĂ ", 540, 600, "x")}}, map[[2]int][2]int{{1, 0}: {0, 0}}},
		"nobody's":                    {[][]model.Entry{{timed}, {worked("", 540, 600, "x")}}, map[[2]int][2]int{{1, 0}: {0, 0}}},
		"two people's":                {[][]model.Entry{{timed}, {worked("dan", 540, 600, "x")}}, nil},
		"one file's":                  {[][]model.Entry{{timed, worked("ana", 540, 600, "x")}, {}}, nil},
		"another end":                 {[][]model.Entry{{timed}, {worked("ana", 540, 601, "x")}}, nil},
		"days":                        {[][]model.Entry{{daily}, {from("csv", daily)}}, map[[2]int][2]int{{1, 0}: {0, 0}}},
		"days of other words":         {[][]model.Entry{{daily}, {onDay("ana", 0, 60, "x")}}, map[[2]int][2]int{{1, 0}: {0, 0}}},
		"days of another length":      {[][]model.Entry{{daily}, {onDay("ana", 0, 61, "x")}}, nil},
		"other days":                  {[][]model.Entry{{daily}, {onDay("ana", 1, 60, "x")}}, nil},
		"days of another project":     {[][]model.Entry{{daily}, {changed(daily, func(e *model.Entry) { e.Project = "Borealis" })}}, nil},
		"days without a project":      {[][]model.Entry{{changed(daily, func(e *model.Entry) { e.Project = "" })}, {changed(onDay("ana", 0, 60, "x"), func(e *model.Entry) { e.Project = "" })}}, nil},
		"a skipped one is no twin":    {[][]model.Entry{{worked("ana", 540, 600, "skip")}, {timed}}, nil},
		"running ones are no twins":   {[][]model.Entry{{changed(timed, func(e *model.Entry) { e.Running = true })}, {from("csv", timed)}}, nil},
		"a colleague's comes between": {[][]model.Entry{{worked("dan", 540, 600, "x"), timed}, {from("csv", timed)}}, map[[2]int][2]int{{1, 0}: {0, 1}}},
	} {
		read := reading(test.files...)
		got := map[string]string{}
		for twin, first := range read.Twins(func(e *model.Entry) bool { return e.Description == "skip" }) {
			got[twin] = first.Fingerprint
		}
		want := map[string]string{}
		for twin, first := range test.want {
			want[test.files[twin[0]][twin[1]].Fingerprint] = test.files[first[0]][first[1]].Fingerprint
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The settings tell people apart whom their trackers do not name.
func TestTwinsOfNamedFiles(t *testing.T) {
	for user, want := range map[string]int{"": 1, "ana": 1, "dan": 0} {
		read := reading([]model.Entry{worked("ana", 540, 600, "a")}, []model.Entry{worked("", 540, 600, "b")})
		read.Files[1].User = user
		if twins := read.Twins(func(*model.Entry) bool { return false }); len(twins) != want {
			t.Errorf("with the second file of %q, twins are %v", user, twins)
		}
	}
}

func TestFlaggedEntries(t *testing.T) {
	entry := worked("ana", 540, 600, "a")
	twin := model.EntryStatus{State: model.EntryFree, TwinOf: "3f9a0c51d2b84e67", TwinIn: "october.csv"}
	for want, status := range map[string]model.EntryStatus{
		"": {}, "looks billed FCT-0023": {LooksBilled: "FCT-0023"}, "twin of 3f9a0c51d2b84e67 in october.csv": twin, "FCT-0001": {State: model.EntryBilled, Invoice: "FCT-0001"},
	} {
		if got := entry.Block(status); got != want {
			t.Errorf("%+v is kept back by %q, want %q", status, got, want)
		}
		if got, want := entry.NeedsDecision(status), status.IsFlagged(); got != want {
			t.Errorf("%+v is only flagged: %v", status, got)
		}
	}
	if entry.Running = true; entry.NeedsDecision(twin) {
		t.Error("an entry that runs is only flagged")
	}
	read := reading([]model.Entry{worked("ana", 540, 600, "a")})
	if got := read.FileName(&read.Entries[0]); got != "file0.csv" {
		t.Errorf("its file is %q", got)
	}
}
