package entries

import (
	"maps"

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

// onlyLooksBilled reports whether an entry waits for the deliberate key, and for nothing else.
func (s *Screen) onlyLooksBilled(index int) bool {
	return s.catalogue.looksBilledOnly(index) && !s.chosen.insisted[s.catalogue.entries[index].Fingerprint]
}

// askToInsist asks whether an entry that looks billed is to be billed all the same. Leaving it out has the focus, and no
// letter ticks it.
func (s *Screen) askToInsist() tea.Cmd {
	index := s.under()
	if index < 0 {
		return nil
	}
	entry := s.catalogue.entries[index]
	if !s.onlyLooksBilled(index) {
		return screen.Tell(screen.ToneInfo, "T is for entries that look billed. This one does not, or is kept back by something else: the last column says so.")
	}
	if _, priced := s.catalogue.settings.rules.For(entry); !priced {
		return s.addRuleFor(index)
	}
	invoice := s.catalogue.statuses[entry.Fingerprint].LooksBilled
	body := []string{
		s.spanText(&entry) + "  " + model.FormatTracked(entry.Seconds), labelOf(&entry) + "  " + entry.Description, "",
		invoice + " bills time of the same person that overlaps this entry. It may be the same work, edited in the tracker since; then it must not be billed again.",
	}
	dialog := widget.NewDialog(s.env.Theme, "Bill it although it looks billed on "+invoice+"?", body,
		widget.Option{Label: "leave it out", Answer: answerLeave}, widget.Option{Label: "it is other work: bill it", Answer: answerBill})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerBill {
			return nil
		}
		return s.insist(entry.Fingerprint)
	}})
}

// insist ticks an entry though it looks billed. The sources may have been read again since it was asked for.
func (s *Screen) insist(fingerprint string) tea.Cmd {
	for i := range s.catalogue.entries {
		if s.catalogue.entries[i].Fingerprint != fingerprint || !s.onlyLooksBilled(i) {
			continue
		}
		ticked := s.chosen.ticked.clone()
		ticked.set(i, true)
		before := s.chosen
		s.chosen.insisted = maps.Clone(before.insisted)
		if s.chosen.insisted == nil {
			s.chosen.insisted = map[string]bool{}
		}
		s.chosen.insisted[fingerprint] = true
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
