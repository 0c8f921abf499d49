package entries

import (
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// press takes a key.
func (s *Screen) press(pressed tea.KeyMsg) tea.Cmd {
	if s.find.Focused() {
		return s.pressFilter(pressed)
	}
	if s.sourceless() {
		return s.pressOffers(pressed)
	}
	if s.table.Update(pressed) {
		return nil
	}
	switch pressed.String() {
	case " ":
		return s.tick()
	case "a":
		return s.tickAll()
	case "v":
		return s.tickRange()
	case "T":
		return s.askToInsist()
	case "z":
		return s.undo()
	case "b":
		return s.regroup()
	case "p":
		return s.choosePeriod()
	case "c":
		return s.chooseClient()
	case "/":
		s.find.Focus()
	case "esc":
		return s.clear()
	case "r":
		return s.load()
	case "R":
		return s.openRule()
	case "S":
		return s.askPath()
	case "!":
		return s.listRejected()
	case "enter":
		return screen.Send(screen.Go{Tab: screen.TabBillTo})
	}
	return nil
}

// pressFilter types the filter: the text is shown at once, what it finds follows.
func (s *Screen) pressFilter(pressed tea.KeyMsg) tea.Cmd {
	switch pressed.String() {
	case "enter":
		s.find.Blur()
		return nil
	case "esc":
		s.find.Blur()
		return s.clear()
	case "up", "down", "pgup", "pgdown":
		s.table.Update(pressed)
		return nil
	}
	cmd := s.find.Update(pressed)
	if s.find.Value() == s.query.text {
		return cmd
	}
	s.query.text = s.find.Value()
	return tea.Batch(cmd, s.refresh())
}

// clear takes back the newest narrowing: a range that was begun, the filter, the client.
func (s *Screen) clear() tea.Cmd {
	switch {
	case s.anchor >= 0:
		s.anchor = -1
		return nil
	case s.query.text != "":
		s.find.SetValue("")
		s.query.text = ""
	case s.query.client != "":
		s.query.client = ""
	default:
		return nil
	}
	return s.refresh()
}

// tick turns the entry under the cursor over, or says why it cannot; an entry without a price asks for one.
func (s *Screen) tick() tea.Cmd {
	if s.anchor >= 0 {
		return s.tickRange()
	}
	index := s.under()
	if index < 0 {
		return nil
	}
	if reason := s.block(index); reason != "" {
		return screen.Tell(screen.ToneInfo, "This entry cannot be ticked: "+whyBlocked(s.entries[index], s.statuses[s.entries[index].Fingerprint]))
	}
	if !s.tickable(index) {
		return s.openRule()
	}
	s.remember()
	s.ticked.set(index, !s.ticked.has(index))
	return s.changed()
}

// whyBlocked says in a sentence why an entry cannot go on an invoice.
func whyBlocked(entry model.Entry, status model.EntryStatus) string {
	switch {
	case status.State == model.EntryBilled:
		return "it is billed on " + status.Invoice + "."
	case status.State == model.EntryReserved:
		return "its hours are reserved by " + status.Invoice + ", whose outcome is not known yet."
	case entry.Running:
		return "it is still running."
	case entry.AlreadyInvoiced:
		return "the tracker says that it was invoiced elsewhere."
	case !entry.Billable:
		return "the tracker says that it is not billable."
	case status.LooksBilled != "" && entry.Seconds > 0:
		return "it overlaps time that " + status.LooksBilled + " bills, and may be the same work, edited since. T ticks it all the same."
	}
	return "it has no duration."
}

// tickAll ticks everything shown that can be billed, or unticks it when all of it is ticked.
func (s *Screen) tickAll() tea.Cmd {
	var rows []int
	on := false
	for _, index := range s.shown {
		if s.tickable(int(index)) {
			rows = append(rows, int(index))
			on = on || !s.ticked.has(int(index))
		}
	}
	if len(rows) == 0 {
		return screen.Tell(screen.ToneInfo, "Nothing here can be ticked: the last column says why.")
	}
	s.remember()
	for _, index := range rows {
		s.ticked.set(index, on)
	}
	return s.changed()
}

// tickRange begins a range at the cursor, or ticks from where it began to the cursor.
func (s *Screen) tickRange() tea.Cmd {
	row := s.table.Cursor()
	if row < 0 {
		return nil
	}
	if s.anchor < 0 {
		s.anchor = row
		return nil
	}
	s.remember()
	for _, index := range s.shown[min(s.anchor, row) : max(s.anchor, row)+1] {
		if s.tickable(int(index)) {
			s.ticked.set(int(index), true)
		}
	}
	s.anchor = -1
	return s.changed()
}

// maxUndo is how many changes can be taken back.
const maxUndo = 50

// remember keeps what is ticked before it changes.
func (s *Screen) remember() {
	if len(s.history) == maxUndo {
		s.history = slices.Delete(s.history, 0, 1)
	}
	s.history = append(s.history, s.ticked.clone())
}

func (s *Screen) undo() tea.Cmd {
	if len(s.history) == 0 {
		return screen.Tell(screen.ToneInfo, "There is nothing to take back.")
	}
	last := len(s.history) - 1
	s.ticked, s.history = s.history[last], s.history[:last]
	return s.changed()
}

func (s *Screen) regroup() tea.Cmd {
	groupings := model.Groupings()
	s.grouping = groupings[(slices.Index(groupings, s.grouping)+1)%len(groupings)]
	return s.changed()
}

func (s *Screen) changed() tea.Cmd {
	s.relent()
	return tea.Batch(s.compose(), s.keep())
}

// sourceless reports whether there is nothing to read hours from.
func (s *Screen) sourceless() bool {
	return s.loaded && s.failure == nil && len(s.settings.preferences.Sources) == 0
}

// KeyMap depends on whether the filter is typed and whether there is a source.
func (s *Screen) KeyMap() help.KeyMap {
	if s.find.Focused() {
		keys := []key.Binding{screen.Bind("enter", "keep the filter"), screen.Bind("esc", "clear it"), screen.Bind("↑ ↓", "move")}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	if s.failure != nil {
		keys := []key.Binding{screen.Bind("r", "read again"), screen.Bind("S", "add a source")}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	if s.sourceless() {
		keys := []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose")}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	filter, tick, all := screen.Bind("/", "filter"), screen.Bind("space", "tick"), screen.Bind("a", "all")
	group, period, next := screen.Bind("b", "group"), screen.Bind("p", "period"), screen.Bind("enter", "next")
	return screen.Keys{
		Short: []key.Binding{filter, tick, all, group, period, next, screen.Bind("R", "rate")},
		Full: [][]key.Binding{
			{tick, all, screen.Bind("v", "range: here to there"), screen.Bind("T", "tick what looks billed"), screen.Bind("z", "take back"), group, period, screen.Bind("c", "client"), filter,
				screen.Bind("esc", "clear range, filter, client"), screen.Bind("R", "rate for such entries"), screen.Bind("S", "add a source of hours"),
				screen.Bind("r", "read the sources again"), screen.Bind("!", "rows that could not be read"), next},
			screen.MoveKeys(),
		},
	}
}

// periodNames are offered before anything is typed.
var periodNames = []struct{ key, name string }{
	{"this-month", "this month"}, {"last-month", "last month"}, {"this-week", "this week"}, {"all", "all time"},
}

func (s *Screen) choosePeriod() tea.Cmd {
	today := s.env.Today()
	search := func(text string) []widget.Choice {
		var found []widget.Choice
		for _, each := range periodNames {
			period, err := model.ParsePeriod(each.key, today)
			if err == nil && containsAll(each.name+" "+model.Fold(period.String()), fields(text)) {
				text := each.name
				if period != (model.Period{}) {
					text = widget.Fit(each.name, 14) + period.String()
				}
				found = append(found, widget.Choice{Key: each.key, Text: text})
			}
		}
		if period, err := model.ParsePeriod(text, today); err == nil && len(found) == 0 {
			found = append(found, widget.Choice{Key: text, Text: period.String()})
		}
		return found
	}
	return screen.Send(screen.Open{Overlay: screen.NewChoose(s.env.Theme, "Period, or YYYY-MM, or YYYY-MM-DD..YYYY-MM-DD", search, func(chosen string) tea.Cmd {
		s.query.period = chosen
		return tea.Batch(s.refresh(), s.keep())
	})})
}

// allClients is the choice that shows every client's hours.
const allClients = "all clients"

func (s *Screen) chooseClient() tea.Cmd {
	var names []string
	seen := map[string]bool{}
	for i := range s.entries {
		if name := s.entries[i].Client; name != "" && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	slices.Sort(names)
	names = append([]string{allClients}, names...)
	search := func(text string) []widget.Choice {
		var found []widget.Choice
		for _, name := range names {
			if containsAll(model.Fold(name), fields(text)) {
				found = append(found, widget.Choice{Key: name, Text: name})
			}
		}
		return found
	}
	return screen.Send(screen.Open{Overlay: screen.NewChoose(s.env.Theme, "Client, as the tracker calls it", search, func(chosen string) tea.Cmd {
		s.query.client = chosen
		if chosen == allClients {
			s.query.client = ""
		}
		return s.refresh()
	})})
}

func (s *Screen) listRejected() tea.Cmd {
	if len(s.rejected) == 0 {
		return screen.Tell(screen.ToneInfo, "Every row was read.")
	}
	page := &screen.Page{Theme: s.env.Theme, Title: countOf(len(s.rejected), "row") + " left out"}
	for _, row := range s.rejected {
		page.Lines = append(page.Lines, model.Clean(rejectedText(row)))
	}
	return screen.Send(screen.Open{Overlay: page})
}
