package review_test

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/review"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// memory stands for ledger, settings and SmartBill.
type fakeBilling struct {
	mutex       sync.Mutex
	inProgress  model.InvoiceInProgress
	preferences model.Preferences
	account     model.Account
	edits       []model.DraftEdits
	issued      []model.Draft
	// elsewhere are the documents that were recorded as made elsewhere.
	elsewhere []string
	// answer is what issuing brings; gate holds it until it is closed.
	answer  model.Invoice
	failure error
	gate    chan struct{}
	// rates and rateFailure are BNR's answer; bank holds it until it is closed.
	rates       model.ExchangeRates
	rateFailure error
	bank        chan struct{}
	// now is what the account is found to be when it is looked at again; the account itself when nil.
	now            *model.Account
	recheckFailure error
	recheckGate    chan struct{}
	summaries      int
	// last is the day of the newest invoice.
	last model.Date
	// settings holds the reading of the settings up until it is closed.
	settings chan struct{}
}

func (m *fakeBilling) LastIssued(context.Context, string) (model.Date, error) { return m.last, nil }

func (m *fakeBilling) ExchangeRates(ctx context.Context, _ model.Date) (model.ExchangeRates, error) {
	if m.bank != nil {
		select {
		case <-m.bank:
		case <-ctx.Done():
			return model.ExchangeRates{}, ctx.Err()
		}
	}
	return m.rates, m.rateFailure
}

func (m *fakeBilling) NameTax(_ context.Context, reason model.Reason, name string) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	issuer := &m.preferences.Issuer
	if reason == model.ReasonReverseCharge {
		issuer.ReverseChargeRate, issuer.ReverseChargeNamed = name, true
	} else {
		issuer.OutsideRate, issuer.OutsideNamed = name, true
	}
	return m.preferences, nil
}

func (m *fakeBilling) Recheck(ctx context.Context) (model.Account, error) {
	if m.recheckGate != nil {
		select {
		case <-m.recheckGate:
		case <-ctx.Done():
			return model.Account{}, ctx.Err()
		}
	}
	if m.now != nil {
		return *m.now, m.recheckFailure
	}
	return m.account, m.recheckFailure
}

func (m *fakeBilling) WriteWorkSummary(_ context.Context, draft model.Draft) ([]string, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.summaries++
	return []string{"/home/ana/Downloads/Hours " + draft.Client.Name + ".pdf", "/home/ana/Downloads/a.csv", "/home/ana/Downloads/a.md"}, nil
}

func (m *fakeBilling) InvoiceInProgress(context.Context) (model.InvoiceInProgress, error) {
	return m.inProgress, nil
}

func (m *fakeBilling) KeepEdits(_ context.Context, edits model.DraftEdits) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.edits = append(m.edits, edits)
	return nil
}

func (m *fakeBilling) Preferences(ctx context.Context) (model.Preferences, error) {
	if m.settings != nil {
		select {
		case <-m.settings:
		case <-ctx.Done():
			return model.Preferences{}, ctx.Err()
		}
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.preferences, nil
}

func (m *fakeBilling) Account(context.Context) (model.Account, error) { return m.account, nil }

func (m *fakeBilling) Preview(_ context.Context, draft model.Draft) ([]byte, error) {
	return fmt.Appendf(nil, `{"companyVatCode":%q,"seriesName":%q,"client":{"name":%q}}`, draft.CIF, draft.Series, draft.Client.Name), nil
}

func (m *fakeBilling) MadeElsewhere(_ context.Context, _ model.Kind, series, number string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.elsewhere = append(m.elsewhere, model.InvoiceReference(series, number))
	return nil
}

func (m *fakeBilling) Issue(ctx context.Context, draft model.Draft) (model.Invoice, error) {
	if m.gate != nil {
		select {
		case <-m.gate:
		case <-ctx.Done():
			return model.Invoice{}, fmt.Errorf("no invoice was made: %w: it was called off", model.ErrNotSent)
		}
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.issued = append(m.issued, draft)
	return m.answer, m.failure
}

// sent is how many invoices were sent.
func (m *fakeBilling) sent() int {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return len(m.issued)
}

// bankClosedError is how BNR's register fails.
type bankClosedError struct{}

func (bankClosedError) Error() string { return "BNR cannot be reached: the connection was refused" }

func (bankClosedError) Unwrap() error { return model.ErrUnavailable }

func percent(name string, rate int64) model.VATRate {
	return model.VATRate{Name: name, Percent: decimal.NewFromInt(rate)}
}

// ready is a set-up program whose account is known.
func ready() *fakeBilling {
	return &fakeBilling{
		preferences: model.Preferences{
			Email: "ana@atelier.example", CIF: "RO14399840", TokenFrom: "keyring", Series: "FCT", ProformaSeries: "PRO", Currency: "RON",
			PaymentTermsDays: 30,
			SaveClient:       true, PrintIntent: true,
			Issuer: model.Issuer{Status: model.VATPayer, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD",
				ReverseChargeNamed: true, OutsideNamed: true},
			Rules: []model.Rule{
				{Client: "Atelier*", Unit: model.UnitHour, Price: decimal.NewFromInt(250), Currency: "RON",
					Rounding: model.Rounding{Step: 15 * time.Minute, Scope: model.ScopeEntry}},
				{Client: "Nordlicht", Unit: model.UnitHour, Price: decimal.NewFromInt(48), Currency: "EUR",
					Rounding: model.Rounding{Step: 15 * time.Minute, Scope: model.ScopeEntry}},
			},
		},
		account: model.Account{
			CIF: "RO14399840", Asked: uitest.Noon, Series: []model.Series{{Name: "FCT", Kind: model.SeriesInvoice, Next: 24},
				{Name: "PRO", Kind: model.SeriesProforma, Next: 7}},
			Rates: model.VATRates{percent("Normala", 21), percent("Redusa", 11), percent("Normala veche", 19), percent("Taxare inversa", 0),
				percent("SDD", 0)},
		},
		rates: model.ExchangeRates{
			Date: model.NewDate(2026, time.November, 20), Source: "BNR",
			Lei: map[string]decimal.Decimal{"EUR": decimal.RequireFromString("5.0912")},
		},
		answer: model.Invoice{Intent: "CAD-7F3K2Q", Series: "FCT", Number: "0024", Status: model.StatusIssued, ClientName: "Atelier Cireș SRL",
			Total: decimal.RequireFromString("2041.88"), Currency: "RON"},
	}
}

func worked(month time.Month, day, minutes int, client, project, task string) *model.Entry {
	start := time.Date(2026, month, day, 9, 0, 0, 0, uitest.Noon.Location())
	return new(model.Entry{
		Source: "json", Start: model.InstantOf(start), End: model.InstantOf(start.Add(time.Duration(minutes) * time.Minute)),
		Seconds: int64(minutes) * 60, Billable: true,
		Client: client, Project: project, Task: task, Description: "Piece of work",
	}.Fingerprinted(day))
}

// hours are those of the sketch: 5.75 and 1.00.
func hours() []*model.Entry {
	return []*model.Entry{
		worked(time.October, 2, 130, "Atelier Cireș", "Atlas", "api"), worked(time.October, 2, 48, "Atelier Cireș", "Atlas", "review"),
		worked(time.October, 5, 210, "Atelier Cireș", "Atlas", "api"),
	}
}

func romanian() model.Client {
	return model.Client{
		Name: "Atelier Cireș SRL", Contact: "Ioana Cireș", Email: "facturi@atelier-cires.example", Country: "RO", Street: "Str. Morii 14",
		PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290",
	}
}

func german() model.Client {
	return model.Client{Name: "Nordlicht GmbH", Country: "DE", Street: "Hafenstraße 3", PostalCode: "20457", City: "Hamburg",
		VATNumber: "DE136695976"}
}

// harness shows the screen in the shell beside a neighbour on the History tab.
type harness struct {
	*uitest.Driver
	beside *uitest.Neighbour
	tab    *review.Screen
}

func start(t *testing.T, records *fakeBilling, width, height int) harness {
	t.Helper()
	env := uitest.Env(t.Context())
	tab := review.New(env, records)
	t.Cleanup(tab.Close)
	beside := &uitest.Neighbour{Name: "History"}
	shell := ui.New(env, "", screen.TabReview, nil, &uitest.Neighbour{Name: "Time"}, &uitest.Neighbour{Name: "Bill To"}, tab, beside,
		&uitest.Neighbour{Name: "Setup"})
	return harness{Driver: uitest.Start(t, shell, width, height), beside: beside, tab: tab}
}

// fill ticks hours for a client, as the other screens would.
func (s harness) fill(client model.Client, grouping model.Grouping, hours []*model.Entry) harness {
	s.Send(screen.BuyerChanged{Buyer: model.Buyer{Client: client, SaveClient: true}})
	s.Send(screen.SelectionChanged{Grouping: grouping, Hours: hours})
	return s
}
