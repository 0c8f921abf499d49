//go:build unix

package paint

import (
	"bytes"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// What Bubble Tea v1.3.10 sends of its own accord. The null frame comes once after the start and once after a clearing;
// if the view were drawn again although it is the same, or with what a known size adds, there would be other bytes.
const (
	starts   = "\x1b[?25l" + "\x1b[?1049h\x1b[2J\x1b[H\x1b[?25l" + "\x1b[?2004h" + "\x1b[?1004h"
	null     = "\x1b[H\r\x1b[m\x1b[H"
	clears   = "\x1b[2J\x1b[H"
	ends     = "\x1b[2K\r" + "\x1b[?2004l" + "\x1b[?25h" + "\x1b[?1002l\x1b[?1003l\x1b[?1006l" + "\x1b[?1004l" + "\x1b[?1049l\x1b[?25h"
	shutdown = "\x1b[?1049l\x1b[?25h"
)

func TestBubbleTeaDrawsNothing(t *testing.T) {
	r := run(t, Config{}, &pad{})
	r.gets(0, null)
	r.press("x")
	r.sees("keys 1")
	from := len(r.stream)
	r.press("l")
	r.gets(from, null)
	r.sees("keys 2")
	r.shows()
	r.press("y")
	r.sees("keys 3")
	r.shows()
	r.quit()
	r.gets(0, shutdown)
	if _, between := r.frames(); between != starts+null+clears+null+ends {
		t.Errorf("Bubble Tea sent\n%q, want\n%q", between, starts+null+clears+null+ends)
	}
}

func TestWholeFrameAfter(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(r *running)
		shown string
	}{
		{"resize", func(r *running) { r.resize(50, 20); r.nudge = r.notifyOfSize }, "size 50x20"},
		{"the same size again", func(r *running) { r.nudge = r.notifyOfSize }, "size 40x12"},
		{"focus", func(r *running) { r.press("\x1b[I") }, "last focus"},
		{"clear", func(r *running) { r.press("l") }, "keys 1"},
		{"alternate screen", func(r *running) { r.press("a") }, "keys 1"},
		{"child program", func(r *running) { r.press("e") }, "last child <nil>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			// Without a gap the frame comes from the very Update that is told, not from a later one.
			r := run(t, Config{Gap: time.Nanosecond}, &pad{})
			from := len(r.stream)
			test.spoil(r)
			r.await("a whole frame", func() bool { return r.wholeFrames(from) > 0 })
			r.nudge = nil
			r.sees(test.shown)
			r.shows()
			r.press("\x1b[200~afterwards\x1b[201~")
			r.sees("text afterwards")
			r.shows()
			r.quit()
		})
	}
}

// notifyOfSize does what the kernel does for the foreground programs of a terminal.
func (r *running) notifyOfSize() {
	r.t.Helper()
	if err := syscall.Kill(os.Getpid(), syscall.SIGWINCH); err != nil {
		r.t.Fatal(err)
	}
}

// The keys come within one gap: the first frame is out, the last state comes by the timer alone.
func TestBurst(t *testing.T) {
	const keys = 300
	r := run(t, Config{Gap: 200 * time.Millisecond}, &pad{})
	before, _ := r.frames()
	r.press(strings.Repeat("\x1b[B", keys))
	r.sees("keys 300")
	if after, _ := r.frames(); len(after)-len(before) > keys/4 {
		t.Errorf("%d keys cost %d frames", keys, len(after)-len(before))
	}
	r.shows()
	r.quit()
}

func TestOneGoroutine(t *testing.T) {
	r := run(t, Config{}, &pad{})
	for i, key := range []string{"\x1b[I", "x", "\x1b[200~pasted\x1b[201~", "y"} {
		r.press(key)
		r.sees([]string{"last focus", "keys 1", "text pasted", "keys 2"}[i], "one goroutine")
	}
	r.quit()
}

func TestTerminalIsTaken(t *testing.T) {
	r := run(t, Config{}, &pad{})
	if !r.raw() {
		t.Error("the line is not raw")
	}
	r.press("x") // without a line's end
	r.sees("keys 1", "size 40x12")
	r.quit()
	if r.raw() {
		t.Error("the line is not as it was")
	}
}

func TestChildGetsTerminal(t *testing.T) {
	r := run(t, Config{}, &pad{})
	r.press("e")
	r.sees("last child <nil>")
	r.shows()
	r.press("x")
	r.sees("keys 2")
	r.quit()
}

// The painter asks for one frame a second of nothing. In virtual time the first one comes exactly then.
func TestTickerIsSlow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		written := make(chan time.Time, 16)
		program := tea.NewProgram(&pad{}, tea.WithFPS(1), tea.WithInput(nil), tea.WithoutSignalHandler(),
			tea.WithOutput(writes(func(p []byte) {
				if bytes.Contains(p, []byte("the pad")) {
					written <- time.Now()
				}
			})))
		started := time.Now()
		go program.Run()
		if waited := (<-written).Sub(started); waited != time.Second {
			t.Errorf("the first frame came after %v", waited)
		}
		program.Quit()
		program.Wait()
	})
}

type writes func([]byte)

func (w writes) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

var _ io.Writer = writes(nil)
