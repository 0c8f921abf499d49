// Package review is the Review screen: the invoice as it will stand, what e-Factura would say to it, and the key that
// issues it after a confirmation.
package review

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Billing is what the screen needs of the rest of the program.
type Billing interface {
	InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error)
	KeepEdits(ctx context.Context, edits model.InvoiceEdits) error
	Preferences(ctx context.Context) (model.Preferences, error)
	Account(ctx context.Context) (model.Account, error)
	// LastIssued is the day of the newest invoice of the series, no date when there is none.
	LastIssued(ctx context.Context, series string) (model.Date, error)
	// Invoiced lists the company's documents, for the turnover of the year.
	Invoiced(ctx context.Context) ([]model.Invoice, error)
	// ExchangeRates are those that hold for an invoice of the day. With an error come the newest kept ones, zero if none.
	ExchangeRates(ctx context.Context, day model.Date) (model.ExchangeRates, error)
	// NameTax saves which of the account's taxes at 0 % stands for the reason.
	NameTax(ctx context.Context, reason model.Reason, name string) (model.Preferences, error)
	// WriteWorkSummary writes the invoice's hours, without money, and returns the paths of the files.
	WriteWorkSummary(ctx context.Context, prepared model.PreparedInvoice) ([]string, error)
	// Advances are what can be deducted of earlier invoices to a client, by its name.
	Advances(ctx context.Context, client string) ([]model.Advance, error)
	// Preview is the exact request that Issue would send, but for the reference of the intent.
	Preview(ctx context.Context, prepared model.PreparedInvoice) ([]byte, error)
	// Recheck reads series and VAT list of the account anew.
	Recheck(ctx context.Context) (model.Account, error)
	// Issue sends the invoice once. An error that unwraps to model.ErrOutcomeUnknown comes with the invoice too.
	Issue(ctx context.Context, prepared model.PreparedInvoice) (model.Invoice, error)
	// SendEmail has SmartBill e-mail what was issued, once.
	SendEmail(ctx context.Context, reference string, order model.EmailOrder) (model.Invoice, error)
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
	invoiced    []model.Invoice
	ready       bool
	failure     error

	// What the invoice is made from, and the prepared invoice itself.
	hours      []*model.Entry
	overridden []string
	free       []model.FreeLine
	grouping   model.Grouping
	buyer      model.Buyer
	edits      model.InvoiceEdits
	quote      quote
	// typedRateCurrency is the currency whose exchange rate was typed, "" while that is not known.
	typedRateCurrency string
	built
	problem error
	table   widget.Table

	// wanted is the document to ask for as soon as the invoice is prepared, nil when none is.
	wanted *document
	// checking is the confirmed document while the account is read again, sending the one on its way; nil for none.
	checking *confirmed
	sending  *model.PreparedInvoice
	// emailing are the references of what is being e-mailed.
	emailing []string
	// cancelSending calls a document off before its request has left.
	cancelSending context.CancelFunc

	loading, building, saving, quoting, keepingTaxName, previewing, summarizing, rechecking, issuing, lookingForAdvances screen.Latest
	buildLock                                                                                                            screen.ContextMutex

	spinner widget.Spinner
}

// New returns the screen.
func New(env screen.Env, billing Billing) *Screen {
	return &Screen{env: env, billing: billing, grouping: model.GroupByProject, buildLock: screen.NewContextMutex()}
}

var (
	_ screen.Busy  = (*Screen)(nil)
	_ screen.Saver = (*Screen)(nil)
)

// Title is the tab's name.
func (s *Screen) Title() string { return "Review" }

// Init reads the settings and the changes made here before the program last ended.
func (s *Screen) Init() tea.Cmd { return s.load() }

// Capturing reports that nothing is typed on the screen itself.
func (s *Screen) Capturing() bool { return false }

// Close cancels what can be cancelled. An invoice that is on its way is not.
func (s *Screen) Close() {
	screen.CancelAll(&s.loading, &s.building, &s.saving, &s.quoting, &s.keepingTaxName, &s.previewing, &s.summarizing, &s.rechecking,
		&s.lookingForAdvances)
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
	if s.sending == nil && len(s.emailing) > 0 {
		return s.env.Say(explain.EmailOnItsWay(s.emailing[0]))
	}
	if s.sending == nil {
		return ""
	}
	return fmt.Sprintf("The %s to %s (%s %s, series %s) was sent and not answered yet. Whether it exists would not be known; its hours "+
		"would stay reserved.",
		documentOf(*s.sending).wording().noun, s.sending.Client.Name, model.FormatAmount(s.sending.Totals().Total), s.sending.Currency,
		s.sending.Series)
}

// SetSize gives the screen its room.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.table.SetHeight(max(1, height/(2*lineRows)))
}

// basis is what the screen reads of the rest of the program.
type basis struct {
	preferences model.Preferences
	account     model.Account
	lastIssued  model.Date
	invoiced    []model.Invoice
	inProgress  model.InvoiceInProgress
}

func (s *Screen) load() tea.Cmd { return screen.Request(s.env, &s.loading, s.readBasis, s.onLoaded) }

func (s *Screen) readBasis(ctx context.Context) (read basis, err error) {
	if read.preferences, err = s.billing.Preferences(ctx); err != nil {
		return read, err
	}
	if read.account, err = s.billing.Account(ctx); err != nil {
		return read, err
	}
	if read.lastIssued, err = s.billing.LastIssued(ctx, read.preferences.Series); err != nil {
		return read, err
	}
	if read.invoiced, err = s.billing.Invoiced(ctx); err != nil {
		return read, err
	}
	read.inProgress, err = s.billing.InvoiceInProgress(ctx)
	return read, err
}

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.onKey(msg)
	case screen.Answer:
		return msg.Take()
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

func (s *Screen) onLoaded(read basis, err error) tea.Cmd {
	if s.failure = err; err != nil {
		return nil
	}
	s.preferences, s.account, s.lastIssued, s.invoiced = read.preferences, read.account, read.lastIssued, read.invoiced
	if !s.ready {
		s.edits, s.buyer = read.inProgress.Edits, read.inProgress.Buyer
	}
	s.ready = true
	return s.build()
}

type built struct {
	prepared model.PreparedInvoice
	totals   model.Totals
	findings model.Findings
}

// build prepares the invoice anew from what the other screens hold.
func (s *Screen) build() tea.Cmd {
	if !s.ready {
		return nil
	}
	preparation := s.preparation()
	return screen.Request(s.env, &s.building, func(ctx context.Context) (built, error) {
		if err := s.buildLock.Lock(ctx); err != nil {
			return built{}, err
		}
		defer s.buildLock.Unlock()
		prepared, err := preparation.Invoice()
		if err != nil {
			return built{}, err
		}
		return built{prepared: prepared, totals: prepared.Totals(), findings: prepared.Validate()}, nil
	}, s.onBuilt)
}

func (s *Screen) preparation() model.Preparation {
	return model.Preparation{
		Preferences: s.preferences, Account: s.account, Buyer: s.buyer, Hours: s.hours, Overridden: s.overridden, Free: s.free,
		Grouping: s.grouping, Edits: s.edits, Rates: s.quote.rates, Preceding: s.lastIssued, Invoiced: s.invoiced, Today: s.env.Today(),
		Location: s.env.Location,
	}
}

func (s *Screen) onBuilt(made built, err error) tea.Cmd {
	s.built, s.problem = made, err
	s.table.SetCount(len(s.prepared.Lines))
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

func (s *Screen) isEmpty() bool { return len(s.hours) == 0 && len(s.free) == 0 }

// change takes up edits, writes them and prepares the invoice anew.
func (s *Screen) change(edits model.InvoiceEdits) tea.Cmd {
	s.edits = edits
	keep := func(ctx context.Context) error { return s.billing.KeepEdits(ctx, edits) }
	return tea.Batch(screen.Keep(s.env, &s.saving, keep, "Remember the changes"), s.build())
}
