//go:build e2e && unix

package e2e

import (
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite" // to look into ledgers
)

func TestE2EBadInputNoTerminal(t *testing.T) {
	t.Parallel()
	u := offline(t)
	for _, flag := range []string{"", "--demo"} {
		s := openTerminal(t, u, 80, 24)
		s.Command("cadensa " + flag + " | cat; (exit ${PIPESTATUS[0]})")
		s.Sees("the screens need a terminal", "cadensa --help")
		s.Ends(2)
	}
	stdout, stderr, code := u.run(built.program)
	if code != 2 || stdout != "" || !strings.Contains(stderr, "the screens need a terminal") {
		t.Errorf("ended with %d, %q and %q", code, stdout, stderr)
	}
}

func TestE2EBadInputSettings(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, settings, want string }{
		{"malformed", "[smartbill]\nemail = \"office@sandbox.example\"\ncif = RO18547290\n", "3"},
		{"misspelt", "[invoice]\nseries = \"FCT\"\npayment_term_days = 30\n", "payment_term_days"},
		{"of another type", "[invoice]\npayment_terms_days = \"soon\"\n", "payment_terms_days"},
		{"open to others", connected, "600"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.write(u.settingsFile(), row.settings)
			if row.name == "open to others" {
				if err := os.Chmod(u.settingsFile(), 0o644); err != nil {
					t.Fatal(err)
				}
				checkOpenToken(t, u, row.want)
				return
			}
			s := openTerminal(t, u, 80, 24)
			s.Command("cadensa")
			s.Ends(2)
			s.Sees("cadensa: ", "config.toml", row.want)
			if got := u.read(u.settingsFile()); got != row.settings {
				t.Errorf("the settings were changed to\n%s", got)
			}
		})
	}
}

// checkOpenToken wants the program to say that others can read the token, and how to mend that.
func checkOpenToken(t *testing.T, u *user, want string) {
	t.Helper()
	_, stderr, code := u.run(built.program, "doctor")
	stdout, _, _ := u.run(built.program, "doctor")
	if code == 0 || !strings.Contains(stdout+stderr, want) || strings.Contains(stdout+stderr, "a secret token") {
		t.Errorf("ended with %d, %q and %q", code, stdout, stderr)
	}
}

func TestE2EBadInputTracker(t *testing.T) {
	t.Parallel()
	for _, row := range []struct{ name, content, want string }{
		{"missing", "", "no such file"},
		{"empty", "", "empty"},
		{"no tracker's", "\x00\x01\x02 no hours at all", "hours.json"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			u := offline(t)
			hours := u.path("hours.json")
			u.write(hours, row.content)
			if row.name == "missing" {
				if err := os.Remove(hours); err != nil {
					t.Fatal(err)
				}
			}
			s := openTerminal(t, u, 80, 24)
			s.Start("")
			s.Sees("The hours could not be read", row.want, "r reads again")
			s.keepScreens("tracker-" + row.name)
			u.write(hours, fourEntries)
			s.Press("r")
			showAll(s)
			s.Sees("fourth", "4 entries")
			s.Lacks("could not be read")
		})
	}
}

// inLedger opens the user's ledger as a plain database.
func inLedger(t *testing.T, u *user, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", u.ledgerFile())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(errors.Join(err, db.Close()))
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// A ledger that a newer program wrote is left alone, to the last byte.
func TestE2EBadInputNewerLedger(t *testing.T) {
	t.Parallel()
	u := offline(t)
	u.cadensa("history")
	inLedger(t, u, "PRAGMA user_version = 4711", "PRAGMA wal_checkpoint(TRUNCATE)")
	before := u.read(u.ledgerFile())
	s := openTerminal(t, u, 80, 24)
	s.Command("cadensa")
	s.Ends(1)
	s.Sees("newer", "4711")
	if u.read(u.ledgerFile()) != before {
		t.Error("the ledger was changed")
	}
}

// Where the folder of the ledger cannot be, the program says so by name.
func TestE2EBadInputDataFolder(t *testing.T) {
	t.Parallel()
	u := offline(t)
	u.write(u.path("data", "cadensa"), "a file where a folder should be")
	s := openTerminal(t, u, 80, 24)
	s.Command("cadensa")
	s.Ends(1)
	s.Sees("make the ledger's folder", "not a directory")
}

// On a full disk the screens go on and say what could not be kept; nothing that was kept before is lost. A limit on the
// size of files stands for the full disk: the ledger's log can grow a little, long settings cannot be written anew.
func TestE2EBadInputFullDisk(t *testing.T) {
	t.Parallel()
	u := offline(t)
	settings := u.read(u.settingsFile()) + strings.Repeat("# a long comment\n", 5000)
	u.write(u.settingsFile(), settings)
	u.cadensa("history")
	s := openTerminal(t, u, 80, 24)
	s.Command("ulimit -f 48; cadensa")
	showAll(s)
	s.Press("R")
	s.Sees("What hours cost")
	s.Press("a")
	s.Sees("What do such hours cost?")
	s.Press("C-s")
	s.Sees("Save the rate", "file too large")
	s.Press("Escape")
	s.keepScreens("full-disk-settings")
	screen := ""
	waitFor(t, func() bool {
		s.Press("a")
		screen = s.Screen()
		return strings.Contains(screen, "the disk failed")
	}, func() string { return "no failure on\n" + screen })
	s.keepScreens("full-disk-ledger")
	s.Press("C-c")
	s.Sees("ended with")
	if u.read(u.settingsFile()) != settings {
		t.Error("the settings were changed")
	}
	if diff := cmp.Diff([]string{"config.toml", "config.toml.lock"}, u.files("config/cadensa")); diff != "" {
		t.Errorf("the files of the settings (-want +got):\n%s", diff)
	}
	if files := u.files("tmp"); len(files) > 0 {
		t.Errorf("left behind: %q", files)
	}

	again := openTerminal(t, u, 80, 24)
	again.Start("")
	again.SeesRow(" all time ", "4 entries")
	again.Sees("first", "fourth", "1.50 h")
}
