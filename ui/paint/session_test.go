//go:build unix

package paint

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"
)

// The test binary plays three roles: the tests, the shell of a terminal session, and the program that the shell runs.
const roleVariable = "PAINT_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "shell":
		os.Exit(shell())
	case "pad":
		os.Exit(runPad())
	case "storm":
		os.Exit(runStorm())
	}
	os.Exit(m.Run())
}

// Exit codes of the pad.
const (
	exitDone = iota
	exitOther
	exitInterrupted
	exitPanicked
	exitKilled
)

// runPad runs the pad on the standard terminal. SIGUSR1 kills the program from within.
func runPad() int {
	program := Config{}.New(&pad{}, tea.WithReportFocus())
	// As in the real program, a signal that comes before Bubble Tea listens is no end.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGTERM, syscall.SIGINT)
	kill := make(chan os.Signal, 1)
	signal.Notify(kill, syscall.SIGUSR1)
	go func() {
		<-kill
		program.Kill()
	}()
	_, err := program.Run()
	for code, end := range []error{exitInterrupted: tea.ErrInterrupted, exitPanicked: tea.ErrProgramPanic, exitKilled: tea.ErrProgramKilled} {
		if end != nil && errors.Is(err, end) {
			return code
		}
	}
	if err != nil {
		return exitOther
	}
	return exitDone
}

// terminalFile is where the shell has the terminal; its standard files are orders and reports.
const terminalFile = 3

// shell runs the pad in the foreground of the terminal and reports how it fares. A stopped pad goes on at an order.
func shell() int {
	tty := os.NewFile(terminalFile, "terminal")
	pad := exec.Command(os.Args[0])
	pad.Env = append(os.Environ(), roleVariable+"=pad")
	pad.Stdin, pad.Stdout, pad.Stderr = tty, tty, tty
	pad.SysProcAttr = &syscall.SysProcAttr{Foreground: true, Ctty: terminalFile}
	if err := pad.Start(); err != nil {
		fmt.Fprintln(os.Stdout, err)
		return 1
	}
	signal.Ignore(syscall.SIGTTOU) // a shell takes the terminal although it is in the background
	orders := bufio.NewScanner(os.Stdin)
	fmt.Fprintln(os.Stdout, pad.Process.Pid)
	for {
		var status syscall.WaitStatus
		_, err := syscall.Wait4(pad.Process.Pid, &status, syscall.WUNTRACED, nil)
		switch {
		case errors.Is(err, syscall.EINTR):
		case err != nil:
			fmt.Fprintln(os.Stdout, err)
			return 1
		case !status.Stopped():
			fmt.Fprintln(os.Stdout, "exited", status.ExitStatus())
			return 0
		default:
			giveTerminal(tty, syscall.Getpgrp())
			fmt.Fprintln(os.Stdout, "stopped")
			orders.Scan()
			giveTerminal(tty, pad.Process.Pid)
			syscall.Kill(-pad.Process.Pid, syscall.SIGCONT)
		}
	}
}

// giveTerminal makes a process group the foreground of the terminal.
func giveTerminal(tty *os.File, group int) {
	if err := unix.IoctlSetPointerInt(int(tty.Fd()), unix.TIOCSPGRP, group); err != nil {
		fmt.Fprintln(os.Stdout, err)
	}
}

// session is a pad that runs in the foreground of a terminal, under a shell.
type session struct {
	*terminal
	pid     int
	orders  io.Writer
	reports chan string
}

func startSession(t *testing.T) *session {
	t.Helper()
	s := &session{terminal: openTerminal(t, 40, 12), reports: make(chan string, 16)}
	shell := exec.Command(os.Args[0])
	// A terminal of this name is not asked for its colours when Bubble Tea is loaded.
	shell.Env = append(os.Environ(), roleVariable+"=shell", "TERM=screen")
	shell.ExtraFiles = []*os.File{s.tty}
	shell.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Ctty: terminalFile}
	orders, err := shell.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	reports, err := shell.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := shell.Start(); err != nil {
		t.Fatal(err)
	}
	s.orders = orders
	t.Cleanup(func() {
		if s.pid > 0 {
			syscall.Kill(s.pid, syscall.SIGKILL) // it may have ended
		}
		shell.Process.Kill()
		for range s.reports {
		}
		shell.Wait()
	})
	go func() {
		defer close(s.reports)
		for lines := bufio.NewScanner(reports); lines.Scan(); {
			s.reports <- lines.Text()
		}
	}()
	if _, err := fmt.Sscan(s.report(), &s.pid); err != nil {
		t.Fatal(err)
	}
	s.sees("size 40x12", padRow(11))
	return s
}

// report waits for the shell's next word.
func (s *session) report() string {
	s.t.Helper()
	limit, now := time.NewTimer(patience), time.NewTicker(nudging)
	defer limit.Stop()
	defer now.Stop()
	for {
		select {
		case report := <-s.reports:
			return report
		case <-now.C:
			if s.nudge != nil {
				s.nudge()
			}
		case <-limit.C:
			s.t.Fatalf("the shell reports nothing; the terminal got %q", s.stream)
		}
	}
}

// hears waits for a certain word.
func (s *session) hears(want string) {
	s.t.Helper()
	if got := s.report(); got != want {
		s.t.Fatalf("the shell reports %q, want %q; the terminal got %q", got, want, s.stream)
	}
}

func (s *session) signal(number syscall.Signal) {
	s.t.Helper()
	if err := syscall.Kill(s.pid, number); err != nil {
		s.t.Fatal(err)
	}
}

// foreground lets a stopped pad go on.
func (s *session) foreground() {
	s.t.Helper()
	if _, err := fmt.Fprintln(s.orders, "fg"); err != nil {
		s.t.Fatal(err)
	}
}

// finish ends the pad by a key and checks how.
func (s *session) finish() {
	s.t.Helper()
	s.press("q")
	s.hears(fmt.Sprint("exited ", exitDone))
	s.isGivenBack()
}

// isGivenBack waits until the terminal is as any program may expect it.
func (s *session) isGivenBack() {
	s.t.Helper()
	s.gets(strings.LastIndex(s.stream, "\x1b[?1049h"), shutdown)
	modes := s.screen().modes
	for mode, want := range map[string]bool{"?7": true, "?25": true, "?1049": false, "?2004": false, "?2026": false, "?1004": false} {
		if modes[mode] != want {
			s.t.Errorf("mode %s is %t, want %t, after %q", mode, modes[mode], want, s.stream)
		}
	}
	if s.raw() {
		s.t.Error("the line is not as it was")
	}
}
