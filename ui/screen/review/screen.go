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
	InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error)
	KeepEdits(ctx context.Context, edits model.DraftEdits) error
	Preferences(ctx context.Context) (model.Preferences, error)
	Account(ctx context.Context) (model.Account, error)
	// LastIssued is the day of the newest invoice of the series, no date when there is none.
	LastIssued(ctx context.Context, series string) (model.Date, error)
	// ExchangeRates are those that hold for an invoice of the day. With an error come the newest kept ones, zero if none.
	ExchangeRates(ctx context.Context, day model.Date) (model.ExchangeRates, error)
	// NameTax saves which of the account's taxes at 0 % stands for the reason.
	NameTax(ctx context.Context, reason model.Reason, name string) (model.Preferences, error)
	// WriteWorkSummary writes the draft's hours, without money, and returns the paths of the files.
	WriteWorkSummary(ctx context.Context, draft model.Draft) ([]string, error)
	// Preview is the exact request that Issue would send, but for the reference of the intent.
	Preview(ctx context.Context, draft model.Draft) ([]byte, error)
	// Recheck reads series and VAT list of the account anew.
	Recheck(ctx context.Context) (model.Account, error)
	// Issue sends the invoice once. An error that unwraps to model.ErrOutcomeUnknown comes with the invoice too.
	Issue(ctx context.Context, draft model.Draft) (model.Invoice, error)
	// MadeElsewhere records that a document of a series was made by another installation: *model.UnknownReferenceError names it.
	MadeElsewhere(ctx context.Context, kind model.Kind, series, number string) error
}

// Screen is the Review screen.
type Screen struct {
	env     screen.Env
	billing Billing

	width, height int

	preferences model.Preferences
	account     model.Account
	lastIssued  model.Date
	ready       bool
	failure     error

	// What the draft is made from, and the draft itself.
	hours      []*model.Entry
	overridden []string
	free       []model.FreeLine
	grouping   model.Grouping
	buyer      model.Buyer
	edits      model.DraftEdits
	quote      quote
	// typedRateCurrency is the currency whose exchange rate was typed, "" while that is not known.
	typedRateCurrency string
	draft             model.Draft
	totals            model.Totals
	findings          model.Findings
	problem           error
	table             widget.Table

	// wanted is the document to ask for as soon as the draft is made, nil when none is.
	wanted *document
	// checking is the confirmed document while the account is read again, sending the one on its way; nil for none.
	checking *confirmed
	sending  *model.Draft
	// cancelSending calls a document off before its request has left.
	cancelSending context.CancelFunc

	loading, building, saving, quoting, keepingTaxName, previewing, summarizing, rechecking, issuing screen.Latest
	buildLock                                                                                        screen.ContextMutex

	spinner widget.Spinner
}

// New returns the screen.
func New(env screen.Env, billing Billing) *Screen {
	return &Screen{env: env, billing: billing, grouping: model.GroupByProject, buildLock: screen.NewContextMutex()}
}

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Busy   = (*Screen)(nil)
	_ screen.Saver  = (*Screen)(nil)
)

// Title is the tab's name.
func (s *Screen) Title() string { return "Review" }

// Init reads the settings and the changes made here before the program last ended.
func (s *Screen) Init() tea.Cmd { return s.load() }

// Capturing reports that nothing is typed on the screen itself.
func (s *Screen) Capturing() bool { return false }

// Close cancels what can be cancelled. An invoice that is on its way is not.
func (s *Screen) Close() {
	for _, latest := range []*screen.Latest{&s.loading, &s.building, &s.saving, &s.quoting, &s.keepingTaxName, &s.previewing, &s.summarizing,
		&s.rechecking} {
		latest.Cancel()
	}
}

// Save writes the changes made here.
func (s *Screen) Save(ctx context.Context) error {
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
	return fmt.Sprintf("The %s to %s (%s %s, series %s) was sent and not answered yet. Whether it exists would not be known; its hours "+
		"would stay reserved.",
		documentOf(*s.sending).noun(), s.sending.Client.Name, model.FormatAmount(s.sending.Totals().Total), s.sending.Currency, s.sending.Series)
}

// SetSize gives the screen its room.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.table.SetHeight(max(1, height/(2*lineRows)))
}

// loadedMsg brings settings, account and the invoice in progress.
type loadedMsg struct {
	ticket      screen.Ticket
	preferences model.Preferences
	account     model.Account
	lastIssued  model.Date
	inProgress  model.InvoiceInProgress
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
		if msg.lastIssued, msg.err = billing.LastIssued(ctx, msg.preferences.Series); msg.err != nil {
			return msg
		}
		msg.inProgress, msg.err = billing.InvoiceInProgress(ctx)
		return msg
	}
}

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.onKey(msg)
	case loadedMsg:
		return s.onLoaded(msg)
	case builtMsg:
		return s.onBuilt(msg)
	case quotedMsg:
		return s.onQuoted(msg)
	case taxNamedMsg:
		return s.onTaxNamed(msg)
	case summarizedMsg:
		return s.onSummarized(msg)
	case previewMsg:
		return s.onPreview(msg)
	case recheckedMsg:
		return s.onRechecked(msg)
	case issuedMsg:
		return s.onIssued(msg)
	case keptMsg:
		return s.onKept(msg)
	case screen.SelectionChanged:
		s.hours, s.overridden, s.free, s.grouping = msg.Hours, msg.Overridden, msg.Free, msg.Grouping
		return s.build()
	case screen.BuyerChanged:
		return s.onBuyerChanged(msg.Buyer)
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
	s.preferences, s.account, s.lastIssued = msg.preferences, msg.account, msg.lastIssued
	if !s.ready {
		s.edits, s.buyer = msg.inProgress.Edits, msg.inProgress.Buyer
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
	ctx, ticket := s.building.Begin(s.env.Context)
	preparation, lock := s.preparation(), s.buildLock
	return func() tea.Msg {
		if err := lock.Lock(ctx); err != nil {
			return builtMsg{ticket: ticket, err: err}
		}
		defer lock.Unlock()
		draft, err := preparation.Draft()
		if err != nil {
			return builtMsg{ticket: ticket, err: err}
		}
		return builtMsg{ticket: ticket, draft: draft, totals: draft.Totals(), findings: draft.Validate()}
	}
}

func (s *Screen) preparation() model.Preparation {
	return model.Preparation{
		Preferences: s.preferences, Account: s.account, Buyer: s.buyer, Hours: s.hours, Overridden: s.overridden, Free: s.free,
		Grouping: s.grouping, Edits: s.edits, Rates: s.quote.rates, Preceding: s.lastIssued, Today: s.env.Today(), Location: s.env.Location,
	}
}

func (s *Screen) onBuilt(msg builtMsg) tea.Cmd {
	if !s.building.Admit(msg.ticket) {
		return nil
	}
	s.draft, s.totals, s.findings, s.problem = msg.draft, msg.totals, msg.findings, msg.err
	s.table.SetCount(len(s.draft.Lines))
	return tea.Batch(s.dropOtherRate(), s.askForRates(), s.askForWanted())
}

// onBuyerChanged takes another client up. The reason that was chosen for one is not another's.
func (s *Screen) onBuyerChanged(buyer model.Buyer) tea.Cmd {
	before, now := s.buyer.Client, buyer.Client
	s.buyer = buyer
	if s.edits.Reason == "" || before.Country == now.Country && before.TaxNumber() == now.TaxNumber() && before.Private == now.Private {
		return s.build()
	}
	edits := s.edits
	edits.Reason = ""
	return s.change(edits)
}

// isEmpty reports whether there is nothing to put on an invoice.
func (s *Screen) isEmpty() bool { return len(s.hours) == 0 && len(s.free) == 0 }

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
