package widget_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"cadensa/ui/theme"
	"cadensa/ui/uitest"
	"cadensa/ui/widget"
)

// press hands keys to a form by their names and returns the last event.
func press(t *testing.T, form *widget.Form, names ...string) widget.Event {
	t.Helper()
	var event widget.Event
	for _, name := range names {
		key, err := uitest.Key(name)
		if err != nil {
			t.Fatal(err)
		}
		event, _ = form.Update(key)
	}
	return event
}

// letters offers the choices whose text begins with the query.
func letters(texts ...string) func(string) []widget.Choice {
	return func(query string) []widget.Choice {
		var found []widget.Choice
		for _, text := range texts {
			if strings.HasPrefix(text, query) {
				found = append(found, widget.Choice{Key: text, Text: text})
			}
		}
		return found
	}
}

func drawn(form *widget.Form) string { return strings.Join(form.Lines(60, 12), "\n") }

func TestCompletionLeavesTypedTextAlone(t *testing.T) {
	var taken []string
	field := widget.NewCompletion(theme.Theme{}, letters("anna", "anton"), func(choice widget.Choice) { taken = append(taken, choice.Key) })
	next := widget.NewField(theme.Theme{})
	form := widget.NewForm(theme.Theme{}, 4, &widget.Row{Key: "a", Label: "A", Control: field},
		&widget.Row{Key: "b", Label: "B", Control: next})
	press(t, form, "a", "n")
	if !field.Open() || field.Inside() {
		t.Fatal("the list is not open below the field")
	}
	press(t, form, "enter")
	if form.Focused() != "b" || field.Value() != "an" || len(taken) > 0 {
		t.Errorf("enter took %v and the text %q", taken, field.Value())
	}
	press(t, form, "shift+tab", "n", "down", "down", "up", "up", "tab")
	if len(taken) > 0 {
		t.Errorf("a list that was left took %v", taken)
	}
	press(t, form, "shift+tab", "backspace", "down", "down", "enter")
	if len(taken) != 1 || taken[0] != "anton" {
		t.Errorf("took %v, want anton", taken)
	}
	if form.Focused() != "a" {
		t.Error("taking a choice left the field")
	}
}

func TestCompletionWithNothingToOfferIsAField(t *testing.T) {
	field := widget.NewCompletion(theme.Theme{}, letters("anna"), func(widget.Choice) {})
	form := widget.NewForm(theme.Theme{}, 4, &widget.Row{Key: "a", Control: field})
	if event := press(t, form, "x", "enter"); event != widget.EventSubmitted || field.Open() {
		t.Errorf("event %v, open %t", event, field.Open())
	}
}

func TestPickerOpensOnItsChoice(t *testing.T) {
	picker := widget.NewPicker(theme.Theme{}, letters("ape", "bee", "cat"))
	picker.Choose(widget.Choice{Key: "cat", Text: "cat"})
	form := widget.NewForm(theme.Theme{}, 4, &widget.Row{Key: "a", Control: picker})
	press(t, form, "down")
	if frame := drawn(form); !strings.Contains(frame, "▸ cat") {
		t.Errorf("the cursor is not on the present choice in\n%s", frame)
	}
	press(t, form, "up", "enter")
	if picker.Value() != "bee" {
		t.Errorf("chose %q", picker.Value())
	}
}

// Enter takes a choice and goes on, to a row that the choice has just brought too; where nothing is found, or where there is
// nothing to go on to, it stays.
func TestEnterChoosesAndGoesOn(t *testing.T) {
	unit := widget.NewPicker(theme.Theme{}, letters("day", "hour"))
	last := widget.NewPicker(theme.Theme{}, letters("up", "down"))
	form := widget.NewForm(theme.Theme{}, 4,
		&widget.Row{Key: "unit", Label: "Unit", Control: unit},
		&widget.Row{Key: "days", Label: "Days", Control: widget.NewField(theme.Theme{}), Hidden: true},
		&widget.Row{Key: "last", Label: "Last", Control: last})
	form.Arrange = func() { form.Row("days").Hidden = unit.Value() != "day" }
	if press(t, form, "x", "enter"); form.Focused() != "unit" || !unit.Open() || unit.Value() != "" {
		t.Errorf("with nothing found it is at %s with %q", form.Focused(), unit.Value())
	}
	if event := press(t, form, "backspace", "d", "enter"); event != widget.EventMoved || form.Focused() != "days" || unit.Value() != "day" {
		t.Errorf("event %d: it is at %s with %q", event, form.Focused(), unit.Value())
	}
	if press(t, form, "shift+tab", "h", "tab"); form.Focused() != "last" {
		t.Errorf("tab went on to %s, which nobody needs by the hour", form.Focused())
	}
	if event := press(t, form, "u", "enter"); event != widget.EventChanged || form.Focused() != "last" || last.Value() != "up" {
		t.Errorf("event %d: it is at %s with %q", event, form.Focused(), last.Value())
	}
	if event := press(t, form, "enter"); event != widget.EventSubmitted {
		t.Errorf("the next enter is event %d", event)
	}
}

func TestSettleTakesTheHighlightedChoice(t *testing.T) {
	picker := widget.NewPicker(theme.Theme{}, letters("ape", "bee"))
	form := widget.NewForm(theme.Theme{}, 4, &widget.Row{Key: "a", Control: picker})
	press(t, form, "b")
	form.Settle()
	if picker.Value() != "bee" || picker.Open() {
		t.Errorf("chose %q, open %t", picker.Value(), picker.Open())
	}
}

func TestNotesWrapAndLeadsStandAbove(t *testing.T) {
	form := widget.NewForm(theme.Theme{}, 4, &widget.Row{
		Key: "a", Label: "A", Control: widget.NewField(theme.Theme{}), Lead: []string{"", " Heading"},
		Note: "a note that is far too long to stand beside a control of this form, or on one line below it",
	})
	lines := form.Lines(60, 12)
	if len(lines) < 5 || strings.TrimSpace(lines[1]) != "Heading" {
		t.Fatalf("drawn as\n%s", strings.Join(lines, "\n"))
	}
	if text := strings.Join(strings.Fields(strings.Join(lines[3:], " ")), " "); !strings.HasSuffix(text, "on one line below it") {
		t.Errorf("the note is cut: %q", text)
	}
}

func TestStoredSecretShowsTheSameMask(t *testing.T) {
	typed, stored := widget.NewSecretField(theme.Theme{}), widget.NewSecretField(theme.Theme{})
	typed.SetValue("s3cret")
	stored.SetStored(true)
	if typed.View(40) != stored.View(40) || stored.Value() != "" {
		t.Errorf("%q and %q", typed.View(40), stored.View(40))
	}
}

func TestControlVDoesNotRunAProgram(t *testing.T) {
	field := widget.NewField(theme.Theme{})
	field.Focus()
	if cmd := field.Update(tea.KeyMsg{Type: tea.KeyCtrlV}); cmd != nil {
		t.Errorf("ctrl+v answers with %T", cmd())
	}
}

func TestFieldFitsItsCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := widget.NewField(theme.Theme{})
		field.SetValue(rapid.StringOf(rapid.SampledFrom([]rune("aș桜é\u0301👩‍🔧ش "))).Draw(t, "text"))
		if rapid.Bool().Draw(t, "focused") {
			field.Focus()
		}
		for range rapid.IntRange(0, 8).Draw(t, "left") {
			field.Update(tea.KeyMsg{Type: tea.KeyLeft})
		}
		width := rapid.IntRange(0, 40).Draw(t, "width")
		if got := widget.Width(field.View(width)); got != width {
			t.Fatalf("%q takes %d cells instead of %d", field.View(width), got, width)
		}
	})
}
