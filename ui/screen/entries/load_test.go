package entries_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// indexed is the sample with most of it known before the sources are read, which the gate holds back.
func indexed() *fakeHours {
	records := sample()
	records.indexed = records.hours
	records.indexed.Entries = records.hours.Entries[:9]
	records.gate = make(chan struct{})
	return records
}

func TestTheIndexIsShownAtOnce(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed()
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
		records := indexed()
		s := start(t, records, 80, 24)
		s.Press("a").Sees("4 ticked")
		close(records.gate)
		s.Sees("4 ticked", "11 entries")
	})
}

func TestReadingTellsHowFarItIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed()
		records.reports = []model.ReadingProgress{{Source: "hours.csv", Read: 1 << 20, Size: 4 << 20, Entries: 1200}}
		s := start(t, records, 80, 24)
		s.Sees("reading hours.csv  25 %  1200 entries")
		close(records.gate)
		s.Elapse(time.Second)
		s.Lacks("reading hours.csv")
	})
	uitest.Run(t, func(t *testing.T) {
		records := indexed()
		records.reports = []model.ReadingProgress{{Source: "timew export"}}
		start(t, records, 80, 24).Sees("waiting for timew export")
		close(records.gate)
	})
	uitest.Run(t, func(t *testing.T) {
		records := sample()
		records.gate = make(chan struct{})
		records.reports = []model.ReadingProgress{{Source: "timew", Read: 5 << 20, Entries: 1}}
		start(t, records, 80, 24).Sees("Reading the hours", "reading timew  5 MB  1 entry")
	})
}

func TestAFailureLeavesWhatWasKnown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed()
		records.failure = errors.New("hours.csv: permission denied")
		s := start(t, records, 80, 24)
		s.Press(" ")
		close(records.gate)
		s.Sees("8 entries", "1 ticked", "permission denied", "r reads again")
	})
	uitest.Run(t, func(t *testing.T) {
		records := sample()
		records.hours.Failure = errors.New("toggl.csv: no such file")
		records.hours.Broken = []error{records.hours.Failure}
		start(t, records, 80, 24).Sees("11 entries", "Not everything could be read: toggl.csv: no such file")
	})
}

// TestWhatIsIssuedWhileReadingIsNotFreeAfterwards issues between the beginning of the reading and its end.
func TestWhatIsIssuedWhileReadingIsNotFreeAfterwards(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := indexed()
		s := start(t, records, 80, 24)
		s.Press(" ").Sees("1 ticked")
		records.mutex.Lock()
		records.hours.Statuses = map[string]model.EntryStatus{records.hours.Entries[1].Fingerprint: {State: model.EntryBilled,
			Invoice: "FCT-0099"}}
		records.mutex.Unlock()
		s.Send(screen.LedgerChanged{Issued: true, Sent: true}).Sees("FCT-0099", "nothing ticked")
		close(records.gate)
		s.Sees("11 entries", "FCT-0099", "nothing ticked")
	})
}

// TestTicksOfASourceThatFailsAreKept holds that what was ticked yesterday is not lost because a file is missing today.
func TestTicksOfASourceThatFailsAreKept(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample()
		gone := worked(12, 9, 60, "Atelier Cireș", "Atlas", "api", "In the missing file")
		there := records.hours.Entries[1]
		records.ticked = []model.Tick{{Fingerprint: gone.Fingerprint}, {Fingerprint: there.Fingerprint}}
		records.hours.Failure = errors.New("toggl.csv: no such file")
		records.hours.Broken = []error{records.hours.Failure}
		s := start(t, records, 80, 24)
		s.Sees("1 ticked").Press("j", " ")
		if got := records.ticks(); len(got) != 3 || got[2] != gone.Fingerprint {
			t.Errorf("kept are %v", got)
		}
		records.mutex.Lock()
		records.hours.Failure = nil
		records.hours.Entries = append(records.hours.Entries[:11:11], gone, records.hours.Entries[11])
		records.mutex.Unlock()
		s.Press("r").Sees("3 ticked")
	})
}

func TestTicksThatAreGoneAreSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample()
		records.ticked = []model.Tick{{Fingerprint: "0123456789abcdef"}, {Fingerprint: records.hours.Entries[1].Fingerprint}}
		s := start(t, records, 80, 24)
		s.Sees("1 ticked", "1 ticked entry is not in the sources any more")
		if got := records.ticks(); len(got) != 1 {
			t.Errorf("kept are %v", got)
		}
	})
}

// ambiguous is the sample with two sources whose dates could be read either way.
func ambiguous() *fakeHours {
	records := sample()
	records.hours.Ambiguous = []model.AmbiguousDates{{Source: "toggl.csv", Example: "03/04/2026"}, {Source: "clockify.csv", Example: "1.2.26"}}
	return records
}

func TestDatesAreAskedAboutOnce(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ambiguous()
		s := start(t, records, 80, 24)
		s.Sees("Is 03/04/2026 the 3rd of April or the 4th of March?", "▸ decide later", "toggl.csv").Press("tab", "enter")
		s.Sees("Is 1.2.26 the 1st of February or the 2nd of January?").Press("tab", "tab", "enter").Lacks("decide later")
		s.Press("r").Lacks("decide later")
		if fmt.Sprint(records.orders) != "map[clockify.csv:mdy toggl.csv:dmy]" {
			t.Errorf("the orders are %v", records.orders)
		}
	})
	uitest.Run(t, func(t *testing.T) {
		s := start(t, ambiguous(), 80, 24)
		s.Press("esc").Sees("The hours of 2 sources are left out", "r asks again").Lacks("decide later")
		s.Send(screen.LedgerChanged{}).Lacks("decide later")
		s.Press("r").Sees("03/04/2026")
	})
}

func TestWhatFailedIsSaidWhenTheQuestionIsPutOff(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ambiguous()
		records.hours.Failure = errors.New("its dates can be read either way, and bartib.log is not there")
		records.hours.Broken = []error{errors.New("bartib.log is not there")}
		s := start(t, records, 80, 24)
		s.Sees("decide later").Lacks("Not everything").Press("esc").Sees("The hours of 2 sources are left out", "1 source could not be read").
			Lacks("either way")
		s.Press("!").Sees("1 source left out", "bartib.log is not there").Lacks("either way")
	})
}

// Several failures are counted, and listed with the rows on a key, each whole however narrow the window is.
func TestWhatCouldNotBeReadIsListed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample()
		records.hours.Broken = []error{
			errors.New("cannot read harvest.csv: it is empty; expected a Harvest detailed time CSV (with the columns Date, Hours and First Name)"),
			errors.New("run timew export: exit code 3: the database is locked"),
		}
		records.hours.Failure = errors.Join(records.hours.Broken...)
		records.hours.Rejected = []model.Rejected{{File: "toggl.csv", Line: 7,
			Reason: `"25:00:00" is not a time of day, and nobody knows what it was meant to be`}}
		s := start(t, records, 60, 18)
		s.Sees("2 sources and 1 row could not be read", "! list them").Press("!").
			Sees("2 sources and 1 row left out", "Hours and First Name)", "is locked", "it was meant to be")
	})
	uitest.Run(t, func(t *testing.T) {
		start(t, sample(), 80, 24).Press("!").Sees("Everything was read.")
	})
}

// While every source waits for an answer there is nothing to tick, and the list says what it waits for.
func TestNothingButSourcesThatWaitForAnAnswer(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ambiguous()
		records.hours.Entries, records.hours.Ambiguous = nil, records.hours.Ambiguous[:1]
		records.hours.Failure = errors.New("its dates can be read either way")
		s := start(t, records, 60, 18)
		s.Press("esc").Sees("The hours of toggl.csv are left out until you say what", "nothing ticked").
			Lacks("hold no hours", "space ticks the entry")
		s.Press("a").Sees("There is nothing to tick here").Press("I").Sees("There is nothing to tick here").Lacks("last column")
	})
}

func TestADateThatSaysNothingIsAskedAboutAllTheSame(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ambiguous()
		records.hours.Ambiguous[0].Example = "31/44"
		start(t, records, 80, 24).Sees("Is 31/44 day 31, month 44 or day 44, month 31?")
	})
}
