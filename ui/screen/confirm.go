package screen

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/widget"
)

// Confirm lays a dialog over the screen; Answered turns the answer into a command.
type Confirm struct {
	Dialog   *widget.Dialog
	Answered func(answer string) tea.Cmd
}

// Update moves through the dialog.
func (c *Confirm) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	answer := c.Dialog.Update(pressed)
	if answer == "" {
		return false, nil
	}
	return true, c.Answered(answer)
}

// View draws the dialog.
func (c *Confirm) View(width, height int) string { return c.Dialog.View(width, height) }

// KeyMap tells how a dialog is answered.
func (c *Confirm) KeyMap() help.KeyMap {
	keys := []key.Binding{Bind("tab", "choose"), Bind("enter", "answer"), Bind("esc", "back")}
	return Keys{Short: keys, Full: [][]key.Binding{keys}}
}
