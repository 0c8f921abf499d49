package entries

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// onlyLooksBilled reports whether nothing but an overlap with billed time keeps an entry from being ticked.
func (s *Screen) onlyLooksBilled(index int) bool {
	entry := s.entries[index]
	status := s.statuses[entry.Fingerprint]
	return status.LooksBilled != "" && s.block(index) != "" && entry.Block(status.Insisted()) == ""
}

// The answers of the question.
const (
	answerLeave = "leave"
	answerBill  = "bill"
)

// askToInsist asks whether an entry that looks billed is to be billed all the same. Leaving it out has the focus, and no
// letter ticks it.
func (s *Screen) askToInsist() tea.Cmd {
	index := s.under()
	if index < 0 {
		return nil
	}
	entry := s.entries[index]
	if !s.onlyLooksBilled(index) {
		return screen.Tell(screen.ToneInfo, "T is for entries that look billed. This one does not, or is kept back by something else: the last column says so.")
	}
	if _, priced := s.settings.rules.For(entry); !priced {
		return s.openRule()
	}
	invoice := s.statuses[entry.Fingerprint].LooksBilled
	body := []string{
		s.spanText(entry) + "  " + clock(entry.Seconds), labelOf(&entry) + "  " + entry.Description, "",
		invoice + " bills time of the same person that overlaps this entry. It may be the same work, edited in the tracker since; then it must not be billed again.",
	}
	dialog := widget.NewDialog(s.env.Theme, "Bill it although it looks billed on "+invoice+"?", body,
		widget.Option{Label: "leave it out", Answer: answerLeave}, widget.Option{Label: "it is other work: bill it", Answer: answerBill})
	return screen.Send(screen.Open{Overlay: &screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerBill {
			return nil
		}
		return s.insist(entry.Fingerprint)
	}}})
}

// insist ticks an entry though it looks billed. The sources may have been read again since it was asked for.
func (s *Screen) insist(fingerprint string) tea.Cmd {
	for i := range s.entries {
		if s.entries[i].Fingerprint != fingerprint || !s.onlyLooksBilled(i) {
			continue
		}
		s.remember()
		if s.insisted == nil {
			s.insisted = map[string]bool{}
		}
		s.insisted[fingerprint] = true
		s.ticked.set(i, true)
		return s.changed()
	}
	return nil
}

// relent forgets the insistence on entries whose tick was taken back: it takes the deliberate key again.
func (s *Screen) relent() {
	if len(s.insisted) == 0 {
		return
	}
	kept := map[string]bool{}
	for i := range s.entries {
		if s.ticked.has(i) && s.insisted[s.entries[i].Fingerprint] {
			kept[s.entries[i].Fingerprint] = true
		}
	}
	s.insisted = kept
}
