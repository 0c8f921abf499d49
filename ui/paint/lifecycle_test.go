//go:build unix

package paint

import (
	"fmt"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/term"
)

// Whatever ends the program: no alternate screen, a cursor, automatic wrap, and the line as it was.
func TestTerminalIsGivenBack(t *testing.T) {
	storm := strings.Repeat("\x1b[B", 3000)
	for _, test := range []struct {
		name string
		end  func(s *session)
		code int
	}{
		{"quit", func(s *session) { s.press("q") }, exitDone},
		{"SIGTERM", func(s *session) { s.insist(syscall.SIGTERM) }, exitDone},
		{"SIGTERM while keys come", func(s *session) { s.press(storm[:300]); s.insist(syscall.SIGTERM) }, exitDone},
		{"quit after many keys", func(s *session) { s.press(storm[:3000]); s.press("q") }, exitDone},
		{"SIGINT", func(s *session) { s.insist(syscall.SIGINT) }, exitInterrupted},
		{"killed from within", func(s *session) { s.insist(syscall.SIGUSR1) }, exitKilled},
		{"panic in Update", func(s *session) { s.press("u") }, exitPanicked},
		{"panic in View", func(s *session) { s.press("v") }, exitPanicked},
		{"panic in a command", func(s *session) { s.press("c") }, exitPanicked},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := startSession(t)
			test.end(s)
			s.hears(fmt.Sprint("exited ", test.code))
			s.nudge = nil
			s.isGivenBack()
		})
	}
}

// insist sends a signal until the pad has ended.
func (s *session) insist(number syscall.Signal) {
	s.nudge = func() {
		syscall.Kill(s.pid, number) // the pad may have ended just now
	}
	s.nudge()
}

// ctrl+z and fg, with a resize between: the terminal is given back, the shell writes, the program takes it again, once.
func TestSuspend(t *testing.T) {
	s := startSession(t)
	s.press("z")
	s.hears("stopped")
	s.isGivenBack()
	from := len(s.stream)
	s.tty.WriteString("[1]+ Stopped\r\n$ fg\r\n")
	s.resize(44, 14)
	s.foreground()
	s.sees("size 44x14", "last resumed", padRow(13))
	s.await("a whole frame", func() bool { return s.wholeFrames(from) > 0 })
	s.press("x")
	s.sees("keys 2")
	s.shows()
	if !s.raw() {
		t.Error("the line is not raw again")
	}
	s.finish()
	if taken := strings.Count(s.stream[from:], "\x1b[?1049h"); taken != 1 {
		t.Errorf("the terminal was taken again %d times", taken)
	}
}

// kill -STOP and fg: nobody told the program that the shell, and another program, had the terminal meanwhile.
func TestContinuedFromOutside(t *testing.T) {
	s := startSession(t)
	for round := range 2 {
		// A suspension of the program's own between makes no difference.
		from := len(s.stream)
		s.press("z")
		s.hears("stopped")
		s.foreground()
		s.returns(from)
		s.signal(syscall.SIGSTOP)
		s.hears("stopped")
		if err := term.Restore(s.tty.Fd(), s.before); err != nil {
			t.Fatal(err)
		}
		s.tty.WriteString("\x1b[?1049l\x1b[?25h\x1b[?2004l[1]+ Stopped\r\n$ fg\r\n")
		from = len(s.stream)
		s.foreground()
		s.returns(from)
		s.press("x")
		s.sees(fmt.Sprint("keys ", 2*round+2))
	}
	s.finish()
}

// returns waits until the program has the terminal again, whole and in its modes.
func (s *session) returns(from int) {
	s.t.Helper()
	s.gets(from, "\x1b[?2004h")
	s.await("a whole frame", func() bool { return s.wholeFrames(from) > 0 })
	s.sees("last resumed", padRow(11))
	s.shows()
	if modes := s.screen().modes; !modes["?1049"] || modes["?25"] || !modes["?1004"] {
		s.t.Errorf("modes after the return: %v", modes)
	}
	if !s.raw() {
		s.t.Error("the line is not raw again")
	}
}
