package review

import (
	"fmt"
	"slices"

	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// View draws the screen.
func (s *Screen) View() string {
	switch {
	case s.failure != nil:
		return widget.Block(s.failureLines(), s.width, s.height)
	case !s.ready:
		return widget.Block([]string{"", " Reading the invoice in the making …"}, s.width, s.height)
	case s.problem != nil:
		return widget.Block(s.problemLines(), s.width, s.height)
	case len(s.draft.Lines) == 0:
		return widget.Block(s.emptyLines(), s.width, s.height)
	}
	return widget.Block(s.page(), s.width, s.height)
}

// page draws the whole invoice: head, lines, sums, assumptions, findings. Lines scroll where they must; of findings that
// have no room the number is told, and the key that lists them.
func (s *Screen) page() []string {
	head, sums, foot, state := s.heading(), s.sumLines(""), s.assumptionLines(s.width), s.stateLines()
	found := s.findingRows(s.width)
	room := s.height - len(head) - len(sums) - len(foot) - len(state)
	if room <= leastLineRows {
		head, room = head[:len(head)-1], room+1
	}
	// Findings take what the lines leave, and no less than half.
	below := min(rowsOf(found), max(1, room/2, room-s.lineRowsWanted()))
	lines, first, shown := s.lineWindow(max(leastLineRows, room-below))
	if shown < len(s.draft.Lines) {
		sums = s.sumLines(windowText(first, shown, len(s.draft.Lines)))
	}
	page := slices.Concat(head, lines, sums, foot)
	page = append(page, s.folded(found, s.height-len(page)-len(state))...)
	page = append(page, state...)
	if len(page) > s.height && s.height > 0 {
		page = append(page[:s.height-1], " "+s.env.Theme.Warn.Paint(theme.Alert+" no room for the rest: ! shows it"))
	}
	return page
}

// windowText tells which of the lines are in view.
func windowText(first, shown, all int) string {
	if shown == 1 {
		return fmt.Sprintf("line %d of %d", first+1, all)
	}
	return fmt.Sprintf("lines %d to %d of %d", first+1, first+shown, all)
}

func (s *Screen) failureLines() []string {
	return []string{
		"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The invoice in the making could not be read."), "",
		"   " + s.failure.Error(), "", "   Nothing was changed.",
	}
}

func (s *Screen) problemLines() []string {
	lines := []string{"", " " + s.env.Theme.Bad.Paint(theme.Cross+" The invoice cannot be made like this."), ""}
	for _, text := range []string{s.problem.Error(), "", explain.Advice(s.problem, explain.Screen).In(say.English)} {
		for _, line := range widget.Wrap(text, s.width-4) {
			lines = append(lines, "   "+line)
		}
	}
	return lines
}

func (s *Screen) emptyLines() []string {
	return []string{
		"", " " + s.env.Theme.Strong.Paint("Nothing to review yet."), "",
		" Tick hours on Time (1), choose the client on Bill To (2), and the invoice", " stands here as it will be sent.",
	}
}
