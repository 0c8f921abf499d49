package entries

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers of the question.
const (
	answerLeave = "leave"
	answerBill  = "bill"
)

// onlyFlagged reports whether an entry waits for the deliberate key, and for nothing else.
func (s *Screen) onlyFlagged(index int) bool {
	fingerprint := s.list.entries[index].Fingerprint
	return s.list.onlyFlagged(index) && !s.selection.overrides.holds(fingerprint, s.list.statuses[fingerprint])
}

// overrides is which flagged entries were ticked deliberately, by fingerprint: true for one that looked billed, false for
// a twin. It is replaced, never changed.
type overrides map[string]bool

func overridesOf(selection model.Selection) overrides {
	all := make(overrides, len(selection.Insisted)+len(selection.InsistedTwins))
	for _, fingerprint := range selection.InsistedTwins {
		all[fingerprint] = false
	}
	for _, fingerprint := range selection.Insisted {
		all[fingerprint] = true
	}
	return all
}

// holds reports whether an entry was ticked deliberately knowing what is known of it now: of a twin, nobody knew that its
// hours would be billed since.
func (o overrides) holds(fingerprint string, status model.EntryStatus) bool {
	lookedBilled, overridden := o[fingerprint]
	return overridden && (lookedBilled || status.LooksBilled == "")
}

// on are the fingerprints of those that looked billed, or else of the twins, in their order.
func (o overrides) on(lookedBilled bool) []string {
	var fingerprints []string
	for fingerprint, looked := range o {
		if looked == lookedBilled {
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
	if !s.onlyFlagged(index) {
		return screen.Notify(screen.ToneInfo, "T is for entries that look billed or stand twice. This one does not, or is kept back by something else: the last column says so.")
	}
	if _, priced := s.list.settings.rules.For(entry); !priced {
		return s.addRuleFor(index)
	}
	question, reason := s.overrideQuestion(&entry)
	body := []string{
		s.spanText(&entry) + "  " + model.FormatTracked(entry.Seconds), labelOf(&entry) + "  " + entry.Description, "", reason,
	}
	dialog := widget.NewDialog(s.env.Theme, question, body,
		widget.Option{Label: "leave it out", Answer: answerLeave}, widget.Option{Label: "it is other work: bill it", Answer: answerBill})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerBill {
			return nil
		}
		return s.override(entry.Fingerprint)
	}})
}

// overrideQuestion asks whether a flagged entry is to be billed, and says why not.
func (s *Screen) overrideQuestion(entry *model.Entry) (question, reason string) {
	status := s.list.statuses[entry.Fingerprint]
	if invoice := status.LooksBilled; invoice != "" {
		return "Bill it although it looks billed on " + invoice + "?", invoice + " bills hours that this entry overlaps, or that it stands in for. " +
			"It may be the same work, edited in the tracker since; then it must not be billed again."
	}
	return "Bill it although it is the twin of an entry in " + status.TwinIn + "?", "Two files tell of the same hours. " + status.TwinIn +
		", read first, has them as entry " + status.TwinOf + ": bill that one. If they are another person's hours, user in the [[source]] of the settings tells people apart."
}

// override ticks an entry though it is flagged. The sources may have been read again since it was asked for.
func (s *Screen) override(fingerprint string) tea.Cmd {
	for i := range s.list.entries {
		if s.list.entries[i].Fingerprint != fingerprint || !s.onlyFlagged(i) {
			continue
		}
		ticked := s.selection.ticked.clone()
		ticked.set(i, true)
		before := s.selection
		s.selection.overrides = maps.Clone(before.overrides)
		if s.selection.overrides == nil {
			s.selection.overrides = overrides{}
		}
		s.selection.overrides[fingerprint] = s.list.statuses[fingerprint].LooksBilled != ""
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
