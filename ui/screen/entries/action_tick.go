package entries

import (
	"maps"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// tickable reports whether an entry can go on an invoice: it is free and has a price.
func (s *Screen) tickable(index int) bool {
	if s.block(index) != "" {
		return false
	}
	_, ok := s.list.settings.rules.For(s.list.entries[index])
	return ok
}

func (s *Screen) block(index int) string {
	entry := &s.list.entries[index]
	return entry.Block(s.status(entry))
}

// status is what the ledger knows of an entry, and what the user overrides.
func (s *Screen) status(entry *model.Entry) model.EntryStatus {
	status := s.list.statuses[entry.Fingerprint]
	if s.selection.overrides.holds(entry.Fingerprint, status) {
		return status.Overridden()
	}
	return status
}

// tick ticks or unticks the entry under the cursor, or says why it cannot. For an entry without a price it asks for one.
func (s *Screen) tick() tea.Cmd {
	if s.rangeStart >= 0 {
		return s.tickRange()
	}
	index := s.cursorIndex()
	if index < 0 {
		return nil
	}
	if s.block(index) != "" {
		entry := &s.list.entries[index]
		return screen.Notify(screen.ToneInfo, "This entry cannot be ticked: "+whyBlocked(entry, s.list.statuses[entry.Fingerprint]))
	}
	if !s.tickable(index) {
		return s.addRuleFor(index)
	}
	ticked := s.selection.ticked.clone()
	ticked.set(index, !ticked.has(index))
	return s.choose(ticked)
}

// whyBlocked says in a sentence why an entry cannot go on an invoice.
func whyBlocked(entry *model.Entry, status model.EntryStatus) string {
	switch {
	case status.State == model.EntryBilled:
		return "it is billed on " + status.Invoice + "."
	case status.State == model.EntryReserved:
		return "its hours are reserved by " + status.Invoice + ", whose outcome is not known yet."
	case entry.Running:
		return "it is still running."
	case entry.Seconds <= 0:
		return "it has no duration."
	case entry.AlreadyInvoiced:
		return "the tracker says that it was invoiced elsewhere. T ticks it all the same."
	case !entry.Billable:
		return "the tracker says that it is not billable. T ticks it all the same."
	case entry.IsTooLong():
		return "it is longer than a day, as when a timer is forgotten. T ticks it all the same."
	case status.LooksBilled != "":
		return "it looks like hours that " + status.LooksBilled + " bills, edited since. T ticks it all the same."
	}
	return "the same hours stand in " + status.TwinIn + ", read first. T ticks it all the same."
}

// notifyNothingToTick says why a key that ticks many ticked none.
func (s *Screen) notifyNothingToTick() tea.Cmd {
	if len(s.found.shown) == 0 {
		return screen.Notify(screen.ToneInfo, "There is nothing to tick here.")
	}
	return screen.Notify(screen.ToneInfo, "Nothing here can be ticked: the last column says why.")
}

// tickAll ticks everything shown that can be billed, or unticks it when all of it is ticked.
func (s *Screen) tickAll() tea.Cmd {
	rows := s.found.set.and(s.list.tickable)
	switch {
	case rows.empty():
		return s.notifyNothingToTick()
	case rows.without(s.selection.ticked).empty():
		return s.choose(s.selection.ticked.without(rows))
	}
	return s.choose(s.selection.ticked.or(rows))
}

// tickNone takes every tick back, also those that are not shown.
func (s *Screen) tickNone() tea.Cmd {
	if s.selection.ticked.empty() {
		return screen.Notify(screen.ToneInfo, "Nothing is ticked.")
	}
	return s.choose(newBitset(len(s.list.entries)))
}

// invert ticks the shown entries that are not ticked, and unticks the others.
func (s *Screen) invert() tea.Cmd {
	rows := s.found.set.and(s.list.tickable.or(s.selection.ticked))
	if rows.empty() {
		return s.notifyNothingToTick()
	}
	return s.choose(s.selection.ticked.toggled(rows))
}

// tickRange begins a range at the cursor, or ticks from where it began to the cursor.
func (s *Screen) tickRange() tea.Cmd {
	row := s.table.Cursor()
	if row < 0 {
		return nil
	}
	if s.rangeStart < 0 {
		s.rangeStart = row
		return nil
	}
	ticked := s.selection.ticked.clone()
	for _, index := range s.found.shown[min(s.rangeStart, row) : max(s.rangeStart, row)+1] {
		if s.list.tickable.has(int(index)) {
			ticked.set(int(index), true)
		}
	}
	s.rangeStart = -1
	return s.choose(ticked)
}

// rangeKeys say how long the range is that was begun, and what becomes of it.
func (s *Screen) rangeKeys() []key.Binding {
	rows := max(s.rangeStart, s.table.Cursor()) - min(s.rangeStart, s.table.Cursor()) + 1
	return []key.Binding{
		screen.Bind("↑ ↓", s.env.Say(say.Format("range: %d", "interval: %d", "tartomány: %d", rows))),
		screen.Bind("v", s.env.Say(say.In("tick it", "bifează-l", "bejelölés"))),
		screen.Bind("esc", s.env.Say(say.In("no range", "fără interval", "mégsem"))),
	}
}

// maxUndo is how many changes can be taken back.
const maxUndo = 50

// choose ticks others, in a way that can be taken back. The override of an entry whose tick was taken back is forgotten:
// it takes the deliberate key again.
func (s *Screen) choose(ticked bitset) tea.Cmd {
	if len(s.undos) == maxUndo {
		s.undos = slices.Delete(s.undos, 0, 1)
	}
	before := s.selection.ticked
	s.undos = append(s.undos, s.selection)
	s.selection.ticked = ticked
	s.clearOverride(before)
	return s.changed()
}

func (s *Screen) undo() tea.Cmd {
	if len(s.undos) == 0 {
		return screen.Notify(screen.ToneInfo, "There is nothing to take back.")
	}
	last := len(s.undos) - 1
	s.selection, s.undos = s.undos[last], s.undos[:last]
	return s.changed()
}

func (s *Screen) nextGrouping() tea.Cmd {
	groupings := model.Groupings()
	s.grouping = groupings[(slices.Index(groupings, s.grouping)+1)%len(groupings)]
	return s.changed()
}

// changed composes the lines again and saves the selection.
func (s *Screen) changed() tea.Cmd {
	s.version++
	return tea.Batch(s.compose(), s.keep())
}

// needsDecision reports whether nothing but the deliberate key keeps an entry from being ticked.
func (s *Screen) needsDecision(index int) bool {
	fingerprint := s.list.entries[index].Fingerprint
	return s.list.needsDecision(index) && !s.selection.overrides.holds(fingerprint, s.list.statuses[fingerprint])
}

// decision is what its user knew who ticked an entry deliberately. A later one covers those before it.
type decision int

const (
	// inDoubt is what the tracker's marks or the length say; asTwin, that another file has the hours; asBilled, that an
	// invoice may bill them.
	inDoubt decision = iota
	asTwin
	asBilled
)

// decisionOn is what a tick of an entry with the status decides.
func decisionOn(status model.EntryStatus) decision {
	switch {
	case status.LooksBilled != "":
		return asBilled
	case status.TwinOf != "":
		return asTwin
	}
	return inDoubt
}

// overrides are the decisions on entries that were ticked deliberately, by fingerprint. It is replaced, never changed.
type overrides map[string]decision

func overridesOf(selection model.Selection) overrides {
	all := overrides{}
	for made, fingerprints := range [...][]string{
		inDoubt: selection.OverriddenDoubts, asTwin: selection.OverriddenTwins, asBilled: selection.Overridden,
	} {
		for _, fingerprint := range fingerprints {
			all[fingerprint] = decision(made)
		}
	}
	return all
}

// holds reports whether the user ticked the entry knowing all that is known now: hours in doubt may have got a twin since,
// and a twin may have been billed.
func (o overrides) holds(fingerprint string, status model.EntryStatus) bool {
	made, overridden := o[fingerprint]
	return overridden && made >= decisionOn(status)
}

// on are the fingerprints of the entries on which the decision was made, in their order.
func (o overrides) on(made decision) []string {
	var fingerprints []string
	for fingerprint, other := range o {
		if other == made {
			fingerprints = append(fingerprints, fingerprint)
		}
	}
	slices.Sort(fingerprints)
	return fingerprints
}

// askToOverride asks whether a flagged entry is to be billed all the same. Leaving it out has the focus, and no
// letter ticks it.
func (s *Screen) askToOverride() tea.Cmd {
	index := s.cursorIndex()
	if index < 0 {
		return nil
	}
	entry := s.list.entries[index]
	if !s.needsDecision(index) {
		return screen.Notify(screen.ToneInfo,
			"T is for entries that look billed, stand twice, or are not billable by the tracker. This one needs no T, or is kept back by "+
				"something else: the last column says so.")
	}
	if _, priced := s.list.settings.rules.For(entry); !priced {
		return s.addRuleFor(index)
	}
	question, reason, decision := s.overrideQuestion(&entry)
	body := []string{
		s.spanText(&entry) + "  " + model.FormatTracked(entry.Seconds), labelOf(&entry) + "  " + entry.Description, "", reason,
	}
	return s.env.Ask(question, body, widget.Option{Label: "leave it out"},
		widget.Option{Label: decision, Run: func() tea.Cmd { return s.override(entry.Fingerprint) }})
}

// overrideQuestion asks whether an entry that needs a decision is to be billed, says why not, and names the decision.
func (s *Screen) overrideQuestion(entry *model.Entry) (question, reason, decision string) {
	status := s.list.statuses[entry.Fingerprint]
	const otherWork, allTheSame = "it is other work: bill it", "bill it all the same"
	switch {
	case status.LooksBilled != "":
		return "Bill it although it looks billed on " + status.LooksBilled + "?",
			status.LooksBilled + " bills hours that this entry overlaps, or that it stands in for. " +
				"It may be the same work, edited in the tracker since; then it must not be billed again.", otherWork
	case status.TwinOf != "":
		return "Bill it although it is the twin of an entry in " + status.TwinIn + "?", "Two files tell of the same hours. " +
			status.TwinIn + ", read first, has them as entry " + status.TwinOf +
			": bill that one. If they are another person's hours, user in the [[source]] of the settings tells people apart.", otherWork
	case entry.AlreadyInvoiced:
		return "Bill it although the tracker says that it was invoiced?",
			"The tracker says that it stands on an invoice made elsewhere. If so, it must not be billed again.", allTheSame
	case !entry.Billable:
		return "Bill it although the tracker says that it is not billable?",
			"If the tracker says so of every entry, as free plans do, set what billable means on the source instead: S.", allTheSame
	}
	return "Bill it although it is longer than a day?",
		"It takes " + model.FormatTracked(entry.Seconds) + ", as when a timer is forgotten. Correct it in the tracker if so.", allTheSame
}

// override ticks an entry though it is flagged. The sources may have been read again since it was asked for.
func (s *Screen) override(fingerprint string) tea.Cmd {
	for i := range s.list.entries {
		if s.list.entries[i].Fingerprint != fingerprint || !s.needsDecision(i) {
			continue
		}
		ticked := s.selection.ticked.clone()
		ticked.set(i, true)
		before := s.selection
		s.selection.overrides = maps.Clone(before.overrides)
		if s.selection.overrides == nil {
			s.selection.overrides = overrides{}
		}
		s.selection.overrides[fingerprint] = decisionOn(s.list.statuses[fingerprint])
		cmd := s.choose(ticked)
		s.undos[len(s.undos)-1] = before
		return cmd
	}
	return nil
}

// clearOverride forgets the overrides of entries whose tick was taken back.
func (s *Screen) clearOverride(before bitset) {
	if len(s.selection.overrides) == 0 {
		return
	}
	kept := maps.Clone(s.selection.overrides)
	for index := range before.without(s.selection.ticked).members(len(s.list.entries)) {
		delete(kept, s.list.entries[index].Fingerprint)
	}
	s.selection.overrides = kept
}
