package ui_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// The hours of the invoice that was just issued are written on a key, and those of one in the making for its client.
func TestTimesheetAndWorkSummary(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i", "y").Sees("FCT-0001 is issued").Press("t").Sees("The timesheet of FCT-0001 is written")
		detail, err := j.app.Detail(t.Context(), "FCT-0001")
		if err != nil {
			t.Fatal(err)
		}
		paths, err := j.app.WriteWorkSummary(t.Context(), detail.Prepared)
		if err != nil {
			t.Fatal(err)
		}
		stem := "Atelier Cireș SRL " + detail.Supply.From.String() + " to " + detail.Supply.To.String() + "-work-summary"
		want := []string{
			stem + ".csv", stem + ".md", stem + ".pdf",
			"FCT-0001 Atelier Cireș SRL-timesheet.csv", "FCT-0001 Atelier Cireș SRL-timesheet.md", "FCT-0001 Atelier Cireș SRL-timesheet.pdf",
		}
		files, err := os.ReadDir(filepath.Join(folder, "pdf"))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, file := range files {
			names = append(names, file.Name())
		}
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("files (-want +got):\n%s", diff)
		}
		if filepath.Base(paths[0]) != stem+".pdf" {
			t.Errorf("the first path is %s", paths[0])
		}
		text, err := os.ReadFile(filepath.Join(folder, "pdf", stem+".md"))
		if err != nil || !strings.Contains(string(text), "De facturat: 36.00 ora") || strings.Contains(string(text), "FCT") {
			t.Errorf("the summary says (%v):\n%s", err, text)
		}
		if _, err := j.app.WriteWorkSummary(t.Context(), model.PreparedInvoice{}); !errors.Is(err, model.ErrNoHours) {
			t.Errorf("of nothing: %v", err)
		}
	})
}
