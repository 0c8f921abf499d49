package history_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
)

// fakeRecords is the records of a test: invoices in memory, with failures and gates where a test wants them.
type fakeRecords struct {
	mu       sync.Mutex
	invoices []model.Invoice
	// The errors are what the next calls answer; a gate holds a call until it is closed or the call's context ends.
	loadErr, detailErr, pdfErr, cancelErr error
	loadGate, pdfGate, cancelGate         chan struct{}
	loads                                 int
	cancelled, saved, opened, copied      []string
	// settle is what settling finds; callErr is the answer of the other calls, and callGate holds all of them.
	settle   func(model.Invoice) (model.Settlement, error)
	callErr  error
	callGate chan struct{}
	deletion model.Deletion
	// balance is what SmartBill says of the payment, receipts its series of them; payErr is what recording one answers.
	balance           model.Balance
	receipts          []string
	payErr            error
	paymentSettlement model.PaymentSettlement
	// payments are those of an invoice with an open one.
	payments []model.PaymentRecord
	// rate is the exchange rate of a conversion; convertErr is what converting answers, in the place of callErr.
	rate       model.ExchangeRate
	convertErr error
	// calls are those that were made, with their reference: "adopt CAD-000024 0024".
	calls []string
	// ended are the calls whose context ended before their gate was closed.
	ended []string
}

func (m *fakeRecords) wait(ctx context.Context, call string, gate chan struct{}) error {
	if gate == nil {
		return nil
	}
	select {
	case <-gate:
		return nil
	case <-ctx.Done():
		m.mu.Lock()
		defer m.mu.Unlock()
		m.ended = append(m.ended, call)
		return fmt.Errorf("%s: %w", call, ctx.Err())
	}
}

func (m *fakeRecords) Invoices(ctx context.Context) ([]model.Invoice, error) {
	if err := m.wait(ctx, "load", m.loadGate); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	return slices.Clone(m.invoices), m.loadErr
}

func (m *fakeRecords) at(reference string) (int, error) {
	at := slices.IndexFunc(m.invoices, func(invoice model.Invoice) bool { return invoice.Intent == reference })
	if at < 0 {
		return 0, fmt.Errorf("%s: %w", reference, model.ErrInvoiceUnknown)
	}
	return at, nil
}

func (m *fakeRecords) Detail(_ context.Context, reference string) (model.InvoiceDetail, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.at(reference)
	if err != nil {
		return model.InvoiceDetail{}, err
	}
	detail := detailOf(m.invoices[at])
	if detail.OpenPayment != 0 {
		detail.Payments = m.payments
	}
	return detail, m.detailErr
}

func (m *fakeRecords) SavePDF(ctx context.Context, reference string) (string, error) {
	if err := m.wait(ctx, "save "+reference, m.pdfGate); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.saved = append(m.saved, reference)
	return "/home/ana/Downloads/FCT-0023.pdf", m.pdfErr
}

func (m *fakeRecords) OpenPDF(_ context.Context, reference string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opened = append(m.opened, reference)
	return "/home/ana/Downloads/FCT-0023.pdf", m.pdfErr
}

func (m *fakeRecords) WriteTimesheet(ctx context.Context, reference string) ([]string, error) {
	if err := m.wait(ctx, "timesheet "+reference, m.pdfGate); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, "timesheet "+reference)
	if m.callErr != nil {
		return nil, m.callErr
	}
	const stem = "/home/ana/Downloads/FCT-0023-timesheet"
	return []string{stem + ".pdf", stem + ".csv", stem + ".md"}, nil
}

func (m *fakeRecords) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
	m.mu.Lock()
	m.cancelled = append(m.cancelled, reference)
	m.mu.Unlock()
	if err := m.wait(ctx, "cancel "+reference, m.cancelGate); err != nil {
		return model.Invoice{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.at(reference)
	if err != nil {
		return model.Invoice{}, err
	}
	switch {
	case errors.Is(m.cancelErr, model.ErrOutcomeUnknown):
		m.invoices[at].Status = model.StatusCancelling
	case m.cancelErr == nil:
		m.invoices[at].Status = model.StatusCancelled
	}
	return m.invoices[at], m.cancelErr
}

// call changes an invoice as a successful call does. Failures may come beside the change.
func (m *fakeRecords) call(
	ctx context.Context, what, reference string, change func(*model.Invoice), beside ...error,
) (model.Invoice, error) {
	m.mu.Lock()
	m.calls = append(m.calls, what)
	m.mu.Unlock()
	if err := m.wait(ctx, what, m.callGate); err != nil {
		return model.Invoice{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.at(reference)
	if err != nil {
		return model.Invoice{}, err
	}
	if m.callErr == nil {
		change(&m.invoices[at])
	}
	return m.invoices[at], errors.Join(append(beside, m.callErr)...)
}

func (m *fakeRecords) Settle(ctx context.Context, reference string) (model.Settlement, error) {
	var settlement model.Settlement
	if err := m.wait(ctx, "settle "+reference, m.callGate); err != nil {
		return settlement, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, "settle "+reference)
	at, err := m.at(reference)
	if err != nil {
		return settlement, err
	}
	settlement, err = m.settle(m.invoices[at])
	if err == nil {
		m.invoices[at] = settlement.Invoice
	}
	return settlement, err
}

func (m *fakeRecords) Adopt(ctx context.Context, reference, number string) (model.Invoice, error) {
	return m.call(ctx, "adopt "+reference+" "+number, reference, func(i *model.Invoice) { i.Status, i.Number = model.StatusIssued, number })
}

func (m *fakeRecords) EnterNumber(ctx context.Context, reference, number string) (model.Invoice, error) {
	return m.call(ctx, "number "+reference+" "+number, reference, func(i *model.Invoice) { i.Status, i.Number = model.StatusIssued, number })
}

func (m *fakeRecords) Release(ctx context.Context, reference string) (model.Invoice, error) {
	return m.call(ctx, "release "+reference, reference, func(i *model.Invoice) { i.Status = model.StatusNotIssued })
}

func (m *fakeRecords) ReleaseDraft(ctx context.Context, reference string) (model.Invoice, error) {
	return m.call(ctx, "release draft "+reference, reference, func(i *model.Invoice) { i.Status = model.StatusNotIssued })
}

func (m *fakeRecords) Restore(ctx context.Context, reference string) (model.Invoice, error) {
	return m.call(ctx, "restore "+reference, reference, func(i *model.Invoice) { i.Status = model.StatusIssued })
}

func (m *fakeRecords) Resend(ctx context.Context, reference string) (model.Invoice, error) {
	if _, err := m.call(ctx, "resend "+reference, reference, func(*model.Invoice) {}); err != nil {
		return model.Invoice{}, err
	}
	return m.add(reference, func(i *model.Invoice) { i.Status = model.StatusIssued }), nil
}

func (m *fakeRecords) Storno(ctx context.Context, reference string, on model.Date) (model.Invoice, error) {
	_, err := m.call(ctx, "storno "+reference+" "+on.String(), reference, func(i *model.Invoice) { i.Status = model.StatusReversed })
	if err != nil {
		return model.Invoice{}, err
	}
	return m.add(reference, func(i *model.Invoice) {
		i.Kind, i.Status, i.Total, i.IssueDate = model.KindStorno, model.StatusIssued, i.Total.Neg(), on
	}), nil
}

// add puts a new invoice, made from another, at the head.
func (m *fakeRecords) add(reference string, change func(*model.Invoice)) model.Invoice {
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.at(reference)
	if err != nil {
		panic(err)
	}
	added := m.invoices[at]
	added.ID, added.Intent, added.Number = 40, "CAD-000040", "0040"
	change(&added)
	m.invoices = append([]model.Invoice{added}, m.invoices...)
	return added
}

func (m *fakeRecords) Copy(text string) tea.Cmd {
	return func() tea.Msg {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.copied = append(m.copied, text)
		return nil
	}
}

func (m *fakeRecords) ExamineDeleted(ctx context.Context, reference string) (model.Deletion, error) {
	return m.deletionOf(ctx, "examine "+reference, reference)
}

func (m *fakeRecords) SettleDeleted(ctx context.Context, reference string) (model.Deletion, error) {
	return m.deletionOf(ctx, "settle deleted "+reference, reference)
}

func (m *fakeRecords) DecideDeleted(ctx context.Context, reference, number string) (model.Deletion, error) {
	return m.deletionOf(ctx, "decide deleted "+reference+" "+number, reference)
}

// deletionOf answers what the test wants found, and as the ledger does what is asked to be recorded.
func (m *fakeRecords) deletionOf(ctx context.Context, call, reference string) (model.Deletion, error) {
	found := m.deletion
	invoice, err := m.call(ctx, call, reference, func(i *model.Invoice) {
		if call != "examine "+reference {
			i.Status, found.Conclusion = model.StatusDeleted, model.DeletionRecorded
		}
	})
	found.Invoice = invoice
	return found, err
}

func (m *fakeRecords) ConfirmDocument(ctx context.Context, reference, number, client string) (model.Invoice, error) {
	return m.call(ctx, "vouch "+reference+" "+number+" "+client, reference, func(*model.Invoice) {})
}

func (m *fakeRecords) OpenCandidate(_ context.Context, reference, number string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opened = append(m.opened, reference+" "+number)
	return "/home/ana/Downloads/FCT-" + number + ".pdf", m.pdfErr
}

func (m *fakeRecords) MadeElsewhere(_ context.Context, kind model.Kind, series, number string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.calls = append(m.calls, "elsewhere "+string(kind)+" "+series+"-"+number)
	return nil
}

func (m *fakeRecords) Conversion(ctx context.Context, reference string) (model.Conversion, error) {
	if err := m.wait(ctx, "conversion "+reference, m.callGate); err != nil {
		return model.Conversion{}, err
	}
	return model.Conversion{Series: "FCT", Exchange: m.rate}, m.callErr
}

func (m *fakeRecords) Convert(ctx context.Context, reference string, conversion model.Conversion) (model.Invoice, error) {
	what := fmt.Sprintf("convert %s %s %s", reference, conversion.Series, conversion.Exchange.Lei)
	_, err := m.call(ctx, what, reference, func(*model.Invoice) {}, m.convertErr)
	if errors.Is(m.convertErr, model.ErrOutcomeUnknown) {
		return m.made(reference, "", model.StatusUnknown), err
	}
	if err != nil {
		return model.Invoice{}, err
	}
	return m.made(reference, "0040", model.StatusIssued), nil
}

func (m *fakeRecords) AdoptConversion(ctx context.Context, reference, number string) (model.Invoice, error) {
	if _, err := m.call(ctx, "adopt "+reference+" "+number, reference, func(*model.Invoice) {}); err != nil {
		return model.Invoice{}, err
	}
	return m.made(reference, "0040", model.StatusIssued), nil
}

// made is the invoice that a proforma became.
func (m *fakeRecords) made(reference, number string, status model.Status) model.Invoice {
	added := m.add(reference, func(i *model.Invoice) {
		i.Kind, i.Series, i.Number, i.Status, i.Proforma = model.KindInvoice, "FCT", number, status, "PRF-0030"
		i.IssueDate, i.DueDate = day("2026-11-22"), day("2026-12-22")
	})
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.at(reference)
	if err != nil {
		panic(err)
	}
	m.invoices[at].InvoicedAs = added.Reference()
	return added
}

func (m *fakeRecords) Balance(ctx context.Context, reference string) (model.Balance, error) {
	balance := m.balance
	var err error
	balance.Invoice, err = m.call(ctx, "balance "+reference, reference, func(i *model.Invoice) {
		i.Payment, i.PaymentAsked = model.PaymentOf(balance.Paid, balance.Unpaid), time.Date(2026, time.November, 22, 10, 0, 0, 0, time.UTC)
	})
	return balance, err
}

func (m *fakeRecords) ReceiptSeries(context.Context) ([]string, error) { return m.receipts, m.callErr }

func (m *fakeRecords) Pay(ctx context.Context, reference string, order model.PaymentOrder) (model.Invoice, error) {
	what := strings.TrimSpace(fmt.Sprintf("pay %s %s %s %s %s", reference, order.Amount, order.On, order.Kind, order.Series))
	return m.call(ctx, what, reference, func(i *model.Invoice) {
		paid := m.balance.Paid.Add(order.Amount)
		i.Payment = model.PaymentOf(paid, i.Total.Sub(paid))
		if m.payErr != nil {
			i.OpenPayment = 1
		}
	}, m.payErr)
}

func (m *fakeRecords) SettlePayment(ctx context.Context, reference string) (model.PaymentSettlement, error) {
	settlement := m.paymentSettlement
	var err error
	settlement.Invoice, err = m.call(ctx, "settle payment "+reference, reference, func(i *model.Invoice) {
		if !settlement.Payment.State.Open() {
			i.OpenPayment = 0
		}
		if settlement.Payment.State == model.PaymentRecorded {
			i.Payment = model.PaymentPartly
		}
	})
	return settlement, err
}

func (m *fakeRecords) DecidePayment(ctx context.Context, reference string, recorded bool) (model.Invoice, error) {
	return m.call(ctx, fmt.Sprintf("decide payment %s %v", reference, recorded), reference, func(i *model.Invoice) { i.OpenPayment = 0 })
}

func (m *fakeRecords) asked() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.calls)
}

// changes are the calls but for the settling.
func (m *fakeRecords) changes() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.calls), func(call string) bool { return strings.HasPrefix(call, "settle") })
}
