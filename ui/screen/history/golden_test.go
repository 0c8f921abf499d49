package history_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/charmbracelet/x/exp/teatest"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen/history"
	"cadensa/ui/uitest"
)

// The frames of every state, in the usual terminal and in a wide one.
func TestFrames(t *testing.T) {
	tests := []struct {
		name    string
		records func() *memory
		keys    []string
	}{
		{name: "empty", records: func() *memory { return &memory{} }},
		{name: "loading", records: func() *memory { return &memory{loadGate: make(chan struct{})} }},
		{name: "load error", records: func() *memory { return &memory{loadErr: errors.New("read invoices: disk I/O error")} }},
		{name: "every standing", records: doubtful},
		{name: "certain", records: sure},
		{name: "filter being typed", records: doubtful, keys: []string{"/", "n", "o", "r", "d"}},
		{name: "filter kept", records: doubtful, keys: []string{"/", "o", "v", "e", "r", "d", "enter"}},
		{name: "filter without a match", records: sure, keys: []string{"/", "x", "y", "z"}},
		{name: "detail", records: sure, keys: []string{"enter"}},
		{name: "detail of an unknown one", records: doubtful, keys: []string{"j", "enter"}},
		{name: "cancel dialog", records: sure, keys: []string{"c"}},
		{name: "cancelling", records: func() *memory { return &memory{invoices: certain(), cancelGate: make(chan struct{})} }, keys: []string{"c", "tab", "enter"}},
		{name: "cancelled", records: sure, keys: []string{"c", "tab", "enter"}},
		{name: "cancel refused", records: func() *memory { return &memory{invoices: certain(), cancelErr: refusal()} }, keys: []string{"c", "tab", "enter"}},
		{name: "cancel unknown", records: func() *memory { return &memory{invoices: certain(), cancelErr: noAnswer()} }, keys: []string{"c", "tab", "enter"}},
		{name: "storno asked for", records: sure, keys: []string{"c", "s"}},
		{name: "storno made", records: sure, keys: []string{"s", "tab", "enter"}},
		{name: "restore asked for", records: sure, keys: []string{"G", "R"}},
		{name: "restore refused", records: func() *memory { return &memory{invoices: certain(), actErr: billedElsewhere()} }, keys: []string{"G", "R", "tab", "enter"}},
		{name: "payment", records: paidInPart, keys: []string{"$"}},
		{name: "payment being asked", records: func() *memory { m := sure(); m.actGate = make(chan struct{}); return m }, keys: []string{"$"}},
		{name: "payment kinds", records: paidInPart, keys: []string{"$", "tab", "tab", "down"}},
		{name: "payment by receipt", records: paidInPart, keys: []string{"$", "tab", "tab", "down", "c", "a", "s", "h", "enter"}},
		{name: "payment of too much", records: paidInPart, keys: []string{"$", "9", "ctrl+s"}},
		{name: "payment asked for", records: paidInPart, keys: []string{"$", "ctrl+s"}},
		{name: "payment recorded", records: paidInPart, keys: []string{"$", "ctrl+s", "tab", "enter"}},
		{name: "payment of a paid one", records: func() *memory { m := sure(); m.balance = owed("4800.00", "0"); return m }, keys: []string{"j", "$"}},
		{name: "payment unknown", records: lostPayment, keys: []string{"$", "ctrl+s", "tab", "enter"}},
		{name: "payment open", records: openPayment, keys: []string{"enter"}},
		{name: "payment settled", records: func() *memory { return reckoned(model.PaymentFound) }, keys: []string{"u"}},
		{name: "payment missing", records: func() *memory { return reckoned(model.PaymentMissing) }, keys: []string{"u"}},
		{name: "payment to wait for", records: func() *memory { return reckoned(model.PaymentWait) }, keys: []string{"u"}},
		{name: "payment undecided", records: func() *memory { return reckoned(model.PaymentUndecided) }, keys: []string{"u"}},
		{name: "payment decided", records: func() *memory { return reckoned(model.PaymentUndecided) }, keys: []string{"u", "n", "tab", "enter"}},
		{name: "settling", records: func() *memory { m := finding(adopted); m.actGate = make(chan struct{}); return m }, keys: []string{"u"}},
		{name: "settling in the background", records: func() *memory { m := finding(adopted); m.actGate = make(chan struct{}); return m }, keys: []string{"u", "esc"}},
		{name: "settled adopted", records: func() *memory { return finding(adopted) }, keys: []string{"u"}},
		{name: "settled not issued", records: func() *memory { return finding(notIssued) }, keys: []string{"u"}},
		{name: "settled wait", records: func() *memory { return finding(wait) }, keys: []string{"u"}},
		{name: "settled undecided", records: func() *memory { return finding(undecided) }, keys: []string{"u", "j"}},
		{name: "settled without candidates", records: func() *memory { return finding(movedBack) }, keys: []string{"u"}},
		{name: "settling locked out", records: func() *memory { return finding(lockedOut) }, keys: []string{"u"}},
		{name: "adopt asked for", records: func() *memory { return finding(undecided) }, keys: []string{"u", "a"}},
		{name: "release asked for", records: func() *memory { return finding(undecided) }, keys: []string{"u", "n"}},
		{name: "released", records: func() *memory { return finding(undecided) }, keys: []string{"u", "n", "tab", "enter"}},
		{name: "number asked for", records: func() *memory { return finding(undecided) }, keys: []string{"u", "#", "2"}},
		{name: "resend asked for", records: func() *memory { return finding(notIssued) }, keys: []string{"u", "S"}},
		{name: "draft asked about", records: func() *memory { return &memory{invoices: everyStanding()[8:10]} }, keys: []string{"u"}},
		{name: "pdf saved", records: sure, keys: []string{"p"}},
		{name: "timesheet written", records: sure, keys: []string{"t"}},
	}
	for _, test := range tests {
		for _, size := range []struct{ width, height int }{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", test.name, size.width, size.height), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					start(t, test.records(), size.width, size.height).Press(test.keys...).Golden()
				})
			})
		}
	}
}

// The smallest window that the shell takes.
func TestSmallest(t *testing.T) {
	for name, keys := range map[string][]string{"list": nil, "detail": {"G", "k", "k", "k", "enter"}, "cancel": {"j", "j", "c"}, "evidence": {"j", "u"}, "filter": {"/", "b", "r"}} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := doubtful()
				records.settle = undecided
				start(t, records, 60, 18).Press(keys...).Golden()
			})
		})
	}
}

// The spinner turns while the invoices are read.
func TestSpinnerTurns(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &memory{loadGate: make(chan struct{}), invoices: certain()}
		driver := start(t, records, 80, 24).Sees("Reading the invoices ·  ")
		elapse(driver, 130*time.Millisecond).Sees("Reading the invoices ·· ")
		close(records.loadGate)
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
			env := testEnv(t.Context())
			tab := history.New(env, sure())
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
