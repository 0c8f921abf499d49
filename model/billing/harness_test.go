package billing_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/ledger"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// office is one user's program: a ledger and a service over the real adapter, which speaks to a simulated SmartBill.
type office struct {
	path     string
	records  *ledger.Ledger
	provider *smartbill.Client
	service  *billing.Service
	// second speaks for another company of the account, in the tests that have one.
	second *smartbill.Client
}

// noon is when the clocks of the tests start.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// running is a clock that starts at noon and goes on with the test, with the bubble's inside testing/synctest.
func running() func() time.Time {
	began := time.Now()
	return func() time.Time { return noon.Add(time.Since(began)) }
}

// newRemote simulates a SmartBill. Its clock is that of the whole test: the offices that use it share it.
func newRemote(config sandbox.Config) *sandbox.Server {
	if config.Now == nil {
		config.Now = running()
	}
	return sandbox.New(config)
}

// newOffice opens an office of its own over the simulated SmartBill.
func newOffice(tb testing.TB, remote *sandbox.Server) *office {
	tb.Helper()
	return openOffice(tb, remote, filepath.Join(tb.TempDir(), "ledger.db"))
}

// openOffice opens an office over the ledger at path.
func openOffice(tb testing.TB, remote *sandbox.Server, path string) *office {
	tb.Helper()
	records := openLedger(tb, path, remote.Now)
	provider := connect(tb, remote, records)
	return &office{path: path, records: records, provider: provider, service: billing.New(records, provider)}
}

// openOfficeAt opens a new office whose ledger has a clock of its own.
func openOfficeAt(tb testing.TB, remote *sandbox.Server, clock func() time.Time) *office {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "ledger.db")
	records := openLedger(tb, path, clock)
	provider := connect(tb, remote, smartbill.NewMemoryGate())
	return &office{path: path, records: records, provider: provider, service: billing.New(records, provider)}
}

// newLedger is a ledger that holds nothing, made once: most of a test's time would go into making its tables.
var newLedger = sync.OnceValues(func() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "ledger")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	path := filepath.Join(folder, "ledger.db")
	records, err := ledger.Open(context.Background(), path, running())
	if err != nil {
		return nil, err
	}
	if err := records.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// openLedger opens the ledger at path, a new one where there is none.
func openLedger(tb testing.TB, path string, clock func() time.Time) *ledger.Ledger {
	tb.Helper()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		file, err := newLedger()
		if err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, file, 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	records, err := ledger.Open(context.WithoutCancel(tb.Context()), path, clock)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = records.Close() })
	return records
}

func connect(tb testing.TB, remote *sandbox.Server, gate smartbill.Gate) *smartbill.Client {
	tb.Helper()
	return connectAs(tb, remote, gate, remote.Token(), remote.CIF())
}

func connectAs(tb testing.TB, remote *sandbox.Server, gate smartbill.Gate, token, cif string) *smartbill.Client {
	tb.Helper()
	return connectWith(tb, remote, token, cif, smartbill.WithTransport(sandbox.Transport(remote)), smartbill.WithGate(gate))
}

// connectOver connects over a transport of its own.
func connectOver(tb testing.TB, remote *sandbox.Server, gate smartbill.Gate, transport http.RoundTripper) *smartbill.Client {
	tb.Helper()
	return connectWith(tb, remote, remote.Token(), remote.CIF(), smartbill.WithTransport(transport), smartbill.WithGate(gate))
}

func connectWith(tb testing.TB, remote *sandbox.Server, token, cif string, options ...smartbill.Option) *smartbill.Client {
	tb.Helper()
	client, err := smartbill.New(model.Credentials{
		Email: remote.Email(), Token: model.Secret(token), CIF: cif, BaseURL: remote.BaseURL(),
	}, append([]smartbill.Option{smartbill.WithClock(remote.Now)}, options...)...)
	if err != nil {
		tb.Fatal(err)
	}
	return client
}

// roundTripper is a transport that is a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

// entry makes a tracked hour of the day.
func entry(hour int) *model.Entry {
	start := time.Date(2026, time.October, 1, hour, 0, 0, 0, time.UTC)
	return new(model.Entry{
		Source: "timewarrior", Start: model.InstantOf(start), End: model.InstantOf(start.Add(time.Hour)), Seconds: 3600, Project: "Atlas",
		Billable: true,
	}.Fingerprinted(0))
}

// invoiceOf bills the hours of the day at 100 RON on series FCT.
func invoiceOf(hours ...int) model.PreparedInvoice {
	line := model.Line{
		Name: "Atlas", Quantity: decimal.NewFromInt(int64(len(hours))), Unit: model.UnitHour, Price: decimal.NewFromInt(100),
		Currency: "RON", VAT: model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)},
		Supply: model.Period{From: model.NewDate(2026, time.October, 1), To: model.NewDate(2026, time.October, 1)},
	}
	made := model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: sandbox.DefaultCIF, Series: "FCT", Currency: "RON",
		IssueDate: model.NewDate(2026, time.November, 22), DueDate: model.NewDate(2026, time.December, 22),
		Treatment: model.Treatment{Setting: "Normala"}, PrintIntent: true,
		Client: model.Client{
			Name: "Fabrica de Pâine SRL", Country: "RO", Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca",
			County: "Cluj", VATNumber: "RO18990071",
		},
	}
	for _, hour := range hours {
		line.Entries = append(line.Entries, entry(hour).Fingerprint)
		made.Hours = append(made.Hours, entry(hour))
	}
	made.Lines = []model.Line{line}
	return made
}

// issue issues the invoice and expects that to succeed.
func (o *office) issue(tb testing.TB, prepared model.PreparedInvoice) model.Invoice {
	tb.Helper()
	invoice, err := o.service.Issue(tb.Context(), prepared)
	if err != nil {
		tb.Fatal(err)
	}
	return invoice
}

// status tells where an invoice stands in the ledger.
func (o *office) status(tb testing.TB, reference string) model.Status {
	tb.Helper()
	detail, err := o.records.Detail(tb.Context(), reference)
	if err != nil {
		tb.Fatal(err)
	}
	return detail.Status
}

// hour tells the state of an hour, "free" or "reserved by …" or "billed by …".
func (o *office) hour(tb testing.TB, hour int) string {
	tb.Helper()
	statuses, err := o.records.Statuses(tb.Context(), true)
	if err != nil {
		tb.Fatal(err)
	}
	status, ok := statuses[entry(hour).Fingerprint]
	if !ok {
		return string(model.EntryFree)
	}
	return fmt.Sprintf("%s by %s", status.State, status.Invoice)
}

// recorded counts the invoices in the ledger.
func (o *office) recorded(tb testing.TB) int {
	tb.Helper()
	invoices, err := o.records.Invoices(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return len(invoices)
}

// interposed is a provider that does something of its own in the place of a call, or around it.
type interposed struct {
	billing.Provider
	request func(model.PreparedInvoice) ([]byte, error)
	// conversion stands for ConversionRequest.
	conversion func(invoice model.PreparedInvoice, estimateSeries, estimateNumber string) ([]byte, error)
	issue      func(context.Context, model.Kind, []byte) (model.Issued, error)
	series     func(context.Context, model.SeriesKind) ([]model.Series, error)
	cancel     func(ctx context.Context, series, number string) error
	restore    func(ctx context.Context, series, number string) error
	pdf        func(ctx context.Context, series, number string) ([]byte, error)
	reverse    func(ctx context.Context, series, number string, on model.Date) (model.Issued, error)
	pay        func(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string, on model.Date) error
	payment    func(ctx context.Context, series, number string) (total, paid, unpaid decimal.Decimal, err error)
	send       func(ctx context.Context, kind model.Kind, series, number string, email model.Email) error
}

func (p *interposed) SendDocument(ctx context.Context, kind model.Kind, series, number string, email model.Email) error {
	if p.send != nil {
		return p.send(ctx, kind, series, number, email)
	}
	return p.Provider.SendDocument(ctx, kind, series, number, email)
}

func (p *interposed) Request(invoice model.PreparedInvoice) ([]byte, error) {
	if p.request != nil {
		return p.request(invoice)
	}
	return p.Provider.Request(invoice)
}

func (p *interposed) ConversionRequest(invoice model.PreparedInvoice, estimateSeries, estimateNumber string) ([]byte, error) {
	if p.conversion != nil {
		return p.conversion(invoice, estimateSeries, estimateNumber)
	}
	return p.Provider.ConversionRequest(invoice, estimateSeries, estimateNumber)
}

func (p *interposed) Issue(ctx context.Context, kind model.Kind, body []byte) (model.Issued, error) {
	if p.issue != nil {
		return p.issue(ctx, kind, body)
	}
	return p.Provider.Issue(ctx, kind, body)
}

func (p *interposed) Series(ctx context.Context, kind model.SeriesKind) ([]model.Series, error) {
	if p.series != nil {
		return p.series(ctx, kind)
	}
	return p.Provider.Series(ctx, kind)
}

func (p *interposed) Cancel(ctx context.Context, series, number string) error {
	if p.cancel != nil {
		return p.cancel(ctx, series, number)
	}
	return p.Provider.Cancel(ctx, series, number)
}

func (p *interposed) Restore(ctx context.Context, series, number string) error {
	if p.restore != nil {
		return p.restore(ctx, series, number)
	}
	return p.Provider.Restore(ctx, series, number)
}

func (p *interposed) PDF(ctx context.Context, series, number string) ([]byte, error) {
	if p.pdf != nil {
		return p.pdf(ctx, series, number)
	}
	return p.Provider.PDF(ctx, series, number)
}

func (p *interposed) Reverse(ctx context.Context, series, number string, on model.Date) (model.Issued, error) {
	if p.reverse != nil {
		return p.reverse(ctx, series, number, on)
	}
	return p.Provider.Reverse(ctx, series, number, on)
}

func (p *interposed) RecordPayment(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string,
	on model.Date) error {
	if p.pay != nil {
		return p.pay(ctx, kind, series, number, value, currency, on)
	}
	return p.Provider.RecordPayment(ctx, kind, series, number, value, currency, on)
}

func (p *interposed) PaymentStatus(ctx context.Context, series, number string) (total, paid, unpaid decimal.Decimal, err error) {
	if p.payment != nil {
		return p.payment(ctx, series, number)
	}
	return p.Provider.PaymentStatus(ctx, series, number)
}

// ready is a service that need not wait for SmartBill.
func ready(records *ledger.Ledger, provider billing.Provider) *billing.Service {
	return billing.New(records, provider, billing.WithTemplatePrints(true), billing.WithSettleAfter(0))
}

// finish does at the start what the program offers its user.
func finish(t *testing.T, here *office) {
	t.Helper()
	left, err := here.service.Recover(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, invoice := range left {
		switch {
		case invoice.OpenPayment != 0:
			_, err = here.service.SettlePayment(t.Context(), invoice.Intent)
		case invoice.Status == model.StatusCancelling:
			_, err = here.service.Cancel(t.Context(), invoice.Intent)
		case invoice.Status == model.StatusRestoring:
			_, err = here.service.Restore(t.Context(), invoice.Intent)
		default:
			_, err = here.service.Settle(t.Context(), invoice.Intent)
		}
		if err != nil {
			t.Errorf("%s, %s: %v", invoice.Reference(), invoice.Status, err)
		}
	}
	if left, err = here.service.Recover(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("what needs attention is still %v (%v)", left, err)
	}
}
