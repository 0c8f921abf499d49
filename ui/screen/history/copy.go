package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// copyReference puts the reference on the clipboard.
func copyReference() act {
	return act{key: "y", label: "copy", refusal: always, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		name := invoice.Reference()
		return tea.Batch(s.records.Copy(name), screen.Tell(screen.ToneGood, name+" is copied."))
	}}
}
