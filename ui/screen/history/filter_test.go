package history_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/ui/screen/history"
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

// The filter speaks the language of Time's.
func TestFilterTakesFields(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, everyStatus.Open(t), 80, 24)
		for text, want := range map[string]string{
			"client:cireș": "2 of 14", "number:0023": "1 of 14", "is:overdue": "1 of 14", "status:not-issued": "1 of 14", "due:<2000": "0 of 14",
		} {
			driver.Press("/").Type(text).Sees(want).Fits().Press("enter").Sees(want).Press("esc")
		}
		driver.Press("/").Type("is:over").Sees("14 of 14").Press("enter").Sees("is:over is not understood. Did you mean is:overdue?", "0 of 14").
			Press("/").Type("due").Sees("1 of 14").Press("esc")
		driver.Press("/").Type("amount:>1.250").Press("enter").Sees("1.250 can mean 1250 or 1.25. Type one of these.").Press("esc").Sees("▸")
		driver.Press("/").Type("clinet:x").Sees("clinet:x is not understood. Did you mean client:x?").Fits()
	})
}

// The help names every field and every state of the filter.
func TestHelpDescribesTheFilter(t *testing.T) {
	words, help := strings.Fields(filter.InvoiceForms), ""
	for _, action := range history.New(uitest.Env(t.Context()), nil).Actions() {
		help += " " + action.Long
	}
	for _, word := range words {
		if name, _, is := strings.Cut(strings.Trim(word, ",;"), ":"); is && !strings.Contains(help, name+":") {
			t.Errorf("the help does not name %s:", name)
		}
	}
	_, states, _ := strings.Cut(filter.InvoiceForms, "is:")
	states, _, _ = strings.Cut(states, ";")
	for state := range strings.FieldsSeq(states) {
		if !strings.Contains(help, state) {
			t.Errorf("the help does not name is:%s", state)
		}
	}
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
