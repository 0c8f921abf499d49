package billto

import (
	"cmp"
	"context"

	"reflect"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// submit goes to the review, or to the first field that keeps the client off an invoice.
func (s *Screen) submit() tea.Cmd {
	s.form.Settle()
	s.fields.normalise()
	changed := s.changed()
	if wrong := s.wrongRows(); len(wrong) > 0 {
		s.complained = true
		s.showsDefaults = s.showsDefaults || s.fields.folds(wrong[0])
		s.arrange()
		s.form.Edit(wrong[0])
		s.arrange()
		return tea.Batch(changed, screen.Notify(screen.ToneBad, s.complaint(wrong)))
	}
	if s.renames() {
		return tea.Batch(changed, s.askAboutName())
	}
	if record, shared := s.sharesNumber(); shared {
		return tea.Batch(changed, s.askAboutNumber(record))
	}
	return tea.Batch(changed, s.finish(s.fields.bookName))
}

// finish keeps the client in the address book, in the place of the one who was called formerly, and shows the review.
func (s *Screen) finish(formerly string) tea.Cmd {
	s.form.Rest()
	if formerly != s.fields.bookName {
		s.fields.bookName, s.fields.proof = formerly, nil
	}
	changed, kept := s.changed(), s.saveToBook(formerly)
	steps := []tea.Cmd{s.publish(), screen.Send(screen.ShowTab{Tab: screen.TabReview})}
	if s.complained {
		s.complained = false
		steps = append(steps, screen.Notify(screen.ToneGood, "The client is complete."))
	}
	s.arrange()
	return tea.Batch(changed, kept, tea.Sequence(steps...))
}

func (s *Screen) inBook(name string) (model.Client, bool) {
	at := slices.IndexFunc(s.clients, func(client model.Client) bool { return sameName(client.Name, name) })
	if at < 0 || name == "" {
		return model.Client{}, false
	}
	return s.clients[at], true
}

func sameName(one, other string) bool {
	return text.Fold(text.Collapse(one)) == text.Fold(text.Collapse(other))
}

// renames reports whether a client of the address book was given another name.
func (s *Screen) renames() bool {
	_, inBook := s.inBook(s.fields.bookName)
	return inBook && !sameName(s.fields.bookName, s.fields.name.Value())
}

// askAboutName asks what a changed name means, since the book must have each client once and lose none.
func (s *Screen) askAboutName() tea.Cmd {
	formerly, name := s.fields.bookName, nameOf(s.published.Client)
	body := []string{"The address book has this client as " + text.Collapse(formerly) + ". Is it called " + name +
		" now, or is that another client?"}
	rename := func() tea.Cmd { return s.finish(formerly) }
	another := func() tea.Cmd { return s.finish("") }
	answers := []widget.Option{{Label: "back"}, {Key: "r", Label: "rename it", Run: rename}, {Key: "a", Label: "another client", Run: another}}
	if _, taken := s.inBook(name); taken {
		body = []string{"The address book has a " + name + " already. It will have what the form holds; " + text.Collapse(formerly) +
			" stays as it was."}
		answers = []widget.Option{{Label: "back"}, {Key: "r", Label: "replace it", Run: another}}
	}
	if other, shared := s.sharesNumber(); shared {
		body = append(body, theme.Alert+" "+s.env.Say(say.Format("As another client, it would have the tax number of %[1]s: %[2]s.",
			"Ca alt client, ar avea codul fiscal al lui %[1]s: %[2]s.", "Másik vevőként ugyanaz lenne az adószáma, mint ezé: %[1]s (%[2]s).",
			text.Collapse(other.Name), s.published.Client.TaxNumber())))
	}
	return s.env.Ask("Another name", body, answers...)
}

// saveToBook writes the client into the address book, unless it stands there just so.
func (s *Screen) saveToBook(formerly string) tea.Cmd {
	client := s.published.Client.Cleaned()
	record, known := s.inBook(client.Name)
	if formerly == "" && known {
		client = client.Keeping(record)
	}
	if known && reflect.DeepEqual(record, client) {
		s.fields.bookName = client.Name
		return s.changed()
	}
	notify := screen.Notify(screen.ToneGood, "The address book has "+nameOf(client)+" like this now.")
	if s.complained {
		notify = nil
	}
	before, _ := s.inBook(cmp.Or(formerly, client.Name))
	keep := s.changeBook(client.Price != "" || before.Price != "", func(ctx context.Context) error {
		return s.services.KeepClient(ctx, client, formerly)
	})
	return screen.Request(s.env, &s.keeping, keep, func(changed tea.Cmd, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("The address book was not changed, though the client stands on the invoice", err)
		}
		if sameName(client.Name, s.fields.name.Value()) {
			s.fields.bookName = client.Name
		}
		return tea.Batch(s.changed(), s.readClients(), changed, notify)
	})
}
