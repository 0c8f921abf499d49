package history_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/charmbracelet/x/exp/teatest"

	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/screen/history"
	"cadensa/ui/uitest"
)

// The frames of every state, in the usual terminal and in a wide one.
func TestFrames(t *testing.T) {
	tests := []struct {
		name   string
		office func(t *testing.T) office
		keys   []string
		// elapsed passes before the frame is looked at, where calls are repeated.
		elapsed time.Duration
	}{
		{name: "empty", office: func(t *testing.T) office { return uitest.NewOffice(t) }},
		{name: "loading", office: loading},
		{name: "load error", office: unreadable},
		{name: "every standing", office: opens(everyStatus)},
		{name: "certain", office: opens(certain)},
		{name: "filter being typed", office: opens(everyStatus), keys: []string{"/", "n", "o", "r", "d"}},
		{name: "filter kept", office: opens(everyStatus), keys: []string{"/", "o", "v", "e", "r", "d", "enter"}},
		{name: "filter misspelt", office: opens(certain), keys: []string{"/", "i", "s", ":", "o", "v", "e", "r", "d", "u", "e", "e", "enter"}},
		{name: "filter without a match", office: opens(certain), keys: []string{"/", "x", "y", "z"}},
		{name: "detail", office: opens(certain), keys: []string{"enter"}},
		{name: "detail of an unknown one", office: opens(everyStatus), keys: []string{"j", "enter"}},
		{name: "cancel dialog", office: opens(certain), keys: []string{"c"}},
		{name: "cancelling", office: slow(certain, cancelling), keys: []string{"c", "tab", "enter"}},
		{name: "cancelled", office: opens(certain), keys: []string{"c", "tab", "enter"}},
		{name: "cancel refused", office: refuses, keys: []string{"c", "tab", "enter"}},
		{name: "cancel unknown", office: fails(certain, cancelling), keys: []string{"c", "tab", "enter"}, elapsed: repeating},
		{name: "storno asked for", office: opens(certain), keys: []string{"c", "s"}},
		{name: "storno made", office: opens(certain), keys: []string{"s", "tab", "enter"}},
		{name: "storno of lines", office: opens(certain), keys: []string{"L", "2"}},
		{name: "storno of lines asked for", office: opens(certain), keys: []string{"L", "2", "tab", "1", "ctrl+s"}},
		{name: "storno of lines made", office: opens(certain), keys: []string{"L", "2", "tab", "1", "ctrl+s", "tab", "enter"}},
		{name: "detail with lines reversed", office: opens(certain), keys: []string{"L", "2", "tab", "1", "ctrl+s", "tab", "enter", "/", "0", "0", "2", "3", "enter", "enter"}},
		{name: "restore asked for", office: opens(certain), keys: []string{"G", "R"}},
		{name: "restore refused", office: opens(rebilled), keys: []string{"G", "R", "tab", "enter"}},
		{name: "payment", office: opens(partlyPaid), keys: []string{"$"}},
		{name: "payment being asked", office: slow(certain, "GET /invoice/paymentstatus"), keys: []string{"$"}},
		{name: "payment kinds", office: opens(partlyPaid), keys: []string{"$", "tab", "tab", "down"}},
		{name: "payment by receipt", office: opens(partlyPaid), keys: []string{"$", "tab", "tab", "down", "c", "a", "s", "h", "enter"}},
		{name: "payment of too much", office: opens(partlyPaid), keys: []string{"$", "9", "ctrl+s"}},
		{name: "payment asked for", office: opens(partlyPaid), keys: []string{"$", "ctrl+s"}},
		{name: "payment recorded", office: opens(partlyPaid), keys: []string{"$", "ctrl+s", "tab", "enter"}},
		{name: "payment of a paid one", office: opens(certain), keys: []string{"j", "$"}},
		{name: "payment unknown", office: fails(certain, recording), keys: []string{"$", "ctrl+s", "tab", "enter"}},
		{name: "payment open", office: opens(openPayment), keys: []string{"enter"}},
		{name: "payment settled", office: opens(foundPayment), keys: []string{"u"}},
		{name: "payment missing", office: opens(missingPayment), keys: []string{"u"}},
		{name: "payment to wait for", office: opens(waitingPayment), keys: []string{"u"}},
		{name: "payment undecided", office: opens(undecidedPayment), keys: []string{"u"}},
		{name: "payment decided", office: opens(undecidedPayment), keys: []string{"u", "n", "tab", "enter"}},
		{name: "settling", office: slow(adopted, "GET /series"), keys: []string{"u"}},
		{name: "settling in the background", office: slow(adopted, "GET /series"), keys: []string{"u", "esc"}},
		{name: "settled adopted", office: opens(adopted), keys: []string{"u"}},
		{name: "settled not issued", office: opens(notIssued), keys: []string{"u"}},
		{name: "settled wait", office: opens(waiting), keys: []string{"u"}},
		{name: "settled undecided", office: withheld, keys: []string{"u"}, elapsed: repeating},
		{name: "settled without candidates", office: opens(movedBack), keys: []string{"u"}},
		{name: "settling locked out", office: lockedOut, keys: []string{"u"}},
		{name: "adopt asked for", office: opens(undecided), keys: []string{"u", "a"}},
		{name: "release asked for", office: opens(undecided), keys: []string{"u", "n"}},
		{name: "released", office: opens(undecided), keys: []string{"u", "n", "tab", "enter"}},
		{name: "number asked for", office: opens(undecided), keys: []string{"u", "#", "2"}},
		{name: "resend asked for", office: opens(notIssued), keys: []string{"u", "S"}},
		{name: "draft asked about", office: opens(drafted), keys: []string{"u"}},
		{name: "email form", office: opens(certain), keys: []string{"m"}},
		{name: "email question", office: opens(certain), keys: []string{"m", "ctrl+s"}},
		{name: "email sent", office: opens(certain), keys: []string{"m", "ctrl+s", "y"}},
		{name: "email again", office: opens(certain), keys: []string{"m", "ctrl+s", "y", "m", "ctrl+s"}},
		{name: "email unknown", office: fails(certain, mailing), keys: []string{"m", "ctrl+s", "y"}},
		{name: "email in the detail", office: fails(certain, mailing), keys: []string{"m", "ctrl+s", "y", "enter", "G"}},
		{name: "reminder", office: opens(certain), keys: []string{"j", "j", "M", "ctrl+s"}},
		{name: "reminder again", office: opens(certain), keys: []string{"j", "j", "M", "ctrl+s", "y", "M", "ctrl+s"}},
		{name: "pdf saved", office: opens(certain), keys: []string{"p"}},
		{name: "timesheet written", office: opens(certain), keys: []string{"t"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				driver := start(t, test.office(t), 80, 24).Press(test.keys...).Elapse(test.elapsed)
				driver.GoldenAt(80, 24).GoldenAt(120, 40)
			})
		})
	}
}

func opens(prepared *uitest.Prepared) func(*testing.T) office {
	return func(t *testing.T) office { return prepared.Open(t) }
}

// slow opens an office in which SmartBill takes its time over an operation.
func slow(prepared *uitest.Prepared, operation string) func(*testing.T) office {
	return func(t *testing.T) office { return prepared.Open(t).Slow(operation) }
}

// fails opens an office in which the answers to an operation get lost on the way.
func fails(prepared *uitest.Prepared, operation string) func(*testing.T) office {
	return func(t *testing.T) office { return prepared.Open(t).FailsOn(operation, sandbox.BadGateway) }
}

// withheld has one of the numbers kept back.
func withheld(t *testing.T) office { return undecided.Open(t).Going().Withholds("0025") }

func refuses(t *testing.T) office { return certain.Open(t).Refuses(cancelling, refusal) }

func lockedOut(t *testing.T) office { return adopted.Open(t).Fails("GET /series", sandbox.LockOut) }

func loading(t *testing.T) office {
	office := makeUnreliable(certain.Open(t))
	office.hold("Invoices")
	return office
}

func unreadable(t *testing.T) office {
	office := makeUnreliable(certain.Open(t))
	office.fail("Invoices", errors.New("read invoices: disk I/O error"))
	return office
}

// The smallest window that the shell takes.
func TestSmallest(t *testing.T) {
	tests := map[string]struct {
		office *uitest.Prepared
		keys   []string
	}{
		"list":     {everyStatus, nil},
		"detail":   {everyStatus, []string{"G", "k", "k", "k", "enter"}},
		"cancel":   {everyStatus, []string{"j", "j", "c"}},
		"evidence": {undecided, []string{"u"}},
		"filter":   {everyStatus, []string{"/", "b", "r"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				start(t, test.office.Open(t), 60, 18).Press(test.keys...).Golden()
			})
		})
	}
}

// The spinner turns while the invoices are read.
func TestSpinnerTurns(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		reading := office.hold("Invoices")
		driver := start(t, office, 80, 24).Sees("Reading the invoices ·  ")
		driver.Elapse(130 * time.Millisecond).Sees("Reading the invoices ·· ")
		close(reading)
		driver.Sees("4 invoices").Lacks("·· ")
	})
}

// patience bounds what a hung program may cost; nothing waits for it otherwise.
const patience = 30 * time.Second

// The screen in a real program with its own renderer: the last frame after some keys.
func TestProgram(t *testing.T) {
	tests := []struct {
		name string
		// each key is sent once the output shows the text before it.
		steps []step
	}{
		{"to the end", []step{{"FCT-0016", "G"}}},
		{"filtered", []step{{"FCT-0016", "/"}, {"show all", "p"}, {"2 of 4", "enter"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			office := certain.Open(t)
			env := office.Env()
			tab := history.New(env, office)
			t.Cleanup(tab.Close)
			program := teatest.NewTestModel(t, ui.New(env, "", 0, nil, tab), teatest.WithInitialTermSize(80, 24))
			for _, step := range test.steps {
				shows(t, program, step.shown)
				key, err := uitest.Key(step.key)
				if err != nil {
					t.Fatal(err)
				}
				program.Send(key)
			}
			program.Send(tea.Quit())
			last := program.FinalModel(t, teatest.WithFinalTimeout(patience))
			golden.RequireEqual(t, last.View())
		})
	}
}

type step struct{ shown, key string }

func shows(t *testing.T, program *teatest.TestModel, text string) {
	t.Helper()
	teatest.WaitFor(t, program.Output(), func(output []byte) bool { return bytes.Contains(output, []byte(text)) },
		teatest.WithDuration(patience), teatest.WithCheckInterval(5*time.Millisecond))
}
