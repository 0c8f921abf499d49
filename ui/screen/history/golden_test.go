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
		records func() *fakeRecords
		keys    []string
	}{
		{name: "empty", records: func() *fakeRecords { return &fakeRecords{} }},
		{name: "loading", records: func() *fakeRecords { return &fakeRecords{loadGate: make(chan struct{})} }},
		{name: "load error", records: func() *fakeRecords { return &fakeRecords{loadErr: errors.New("read invoices: disk I/O error")} }},
		{name: "every standing", records: uncertainRecords},
		{name: "certain", records: certainRecords},
		{name: "filter being typed", records: uncertainRecords, keys: []string{"/", "n", "o", "r", "d"}},
		{name: "filter kept", records: uncertainRecords, keys: []string{"/", "o", "v", "e", "r", "d", "enter"}},
		{name: "filter without a match", records: certainRecords, keys: []string{"/", "x", "y", "z"}},
		{name: "detail", records: certainRecords, keys: []string{"enter"}},
		{name: "detail of an unknown one", records: uncertainRecords, keys: []string{"j", "enter"}},
		{name: "cancel dialog", records: certainRecords, keys: []string{"c"}},
		{name: "cancelling", records: func() *fakeRecords { return &fakeRecords{invoices: certainInvoices(), cancelGate: make(chan struct{})} }, keys: []string{"c", "tab", "enter"}},
		{name: "cancelled", records: certainRecords, keys: []string{"c", "tab", "enter"}},
		{name: "cancel refused", records: func() *fakeRecords { return &fakeRecords{invoices: certainInvoices(), cancelErr: refusal()} }, keys: []string{"c", "tab", "enter"}},
		{name: "cancel unknown", records: func() *fakeRecords { return &fakeRecords{invoices: certainInvoices(), cancelErr: noAnswer()} }, keys: []string{"c", "tab", "enter"}},
		{name: "storno asked for", records: certainRecords, keys: []string{"c", "s"}},
		{name: "storno made", records: certainRecords, keys: []string{"s", "tab", "enter"}},
		{name: "restore asked for", records: certainRecords, keys: []string{"G", "R"}},
		{name: "restore refused", records: func() *fakeRecords { return &fakeRecords{invoices: certainInvoices(), callErr: billedElsewhere()} }, keys: []string{"G", "R", "tab", "enter"}},
		{name: "payment", records: paidInPart, keys: []string{"$"}},
		{name: "payment being asked", records: func() *fakeRecords { m := certainRecords(); m.callGate = make(chan struct{}); return m }, keys: []string{"$"}},
		{name: "payment kinds", records: paidInPart, keys: []string{"$", "tab", "tab", "down"}},
		{name: "payment by receipt", records: paidInPart, keys: []string{"$", "tab", "tab", "down", "c", "a", "s", "h", "enter"}},
		{name: "payment of too much", records: paidInPart, keys: []string{"$", "9", "ctrl+s"}},
		{name: "payment asked for", records: paidInPart, keys: []string{"$", "ctrl+s"}},
		{name: "payment recorded", records: paidInPart, keys: []string{"$", "ctrl+s", "tab", "enter"}},
		{name: "payment of a paid one", records: func() *fakeRecords { m := certainRecords(); m.balance = balance("4800.00", "0"); return m }, keys: []string{"j", "$"}},
		{name: "payment unknown", records: lostPayment, keys: []string{"$", "ctrl+s", "tab", "enter"}},
		{name: "payment open", records: openPayment, keys: []string{"enter"}},
		{name: "payment settled", records: func() *fakeRecords { return settledPayment(model.PaymentFound) }, keys: []string{"u"}},
		{name: "payment missing", records: func() *fakeRecords { return settledPayment(model.PaymentMissing) }, keys: []string{"u"}},
		{name: "payment to wait for", records: func() *fakeRecords { return settledPayment(model.PaymentWait) }, keys: []string{"u"}},
		{name: "payment undecided", records: func() *fakeRecords { return settledPayment(model.PaymentUndecided) }, keys: []string{"u"}},
		{name: "payment decided", records: func() *fakeRecords { return settledPayment(model.PaymentUndecided) }, keys: []string{"u", "n", "tab", "enter"}},
		{name: "settling", records: func() *fakeRecords { m := settlingFinds(adopted); m.callGate = make(chan struct{}); return m }, keys: []string{"u"}},
		{name: "settling in the background", records: func() *fakeRecords { m := settlingFinds(adopted); m.callGate = make(chan struct{}); return m }, keys: []string{"u", "esc"}},
		{name: "settled adopted", records: func() *fakeRecords { return settlingFinds(adopted) }, keys: []string{"u"}},
		{name: "settled not issued", records: func() *fakeRecords { return settlingFinds(notIssued) }, keys: []string{"u"}},
		{name: "settled wait", records: func() *fakeRecords { return settlingFinds(wait) }, keys: []string{"u"}},
		{name: "settled undecided", records: func() *fakeRecords { return settlingFinds(undecided) }, keys: []string{"u", "j"}},
		{name: "settled without candidates", records: func() *fakeRecords { return settlingFinds(movedBack) }, keys: []string{"u"}},
		{name: "settling locked out", records: func() *fakeRecords { return settlingFinds(lockedOut) }, keys: []string{"u"}},
		{name: "adopt asked for", records: func() *fakeRecords { return settlingFinds(undecided) }, keys: []string{"u", "a"}},
		{name: "release asked for", records: func() *fakeRecords { return settlingFinds(undecided) }, keys: []string{"u", "n"}},
		{name: "released", records: func() *fakeRecords { return settlingFinds(undecided) }, keys: []string{"u", "n", "tab", "enter"}},
		{name: "number asked for", records: func() *fakeRecords { return settlingFinds(undecided) }, keys: []string{"u", "#", "2"}},
		{name: "resend asked for", records: func() *fakeRecords { return settlingFinds(notIssued) }, keys: []string{"u", "S"}},
		{name: "draft asked about", records: func() *fakeRecords { return &fakeRecords{invoices: everyStatus()[8:10]} }, keys: []string{"u"}},
		{name: "pdf saved", records: certainRecords, keys: []string{"p"}},
		{name: "timesheet written", records: certainRecords, keys: []string{"t"}},
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
				records := uncertainRecords()
				records.settle = undecided
				start(t, records, 60, 18).Press(keys...).Golden()
			})
		})
	}
}

// The spinner turns while the invoices are read.
func TestSpinnerTurns(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{loadGate: make(chan struct{}), invoices: certainInvoices()}
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
			tab := history.New(env, certainRecords())
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
