package screen

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// Prompt asks for one line of text; Entered turns it into a command, or says what is wrong with it.
type Prompt struct {
	theme   theme.Theme
	title   string
	hint    string
	field   *widget.Field
	problem string
	entered func(text string) (tea.Cmd, error)
}

// NewPrompt returns a prompt with a text to begin with. Hint explains what is expected.
func NewPrompt(colours theme.Theme, title, hint, text string, entered func(text string) (tea.Cmd, error)) *Prompt {
	field := widget.NewField(colours)
	field.SetValue(text)
	field.Focus()
	return &Prompt{theme: colours, title: title, hint: hint, field: field, entered: entered}
}

// Update edits the text; enter takes it, esc leaves it.
func (p *Prompt) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	switch pressed.String() {
	case "esc":
		return true, nil
	case "enter":
		cmd, err := p.entered(p.field.Value())
		if err != nil {
			p.problem = err.Error()
			return false, nil
		}
		return true, cmd
	}
	p.problem = ""
	return false, p.field.Update(pressed)
}

// promptWidth is the widest that the text gets, in cells.
const promptWidth = 66

// View draws the question, the text, and what is wrong with it.
func (p *Prompt) View(width, _ int) string {
	inner := max(10, min(promptWidth, width-6))
	lines := []string{p.theme.Strong.Paint(widget.Clip(p.title, inner)), "", p.field.View(inner), ""}
	note, ink := p.hint, p.theme.Faint
	if p.problem != "" {
		note, ink = p.problem, p.theme.Bad
	}
	for _, line := range widget.Wrap(note, inner) {
		lines = append(lines, ink.Paint(line))
	}
	return widget.Box(lines, inner, p.theme)
}

// KeyMap tells how to answer.
func (p *Prompt) KeyMap() help.KeyMap {
	keys := []key.Binding{Bind("enter", "done"), Bind("ctrl+u", "clear"), Bind("esc", "back")}
	return Keys{Short: keys, Full: [][]key.Binding{keys}}
}
