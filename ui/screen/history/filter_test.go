package history_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// Words are looked for in number, client, status, amount and period, in any case and without diacritics.
func TestFilterFinds(t *testing.T) {
	tests := []struct{ text, want string }{
		{"0023", "1 of 14"},
		{"fct-0022", "1 of 14"},
		{"CIRES", "2 of 14"},
		{"cireș sep", "1 of 14"},
		{"2041.88", "1 of 14"},
		{"120,500", "1 of 14"},
		{"not issued", "1 of 14"},
		{"overdue", "1 of 14"},
		{"eur oct", "1 of 14"},
		{"august", "3 of 14"},
		{"さくら", "2 of 14"},
		{"  ", "14 of 14"},
		{"brisk nordlicht", "0 of 14"},
	}
	uitest.Run(t, func(t *testing.T) {
		office := everyStatus.Open(t)
		driver := start(t, office, 80, 24)
		for _, test := range tests {
			driver.Press("/").Type(test.text).Sees(test.want).Fits().Press("esc")
		}
		driver.Press("/").Type(strings.ToLower(newest(t, office, model.StatusUnknown).Intent)).Sees("1 of 14")
	})
}

// While the filter is typed, digits, q and the keys of actions are text.
func TestFilterTakesTheKeyboard(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		asked := office.Simulator.CallCounts()
		driver := start(t, office, 80, 24).Press("/").Type("1pqc?ry/").Sees("1pqc?ry/", "0 of 4")
		if len(office.Copied) > 0 || !cmp.Equal(asked, office.Simulator.CallCounts()) || driver.Ended() {
			t.Error("a letter was taken for a command")
		}
		driver.Press("esc").Sees("4 invoices", "▸ FCT-0023").Lacks("1pqc")
	})
}

func TestFilterTakesAPaste(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, certain.Open(t), 80, 24).Press("/").Paste("FCT-0021").Sees("1 of 4", "▸ FCT-0021")
	})
}

// The cursor stays on its invoice when the filter goes; esc clears a kept filter too; the arrows move while typing.
func TestFilterKeepsTheCursor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, certain.Open(t), 80, 24).Press("/").Type("atelier").Press("down").Sees("▸ FCT-0021", "2 of 4")
		driver.Press("enter").Sees("2 of 4").Press("esc").Sees("4 invoices", "▸ FCT-0021")
	})
}

// A reload keeps the filter.
func TestFilterOutlivesAReload(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("/").Type("atelier").Press("enter")
		issueMany(office, 3)
		driver.Press("r").Sees("2 of 7").Lacks("Brisk")
	})
}

// A filter that is typed while the list is read applies to the list that arrives.
func TestFilterDuringAReload(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		driver := start(t, office, 80, 24)
		reading := office.hold("Invoices")
		driver.Press("r", "/").Type("atelier").Sees("reading", "2 of 4")
		issueMany(office.Office, 3)
		close(reading)
		driver.Sees("2 of 7").Lacks("reading", "Brisk")
	})
}
