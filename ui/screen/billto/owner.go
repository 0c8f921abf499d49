package billto

import (
	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// proposal is what the ticked hours say of the client.
type proposal struct {
	// tracked are the clients of the ticked hours, and owned whose they are by the address book.
	tracked []model.TrackedHours
	owned   []model.OwnedHours
	// pending is set until the form has answered to the hours, next when the user goes on from them to the form.
	pending, next bool
	// replaceable is a buyer that the user did not choose for these hours: it was proposed for others, or its invoice is issued.
	// While the form holds exactly this buyer, another may replace it.
	replaceable *model.Buyer
	// warned is the last warning, which is not repeated with each tick, kept the one that the user answered by keeping the client.
	warned, kept string
}

func (s *Screen) onClientProposed(proposed screen.ClientProposed) tea.Cmd {
	s.proposal.tracked, s.proposal.pending = proposed.Tracked, true
	s.proposal.next = s.proposal.next || proposed.Next
	return s.propose()
}

// foreign is the finding that the ticked hours are not those of the client in the form.
func (s *Screen) foreign(client model.Client) (model.Finding, bool) {
	return model.FindForeign(client, model.ForeignTo(client, s.proposal.owned))
}

// owner is the client whose all ticked hours are, false when they are nobody's or those of several.
func (s *Screen) owner() (model.OwnedHours, bool) {
	owned := s.proposal.owned
	if len(owned) == 0 || owned[0].Client == "" {
		return model.OwnedHours{}, false
	}
	others := func(hours model.OwnedHours) bool { return hours.Client == "" || !sameName(hours.Owner, owned[0].Owner) }
	return owned[0], !slices.ContainsFunc(owned, others)
}

// propose fills the form with the client of the ticked hours. Where the user chose another client, it warns, and asks when the user goes on
// to the form.
func (s *Screen) propose() tea.Cmd {
	if !s.proposal.pending || !s.clientsKnown || s.loading.Pending() {
		return nil
	}
	next := s.proposal.next
	s.proposal.pending, s.proposal.next = false, false
	s.proposal.owned = model.Owned(s.proposal.tracked, s.clients)
	s.arrange()
	held := s.fields.buyer()
	owner, sole := s.owner()
	finding, found := s.foreign(held.Client.Cleaned())
	switch {
	case sole && owner.Known && (text.Collapse(held.Client.Name) == "" || found && s.replaceable(held)):
		return s.fillWith(owner)
	case !found:
		s.proposal.warned = ""
		return nil
	}
	warning := s.env.Say(explain.Finding(finding, explain.Screen)) + "."
	if next {
		return s.askWhoseInvoice(held, warning)
	}
	return s.warnOfOthers(warning)
}

// fillWith fills the form with the owner of the hours.
func (s *Screen) fillWith(owner model.OwnedHours) tea.Cmd {
	client, known := s.inBook(owner.Owner)
	if !known {
		return nil
	}
	s.replace(s.buyerOf(client))
	s.form.Rest()
	buyer := s.fields.buyer()
	s.proposal.replaceable, s.proposal.warned = &buyer, ""
	said := say.Format("Bill To now holds %s, the client of the ticked hours.", "La Client este acum %s, clientul orelor bifate.",
		"A vevő most %s: a kijelölt órák az övéi.", nameOf(client))
	return tea.Batch(s.changed(), screen.Notify(screen.ToneGood, s.env.Say(said)))
}

func (s *Screen) replaceable(held model.Buyer) bool {
	return s.proposal.replaceable != nil && reflect.DeepEqual(held, *s.proposal.replaceable)
}

// warnOfOthers says once that the ticked hours are somebody else's than the client's in the form.
func (s *Screen) warnOfOthers(warning string) tea.Cmd {
	if warning == s.proposal.warned {
		return nil
	}
	s.proposal.warned = warning
	return screen.Notify(screen.ToneWarn, s.env.Say(say.In("Look again: ", "Verifică: ", "Nézd meg: "))+warning)
}

// askWhoseInvoice asks whether the client in the form is to get the invoice for hours of others, once for the same.
func (s *Screen) askWhoseInvoice(held model.Buyer, warning string) tea.Cmd {
	if warning == s.proposal.kept {
		return nil
	}
	keepText := say.Format("keep %s", "păstrează %s", "marad: %s", nameOf(held.Client))
	title := say.In("Hours of several clients", "Ore ale mai multor clienți", "Több ügyfél órái")
	other := widget.Option{Key: "t", Label: s.env.Say(say.In("back to the hours", "înapoi la ore", "vissza az órákhoz")), Run: func() tea.Cmd {
		return screen.Send(screen.ShowTab{Tab: screen.TabTime})
	}}
	if owner, sole := s.owner(); sole && owner.Known {
		title = say.Format("Bill %s?", "Facturezi către %s?", "Vevő: %s?", owner.Owner)
		other = widget.Option{Key: "y", Label: s.env.Say(say.Format("bill %s", "către %s", "vevő: %s", owner.Owner)), Run: func() tea.Cmd {
			return s.fillWith(owner)
		}}
	} else if sole {
		title = say.Format("A new client for the hours of %s?", "Un client nou pentru orele lui %s?", "Új vevő a(z) %s órákhoz?", owner.Owner)
		other = widget.Option{Key: "n", Label: s.env.Say(say.In("a new client", "client nou", "új vevő")), Run: s.newClient}
	}
	if text.Collapse(held.Client.Name) == "" {
		keepText = say.In("go on", "continuă", "tovább")
	}
	keep := widget.Option{Label: s.env.Say(keepText), Run: func() tea.Cmd {
		s.proposal.kept = warning
		return nil
	}}
	return s.env.Ask(s.env.Say(title), []string{theme.Alert + " " + warning}, keep, other)
}

// ownerNote tells beside the name that the ticked hours are somebody else's.
func (s *Screen) ownerNote(client model.Client) (string, theme.Ink) {
	finding, found := s.foreign(client.Cleaned())
	if !found || s.form.Editing() && s.form.Focused() == rowName {
		return "", theme.Ink{}
	}
	return theme.Alert + " " + s.env.Say(explain.Finding(finding, explain.Screen)), s.env.Theme.Warn
}
