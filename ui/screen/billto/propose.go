package billto

import (
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
)

// proposal is what the ticked hours say of the client.
type proposal struct {
	// tracked is the tracked client that waits for the address book to be read.
	tracked string
	// mayGo is a buyer whom nobody chose for the hours that are ticked now: one who was proposed for others, or who has got
	// an invoice since. While the form holds just that, another may take its place.
	mayGo *model.Buyer
	// warned is the last warning, which is not repeated with each tick.
	warned string
}

// propose fills the form with the client whom the ticked hours belong to, unless it holds somebody whom the user chose:
// then it says so if the hours are not that client's.
func (s *Screen) propose() tea.Cmd {
	if s.proposal.tracked == "" || !s.clientsKnown || s.loading.Pending() {
		return nil
	}
	tracked := s.proposal.tracked
	s.proposal.tracked = ""
	held := s.fields.buyer()
	at := slices.IndexFunc(s.clients, func(client model.Client) bool { return client.Matches(tracked) })
	switch {
	case held.Client.Cleaned().Matches(tracked), at >= 0 && sameName(held.Client.Name, s.clients[at].Name):
		s.proposal.warned = ""
		return nil
	case at < 0 || text.Collapse(held.Client.Name) != "" && !s.mayGo(held):
		return s.warnOfOthers(held.Client, tracked)
	}
	client := s.clients[at]
	s.replace(s.known(client))
	s.form.Rest()
	buyer := s.fields.buyer()
	s.proposal.mayGo, s.proposal.warned = &buyer, ""
	return tea.Batch(s.changed(), screen.Notify(screen.ToneGood, "Bill To now holds "+nameOf(client)+", the client of the ticked hours."))
}

func (s *Screen) mayGo(held model.Buyer) bool {
	return s.proposal.mayGo != nil && reflect.DeepEqual(held, *s.proposal.mayGo)
}

// warnOfOthers says once that the ticked hours are tracked for somebody else than the client in the form. A client without
// tracker names may be anybody's.
func (s *Screen) warnOfOthers(held model.Client, tracked string) tea.Cmd {
	if len(held.TrackerNames) == 0 {
		return nil
	}
	warning := "The ticked hours are tracked for " + text.Collapse(tracked) + ", and Bill To (2) holds " + nameOf(held) + "."
	if warning == s.proposal.warned {
		return nil
	}
	s.proposal.warned = warning
	return screen.Notify(screen.ToneWarn, warning)
}

// issued lets the client who has got an invoice give way to the next.
func (s *Screen) issued() {
	buyer := s.fields.buyer()
	s.proposal.mayGo = &buyer
}
