package cli

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/text"
	"cadensa/ui/screen"
)

// oddLedger says that the ledger may not be the one that holds the user's invoices, "" when nothing hints at that.
func (a *App) oddLedger() string {
	older, odd := a.records.Older()
	if !odd {
		return ""
	}
	value := "This ledger holds no invoices, but an older one's files lie beside it: "
	if older.New {
		value = "This ledger is new, but an older one's files lie beside it: "
	}
	value += strings.Join(older.Names, ", ") + ". "
	if older.Backup == "" {
		return text.Clean(value + "If it should hold your invoices, end cadensa and put the old " + a.paths.Ledger + " back before you bill.")
	}
	return text.Clean(value + "If it should hold your invoices, end cadensa, move " + a.paths.Ledger + " away and put a copy of " + older.Backup + " in its place.")
}

// announceOdd says the same at the start of the screens.
func announceOdd(a *App) tea.Cmd {
	text := a.oddLedger()
	if text == "" {
		return nil
	}
	return screen.Send(screen.Notice{Tone: screen.ToneWarn, Text: text})
}
