package billto

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/widget"
)

// sharesNumber finds another client of the address book with the tax number in the form. A client who is in the book with this
// number has been asked about.
func (s *Screen) sharesNumber() (other model.Client, shared bool) {
	client := s.published.Client
	if record, known := s.inBook(client.Name); known && record.SharesTaxNumber(client) {
		return model.Client{}, false
	}
	at := slices.IndexFunc(s.clients, func(record model.Client) bool {
		return !sameName(record.Name, client.Name) && record.SharesTaxNumber(client)
	})
	if at < 0 {
		return model.Client{}, false
	}
	return s.clients[at], true
}

// askAboutNumber asks whether the client in the form is the one who has its tax number in the address book.
func (s *Screen) askAboutNumber(record model.Client) tea.Cmd {
	client, known := s.published.Client, text.Collapse(record.Name)
	title := say.In("Two clients with one tax number", "Doi clienți cu același cod fiscal", "Két vevő egy adószámmal")
	body := say.Format("The address book has %[1]s as %[2]s. Is %[3]s the same client?",
		"În agenda de clienți codul %[1]s este la %[2]s. Este %[3]s același client?",
		"A vevőlistában ez az adószám (%[1]s) itt áll: %[2]s. Ugyanaz a vevő ez is: %[3]s?", client.TaxNumber(), known, nameOf(client))
	use := say.Format("use %s", "ia %s", "legyen %s", known)
	rename := say.Format("rename it %s", "redenumește: %s", "új neve: %s", nameOf(client))
	options := []widget.Option{
		{Label: s.env.Say(say.In("back", "înapoi", "vissza"))},
		{Key: "u", Label: s.env.Say(use), Run: func() tea.Cmd { return s.use(record) }},
	}
	if _, taken := s.inBook(client.Name); !taken {
		options = append(options, widget.Option{Key: "r", Label: s.env.Say(rename), Run: func() tea.Cmd { return s.finish(record.Name) }})
	}
	another := say.In("another client", "alt client", "másik vevő")
	options = append(options, widget.Option{Key: "a", Label: s.env.Say(another), Run: func() tea.Cmd { return s.finish(s.fields.bookName) }})
	return s.env.Ask(s.env.Say(title), []string{s.env.Say(body)}, options...)
}

// use fills the form with a client of the address book; z brings back what it held.
func (s *Screen) use(record model.Client) tea.Cmd {
	s.replace(s.buyerOf(record))
	s.form.Rest()
	return s.changed()
}
