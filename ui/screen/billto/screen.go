// Package billto is the screen of the invoice's client: a form that completes from the address book, checks what
// e-Factura would reject, and keeps what was typed, complete or not.
package billto

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Book keeps the client in progress and the address book.
type Book interface {
	// InvoiceInProgress is the invoice in progress; its Buyer fills the form at the start.
	InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error)
	// KeepBuyer keeps the form as it is, complete or not. Calls never overlap and come in the order of the changes.
	KeepBuyer(ctx context.Context, buyer model.Buyer) error
	// Clients is the address book, most recently used first.
	Clients(ctx context.Context) ([]model.Client, error)
	// KeepClient puts a client into the address book, in the place of the one who was called formerly; "" for nobody.
	KeepClient(ctx context.Context, client model.Client, formerly string) error
	// ForgetClient takes the client of the name out of the address book.
	ForgetClient(ctx context.Context, name string) error
	// Preferences tells whether SmartBill saves a client unless the user says otherwise.
	Preferences(ctx context.Context) (model.Preferences, error)
}

// Registers are asked when the user asks. An error that unwraps to model.ErrNotFound is their own word that there is no
// such company; every other says that they could not be asked.
type Registers interface {
	// Company is what ANAF knows of the company with the code.
	Company(ctx context.Context, cui string) (model.CompanyRecord, error)
	// VATNumber is what VIES says of the number of a country, each as taxid.SplitVATNumber gives them.
	VATNumber(ctx context.Context, country, number string) (model.VATProof, error)
}

// Sender shows what SmartBill will get.
type Sender interface {
	// ClientRequest is the client object of the request, as JSON.
	ClientRequest(ctx context.Context, buyer model.Buyer) ([]byte, error)
}

// Services is everything that the screen needs of the rest of the program.
type Services interface {
	Book
	Registers
	Sender
}

// Screen is the form of the client.
type Screen struct {
	env           screen.Env
	services      Services
	fields        *fields
	form          *widget.Form
	width, height int

	clients      []model.Client
	clientsKnown bool
	// offered is the address book that the list below the name was made from.
	offered       []model.Client
	saveByDefault bool
	// cif is the company that bills.
	cif string
	// begun is true once its user wants a name that begins with a digit: till then digits switch screens while it is empty.
	begun bool
	// published is the buyer that the other screens know, as typed.
	published model.Buyer
	// publishing is true while a message to them is on its way, publishAgain when the form has changed since.
	publishing, publishAgain bool
	// replaced is what the form held before it was filled or emptied at once; z brings it back.
	replaced *model.Buyer
	// visited rows have been left once, so that their findings are shown.
	visited map[string]bool
	// complained is true from a submission with errors to the next without: everything wrong is shown.
	complained    bool
	proposal      proposal
	showsDefaults bool
	// list is the address book that lies over the form, nil when none does.
	list   *addressBook
	asking lookup

	loading, reading, keeping, forgetting, showing screen.Latest
	// earlyKeys are the keys that were pressed before the form was loaded.
	earlyKeys []tea.KeyMsg
	saver     saver
}

var (
	_ screen.Saver    = (*Screen)(nil)
	_ screen.Beginner = (*Screen)(nil)
)

// New returns the screen over what the rest of the program does for it.
func New(env screen.Env, services Services) *Screen {
	s := &Screen{
		env: env, services: services, visited: map[string]bool{},
		saver: saver{env: env, put: services.KeepBuyer, mutex: screen.NewContextMutex()},
	}
	offer := func(name string) []widget.Choice {
		s.offered = s.clients
		return findClients(s.offered, name)
	}
	s.fields = newFields(env.Theme, offer, s.complete, s.findCountries)
	s.fields.defaults.fill(model.Client{}, nil)
	s.form = s.fields.form(env.Theme)
	s.form.Arrange = s.hide
	s.arrange()
	return s
}

// Title is the name on the tab.
func (s *Screen) Title() string { return "Bill To" }

// SetSize gives the screen its cells.
func (s *Screen) SetSize(width, height int) { s.width, s.height = width, height }

// Capturing reports whether a field has the keyboard.
func (s *Screen) Capturing() bool { return s.form.Capturing() && !s.loading.Pending() }

// Beginning reports whether the form waits for the first letter of a name: digits still switch screens.
func (s *Screen) Beginning() bool {
	return s.Capturing() && s.form.Editing() && s.form.Focused() == rowName && s.fields.name.Value() == "" && !s.begun
}

// View draws the form.
func (s *Screen) View() string {
	below := s.summaryLines()
	lines := s.form.Lines(s.width, s.height-len(below))
	return widget.Block(append(lines, below...), s.width, s.height)
}

// Close cancels the requests. What is not written yet is the concern of Save.
func (s *Screen) Close() {
	screen.CancelAll(&s.loading, &s.reading, &s.keeping, &s.forgetting, &s.showing, &s.asking.latest, &s.saver.writes)
}

// Save writes the form down if its last change has not been written.
func (s *Screen) Save(ctx context.Context) error { return s.saver.finish(ctx, s.published) }

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if s.loading.Pending() {
			s.earlyKeys = append(s.earlyKeys, msg)
			return nil
		}
		return s.onKey(msg)
	case screen.Answer:
		return msg.Take()
	case saveDueMsg:
		return s.saver.onDue(msg, func() model.Buyer { return s.published })
	case screen.BuyerChanged:
		return s.onPublished()
	case screen.ClientProposed:
		return s.onClientProposed(msg)
	case screen.PreferencesChanged:
		return s.onPreferencesChanged(msg.Preferences)
	case screen.LedgerChanged:
		if msg.Issued {
			// The client who has got an invoice gives way to the next.
			buyer := s.fields.buyer()
			s.proposal.replaceable = &buyer
			return s.readClients()
		}
	}
	return s.asking.spin(msg, s.arrange)
}

type start struct {
	buyer         model.Buyer
	saveByDefault bool
	cif           string
}

// Init begins to load the form and the address book.
func (s *Screen) Init() tea.Cmd {
	return tea.Batch(screen.Request(s.env, &s.loading, s.load, s.onLoaded), s.readClients())
}

// load reads what it can: settings that cannot be read do not keep the client away.
func (s *Screen) load(ctx context.Context) (start, error) {
	inProgress, err := s.services.InvoiceInProgress(ctx)
	if err != nil {
		err = fmt.Errorf("read the invoice in the making: %w", err)
	}
	preferences, unread := s.services.Preferences(ctx)
	if unread != nil {
		return start{inProgress.Buyer, true, ""}, errors.Join(err, fmt.Errorf("read the settings: %w", unread))
	}
	return start{inProgress.Buyer, preferences.SaveClient, preferences.CIF}, err
}

// onLoaded fills the form, tells Review what it holds, and takes the keys that came early.
func (s *Screen) onLoaded(read start, err error) tea.Cmd {
	s.saveByDefault, s.cif = read.saveByDefault, read.cif
	buyer := read.buyer
	if isEmpty(buyer.Client) {
		buyer.SaveClient = s.saveByDefault
	}
	s.show(buyer)
	if text.Collapse(buyer.Client.Name) != "" {
		s.form.Rest()
	}
	s.published = s.fields.buyer()
	commands := []tea.Cmd{s.publish(), s.propose()}
	if err != nil {
		commands = append(commands, screen.Fail("The client in the making could not be loaded", err))
	}
	for _, key := range s.earlyKeys {
		commands = append(commands, s.onKey(key))
	}
	s.earlyKeys = nil
	return tea.Batch(commands...)
}

func (s *Screen) readClients() tea.Cmd {
	return screen.Request(s.env, &s.reading, s.services.Clients, s.onClientsRead)
}

func (s *Screen) onClientsRead(clients []model.Client, err error) tea.Cmd {
	if err != nil {
		return screen.Fail("The address book could not be read", err)
	}
	s.clients, s.clientsKnown = clients, true
	s.proposal.owned = model.Owned(s.proposal.tracked, clients)
	s.list.refresh()
	s.arrange()
	return s.propose()
}

// changed tells the other screens about a change, and has it written in a moment.
func (s *Screen) changed() tea.Cmd {
	s.arrange()
	buyer := s.fields.buyer()
	if reflect.DeepEqual(buyer, s.published) {
		return nil
	}
	s.published = buyer
	return tea.Batch(s.publish(), s.saver.change())
}

// publish hands the client to the other screens as it would be sent. Only one message is on its way at a time, since two
// could overtake each other.
func (s *Screen) publish() tea.Cmd {
	if s.publishing {
		s.publishAgain = true
		return nil
	}
	s.publishing = true
	buyer := s.published
	buyer.Client = buyer.Client.Cleaned()
	return screen.Send(screen.BuyerChanged{Buyer: buyer})
}

// onPublished hears the screen's own message with the others, and sends what has changed since.
func (s *Screen) onPublished() tea.Cmd {
	s.publishing = false
	if !s.publishAgain {
		return nil
	}
	s.publishAgain = false
	return s.publish()
}
