package cli_test

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

func TestTimesheetStandsBesideThePDF(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	made := h.issued(t)
	invoice := strings.TrimSpace(h.succeed(t, "pdf", "FCT-0001"))
	stem := strings.TrimSuffix(invoice, ".pdf") + "-timesheet"
	want := strings.Join([]string{stem + ".pdf", stem + ".csv", stem + ".md"}, "\n") + "\n"
	for range 2 {
		if diff := cmp.Diff(want, h.succeed(t, "timesheet", "FCT-0001")); diff != "" {
			t.Error(diff)
		}
	}
	files, err := os.ReadDir(filepath.Dir(invoice))
	if err != nil || len(files) != 4 {
		t.Errorf("the folder holds %v (%v)", files, err)
	}
	if !strings.HasPrefix(h.read(t, stem+".pdf"), beginsPDF) {
		t.Error("the timesheet is no PDF")
	}
	rows, err := csv.NewReader(strings.NewReader(h.read(t, stem+".csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var fingerprints []any
	for _, row := range rows[1:] {
		fingerprints = append(fingerprints, row[0])
	}
	if diff := cmp.Diff(made["entries"], any(fingerprints)); diff != "" {
		t.Errorf("the hours are not the invoice's (-invoice +timesheet):\n%s", diff)
	}
	text := h.read(t, stem+".md")
	for _, want := range []string{"Anexă la factura FCT-0001", moriiClient, "3:30", "3.50 ora",
		"| 2026-10-05 | 09:00–11:00 | Atlas · api | Tokens |"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
}

// Nothing but the ledger is needed: the timesheet can be had without a network.
func TestTimesheetAsksNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.server.Script(sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1})
		h.succeed(t, "timesheet", "FCT-0001")
	})
}

func TestTimesheetGoesWhereItIsTold(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	path := h.path("hours.CSV")
	if data := h.succeed(t, "timesheet", "FCT-0001", "-o", path); data != path+"\n" {
		t.Errorf("prints %q", data)
	}
	if diff := cmp.Diff(h.read(t, path), h.succeed(t, "timesheet", "FCT-0001", "--format", "csv", "-o", "-")); diff != "" {
		t.Errorf("standard output differs from the file (-file +output):\n%s", diff)
	}
	files := decoded[[]object](t, h.succeed(t, "timesheet", "FCT-0001", "--format", "md,csv", "--format", "md", "--json"))
	if diff := cmp.Diff([]string{"md", "csv"}, values(files, "format")); diff != "" {
		t.Error(diff)
	}
	for _, file := range files {
		checkKeys(t, file, "format", "path")
		if path := values([]object{file}, "path")[0]; filepath.Dir(path) != h.path("pdf") {
			t.Errorf("%s is not in the PDF folder", path)
		}
	}
}

func TestTimesheetRefusals(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.fail(t, 1, []string{"no such invoice"}, "timesheet", "FCT-0001")
	h.issued(t)
	for _, wrong := range []struct {
		words     string
		arguments []string
	}{
		{"reference", nil},
		{"none of pdf, csv, md", []string{"FCT-0001", "--format", "odt"}},
		{"one file", []string{"FCT-0001", "--format", "pdf,csv", "-o", "x.pdf"}},
		{"add --format", []string{"FCT-0001", "-o", "-"}},
		{"add --format", []string{"FCT-0001", "-o", "hours.txt"}},
		{"leave --json out", []string{"FCT-0001", "--format", "csv", "-o", "-", "--json"}},
	} {
		h.fail(t, 2, []string{wrong.words}, append([]string{"timesheet"}, wrong.arguments...)...)
	}
	h.succeed(t, "storno", "FCT-0001", "--yes")
	h.fail(t, 1, []string{"FCT-0002 is a storno", "FCT-0001", "lists the tracked hours"}, "timesheet", "FCT-0002")
	h.succeed(t, "timesheet", "FCT-0001")
	sent := decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--period", "2026-11", "--draft", "--yes", "--json"))
	reference, _ := sent["reference"].(string)
	h.fail(t, 1, []string{reference + " has no number"}, "timesheet", reference)
	h.fail(t, 1, []string{"write the timesheet"}, "timesheet", "FCT-0001", "-o", h.path("no/such/x.md"))
	h.terminal = true
	if data := h.fail(t, 2, []string{"terminal"}, "timesheet", "FCT-0001", "--format", "pdf", "-o", "-"); data != "" {
		t.Errorf("a terminal gets %q", data)
	}
}
