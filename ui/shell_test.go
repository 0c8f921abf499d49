package ui_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
	"cadensa/ui/widget"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// typist is a screen with one field that takes the keyboard on "i" and gives it back on esc.
type typist struct {
	uitest.Neighbour
	field   *widget.Field
	pressed []string
	sending string
	kept    bool
	keepErr error
	closed  bool
}

func newTypist(name string) *typist {
	return &typist{Neighbour: uitest.Neighbour{Name: name}, field: widget.NewField(uitest.Env(context.Background()).Theme)}
}

func (s *typist) Update(msg tea.Msg) tea.Cmd {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return s.Neighbour.Update(msg)
	}
	s.pressed = append(s.pressed, pressed.String())
	switch {
	case pressed.String() == "esc":
		s.field.Blur()
	case s.field.Focused():
		return s.field.Update(pressed)
	case pressed.String() == "i":
		s.field.Focus()
	}
	return nil
}

func (s *typist) Capturing() bool                    { return s.field.Focused() }
func (s *typist) Sending() string                    { return s.sending }
func (s *typist) Close()                             { s.closed = true }
func (s *typist) Keys() (footer, help []key.Binding) { return screen.MoveKeys(), []key.Binding{} }

func (s *typist) Save(context.Context) error {
	s.kept = true
	return s.keepErr
}

func start(t *testing.T, width, height int) (*uitest.Driver, *ui.Shell, *typist) {
	t.Helper()
	first := newTypist("Time")
	shell := ui.New(uitest.Env(t.Context()), "DEMO", screen.TabTime, nil, first, newTypist("Bill To"), newTypist("Review"),
		newTypist("History"), newTypist("Setup"))
	return uitest.Start(t, shell, width, height), shell, first
}

// asker opens a prompt on "$".
type asker struct {
	uitest.Neighbour
	env screen.Env
}

func (s *asker) Update(msg tea.Msg) tea.Cmd {
	if pressed, ok := msg.(tea.KeyMsg); ok && pressed.String() == "$" {
		return s.env.Prompt("How much?", "a number", "", func(string) (tea.Cmd, error) { return nil, nil })
	}
	return s.Neighbour.Update(msg)
}

// Keys that come faster than a frame are one message: those after the one that opened an overlay are for the overlay, and
// no digit among them switches tabs.
func TestKeysAfterTheOneThatOpensAreTheOverlays(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env := uitest.Env(t.Context())
		asking := &asker{Neighbour: uitest.Neighbour{Name: "Time"}, env: env}
		shell := ui.New(env, "", screen.TabTime, nil, asking, newTypist("Bill To"), newTypist("Review"), newTypist("History"), newTypist("Setup"))
		d := uitest.Start(t, shell, 80, 24).Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("$5.12")})
		d.Sees("▸1 Time", "How much?", "5.12").Press("esc").Lacks("How much?").Press("2").Sees("▸2 Bill To")
	})
}

// lateMsg is an answer of the network that brings up a question.
type lateMsg struct{}

// questioner asks once an answer comes, and counts what was said yes to.
type questioner struct {
	uitest.Neighbour
	env screen.Env
	yes int
}

func (s *questioner) Update(msg tea.Msg) tea.Cmd {
	if _, late := msg.(lateMsg); !late {
		return s.Neighbour.Update(msg)
	}
	return s.env.Ask("Issue this invoice?", nil, widget.Option{Label: "back"}, widget.Option{Key: "y", Label: "issue", Run: func() tea.Cmd {
		s.yes++
		return nil
	}})
}

// A question that comes up late lies over the tab that asks, and no key that is pressed on another answers it.
func TestLateQuestionWaitsOnItsTab(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env := uitest.Env(t.Context())
		review := &questioner{Neighbour: uitest.Neighbour{Name: "Review"}, env: env}
		shell := ui.New(env, "", screen.TabReview, nil, newTypist("Time"), newTypist("Bill To"), review, newTypist("History"), newTypist("Setup"))
		d := uitest.Start(t, shell, 80, 24).Press("4").Send(lateMsg{})
		d.Sees("▸4 History", "3 Review?", "Review has something to show or to ask.  3 Review", "this is History").Lacks("Issue this invoice?")
		d.Press("y").Fits()
		if review.yes != 0 {
			t.Fatal("a key of another tab confirmed it")
		}
		d.Press("1").Sees("▸1 Time", "3 Review?").Press("3").Sees("▸3 Review", "Issue this invoice?").Lacks("Review?", "something to ask")
		d.Press("y").Lacks("Issue this invoice?")
		if review.yes != 1 {
			t.Errorf("it was confirmed %d times", review.yes)
		}
		// On its own tab it comes up at once.
		d.Send(lateMsg{}).Sees("Issue this invoice?").Press("esc").Lacks("Issue this invoice?")
	})
}

func TestTabs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, first := start(t, 80, 24)
		d.Golden()
		d.Press("3").Sees("▸3 Review", "this is Review")
		d.Press("1").Sees("this is Time")
		d.Press("i").Type("3?q").Sees("this is Time")
		if got := first.field.Value(); got != "3?q" {
			t.Errorf("the field got %q: the shell stole keys", got)
		}
		d.Press("alt+2").Sees("this is Bill To")
		d.Press("1", "esc", "5").Sees("this is Setup")
	})
}

func TestJoinedKeysAndPastes(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, first := start(t, 80, 24)
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")})
		if got := strings.Join(first.pressed, " "); got != "j j j" {
			t.Errorf("jjj in one message was pressed as %q", got)
		}
		d.Paste("q")
		if d.Ended() {
			t.Fatal("a pasted q quit the program")
		}
		d.Press("i").Paste("q\r\x1b[31m3\u202e")
		if got := first.field.Value(); got != "q [31m3" {
			t.Errorf("the pasted text became %q", got)
		}
	})
}

func TestNotices(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, _ := start(t, 80, 24)
		tell := func(tone screen.Tone, text string) {
			d.Send(screen.Notice{Tone: tone, Text: text})
		}
		tell(screen.ToneGood, "FCT-0024 is issued.")
		d.Sees("✓ FCT-0024 is issued.").Fits().Elapse(time.Minute).Lacks("FCT-0024")
		tell(screen.ToneBad, strings.Repeat("No answer from SmartBill. ", 20))
		d.Golden()
		d.Elapse(time.Hour).Sees("No answer").Press("esc").Lacks("No answer").Fits()
	})
}

// A notice does not lie under a question that came after it, comes back when that is left, and goes when it is answered. One that names
// a key waits for that.
func TestNoticeUnderAQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env := uitest.Env(t.Context())
		asking := &questioner{Neighbour: uitest.Neighbour{Name: "Time"}, env: env}
		shell := ui.New(env, "", screen.TabTime, nil, asking, newTypist("Bill To"), newTypist("Review"), newTypist("History"), newTypist("Setup"))
		d := uitest.Start(t, shell, 80, 24)
		d.Send(screen.Notice{Tone: screen.ToneBad, Text: "Two clients share the number."}).Sees("Two clients")
		d.Send(lateMsg{}).Sees("Issue this invoice?").Lacks("Two clients").Fits()
		d.Press("esc").Sees("Two clients").Fits()
		d.Send(lateMsg{}).Press("y").Lacks("Two clients", "Issue this invoice?").Fits()
		d.Send(screen.Notice{Tone: screen.ToneWarn, Text: "One is uncertain.", Key: "4", Action: "History"})
		d.Send(lateMsg{}).Lacks("uncertain").Press("y").Sees("One is uncertain.  4 History")
		d.Send(lateMsg{}).Send(screen.Notice{Tone: screen.ToneInfo, Text: "It belongs to the question."}).Sees("Issue this", "belongs to")
		d.Press("esc").Lacks("Issue this", "belongs to")
	})
}

func TestALockOutIsCountedDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, _ := start(t, 80, 24)
		d.Send(screen.Fail("Not issued", &model.LimitError{Until: uitest.Noon.Add(10 * time.Minute)})())
		d.Sees("10:00 left").Elapse(61 * time.Second).Sees("8:59 left").Fits()
		d.Elapse(9 * time.Minute).Sees("Not issued").Lacks("left")
	})
}

func TestWaitingForTheLimitIsShown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, _ := start(t, 80, 24)
		listened := false
		d.Send(screen.Waiting{Until: uitest.Noon.Add(time.Second), Next: func() tea.Msg { listened = true; return nil }})
		d.Sees("waiting for the limit").Fits()
		d.Send(screen.Waiting{}).Sees("DEMO").Lacks("waiting")
		if !listened {
			t.Error("nobody listens for the end of the wait")
		}
	})
}

func TestQuitting(t *testing.T) {
	for _, key := range []string{"q", "ctrl+c"} {
		t.Run(key, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				d, shell, first := start(t, 80, 24)
				if !d.Press(key).Ended() {
					t.Fatal("the program goes on")
				}
				first.keepErr = errors.New("disk full")
				if err := shell.Close(t.Context()); err == nil || !strings.Contains(err.Error(), "keep time: disk full") {
					t.Errorf("what could not be kept is told as %v", err)
				}
				if !first.kept || !first.closed {
					t.Error("the screen was not kept and closed")
				}
			})
		})
	}
}

func TestQuittingWhileSendingAsks(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, shell, first := start(t, 80, 24)
		first.sending = "The invoice to Atelier Cireș SRL was sent and not answered yet."
		d.Press("q").Golden()
		if d.Press("enter").Ended() {
			t.Fatal("enter on the opening dialog ended the program")
		}
		if d.Press("q", "esc").Ended() {
			t.Fatal("esc ended the program")
		}
		if !d.Press("q", "e").Ended() {
			t.Fatal("the deliberate answer did not end the program")
		}
		if shell.Sending() == "" {
			t.Error("what is unknown cannot be said after the end")
		}
	})
}

func TestCtrlCQuitsAtOnceEvenWhileSending(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, first := start(t, 80, 24)
		first.sending = "on its way"
		if !d.Press("i", "ctrl+c").Ended() {
			t.Fatal("ctrl+c was trapped")
		}
	})
}

func TestHelp(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, _ := start(t, 80, 24)
		d.Press("?").Golden()
		d.Press("esc").Lacks("Keys of Time")
		d.Press("?", "2").Lacks("Keys of Time").Sees("this is Time")
	})
}

func TestTooSmallSaysSoAndTakesNoKeys(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		d, _, first := start(t, 40, 10)
		d.Sees("at least 60×18").Fits().Press("j", "3")
		if len(first.pressed) > 0 {
			t.Errorf("keys reached a screen that is not shown: %v", first.pressed)
		}
		d.Resize(80, 24).Sees("this is Time")
	})
}

// TestEveryWindowIsFilledExactly resizes in the middle of everything.
func TestEveryWindowIsFilledExactly(t *testing.T) {
	type size struct{ width, height int }
	var sizes []size
	rapid.Check(t, func(t *rapid.T) {
		sizes = append(sizes, size{rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 60).Draw(t, "height")})
	})
	uitest.Run(t, func(t *testing.T) {
		d, _, first := start(t, 80, 24)
		states := []func(){
			func() {}, func() { d.Resize(80, 24).Press("?") },
			func() {
				d.Resize(80, 24).Press("esc")
				first.sending = "on its way"
				d.Press("q")
			},
			func() {
				d.Send(screen.Notice{Tone: screen.ToneWarn, Text: strings.Repeat("ăâîșț 日本語 👩‍💻 ", 30), Key: "u", Action: "settle it"})
			},
		}
		for _, state := range states {
			state()
			for _, size := range sizes {
				d.Resize(size.width, size.height).Fits()
			}
		}
	})
}
