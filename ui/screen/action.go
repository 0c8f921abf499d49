package screen

import (
	"slices"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Action is something that a key does. A screen lists its actions in one table: the key switch, the footer, the ? overlay
// and README's table of keys come from it.
type Action struct {
	// Key is how the key is shown: "a", "space", "[ ]". Keys are the keys themselves where they differ from what is shown.
	Key  string
	Keys []string
	// Short is the text of the footer, Long that of ? and README; Short stands for a missing Long. Without either the action
	// is not shown: another one speaks for its key.
	Short, Long string
	// Rare keeps the action out of the footer.
	Rare bool
	// Refusal says why the action cannot be done now, "" when it can; nil for an action that can always be done.
	Refusal func() string
	// Run does it; nil for a key that a widget takes, which is listed only to be shown.
	Run func() tea.Cmd
}

// Actions is a table of actions in the order of the ? overlay.
type Actions []Action

func (a Action) has(name string) bool {
	if len(a.Keys) == 0 {
		return a.Key == name || a.Key == "space" && name == " "
	}
	return slices.Contains(a.Keys, name)
}

func (a Action) refusal() string {
	if a.Refusal == nil {
		return ""
	}
	return a.Refusal()
}

func (a Action) long() string {
	if a.Long != "" {
		return a.Long
	}
	return a.Short
}

// Press does what a key means, or says why it cannot be done now; known is false for a key that means nothing. Of several
// actions with one key it takes the first that can be done.
func (a Actions) Press(name string) (cmd tea.Cmd, known bool) {
	why := ""
	for _, action := range a {
		if action.Run == nil || !action.has(name) {
			continue
		}
		refusal := action.refusal()
		if refusal == "" {
			return action.Run(), true
		}
		if !known {
			why, known = refusal, true
		}
	}
	if !known {
		return nil, false
	}
	return Notify(ToneInfo, why), true
}

// Possible leaves out what cannot be done now.
func (a Actions) Possible() Actions {
	return slices.DeleteFunc(slices.Clone(a), func(action Action) bool { return action.refusal() != "" })
}

// Without leaves out the actions with these keys.
func (a Actions) Without(keys ...string) Actions {
	return slices.DeleteFunc(slices.Clone(a), func(action Action) bool { return slices.Contains(keys, action.Key) })
}

// WithoutText leaves out the keys that are text while a field has the keyboard.
func (a Actions) WithoutText() Actions {
	return slices.DeleteFunc(slices.Clone(a), func(action Action) bool { return utf8.RuneCountInString(action.Key) == 1 })
}

// Footer shows the actions with these keys in this order, as far as they are in the table; without keys all that are not
// rare, in the order of the table.
func (a Actions) Footer(keys ...string) []key.Binding {
	var shown []key.Binding
	if len(keys) == 0 {
		for _, action := range a {
			if !action.Rare && action.Short != "" {
				shown = append(shown, Bind(action.Key, action.Short))
			}
		}
		return shown
	}
	for _, name := range keys {
		if at := slices.IndexFunc(a, func(action Action) bool { return action.Key == name && action.Short != "" }); at >= 0 {
			shown = append(shown, Bind(name, a[at].Short))
		}
	}
	return shown
}

// Help shows all of the table, for the ? overlay and README.
func (a Actions) Help() []key.Binding {
	var shown []key.Binding
	for _, action := range a {
		if text := action.long(); text != "" {
			shown = append(shown, Bind(action.Key, text))
		}
	}
	return shown
}

// Bind names a key and what it does.
func Bind(name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does))
}

// MoveKeys are the keys that every list understands.
func MoveKeys() []key.Binding {
	return []key.Binding{
		Bind("↑ ↓ j k", "move"), Bind("pgup pgdn", "page"), Bind("ctrl+u ctrl+d", "half page"), Bind("gg G home end", "first, last"),
	}
}

// ListKeys are the keys of an open list; leave is what esc does to it.
func ListKeys(leave string) []key.Binding {
	return []key.Binding{Bind("type", "search"), Bind("↑ ↓", "move"), Bind("enter", "choose"), Bind("esc", leave)}
}

// FormKeys are the keys that every form understands.
func FormKeys() []key.Binding {
	return []key.Binding{
		Bind("tab shift+tab", "next, previous field"), Bind("esc", "leave the field"), Bind("enter", "next field"),
		Bind("space", "turn a box over"),
	}
}
