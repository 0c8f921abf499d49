//go:build e2e && unix

package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

const (
	// patience is how long a state may take to come on a busy computer; poll is how often the terminal is looked at.
	patience = 30 * time.Second
	poll     = 25 * time.Millisecond
)

// terminals counts the terminals, for their sockets' names.
var terminals atomic.Int64

// prompt is what the shell says when it waits for a command.
const prompt = "ready>"

// terminal is a shell in a real terminal that tmux draws, with the program on its PATH.
type terminal struct {
	t      *testing.T
	user   *user
	socket string
	// pid is a file with the number of the program's process.
	pid string
	// commands counts what the shell was told to do.
	commands int
	// secret must never be drawn.
	secret string
}

// openTerminal opens a terminal of the size for the user, with more environment such as "NO_COLOR=1".
func openTerminal(t *testing.T, u *user, width, height int, environment ...string) *terminal {
	t.Helper()
	s := &terminal{t: t, user: u, socket: fmt.Sprintf("t%d", terminals.Add(1)), pid: u.path("pid"), secret: u.secret}
	script := fmt.Sprintf("#!/bin/sh\necho $$ > '%s'\nexec '%s' \"$@\"\n", s.pid, built.program)
	if err := os.WriteFile(u.path("bin", "cadensa"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	shell := []string{"env"}
	shell = append(append(shell, environment...), "bash", "--norc", "--noprofile")
	arguments := []string{"-u", "-f", "/dev/null", "start-server", ";", "set-option", "-g", "default-terminal", "screen-256color", ";",
		"new-session", "-d", "-c", u.home, "-x", strconv.Itoa(width), "-y", strconv.Itoa(height)}
	command := exec.CommandContext(t.Context(), "tmux", append(append([]string{"-L", s.socket}, arguments...), shell...)...)
	command.Env = append(u.environment(), "TMUX_TMPDIR="+built.sockets)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("start tmux: %v\n%s", err, output)
	}
	t.Cleanup(func() { s.tmux("kill-server") })
	s.Sees(prompt)
	return s
}

// tmux gives the terminal's server a command and returns its answer.
func (s *terminal) tmux(arguments ...string) string {
	s.t.Helper()
	command := exec.CommandContext(context.WithoutCancel(s.t.Context()), "tmux", append([]string{"-u", "-L", s.socket}, arguments...)...)
	command.Env = append(os.Environ(), "TMUX_TMPDIR="+built.sockets)
	output, err := command.CombinedOutput()
	if err != nil {
		s.t.Fatalf("tmux %q: %v\n%s", arguments, err, output)
	}
	return string(output)
}

// Press presses keys by tmux's names: "Enter", "C-s", "q".
func (s *terminal) Press(keys ...string) {
	s.t.Helper()
	s.tmux(append([]string{"send-keys", "--"}, keys...)...)
}

// Type writes a text at once.
func (s *terminal) Type(text string) {
	s.t.Helper()
	s.tmux("send-keys", "-l", "--", text)
}

// Paste pastes a text as terminals do: in brackets when the program asked for them.
func (s *terminal) Paste(text string) {
	s.t.Helper()
	s.tmux("set-buffer", "--", text)
	s.tmux("paste-buffer", "-p", "-r")
}

// Resize gives the window another size.
func (s *terminal) Resize(width, height int) {
	s.t.Helper()
	s.tmux("resize-window", "-x", strconv.Itoa(width), "-y", strconv.Itoa(height))
}

// Screen is what the terminal shows; a line that the shell has wrapped is one.
func (s *terminal) Screen() string {
	s.t.Helper()
	return s.checked(s.tmux("capture-pane", "-p", "-J"))
}

// Coloured is what the terminal shows, with the escape sequences of its colours.
func (s *terminal) Coloured() string {
	s.t.Helper()
	return s.checked(s.tmux("capture-pane", "-p", "-e"))
}

func (s *terminal) checked(screen string) string {
	s.t.Helper()
	if s.secret != "" && strings.Contains(screen, s.secret) {
		s.t.Fatalf("the token is on the screen:\n%s", screen)
	}
	return screen
}

// Sees waits until all texts are on the screen.
func (s *terminal) Sees(texts ...string) {
	s.t.Helper()
	s.until(fmt.Sprintf("no %q", texts), func(screen string) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !shows(screen, text) })
	})
}

// Lacks waits until none of the texts is on the screen.
func (s *terminal) Lacks(texts ...string) {
	s.t.Helper()
	s.until(fmt.Sprintf("still one of %q", texts), func(screen string) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return shows(screen, text) })
	})
}

// shows reports whether a text is on the screen, be it wrapped over several rows.
func shows(screen, text string) bool {
	return strings.Contains(screen, text) || strings.Contains(strings.Join(strings.Fields(screen), " "), text)
}

// SeesRow waits for a row that holds all texts.
func (s *terminal) SeesRow(texts ...string) {
	s.t.Helper()
	s.until(fmt.Sprintf("no row with %q", texts), func(screen string) bool {
		return slices.ContainsFunc(strings.Split(screen, "\n"), func(row string) bool {
			return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(row, text) })
		})
	})
}

func (s *terminal) until(otherwise string, holds func(screen string) bool) {
	s.t.Helper()
	screen := ""
	waitFor(s.t, func() bool {
		screen = s.Screen()
		return holds(screen)
	}, func() string { return otherwise + " on the screen:\n" + screen })
}

// waitFor waits for a state; without it in time the test ends with what describe says.
func waitFor(t *testing.T, holds func() bool, describe func() string) {
	t.Helper()
	deadline, ticker := time.After(patience), time.NewTicker(poll)
	defer ticker.Stop()
	for !holds() {
		select {
		case <-ticker.C:
		case <-deadline:
			t.Fatal(describe())
		}
	}
}

// Start starts the program from the shell and waits for its screens.
func (s *terminal) Start(arguments string) {
	s.t.Helper()
	s.Command("cadensa " + arguments)
	s.Sees("1 Time", "2 Bill To", "3 Review", "4 History", "5 Setup")
}

// Command has the shell run a command and say how it ended.
func (s *terminal) Command(line string) {
	s.t.Helper()
	if err := os.RemoveAll(s.pid); err != nil {
		s.t.Fatal(err)
	}
	s.commands++
	s.Type(fmt.Sprintf(`%s; echo "command %d ended with $?"`, line, s.commands))
	s.Press("Enter")
}

// Ends waits for the program's end, and for a terminal as it was before: the shell's screen, and its cursor.
func (s *terminal) Ends(code int) {
	s.t.Helper()
	s.Sees(fmt.Sprintf("command %d ended with %d", s.commands, code), prompt)
	const state = "cursor #{cursor_flag}, alternate screen #{alternate_on}, mouse #{mouse_any_flag}"
	if got, want := strings.TrimSpace(s.tmux("display-message", "-p", state)), "cursor 1, alternate screen 0, mouse 0"; got != want {
		s.t.Errorf("the terminal is left with %s, not %s", got, want)
	}
}

// Signal sends the program a signal.
func (s *terminal) Signal(signal syscall.Signal) {
	s.t.Helper()
	if err := syscall.Kill(s.process(), signal); err != nil {
		s.t.Fatal(err)
	}
}

// process is the number of the program's process.
func (s *terminal) process() int {
	s.t.Helper()
	content, err := os.ReadFile(s.pid)
	if err != nil {
		s.t.Fatal(err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		s.t.Fatal(err)
	}
	return pid
}

// Columns finds a text wherever it stands, and returns the cells behind it, from 0. The terminal says it, so wide and
// combining characters count as it draws them.
func (s *terminal) Columns(text string) []int {
	s.t.Helper()
	count := strings.Count(s.Screen(), text)
	s.tmux("copy-mode")
	s.tmux("send-keys", "-X", "history-top")
	var columns []int
	for range count {
		s.tmux("send-keys", "-X", "search-forward-text", text)
		column, err := strconv.Atoi(strings.TrimSpace(s.tmux("display-message", "-p", "#{copy_cursor_x}")))
		if err != nil {
			s.t.Fatal(err)
		}
		columns = append(columns, column)
	}
	s.tmux("send-keys", "-X", "cancel")
	return columns
}

// keepScreens writes what is shown into a file of E2E_SCREENS, for people to look at.
func (s *terminal) keepScreens(name string) {
	s.t.Helper()
	if folder := os.Getenv("E2E_SCREENS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".txt"), []byte(s.Screen()), 0o600); err != nil {
			s.t.Fatal(err)
		}
	}
}
