package widget

import (
	"strings"

	"cadensa/ui/theme"
)

// Box draws a frame around lines of inner cells, with one cell of air at each side: inner + 4 cells wide and two rows
// more than the lines.
func Box(lines []string, inner int, colours theme.Theme) string {
	rule := strings.Repeat("─", inner+2)
	rows := make([]string, 0, len(lines)+2)
	rows = append(rows, colours.Faint.Paint("┌"+rule+"┐"))
	side := colours.Faint.Paint("│")
	for _, line := range lines {
		rows = append(rows, side+" "+Fit(line, inner)+" "+side)
	}
	rows = append(rows, colours.Faint.Paint("└"+rule+"┘"))
	return strings.Join(rows, "\n")
}

// Rule is a horizontal line of width cells.
func Rule(width int, colours theme.Theme) string {
	return colours.Faint.Paint(strings.Repeat("─", max(0, width)))
}
