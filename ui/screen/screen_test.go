package screen_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/uitest"
	"cadensa/ui/widget"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

func press(t *testing.T, overlay screen.Overlay, names ...string) (done bool, cmd tea.Cmd) {
	t.Helper()
	for _, name := range names {
		pressed, err := uitest.Key(name)
		if err != nil {
			t.Fatal(err)
		}
		done, cmd = overlay.OnKey(pressed)
	}
	return done, cmd
}

func TestLatestAdmitsOnlyTheNewest(t *testing.T) {
	var latest screen.Latest
	first, one := latest.Begin(t.Context())
	second, two := latest.Begin(t.Context())
	if first.Err() == nil {
		t.Error("a superseded request goes on")
	}
	if second.Err() != nil || !latest.Pending() {
		t.Error("the newest request was cancelled")
	}
	if latest.Admit(one) {
		t.Error("a late answer is admitted")
	}
	if !latest.Admit(two) || latest.Admit(two) {
		t.Error("the newest answer is admitted once")
	}
	if second.Err() == nil || latest.Pending() {
		t.Error("an answered request keeps its context")
	}
}

func TestLatestCancelKeepsAnswersOut(t *testing.T) {
	var latest screen.Latest
	ctx, ticket := latest.Begin(t.Context())
	latest.Cancel()
	if ctx.Err() == nil || latest.Admit(ticket) {
		t.Error("a cancelled request is answered")
	}
	latest.Cancel()
}

func TestFailSaysWhatToDo(t *testing.T) {
	notice, ok := screen.Fail("Not issued", fmt.Errorf("\x1b[31mSeria\nnu\u202e: %w", model.ErrSeriesUnknown))().(screen.Notice)
	if !ok {
		t.Fatal("no notice")
	}
	want := "Not issued: [31mSeria; nu: series not in this account. Create the series"
	if !strings.HasPrefix(notice.Text, want) || notice.Tone != screen.ToneBad {
		t.Errorf("the notice says %q", notice.Text)
	}
}

func TestPageScrollsAndSaysThatThereIsMore(t *testing.T) {
	page := &screen.Page{Theme: theme.New(theme.Dark, ""), Title: "Rows"}
	for i := range 30 {
		page.Lines = append(page.Lines, fmt.Sprintf("row %02d", i))
	}
	if view := page.View(80, 12); !strings.Contains(view, "row 06") || !strings.Contains(view, "↓ more") {
		t.Errorf("drawn as\n%s", view)
	}
	if done, _ := press(t, page, "G"); done {
		t.Fatal("scrolling closed the page")
	}
	if view := page.View(80, 12); !strings.Contains(view, "row 29") || strings.Contains(view, "more") {
		t.Errorf("drawn at its end as\n%s", view)
	}
	if done, _ := press(t, page, "esc"); !done {
		t.Error("esc does not close the page")
	}
}

func TestPromptRefusesUntilTheTextIsRight(t *testing.T) {
	entered := ""
	env := screen.Env{Theme: theme.New(theme.Dark, ""), Overlays: &screen.Overlays{}}
	env.Prompt("Due date", "yyyy-MM-dd", "x", func(text string) (tea.Cmd, error) {
		if text != "xok" {
			return nil, errors.New("a day, please")
		}
		entered = text
		return nil, nil
	})
	prompt := env.Overlays.Top()
	if done, _ := press(t, prompt, "enter"); done || !strings.Contains(prompt.View(80, 24), "a day, please") {
		t.Errorf("a wrong text was taken:\n%s", prompt.View(80, 24))
	}
	if done, _ := press(t, prompt, "o", "k", "enter"); !done || entered != "xok" {
		t.Errorf("the right text was not taken: %q", entered)
	}
	if done, _ := press(t, prompt, "esc"); !done {
		t.Error("esc does not leave")
	}
}

func TestChooseSearchesAndChooses(t *testing.T) {
	names := []string{"this month", "last month", "all time"}
	search := func(query string) []widget.Choice {
		var found []widget.Choice
		for _, name := range names {
			if strings.Contains(name, query) {
				found = append(found, widget.Choice{Key: name, Text: name})
			}
		}
		return found
	}
	open := func(chosen *string) screen.Overlay {
		env := screen.Env{Theme: theme.New(theme.Dark, ""), Overlays: &screen.Overlays{}}
		env.Choose("Period", search, func(key string) tea.Cmd {
			*chosen = key
			return nil
		})
		return env.Overlays.Top()
	}
	tests := []struct {
		keys   []string
		chosen string
		done   bool
	}{
		{[]string{"l", "a", "s", "enter"}, "last month", true},
		{[]string{"down", "down", "enter"}, "all time", true},
		{[]string{"esc"}, "", true},
		{[]string{"z", "z"}, "", false},
		{[]string{"z", "z", "enter"}, "", false},
	}
	for _, test := range tests {
		t.Run(strings.Join(test.keys, " "), func(t *testing.T) {
			chosen := ""
			if done, _ := press(t, open(&chosen), test.keys...); done != test.done || chosen != test.chosen {
				t.Errorf("chose %q, done %v", chosen, done)
			}
		})
	}
}

func TestAQuestionRunsItsAnswer(t *testing.T) {
	env, answers := uitest.Env(t.Context()), 0
	env.Ask("Sure?", nil, widget.Option{Label: "no"}, widget.Option{Key: "y", Label: "yes", Run: func() tea.Cmd {
		answers++
		return nil
	}})
	question := env.Overlays.Top()
	if done, _ := press(t, question, "x"); done {
		t.Error("another key answered")
	}
	if done, _ := press(t, question, "y"); !done || answers != 1 {
		t.Errorf("%d answers", answers)
	}
}
