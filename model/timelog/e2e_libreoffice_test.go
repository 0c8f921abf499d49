//go:build e2e

package timelog_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cadensa/model"
	"cadensa/model/timelog"
)

// TestE2ELibreOffice lets the real program make workbooks and sheets of a tracker's export, and reads them as the export.
func TestE2ELibreOffice(t *testing.T) {
	folder := t.TempDir()
	const export = "User,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n" +
		`Ilinca Vardar,Brașov Țesături SRL,Atlas,api,"Ședință, filtre și ""export""",Yes,2026-10-05,09:00:00,2026-10-05,11:30:00,02:30:00,"deep, backend"` + "\n" +
		"Ilinca Vardar,Brașov Țesături SRL,Atlas,,Standup,No,2026-10-05,23:50:00,2026-10-06,00:05:00,00:15:00,\n" +
		"\n" +
		"Ilinca Vardar,Müller & Söhne,Größe,,Îndelung,Yes,2026-10-06,06:00:00,2026-10-07,11:00:05,29:00:05,\n"
	// Windows-1250 has the Romanian letters with cedillas alone, and so have the files from computers that use it.
	kept := strings.NewReplacer("ș", "ş", "ț", "ţ", "Ș", "Ş", "Ț", "Ţ").Replace(export)
	write(t, filepath.Join(folder, "hours.csv"), kept)
	want := mustReadText(t, kept, timelog.Source{})
	if want[0].Client != "Brașov Țesături SRL" {
		t.Errorf("client %q", want[0].Client)
	}
	for _, test := range []struct{ name, filter string }{
		{"hours.xlsx", "xlsx"},
		{"hours.csv", "csv:Text - txt - csv (StarCalc):59,34,33"},
		{"hours.csv", "csv:Text - txt - csv (StarCalc):9,34,76"},
		{"hours.csv", "csv:Text - txt - csv (StarCalc):44,34,UTF16"},
	} {
		result, err := timelog.Reader{}.Read(t.Context(), timelog.Source{
			Path: convert(t, folder, test.name, test.filter), Location: bucharest(t), DateOrder: "mdy",
		})
		if err != nil || len(result.Rejected) > 0 {
			t.Fatalf("%s: %v, rejected %v", test.filter, err, result.Rejected)
		}
		if diff := cmp.Diff(want, result.Entries, cmpopts.IgnoreFields(model.Entry{}, "Origin")); diff != "" {
			t.Errorf("%s (-the export +what was made of it):\n%s", test.filter, diff)
		}
	}
	for _, kind := range []string{"ods", "xls"} {
		_, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: convert(t, folder, "hours."+kind, kind)})
		if !errors.Is(err, timelog.ErrOldSheet) {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// convert has LibreOffice make another file of hours.csv, in a folder of its own.
func convert(t *testing.T, folder, name, filter string) string {
	t.Helper()
	made := t.TempDir()
	office := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(folder, "profile"), "--headless",
		"--infilter=CSV:44,34,76,1,,1033,false,true", "--convert-to", filter, "--outdir", made, filepath.Join(folder, "hours.csv"))
	if output, err := office.CombinedOutput(); err != nil || !strings.Contains(string(output), name) {
		t.Fatalf("convert to %s: %v\n%s", filter, err, output)
	}
	return filepath.Join(made, name)
}
