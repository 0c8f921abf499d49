// Package billto is the screen of the invoice's client: a form that completes from the address book, checks what
// e-Factura would reject, and keeps what was typed, complete or not.
package billto

import (
	"context"
	"reflect"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Book keeps the client in the making and the address book.
type Book interface {
	// Making is the invoice in the making; its Buyer fills the form at the start.
	Making(ctx context.Context) (model.Making, error)
	// KeepBuyer keeps the form as it is, complete or not. Calls never overlap and come in the order of the changes.
	KeepBuyer(ctx context.Context, buyer model.Buyer) error
	// Clients is the address book, most recently used first.
	Clients(ctx context.Context) ([]model.Client, error)
	// Preferences tells whether SmartBill saves a client unless the user says otherwise.
	Preferences(ctx context.Context) (model.Preferences, error)
}

// Screen is the form of the client.
type Screen struct {
	env           screen.Env
	book          Book
	fields        *fields
	form          *widget.Form
	width, height int

	clients      []model.Client
	clientsKnown bool
	// offered is the address book that the list below the name was made from.
	offered       []model.Client
	saveByDefault bool
	// told is the buyer that the other screens know, as typed.
	told model.Buyer
	// telling is true while they are being told, untold when there has been another change since.
	telling, untold bool
	// replaced is what the form held before it was filled or emptied at once; z brings it back.
	replaced *model.Buyer
	// visited rows have been left once, so that what is wrong with them is shown.
	visited map[string]bool
	// complained is true from a submission with errors to the next without: everything wrong is shown.
	complained bool
	// proposed is the tracked client that waits for the address book to be read.
	proposed string

	loading, reading screen.Latest
	// early are the keys that were pressed before the form was loaded.
	early  []tea.KeyMsg
	keeper keeper
}

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Keeper = (*Screen)(nil)
)

// New returns the screen over an address book.
func New(env screen.Env, book Book) *Screen {
	s := &Screen{env: env, book: book, visited: map[string]bool{}, keeper: newKeeper(book.KeepBuyer)}
	s.fields = newFields(env.Theme, s.completions, s.complete)
	s.form = s.fields.form(env.Theme)
	s.arrange()
	return s
}

// Title is the name on the tab.
func (s *Screen) Title() string { return "Bill To" }

// SetSize gives the screen its cells.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// Capturing reports whether a field has the keyboard.
func (s *Screen) Capturing() bool { return s.form.Capturing() && !s.loading.Pending() }

// View draws the form.
func (s *Screen) View() string {
	if s.width <= 0 || s.height <= 0 {
		return ""
	}
	return widget.Block(s.form.Lines(s.width, s.height), s.width, s.height)
}

// Close cancels the requests. What is not written yet is Keep's concern.
func (s *Screen) Close() {
	s.loading.Cancel()
	s.reading.Cancel()
	s.keeper.cancel()
}

// Keep writes the form down if its last change has not been written.
func (s *Screen) Keep(ctx context.Context) error { return s.keeper.finish(ctx, s.told) }

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if s.loading.Pending() {
			s.early = append(s.early, msg)
			return nil
		}
		return s.press(msg)
	case loadedMsg:
		return s.loaded(msg)
	case clientsMsg:
		return s.clientsRead(msg)
	case keepDueMsg:
		return s.keeper.begin(s.env.Context, msg, s.told)
	case keptMsg:
		return s.kept(msg)
	case screen.BuyerChanged:
		return s.wasTold()
	case screen.ClientProposed:
		s.proposed = msg.TrackerName
		return s.propose()
	case screen.PreferencesChanged:
		return s.preferencesChanged(msg.Preferences)
	case screen.LedgerChanged:
		if msg.Issued {
			return s.readClients()
		}
	}
	return nil
}

// press takes one key.
func (s *Screen) press(key tea.KeyMsg) tea.Cmd {
	name := key.String()
	if name == "ctrl+s" {
		return s.submit()
	}
	if !s.form.Editing() {
		switch name {
		case "n":
			return s.begin()
		case "z":
			return s.restore()
		}
	}
	row, editing := s.form.Focused(), s.form.Editing()
	event, cmd := s.form.Update(key)
	if editing && (event == widget.EventMoved || event == widget.EventSubmitted) {
		s.visited[row] = true
	}
	if event == widget.EventSubmitted {
		return tea.Batch(cmd, s.submit())
	}
	return tea.Batch(cmd, s.changed())
}

// changed tells the other screens about a change, and has it written in a moment.
func (s *Screen) changed() tea.Cmd {
	s.arrange()
	buyer := s.fields.buyer()
	if reflect.DeepEqual(buyer, s.told) {
		return nil
	}
	s.told = buyer
	return tea.Batch(s.tell(), s.keeper.change())
}

// tell hands the client to the other screens as it would be sent. Only one message is on its way at a time, since two
// could overtake each other.
func (s *Screen) tell() tea.Cmd {
	if s.telling {
		s.untold = true
		return nil
	}
	s.telling = true
	buyer := s.told
	buyer.Client = buyer.Client.Cleaned()
	return screen.Send(screen.BuyerChanged{Buyer: buyer})
}

// wasTold hears the screen's own message with the others, and sends what has changed since.
func (s *Screen) wasTold() tea.Cmd {
	s.telling = false
	if !s.untold {
		return nil
	}
	s.untold = false
	return s.tell()
}

// submit goes to the review, or to the first field that keeps the client off an invoice.
func (s *Screen) submit() tea.Cmd {
	s.form.Settle()
	changed := s.changed()
	wrong := s.wrongRows()
	if len(wrong) > 0 {
		s.complained = true
		s.form.Edit(wrong[0])
		s.arrange()
		return tea.Batch(changed, screen.Tell(screen.ToneBad, s.complaint(wrong)))
	}
	s.form.Rest()
	steps := []tea.Cmd{s.tell(), screen.Send(screen.Go{Tab: screen.TabReview})}
	if s.complained {
		s.complained = false
		steps = append(steps, screen.Tell(screen.ToneGood, "The client is complete."))
	}
	s.arrange()
	return tea.Batch(changed, tea.Sequence(steps...))
}
