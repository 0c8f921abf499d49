package review

import (
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// press takes a key.
func (s *Screen) press(pressed tea.KeyMsg) tea.Cmd {
	if s.table.Update(pressed) {
		return nil
	}
	switch pressed.String() {
	case "i":
		return s.askToIssue()
	case "c":
		return s.callOff()
	case "x":
		return s.preview()
	case "e":
		return s.editLine()
	case "m":
		return s.editNote()
	case "D":
		return s.editDueDate()
	case "esc":
		return screen.Send(screen.Go{Tab: screen.TabBillTo})
	}
	return nil
}

// KeyMap names the keys.
func (s *Screen) KeyMap() help.KeyMap {
	issue, edit := screen.Bind("i", "issue"), screen.Bind("e", "edit line")
	note, due, request := screen.Bind("m", "mentions"), screen.Bind("D", "due date"), screen.Bind("x", "exact request")
	back := screen.Bind("esc", "back")
	if s.sending != nil {
		keys := []key.Binding{screen.Bind("c", "call it off"), back}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	if len(s.draft.Lines) == 0 || s.problem != nil {
		return screen.Keys{Short: []key.Binding{back}, Full: [][]key.Binding{{back}}}
	}
	return screen.Keys{
		Short: []key.Binding{issue, edit, note, due, request, back},
		Full:  [][]key.Binding{{issue, edit, note, due, request, back}, screen.MoveKeys()},
	}
}

func (s *Screen) editNote() tea.Cmd {
	return screen.Send(screen.Open{Overlay: screen.NewPrompt(s.env.Theme, "Text for the invoice's mentions",
		"Printed on the invoice, after the words that the law wants. 300 characters together with the reference.", s.draft.Note,
		func(text string) (tea.Cmd, error) {
			edits := s.edits
			edits.Note = model.Collapse(text)
			return s.change(edits), nil
		})})
}

var errDueDate = errors.New("a day such as 2026-12-31, not before the issue date; empty for the payment terms")

func (s *Screen) editDueDate() tea.Cmd {
	return screen.Send(screen.Open{Overlay: screen.NewPrompt(s.env.Theme, "Due date",
		"yyyy-MM-dd; empty takes the payment terms of Setup.", s.draft.DueDate.String(), func(text string) (tea.Cmd, error) {
			edits := s.edits
			if err := edits.DueDate.UnmarshalText([]byte(model.Collapse(text))); err != nil {
				return nil, errDueDate
			}
			if !edits.DueDate.IsZero() && edits.DueDate.Before(s.draft.IssueDate) {
				return nil, errDueDate
			}
			return s.change(edits), nil
		})})
}

// editLine opens a form on the texts of the line under the cursor.
func (s *Screen) editLine() tea.Cmd {
	at := s.table.Cursor()
	if at < 0 {
		return nil
	}
	line := s.draft.Lines[at]
	return screen.Send(screen.Open{Overlay: newLineForm(s.env.Theme, line, func(name, details string) tea.Cmd {
		edits := s.edits
		edits.Lines = slices.DeleteFunc(slices.Clone(edits.Lines), func(edit model.LineEdit) bool { return slices.Equal(edit.Entries, line.Entries) })
		edits.Lines = append(edits.Lines, model.LineEdit{Entries: line.Entries, Name: name, Details: details})
		return s.change(edits)
	})})
}

// lineForm edits the texts of a line.
type lineForm struct {
	theme         theme.Theme
	form          *widget.Form
	name, details *widget.Field
	save          func(name, details string) tea.Cmd
}

func newLineForm(colours theme.Theme, line model.Line, save func(name, details string) tea.Cmd) *lineForm {
	f := &lineForm{theme: colours, name: widget.NewField(colours), details: widget.NewField(colours), save: save}
	f.name.SetValue(line.Name)
	f.details.SetValue(line.Details)
	f.form = widget.NewForm(colours, 11,
		&widget.Row{Key: "name", Label: "Description", Control: f.name},
		&widget.Row{Key: "details", Label: "Details", Control: f.details})
	return f
}

// Update edits; ctrl+s or enter on the last field saves.
func (f *lineForm) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	if pressed.String() == "esc" {
		return true, nil
	}
	event, cmd := widget.EventSubmitted, tea.Cmd(nil)
	if pressed.String() != "ctrl+s" {
		event, cmd = f.form.Update(pressed)
	}
	if event != widget.EventSubmitted {
		return false, cmd
	}
	row := f.form.Row("name")
	if row.Note = ""; model.Collapse(f.name.Value()) == "" {
		row.Note, row.Ink = "a line needs a description", f.theme.Bad
		f.form.Edit("name")
		return false, nil
	}
	return true, f.save(model.Collapse(f.name.Value()), model.Collapse(f.details.Value()))
}

// View draws the form in a box.
func (f *lineForm) View(width, height int) string {
	inner := max(20, min(84, width-6))
	lines := append([]string{f.theme.Strong.Paint("Texts of the line"), ""}, f.form.Lines(inner, max(4, height-6))...)
	lines = append(lines, "", f.theme.Faint.Paint(widget.Clip("e-Factura takes 100 characters of description and 200 of details.", inner)))
	return widget.Box(lines, inner, f.theme)
}

// KeyMap tells how to fill it in.
func (f *lineForm) KeyMap() help.KeyMap {
	keys := []key.Binding{screen.Bind("tab", "next"), screen.Bind("ctrl+s", "save"), screen.Bind("esc", "back")}
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}
