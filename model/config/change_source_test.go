package config

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// sourceAt is the source at an index as the file has it.
func sourceAt(t *testing.T, path string, index int) model.SourcePlace {
	t.Helper()
	settings, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return model.SourcePlace{Index: index, Source: settings.Sources[index]}
}

const twoSources = `# Hours.

# the old tracker
[[source]] # first
path = "~/old.csv"   # exported in May
date_order = "dmy"

  [[source]]
  command = ["timew", "export"] # all of it
  client_tag = "client:*"

[[rule]]
price = "1"
`

func TestChangeSource(t *testing.T) {
	for name, test := range map[string]struct {
		index  int
		change func(*model.Source)
		lines  [2]string
	}{
		"another file": {0, func(s *model.Source) { s.Path = "~/new.csv" }, [2]string{`"~/old.csv"`, `"~/new.csv"`}},
		"switched off": {
			0, func(s *model.Source) { s.Off = true },
			[2]string{"date_order = \"dmy\"\n", "date_order = \"dmy\"\noff = true\n"},
		},
		"dates tell": {0, func(s *model.Source) { s.DateOrder = "" }, [2]string{"date_order = \"dmy\"\n", ""}},
		"a list of tags": {
			1, func(s *model.Source) { s.ClientTags = []string{"acme", "client:*"} },
			[2]string{`client_tag = "client:*"`, `client_tag = ["acme", "client:*"]`},
		},
		"no tag is a project": {
			1, func(s *model.Source) { s.ProjectTags = []string{} },
			[2]string{"client_tag = \"client:*\"\n", "client_tag = \"client:*\"\n  project_tag = []\n"},
		},
		"a file in the place of a command": {
			1, func(s *model.Source) { s.Command, s.Path = nil, "/hours.json" },
			[2]string{
				"  command = [\"timew\", \"export\"] # all of it\n  client_tag = \"client:*\"\n",
				"  client_tag = \"client:*\"\n  path = \"/hours.json\"\n",
			},
		},
		"columns": {
			0, func(s *model.Source) {
				s.Format, s.Columns = "csv", map[string]string{"start": "Begin", "client": "Kunde"}
				s.IgnoredColumns = []string{"Satz", "Notiz"}
			},
			[2]string{
				"date_order = \"dmy\"\n",
				"date_order = \"dmy\"\nformat = \"csv\"\ncolumns = { \"client\" = \"Kunde\", \"start\" = \"Begin\" }\n" +
					"ignore_columns = [\"Satz\", \"Notiz\"]\n",
			},
		},
		"nothing": {0, func(*model.Source) {}, [2]string{"", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, twoSources)
			place := sourceAt(t, path, test.index)
			source := place.Source
			test.change(&source)
			if err := ChangeSource(path, place, source); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Replace(twoSources, test.lines[0], test.lines[1], 1), read(t, path)); diff != "" {
				t.Error(diff)
			}
			if saved := sourceAt(t, path, test.index).Source; !saved.Equal(source) {
				t.Errorf("it is read as %+v, saved as %+v", saved, source)
			}
		})
	}
}

func TestRemoveSource(t *testing.T) {
	for index, gone := range []string{
		"# the old tracker\n[[source]] # first\npath = \"~/old.csv\"   # exported in May\ndate_order = \"dmy\"\n\n",
		"  [[source]]\n  command = [\"timew\", \"export\"] # all of it\n  client_tag = \"client:*\"\n\n",
	} {
		path := write(t, twoSources)
		if err := RemoveSource(path, sourceAt(t, path, index)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.Replace(twoSources, gone, "", 1), read(t, path)); diff != "" {
			t.Errorf("source %d: %s", index+1, diff)
		}
	}
}

func TestSourcesThatAreChangedByHand(t *testing.T) {
	for name, text := range map[string]string{
		"list in brackets":               "source = [{ path = \"/a\" }]\n",
		"columns in a section":           "[[source]]\npath = \"/a\"\n[source.columns]\nstart = \"Begin\"\n",
		"a command over several lines":   "[[source]]\ncommand = [\n\"timew\",\n]\n",
		"a user over several lines":      "[[source]]\npath = \"/a\"\nuser = \"\"\"\nAna\"\"\"\n",
		"a setting of another's columns": "[[source]]\npath = \"/a\"\n[invoice]\n[source.columns]\nstart = \"Begin\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, text)
			place := sourceAt(t, path, 0)
			changed := place.Source
			changed.User, changed.Path, changed.Command, changed.Columns = "Ion", "/b", nil, map[string]string{"start": "Anfang"}
			if err := ChangeSource(path, place, changed); !errors.Is(err, ErrChangeByHand) {
				t.Errorf("error %v", err)
			}
			if read(t, path) != text {
				t.Error("the file was changed")
			}
		})
	}
}

func TestASourceThatChangedMeanwhileIsLeft(t *testing.T) {
	path := write(t, twoSources)
	place := sourceAt(t, path, 0)
	const since = "[[source]]\npath = \"~/other.csv\"\n"
	if err := os.WriteFile(path, []byte(since), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"change": ChangeSource(path, place, model.Source{Path: "/x"}), "remove": RemoveSource(path, place),
		"gone": RemoveSource(path, model.SourcePlace{Index: 5, Source: place.Source}),
	} {
		if !errors.Is(err, ErrSourceChanged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if read(t, path) != since {
		t.Error("the file was changed")
	}
}

func TestTagsOfASource(t *testing.T) {
	for text, want := range map[string][]string{
		``:                                   nil,
		`client_tag = ""`:                    nil,
		`client_tag = " client:* "`:          {"client:*"},
		`client_tag = []`:                    {},
		`client_tag = ["acme", "b[eta]lis"]`: {"acme", "b[eta]lis"},
	} {
		path := write(t, "[[source]]\npath = \"/a\"\n"+text+"\n")
		if diff := cmp.Diff(want, sourceAt(t, path, 0).Source.ClientTags); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}
