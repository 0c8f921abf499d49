package ui_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"cadensa/model/app"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// lookFirst starts the demo with its history at a time of the clock in Bucharest.
func lookFirst(t *testing.T, at string, width, height int) *journey {
	t.Helper()
	start, err := time.ParseInLocation("2006-01-02 15:04", at, uitest.Noon.Location())
	if err != nil {
		t.Fatal(err)
	}
	nothing, bubble := func(string) string { return "" }, uitest.Env(t.Context()).Now
	present := func() time.Time { return start.Add(bubble().Sub(uitest.Noon)) }
	j := &journey{folder: t.TempDir()}
	j.app, err = app.OpenDemo(t.Context(), app.Options{Getenv: nothing, Now: present}, app.Demo{
		Folder: j.folder, History: true,
		Start: func(warn func(error), now func() time.Time) app.DemoAccount {
			j.server = sandbox.New(sandbox.Config{Now: now, Warn: warn})
			return app.DemoAccount{Credentials: credentials(j.server), Connect: connect(j.server, now),
				LoseAnswer: func() { j.server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.CommitAndError}) }}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := j.app.Close(); err != nil {
			t.Error(err)
		}
	})
	j.shell = openScreens(t.Context(), j.app, present)
	j.Driver = uitest.Start(t, j.shell, width, height).Settling(longestRetry)
	return j
}

// drawn references are another in every demo.
var drawn = regexp.MustCompile(`CAD-[0-9A-Z]{6}`)

// TestFirstLook is what the demo shows at once: the month to bill, full of hours on every day.
func TestFirstLook(t *testing.T) {
	for name, at := range map[string]string{
		"on the 1st": "2026-12-01 08:30", "on the 14th": "2026-12-14 10:00", "on the 16th": "2026-12-16 10:00", "on the 31st": "2026-12-31 17:00",
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				j := lookFirst(t, at, 80, 24)
				golden.RequireEqual(t, drawn.ReplaceAllString(j.Fits().Frame(), "CAD-000000"))
			})
		})
	}
}

// TestEveryScreenOfTheDemoHasSomethingToShow looks at the screens that hours, clients and invoices fill.
func TestEveryScreenOfTheDemoHasSomethingToShow(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		j := lookFirst(t, "2026-12-01 08:30", 120, 40)
		j.Press("c").Sees("Atelier Cireș", "Brisk", "Lumina", "Nordlicht", "Studio Salcia").Press("esc")
		j.Press("4").Sees("paid", "overdue", "cancelled", "reversed", "proforma", "unknown", "EUR")
		j.Press("2").Type("a").Press("esc", "o").Sees("Atelier Cireș SRL", "Nordlicht GmbH", "Studio Salcia SRL", "3 of 3 clients").Press("esc")
		j.Press("4", "u").Sees("SmartBill made it: it is ABC-0001")
	})
}

// TestEightKeysToANumberedInvoice goes from the demo's start to an invoice of one client's month.
func TestEightKeysToANumberedInvoice(t *testing.T) {
	keys := []string{"c", "down", "enter", "a", "enter", "ctrl+s", "i", "y"}
	if len(keys) != 8 {
		t.Fatalf("there are %d keys", len(keys))
	}
	for _, at := range []string{"2026-12-01 08:30", "2026-12-14 10:00", "2026-12-16 10:00", "2026-12-31 17:00"} {
		t.Run(at[:10], func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				j := lookFirst(t, at, 80, 24)
				before := len(j.server.Invoices())
				j.Press(keys...).Sees("▸4 History", "is issued:")
				made := j.server.Invoices()
				if len(made) != before+1 {
					t.Fatalf("SmartBill has %d invoices more", len(made)-before)
				}
				if last := made[len(made)-1]; last.Series != "FCT" || last.Client.Name != "Atelier Cireș SRL" {
					t.Errorf("%s-%s is for %s", last.Series, last.Number, last.Client.Name)
				}
			})
		})
	}
}
