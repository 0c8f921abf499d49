package review

import (
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
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
			s.typedFor = s.draft.Currency
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
	if known := slices.IndexFunc(s.edits.Lines, func(edit model.LineEdit) bool { return isOf(edit, line) }); known >= 0 {
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
	edits.Lines = slices.DeleteFunc(slices.Clone(edits.Lines), func(edit model.LineEdit) bool { return isOf(edit, line) })
	if edit != nil {
		edits.Lines = append(edits.Lines, *edit)
	}
	return edits
}

// takeBack drops everything that was changed here: the page shows what hours, client and settings give.
func (s *Screen) takeBack() tea.Cmd {
	return tea.Batch(s.change(model.DraftEdits{}), screen.Notify(screen.ToneInfo, "All changes made here are taken back."))
}
