package entries

import (
	"cmp"
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// openFree lists the lines that bill no hours, or asks for the first one.
func (s *Screen) openFree() tea.Cmd {
	if len(s.free) == 0 {
		return s.editFree(s.newFree())
	}
	list := &listOverlay{
		theme: s.env.Theme, title: "Free lines: what is billed without hours", rows: s.freeRows, empty: "none; a adds one", onKey: s.onFreeKey,
		foot: func(int) string { return "They stand on the invoice below the lines of hours, and leave with it." },
		keys: []key.Binding{screen.Bind("enter", "edit"), screen.Bind("a", "add"), screen.Bind("d", "delete")},
	}
	list.count()
	return s.env.Open(list)
}

// The widths of what a free line bills and comes to, in cells.
const (
	freeQuantityWidth = 12
	freeNetWidth      = 18
)

func (s *Screen) freeRows(width int) []string {
	rows := make([]string, len(s.free))
	for i, line := range s.free {
		name := line.Name
		if line.Details != "" {
			name += "  " + s.env.Theme.Faint.Paint(line.Details)
		}
		if line.VAT != "" {
			name += "  " + s.env.Theme.Faint.Paint(s.env.Say(explain.VATReason(line.VAT)))
		}
		rows[i] = widget.Fit(name, max(8, width-freeQuantityWidth-freeNetWidth-2)) + " " +
			widget.FitRight(model.FormatQuantity(line.Quantity)+" "+line.Unit.Short(), freeQuantityWidth) + " " +
			widget.FitRight(model.FormatAmount(netOf(line))+" "+line.Currency, freeNetWidth)
	}
	return rows
}

func (s *Screen) onFreeKey(name string, row int) tea.Cmd {
	switch {
	case name == "a":
		return s.editFree(s.newFree())
	case row < 0 || row >= len(s.free):
		return nil
	case name == "enter" || name == "e":
		return s.editFree(s.free[row])
	case name == "d":
		return s.askToDropFree(s.free[row])
	}
	return nil
}

// newFree is a line that does not exist yet: one piece in the usual currency.
func (s *Screen) newFree() model.FreeLine {
	line := model.FreeLine{
		ID: 1, Quantity: decimal.NewFromInt(1), Unit: model.UnitItem,
		Currency: cmp.Or(s.list.settings.preferences.Currency, model.DefaultCurrency),
	}
	for _, known := range s.free {
		line.ID = max(line.ID, known.ID+1)
	}
	return line
}

// editFree asks what a line says; one with a new number is added.
func (s *Screen) editFree(line model.FreeLine) tea.Cmd {
	colours := s.env.Theme
	price := ""
	if line.Name != "" {
		price = model.EditableAmount(line.Price)
	}
	name, details := screen.NewField(colours, line.Name), screen.NewField(colours, line.Details)
	quantity, net := screen.NewField(colours, model.EditableAmount(line.Quantity)), screen.NewField(colours, price)
	unit := newPicker(colours, string(line.Unit), "item", "hour", "day")
	currency := newPicker(colours, line.Currency, model.Currencies()...)
	vat := screen.NewVATPicker(s.env, line.VAT)
	rows := []*widget.Row{
		{Key: "name", Label: "Description", Control: name},
		{Key: "details", Label: "Details", Control: details},
		{Key: "quantity", Label: "Quantity", Control: quantity},
		{Key: "unit", Label: "Unit", Control: unit},
		{Key: "price", Label: "Net price", Control: net, Hint: "of one unit"},
		{Key: "currency", Label: "Currency", Control: currency},
	}
	if s.list.settings.preferences.Issuer.ChargesVAT() || line.VAT != "" {
		rows = append(rows, screen.VATRow(s.env, vat))
	}
	title := "A line without hours"
	if slices.ContainsFunc(s.free, func(known model.FreeLine) bool { return known.ID == line.ID }) {
		title = "Change the line"
	}
	return s.env.Open(&screen.Form{
		Theme: colours, Title: title, Form: widget.NewForm(colours, 12, rows...), Width: formWidth,
		About: "A licence, travel, a fixed price. A quantity below 0 is taken off the invoice.",
		Submit: func() (cmd tea.Cmd, wrongRow string, err error) {
			entered := model.FreeLine{
				ID: line.ID, Name: screen.Entered(name, line.Name), Details: screen.Entered(details, line.Details),
				Quantity: line.Quantity, Unit: model.Unit(unit.Value()), Price: line.Price, Currency: currency.Value(),
				VAT: model.Reason(vat.Value()),
			}
			if !text.IsName(entered.Name) {
				return nil, "name", errors.New("what is billed, in a few words")
			}
			if quantity.Value() != model.EditableAmount(line.Quantity) {
				if entered.Quantity, err = model.ParseSignedQuantity(quantity.Value(), s.quantityDecimals()); err != nil {
					return nil, "quantity", err
				}
			}
			if price == "" || net.Value() != price {
				if entered.Price, err = model.ParsePrice(net.Value()); err != nil {
					return nil, "price", err
				}
			}
			return s.putFree(entered), "", nil
		},
	})
}

func (s *Screen) putFree(line model.FreeLine) tea.Cmd {
	free := slices.Clone(s.free)
	if at := slices.IndexFunc(free, func(known model.FreeLine) bool { return known.ID == line.ID }); at >= 0 {
		free[at] = line
	} else {
		free = append(free, line)
	}
	s.free = free
	return s.changed()
}

func (s *Screen) askToDropFree(line model.FreeLine) tea.Cmd {
	body := []string{line.Name + "  " + model.FormatAmount(netOf(line)) + " " + line.Currency}
	return s.env.Ask("Delete this line?", body, widget.Option{Label: "keep it"}, widget.Option{Key: "y", Label: "delete it", Run: func() tea.Cmd {
		s.free = slices.DeleteFunc(slices.Clone(s.free), func(known model.FreeLine) bool { return known.ID == line.ID })
		return s.changed()
	}})
}
