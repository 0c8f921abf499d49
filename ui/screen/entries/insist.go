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
	fingerprint := s.catalogue.entries[index].Fingerprint
	return s.catalogue.onlyFlagged(index) && !s.chosen.insisted.holds(fingerprint, s.catalogue.statuses[fingerprint])
}

// insistence is which flagged entries were ticked deliberately, by fingerprint: true for one that looked billed, false for
// a twin. It is replaced, never changed.
type insistence map[string]bool

func insistenceOf(selection model.Selection) insistence {
	insisted := make(insistence, len(selection.Insisted)+len(selection.InsistedTwins))
	for _, fingerprint := range selection.InsistedTwins {
		insisted[fingerprint] = false
	}
	for _, fingerprint := range selection.Insisted {
		insisted[fingerprint] = true
	}
	return insisted
}

// holds reports whether an entry was ticked deliberately knowing what is known of it now: of a twin, nobody knew that its
// hours would be billed since.
func (i insistence) holds(fingerprint string, status model.EntryStatus) bool {
	lookedBilled, insisted := i[fingerprint]
	return insisted && (lookedBilled || status.LooksBilled == "")
}

// on are the fingerprints of those that looked billed, or else of the twins, in their order.
func (i insistence) on(lookedBilled bool) []string {
	var fingerprints []string
	for fingerprint, looked := range i {
		if looked == lookedBilled {
			fingerprints = append(fingerprints, fingerprint)
		}
	}
	slices.Sort(fingerprints)
	return fingerprints
}

// askToInsist asks whether a flagged entry is to be billed all the same. Leaving it out has the focus, and no
// letter ticks it.
func (s *Screen) askToInsist() tea.Cmd {
	index := s.under()
	if index < 0 {
		return nil
	}
	entry := s.catalogue.entries[index]
	if !s.onlyFlagged(index) {
		return screen.Notify(screen.ToneInfo, "T is for entries that look billed or stand twice. This one does not, or is kept back by something else: the last column says so.")
	}
	if _, priced := s.catalogue.settings.rules.For(entry); !priced {
		return s.addRuleFor(index)
	}
	question, reason := s.doubt(&entry)
	body := []string{
		s.spanText(&entry) + "  " + model.FormatTracked(entry.Seconds), labelOf(&entry) + "  " + entry.Description, "", reason,
	}
	dialog := widget.NewDialog(s.env.Theme, question, body,
		widget.Option{Label: "leave it out", Answer: answerLeave}, widget.Option{Label: "it is other work: bill it", Answer: answerBill})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerBill {
			return nil
		}
		return s.insist(entry.Fingerprint)
	}})
}

// doubt asks whether a flagged entry is to be billed, and says why not.
func (s *Screen) doubt(entry *model.Entry) (question, reason string) {
	status := s.catalogue.statuses[entry.Fingerprint]
	if invoice := status.LooksBilled; invoice != "" {
		return "Bill it although it looks billed on " + invoice + "?", invoice + " bills hours that this entry overlaps, or that it stands in for. " +
			"It may be the same work, edited in the tracker since; then it must not be billed again."
	}
	return "Bill it although it is the twin of an entry in " + status.TwinIn + "?", "Two files tell of the same hours. " + status.TwinIn +
		", read first, has them as entry " + status.TwinOf + ": bill that one. If they are another person's hours, user in the [[source]] of the settings tells people apart."
}

// insist ticks an entry though it is flagged. The sources may have been read again since it was asked for.
func (s *Screen) insist(fingerprint string) tea.Cmd {
	for i := range s.catalogue.entries {
		if s.catalogue.entries[i].Fingerprint != fingerprint || !s.onlyFlagged(i) {
			continue
		}
		ticked := s.chosen.ticked.clone()
		ticked.set(i, true)
		before := s.chosen
		s.chosen.insisted = maps.Clone(before.insisted)
		if s.chosen.insisted == nil {
			s.chosen.insisted = insistence{}
		}
		s.chosen.insisted[fingerprint] = s.catalogue.statuses[fingerprint].LooksBilled != ""
		cmd := s.choose(ticked)
		s.past[len(s.past)-1] = before
		return cmd
	}
	return nil
}

// relent forgets the insistence on entries whose tick was taken back.
func (s *Screen) relent(before bitset) {
	if len(s.chosen.insisted) == 0 {
		return
	}
	kept := maps.Clone(s.chosen.insisted)
	for index := range before.without(s.chosen.ticked).members(len(s.catalogue.entries)) {
		delete(kept, s.catalogue.entries[index].Fingerprint)
	}
	s.chosen.insisted = kept
}
