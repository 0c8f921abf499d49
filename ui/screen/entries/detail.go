package entries

import (
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/ui/widget"
)

// withDetail draws the entry under the cursor at the right of the list.
func (s *Screen) withDetail(lines []string, listWidth int) []string {
	detail := s.detailLines(detailWidth - 3)
	side := s.env.Theme.Faint.Paint("│")
	for i := headRows - 1; i < len(lines); i++ {
		text := ""
		if at := i - headRows + 1; at < len(detail) {
			text = detail[at]
		}
		lines[i] = widget.Fit(lines[i], listWidth) + side + " " + widget.Fit(text, detailWidth-2)
	}
	return lines
}

func (s *Screen) detailLines(width int) []string {
	index := s.cursorIndex()
	if index < 0 {
		return nil
	}
	entry := &s.list.entries[index]
	colours := s.env.Theme
	lines := []string{colours.Strong.Paint(widget.Clip(labelOf(entry), width))}
	if entry.Client != "" {
		lines = append(lines, widget.Clip(entry.Client, width))
	}
	lines = append(lines, "", s.spanText(entry), model.FormatTracked(entry.Seconds)+" tracked")
	lines = append(lines, s.priceLines(index, width)...)
	if entry.Description != "" {
		lines = append(lines, "")
		lines = append(lines, widget.Wrap(entry.Description, width)...)
	}
	if len(entry.Tags) > 0 {
		lines = append(lines, "", colours.Faint.Paint(widget.Clip("tags "+strings.Join(entry.Tags, ", "), width)))
	}
	if entry.User != "" {
		lines = append(lines, colours.Faint.Paint(widget.Clip("user "+entry.User, width)))
	}
	return append(lines, colours.Faint.Paint(entry.Source+" "+entry.Fingerprint))
}

// spanText writes when an entry was worked.
func (s *Screen) spanText(entry *model.Entry) string {
	start := entry.Start.In(s.env.Location)
	text := start.Format("Mon 02 Jan 2006")
	if entry.End > entry.Start {
		text += start.Format(", 15:04") + "–" + entry.End.In(s.env.Location).Format("15:04")
	}
	return text
}

// priceLines say what the entry's rule makes of it, or why it cannot be billed.
func (s *Screen) priceLines(index, width int) []string {
	entry := &s.list.entries[index]
	if s.block(index) != "" {
		why := whyBlocked(entry, s.list.statuses[entry.Fingerprint])
		return append([]string{""}, widget.Wrap("Cannot be ticked: "+why, width)...)
	}
	rule, ok := s.list.settings.rules.For(*entry)
	if !ok {
		return []string{s.env.Theme.Warn.Paint("no rate: space adds one")}
	}
	quantity := rule.Estimate(entry.Seconds)
	lines := []string{fmt.Sprintf("%s %s × %s %s", model.FormatQuantity(quantity), rule.Unit.Romanian(), model.FormatAmount(rule.Price), rule.Currency)}
	if rule.Rounding.Step > 0 {
		lines = append(lines, s.env.Theme.Faint.Paint(fmt.Sprintf("rounded %s to %s min, each %s", rule.Rounding.Direction, model.FormatMinutes(rule.Rounding.Step), rule.Rounding.Scope)))
	}
	return lines
}
