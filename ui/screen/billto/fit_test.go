package billto_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/charmbracelet/x/exp/teatest"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/ui/screen/billto"
	"cadensa/ui/uitest"
)

// states are screens in all the states that look different.
func states(t *testing.T) []*billto.Screen {
	t.Helper()
	wide := atelier()
	wide.Name, wide.Street, wide.VATNumber = "株式会社桜井製作所東京本社 👩‍🔧 شركة", "Fő utca", "RO18547291"
	acts := []func(s *harness){
		func(*harness) {},
		func(s *harness) { s.Press("ctrl+s") },
		func(s *harness) { s.Type("at") },
		func(s *harness) { s.Press("tab", "tab", "tab", "down") },
		func(s *harness) { s.Press("tab", "tab", "tab").Type("qqqq") },
		func(s *harness) { s.Press("esc", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab") },
		func(s *harness) { s.Press("esc", "d").Type("soon").Press("tab", "down") },
		func(s *harness) { s.Press("esc", "d", "esc", "d", "ctrl+l") },
	}
	var screens []*billto.Screen
	for _, client := range []model.Client{{}, wide} {
		for _, act := range acts {
			play(t, holding(client)(), 80, 24, func(s *harness) {
				s.Press("enter")
				act(s)
				screens = append(screens, s.screen)
			})
		}
	}
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
func inProgram(t *testing.T, book *program, text string, act func(tm *teatest.TestModel)) {
	t.Helper()
	book.open(t)
	shell, _, _ := newShell(book)
	tm := teatest.NewTestModel(t, shell, teatest.WithInitialTermSize(80, 24))
	act(tm)
	teatest.WaitFor(t, tm.Output(), func(output []byte) bool { return bytes.Contains(output, []byte(text)) },
		teatest.WithDuration(10*time.Second))
	if err := tm.Quit(); err != nil {
		t.Fatal(err)
	}
	final := tm.FinalModel(t, teatest.WithFinalTimeout(10*time.Second))
	golden.RequireEqual(t, final.View())
}

func press(t *testing.T, tm *teatest.TestModel, names ...string) {
	t.Helper()
	for _, name := range names {
		key, err := uitest.Key(name)
		if err != nil {
			t.Fatal(err)
		}
		tm.Send(key)
	}
}

func TestProgramShowsTheKeptClient(t *testing.T) {
	inProgram(t, holding(nordlicht())(), "Hafenstra", func(*teatest.TestModel) {})
}

func TestProgramFindsACountry(t *testing.T) {
	inProgram(t, newProgram(), "Magyarorsz", func(tm *teatest.TestModel) {
		press(t, tm, "tab", "tab", "tab", "h", "u")
	})
}

func TestProgramRefusesAnEmptyForm(t *testing.T) {
	inProgram(t, newProgram(), "5 fields are missing", func(tm *teatest.TestModel) { press(t, tm, "ctrl+s") })
}
