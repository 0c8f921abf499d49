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

// save changes the settings in a command. What names it in the notice; nothing is said of "". No later change cancels it.
func (s *Screen) save(what string, change func(ctx context.Context) (model.Preferences, error)) tea.Cmd {
	return screen.Request(s.env, new(screen.Latest), change, func(preferences model.Preferences, err error) tea.Cmd {
		return s.saved(what, preferences, err)
	})
}

// saved shows the settings after a change, and says what became of it.
func (s *Screen) saved(what string, preferences model.Preferences, err error) tea.Cmd {
	published := screen.Send(screen.PreferencesChanged{Preferences: preferences})
	if err != nil {
		if preferences.SettingsFile == "" {
			published = nil
		}
		// Settings beside an error are what the file says against all expectation: they are shown.
		return tea.Batch(published, screen.Fail("Save the "+cmp.Or(what, "order of the rates"), err))
	}
	if what == "" {
		return published
	}
	return tea.Batch(published, screen.Notify(screen.ToneGood, "The "+what+" is saved in "+preferences.SettingsFile+"."))
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

const ownPath = "a file: timewarrior, Toggl or Clockify export, JSON or CSV …"

func (s *Screen) offerChoices() []string {
	choices := make([]string, 0, len(s.offers)+1)
	for _, offer := range s.offers {
		choices = append(choices, offer.Label)
	}
	return append(choices, ownPath)
}

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
		return s.readAgain()
	}
	return nil
}

func (s *Screen) askPath() tea.Cmd {
	return s.env.Prompt("A file with hours",
		"The path of an export; * stands for many files. The format is recognised by what is in it.", "", func(text string) (tea.Cmd, error) {
			path := strings.TrimSpace(text)
			if path == "" {
				return nil, errors.New("type the path of a file, such as ~/Downloads/Toggl_time_entries.csv")
			}
			if err := model.CheckSettingPath(path); err != nil {
				return nil, err
			}
			return s.addSource(model.SourceOffer{Path: path}), nil
		})
}

// added is a source that was added, or the beginning of a sheet that nobody understands yet.
type added struct {
	preferences model.Preferences
	sheet       *model.SheetPreview
}

// addSource adds a source to the settings. A sheet whose header is not understood is shown, for its columns to be named.
func (s *Screen) addSource(offer model.SourceOffer) tea.Cmd {
	return screen.Request(s.env, new(screen.Latest), func(ctx context.Context) (added, error) {
		preferences, err := s.hours.AddSource(ctx, offer)
		if err == nil || offer.Path == "" {
			return added{preferences: preferences}, err
		}
		sheet, noSheet := s.hours.PreviewSheet(ctx, model.Source{Path: offer.Path})
		if noSheet != nil {
			return added{}, err
		}
		return added{sheet: &sheet}, nil
	}, func(answer added, err error) tea.Cmd {
		if err != nil || answer.sheet == nil {
			return s.saved("source", answer.preferences, err)
		}
		return s.openColumns(model.Source{Path: offer.Path}, *answer.sheet, func(source model.Source) tea.Cmd {
			offer.Format, offer.Columns, offer.IgnoredColumns = source.Format, source.Columns, source.IgnoredColumns
			return s.save("source", func(ctx context.Context) (model.Preferences, error) { return s.hours.AddSource(ctx, offer) })
		})
	})
}

func (s *Screen) hasNoSource() bool {
	return s.loaded && s.failure == nil && len(s.list.settings.preferences.Sources) == 0
}
