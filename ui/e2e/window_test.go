//go:build e2e && unix

package e2e

import (
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
)

// hoursFile is a setting that reads hours from a file of the program's own JSON.
func (u *user) hoursFile(content string) string {
	u.t.Helper()
	u.write(u.path("hours.json"), content)
	return "[[source]]\npath = \"" + u.path("hours.json") + "\"\n"
}

// fourEntries are hours in the program's own JSON.
const fourEntries = `[
	{"start": "2026-10-05T09:00:00Z", "duration_seconds": 5400, "project": "Atlas", "description": "first"},
	{"start": "2026-10-06T09:00:00Z", "duration_seconds": 5400, "project": "Atlas", "description": "second"},
	{"start": "2026-10-07T09:00:00Z", "duration_seconds": 5400, "project": "Atlas", "description": "third"},
	{"start": "2026-10-08T09:00:00Z", "duration_seconds": 5400, "project": "Atlas", "description": "fourth"}
]`

// connected is an account that needs no service as long as nobody asks it anything.
const connected = "[smartbill]\nemail = \"office@sandbox.example\"\ncif = \"RO18547290\"\ntoken = \"a secret token\"\nbase_url = \"http://127.0.0.1:9\"\n"

// offline is a user with four entries and a rate, whose SmartBill is out of reach.
func offline(t *testing.T) *user {
	t.Helper()
	u := newUser(t)
	u.secret = "a secret token"
	u.write(u.settingsFile(), connected+u.hoursFile(fourEntries)+hourly)
	return u
}

// showAll shows the hours of every period.
func showAll(s *terminal) {
	s.t.Helper()
	s.Sees("▸1 Time", "group by")
	s.Press("p")
	s.Sees("this month")
	s.Type("all")
	s.Press("Enter")
	s.SeesRow(" all time ", "group by")
}

func TestE2ETerminalResizes(t *testing.T) {
	t.Parallel()
	s := openTerminal(t, offline(t), 120, 40)
	s.Start("")
	showAll(s)
	s.Press("R")
	s.Sees("What hours cost")
	s.Press("a")
	s.Sees("What do such hours cost?", "250.00")
	s.Type("7")
	s.Sees("250.007")
	s.Resize(40, 10)
	s.Sees("needs a window of at least 60×18", "this one has 40×10")
	s.Lacks("250.007")
	s.Type("9")
	s.Resize(80, 24)
	s.Sees("What do such hours cost?", "250.007", "▸1 Time")
	s.Lacks("needs a window", "250.0079")
	s.Press("Escape")
	s.Lacks("What do such hours cost?")
	s.Press("Escape")
	s.Lacks("What hours cost")
	s.Press("q")
	s.Ends(0)
}

func TestE2ETerminalIsSuspended(t *testing.T) {
	t.Parallel()
	s := openTerminal(t, offline(t), 80, 24)
	s.Type("stty -a > before; echo still here")
	s.Press("Enter")
	s.Sees("still here")
	s.Start("")
	s.Press("C-z")
	s.Sees("Stopped", "still here")
	s.Lacks("▸1 Time")
	s.Command("stty -a > meanwhile")
	s.Ends(0)
	if before, meanwhile := s.user.read(s.user.path("before")), s.user.read(s.user.path("meanwhile")); before != meanwhile {
		t.Errorf("while suspended the terminal is\n%s\nnot\n%s", meanwhile, before)
	}
	s.Command("fg")
	s.Sees("▸1 Time", "/ filter")
	s.Lacks("Stopped")
	s.Press("2")
	s.Sees("▸2 Bill To")
	s.Press("Escape")
	s.Sees("enter edit")
	s.Press("q")
	s.Ends(0)
}

func TestE2ETerminalIsRestoredAfterASignal(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			s := openTerminal(t, offline(t), 80, 24)
			s.Start("")
			s.Press("2")
			s.Sees("Company name  ▸")
			s.Type("Morii Software")
			s.Sees("Morii Software")
			s.Signal(signal)
			s.Ends(0)
			s.Lacks("▸2 Bill To")
			s.Start("")
			s.Press("2")
			s.Sees("Morii Software")
		})
	}
}

// What was typed is on disk a moment later, so that not even SIGKILL loses more than that moment.
func TestE2ETerminalTypingSurvivesAKill(t *testing.T) {
	t.Parallel()
	u := offline(t)
	s := openTerminal(t, u, 80, 24)
	s.Start("")
	s.Press("2")
	s.Sees("Company name  ▸")
	s.Type("Fabrica de Brânză")
	waitUntilKept(u, func(client model.Client) bool { return client.Name == "Fabrica de Brânză" })
	s.Type(" SRL")
	s.Sees("Fabrica de Brânză SRL")
	s.Signal(syscall.SIGKILL)
	s.Sees("ended with 137")

	again := openTerminal(t, u, 80, 24)
	again.Start("")
	again.Press("2")
	again.Sees("▸2 Bill To", "Fabrica de Brânză")
}

// waitUntilKept waits until the ledger has this of the client in the invoice in progress.
func waitUntilKept(u *user, want func(client model.Client) bool) {
	u.t.Helper()
	records, err := ledger.Open(u.t.Context(), u.ledgerFile(), time.Now)
	if err != nil {
		u.t.Fatal(err)
	}
	var inProgress model.InvoiceInProgress
	waitFor(u.t, func() bool {
		if inProgress, err = records.InvoiceInProgress(u.t.Context()); err != nil {
			u.t.Fatal(err)
		}
		return want(inProgress.Buyer.Client)
	}, func() string { return fmt.Sprintf("the ledger has kept %+v", inProgress) })
	if err := records.Close(); err != nil {
		u.t.Fatal(err)
	}
}

// colours are the escape sequences that set one, in 16, 256 or all colours.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*\b(3[0-7]|4[0-7]|38|48|9[0-7]|10[0-7])[;m]`)

func TestE2ETerminalColours(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		environment string
		coloured    bool
	}{{"TERM=screen-256color", true}, {"NO_COLOR=1", false}, {"TERM=dumb", false}} {
		t.Run(row.environment, func(t *testing.T) {
			t.Parallel()
			s := openTerminal(t, offline(t), 80, 24, row.environment)
			s.Start("")
			showAll(s)
			s.Press("Space")
			s.Sees("▸ ✓ 05 Oct", "1 ticked")
			if got := colours.MatchString(s.Coloured()); got != row.coloured {
				t.Errorf("colours on the screen: %t\n%q", got, s.Coloured())
			}
			s.Press("q")
			s.Ends(0)
		})
	}
}

// sequence is an escape sequence that begins with CSI.
var sequence = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]`)

// A terminal that answers nothing must not be asked anything: the start would wait for it. The one that script makes
// is such a terminal.
func TestE2ETerminalIsNotAsked(t *testing.T) {
	t.Parallel()
	u := offline(t)
	command := exec.CommandContext(t.Context(), "script", "--quiet", "--return", "--flush", "--command",
		"stty rows 24 cols 80; exec "+built.program, "/dev/null")
	drawn := &recording{}
	command.Env, command.Stdout = u.environment("TERM=xterm-256color"), drawn
	keys, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, func() bool { return strings.Contains(sequence.ReplaceAllString(drawn.String(), ""), "? help") },
		func() string { return "no complete frame in " + drawn.String() })
	for _, question := range []string{"\x1b]10;?", "\x1b]11;?", "\x1b[6n", "\x1b[c", "\x1b[?u", "\x1b[>q", "\x1b[14t"} {
		if strings.Contains(drawn.String(), question) {
			t.Errorf("the terminal was asked %q before the first frame:\n%q", question, drawn)
		}
	}
	if _, err := io.WriteString(keys, "q"); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
	if end := drawn.String(); !strings.Contains(end, "\x1b[?1049l") || !strings.Contains(end, "\x1b[?25h") {
		t.Errorf("the terminal was not restored: %q", end)
	}
}

// recording is what a program wrote so far.
type recording struct {
	mutex sync.Mutex
	text  strings.Builder
}

// Write takes what the program writes.
func (r *recording) Write(part []byte) (int, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.text.Write(part)
}

// String is all of it.
func (r *recording) String() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.text.String()
}
