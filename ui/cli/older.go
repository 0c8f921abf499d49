package cli

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/text"
	"cadensa/ui/screen"
)

// oddLedger says that the ledger may not be the one that holds the user's invoices, "" when nothing hints at that.
func (s *Session) oddLedger() string {
	older, odd := s.records.Older()
	if !odd {
		return ""
	}
	value := "This ledger holds no invoices, but an older one's files lie beside it: "
	if older.New {
		value = "This ledger is new, but an older one's files lie beside it: "
	}
	value += strings.Join(older.Names, ", ") + ". "
	if older.Backup == "" {
		return text.Clean(value + "If it should hold your invoices, end cadensa and put the old " + s.paths.Ledger + " back before you bill.")
	}
	return text.Clean(value + "If it should hold your invoices, end cadensa, move " + s.paths.Ledger + " away and put a copy of " + older.Backup + " in its place.")
}

// announceOdd says the same at the start of the screens.
func announceOdd(session *Session) tea.Cmd {
	text := session.oddLedger()
	if text == "" {
		return nil
	}
	return screen.Send(screen.Notice{Tone: screen.ToneWarn, Text: text})
}
