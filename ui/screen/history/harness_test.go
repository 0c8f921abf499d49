package history_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/history"
	"cadensa/ui/theme"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

var zone = time.FixedZone("EET", 2*60*60)

func testEnv(ctx context.Context) screen.Env {
	return screen.Env{
		Context: ctx, Location: zone, Theme: theme.New(theme.Dark, ""), Overlays: &screen.Overlays{},
		Now: func() time.Time { return time.Date(2026, time.November, 22, 12, 0, 0, 0, zone) },
	}
}

// memory is the records of a test: invoices in memory, with failures and gates where a test wants them.
type memory struct {
	mu       sync.Mutex
	invoices []model.Invoice
	// The errors are what the next calls answer; a gate holds a call until it is closed or the call's context ends.
	loadErr, detailErr, pdfErr, cancelErr error
	loadGate, pdfGate, cancelGate         chan struct{}
	loads                                 int
	cancelled, saved, opened, copied      []string
	// settle is what settling finds; actErr is what the other acts answer, and actGate holds them and the settling.
	settle   func(model.Invoice) (model.Settlement, error)
	actErr   error
	actGate  chan struct{}
	deletion model.Deletion
	// balance is what SmartBill says of the payment, receipts its series of them; payErr is what recording one answers.
	balance           model.Balance
	receipts          []string
	payErr            error
	paymentSettlement model.PaymentSettlement
	// payments are those of an invoice with an open one.
	payments []model.PaymentRecord
	// rate is the exchange rate of a conversion; convertErr is what converting answers, in the place of actErr.
	rate       model.ExchangeRate
	convertErr error
	// acted are the acts that were asked for, with their reference: "adopt CAD-000024 0024".
	acted []string
	// ended are the calls whose context ended before their gate was closed.
	ended []string
}

func (m *memory) wait(ctx context.Context, call string, gate chan struct{}) error {
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

func (m *memory) Invoices(ctx context.Context) ([]model.Invoice, error) {
	if err := m.wait(ctx, "load", m.loadGate); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	return slices.Clone(m.invoices), m.loadErr
}

func (m *memory) at(reference string) (int, error) {
	at := slices.IndexFunc(m.invoices, func(invoice model.Invoice) bool { return invoice.Intent == reference })
	if at < 0 {
		return 0, fmt.Errorf("%s: %w", reference, model.ErrInvoiceUnknown)
	}
	return at, nil
}

func (m *memory) Detail(_ context.Context, reference string) (model.InvoiceDetail, error) {
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

func (m *memory) SavePDF(ctx context.Context, reference string) (string, error) {
	if err := m.wait(ctx, "save "+reference, m.pdfGate); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.saved = append(m.saved, reference)
	return "/home/ana/Downloads/FCT-0023.pdf", m.pdfErr
}

func (m *memory) OpenPDF(_ context.Context, reference string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.opened = append(m.opened, reference)
	return "/home/ana/Downloads/FCT-0023.pdf", m.pdfErr
}

func (m *memory) WriteTimesheet(ctx context.Context, reference string) ([]string, error) {
	if err := m.wait(ctx, "timesheet "+reference, m.pdfGate); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.acted = append(m.acted, "timesheet "+reference)
	if m.actErr != nil {
		return nil, m.actErr
	}
	const stem = "/home/ana/Downloads/FCT-0023-timesheet"
	return []string{stem + ".pdf", stem + ".csv", stem + ".md"}, nil
}

func (m *memory) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
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

// act does to an invoice what an act does once it succeeds; a failure may come beside the change.
func (m *memory) act(ctx context.Context, what, reference string, change func(*model.Invoice), beside ...error) (model.Invoice, error) {
	m.mu.Lock()
	m.acted = append(m.acted, what)
	m.mu.Unlock()
	if err := m.wait(ctx, what, m.actGate); err != nil {
		return model.Invoice{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	at, err := m.at(reference)
	if err != nil {
		return model.Invoice{}, err
	}
	if m.actErr == nil {
		change(&m.invoices[at])
	}
	return m.invoices[at], errors.Join(append(beside, m.actErr)...)
}

func (m *memory) Settle(ctx context.Context, reference string) (model.Settlement, error) {
	var settlement model.Settlement
	if err := m.wait(ctx, "settle "+reference, m.actGate); err != nil {
		return settlement, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.acted = append(m.acted, "settle "+reference)
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

func (m *memory) Adopt(ctx context.Context, reference, number string) (model.Invoice, error) {
	return m.act(ctx, "adopt "+reference+" "+number, reference, func(i *model.Invoice) { i.Status, i.Number = model.StatusIssued, number })
}

func (m *memory) EnterNumber(ctx context.Context, reference, number string) (model.Invoice, error) {
	return m.act(ctx, "number "+reference+" "+number, reference, func(i *model.Invoice) { i.Status, i.Number = model.StatusIssued, number })
}

func (m *memory) Release(ctx context.Context, reference string) (model.Invoice, error) {
	return m.act(ctx, "release "+reference, reference, func(i *model.Invoice) { i.Status = model.StatusNotIssued })
}

func (m *memory) ReleaseDraft(ctx context.Context, reference string) (model.Invoice, error) {
	return m.act(ctx, "release draft "+reference, reference, func(i *model.Invoice) { i.Status = model.StatusNotIssued })
}

func (m *memory) Restore(ctx context.Context, reference string) (model.Invoice, error) {
	return m.act(ctx, "restore "+reference, reference, func(i *model.Invoice) { i.Status = model.StatusIssued })
}

func (m *memory) Resend(ctx context.Context, reference string) (model.Invoice, error) {
	if _, err := m.act(ctx, "resend "+reference, reference, func(*model.Invoice) {}); err != nil {
		return model.Invoice{}, err
	}
	return m.add(reference, func(i *model.Invoice) { i.Status = model.StatusIssued }), nil
}

func (m *memory) Storno(ctx context.Context, reference string, on model.Date) (model.Invoice, error) {
	_, err := m.act(ctx, "storno "+reference+" "+on.String(), reference, func(i *model.Invoice) { i.Status = model.StatusReversed })
	if err != nil {
		return model.Invoice{}, err
	}
	return m.add(reference, func(i *model.Invoice) {
		i.Kind, i.Status, i.Total, i.IssueDate = model.KindStorno, model.StatusIssued, i.Total.Neg(), on
	}), nil
}

// add puts a new invoice, made from another, at the head.
func (m *memory) add(reference string, change func(*model.Invoice)) model.Invoice {
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

func (m *memory) Copy(text string) tea.Cmd {
	return func() tea.Msg {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.copied = append(m.copied, text)
		return nil
	}
}

func day(text string) model.Date {
	date, err := model.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return date
}

func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func invoice(id int64, number, client, country, issued, total, currency string, status model.Status) model.Invoice {
	date := day(issued)
	return model.Invoice{
		ID: id, Intent: fmt.Sprintf("CAD-%06d", id), Kind: model.KindInvoice, Series: "FCT", Number: number,
		Status: status, Payment: model.PaymentUnpaid, ClientName: client, ClientCountry: country,
		Net: amount(total), VAT: decimal.Zero, Total: amount(total), Currency: currency,
		IssueDate: date, DueDate: date.AddDays(30), Supply: model.MonthPeriod(date.Year, date.Month),
		Counter: id, Changed: time.Date(2026, time.October, 31, 12, 2, 0, 0, time.UTC),
	}
}

// everyStanding is one invoice of each standing, with the texts that break careless rows.
func everyStanding() []model.Invoice {
	paid := invoice(22, "0022", "Nordlicht GmbH", "DE", "2026-10-31", "4800.00", "EUR", model.StatusIssued)
	paid.Payment = model.PaymentPaid
	sent := invoice(23, "0023", "Atelier Cireș SRL", "RO", "2026-10-31", "2041.88", "RON", model.StatusIssued)
	sent.Net, sent.VAT = amount("1687.50"), amount("354.38")
	partly := invoice(20, "0020", "Consorțiul pentru Digitalizarea Administrației Publice Locale SA", "RO", "2026-10-30", "120500.40", "RON", model.StatusIssued)
	partly.Payment = model.PaymentPartly
	months := invoice(12, "0012", "株式会社さくら印刷", "JP", "2026-08-31", "98000.00", "JPY", model.StatusReversed)
	months.Supply = model.Period{From: day("2025-12-02"), To: day("2026-01-30")}
	unknown := invoice(24, "", "Brisk Kft", "HU", "2026-11-02", "900.00", "EUR", model.StatusUnknown)
	unknown.Message = "No answer from SmartBill after 120 s."
	return []model.Invoice{
		invoice(25, "", "Brisk Kft", "HU", "2026-11-20", "900.00", "EUR", model.StatusSending),
		unknown,
		sent,
		paid,
		invoice(21, "0021", "Atelier Cireș SRL", "RO", "2026-09-30", "1210.00", "RON", model.StatusIssued),
		partly,
		invoice(19, "0019", "Café 👩‍💻 & Fils", "FR", "2026-09-30", "310.00", "EUR", model.StatusCancelling),
		invoice(18, "0018", "Café n̈ée", "FR", "2026-09-29", "310.00", "EUR", model.StatusRestoring),
		invoice(17, "", "مطبعة الأرز", "LB", "2026-09-28", "77.00", "USD", model.StatusDraftSent),
		invoice(16, "0016", "Brisk Kft", "HU", "2026-08-31", "900.00", "EUR", model.StatusCancelled),
		invoice(15, "", "Nordlicht GmbH", "DE", "2026-08-31", "4800.00", "EUR", model.StatusRefused),
		invoice(14, "", "Nordlicht GmbH", "DE", "2026-08-31", "4800.00", "EUR", model.StatusNotIssued),
		invoice(13, "", "Nordlicht GmbH", "DE", "2026-08-31", "4800.00", "EUR", model.StatusDraft),
		months,
	}
}

// certain is a short history without a doubt in it.
func certain() []model.Invoice {
	all := everyStanding()
	return []model.Invoice{all[2], all[3], all[4], all[9]}
}

// detailOf makes up the papers of an invoice.
func detailOf(of model.Invoice) model.InvoiceDetail {
	draft := model.Draft{
		Kind: of.Kind, CIF: "RO14399840", Series: of.Series, Currency: of.Currency, IssueDate: of.IssueDate, DueDate: of.DueDate,
		Client: model.Client{
			Name: of.ClientName, Country: of.ClientCountry, Street: "12 Long Street", PostalCode: "1051", City: "Old Town",
		},
		Lines: []model.Line{{
			Name: "Consulting", Quantity: amount("1"), Unit: model.UnitItem, Price: of.Net, Currency: of.Currency,
			VAT: model.VATRate{Name: "Taxare inversa"}, Entries: []string{"b1"}, Supply: of.Supply, Tracked: 3600,
		}},
		Intent: of.Intent, PrintIntent: true,
	}
	if of.ClientCountry == model.Romania && !of.VAT.IsZero() {
		draft.Note = "Mulțumim"
		draft.Client = model.Client{
			Name: of.ClientName, Contact: "Ioana Cireș", Email: "facturi@atelier-cires.example", Country: model.Romania,
			Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290",
		}
		draft.Lines = []model.Line{
			hours(of, "Atlas · api", "OAuth refresh tokens; rate limiter and its tests", "5.75", 20400, "a1", "a2"),
			hours(of, "Atlas · review", "", "1", 2880, "a3"),
		}
	}
	return model.InvoiceDetail{
		Invoice: of, Draft: draft, Entries: draft.Entries(), DocumentURL: "https://cloud.smartbill.example/document/23",
	}
}

func hours(of model.Invoice, name, details, quantity string, tracked int64, entries ...string) model.Line {
	return model.Line{
		Name: name, Details: details, Quantity: amount(quantity), Unit: model.UnitHour, Price: amount("250"),
		Currency: of.Currency, VAT: model.VATRate{Name: "Normala", Percent: amount("21")}, Entries: entries, Supply: of.Supply, Tracked: tracked,
	}
}

// start shows the history of the records in the shell.
func start(t *testing.T, records *memory, width, height int) *uitest.Driver {
	t.Helper()
	driver, _ := startScreen(t, records, width, height)
	return driver
}

// startIn shows it where the clock goes.
func startIn(t *testing.T, env screen.Env, records *memory, width, height int) *uitest.Driver {
	t.Helper()
	tab := history.New(env, records)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 0, nil, tab), width, height)
}

// startBeside shows it beside another screen, on the second tab.
func startBeside(t *testing.T, records *memory, beside screen.Screen) *uitest.Driver {
	t.Helper()
	env := testEnv(t.Context())
	tab := history.New(env, records)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 1, nil, beside, tab), 80, 24)
}

func startScreen(t *testing.T, records *memory, width, height int) (*uitest.Driver, *history.Screen) {
	t.Helper()
	env := testEnv(t.Context())
	tab := history.New(env, records)
	t.Cleanup(tab.Close)
	return uitest.Start(t, ui.New(env, "", 0, nil, tab), width, height), tab
}

// elapse lets virtual time pass after a frame was read. The message between them orders the reading before what the
// program's timers then change, which time alone does not.
func elapse(driver *uitest.Driver, duration time.Duration) *uitest.Driver {
	return driver.Send(struct{}{}).Elapse(duration)
}
