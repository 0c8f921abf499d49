package billing

import (
	"context"
	"crypto/rand"
	"io"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// Provider is what billing needs of SmartBill. Its errors unwrap to the sentinels of package model: after a call that
// writes, model.ErrNotSent proves that nothing left, model.ErrRefused that nothing was made, and anything else leaves
// the outcome unknown. The end of the context calls off a call that writes only while nothing has left; then it is followed
// to its end.
type Provider interface {
	// CIF is the company that the calls are made for.
	CIF() string
	// Simulated reports whether the last answer came from a simulator, where nothing is a fiscal document.
	Simulated() bool
	// Request writes the exact body that Issue sends for the invoice.
	Request(prepared model.PreparedInvoice) ([]byte, error)
	// Issue makes the document, in one attempt.
	Issue(ctx context.Context, kind model.Kind, body []byte) (model.Issued, error)
	// Series reads the account's series of a kind, all kinds for "".
	Series(ctx context.Context, kind model.SeriesKind) ([]model.Series, error)
	// Rates reads the account's taxes.
	Rates(ctx context.Context) (model.VATRates, error)
	// PDF reads an invoice as it is printed.
	PDF(ctx context.Context, series, number string) ([]byte, error)
	// EstimatePDF reads a proforma as it is printed.
	EstimatePDF(ctx context.Context, series, number string) ([]byte, error)
	// PaymentStatus reads what an invoice amounts to, and how much of it is paid and unpaid, in its currency.
	PaymentStatus(ctx context.Context, series, number string) (total, paid, unpaid decimal.Decimal, err error)
	// Cancel cancels an invoice, Restore undoes that; to repeat either is safe.
	Cancel(ctx context.Context, series, number string) error
	Restore(ctx context.Context, series, number string) error
	// CancelEstimate and RestoreEstimate do so with a proforma.
	CancelEstimate(ctx context.Context, series, number string) error
	RestoreEstimate(ctx context.Context, series, number string) error
	// ConversionRequest writes the exact body with which Issue makes the invoice from a proforma.
	ConversionRequest(prepared model.PreparedInvoice, estimateSeries, estimateNumber string) ([]byte, error)
	// EstimateInvoices reads which invoices were made from a proforma, by series and number.
	EstimateInvoices(ctx context.Context, series, number string) ([]model.Issued, error)
	// Reverse makes the storno of an invoice, in one attempt, dated on.
	Reverse(ctx context.Context, series, number string, on model.Date) (model.Issued, error)
	// RecordPayment records money that came for an invoice, in its currency, in one attempt.
	RecordPayment(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string, on model.Date) error
	// RecordReceipt records cash and issues its receipt in a series of receipts, in one attempt.
	RecordReceipt(ctx context.Context, receiptSeries, series, number string, value decimal.Decimal, currency string,
		on model.Date) (model.Issued, error)
	// SendDocument has SmartBill e-mail a document, in one attempt.
	SendDocument(ctx context.Context, kind model.Kind, series, number string, email model.Email) error
}

// Service performs the acts of billing. Its methods may be called from several goroutines and processes.
type Service struct {
	records *ledger.Ledger
	// open opens the account for one act; nil where provider is open.
	open           Opener
	provider       Provider
	random         io.Reader
	sendTimeout    time.Duration
	settleAfter    time.Duration
	templatePrints bool
	sharedSeries   bool
	// settings is the file that the company is written in, for errors.
	settings string
	today    func() model.Date
	reading  func(ctx context.Context) *model.SourceReading
	numbered func(ctx context.Context, invoice model.Invoice)
}

// Opener opens the account when an act needs it, and tells what the settings say at that time.
type Opener func(ctx context.Context) (Provider, []Option, error)

// Option changes how a service works.
type Option func(*Service)

// WithSettleAfter replaces the two minutes after which an invoice that SmartBill does not have counts as not made.
func WithSettleAfter(wait time.Duration) Option { return func(s *Service) { s.settleAfter = wait } }

// WithTemplatePrints states that the account's PDFs print the mentions, and so the reference, before that was seen.
func WithTemplatePrints(prints bool) Option { return func(s *Service) { s.templatePrints = prints } }

// WithSettingsFile names the file that the company is written in, for errors.
func WithSettingsFile(path string) Option { return func(s *Service) { s.settings = path } }

// WithSharedSeries states that another installation bills on the same series: references that this ledger never gave keep no
// invoice back. An old ledger is not noticed any more then.
func WithSharedSeries(shared bool) Option { return func(s *Service) { s.sharedSeries = shared } }

// WithReading tells what the sources of hours held when they were read last, for an invoice that is sent again.
func WithReading(reading func(ctx context.Context) *model.SourceReading) Option {
	return func(s *Service) { s.reading = reading }
}

// WithToday tells the day where the issuer is, which dates an invoice that is sent again.
func WithToday(today func() model.Date) Option { return func(s *Service) { s.today = today } }

// WithNumbered has every document told that was given its number, once that is recorded.
func WithNumbered(numbered func(ctx context.Context, invoice model.Invoice)) Option {
	return func(s *Service) { s.numbered = numbered }
}

// settleAfter is how long after sending SmartBill may make an invoice still.
const settleAfter = 2 * time.Minute

// sendTimeout leaves SmartBill the 120 seconds that its own plugins wait, and the call its place in the limit before.
const sendTimeout = 135 * time.Second

// New makes a service over the ledger and SmartBill.
func New(records *ledger.Ledger, provider Provider, options ...Option) *Service {
	service := &Service{
		records: records, provider: provider, random: rand.Reader, sendTimeout: sendTimeout, settleAfter: settleAfter,
		today: func() model.Date { return model.DateOf(records.Now()) },
	}
	for _, option := range options {
		option(service)
	}
	return service
}

// Opening makes a service that opens the account at every act, since account and settings may change between two.
func Opening(records *ledger.Ledger, open Opener, options ...Option) *Service {
	service := New(records, nil, options...)
	service.open = open
	return service
}

// opened is the service for one act: the account is open, and stays the same to the end of the act.
func (s *Service) opened(ctx context.Context) (*Service, error) {
	if s.open == nil {
		return s, nil
	}
	provider, settings, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	act := *s
	act.open, act.provider = nil, provider
	for _, option := range settings {
		option(&act)
	}
	return &act, nil
}

func (s *Service) recordNumber(ctx context.Context, id int64, made model.Issued) (model.Invoice, error) {
	invoice, err := s.records.Numbered(ctx, id, made)
	if err == nil && s.numbered != nil {
		s.numbered(ctx, invoice)
	}
	return invoice, err
}

// sending bounds a call. Its caller may call it off while it waits for its place in the limit; the provider follows it to its end
// once it may have left.
func (s *Service) sending(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, s.sendTimeout)
}

// find begins every act on a document, before any call: it opens the account and reads the document by its reference or that of its
// intent. *model.CompanyError when another company issued it.
func (s *Service) find(ctx context.Context, reference string) (*Service, model.InvoiceDetail, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return nil, model.InvoiceDetail{}, err
	}
	detail, err := s.records.Find(ctx, ledger.Books{CIF: s.provider.CIF(), Simulated: s.provider.Simulated()}, reference)
	if err != nil {
		return s, detail, err
	}
	return s, detail, detail.CheckCompany(s.provider.CIF(), s.settings)
}

// checkSimulator refuses a document of a simulator when SmartBill itself answers, and the other way round: neither proves anything of
// the other's. An answer must have come before.
func (s *Service) checkSimulator(invoice model.Invoice) error {
	if invoice.Simulated == s.provider.Simulated() {
		return nil
	}
	return &model.SimulatorError{Reference: invoice.Reference(), Simulated: invoice.Simulated}
}

// numbers is the numbering that the document takes part in, where the provider answers.
func (s *Service) numbers(prepared model.PreparedInvoice) ledger.Numbers {
	return ledger.NumbersOf(prepared, s.provider.Simulated())
}
