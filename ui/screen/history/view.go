package history

import (
	"cmp"
	"fmt"
	"strconv"

	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

const (
	// topRows are the summary, a gap and the heads of the columns.
	topRows = 3
	// paneFrom is the width from which the detail stands beside the table, in cells.
	paneFrom = 110
	paneGap  = 4
	// tableRoom is what the table keeps before the detail gets more than its least, in cells.
	tableRoom        = 80
	paneMin, paneMax = 34, 60
)

// paneWidth is the room of the detail beside the table, 0 where it stands in an overlay.
func (s *Screen) paneWidth() int {
	if s.width < paneFrom {
		return 0
	}
	return max(paneMin, min(s.width-tableRoom-paneGap, paneMax))
}

func (s *Screen) tableWidth() int {
	if pane := s.paneWidth(); pane > 0 {
		return s.width - pane - paneGap
	}
	return s.width
}

// layout gives the table the rows that everything else leaves.
func (s *Screen) layout() {
	s.table.SetHeight(s.height - topRows - len(s.warningLines()))
}

// View draws the screen.
func (s *Screen) View() string {
	switch {
	case s.width <= 0 || s.height <= 0:
		return ""
	case s.list == nil && s.loadErr != nil:
		text := "The invoices could not be read: " + text.Clean(s.loadErr.Error()) + ". Nothing was changed. Press r to try again."
		return s.padded(append([]string{""}, s.glyphText(s.env.Theme.Bad, theme.Cross, text)...))
	case s.list == nil:
		return s.padded([]string{"", " " + s.env.Theme.Faint.Paint("Reading the invoices "+s.spinner.View())})
	case len(s.list.invoices) == 0:
		text := "No invoices yet. Tick hours on Time (1), choose the client (2), review (3)."
		return s.padded(append([]string{""}, widget.Paragraph(theme.Ink{}, 1, text, s.width-2)...))
	}
	warning := s.warningLines()
	return s.padded(append(s.body(s.height-len(warning)), warning...))
}

func (s *Screen) padded(lines []string) string { return widget.Block(lines, s.width, s.height) }

func (s *Screen) glyphText(ink theme.Ink, glyph, text string) []string {
	return widget.Labelled(" "+glyph+" ", text, ink, ink, s.width-1)
}

// body is the summary, the table and the detail beside it, in height rows or the few that it needs at least.
func (s *Screen) body(height int) []string {
	lines := append(make([]string, 0, s.height), s.summary(), "")
	lines = append(lines, s.rows()...)
	for len(lines) < height {
		lines = append(lines, "")
	}
	pane := s.paneWidth()
	if pane == 0 {
		return lines
	}
	detail := s.pane(pane, len(lines)-2)
	for i, line := range detail {
		lines[i+2] = widget.Fit(lines[i+2], s.tableWidth()) + widget.Spaces(paneGap) + line
	}
	return lines
}

// rows are the heads of the columns and the invoices in view.
func (s *Screen) rows() []string {
	if s.table.Count() == 0 {
		return s.noRows()
	}
	width := s.tableWidth()
	c, today := s.list.widths.fit(width), s.env.Today()
	rows := s.table.View(func(row int, focused bool) string { return s.row(c, s.invoiceAt(row), focused, today) })
	return append([]string{s.env.Theme.Faint.Paint(widget.Fit(c.head(s.list.widths), width))}, rows...)
}

// noRows says why no invoice is shown.
func (s *Screen) noRows() []string {
	if s.matches.mistake == nil {
		return []string{gutter + "No invoice matches. Press esc to see all of them."}
	}
	what, _ := explain.Error(s.matches.mistake, explain.Screen)
	return widget.Paragraph(s.env.Theme.Warn, len(gutter), s.env.Say(what), s.tableWidth()-len(gutter)-1)
}

// summary is the line above the table: how many documents there are, or the filter and what it leaves, and the
// running request.
func (s *Screen) summary() string {
	total := len(s.list.invoices)
	if !s.Capturing() && s.query().text == "" {
		return widget.Spread(" "+s.counts(), s.env.Theme.Faint.Paint(widget.Join("   ", s.activity(), s.table.Place()))+" ", s.width)
	}
	right := fmt.Sprintf("%s of %d ", cmp.Or(s.table.Place(), strconv.Itoa(s.table.Count())), total)
	if doing := s.activity(); doing != "" {
		right = doing + "   " + right
	}
	field := s.filter.View(max(filterMin, s.width-widget.Width(right)-len(" / ")-1))
	return widget.Spread(" "+s.env.Theme.Accent.Paint("/")+" "+field, s.env.Theme.Faint.Paint(right), s.width)
}

// filterMin is the least room of the filter's text, in cells.
const filterMin = 8

// activity names what the screen waits for, the newest of several.
func (s *Screen) activity() string {
	switch {
	case len(s.running) > 0:
		return s.running[len(s.running)-1].doing + " " + s.spinner.View()
	case s.loading.Pending():
		return "reading " + s.spinner.View()
	}
	return ""
}
