package entries

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// meaning is what a tag is.
type meaning int

const (
	meansNothing meaning = iota
	meansProject
	meansClient
	meanings
)

func (m meaning) String() string { return [meanings]string{"–", "project", "client"}[m] }

// tagList lists a source's tags, and says which of them are clients and projects.
type tagList struct {
	screen *Screen
	list   *listOverlay
	place  model.SourcePlace
	tags   []model.TagHours
	means  []meaning
	// byPattern are the patterns of the settings that already say what a tag is; they are changed in the form.
	byPattern []string
}

// chooseTags reads the tags of a source and lists them.
func (s *Screen) chooseTags(place model.SourcePlace) tea.Cmd {
	return screen.Request(s.env, &s.tagging, func(ctx context.Context) ([]model.TagHours, error) {
		return s.hours.TagsOf(ctx, place.Source)
	}, func(tags []model.TagHours, err error) tea.Cmd {
		switch {
		case err != nil:
			return screen.Fail("Read the tags of "+place.Source.Name(), err)
		case len(tags) == 0:
			return screen.Notify(screen.ToneInfo, place.Source.Name()+" has no tags.")
		}
		return s.openTags(place, tags)
	})
}

func (s *Screen) openTags(place model.SourcePlace, tags []model.TagHours) tea.Cmd {
	l := &tagList{screen: s, place: place, tags: tags, means: make([]meaning, len(tags)), byPattern: make([]string, len(tags))}
	undecided := place.Source.ClientTags == nil && place.Source.ProjectTags == nil
	for i, tag := range tags {
		l.means[i], l.byPattern[i] = meaningOf(tag)
		if undecided && tag.Alone {
			l.means[i] = meansProject
		}
	}
	l.list = &listOverlay{
		theme: s.env.Theme, title: "Which tags of " + place.Source.Name() + " are projects, which are clients?", rows: l.rows, foot: l.foot,
		onKey: l.onKey,
		keys: []key.Binding{
			screen.Bind("p", "project"), screen.Bind("c", "client"), screen.Bind("n", "neither"), screen.Bind("ctrl+s", "save"),
		},
	}
	l.list.count()
	return s.env.Open(l.list)
}

// meaningOf is what the settings say of a tag, and the pattern by which they do, "" when they name the tag itself.
func meaningOf(tag model.TagHours) (means meaning, pattern string) {
	switch {
	case tag.ClientBy != "":
		means, pattern = meansClient, tag.ClientBy
	case tag.ProjectBy != "":
		means, pattern = meansProject, tag.ProjectBy
	}
	if pattern == asPattern(tag.Tag) {
		pattern = ""
	}
	return means, pattern
}

// asPattern is a pattern that fits the tag: signs that mean something in patterns become ?.
func asPattern(tag string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`*?[]\`, r) {
			return '?'
		}
		return r
	}, tag)
}

// The widths of a tag's hours, entries and meaning, in cells.
const (
	tagHoursWidth   = 10
	tagEntriesWidth = 14
	meaningWidth    = 8
)

func (l *tagList) rows(width int) []string {
	rows := make([]string, len(l.tags))
	for i, tag := range l.tags {
		entries := l.screen.env.Say(say.TodoNoun("entry", "entries").Of(tag.Entries))
		rows[i] = widget.Fit(text.Clean(tag.Tag), max(8, width-tagHoursWidth-tagEntriesWidth-meaningWidth-4)) + " " +
			widget.FitRight(model.FormatTracked(tag.Seconds), tagHoursWidth) + " " + widget.FitRight(entries, tagEntriesWidth) + "  " +
			widget.Fit(l.means[i].String(), meaningWidth)
	}
	return rows
}

func (l *tagList) foot(row int) string {
	if row >= 0 && l.byPattern[row] != "" {
		return "The pattern " + l.byPattern[row] + " of the source says so."
	}
	return "An entry with several projects gets the uppermost one here; all its tags stay, for filters and rates. " +
		"Nothing that was billed becomes new by it. ctrl+s saves."
}

func (l *tagList) onKey(name string, row int) tea.Cmd {
	switch name {
	case "p":
		return l.set(row, meansProject)
	case "c":
		return l.set(row, meansClient)
	case "n":
		return l.set(row, meansNothing)
	case " ", "enter":
		return l.set(row, (l.means[row]+1)%meanings)
	case "ctrl+s":
		return l.save()
	}
	return nil
}

func (l *tagList) set(row int, means meaning) tea.Cmd {
	if l.byPattern[row] != "" {
		return screen.Notify(screen.ToneInfo, "The pattern "+l.byPattern[row]+" says what this tag is: change it in the form of the source.")
	}
	l.means[row] = means
	return nil
}

// save keeps the choice and the patterns that stand in the settings.
func (l *tagList) save() tea.Cmd {
	changed := l.place.Source
	changed.ClientTags = l.patterns(l.place.Source.ClientTags, meansClient)
	changed.ProjectTags = l.patterns(l.place.Source.ProjectTags, meansProject)
	l.list.closed = true
	return l.screen.changeSource(l.place, changed)
}

// patterns are those of the settings that are no tag of the list, then the tags that mean this. None is an answer, too.
func (l *tagList) patterns(before []string, means meaning) []string {
	patterns := slices.DeleteFunc(slices.Clone(before), func(pattern string) bool {
		return slices.ContainsFunc(l.tags, func(tag model.TagHours) bool { return asPattern(tag.Tag) == pattern })
	})
	for i, tag := range l.tags {
		if l.means[i] == means && l.byPattern[i] == "" {
			patterns = append(patterns, asPattern(tag.Tag))
		}
	}
	if patterns == nil {
		return []string{}
	}
	return patterns
}
