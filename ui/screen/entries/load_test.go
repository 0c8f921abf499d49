package entries_test

import (
	"slices"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// moreFile is read after the hours, where it is a source.
const moreFile = "more.json"

var (
	twoFiles         = billing(sources(hoursFile, moreFile)+rates, login)
	datesUnclear     = billing(sources(hoursFile, "toggl.csv", "clockify.csv")+rates, login)
	unclearAndBroken = billing(sources(hoursFile, "toggl.csv", "clockify.csv", moreFile)+rates, login)
	nothingClear     = billing(sources("toggl.csv")+rates, login)
	// broken has a file that is empty, a program that is not there, and a file with a row that cannot be read.
	broken = billing(sources(hoursFile, "toggl.csv", "harvest.csv")+`format = "harvest"

[[source]]
format = "timewarrior"
command = ["nowhere-installed", "export"]
`+rates, login)
)

// indexed is the sample with most of it known before the sources are read, which the gate holds back.
func indexed(t testing.TB) *program {
	p := open(t, sampled).track(hoursFile, month()[:9]...)
	_, err := p.Hours(p.Context(), nil)
	p.Check(err)
	p.Restart()
	return p.track(hoursFile, month()...).held()
}

func TestTheIndexIsShownAtOnce(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed(t)
		s := start(t, records, 80, 24)
		s.Sees("8 entries", "OAuth refresh tokens").Lacks("Reading the hours", "Ghid")
		s.Press("j", " ", "j", "/").Type("atlas").Press("enter").Sees("1 ticked", "▸   03 Nov")
		close(records.gate)
		s.Sees("7 entries", "1 ticked", "▸   03 Nov", "/ atlas", "Ghid")
	})
}

// TestTicksMadeWhileReadingStay ticks between the beginning and the end of the reading.
func TestTicksMadeWhileReadingStay(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed(t)
		s := start(t, records, 80, 24)
		s.Press("a").Sees("4 ticked")
		close(records.gate)
		s.Sees("4 ticked", "11 entries")
	})
}

func TestReadingTellsHowFarItIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed(t)
		records.reports = []model.ReadingProgress{{Source: "hours.csv", Read: 1 << 20, Size: 4 << 20, Entries: 1200}}
		s := start(t, records, 80, 24)
		s.Sees("reading hours.csv  25 %  1200 entries")
		close(records.gate)
		s.Elapse(time.Second)
		s.Lacks("reading hours.csv")
	})
	uitest.Run(t, func(t *testing.T) {
		records := indexed(t)
		records.reports = []model.ReadingProgress{{Source: "timew export"}}
		start(t, records, 80, 24).Sees("waiting for timew export")
		close(records.gate)
	})
	uitest.Run(t, func(t *testing.T) {
		records := sample(t).held()
		records.reports = []model.ReadingProgress{{Source: "timew", Read: 5 << 20, Entries: 1}}
		start(t, records, 80, 24).Sees("Reading the hours", "reading timew  5 MB  1 entry")
	})
}

func TestAFailureLeavesWhatWasKnown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed(t)
		records.RemoveFile(hoursFile)
		s := start(t, records, 80, 24)
		s.Press(" ")
		close(records.gate)
		s.Sees("8 entries", "1 ticked", "no such file", "r reads again")
	})
	uitest.Run(t, func(t *testing.T) {
		records := open(t, twoFiles).track(hoursFile, month()...)
		start(t, records, 80, 24).Sees("11 entries", "Not everything could be read: cannot read /home/ana/more.json: no such file")
	})
}

// TestWhatIsIssuedWhileReadingIsNotFreeAfterwards issues between the beginning of the reading and its end.
func TestWhatIsIssuedWhileReadingIsNotFreeAfterwards(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed(t)
		s := start(t, records, 80, 24)
		s.Press(" ").Sees("1 ticked")
		records.Issued(records.InvoiceOf(uitest.Atelier(), "2026-11-22", "250", "RON", oauth))
		s.Send(screen.LedgerChanged{Issued: true, Sent: true}).Sees("FCT-0022", "nothing ticked")
		close(records.gate)
		s.Sees("11 entries", "FCT-0022", "nothing ticked")
	})
}

// TestTicksOfASourceThatFailsAreKept holds that what was ticked yesterday is not lost because a file is missing today.
func TestTicksOfASourceThatFailsAreKept(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		gone := worked(12, 9, 60, "Atelier Cireș", "Atlas", "api", "In the missing file")
		records := open(t, twoFiles).track(hoursFile, month()...).keep(model.Selection{}, gone, oauth)
		s := start(t, records, 80, 24)
		s.Sees("1 ticked").Press("j", " ")
		if got := records.ticks(); len(got) != 3 || !slices.Contains(got, gone.Fingerprint) {
			t.Errorf("kept are %v", got)
		}
		records.track(moreFile, gone)
		s.Press("r").Sees("3 ticked")
	})
}

func TestTicksThatAreGoneAreSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t).keep(model.Selection{}, model.Entry{Fingerprint: "0123456789abcdef"}, oauth)
		s := start(t, records, 80, 24)
		s.Sees("1 ticked", "1 ticked entry is not in the sources any more")
		if got := records.ticks(); len(got) != 1 {
			t.Errorf("kept are %v", got)
		}
	})
}

// ambiguous is the sample with two sources whose dates could be read either way.
func ambiguous(t testing.TB) *program { return unclear(t, datesUnclear).track(hoursFile, month()...) }

// unclear writes two files whose dates could be read either way.
func unclear(t testing.TB, prepared *uitest.Prepared) *program {
	p := open(t, prepared)
	p.WriteFile("toggl.csv", "Client,Start date,Start time,Duration\nBrisk,03/04/2026,9:00,1:00:00\n")
	p.WriteFile("clockify.csv", "Client,Start Date,Start Time,Duration (h)\nBrisk,01/02/2026,9:00,1:00:00\n")
	return p
}

func TestDatesAreAskedAboutOnce(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ambiguous(t)
		s := start(t, records, 80, 24)
		s.Sees("Is 03/04/2026 the 3rd of April or the 4th of March?", "▸ decide later", "~/toggl.csv").Press("tab", "enter")
		s.Sees("Is 01/02/2026 the 1st of February or the 2nd of January?").Press("tab", "tab", "enter").Lacks("decide later")
		s.Press("r").Lacks("decide later")
		if got := records.Settings().Sources; got[1].DateOrder != "dmy" || got[2].DateOrder != "mdy" {
			t.Errorf("the sources are %+v", got)
		}
		s.Press("p").Type("2026-04").Press("enter").Sees("1 entry").Press("p").Type("2026-01").Press("enter").Sees("1 entry")
	})
	uitest.Run(t, func(t *testing.T) {
		s := start(t, ambiguous(t), 80, 24)
		s.Press("esc").Sees("The hours of 2 sources are left out", "r asks again").Lacks("decide later")
		s.Send(screen.LedgerChanged{}).Lacks("decide later")
		s.Press("r").Sees("03/04/2026")
	})
}

func TestWhatFailedIsSaidWhenTheQuestionIsPutOff(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := unclear(t, unclearAndBroken).track(hoursFile, month()...)
		s := start(t, records, 80, 24)
		s.Sees("decide later").Lacks("Not everything").Press("esc").Sees("The hours of 2 sources are left out", "1 source could not be read").
			Lacks("the day from the month")
		s.Press("!").Sees("1 source left out", "more.json: no such file").Lacks("the day from the month")
	})
}

// Several failures are counted, and listed with the rows on a key, each whole however narrow the window is.
func TestWhatCouldNotBeReadIsListed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, broken).track(hoursFile, month()...)
		records.WriteFile("harvest.csv", "")
		records.WriteFile("toggl.csv", "Client,Start date,Start time,Duration\nBrisk,2026-04-03,25:00:00,1:00:00\n")
		s := start(t, records, 60, 18)
		s.Sees("2 sources and 1 row could not be read", "! list them").Press("!").
			Sees("2 sources and 1 row left out", "Hours and First Name)", "run nowhere-installed export: ", "not found",
				`/home/ana/toggl.csv:2: "25:00:00" is not a time of day`)
	})
	uitest.Run(t, func(t *testing.T) {
		start(t, sample(t), 80, 24).Press("!").Sees("Everything was read.")
	})
}

// While every source waits for an answer there is nothing to tick, and the list says what it waits for.
func TestNothingButSourcesThatWaitForAnAnswer(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := unclear(t, nothingClear)
		s := start(t, records, 60, 18)
		s.Press("esc").Sees("The hours of ~/toggl.csv are left out until you say what", "nothing ticked").
			Lacks("hold no hours", "space ticks the entry")
		s.Press("a").Sees("There is nothing to tick here").Press("I").Sees("There is nothing to tick here").Lacks("last column")
	})
}

func TestADateThatSaysNothingIsAskedAboutAllTheSame(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ambiguous(t)
		records.WriteFile("toggl.csv", "Client,Start date,Start time,Duration\nBrisk,03/00/2026,9:00,1:00:00\n")
		start(t, records, 80, 24).Sees("Is 03/00/2026 day 3, month 0 or the 0th of March?")
	})
}
