package review

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// prompt asks for a value; enter puts it into the edits, or says what is wrong with it. A value that stands as it was shown changes
// nothing: what follows hours, client and settings goes on following them.
func (s *Screen) prompt(title, hint, initial string, enter func(edits *model.InvoiceEdits, value string) error) tea.Cmd {
	return s.env.Prompt(title, hint, initial, func(value string) (tea.Cmd, error) {
		if value == initial && initial != "" {
			return nil, nil
		}
		edits := s.edits
		if err := enter(&edits, text.Collapse(value)); err != nil {
			return nil, err
		}
		return s.change(edits), nil
	})
}

func (s *Screen) editNote() tea.Cmd {
	return s.prompt("Text for the invoice's mentions",
		"Printed after the words that the law wants; empty prints none. 300 characters together with the reference.", s.prepared.Note,
		func(edits *model.InvoiceEdits, value string) error {
			edits.Note, edits.NoteSet = value, edits.NoteSet || value != "" || s.prepared.Note != ""
			return nil
		})
}

func (s *Screen) editDueDate() tea.Cmd {
	hint := s.env.Say(say.In("A day such as 2026-11-30, or +14 for 14 days after the issue date; empty takes the payment terms.",
		"O zi, de exemplu 30.11.2026, sau +14 pentru 14 zile după data emiterii; gol înseamnă termenul de plată.",
		"Egy nap, például 2026. 11. 30., vagy +14: a kiállítás után 14 nappal; üresen a fizetési határidő napjai szerint."))
	return s.prompt("Due date", hint, s.prepared.DueDate.String(),
		func(edits *model.InvoiceEdits, value string) error {
			due, err := model.ParseDue(value)
			edits.DueDate = due.Of(s.prepared.IssueDate)
			if err != nil || !edits.DueDate.IsZero() && edits.DueDate.Before(s.prepared.IssueDate) {
				return model.UnclearOr(err, errors.New("a day such as 2026-12-31, not before the issue date; empty for the payment terms"))
			}
			return nil
		})
}

func (s *Screen) editIssueDate() tea.Cmd {
	return s.prompt("Issue date", "yyyy-MM-dd; empty takes today, whenever that is.", s.prepared.IssueDate.String(),
		func(edits *model.InvoiceEdits, value string) error {
			today := s.env.Today()
			if value == "" {
				edits.IssueDate = model.Date{}
				return nil
			}
			day, err := model.ParseDay(value)
			if edits.IssueDate = day; err != nil || day.After(today) {
				return model.UnclearOr(err, errors.New("a day such as 2026-12-31, not in the future; empty for today"))
			}
			if edits.IssueDate == today {
				edits.IssueDate = model.Date{}
			}
			return nil
		})
}

func (s *Screen) editRate() tea.Cmd {
	if s.prepared.Currency == model.DefaultCurrency {
		return screen.Notify(screen.ToneInfo, "This invoice is in lei: it needs no exchange rate.")
	}
	initial := ""
	if s.prepared.Exchange.IsKnown() {
		initial = model.EditableNumber(s.prepared.Exchange.Lei)
	}
	return s.prompt("What 1 "+s.prepared.Currency+" is worth in lei",
		"Such as 5.0912: BNR's rate of the newest banking day before "+s.prepared.IssueDate.String()+". Empty asks BNR and takes its rate.", initial,
		func(edits *model.InvoiceEdits, value string) error {
			edits.Lei = decimal.NullDecimal{}
			if value == "" {
				s.quote = quote{}
				return nil
			}
			lei, err := model.ParseAmount(value)
			if err != nil || !lei.IsPositive() {
				return model.AmbiguousOr(err, errors.New("what one unit is worth in lei, such as 5.0912; empty for the published rate"))
			}
			if published, known := s.quote.rates.Of(s.prepared.Currency); !known || !published.Equal(lei) {
				edits.Lei = decimal.NewNullDecimal(lei)
			}
			s.typedRateCurrency = s.prepared.Currency
			return nil
		})
}

// withLine are the edits with another one of the line, or without any.
func (s *Screen) withLine(line model.Line, edit *model.LineEdit) model.InvoiceEdits {
	edits := s.edits
	edits.Lines = slices.DeleteFunc(slices.Clone(edits.Lines), func(edit model.LineEdit) bool { return isEditOf(edit, line) })
	if edit != nil {
		edits.Lines = append(edits.Lines, *edit)
	}
	return edits
}

// resetEdits drops everything that was changed here: the page shows what hours, client and settings give.
func (s *Screen) resetEdits() tea.Cmd {
	return tea.Batch(s.change(model.InvoiceEdits{}), screen.Notify(screen.ToneInfo, "All changes made here are taken back."))
}

// lineFormWidth is the widest that the form of a line gets, in cells.
const lineFormWidth = 84

// editLine opens a form on the line under the cursor: its texts, its quantity, its price. What is left as it stands goes on
// following the hours and the rules.
func (s *Screen) editLine() tea.Cmd {
	at := s.table.Cursor()
	if at < 0 {
		return nil
	}
	colours, line := s.env.Theme, s.prepared.Lines[at]
	before := model.LineEdit{Entries: line.Entries, Free: line.Free}
	if known := slices.IndexFunc(s.edits.Lines, func(edit model.LineEdit) bool { return isEditOf(edit, line) }); known >= 0 {
		before = s.edits.Lines[known]
	}
	name, details := screen.NewField(colours, line.Name), screen.NewField(colours, line.Details)
	quantity := screen.NewField(colours, model.EditableNumber(line.Quantity))
	price := screen.NewField(colours, model.EditableNumber(line.Price))
	vat := screen.NewVATPicker(s.env, line.VATReason)
	unit := s.prepared.UnitNames.Of(line.Unit)
	if line.Tracked > 0 {
		unit += ", tracked " + model.FormatTracked(line.Tracked)
	}
	rows := []*widget.Row{
		{Key: "name", Label: "Description", Control: name},
		{Key: "details", Label: "Details", Control: details},
		{Key: "quantity", Label: "Quantity", Control: quantity, Hint: unit},
		{Key: "price", Label: "Net price", Control: price, Hint: line.Currency},
	}
	if s.preferences.Issuer.ChargesVAT() || line.VATReason != "" {
		rows = append(rows, screen.VATRow(s.env, vat))
	}
	return s.env.Open(&screen.Form{
		Theme: colours, Title: fmt.Sprintf("Line %d, in %s", at+1, line.Currency),
		Form: widget.NewForm(colours, 11, rows...), Width: lineFormWidth,
		About: "e-Factura takes 100 characters of description and 200 of details. ctrl+r gives the computed values back.",
		Reset: func() tea.Cmd { return s.change(s.withLine(line, nil)) },
		Submit: func() (cmd tea.Cmd, wrongRow string, err error) {
			edit, typedName, typedDetails := before, screen.Entered(name, line.Name), screen.Entered(details, line.Details)
			if typedName != line.Name && !text.IsName(typedName) {
				return nil, "name", errors.New("a line needs a description")
			}
			if typedName != line.Name || typedDetails != line.Details {
				edit.Name, edit.Details = typedName, typedDetails
			}
			if edit.Quantity, err = typed(quantity, line.Quantity, edit.Quantity, len(line.Entries) == 0); err != nil {
				return nil, "quantity", err
			}
			if edit.Price, err = typed(price, line.Price, edit.Price, false); err != nil {
				return nil, "price", err
			}
			if chosen := model.Reason(vat.Value()); chosen != line.VATReason {
				edit.VAT, edit.VATSet = chosen, true
			}
			if reflect.DeepEqual(edit, before) {
				return nil, "", nil
			}
			return s.change(s.withLine(line, &edit)), "", nil
		},
	})
}

// typed is the number in a field: what was changed before where the field stands as it was shown. Only what is taken off the invoice is
// below 0.
func typed(field *widget.Field, shown decimal.Decimal, before decimal.NullDecimal, mayTakeOff bool) (decimal.NullDecimal, error) {
	number, err := model.ParseAmount(field.Value())
	switch {
	case field.Value() == model.EditableNumber(shown), err == nil && number.Equal(shown):
		return before, nil
	case err != nil || number.IsZero() || number.IsNegative() && !mayTakeOff:
		return before, model.AmbiguousOr(err, errors.New("a number above 0, such as 5.75"))
	}
	return decimal.NewNullDecimal(number), nil
}
