package uitest

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// Exact reports how a frame differs from exactly width × height cells. A window without cells has an empty frame.
func Exact(frame string, width, height int) error {
	if width == 0 || height == 0 {
		if frame != "" {
			return fmt.Errorf("%q drawn into a window without cells", frame)
		}
		return nil
	}
	lines := strings.Split(frame, "\n")
	if len(lines) != height {
		return fmt.Errorf("%d rows instead of %d", len(lines), height)
	}
	for i, line := range lines {
		if got := ansi.StringWidth(line); got != width {
			return fmt.Errorf("row %d has %d cells instead of %d", i+1, got, width)
		}
	}
	return nil
}

// namedKeys are the keys that tests press by name.
var namedKeys = map[string]tea.KeyType{
	"tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "enter": tea.KeyEnter, "esc": tea.KeyEsc, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "delete": tea.KeyDelete, "space": tea.KeySpace,
	"ctrl+c": tea.KeyCtrlC, "ctrl+d": tea.KeyCtrlD, "ctrl+l": tea.KeyCtrlL, "ctrl+o": tea.KeyCtrlO, "ctrl+r": tea.KeyCtrlR,
	"ctrl+s": tea.KeyCtrlS, "ctrl+t": tea.KeyCtrlT,
	"ctrl+u": tea.KeyCtrlU, "ctrl+z": tea.KeyCtrlZ,
}

// Key is the message of a key by its name: a single character, a name such as "tab" or "ctrl+s", or "alt+" before one
// of these.
func Key(name string) (tea.KeyMsg, error) {
	rest, alt := strings.CutPrefix(name, "alt+")
	if kind, ok := namedKeys[rest]; ok {
		key := tea.KeyMsg{Type: kind, Alt: alt}
		if kind == tea.KeySpace {
			key.Runes = []rune{' '}
		}
		return key, nil
	}
	if runes := []rune(rest); len(runes) == 1 {
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: runes, Alt: alt}, nil
	}
	return tea.KeyMsg{}, fmt.Errorf("no key is called %q", name)
}
