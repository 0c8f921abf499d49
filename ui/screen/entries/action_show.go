package entries

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// periodNames are offered before anything is typed.
var periodNames = []struct{ key, name string }{
	{"this-month", "this month"}, {"last-month", "last month"}, {"this-week", "this week"}, {"last-week", "last week"},
	{"this-quarter", "this quarter"}, {"last-quarter", "last quarter"}, {"all", "all time"},
}

func (s *Screen) choosePeriod() tea.Cmd {
	today := s.env.Today()
	search := func(value string) []widget.Choice {
		var found []widget.Choice
		for _, each := range periodNames {
			period, err := model.ParsePeriod(each.key, today)
			if err == nil && containsAll(each.name+" "+text.Fold(period.String()), fields(value)) {
				text := each.name
				if period != (model.Period{}) {
					text = widget.Fit(each.name, 14) + period.String()
				}
				found = append(found, widget.Choice{Key: each.key, Text: text})
			}
		}
		if len(found) == 0 {
			return s.typedPeriod(strings.ToUpper(value))
		}
		return found
	}
	title := "Period, or YYYY-MM, YYYY-Qn, YYYY-MM-DD..YYYY-MM-DD"
	return s.env.Choose(title, search, s.setPeriod)
}

// typedPeriod is the choice of a period in days, months or quarters. One whose days are unclear says so, and chooses nothing.
func (s *Screen) typedPeriod(value string) []widget.Choice {
	period, err := model.ParsePeriod(value, s.env.Today())
	if _, unclear := errors.AsType[*model.UnclearDay](err); unclear {
		said, _ := explain.Error(err, explain.Screen)
		return []widget.Choice{{Text: s.env.Say(said)}}
	}
	if err != nil {
		return nil
	}
	return []widget.Choice{{Key: value, Text: period.String()}}
}

func (s *Screen) setPeriod(period string) tea.Cmd {
	s.query.period, s.query.proposed, s.query.older = period, proposal{}, false
	return tea.Batch(s.refresh(), s.keep())
}

// shiftPeriod goes to the period before the one that is shown, or after it.
func (s *Screen) shiftPeriod(by int) tea.Cmd {
	period, err := model.ParsePeriod(s.query.period, s.env.Today())
	if err != nil {
		return s.setPeriod(DefaultPeriod)
	}
	next := period.Shift(by)
	if next == period {
		return screen.Notify(screen.ToneInfo, "There is no period before or after "+period.String()+"; p chooses another.")
	}
	return s.setPeriod(next.Form())
}

// showOlder shows the unbilled entries before the period, or the period again.
func (s *Screen) showOlder() tea.Cmd {
	if !s.query.older && s.found.before.entries == 0 {
		return screen.Notify(screen.ToneInfo, "Nothing is left to bill from before this period.")
	}
	s.query.older = !s.query.older
	return s.refresh()
}

// allClients is the choice that shows every client's hours.
const allClients = "all clients"

func (s *Screen) chooseClient() tea.Cmd {
	names := s.list.clients
	search := func(value string) []widget.Choice {
		var found []widget.Choice
		if containsAll(allClients, fields(value)) {
			found = append(found, widget.Choice{Key: allClients, Text: allClients})
		}
		for _, name := range names {
			if containsAll(text.Fold(name), fields(value)) {
				found = append(found, widget.Choice{Key: name, Text: name})
			}
		}
		return found
	}
	return s.env.Choose("Client, as the tracker calls it", search, func(chosen string) tea.Cmd {
		s.query.client = chosen
		if chosen == allClients {
			s.query.client = ""
		}
		return s.refresh()
	})
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func fields(value string) []string { return strings.Fields(text.Fold(value)) }

// listRejected lists what could not be read, each with its reason: the sources, then the rows; and then the remarks.
func (s *Screen) listRejected() tea.Cmd {
	title := s.leftOutTitle()
	switch {
	case title != "":
		title += " left out"
	case len(s.list.remarks) > 0:
		title = "Everything was read"
	default:
		return screen.Notify(screen.ToneInfo, "Everything was read.")
	}
	page, room := &screen.Page{Theme: s.env.Theme, Title: title}, screen.PageRoom(s.width)
	for _, failure := range s.unreadSources {
		page.Lines = append(append(page.Lines, widget.Wrap(text.Clean(failure.Error()), room)...), "")
	}
	for _, row := range s.list.rejected {
		page.Lines = append(page.Lines, widget.Wrap(text.Clean(row.String()), room)...)
	}
	if len(page.Lines) > 0 && len(s.list.remarks) > 0 {
		page.Lines = append(page.Lines, "")
	}
	for _, remark := range s.list.remarks {
		page.Lines = append(page.Lines, widget.Wrap(text.Clean(remark.String()), room)...)
	}
	return s.env.Open(page)
}

func (s *Screen) openFilter() tea.Cmd {
	s.filter.Focus()
	return nil
}

// onFilterKey types the filter: the text is shown at once, what it finds follows.
func (s *Screen) onFilterKey(pressed tea.KeyMsg) tea.Cmd {
	switch pressed.String() {
	case "enter":
		s.filter.Blur()
		if !s.query.typing {
			return nil
		}
		s.query.typing = false
		return s.refresh()
	case "esc":
		s.filter.Blur()
		return s.clear()
	}
	if s.table.UpdateTyping(pressed) {
		return nil
	}
	cmd := s.filter.Update(pressed)
	if s.filter.Value() == s.query.text {
		return cmd
	}
	s.query.text, s.query.typing = s.filter.Value(), true
	return tea.Batch(cmd, s.refresh())
}

// clear takes back the newest narrowing: a range that was begun, the filter, what is older, the client.
func (s *Screen) clear() tea.Cmd {
	switch {
	case s.rangeStart >= 0:
		s.rangeStart = -1
		return nil
	case s.query.text != "":
		s.filter.SetValue("")
		s.query.text = ""
	case s.query.older:
		s.query.older = false
	case s.query.client != "":
		s.query.client = ""
	default:
		return nil
	}
	return s.refresh()
}
