package history_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cadensa/model"
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
		{name: "storno explained", records: sure, keys: []string{"c", "s"}},
		{name: "pdf saved", records: sure, keys: []string{"p"}},
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
	for name, keys := range map[string][]string{"list": nil, "detail": {"G", "k", "k", "k", "enter"}, "cancel": {"j", "j", "c"}, "filter": {"/", "b", "r"}} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) { start(t, doubtful(), 60, 18).Press(keys...).Golden() })
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

func sure() *memory { return &memory{invoices: certain()} }

func doubtful() *memory { return &memory{invoices: everyStanding()} }

func refusal() error {
	return fmt.Errorf("cancel FCT-0023: %w: Factura nu poate fi anulata", model.ErrRefused)
}

func noAnswer() error { return fmt.Errorf("cancel FCT-0023: %w", model.ErrOutcomeUnknown) }
