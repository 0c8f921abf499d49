package review

import (
	"fmt"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/ui/widget"
)

// heading tells who is billed on the left, and under which number and dates on the right.
func (s *Screen) heading() []string {
	colours, client := s.env.Theme, s.draft.Client
	series := s.draft.Series
	if known, ok := s.account.SeriesNamed(series, model.SeriesInvoice); ok {
		series += fmt.Sprintf(" · next number %04d", known.Next)
	}
	name := client.Name
	if name == "" {
		name = "(no client yet: 2)"
	}
	place := client.City
	if country, ok := countries.ByCode(client.Country); ok {
		place = joined(", ", client.City, country.Label())
	}
	rows := [][2]string{
		{colours.Strong.Paint(name), series},
		{joined(" · ", client.TaxNumber(), place), dated("issued", s.draft.IssueDate)},
		{client.Address(), dated("due", s.draft.DueDate)},
	}
	contact, delivered := joined(" ", client.Contact, client.Email), ""
	if day := s.draft.DeliveryDate(); !day.IsZero() {
		delivered = "delivered " + day.String()
	}
	if contact != "" || delivered != "" {
		rows = append(rows, [2]string{colours.Faint.Paint(contact), colours.Faint.Paint(delivered)})
	}
	lines := make([]string, 0, len(rows)+1)
	for _, row := range rows {
		lines = append(lines, widget.Spread(" "+row[0], row[1]+" ", s.width))
	}
	return append(lines, "")
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
