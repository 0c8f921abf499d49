// Package uitest drives screens in a real tea.Program for tests. The driver knows when the program is idle, so that no
// test polls or sleeps: it runs inside a testing/synctest bubble, where time is virtual and waiting for every goroutine
// to rest is one call. What the screens stand over is an Office: the real application over a ledger and the simulator.
package uitest

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"
)

// memory is where files are in memory, where the system has such a place.
const memory = "/dev/shm"

// Main pins what goldens depend on: call it from TestMain, `os.Exit(uitest.Main(m))`. Folders of tests are in memory where that can
// be: a ledger waits for the disk at every write.
func Main(m *testing.M) int {
	if folder, err := os.MkdirTemp(memory, "uitest-"); err == nil {
		_ = os.Setenv("TMPDIR", folder)
		defer func() { _ = os.RemoveAll(folder) }()
	}
	lipgloss.SetColorProfile(termenv.Ascii)
	lipgloss.SetHasDarkBackground(true)
	return m.Run()
}

// Run runs a test in a bubble of virtual time.
func Run(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

// Driver presses keys and reads frames.
type Driver struct {
	t       *testing.T
	program *tea.Program
	model   tea.Model
	ended   chan error
	width   int
	height  int
	// settling is how much virtual time passes whenever the program seems to rest.
	settling time.Duration
}

// Start runs a model in a window of width × height cells. The test must run inside Run. The model must be a pointer:
// its frames are read while the program rests.
func Start(t *testing.T, model tea.Model, width, height int) *Driver {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	program := tea.NewProgram(model, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard),
		tea.WithoutRenderer(), tea.WithoutCatchPanics(), tea.WithoutSignalHandler())
	driver := &Driver{t: t, program: program, model: model, ended: make(chan error, 1)}
	go func() {
		_, err := program.Run()
		driver.ended <- err
	}()
	t.Cleanup(func() {
		program.Quit()
		program.Wait()
		cancel()
		// Timers that the program left behind end in virtual time.
		time.Sleep(time.Minute) //nolint:forbidigo // virtual time: it costs nothing and waits for nothing real
	})
	driver.Resize(width, height)
	return driver
}

// Resize gives the window another size.
func (d *Driver) Resize(width, height int) *Driver {
	d.t.Helper()
	d.width, d.height = width, height
	return d.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Send delivers a message and waits until the program rests.
func (d *Driver) Send(msg tea.Msg) *Driver {
	d.t.Helper()
	d.program.Send(msg)
	return d.Idle()
}

// Idle waits until the program rests: every command has answered, or waits for time to pass.
func (d *Driver) Idle() *Driver {
	d.t.Helper()
	synctest.Wait()
	if d.settling > 0 {
		// As in Elapse, which sends by way of Idle.
		d.program.Send(nil)
		time.Sleep(d.settling) //nolint:forbidigo // virtual time
		synctest.Wait()
	}
	return d
}

// Settling has the driver let so much virtual time pass before it takes the program to rest: a program over a real ledger
// seems to while one write sleeps until another is done (SQLite's busy handler).
func (d *Driver) Settling(within time.Duration) *Driver {
	d.settling = within
	return d
}

// Elapse lets virtual time pass. The empty message orders what the test has read of the model before what the program
// does when a timer fires; the passing of time alone does not.
func (d *Driver) Elapse(duration time.Duration) *Driver {
	d.t.Helper()
	d.Send(nil)
	time.Sleep(duration) //nolint:forbidigo // virtual time
	return d.Idle()
}

// Type types text, one key a character.
func (d *Driver) Type(text string) *Driver {
	d.t.Helper()
	for _, r := range text {
		if r == ' ' {
			d.Send(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
			continue
		}
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	return d
}

// Paste pastes text as a terminal does: in one message.
func (d *Driver) Paste(text string) *Driver {
	d.t.Helper()
	return d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// Press presses keys by their names: "tab", "ctrl+s", "alt+2", "x".
func (d *Driver) Press(names ...string) *Driver {
	d.t.Helper()
	for _, name := range names {
		key, err := Key(name)
		if err != nil {
			d.t.Fatal(err)
		}
		d.Send(key)
	}
	return d
}

// Frame is what the window shows.
func (d *Driver) Frame() string {
	d.t.Helper()
	d.Idle()
	return d.model.View()
}

// Golden compares the frame with testdata/<test name>.golden; `go test ./ui/... -update` rewrites it. The frame must
// fill the window exactly.
func (d *Driver) Golden() *Driver {
	d.t.Helper()
	frame := d.Frame()
	d.Fits()
	golden.RequireEqual(d.t, frame)
	return d
}

// GoldenAt gives the window another size and compares the frame with testdata/<test name>_80x24.golden, by its size.
func (d *Driver) GoldenAt(width, height int) *Driver {
	d.t.Helper()
	frame := d.Resize(width, height).Frame()
	d.Fits()
	golden.RequireEqual(named{d.t, fmt.Sprintf("%s_%dx%d", d.t.Name(), width, height)}, frame)
	return d
}

// named is a test by another name.
type named struct {
	testing.TB
	name string
}

// Name is the other name.
func (n named) Name() string { return n.name }

// Fits fails unless the frame fills the window exactly.
func (d *Driver) Fits() *Driver {
	d.t.Helper()
	if err := Exact(d.Frame(), d.width, d.height); err != nil {
		d.t.Fatalf("%v in\n%s", err, d.Frame())
	}
	return d
}

// Sees fails unless the frame shows every one of the texts, in any ink, as they stand or wrapped over lines.
func (d *Driver) Sees(texts ...string) *Driver {
	d.t.Helper()
	frame := ansi.Strip(d.Frame())
	unwrapped := strings.Join(strings.Fields(frame), " ")
	for _, text := range texts {
		if !strings.Contains(frame, text) && !strings.Contains(unwrapped, text) {
			d.t.Fatalf("%q is not shown in\n%s", text, frame)
		}
	}
	return d
}

// Lacks fails if the frame shows one of the texts.
func (d *Driver) Lacks(texts ...string) *Driver {
	d.t.Helper()
	frame := ansi.Strip(d.Frame())
	for _, text := range texts {
		if strings.Contains(frame, text) {
			d.t.Fatalf("%q is shown in\n%s", text, frame)
		}
	}
	return d
}

// Ended reports whether the program has ended.
func (d *Driver) Ended() bool {
	d.Idle()
	select {
	case err := <-d.ended:
		d.ended <- err
		return true
	default:
		return false
	}
}
