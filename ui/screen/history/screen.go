// Package history is the screen of past invoices: the newest first, with what is uncertain among them, each one's
// detail, and what can still be done with it.
package history

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Records is what the screen needs of the ledger and of SmartBill. A reference is the invoice's intent ("CAD-7F3K2Q"),
// which stays unambiguous where SmartBill gave a number twice; for a record without one, its number ("FCT-0023").
type Records interface {
	// Invoices lists every invoice, newest first.
	Invoices(ctx context.Context) ([]model.Invoice, error)
	// Detail gives all that is kept of an invoice.
	Detail(ctx context.Context, reference string) (model.InvoiceDetail, error)
	// SavePDF saves the invoice's PDF into the PDF folder and returns its path.
	SavePDF(ctx context.Context, reference string) (path string, err error)
	// OpenPDF saves the PDF too, and shows it with the system's viewer.
	OpenPDF(ctx context.Context, reference string) (path string, err error)
	// Conversion says on which series the invoice of a proforma is made, and at which exchange rate.
	Conversion(ctx context.Context, reference string) (model.Conversion, error)
	// Convert makes the invoice of a proforma, once, and returns it. *model.InvoicedError when somebody made one in
	// SmartBill; AdoptConversion records that.
	Convert(ctx context.Context, reference string, conversion model.Conversion) (model.Invoice, error)
	AdoptConversion(ctx context.Context, reference, number string) (model.Invoice, error)
	// WriteTimesheet writes the hours of an invoice beside its PDF and returns the paths, the PDF's first.
	WriteTimesheet(ctx context.Context, reference string) (paths []string, err error)
	// Cancel cancels the invoice in SmartBill and then frees its hours. It may be repeated.
	Cancel(ctx context.Context, reference string) (model.Invoice, error)
	// Restore takes a cancelled invoice back into force, and its hours with it. It may be repeated.
	Restore(ctx context.Context, reference string) (model.Invoice, error)
	// Storno makes the invoice that undoes another, dated on the day, and returns it; the hours of the other are free then.
	Storno(ctx context.Context, reference string, on model.Date) (model.Invoice, error)
	// PartialStorno makes the document that takes lines of an invoice back, dated on the day, and returns it.
	PartialStorno(ctx context.Context, reference string, lines []model.Reversal, on model.Date) (model.Invoice, error)
	// DraftEmail words an e-mail of the invoice by the settings; SendEmail has SmartBill send it, once.
	DraftEmail(ctx context.Context, reference string, kind model.EmailKind) (model.EmailDraft, error)
	SendEmail(ctx context.Context, reference string, order model.EmailOrder) (model.Invoice, error)
	// Balance asks how much of the invoice is paid, ReceiptSeries in which series receipts are issued.
	Balance(ctx context.Context, reference string) (model.Balance, error)
	ReceiptSeries(ctx context.Context) ([]string, error)
	// Cash is what the limits of cash look at before a payment of the invoice.
	Cash(ctx context.Context, reference string) (model.Cash, error)
	// Pay records money that came for the invoice, once.
	Pay(ctx context.Context, reference string, order model.PaymentOrder) (model.Invoice, error)
	// SettlePayment looks for what became of a payment whose outcome is not known. It may be repeated. DecidePayment records
	// what its user found.
	SettlePayment(ctx context.Context, reference string) (model.PaymentSettlement, error)
	DecidePayment(ctx context.Context, reference string, recorded bool) (model.Invoice, error)

	// Settle looks for what became of an invoice whose outcome is not known. It may be repeated, and changes nothing that
	// the evidence does not prove.
	Settle(ctx context.Context, reference string) (model.Settlement, error)
	// ExamineDeleted looks for whether SmartBill has a document still, and changes nothing; SettleDeleted records that it was
	// deleted on the web when that is proven, DecideDeleted by the word of its user who typed its number.
	ExamineDeleted(ctx context.Context, reference string) (model.Deletion, error)
	SettleDeleted(ctx context.Context, reference string) (model.Deletion, error)
	DecideDeleted(ctx context.Context, reference, number string) (model.Deletion, error)
	// ConfirmDocument records that what SmartBill has under the number is the invoice, by the word of its user who typed the number and
	// the client that its PDF shows.
	ConfirmDocument(ctx context.Context, reference, number, client string) (model.Invoice, error)
	// MadeElsewhere records that a document of a series was made by another installation: *model.UnknownReferenceError names it.
	MadeElsewhere(ctx context.Context, kind model.Kind, series, number string) error
	// OpenCandidate shows the PDF that SmartBill has under a number of the uncertain invoice's series.
	OpenCandidate(ctx context.Context, reference, number string) (path string, err error)
	// Adopt records that the uncertain invoice is the one with the number; Release that it was not made.
	Adopt(ctx context.Context, reference, number string) (model.Invoice, error)
	Release(ctx context.Context, reference string) (model.Invoice, error)
	// Resend issues an invoice that was not made again, under a new reference, and returns the new one.
	Resend(ctx context.Context, reference string) (model.Invoice, error)
	// EnterNumber records the number that a draft in SmartBill got; ReleaseDraft that it will not be issued.
	EnterNumber(ctx context.Context, reference, number string) (model.Invoice, error)
	ReleaseDraft(ctx context.Context, reference string) (model.Invoice, error)
	// Copy puts text on the clipboard, and tells in a notice whether it is there.
	Copy(text string) tea.Cmd
}

// Screen is the history of invoices.
type Screen struct {
	env           screen.Env
	records       Records
	width, height int

	// list is nil until it was read for the first time; loadErr is why the last reading failed.
	list    *list
	loading screen.Latest
	loadErr error
	// changed holds invoices that are newer than the list, by ID, until it is read again.
	changed map[int64]model.Invoice
	// selectAfterLoad is the invoice that the cursor goes to once the list has it, by ID; 0 for none.
	selectAfterLoad int64

	table     widget.Table
	matches   matches
	filter    *widget.Field
	searching screen.Latest

	detail  detail
	running []*runningRequest
	spinner widget.Spinner
	// evidence belongs to the overlay that settles an outcome, nil while none is open.
	evidence *evidence
}

var _ screen.Busy = (*Screen)(nil)

// New returns the screen over the records.
func New(env screen.Env, records Records) *Screen {
	return &Screen{
		env: env, records: records,
		changed: map[int64]model.Invoice{}, filter: widget.NewField(env.Theme),
	}
}

// Title is the name on the tab.
func (s *Screen) Title() string { return "History" }

// Init reads the invoices.
func (s *Screen) Init() tea.Cmd { return s.load() }

// Capturing reports whether the filter is being typed.
func (s *Screen) Capturing() bool { return s.filter.Focused() }

// SetSize gives the screen its room.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = max(0, width), max(0, height)
	s.layout()
}

// Close cancels everything that is under way.
func (s *Screen) Close() {
	screen.CancelAll(&s.loading, &s.searching, &s.detail.reading)
	for _, each := range s.running {
		each.latest.Cancel()
	}
	s.running = nil
	s.spinner.Stop()
}

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.onKey(msg)
	case screen.Answer:
		return msg.Take()

	case screen.LedgerChanged:
		return s.onLedgerChanged(msg)
	}
	return s.spinner.Update(msg)
}

func (s *Screen) onKey(msg tea.KeyMsg) tea.Cmd {
	if s.list != nil && len(s.list.invoices) > 0 {
		if s.Capturing() {
			return s.onFilterKey(msg)
		}
		if s.table.Update(msg) {
			return s.loadDetail()
		}
	}
	var selected tea.Cmd
	if msg.String() == settleKey {
		selected = s.selectUncertain()
	}
	cmd, _ := s.actions().Press(msg.String())
	return tea.Batch(selected, cmd)
}

func (s *Screen) current() (model.Invoice, bool) {
	row := s.table.Cursor()
	if row < 0 {
		return model.Invoice{}, false
	}
	return s.invoiceAt(row), true
}

func (s *Screen) invoiceAt(row int) model.Invoice {
	invoice := s.list.invoices[s.matches.at(row)]
	if newer, ok := s.changed[invoice.ID]; ok {
		return newer
	}
	return invoice
}

// startSpinner sets the spinner turning if it does not yet.
func (s *Screen) startSpinner() tea.Cmd {
	if s.spinner.Running() {
		return nil
	}
	return s.spinner.Start()
}

// stopSpinner stops the spinner when nothing is under way any more.
func (s *Screen) stopSpinner() {
	if !s.loading.Pending() && len(s.running) == 0 {
		s.spinner.Stop()
	}
}
