// Package review is the Review screen: the invoice as it will stand, what e-Factura would say to it, and the key that
// issues it after a confirmation.
package review

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Billing is what the screen needs of the rest of the program.
type Billing interface {
	Making(ctx context.Context) (model.Making, error)
	KeepEdits(ctx context.Context, edits model.DraftEdits) error
	Preferences(ctx context.Context) (model.Preferences, error)
	Account(ctx context.Context) (model.Account, error)
	// Preview is the exact request that Issue would send, but for the reference of the intent.
	Preview(ctx context.Context, draft model.Draft) ([]byte, error)
	// Issue sends the invoice once. An error that unwraps to model.ErrOutcomeUnknown comes with the invoice too.
	Issue(ctx context.Context, draft model.Draft) (model.Invoice, error)
}

// Screen is the Review screen.
type Screen struct {
	env     screen.Env
	billing Billing

	width, height int

	preferences model.Preferences
	account     model.Account
	ready       bool
	failure     error

	// What the draft is made from, and the draft itself.
	hours    []model.Entry
	grouping model.Grouping
	buyer    model.Buyer
	edits    model.DraftEdits
	draft    model.Draft
	totals   model.Totals
	findings model.Findings
	problem  error
	table    widget.Table

	// sending is the draft that is on its way, nil when none is.
	sending *model.Draft
	// giveUp calls it off while nothing has left.
	giveUp context.CancelFunc

	loading, building, saving, previewing, issuing screen.Latest
	spinner                                        widget.Spinner
}

// New returns the screen.
func New(env screen.Env, billing Billing) *Screen {
	return &Screen{env: env, billing: billing, grouping: model.GroupByProject}
}

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Busy   = (*Screen)(nil)
	_ screen.Keeper = (*Screen)(nil)
)

// Title is the tab's name.
func (s *Screen) Title() string { return "Review" }

// Init reads the settings and what was changed here before the program last ended.
func (s *Screen) Init() tea.Cmd { return s.load() }

// Capturing reports that nothing is typed on the screen itself.
func (s *Screen) Capturing() bool { return false }

// Close cancels what can be cancelled. An invoice that is on its way is not.
func (s *Screen) Close() {
	for _, latest := range []*screen.Latest{&s.loading, &s.building, &s.saving, &s.previewing} {
		latest.Cancel()
	}
}

// Keep writes what was changed here.
func (s *Screen) Keep(ctx context.Context) error {
	if !s.ready || s.failure != nil {
		return nil
	}
	return s.billing.KeepEdits(ctx, s.edits)
}

// Sending says what would be unknown if the program ended now.
func (s *Screen) Sending() string {
	if s.sending == nil {
		return ""
	}
	return fmt.Sprintf("The invoice to %s (%s %s, series %s) was sent and not answered yet. Whether it exists would not be known; its hours would stay reserved.",
		s.sending.Client.Name, model.FormatAmount(s.sending.Totals().Total), s.sending.Currency, s.sending.Series)
}

// SetSize gives the screen its room.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.table.SetHeight(s.visibleLines())
}

// loadedMsg brings settings, account and the invoice in the making.
type loadedMsg struct {
	ticket      screen.Ticket
	preferences model.Preferences
	account     model.Account
	making      model.Making
	err         error
}

func (s *Screen) load() tea.Cmd {
	ctx, ticket := s.loading.Begin(s.env.Context)
	billing := s.billing
	return func() tea.Msg {
		msg := loadedMsg{ticket: ticket}
		if msg.preferences, msg.err = billing.Preferences(ctx); msg.err != nil {
			return msg
		}
		if msg.account, msg.err = billing.Account(ctx); msg.err != nil {
			return msg
		}
		msg.making, msg.err = billing.Making(ctx)
		return msg
	}
}

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.press(msg)
	case loadedMsg:
		return s.onLoaded(msg)
	case builtMsg:
		return s.onBuilt(msg)
	case previewMsg:
		return s.onPreview(msg)
	case confirmedMsg:
		return s.send(msg.draft)
	case issuedMsg:
		return s.onIssued(msg)
	case keptMsg:
		return s.onKept(msg)
	case screen.SelectionChanged:
		s.hours, s.grouping = msg.Hours, msg.Grouping
		return s.build()
	case screen.BuyerChanged:
		s.buyer = msg.Buyer
		return s.build()
	case screen.PreferencesChanged, screen.LedgerChanged:
		return s.load()
	}
	return s.spinner.Update(msg)
}

func (s *Screen) onLoaded(msg loadedMsg) tea.Cmd {
	if !s.loading.Admit(msg.ticket) {
		return nil
	}
	if s.failure = msg.err; s.failure != nil {
		return nil
	}
	s.preferences, s.account = msg.preferences, msg.account
	if !s.ready {
		s.edits, s.buyer = msg.making.Edits, msg.making.Buyer
	}
	s.ready = true
	return s.build()
}

// builtMsg brings the draft.
type builtMsg struct {
	ticket   screen.Ticket
	draft    model.Draft
	totals   model.Totals
	findings model.Findings
	err      error
}

// build makes the draft anew from what the other screens hold.
func (s *Screen) build() tea.Cmd {
	if !s.ready {
		return nil
	}
	_, ticket := s.building.Begin(s.env.Context)
	preparation := s.preparation()
	return func() tea.Msg {
		draft, err := preparation.Draft()
		if err != nil {
			return builtMsg{ticket: ticket, err: err}
		}
		return builtMsg{ticket: ticket, draft: draft, totals: draft.Totals(), findings: draft.Validate()}
	}
}

func (s *Screen) preparation() model.Preparation {
	return model.Preparation{
		Preferences: s.preferences, Account: s.account, Buyer: s.buyer, Hours: s.hours, Grouping: s.grouping,
		Edits: s.edits, Today: s.env.Today(), Location: s.env.Location,
	}
}

func (s *Screen) onBuilt(msg builtMsg) tea.Cmd {
	if !s.building.Admit(msg.ticket) {
		return nil
	}
	s.draft, s.totals, s.findings, s.problem = msg.draft, msg.totals, msg.findings, msg.err
	s.table.SetCount(len(s.draft.Lines))
	s.table.SetHeight(s.visibleLines())
	return nil
}

// keptMsg tells that the changes were written.
type keptMsg struct {
	ticket screen.Ticket
	err    error
}

// change takes up edits, writes them and makes the draft anew.
func (s *Screen) change(edits model.DraftEdits) tea.Cmd {
	s.edits = edits
	ctx, ticket := s.saving.Begin(s.env.Context)
	billing := s.billing
	keep := func() tea.Msg { return keptMsg{ticket: ticket, err: billing.KeepEdits(ctx, edits)} }
	return tea.Batch(keep, s.build())
}

func (s *Screen) onKept(msg keptMsg) tea.Cmd {
	if !s.saving.Admit(msg.ticket) || msg.err == nil || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	return screen.Fail("Remember the changes", msg.err)
}
