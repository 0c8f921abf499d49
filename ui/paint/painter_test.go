package paint

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// bench is a painter without a program, in virtual time.
type bench struct {
	*painter
	output bytes.Buffer
	sent   chan tea.Msg
	fails  bool
}

func (b *bench) Write(p []byte) (int, error) {
	if b.fails {
		return 0, errors.New("the terminal takes nothing")
	}
	return b.output.Write(p)
}

func newBench(gap time.Duration) *bench {
	b := &bench{sent: make(chan tea.Msg, 8)}
	b.painter = newPainter(Config{Gap: gap, Output: b}, &pad{})
	b.send = func(msg tea.Msg) { b.sent <- msg }
	b.retake = func() error { return nil }
	b.tell(tea.WindowSizeMsg{Width: 30, Height: 8})
	return b
}

// tell does what Bubble Tea does with a message.
func (b *bench) tell(msg tea.Msg) (drawn string) {
	before := b.output.Len()
	b.Update(b.filter(b, msg))
	if view := b.View(); view != nullFrame {
		return "not the null frame"
	}
	return b.output.String()[before:]
}

var key = tea.KeyMsg{Type: tea.KeyDown}

func TestGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(10 * time.Millisecond)
		if drawn := b.tell(key); drawn != "" {
			t.Errorf("drawn within the gap: %q", drawn)
		}
		for range 100 {
			b.tell(key)
		}
		started := time.Now()
		late := <-b.sent
		if waited := time.Since(started); waited != 10*time.Millisecond {
			t.Errorf("the late frame came after %v", waited)
		}
		if drawn := b.tell(late); !strings.Contains(drawn, "keys 101") {
			t.Errorf("the late frame shows %q", drawn)
		}
		synctest.Wait()
		if len(b.sent) != 0 {
			t.Error("more than one timer was set")
		}
		<-time.After(10 * time.Millisecond)
		if drawn := b.tell(key); !strings.Contains(drawn, "keys 102") {
			t.Errorf("a key after the gap is not drawn at once: %q", drawn)
		}
	})
}

func TestMessageWithoutChangeStartsNoGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(10 * time.Millisecond)
		<-time.After(10 * time.Millisecond)
		if drawn := b.tell(struct{}{}); drawn != "" {
			t.Errorf("drawn without a change: %q", drawn)
		}
		if drawn := b.tell(key); !strings.Contains(drawn, "keys 1") {
			t.Errorf("the key is not drawn at once: %q", drawn)
		}
	})
}

// The second net under TestWholeFrameAfter: Bubble Tea also tells the size when it takes the terminal again.
func TestMessageThatSpoilsTheScreen(t *testing.T) {
	b := newBench(time.Nanosecond)
	t.Cleanup(b.continued.start(func() {}))
	for _, msg := range []tea.Msg{
		tea.Suspend(), tea.ResumeMsg{}, tea.Exec(nil, nil)(), tea.ClearScreen(), tea.EnterAltScreen(), tea.FocusMsg{},
		tea.WindowSizeMsg{Width: 30, Height: 8}, continuedMsg{},
	} {
		if drawn := b.tell(msg); !strings.Contains(drawn, "\x1b[1H") || !strings.Contains(drawn, padRow(7)) {
			t.Errorf("the frame after %T is not whole: %q", msg, drawn)
		}
	}
	if drawn := b.tell(tea.BlurMsg{}); drawn != "" {
		t.Errorf("drawn without need: %q", drawn)
	}
}

func TestFailedWriteIsMadeGood(t *testing.T) {
	b := newBench(time.Nanosecond)
	b.fails = true
	b.tell(key)
	b.fails = false
	if drawn := b.tell(struct{}{}); !strings.Contains(drawn, "keys 1") || !strings.Contains(drawn, padRow(7)) {
		t.Errorf("the frame after a failed write is not whole: %q", drawn)
	}
}

func TestNothingIsDrawnWithoutSize(t *testing.T) {
	b := &bench{}
	b.painter = newPainter(Config{Output: b}, &pad{})
	if drawn := b.tell(key) + b.tell(tea.WindowSizeMsg{}); drawn != "" {
		t.Errorf("drawn in a window of unknown size: %q", drawn)
	}
}

// If the terminal cannot be had again, the program ends and says why.
func TestLostTerminalEndsProgram(t *testing.T) {
	b := newBench(time.Nanosecond)
	gone := errors.New("gone")
	b.retake = func() error { return gone }
	_, command := b.Update(continuedMsg{})
	if command == nil || command() != tea.Quit() || !errors.Is(b.failure, gone) {
		t.Errorf("failure %v", b.failure)
	}
}

func TestFilterSeesTheProgramsOwnModelAndSize(t *testing.T) {
	var seen []tea.Msg
	b := newBench(time.Nanosecond)
	b.userSees = func(model tea.Model, msg tea.Msg) tea.Msg {
		if _, ok := model.(*pad); !ok {
			t.Errorf("the filter sees %T", model)
		}
		seen = append(seen, msg)
		return nil
	}
	for _, msg := range []tea.Msg{tea.WindowSizeMsg{Width: 9, Height: 9}, tea.QuitMsg{}} {
		if passed := b.filter(b, msg); passed != nil {
			t.Errorf("%v passes as %v", msg, passed)
		}
	}
	if passed := b.filter(b, frameMsg{}); passed != (frameMsg{}) || len(seen) != 2 {
		t.Errorf("the filter saw %v", seen)
	}
}

// Without a terminal, and on request, Bubble Tea draws, and the same model comes back.
func TestPlainProgram(t *testing.T) {
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	go io.Copy(io.Discard, reader)
	var text bytes.Buffer
	for name, config := range map[string]Config{
		"a buffer": {Output: &text},
		"a pipe":   {Output: writer},
		"stock":    {Output: writer, Stock: true},
	} {
		t.Run(name, func(t *testing.T) {
			given := &pad{}
			program := config.New(given, tea.WithInput(nil), tea.WithoutSignalHandler())
			go program.Quit()
			model, err := program.Run()
			if err != nil || model != tea.Model(given) {
				t.Errorf("model %T, error %v", model, err)
			}
		})
	}
	writer.Close()
	if !strings.Contains(text.String(), "the pad") {
		t.Errorf("the buffer got %q", text.String())
	}
}
