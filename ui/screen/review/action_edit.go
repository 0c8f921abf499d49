package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/help"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// prompt opens a prompt over the page.
func (s *Screen) prompt(title, hint, initial string, entered func(value string) (model.DraftEdits, error)) tea.Cmd {
	return s.env.Open(screen.NewPrompt(s.env.Theme, title, hint, initial, func(value string) (tea.Cmd, error) {
		edits, err := entered(text.Collapse(value))
		if err != nil {
			return nil, err
		}
		return s.change(edits), nil
	}))
}

func (s *Screen) editNote() tea.Cmd {
	return s.prompt("Text for the invoice's mentions",
		"Printed after the words that the law wants; empty prints none. 300 characters together with the reference.", s.draft.Note,
		func(text string) (model.DraftEdits, error) {
			edits := s.edits
			edits.Note, edits.NoteSet = text, true
			return edits, nil
		})
}

var (
	errDueDate   = errors.New("a day such as 2026-12-31, not before the issue date; empty for the payment terms")
	errIssueDate = errors.New("a day such as 2026-12-31, not in the future; empty for today")
)

func (s *Screen) editDueDate() tea.Cmd {
	return s.prompt("Due date", "yyyy-MM-dd; empty takes the payment terms.", s.draft.DueDate.String(), func(text string) (model.DraftEdits, error) {
		edits := s.edits
		if err := edits.DueDate.UnmarshalText([]byte(text)); err != nil || !edits.DueDate.IsZero() && edits.DueDate.Before(s.draft.IssueDate) {
			return edits, errDueDate
		}
		return edits, nil
	})
}

func (s *Screen) editIssueDate() tea.Cmd {
	return s.prompt("Issue date", "yyyy-MM-dd; empty takes today, whenever that is.", s.draft.IssueDate.String(), func(text string) (model.DraftEdits, error) {
		edits, today := s.edits, s.env.Today()
		if err := edits.IssueDate.UnmarshalText([]byte(text)); err != nil || edits.IssueDate.After(today) {
			return edits, errIssueDate
		}
		if edits.IssueDate == today {
			edits.IssueDate = model.Date{}
		}
		return edits, nil
	})
}

var errDiscount = errors.New(`a percentage such as "10%", up to 100, or a value such as "150.00"; empty for none`)

func (s *Screen) editDiscount() tea.Cmd {
	return s.prompt("Discount on all lines",
		`A percentage such as "10%", or a net value in `+s.draft.Currency+` such as "150.00"; empty for none.`, discountText(s.edits.Discount),
		func(text string) (model.DraftEdits, error) {
			edits := s.edits
			discount, err := parseDiscount(text)
			if err != nil {
				return edits, err
			}
			edits.Discount = discount
			return edits, nil
		})
}

// discountText is the discount as it is typed.
func discountText(discount model.Discount) string {
	switch {
	case !discount.Percent.IsZero():
		return discount.Percent.String() + "%"
	case !discount.Value.IsZero():
		return discount.Value.StringFixed(2)
	}
	return ""
}

func parseDiscount(text string) (model.Discount, error) {
	if text == "" {
		return model.Discount{}, nil
	}
	number, isPercent := strings.CutSuffix(text, "%")
	amount, err := model.ParseAmount(strings.TrimSpace(number))
	switch {
	case err != nil || amount.IsNegative():
		return model.Discount{}, errDiscount
	case !isPercent:
		return model.Discount{Value: amount}, nil
	case amount.GreaterThan(decimal.NewFromInt(100)):
		return model.Discount{}, errDiscount
	}
	return model.Discount{Percent: amount}, nil
}

var errRate = errors.New("what one unit is worth in lei, such as 5.0912; empty for the published rate")

func (s *Screen) editRate() tea.Cmd {
	if s.draft.Currency == model.DefaultCurrency {
		return screen.Notify(screen.ToneInfo, "This invoice is in lei: it needs no exchange rate.")
	}
	initial := ""
	if s.draft.Exchange.IsKnown() {
		initial = s.draft.Exchange.Lei.String()
	}
	return s.env.Open(screen.NewPrompt(s.env.Theme, "What 1 "+s.draft.Currency+" is worth in lei",
		"Such as 5.0912: BNR's rate of the newest banking day before "+s.draft.IssueDate.String()+". Empty asks BNR and takes its rate.", initial,
		func(value string) (tea.Cmd, error) {
			edits := s.edits
			edits.Lei = decimal.NullDecimal{}
			if value = text.Collapse(value); value == "" {
				s.quote = quote{}
				return s.change(edits), nil
			}
			lei, err := model.ParseAmount(value)
			if err != nil || !lei.IsPositive() {
				return nil, errRate
			}
			if published, known := s.quote.rates.Of(s.draft.Currency); !known || !published.Equal(lei) {
				edits.Lei = decimal.NewNullDecimal(lei)
			}
			s.typedRateCurrency = s.draft.Currency
			return s.change(edits), nil
		}))
}

// editLine opens a form on the line under the cursor.
func (s *Screen) editLine() tea.Cmd {
	at := s.table.Cursor()
	if at < 0 {
		return nil
	}
	line := s.draft.Lines[at]
	edit := model.LineEdit{Entries: line.Entries, Free: line.Free}
	if known := slices.IndexFunc(s.edits.Lines, func(edit model.LineEdit) bool { return isEditOf(edit, line) }); known >= 0 {
		edit = s.edits.Lines[known]
	}
	form := newLineForm(s.env.Theme, at+1, line, edit)
	form.save = func(edit model.LineEdit) tea.Cmd { return s.change(s.withLine(line, &edit)) }
	form.reset = func() tea.Cmd { return s.change(s.withLine(line, nil)) }
	return s.env.Open(form)
}

// withLine are the edits with another one of the line, or without any.
func (s *Screen) withLine(line model.Line, edit *model.LineEdit) model.DraftEdits {
	edits := s.edits
	edits.Lines = slices.DeleteFunc(slices.Clone(edits.Lines), func(edit model.LineEdit) bool { return isEditOf(edit, line) })
	if edit != nil {
		edits.Lines = append(edits.Lines, *edit)
	}
	return edits
}

// resetEdits drops everything that was changed here: the page shows what hours, client and settings give.
func (s *Screen) resetEdits() tea.Cmd {
	return tea.Batch(s.change(model.DraftEdits{}), screen.Notify(screen.ToneInfo, "All changes made here are taken back."))
}

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
	return screen.NewKeys(
		screen.Bind("tab", "next"), screen.Bind("ctrl+s", "save"), screen.Bind("ctrl+r", "take back"), screen.Bind("esc", "back"))
}
