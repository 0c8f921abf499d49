package screen

import (
	"bytes"
	"encoding/json"

	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/text"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// Page lays lines over the screen to be read; they scroll, and any other key closes it.
type Page struct {
	Theme theme.Theme
	Title string
	Lines []string
	first int
}

// PageWidth is the widest that a page's text gets, in cells.
const PageWidth = 96

// PageRoom is how wide the lines of a page may be over a screen so wide, in cells.
func PageRoom(width int) int { return max(10, min(width-6, PageWidth)) }

// OpenJSON lays the JSON of a request over a screen of so many cells, to be read.
func (e Env) OpenJSON(title string, body []byte, width int) tea.Cmd {
	var indented bytes.Buffer
	if err := json.Indent(&indented, body, "", "  "); err != nil {
		return Fail("Show the request", err)
	}
	page := &Page{Theme: e.Theme, Title: title}
	for line := range strings.Lines(indented.String()) {
		page.Lines = append(page.Lines, widget.Wrap(text.Clean(strings.TrimRight(line, "\n")), PageRoom(width))...)
	}
	return e.Open(page)
}

// pageStride is how many lines ctrl+f and the like go by: as many as the smallest window shows.
const pageStride = 11

// OnKey scrolls or closes.
func (p *Page) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	rows, ok := widget.Scroll(pressed.String(), pageStride)
	if !ok {
		return true, nil
	}
	p.first = max(0, min(p.first+rows, len(p.Lines)-1))
	return false, nil
}

// View draws as many lines as fit.
func (p *Page) View(width, height int) string {
	inner := PageRoom(width)
	p.first = max(0, min(p.first, len(p.Lines)-max(1, height-4)))
	shown := widget.Window(p.Lines, p.first, max(1, height-4), p.Theme.Faint.Paint("↓ more"))
	return widget.Box(append([]string{p.Theme.Strong.Paint(widget.Clip(p.Title, inner)), ""}, shown...), inner, p.Theme)
}

// Keys tells how to scroll and leave.
func (p *Page) Keys() []key.Binding {
	return []key.Binding{Bind("↑ ↓ pgup pgdn", "scroll"), Bind("esc", "back")}
}
