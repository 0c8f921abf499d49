package entries

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// sourceList lists the sources of the settings with what they held, and changes them there.
type sourceList struct {
	screen  *Screen
	list    *listOverlay
	sources []model.Source
}

// openSources lists the sources; without any it asks for the first.
func (s *Screen) openSources() tea.Cmd {
	sources := &sourceList{screen: s, sources: s.list.settings.preferences.Sources}
	if len(sources.sources) == 0 {
		return s.askPath()
	}
	sources.list = &listOverlay{
		theme: s.env.Theme, title: "Where the hours come from", rows: sources.rows, empty: "no source; a adds one",
		foot: sources.foot, onKey: sources.onKey, onMessage: sources.onMessage,
		keys: []key.Binding{
			screen.Bind("enter", "edit"), screen.Bind("a", "add"), screen.Bind("x", "on/off"), screen.Bind("d", "remove"),
			screen.Bind("t", "tags"), screen.Bind("c", "columns"),
		},
	}
	sources.list.count()
	return s.env.Open(sources.list)
}

func (l *sourceList) onMessage(msg tea.Msg) {
	if changed, ok := msg.(screen.PreferencesChanged); ok {
		l.sources = changed.Preferences.Sources
		l.list.count()
	}
}

// content is what the source held when it was read last; false when it was not read as it stands in the settings now.
func (s *Screen) content(source model.Source) (model.SourceContent, bool) {
	index := slices.IndexFunc(s.contents, func(content model.SourceContent) bool { return content.Place.Source.Equal(source) })
	if index < 0 {
		return model.SourceContent{}, false
	}
	return s.contents[index], true
}

// The widths of a source's format and counts, in cells.
const (
	formatWidth  = 14
	entriesWidth = 15
	leftOutWidth = 12
)

func (l *sourceList) rows(width int) []string {
	rows := make([]string, len(l.sources))
	for i, source := range l.sources {
		mark, format, entries, leftOut := l.cells(source)
		if width < 2*(formatWidth+entriesWidth) {
			rows[i] = mark + " " + widget.Fit(source.Name(), max(8, width-entriesWidth-3)) + " " + widget.FitRight(entries, entriesWidth)
			continue
		}
		rows[i] = mark + " " + widget.Fit(source.Name(), max(8, width-formatWidth-entriesWidth-leftOutWidth-5)) + " " +
			widget.Fit(format, formatWidth) + " " + widget.FitRight(entries, entriesWidth) + " " + widget.FitRight(leftOut, leftOutWidth)
	}
	return rows
}

// cells are the mark of a source, its format, its entries and the rows that were left out.
func (l *sourceList) cells(source model.Source) (mark, format, entries, leftOut string) {
	colours := l.screen.env.Theme
	content, read := l.screen.content(source)
	if format = source.Format; format == "" && len(content.Formats) > 0 {
		format = content.Formats[0]
	}
	switch {
	case source.Off:
		return colours.Faint.Paint("–"), format, "off", ""
	case !read:
		return " ", format, "not read yet", ""
	case content.Failure != nil && content.Entries == 0:
		return colours.Bad.Paint(theme.Cross), format, "not read", ""
	}
	mark, entries = colours.Good.Paint(theme.Tick), l.screen.env.Say(say.TodoNoun("entry", "entries").Of(content.Entries))
	if content.Failure != nil {
		mark = colours.Warn.Paint(theme.Alert)
	}
	if content.Rejected > 0 {
		leftOut = l.screen.env.Say(say.TodoNoun("left out", "left out").Of(content.Rejected))
	}
	return mark, format, entries, leftOut
}

// foot says what is wrong with a source, or what is special about it.
func (l *sourceList) foot(row int) string {
	if row < 0 || row >= len(l.sources) {
		return "They stand in " + l.screen.list.settings.preferences.SettingsFile + "; its comments stay."
	}
	source := l.sources[row]
	content, _ := l.screen.content(source)
	switch {
	case source.Off:
		return "It is switched off: its hours are not read. x switches it on."
	case content.Failure != nil && (source.Format == "" || source.Format == sheetFormat):
		return content.Failure.Error() + ". c names the columns of a sheet."
	case content.Failure != nil:
		return content.Failure.Error()
	case content.ManyTags:
		return "Entries have several tags, and nothing says which is the project: t chooses."
	case content.Unbillable:
		return "It marks every entry as not billable; enter, then Billable, bills them all the same."
	case content.Rejected > 0:
		return "Rows that were left out are listed with their reasons under !."
	}
	return "They stand in " + l.screen.list.settings.preferences.SettingsFile + "; its comments stay."
}

func (l *sourceList) onKey(name string, row int) tea.Cmd {
	if name == "a" {
		return l.screen.askPath()
	}
	if row < 0 {
		return nil
	}
	place := model.SourcePlace{Index: row, Source: l.sources[row]}
	switch name {
	case "enter", "e":
		return l.screen.editSource(place)
	case "x", " ":
		return l.screen.switchSource(place)
	case "d":
		return l.screen.askToRemoveSource(place)
	case "t":
		return l.screen.chooseTags(place)
	case "c":
		return l.screen.chooseColumns(place)
	}
	return nil
}

func (s *Screen) switchSource(place model.SourcePlace) tea.Cmd {
	changed := place.Source
	changed.Off = !changed.Off
	return s.changeSource(place, changed)
}

func (s *Screen) changeSource(place model.SourcePlace, changed model.Source) tea.Cmd {
	return s.save("source", func(ctx context.Context) (model.Preferences, error) { return s.hours.ChangeSource(ctx, place, changed) })
}

func (s *Screen) askToRemoveSource(place model.SourcePlace) tea.Cmd {
	name := place.Source.Name()
	body := []string{
		name, "",
		"It is taken out of the settings with the comment that stands directly above it, and its hours leave the list. What holds them stays " +
			"as it is, and so does what was billed. x switches a source off instead.",
	}
	return s.env.Ask("Remove this source?", body, widget.Option{Label: "keep it"},
		widget.Option{Key: "y", Label: "remove " + name, Run: func() tea.Cmd {
			return s.save("removal", func(ctx context.Context) (model.Preferences, error) { return s.hours.RemoveSource(ctx, place) })
		}})
}
