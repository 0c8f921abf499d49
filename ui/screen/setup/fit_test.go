package setup_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/charmbracelet/x/exp/teatest"
	"pgregory.net/rapid"

	"cadensa/ui/screen/setup"
	"cadensa/ui/uitest"
)

// states are screens in all the states that look different.
func states(t *testing.T) []*setup.Screen {
	t.Helper()
	var screens []*setup.Screen
	show := func(open func(t *testing.T) *program, act func(s *harness)) {
		play(t, open, 80, 24, func(s *harness) {
			act(s)
			screens = append(screens, s.screen)
		})
	}
	show(fresh, func(*harness) {})
	show(connected, func(*harness) {})
	show(slow, func(s *harness) {
		s.enter()
		s.Press("ctrl+t")
	})
	show(fresh, enterAndTest)
	show(func(t *testing.T) *program {
		t.Helper()
		p := fresh(t)
		p.Refuses("GET /series", "株式会社 no 👩‍🔧 token")
		return p
	}, enterAndTest)
	show(func(t *testing.T) *program {
		t.Helper()
		p := connected(t)
		preferences, err := p.Preferences(t.Context())
		p.Check(err)
		preferences.Series = "株式会社桜井"
		p.Check(p.SaveDefaults(t.Context(), preferences))
		return p
	}, func(s *harness) { s.Press("j", "j", "j", "j", "j", "j", "j", "enter", "down") })
	return screens
}

func TestViewFitsEverySize(t *testing.T) {
	screens := states(t)
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 60).Draw(t, "height")
		for i, scr := range screens {
			scr.SetSize(width, height)
			view := scr.View()
			if width == 0 || height == 0 {
				if view != "" {
					t.Fatalf("state %d draws %q into nothing", i, view)
				}
				continue
			}
			if err := uitest.Exact(view, width, height); err != nil {
				t.Fatalf("state %d: %v in\n%s", i, err, view)
			}
		}
	})
}

// inProgram drives the screen in a real program until its output shows a text, and compares the last frame.
func inProgram(t *testing.T, p *program, text string, names ...string) {
	t.Helper()
	shell, _, _ := newShell(p)
	tm := teatest.NewTestModel(t, shell, teatest.WithInitialTermSize(80, 24))
	for _, name := range names {
		key, err := uitest.Key(name)
		if err != nil {
			t.Fatal(err)
		}
		tm.Send(key)
	}
	teatest.WaitFor(t, tm.Output(), func(output []byte) bool { return bytes.Contains(output, []byte(text)) },
		teatest.WithDuration(10*time.Second))
	if err := tm.Quit(); err != nil {
		t.Fatal(err)
	}
	golden.RequireEqual(t, tm.FinalModel(t, teatest.WithFinalTimeout(10*time.Second)).View())
}

func TestProgramBegins(t *testing.T) { inProgram(t, fresh(t), "Contul Meu") }

func TestProgramTestsTheConnection(t *testing.T) {
	inProgram(t, connected(t), "The connection works.", "ctrl+t")
}

func TestProgramSavesADefault(t *testing.T) {
	inProgram(t, connected(t), "The defaults are saved.", "j", "j", "j", "enter", "e", "u", "r", "enter", "ctrl+s")
}
