package ui

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// helpKeyWidth is the room of the keys' names, in cells.
const helpKeyWidth = 18

// helpPage shows every key of a screen, and those that work everywhere.
func helpPage(colours theme.Theme, title string, keys help.KeyMap, everywhere []key.Binding) *screen.Page {
	page := &screen.Page{Theme: colours, Title: "Keys of " + title}
	for _, column := range append(keys.FullHelp(), everywhere) {
		for _, binding := range column {
			page.Lines = append(page.Lines, colours.Accent.Paint(widget.Fit(binding.Help().Key, helpKeyWidth))+" "+binding.Help().Desc)
		}
	}
	return page
}
