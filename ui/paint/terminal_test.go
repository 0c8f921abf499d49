//go:build unix

package paint

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"
)

// patience bounds every wait; a test that passes never comes near it.
const patience = 20 * time.Second

// terminal is the far end of a pseudo terminal: it types, and keeps what was drawn.
type terminal struct {
	t             *testing.T
	master, tty   *os.File
	width, height int
	chunks        chan string
	stream        string
	before        *term.State // of the line, as the test made it
	nudge         func()      // if set, called now and then while the test waits
}

// Bubble Tea begins to listen for signals on goroutines of its own: one that comes in the first moment is lost, so that
// tests send theirs until it has worked.
const nudging = 20 * time.Millisecond

func openTerminal(t *testing.T, width, height int) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	far := &terminal{t: t, master: master, tty: tty, chunks: make(chan string, 1024)}
	far.resize(width, height)
	if far.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	go far.read()
	t.Cleanup(func() {
		tty.Close()
		master.Close()
		for range far.chunks {
		}
	})
	return far
}

func (far *terminal) read() {
	defer close(far.chunks)
	buffer := make([]byte, 1<<16)
	for {
		n, err := far.master.Read(buffer)
		if n > 0 {
			far.chunks <- string(buffer[:n])
		}
		if err != nil {
			return
		}
	}
}

func (far *terminal) resize(width, height int) {
	far.t.Helper()
	far.width, far.height = width, height
	if err := pty.Setsize(far.master, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		far.t.Fatal(err)
	}
}

func (far *terminal) press(keys string) {
	far.t.Helper()
	if _, err := far.master.WriteString(keys); err != nil {
		far.t.Fatal(err)
	}
}

// await reads until the state is reached.
func (far *terminal) await(what string, reached func() bool) {
	far.t.Helper()
	limit, now := time.NewTimer(patience), time.NewTicker(nudging)
	defer limit.Stop()
	defer now.Stop()
	for !reached() {
		select {
		case <-now.C:
			if far.nudge != nil {
				far.nudge()
			}
		case chunk, open := <-far.chunks:
			if !open {
				far.t.Fatalf("the terminal closed before %s; it got %q", what, far.stream)
			}
			far.stream += chunk
		case <-limit.C:
			far.t.Fatalf("%s did not come; the terminal got %q", what, far.stream)
		}
	}
}

// sees waits until the screen shows the texts.
func (far *terminal) sees(texts ...string) {
	far.t.Helper()
	far.await(fmt.Sprintf("%q on the screen", texts), func() bool {
		shown := strings.Join(far.screen().rows(), "\n")
		for _, text := range texts {
			if !strings.Contains(shown, text) {
				return false
			}
		}
		return true
	})
}

// gets waits until a text has come after the first n bytes.
func (far *terminal) gets(n int, text string) {
	far.t.Helper()
	far.await(fmt.Sprintf("%q", text), func() bool { return strings.Contains(far.stream[n:], text) })
}

// partial is a sequence or a character whose rest is still under way.
var partial = regexp.MustCompile(`(\x1b(\[[?0-9;]*)?|[\xc0-\xff][\x80-\xbf]{0,2})$`)

// screen is what the terminal shows by now.
func (far *terminal) screen() *emulator {
	return newEmulator(far.width, far.height).write(partial.ReplaceAllString(far.stream, ""))
}

// shows fails unless the screen is the pad's, row by row.
func (far *terminal) shows() {
	far.t.Helper()
	screen := far.screen()
	rows := screen.rows()
	for y := padHead; y < far.height; y++ {
		if want := padRow(y); rows[y] != want {
			far.t.Fatalf("row %d is %q, want %q, in\n%s\nafter %q", y, rows[y], want, strings.Join(rows, "\n"), far.stream)
		}
	}
	if diff := cmp.Diff([]string(nil), screen.faults); diff != "" {
		far.t.Fatal(diff)
	}
}

// raw reports whether the line is no longer as the test made it.
func (far *terminal) raw() bool {
	far.t.Helper()
	now, err := term.GetState(far.tty.Fd())
	if err != nil {
		far.t.Fatal(err)
	}
	return !reflect.DeepEqual(now, far.before)
}

// frames are the painter's writes, and what came between them.
func (far *terminal) frames() (frames []string, between string) {
	rest := far.stream
	for {
		head, tail, found := strings.Cut(rest, "\x1b[?2026h")
		between += head
		if !found {
			return frames, between
		}
		frame, after, _ := strings.Cut(tail, "\x1b[?2026l")
		frames, rest = append(frames, frame), after
	}
}

// wholeFrames counts the frames after the first bytes that write every row.
func (far *terminal) wholeFrames(from int) int {
	frames, _ := (&terminal{stream: far.stream[from:]}).frames()
	whole := 0
	for _, frame := range frames {
		if len(rowAddress.FindAllString(frame, -1)) == far.height {
			whole++
		}
	}
	return whole
}

var rowAddress = regexp.MustCompile(`\x1b\[[0-9]+H`)

// running is a program in this process, on a terminal.
type running struct {
	*terminal
	program *Program
	model   tea.Model
	err     error
	ended   chan struct{}
}

// run starts a program over a terminal and waits for its first frame.
func run(t *testing.T, config Config, model tea.Model, opts ...tea.ProgramOption) *running {
	t.Helper()
	far := openTerminal(t, 40, 12)
	config.Output = far.tty
	opts = append([]tea.ProgramOption{tea.WithInput(far.tty), tea.WithoutSignalHandler(), tea.WithReportFocus()}, opts...)
	r := &running{terminal: far, program: config.New(model, opts...), ended: make(chan struct{})}
	go func() {
		defer close(r.ended)
		r.model, r.err = r.program.Run()
	}()
	t.Cleanup(func() {
		r.program.Quit()
		<-r.ended
	})
	r.sees("size 40x12", padRow(11))
	return r
}

// quit ends the program and waits for the end.
func (r *running) quit() {
	r.t.Helper()
	r.program.Quit()
	r.await("the end", func() bool {
		select {
		case <-r.ended:
			return true
		default:
			return strings.Contains(r.stream, "\x1b[?1049l")
		}
	})
	<-r.ended
	if _, ok := r.model.(*pad); !ok || r.err != nil {
		r.t.Errorf("the program ended with %T, %v", r.model, r.err)
	}
}
