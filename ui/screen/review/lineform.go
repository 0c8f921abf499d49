package review

import (
	"errors"
	"fmt"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// lineForm edits a line: its texts, its quantity, its price. What is left as it stands goes on following the hours and the
// rules.
type lineForm struct {
	theme                          theme.Theme
	form                           *widget.Form
	title                          string
	name, details, quantity, price *widget.Field
	line                           model.Line
	edit                           model.LineEdit
	save                           func(edit model.LineEdit) tea.Cmd
	reset                          func() tea.Cmd
}

// newLineForm shows the line as it stands; edit is what was changed of it before.
func newLineForm(colours theme.Theme, number int, line model.Line, edit model.LineEdit) *lineForm {
	f := &lineForm{
		theme: colours, title: fmt.Sprintf("Line %d, in %s", number, line.Currency), line: line, edit: edit,
		name: widget.NewField(colours), details: widget.NewField(colours), quantity: widget.NewField(colours), price: widget.NewField(colours),
	}
	f.name.SetValue(line.Name)
	f.details.SetValue(line.Details)
	f.quantity.SetValue(line.Quantity.String())
	f.price.SetValue(line.Price.String())
	unit := line.Unit.Romanian()
	if line.Tracked > 0 {
		unit += ", tracked " + model.FormatTracked(line.Tracked)
	}
	f.form = widget.NewForm(colours, 11,
		&widget.Row{Key: "name", Label: "Description", Control: f.name},
		&widget.Row{Key: "details", Label: "Details", Control: f.details},
		&widget.Row{Key: "quantity", Label: "Quantity", Control: f.quantity, Hint: unit},
		&widget.Row{Key: "price", Label: "Net price", Control: f.price, Hint: line.Currency})
	return f
}

// Update edits; ctrl+s or enter on the last field saves, ctrl+r takes the line's changes back.
func (f *lineForm) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	switch pressed.String() {
	case "esc":
		return true, nil
	case "ctrl+r":
		return true, f.reset()
	case "ctrl+s":
		return f.submit()
	}
	event, cmd := f.form.Update(pressed)
	if event == widget.EventSubmitted {
		return f.submit()
	}
	return false, cmd
}

var errNumber = errors.New("a number above 0, such as 5.75")

// submit saves, or says at its field what is wrong.
func (f *lineForm) submit() (bool, tea.Cmd) {
	edit, err := f.edit, error(nil)
	name, details := text.Collapse(f.name.Value()), text.Collapse(f.details.Value())
	if !text.IsName(name) {
		return f.refuse("name", errors.New("a line needs a description"))
	}
	if name != f.line.Name || details != f.line.Details {
		edit.Name, edit.Details = name, details
	}
	if edit.Quantity, err = typed(f.quantity, f.line.Quantity, edit.Quantity); err != nil {
		return f.refuse("quantity", err)
	}
	if edit.Price, err = typed(f.price, f.line.Price, edit.Price); err != nil {
		return f.refuse("price", err)
	}
	if edit.Name == "" && !edit.Quantity.Valid && !edit.Price.Valid {
		return true, nil
	}
	return true, f.save(edit)
}

// typed is the number in a field: what was changed before where the field stands as it was shown.
func typed(field *widget.Field, shown decimal.Decimal, before decimal.NullDecimal) (decimal.NullDecimal, error) {
	number, err := model.ParseAmount(text.Collapse(field.Value()))
	switch {
	case err != nil || !number.IsPositive():
		return before, errNumber
	case number.Equal(shown):
		return before, nil
	}
	return decimal.NewNullDecimal(number), nil
}

func (f *lineForm) refuse(key string, err error) (bool, tea.Cmd) {
	for _, each := range []string{"name", "quantity", "price"} {
		f.form.Row(each).Note = ""
	}
	row := f.form.Row(key)
	row.Note, row.Ink = err.Error(), f.theme.Bad
	f.form.Edit(key)
	return false, nil
}

// View draws the form in a box.
func (f *lineForm) View(width, height int) string {
	inner := max(20, min(84, width-6))
	lines := append([]string{f.theme.Strong.Paint(f.title), ""}, f.form.Lines(inner, max(4, height-6))...)
	lines = append(lines, "")
	for _, text := range widget.Wrap("e-Factura takes 100 characters of description and 200 of details. ctrl+r gives the computed values back.", inner) {
		lines = append(lines, f.theme.Faint.Paint(text))
	}
	return widget.Box(lines, inner, f.theme)
}

// KeyMap tells how to fill it in.
func (f *lineForm) KeyMap() help.KeyMap {
	keys := []key.Binding{screen.Bind("tab", "next"), screen.Bind("ctrl+s", "save"), screen.Bind("ctrl+r", "take back"), screen.Bind("esc", "back")}
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}
