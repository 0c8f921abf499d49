//go:build e2e && unix

package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// user has a home of their own, and nothing of the computer's.
type user struct {
	t    *testing.T
	home string
	// secret is the token, which no screen may show.
	secret string
}

func newUser(t *testing.T) *user {
	t.Helper()
	u := &user{t: t, home: t.TempDir()}
	for _, folder := range []string{"home", "config/cadensa", "data", "state", "downloads", "tmp", "bin"} {
		if err := os.MkdirAll(u.path(folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return u
}

// path is a path below the user's folder.
func (u *user) path(elements ...string) string {
	return filepath.Join(append([]string{u.home}, elements...)...)
}

// environment is all of the user's environment. There is no D-Bus in it, and so no keyring.
func (u *user) environment(more ...string) []string {
	return append([]string{
		"PATH=" + u.path("bin") + ":" + os.Getenv("PATH"), "HOME=" + u.path("home"), "TMPDIR=" + u.path("tmp"),
		"XDG_CONFIG_HOME=" + u.path("config"), "XDG_DATA_HOME=" + u.path("data"), "XDG_STATE_HOME=" + u.path("state"),
		"XDG_DOWNLOAD_DIR=" + u.path("downloads"), "TIMEWARRIORDB=" + u.path("timewarrior"),
		"TZ=Europe/Bucharest", "LC_ALL=C.UTF-8", "SHELL=/bin/bash", "PS1=" + prompt + " ", "HISTFILE=",
	}, more...)
}

// settingsFile is where the user's settings are.
func (u *user) settingsFile() string { return u.path("config", "cadensa", "config.toml") }

// ledgerFile is where the user's ledger is.
func (u *user) ledgerFile() string { return u.path("data", "cadensa", "ledger.db") }

// write writes a file that only the user may read.
func (u *user) write(path, content string) {
	u.t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		u.t.Fatal(err)
	}
}

func (u *user) read(path string) string {
	u.t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		u.t.Fatal(err)
	}
	return string(content)
}

// files lists everything below one of the user's folders.
func (u *user) files(folder string) []string {
	u.t.Helper()
	var found []string
	err := filepath.WalkDir(u.path(folder), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && path != u.path(folder) {
			found = append(found, entry.Name())
		}
		return err
	})
	if err != nil {
		u.t.Fatal(err)
	}
	return found
}

// run runs a command of the user's without a terminal.
func (u *user) run(name string, arguments ...string) (stdout, stderr string, code int) {
	u.t.Helper()
	var out, words bytes.Buffer
	command := exec.CommandContext(u.t.Context(), name, arguments...)
	command.Env, command.Stdout, command.Stderr = u.environment(), &out, &words
	var ended *exec.ExitError
	if err := command.Run(); err != nil && !errors.As(err, &ended) {
		u.t.Fatal(err)
	}
	return out.String(), words.String(), command.ProcessState.ExitCode()
}

// cadensa runs the program as scripts do, and wants it to succeed.
func (u *user) cadensa(arguments ...string) string {
	u.t.Helper()
	stdout, stderr, code := u.run(built.program, arguments...)
	if code != 0 {
		u.t.Fatalf("cadensa %q ended with %d: %s", arguments, code, stderr)
	}
	return stdout
}

// track has timewarrior track hours of an earlier day from nine o'clock, with a note. Days must come in their order.
func (u *user) track(daysAgo int, until, note string, tags ...string) {
	u.t.Helper()
	day := time.Now().AddDate(0, 0, -daysAgo).Format("2006-01-02")
	for _, arguments := range [][]string{
		append([]string{":yes", "track", day + "T09:00", "-", day + "T" + until}, tags...),
		{":yes", "annotate", "@1", note},
	} {
		if _, words, code := u.run("timew", arguments...); code != 0 {
			u.t.Fatalf("timew %q: %s", arguments, words)
		}
	}
}

// sandbox is a simulator of SmartBill in a process of its own.
type sandbox struct {
	t                          *testing.T
	baseURL, email, token, cif string
	journal                    string
}

// startSandbox starts a simulator with scripted faults, "" for none, and ends it with the test.
func startSandbox(t *testing.T, u *user, faults string) sandbox {
	t.Helper()
	service := sandbox{t: t, journal: u.path("journal")}
	arguments := []string{"sandbox", "--addr", "127.0.0.1:0", "--journal", service.journal}
	if faults != "" {
		u.write(u.path("faults.json"), faults)
		arguments = append(arguments, "--faults", u.path("faults.json"))
	}
	// It ends by a signal, as a user ends it.
	command := exec.Command(built.program, arguments...)
	command.Env, command.Stderr = u.environment(), os.Stderr
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(command.Process.Signal(syscall.SIGTERM), command.Wait()); err != nil {
			t.Errorf("the sandbox: %v", err)
		}
	})
	told := map[string]string{}
	for lines := bufio.NewScanner(stdout); len(told) < 4 && lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), "=")
		told[name] = value
	}
	service.baseURL, service.email, service.token, service.cif = told["base_url"], told["email"], told["token"], told["cif"]
	u.secret = service.token
	return service
}

// address is a settings file that knows where the simulator answers, and nobody's account.
func (s sandbox) address() string {
	return fmt.Sprintf("# mine\n[smartbill]\nbase_url = %q # the simulator\n", s.baseURL)
}

// account is a settings file with all that a connection needs.
func (s sandbox) account() string {
	return s.address() + fmt.Sprintf("email = %q\ncif = %q\ntoken = %q\n", s.email, s.cif, s.token)
}

// fromTimewarrior is the setting that reads hours from the real program.
const fromTimewarrior = `
[[source]]
command = ["timew", "export"]
client_tag = "client:*"
project_tag = "project:*"
`

// hourly is a rate for all hours.
const hourly = `
[[rule]]
price = "250.00"
`

// call is a request as the simulator's journal has it.
type call struct {
	Method, Path, Query string
	Body                json.RawMessage
}

// calls are the requests of a method to a path that ends in suffix.
func (s sandbox) calls(method, suffix string) []call {
	s.t.Helper()
	content, err := os.ReadFile(s.journal)
	if err != nil {
		s.t.Fatal(err)
	}
	var found []call
	for line := range strings.Lines(string(content)) {
		var one call
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			s.t.Fatal(err)
		}
		if one.Method == method && strings.HasSuffix(one.Path, suffix) {
			found = append(found, one)
		}
	}
	return found
}

// query reads the parameters of a call.
func (c call) query(t *testing.T, name string) string {
	t.Helper()
	values, err := url.ParseQuery(c.Query)
	if err != nil {
		t.Fatal(err)
	}
	return values.Get(name)
}
