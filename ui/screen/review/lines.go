package review

import (
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

const (
	// lineRows is how many rows a line takes without the cursor: its figures, and its details below.
	lineRows = 2
	// leastLineRows are kept for the line under the cursor however much there is to say below.
	leastLineRows = 3
)

// The widths of a line's figures, in cells.
const (
	numberWidth   = 5
	quantityWidth = 14
	priceWidth    = 12
	amountWidth   = 14
	// currencyWidth is the room behind the amounts, where the total has its currency.
	currencyWidth = 5
)

// lineWindow draws as many lines around the cursor as fit into the rows: it returns them, the index of the first, and how
// many they are.
func (s *Screen) lineWindow(room int) (rows []string, first, count int) {
	first = max(0, s.table.Cursor())
	rows, count = s.lineText(first), 1
	for grown := true; grown; {
		grown = false
		if next := first + count; next < len(s.draft.Lines) && len(rows)+lineRows <= room {
			rows, count, grown = append(rows, s.lineText(next)...), count+1, true
		}
		if first > 0 && len(rows)+lineRows <= room {
			rows, first, count, grown = append(s.lineText(first-1), rows...), first-1, count+1, true
		}
	}
	if len(rows) > room {
		rows = append(rows[:room-1], s.beneath("… e or ! shows it whole"))
	}
	return rows, first, count
}

// lineRowsWanted is how many rows all lines take.
func (s *Screen) lineRowsWanted() int {
	cursor := max(0, s.table.Cursor())
	return lineRows*(len(s.draft.Lines)-1) + len(s.lineText(cursor))
}

// lineText draws one line of the invoice: its figures, and its details below. The one under the cursor has its texts whole.
func (s *Screen) lineText(index int) []string {
	colours, line := s.env.Theme, s.draft.Lines[index]
	width := max(8, s.width-2-numberWidth-quantityWidth-3-priceWidth-amountWidth-currencyWidth)
	figures := widget.FitRight(model.FormatQuantity(line.Quantity)+" "+line.Unit.Romanian(), quantityWidth) + "  ×" +
		widget.FitRight(formatPrice(line), priceWidth) + widget.FitRight(model.FormatAmount(line.Net()), amountWidth)
	head := fmt.Sprintf("%3d  ", index+1)
	if index != s.table.Cursor() {
		return []string{
			"  " + head + widget.Fit(line.Name, width) + figures,
			s.beneath(widget.Clip(s.lineDetails(line), s.detailsWidth())),
		}
	}
	names := widget.Wrap(line.Name, width)
	rows := []string{" " + colours.Accent.Paint(theme.Focus) + head + colours.Strong.Paint(widget.Fit(names[0], width)) + figures}
	for _, name := range names[1:] {
		rows = append(rows, widget.Spaces(2+numberWidth)+colours.Strong.Paint(name))
	}
	for _, text := range widget.Wrap(s.lineDetails(line), s.detailsWidth()) {
		rows = append(rows, s.beneath(text))
	}
	return rows
}

func (s *Screen) beneath(text string) string {
	return widget.Spaces(2+numberWidth) + s.env.Theme.Faint.Paint(text)
}

func (s *Screen) detailsWidth() int { return max(8, s.width-2-numberWidth-1) }

// lineDetails is what stands below a line: what was done to it, its VAT where the lines differ, its details.
func (s *Screen) lineDetails(line model.Line) string {
	changed, cut, vat := "", "", ""
	if s.isChanged(line) {
		changed = "changed"
	}
	if line.Cut {
		cut = "text cut"
	}
	if s.draft.Treatment.Setting != "" && len(s.totals.Groups) > 1 {
		vat = line.VAT.String()
	}
	return joined(" · ", changed, cut, vat, line.Details)
}

// isChanged reports whether the user changed the line here.
func (s *Screen) isChanged(line model.Line) bool {
	return slices.ContainsFunc(s.edits.Lines, func(edit model.LineEdit) bool { return isOf(edit, line) })
}

// isOf reports whether the edit is of the line.
func isOf(edit model.LineEdit, line model.Line) bool {
	return edit.Free == line.Free && slices.Equal(edit.Entries, line.Entries)
}

// formatPrice writes a price with all the decimals that it has.
func formatPrice(line model.Line) string { return model.FormatQuantity(line.Price) }
