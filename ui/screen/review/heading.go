package review

import (
	"fmt"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// heading tells who is billed on the left, and under which number and dates on the right.
func (s *Screen) heading() []string {
	colours, client := s.env.Theme, s.draft.Client
	series := s.draft.Series
	if known, ok := s.account.SeriesNamed(series, model.SeriesInvoice); ok {
		series += " · next number " + model.FormatCounter(known.Next)
	}
	name := client.Name
	if name == "" {
		name = "(no client yet: 2)"
	}
	place := client.City
	if country, ok := countries.ByCode(client.Country); ok {
		place = joined(", ", client.City, country.Label())
	}
	right := []string{series, dated("issued", s.draft.IssueDate), dated("due", s.draft.DueDate)}
	if day := s.draft.DeliveryDate(); !day.IsZero() {
		right = append(right, colours.Faint.Paint("delivered "+day.String()))
	}
	room := s.width - widget.Width(series) - 4
	left := inked(colours.Strong, name, room)
	for _, text := range []string{joined(" · ", client.TaxNumber(), place), client.Address()} {
		left = append(left, inked(colours.Plain, text, room)...)
	}
	if contact := joined(" ", client.Contact, client.Email); contact != "" {
		left = append(left, inked(colours.Faint, contact, room)...)
	}
	lines := make([]string, 0, len(left)+1)
	for i := range max(len(left), len(right)) {
		lines = append(lines, widget.Spread(" "+at(left, i), at(right, i)+" ", s.width))
	}
	return append(lines, "")
}

// inked wraps a text into rows of the width, none of it is cut.
func inked(ink theme.Ink, text string, width int) []string {
	rows := widget.Wrap(text, max(8, width))
	for i, row := range rows {
		rows[i] = ink.Paint(row)
	}
	return rows
}

// at is the row, "" behind the last one.
func at(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return ""
}

func dated(label string, day model.Date) string { return fmt.Sprintf("%-6s %s", label, day) }

func joined(separator string, parts ...string) string {
	text := ""
	for _, part := range parts {
		if part == "" {
			continue
		}
		if text != "" {
			text += separator
		}
		text += part
	}
	return text
}
