package entries_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

const (
	oldFile    = "old.csv"
	kundeFile  = "kunde.csv"
	tagsFile   = "timew.json"
	markedFile = "toggl.csv"
)

// A sheet that nobody understands by its header, hours with tags that timewarrior sorted, and an export whose every row says No.
const (
	kunde  = "Wann,Bis,Wer,Wozu\n2026-11-11 09:00,2026-11-11 10:30,Brisk,Einrichtung\n2026-11-12 09:00,2026-11-12 10:00,Brisk,Abnahme\n"
	tagged = `[{"start":"20261103T080000Z","end":"20261103T100000Z","tags":["api","atlas"]},
{"start":"20261104T080000Z","end":"20261104T090000Z","tags":["atlas"]},
{"start":"20261105T080000Z","end":"20261105T083000Z","tags":["acme","api","review"]}]`
	marked = "Client,Project,Billable,Start date,Start time,End date,End time,Duration\n" +
		"Brisk,Borealis,No,2026-11-11,09:00:00,2026-11-11,10:00:00,01:00:00\nBrisk,Borealis,No,2026-11-12,09:00:00,2026-11-12,10:00:00,01:00:00\n"
)

// The settings with a source of every kind.
const manySources = `
# from the old laptop
[[source]]
path = "~/hours.json" # since May

[[source]]
format = "toggl"
path = "~/old.csv"
off = true

[[source]]
format = "csv"
path = "~/kunde.csv"
`

func preparedSources(settings string) *uitest.Prepared {
	return uitest.PrepareSettings(uitest.UsualAccount(), settings+rates, func(*uitest.Office) {})
}

var (
	severalSources = preparedSources(manySources)
	taggedSource   = preparedSources(sources(tagsFile))
	markedSource   = preparedSources(sources(markedFile))
)

// several is a program with a source of every kind.
func several(t testing.TB) *program {
	p := open(t, severalSources).track(hoursFile, month()...)
	p.WriteFile(oldFile, strings.ReplaceAll(marked, "No", "Yes")).WriteFile(kundeFile, kunde)
	return p
}

func withTags(t testing.TB) *program {
	p := open(t, taggedSource)
	p.WriteFile(tagsFile, tagged)
	return p
}

func withMarks(t testing.TB) *program {
	p := open(t, markedSource)
	p.WriteFile(markedFile, marked)
	return p
}

func (p *program) sources() []model.Source { return p.Settings().Sources }

// settings is the text of the settings file.
func (p *program) settings() string {
	content, err := os.ReadFile(p.SettingsFile())
	p.Check(err)
	return string(content)
}

func TestSourcesAreListed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, several(t), 80, 24)
		s.Press("S").Sees("Where the hours come from", "▸ ✓ ~/hours.json", "json", "12 entries", "– ~/old.csv", "toggl", "off", "✗ ~/kunde.csv", "not read")
		s.Press("j").Sees("It is switched off").Press("j").Sees("kunde.csv: ")
		s.Press("esc").Lacks("Where the hours come from")
	})
}

func TestASourceIsSwitched(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := several(t)
		s := start(t, records, 80, 24)
		s.Press("S", "x").Sees("– ~/hours.json").Press("j", " ").Sees("✓ ~/old.csv", "2 entries")
		if got := records.sources(); !got[0].Off || got[1].Off {
			t.Errorf("the sources are %+v", got)
		}
	})
}

func TestASourceIsRemovedAndItsFileKept(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := several(t)
		s := start(t, records, 80, 24)
		s.Press("S", "d").Sees("Remove this source?", "▸ keep it", "remove ~/hours.json").Press("enter").Sees("~/hours.json", "12 entries")
		s.Press("j", "j", "d", "y").Lacks("~/kunde.csv").Press("k", "k", "d", "tab", "enter").Sees("▸ – ~/old.csv")
		s.Press("esc").Lacks("OAuth")
		if got := records.sources(); len(got) != 1 || got[0].Path != "~/old.csv" {
			t.Errorf("the sources are %+v", got)
		}
		if _, err := records.ReadSource(t.Context(), model.Source{Path: "~/" + hoursFile}); err != nil {
			t.Errorf("the file of hours: %v", err)
		}
	})
}

func TestAnotherSourceIsAdded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := several(t)
		records.WriteFile("more.csv", "start,end,client,project\n2026-11-17 09:00,2026-11-17 10:00,Brisk,Onboarding\n")
		s := start(t, records, 80, 24)
		s.Press("S", "a").Sees("A file with hours").Type("~/more.csv").Press("enter").Sees("✓ ~/more.csv", "1 entry")
		s.Press("esc").Sees("Onboarding")
	})
}

func TestASourceIsEdited(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := several(t)
		s := start(t, records, 80, 24)
		s.Press("S", "enter").Sees("Change the source ~/hours.json", "by the content", "what it marks as billable")
		s.Press("tab", "tab").Type("json").Press("enter", "tab", "tab").Type("acme, client:*").Press("tab", "tab").Type("Ana").
			Press("tab").Type("all").Press("enter", "ctrl+s").Lacks("Change the source")
		want := model.Source{
			Path: "~/hours.json", Format: "json", ClientTags: []string{"acme", "client:*"}, User: "Ana", Billable: model.BillableAll,
		}
		if diff := cmp.Diff(want, records.sources()[0]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		text := records.settings()
		for _, kept := range []string{"# from the old laptop\n[[source]]\npath = \"~/hours.json\" # since May\n", `client_tag = ["acme", "client:*"]`} {
			if !strings.Contains(text, kept) {
				t.Errorf("the settings lack %s:\n%s", kept, text)
			}
		}
	})
}

// TestSavingAnUnchangedSourceChangesNothing holds that what the form cannot show exactly is not lost.
func TestSavingAnUnchangedSourceChangesNothing(t *testing.T) {
	for name, block := range map[string]string{
		"plain":   "path = \"~/hours.json\"\n",
		"command": "command = [\"sh\", \"-c\", \"cat \\\"$HOME/hours.json\\\"\", \"\"]\nclient_tag = []\nproject_tag = [\"a\", \"b\"]\n",
		"chosen":  "path = \"~/hours.json\"\nformat = \"json\"\nencoding = \"windows-1250\"\ndate_order = \"mdy\"\nbillable = \"file\"\nrates = \"rules\"\n",
		"columns": "path = \"~/hours.json\"\nformat = \"csv\"\ncolumns = { start = \"Wann\" }\nignore_columns = [\"Wozu\"]\nuser = \"Ana\"\nbillable = \"none\"\nrates = \"tracker\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := open(t, preparedSources("\n[[source]]\n"+block)).track(hoursFile, month()...)
				before := records.settings()
				s := start(t, records, 80, 24)
				s.Press("S", "enter").Sees("Change the source").Press("ctrl+s").Sees("The source is saved")
				if diff := cmp.Diff(before, records.settings()); diff != "" {
					t.Errorf("(-before +after):\n%s", diff)
				}
			})
		})
	}
}

func TestASourceThatCannotBe(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, several(t), 80, 24)
		s.Press("S", "enter", "ctrl+u").Type("hours.json").Press("ctrl+s").Sees("hours.json is not a full path. Write ~/hours.json, or")
		s.Press("esc", "a").Type("$HOME/hours.json").Press("enter").Sees("Write ~/hours.json")
	})
	uitest.Run(t, func(t *testing.T) {
		s := start(t, several(t), 80, 24)
		s.Press("S", "enter", "tab").Type("timew export").Press("ctrl+s").Sees("a file or a command, not both")
		s.Press("shift+tab", "ctrl+u", "tab", "ctrl+u").Type(`sh "-c`).Press("ctrl+s").Sees("a quotation mark is not closed")
		s.Press("ctrl+u", "ctrl+s").Sees("the path of a file, or a command")
		s.Type("/x").Press("tab", "tab", "tab", "tab", "tab").Type("[a").Press("ctrl+s").Sees("is not closed")
	})
}

func TestColumnsOfASheetAreNamed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := several(t)
		s := start(t, records, 80, 24)
		s.Press("S", "j", "j", "c").Sees("What do the columns of ~/kunde.csv mean?", "Wann", "first rows: 2026-11-11 09:00 · 2026-11-12 09:00")
		s.Type("start").Press("enter").Type("end").Press("enter").Type("start").Press("enter").Press("ctrl+s").Sees("Wann is start already")
		s.Type("client").Press("enter").Type("descr").Press("enter", "ctrl+s").Sees("✓ ~/kunde.csv", "2 entries").Press("esc").Sees("Einrichtung")
		want := model.Source{Path: "~/kunde.csv", Format: "csv", Columns: map[string]string{
			"start": "Wann", "end": "Bis", "client": "Wer", "description": "Wozu",
		}}
		if diff := cmp.Diff(want, records.sources()[2]); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Press("S", "c").Sees("Show the columns of ~/hours.json", "it is no sheet")
	})
}

// TestColumnsAreLeftOut checks that a column which the form says is not used is not read though its title is one of ours, is kept in
// the settings as such, and is not told again as one that was not used.
func TestColumnsAreLeftOut(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, billing(sources("sheet.csv"), login))
		records.WriteFile("sheet.csv", "Start,End,Client,Rate,Shift\n2026-11-11 09:00,2026-11-11 10:30,Brisk,75,late\n")
		s := start(t, records, 80, 24)
		s.Press("S", "c").Sees("Rate                 rate", "Shift                not used").Press("tab", "tab", "tab").Type("not used").
			Press("enter", "ctrl+s").Sees("1 entry").Press("esc")
		got := records.sources()[0]
		if diff := cmp.Diff([]string{"Rate", "Shift"}, got.IgnoredColumns); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Press("S", "c").Sees("Rate                 not used").Press("tab", "tab", "tab").Type("rate").Press("enter", "ctrl+s").Sees("1 entry")
		if got := records.sources()[0]; got.Columns["rate"] != "Rate" || len(got.IgnoredColumns) != 1 {
			t.Errorf("the source is %+v", got)
		}
	})
}

// TestSortedTagsAreAskedAbout checks that nothing is guessed of several tags, and that the answer leaves fingerprints as they were.
func TestSortedTagsAreAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := withTags(t)
		before := records.fingerprints()
		s := start(t, records, 80, 24)
		s.Sees("Which tags of ~/timew.json are projects", "▸ atlas", "3:00", "2 entries  project", "api", "2:30", "acme").Press("j", "j").Sees("▸ acme").
			Press("c", "ctrl+s").Lacks("Which tags").Sees("atlas")
		source := records.sources()[0]
		if diff := cmp.Diff([2][]string{{"acme"}, {"atlas"}}, [2][]string{source.ClientTags, source.ProjectTags}); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(before, records.fingerprints()); diff != "" {
			t.Errorf("hours look new (-before +after):\n%s", diff)
		}
		s.Press("r").Lacks("Which tags")
	})
	uitest.Run(t, func(t *testing.T) {
		records := withTags(t)
		s := start(t, records, 80, 24)
		s.Press("esc").Lacks("Which tags").Press("R").Press("esc").Lacks("Which tags").Press("r").Sees("Which tags")
		// That no tag is anything is an answer, too.
		s.Press("n", "ctrl+s", "r").Lacks("Which tags").Press("S", "t").Sees("Which tags").Press("j", "p", "ctrl+s")
		if got := records.sources()[0].ProjectTags; !cmp.Equal(got, []string{"api"}) {
			t.Errorf("projects are %v", got)
		}
	})
}

// fingerprints are those of all hours.
func (p *program) fingerprints() []string {
	hours, err := p.Hours(p.Context(), nil)
	p.Check(err)
	var all []string
	for _, entry := range hours.Entries {
		all = append(all, entry.Fingerprint)
	}
	return all
}

func TestPatternsOfTagsStay(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, preparedSources("\n[[source]]\npath = \"~/timew.json\"\nclient_tag = \"ac*\"\n"))
		records.WriteFile(tagsFile, tagged)
		s := start(t, records, 80, 24)
		s.Lacks("Which tags").Press("S", "t", "j", "j").Sees("client", "The pattern ac* of the source says so.").Press("n").Sees("change it in the form")
		s.Press("k", "k", "p", "ctrl+s")
		if got := records.sources()[0]; !cmp.Equal(got.ClientTags, []string{"ac*"}) || !cmp.Equal(got.ProjectTags, []string{"atlas"}) {
			t.Errorf("the source is %+v", got)
		}
	})
}

// TestHoursThatAreAllMarkedAsNotBillable are asked about once, whatever the answer.
func TestHoursThatAreAllMarkedAsNotBillable(t *testing.T) {
	for _, test := range []struct {
		keys []string
		want model.BillableMarks
	}{{[]string{"tab", "enter"}, model.BillableAll}, {[]string{"tab", "tab", "enter"}, model.BillableByFile}} {
		uitest.Run(t, func(t *testing.T) {
			records := withMarks(t)
			s := start(t, records, 80, 24)
			s.Sees("Are these hours billed?", "~/toggl.csv marks every entry as not billable", "▸ decide later").Press("enter").Lacks("Are these")
			s.Press("r").Sees("Are these hours billed?").Press(test.keys...).Sees("The answer is saved").Press("r").Lacks("Are these")
			if got := records.sources()[0].Billable; got != test.want {
				t.Errorf("billable is %q, want %q", got, test.want)
			}
		})
	}
}

func TestAFileOfSeveralTrackersIsAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, preparedSources(sources("both.csv")))
		records.WriteFile("both.csv", "Date,Hours,First Name,Start,End,user_name\n2026-10-05,1.5,Ana,2026-10-05T06:00:00Z,2026-10-05T07:30:00Z,Ana\n")
		s := start(t, records, 80, 24)
		s.Sees("Which tracker wrote ~/both.csv?", "▸ decide later").Press("esc").Sees("left out until you say which tracker wrote it")
		s.Press("r").Sees("Which tracker wrote").Press("tab", "enter").Lacks("Which tracker")
		if got := records.sources()[0].Format; got == "" {
			t.Error("the answer is not kept")
		}
	})
}

// TestHoursOfARemovedSourceLeaveTheList holds also when what is left cannot be read.
func TestHoursOfARemovedSourceLeaveTheList(t *testing.T) {
	for _, keys := range [][]string{{"d", "tab", "enter"}, {"x"}} {
		uitest.Run(t, func(t *testing.T) {
			s := start(t, several(t), 80, 24)
			s.Sees("OAuth").Press("S").Press(keys...).Press("esc").Lacks("OAuth").Sees("could not be read")
		})
	}
}

// TestASourceCanBeMendedWhenNothingCanBeRead checks that the list is at hand beside the failure.
func TestASourceCanBeMendedWhenNothingCanBeRead(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, preparedSources(sources("gone.json")))
		records.track(hoursFile, month()...)
		s := start(t, records, 80, 24)
		s.Sees("could not be read").Press("S").Sees("✗ ~/gone.json", "no such file").Press("enter", "ctrl+u").Type("~/hours.json").
			Press("ctrl+s", "esc").Sees("OAuth")
	})
}

// TestASheetThatNobodyUnderstandsIsAdded checks that its columns are asked for instead of refusing it.
func TestASheetThatNobodyUnderstandsIsAdded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unused)
		records.WriteFile(kundeFile, kunde)
		s := start(t, records, 80, 24)
		s.Press("enter").Type("~/kunde.csv").Press("enter").Sees("What do the columns of ~/kunde.csv mean?").Type("start").Press("enter").
			Type("end").Press("enter", "ctrl+s").Sees("2 entries")
		got := records.sources()
		if len(got) != 1 || got[0].Format != "csv" || got[0].Columns["start"] != "Wann" || len(got[0].IgnoredColumns) != 2 {
			t.Errorf("the sources are %+v", got)
		}
	})
}

func TestTrackersRatesAreOfferedWhereNoRateFits(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		p := open(t, billing(sources("rated.csv"), login))
		p.WriteFile("rated.csv", "start,end,client,project,rate,currency\n"+
			"2026-11-02T12:00:00+02:00,2026-11-02T13:30:00+02:00,Brisk,Atlas,60,EUR\n"+
			"2026-11-03T12:00:00+02:00,2026-11-03T13:30:00+02:00,Brisk,Atlas,,\n")
		s := start(t, p, 120, 24)
		s.Sees("no rate", "tracker: 60.00 EUR an hour").Press(" ").
			Sees("Use the tracker's rates?", "The tracker says 60.00 EUR an hour", "rated.csv", "▸ add a rate")
		s.Press("enter").Sees("What do such hours cost?").Press("esc")
		s.Press(" ", "tab", "enter").Sees("1.50 h", "× 60.00 EUR").Press(" ").Sees("1 ticked", "90.00 EUR")
		// An entry without a rate of the tracker still asks for one.
		s.Press("j", " ").Sees("What do such hours cost?")
	})
}
