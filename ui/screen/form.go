package screen

import (
	"errors"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// Form lays a form over the screen. Ctrl+s or enter on the last row submits it, esc leaves it.
type Form struct {
	Theme theme.Theme
	Title string
	Form  *widget.Form
	// Width is the widest that the form gets, in cells.
	Width int
	// Below is drawn under the form, in so many cells, and About wrapped under that; nil and "" for nothing.
	Below func(width int) []string
	About string
	// Submit turns the form into a command, or names the row that is wrong.
	Submit func() (cmd tea.Cmd, wrongRow string, err error)
	// Reset takes back on ctrl+r what the form changed; nil for a form that has nothing to take back.
	Reset func() tea.Cmd
}

// OnKey edits the form.
func (f *Form) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	switch name := pressed.String(); {
	case name == "ctrl+s":
		f.Form.Settle()
		return f.submit()
	case name == "esc" && !f.Form.ListOpen():
		return true, nil
	case name == "ctrl+r" && f.Reset != nil:
		return true, f.Reset()
	}
	event, cmd := f.Form.Update(pressed)
	if event == widget.EventSubmitted {
		return f.submit()
	}
	return false, cmd
}

func (f *Form) submit() (bool, tea.Cmd) {
	cmd, wrongRow, err := f.Submit()
	if f.Form.Refuse(wrongRow, said(err)) {
		return false, nil
	}
	return true, cmd
}

// said is an error whose text is a sentence for people, nil for none.
func said(err error) error {
	if err == nil {
		return nil
	}
	what, _ := explain.Error(err, explain.Screen)
	return errors.New(what.In(say.English))
}

// View draws the form in a box.
func (f *Form) View(width, height int) string {
	inner := max(20, min(f.Width, width-6))
	var below []string
	if f.Below != nil {
		below = append(f.Below(inner), "")
	}
	below = append(below, widget.Paragraph(f.Theme.Faint, 0, f.About, inner)...)
	lines := append([]string{f.Theme.Strong.Paint(widget.Clip(f.Title, inner)), ""}, f.Form.Lines(inner, max(6, height-5-len(below)))...)
	return widget.Box(append(append(lines, ""), below...), inner, f.Theme)
}

// Keys tells how to fill it in.
func (f *Form) Keys() []key.Binding {
	keys := Actions{{Key: "tab", Short: "next"}, {Key: "ctrl+s", Short: "save"}, {Key: "ctrl+r", Short: "take back"},
		{Key: "esc", Short: "back"}}
	if f.Reset == nil {
		keys = keys.Without("ctrl+r")
	}
	return keys.Footer()
}

// NewField returns a field that begins with a text.
func NewField(colours theme.Theme, value string) *widget.Field {
	field := widget.NewField(colours)
	field.SetValue(value)
	return field
}

// Entered is what a field says, without needless white space; a text that was not edited stands as it is stored.
func Entered(field *widget.Field, stored string) string {
	if field.Value() == stored {
		return stored
	}
	return text.Collapse(field.Value())
}

// PlainChoice is a choice that is shown as it is kept.
func PlainChoice(value string) widget.Choice {
	return widget.Choice{Key: value, Text: text.Collapse(value)}
}

// PlainChoices are choices that are shown as they are kept.
func PlainChoices(values ...string) []widget.Choice {
	choices := make([]widget.Choice, len(values))
	for i, value := range values {
		choices[i] = PlainChoice(value)
	}
	return choices
}

// Matching finds the choices whose text has the query in it, without regard to case or diacritics; first those that begin with it.
func Matching(choices []widget.Choice) func(query string) []widget.Choice {
	return func(query string) []widget.Choice {
		wanted := text.Fold(text.Collapse(query))
		found := slices.DeleteFunc(slices.Clone(choices), func(choice widget.Choice) bool {
			return !strings.Contains(text.Fold(choice.Text), wanted)
		})
		later := func(choice widget.Choice) int {
			if strings.HasPrefix(text.Fold(choice.Text), wanted) {
				return 0
			}
			return 1
		}
		slices.SortStableFunc(found, func(a, b widget.Choice) int { return later(a) - later(b) })
		return found
	}
}
