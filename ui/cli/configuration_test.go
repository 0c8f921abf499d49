package cli_test

import (
	"database/sql"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"cadensa/smartbill/sandbox"
	"cadensa/ui/cli"
)

func TestConfigPathAndInit(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	if data := s.succeed(t, "config", "path"); data != s.settingsFile()+"\n" {
		t.Errorf("the path is %q", data)
	}
	before := s.read(t, s.settingsFile())
	s.fail(t, 1, []string{"exists already"}, "config", "init")
	if s.read(t, s.settingsFile()) != before {
		t.Error("init changed a file that was there")
	}
	other := s.path("new/folder/settings.toml")
	if data := s.succeed(t, "--config", other, "config", "init"); data != other+"\n" {
		t.Errorf("init prints %q", data)
	}
	if !strings.HasPrefix(s.read(t, other), "# The example.") {
		t.Error("the file is not the example")
	}
	for path, want := range map[string]fs.FileMode{other: 0o600, s.path("new/folder"): 0o700} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != want {
			t.Errorf("%s has mode %o, want %o", path, mode, want)
		}
	}
	s.succeed(t, "--config", other, "config", "check")
}

func TestConfigCheck(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	if data := s.succeed(t, "config", "check"); !strings.HasPrefix(data, "OK ") {
		t.Errorf("prints %q", data)
	}
	s.succeed(t, "--config", s.path("none.toml"), "config", "check")
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(s.settingsFile(), 0o644); err != nil {
		t.Fatal(err)
	}
	s.fail(t, 2, []string{"line 4", "others can read the token", "chmod 600"}, "config", "check")
}

func TestMalformedSettingsNameLineAndKey(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.write(t, "config/cadensa/config.toml", strings.Replace(s.read(t, s.settingsFile()), "pdf_dir", "pdf_folder", 1))
	for _, command := range [][]string{
		{"config", "check"}, {"entries"}, {"history", "--json"}, {"clients"}, {"import", s.path("hours.json")},
		{"issue", "--client", "Morii", "--period", "all", "--yes"}, {"cancel", "FCT-0001", "--yes"}, {"pdf", "FCT-0001"},
	} {
		if data := s.fail(t, 2, []string{"config.toml line 8", "invoice.pdf_folder"}, command...); data != "" {
			t.Errorf("%q prints %q", command, data)
		}
	}
	s.write(t, "config/cadensa/config.toml", "[smartbill]\ntoken = \""+s.server.Token()+"\" oops\n")
	s.fail(t, 2, []string{"line 2"}, "config", "check")
}

func TestDoctorOfAHealthyProgram(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	data := s.succeed(t, "doctor")
	for _, text := range []string{
		"✓ settings", "✓ time zone", "Europe/Bucharest", "✓ token", "settings file", "✓ ledger", s.ledgerFile(), "✓ source",
		"hours.json: 7 entries, 1 row skipped", "✓ SmartBill reached", "✓ company", s.server.CIF(), "✓ series", "FCT", "✓ VAT", "Normala 21 %",
	} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
	if calls := s.server.Calls(creation); calls != 0 || strings.Contains(data, "✗") {
		t.Errorf("%d creations, and it says\n%s", calls, data)
	}
}

func TestDoctorSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, old, replacement string
		want                   []string
	}{
		{"no token", "token = ", "token = \"\" #", []string{"✗ token", "Setup", "✓ ledger", "✓ source"}},
		{"wrong e-mail", "office@", "other@", []string{"✓ token", "✗ token and e-mail", "Integrări"}},
		{"wrong company", "RO18547290", "RO99", []string{"✓ token and e-mail", "✗ company", "CIF"}},
		{"no such file", "hours.json", "gone.json", []string{"✗ source", "gone.json", "✓ SmartBill reached"}},
		{"bad settings", "currency = ", "curency = ", []string{"✗ settings", "line", "config check"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.write(t, "config/cadensa/config.toml", strings.Replace(s.read(t, s.settingsFile()), test.old, test.replacement, 1))
			data := s.fail(t, 1, []string{"✗"}, "doctor")
			for _, text := range test.want {
				if !strings.Contains(data, text) {
					t.Errorf("%q is not in\n%s", text, data)
				}
			}
		})
	}
}

func TestDoctorOfAnUnreachableService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t)
		s.server.Script(sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1})
		if data := s.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ SmartBill reached") {
			t.Errorf("it says\n%s", data)
		}
	})
}

func TestLedgerOfANewerVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	db, err := sql.Open("sqlite", s.ledgerFile())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"PRAGMA user_version = 999", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := s.read(t, s.ledgerFile())
	for _, command := range [][]string{
		{"entries"}, {"history"}, {"clients", "import", s.path("clients.json")}, {"cancel", "FCT-0001", "--yes"},
		{"issue", "--client", "Morii", "--period", "2026-11", "--yes"},
	} {
		s.fail(t, 1, []string{"newer cadensa", "update cadensa"}, command...)
	}
	if data := s.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ ledger") {
		t.Errorf("doctor says\n%s", data)
	}
	if s.read(t, s.ledgerFile()) != before {
		t.Error("the ledger was touched")
	}
}

func TestDataFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	t.Run("no folder", func(t *testing.T) {
		t.Parallel()
		s := newStage(t)
		s.write(t, "data", "a file in the folder's place")
		s.fail(t, 1, []string{"make the ledger's folder", "not a directory"}, "entries")
		if data := s.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ ledger") {
			t.Errorf("doctor says\n%s", data)
		}
	})
	t.Run("no file", func(t *testing.T) {
		t.Parallel()
		s := newStage(t)
		if err := os.MkdirAll(s.ledgerFile(), 0o700); err != nil {
			t.Fatal(err)
		}
		s.fail(t, 1, []string{"ledger", "is a folder"}, "history", "--json")
	})
	t.Run("another program's file", func(t *testing.T) {
		t.Parallel()
		s := newStage(t)
		s.write(t, "data/cadensa/ledger.db", "no database at all, but long enough to be looked at")
		s.fail(t, 1, []string{"not a ledger of cadensa"}, "history")
	})
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestDataThatCannotBeWrittenIsAFailure(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.stdout = full{}
	for _, command := range [][]string{
		{"entries"}, {"entries", "--json"}, {"entries", "--csv"}, {"history"}, {"history", "--csv"}, {"clients"}, {"clients", "export"},
		{"pdf", "FCT-0001"}, {"pdf", "FCT-0001", "-o", "-"}, {"config", "path"}, {"doctor"}, {"countries"},
		{"issue", "--client", "Morii", "--period", "2026-11", "--dry-run"},
	} {
		s.fail(t, 1, []string{"no space left"}, command...)
	}
}

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, command := range [][]string{
		{"invoice"}, {"clients", "add"}, {"config", "edit"}, {"entries", "october"}, {"history", "--yaml"}, {"entries", "--demo"},
		{"issue", "--demo"}, {"entries", "--json", "--csv"}, {"entries", "--source", "punchcard"}, {"doctor", "--json"}, {"settle"},
		{},
	} {
		s.fail(t, 2, nil, command...)
	}
}

func TestEveryCommandShowsExamples(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, command := range []string{
		"", "entries", "issue", "cancel", "pdf", "history", "clients", "clients list", "clients show", "clients import",
		"clients export", "countries", "import", "config", "config path", "config init", "config check", "doctor", "sandbox",
	} {
		if help := s.succeed(t, append(strings.Fields(command), "--help")...); !strings.Contains(help, "Examples:\n  ") {
			t.Errorf("%q has no example:\n%s", command, help)
		}
	}
}

func TestExitCodesAreThoseThatScriptsRelyOn(t *testing.T) {
	t.Parallel()
	got := []int{cli.ExitDone, cli.ExitFailed, cli.ExitUsage, cli.ExitUnknown, cli.ExitLater}
	for want, code := range got {
		if code != want {
			t.Errorf("code %d is %d", want, code)
		}
	}
}
