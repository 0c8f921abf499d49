package screen

import (
	"context"
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// IssuedForGood tells in confirmations what cannot be undone once an invoice is issued.
const IssuedForGood = "SmartBill gives it a number and, if your account says so, sends it to ANAF. " +
	"From then on it can be cancelled or reversed, never taken back."

// Question lays a dialog over the screen.
type Question struct{ *widget.Dialog }

// Ask lays a question over the screen. The first answer must change nothing: it has the focus, and esc chooses it. y confirms what is
// asked; an answer without a key cannot be given by reflex, such as one that changes what SmartBill has already.
func (e Env) Ask(title string, body []string, answers ...widget.Option) tea.Cmd {
	return e.Open(&Question{Dialog: widget.NewDialog(e.Theme, title, body, answers...)})
}

// questionRows are the rows of a question beside its body: the box, the title, two gaps, and an answer a line.
const questionRows = 8

// FitBody leaves the gaps out of a body that is too long for a screen of the height: its text is needed more.
func FitBody(body []string, height int) []string {
	rows := 0
	for _, line := range body {
		rows += len(widget.Wrap(line, widget.DialogWidth))
	}
	if rows <= height-questionRows {
		return body
	}
	return slices.DeleteFunc(slices.Clone(body), func(line string) bool { return line == "" })
}

// OnKey moves through the dialog, and does what follows from its answer.
func (q *Question) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) { return q.Update(pressed) }

// Keys tells how a dialog is answered.
func (q *Question) Keys() []key.Binding {
	if q.Unread() {
		return []key.Binding{Bind("↓ pgdn", "read on"), Bind("esc", "back")}
	}
	return []key.Binding{Bind("tab", "choose"), Bind("enter", "answer"), Bind("esc", "back")}
}

type prompt struct {
	theme   theme.Theme
	title   string
	hint    string
	field   *widget.Field
	problem string
	entered func(text string) (tea.Cmd, error)
}

// Prompt asks for one line of text, with a text to begin with. Hint explains what is expected; entered turns the text into a
// command, or says what is wrong with it.
func (e Env) Prompt(title, hint, text string, entered func(text string) (tea.Cmd, error)) tea.Cmd {
	field := NewField(e.Theme, text)
	field.Focus()
	return e.Open(&prompt{theme: e.Theme, title: title, hint: hint, field: field, entered: entered})
}

// OnKey edits the text; enter takes it, esc leaves it.
func (p *prompt) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	switch pressed.String() {
	case "esc":
		return true, nil
	case "enter":
		cmd, err := p.entered(p.field.Value())
		if err != nil {
			p.problem = said(err).Error()
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
func (p *prompt) View(width, _ int) string {
	inner := max(10, min(promptWidth, width-6))
	lines := []string{p.theme.Strong.Paint(widget.Clip(p.title, inner)), "", p.field.View(inner), ""}
	note, ink := p.hint, p.theme.Faint
	if p.problem != "" {
		note, ink = p.problem, p.theme.Bad
	}
	return widget.Box(append(lines, widget.Paragraph(ink, 0, note, inner)...), inner, p.theme)
}

// Keys tells how to answer.
func (p *prompt) Keys() []key.Binding {
	return []key.Binding{Bind("enter", "done"), Bind("ctrl+u", "clear"), Bind("esc", "back")}
}

// choice lays a picker over the screen, already open.
type choice struct {
	theme  theme.Theme
	title  string
	picker *widget.Picker
	chosen func(key string) tea.Cmd
}

// Choose lets the user choose from what search finds. Chosen gets the key of the choice.
func (e Env) Choose(title string, search func(query string) []widget.Choice, chosen func(key string) tea.Cmd) tea.Cmd {
	picker := widget.NewPicker(e.Theme, search)
	picker.Focus()
	picker.Show()
	return e.Open(&choice{theme: e.Theme, title: title, picker: picker, chosen: chosen})
}

// OnKey searches and chooses.
func (c *choice) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	cmd := c.picker.Update(pressed)
	if c.picker.Open() {
		return false, cmd
	}
	if c.picker.Value() == "" {
		return true, nil
	}
	return true, c.chosen(c.picker.Value())
}

// chooseWidth is the widest that the list gets, in cells.
const chooseWidth = 56

// View draws the query and the list.
func (c *choice) View(width, _ int) string {
	inner := max(10, min(chooseWidth, width-6))
	lines := []string{c.theme.Strong.Paint(widget.Clip(c.title, inner)), "", c.picker.View(inner), ""}
	return widget.Box(append(lines, c.picker.List(inner)...), inner, c.theme)
}

// Keys tells how to choose.
func (c *choice) Keys() []key.Binding { return ListKeys("back") }

// AskWhoMadeIt says that a series has a document which this ledger should know of, so that nothing was sent, and lets its user have
// it recorded as made elsewhere by typing its number. Again says what to do then.
func (e Env) AskWhoMadeIt(unknown *model.UnknownReferenceError, record func(context.Context) error, again string) tea.Cmd {
	name := model.InvoiceReference(unknown.Series, unknown.Number)
	hint := unknown.Error() + ". Nothing was sent. If you put an old backup in place, leave with esc and put a newer one there. " +
		"If another installation made it, type its number to record that; then " + again + "."
	return e.Prompt("Who made "+name+"?", hint, "", func(text string) (tea.Cmd, error) {
		if model.NumberTyped(text, unknown.Series) != unknown.Number {
			return nil, errors.New("that is not " + name + "; esc leaves everything as it is")
		}
		return func() tea.Msg {
			if err := record(e.Context); err != nil {
				return Fail(name+" was not recorded as made elsewhere", err)()
			}
			return Notify(ToneGood, name+" is recorded as made elsewhere. Nothing was sent yet: "+again+".")()
		}, nil
	})
}
