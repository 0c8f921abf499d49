package entries

import (
	"cmp"
	"context"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// savedMsg brings the settings after a source or a rule was added.
type savedMsg struct {
	preferences model.Preferences
	what        string
	err         error
}

// save changes the settings in a command. What names it in the notice; nothing is said of "".
func (s *Screen) save(what string, change func(ctx context.Context) (model.Preferences, error)) tea.Cmd {
	ctx := s.env.Context
	return func() tea.Msg {
		preferences, err := change(ctx)
		return savedMsg{preferences: preferences, what: what, err: err}
	}
}

func (s *Screen) onSaved(msg savedMsg) tea.Cmd {
	if msg.err != nil {
		failed := screen.Fail("Save the "+cmp.Or(msg.what, "order of the rates"), msg.err)
		if msg.preferences.SettingsFile == "" {
			return failed
		}
		// The file says something else than was thought: what it says is shown.
		return tea.Batch(screen.Send(screen.PreferencesChanged{Preferences: msg.preferences}), failed)
	}
	if msg.what == "" {
		return screen.Send(screen.PreferencesChanged{Preferences: msg.preferences})
	}
	saved := screen.Notify(screen.ToneGood, "The "+msg.what+" is saved in "+msg.preferences.SettingsFile+".")
	return tea.Batch(screen.Send(screen.PreferencesChanged{Preferences: msg.preferences}), saved)
}

// offerLines is the first run: no source yet, and what could be one.
func (s *Screen) offerLines() []string {
	lines := []string{"", " " + s.env.Theme.Strong.Paint("Where are your hours?"), "",
		" cadensa reads them from your time tracker and never changes them there.", ""}
	for i, choice := range s.offerChoices() {
		glyph := "  "
		if i == s.offerRow() {
			glyph = s.env.Theme.Accent.Paint(theme.Focus) + " "
		}
		lines = append(lines, " "+glyph+choice)
	}
	return append(lines, "", " "+s.env.Theme.Faint.Paint("It is written to "+s.list.settings.preferences.SettingsFile))
}

// ownPath is the offer that is always there.
const ownPath = "a file: timewarrior, Toggl or Clockify export, JSON or CSV …"

func (s *Screen) offerChoices() []string {
	choices := make([]string, 0, len(s.offers)+1)
	for _, offer := range s.offers {
		choices = append(choices, offer.Label)
	}
	return append(choices, ownPath)
}

// offerRow is the offer under the cursor.
func (s *Screen) offerRow() int { return min(max(0, s.offer), len(s.offers)) }

func (s *Screen) onOfferKey(pressed tea.KeyMsg) tea.Cmd {
	s.offer = s.offerRow() + widget.Step(pressed.String())
	switch pressed.String() {
	case "enter", " ":
		if s.offerRow() == len(s.offers) {
			return s.askPath()
		}
		return s.addSource(s.offers[s.offerRow()])
	case "S":
		return s.askPath()
	case "r":
		return s.load()
	}
	return nil
}

var errNoPath = errors.New("type the path of a file, such as ~/Downloads/Toggl_time_entries.csv")

func (s *Screen) askPath() tea.Cmd {
	return s.env.Open(screen.NewPrompt(s.env.Theme, "A file with hours",
		"The path of an export; * stands for many files. The format is recognised by what is in it.", "", func(text string) (tea.Cmd, error) {
			path := strings.TrimSpace(text)
			if path == "" {
				return nil, errNoPath
			}
			return s.addSource(model.SourceOffer{Path: path}), nil
		}))
}

func (s *Screen) addSource(offer model.SourceOffer) tea.Cmd {
	hours := s.hours
	return s.save("source", func(ctx context.Context) (model.Preferences, error) { return hours.AddSource(ctx, offer) })
}

// hasNoSource reports whether there is nothing to read hours from.
func (s *Screen) hasNoSource() bool {
	return s.loaded && s.failure == nil && len(s.list.settings.preferences.Sources) == 0
}
