package timelog_test

import (
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

// TestTimewarriorFormsAreOne checks that an export, the data file behind it and an extension's standard input are one
// to the ledger.
func TestTimewarriorFormsAreOne(t *testing.T) {
	t.Parallel()
	export := mustReadText(t, testdata(t, "timewarrior.json"), timelog.Source{})
	for _, name := range []string{"timewarrior.data", "timewarrior-extension.txt"} {
		for _, format := range []string{"", "timewarrior"} {
			requireEqual(t, export, mustReadText(t, testdata(t, name), timelog.Source{Format: format}))
		}
	}
}

func TestTimewarriorAsExtension(t *testing.T) {
	t.Parallel()
	reader := timelog.Reader{Stdin: strings.NewReader(testdata(t, "timewarrior-extension.txt"))}
	result, err := reader.Read(t.Context(), timelog.Source{Path: model.StandardInput, Location: bucharest(t)})
	if err != nil {
		t.Fatal(err)
	}
	requireEqual(t, mustReadText(t, testdata(t, "timewarrior.json"), timelog.Source{}), result.Entries)
}

func TestTimewarriorExtensionWithoutIntervals(t *testing.T) {
	t.Parallel()
	entries := mustReadText(t, "temp.version: 1.4.3\nverbose: on\n\n[\n]\n", timelog.Source{})
	if len(entries) != 0 {
		t.Errorf("read %v", entries)
	}
}

func TestTimewarriorDataRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "inc 20261005T060000Z - 20261005T070000Z # good\n"+
		"inc 20261005T070000Z - 20261005T060000Z # backwards\n"+
		"inc yesterday # odd\n"+
		"exc monday\n"+
		"inc 20261005T080000Z - 20261005T090000Z # # \"no tags\"\n",
		timelog.Source{}, 2,
		`2: it ends before it starts`,
		`3: "yesterday" is not a time such as 20261005T090000Z`,
		"4: \"exc monday\" is no interval such as `inc 20261005T060000Z - 20261005T083000Z # tag`",
	)
	requireRejected(t, "temp.version: 1.4.3\n\n[\n"+
		`{"id":1,"start":"yesterday"}`+"\n]\n", timelog.Source{}, 0,
		`4: "yesterday" is not a time such as 20261005T090000Z`)
}
