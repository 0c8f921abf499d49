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
	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/review"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// program is the real application beside a bank that the test makes up. Its own computer is slow where the test wants that.
type program struct {
	*uitest.Office
	mutex sync.Mutex
	// issued are the prepared invoices that were sent, edits what was kept of changes, summaries how often hours were written.
	issued    []model.PreparedInvoice
	edits     []model.InvoiceEdits
	summaries int
	// gate holds issuing before anything is sent, as the limit of calls does, until it is closed.
	gate chan struct{}
	// rates and rateFailure are BNR's answer; bank holds it until it is closed.
	rates       model.ExchangeRates
	rateFailure error
	bank        chan struct{}
	// known and now change what the account is known for, and found to be when it is looked at again.
	known, now     func(account *model.Account)
	recheckFailure error
	recheckGate    chan struct{}
	// charged is what SmartBill charges for an invoice, when it is not what was confirmed.
	charged decimal.NullDecimal
	// settings holds the reading of the settings up until it is closed.
	settings chan struct{}
}

// wait waits for a gate, if there is one.
func wait(ctx context.Context, gate chan struct{}) error {
	if gate == nil {
		return nil
	}
	select {
	case <-gate:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (p *program) ExchangeRates(ctx context.Context, _ model.Date) (model.ExchangeRates, error) {
	if err := wait(ctx, p.bank); err != nil {
		return model.ExchangeRates{}, err
	}
	return p.rates, p.rateFailure
}

func (p *program) Account(ctx context.Context) (model.Account, error) {
	account, err := p.Office.Account(ctx)
	if p.known != nil {
		p.known(&account)
	}
	return account, err
}

func (p *program) Recheck(ctx context.Context) (model.Account, error) {
	if err := wait(ctx, p.recheckGate); err != nil {
		return model.Account{}, err
	}
	if p.recheckFailure != nil {
		return model.Account{}, p.recheckFailure
	}
	account, err := p.Office.Recheck(ctx)
	if p.now != nil {
		p.now(&account)
	}
	return account, err
}

func (p *program) WriteWorkSummary(ctx context.Context, prepared model.PreparedInvoice) ([]string, error) {
	p.mutex.Lock()
	p.summaries++
	p.mutex.Unlock()
	return p.Office.WriteWorkSummary(ctx, prepared)
}

func (p *program) KeepEdits(ctx context.Context, edits model.InvoiceEdits) error {
	p.mutex.Lock()
	p.edits = append(p.edits, edits)
	p.mutex.Unlock()
	return p.Office.KeepEdits(ctx, edits)
}

func (p *program) Preferences(ctx context.Context) (model.Preferences, error) {
	if err := wait(ctx, p.settings); err != nil {
		return model.Preferences{}, err
	}
	return p.Office.Preferences(ctx)
}

func (p *program) Issue(ctx context.Context, prepared model.PreparedInvoice) (model.Invoice, error) {
	if wait(ctx, p.gate) != nil {
		return model.Invoice{}, fmt.Errorf("no invoice was made: %w: it was called off", model.ErrNotSent)
	}
	p.mutex.Lock()
	p.issued = append(p.issued, prepared)
	p.mutex.Unlock()
	invoice, err := p.Office.Issue(ctx, prepared)
	if p.charged.Valid {
		invoice.Charged = p.charged
	}
	return invoice, err
}

// sent is how many invoices were sent.
func (p *program) sent() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return len(p.issued)
}

// bankClosedError is how BNR's register fails.
type bankClosedError struct{}

func (bankClosedError) Error() string { return "BNR cannot be reached: the connection was refused" }

func (bankClosedError) Unwrap() error { return model.ErrUnavailable }

func percent(name string, rate int64) model.VATRate {
	return model.VATRate{Name: name, Percent: decimal.NewFromInt(rate)}
}

// account is the SmartBill account of the tests.
func account() sandbox.Account {
	tax := func(name string, percentage int64) sandbox.Tax {
		return sandbox.Tax{Name: name, Percentage: decimal.NewFromInt(percentage)}
	}
	return sandbox.Account{
		Email: "ana@atelier.example", Token: sandbox.DefaultToken, Companies: []sandbox.Company{{
			CIF: "RO14399840", VATPayer: true,
			Series: []sandbox.Series{
				{Name: "FCT", Type: sandbox.InvoiceSeries, NextNumber: 24}, {Name: "PRO", Type: sandbox.EstimateSeries, NextNumber: 7},
			},
			Taxes: []sandbox.Tax{tax("Normala", 21), tax("Redusa", 11), tax("Normala veche", 19), tax("Taxare inversa", 0), tax("SDD", 0), tax("SFDD", 0)},
		}},
	}
}

const series = `series = "FCT"
proforma_series = "PRO"
`

const namedTaxes = `vat_reverse_charge = "Taxare inversa"
vat_outside_eu = "SDD"
vat_exempt = "SFDD"
`

const rules = `
[[rule]]
client = "Atelier*"
price = "250.00"
rounding = { step = "15m" }

[[rule]]
client = "Nordlicht"
price = "48.00"
currency = "EUR"
rounding = { step = "15m" }

[[rule]]
client = "Boreal"
price = "48.00"
currency = "USD"
rounding = { step = "15m" }
`

// lookAtAccount makes the account known.
func lookAtAccount(o *uitest.Office) {
	_, err := o.Recheck(o.Context())
	o.Check(err)
}

var (
	// known is a set-up program whose account is known, unnamed one whose account's taxes at 0 % were not chosen, without one whose
	// account has no such taxes, outdated one whose account has only the rate that the law has replaced, and unasked one that never
	// looked at its account.
	known    = uitest.PrepareSettings(account(), series+namedTaxes+rules, lookAtAccount)
	unnamed  = uitest.PrepareSettings(account(), series+rules, lookAtAccount)
	without  = uitest.PrepareSettings(withoutZero(account()), series+namedTaxes+rules, lookAtAccount)
	outdated = uitest.PrepareSettings(withOldRate(account()), series+namedTaxes+rules, lookAtAccount)
	unasked  = uitest.PrepareSettings(account(), series+namedTaxes+rules, func(*uitest.Office) {})
)

func withOldRate(account sandbox.Account) sandbox.Account {
	account.Companies[0].Taxes = []sandbox.Tax{{Name: "Normala", Percentage: decimal.NewFromInt(19)}}
	return account
}

func withoutZero(account sandbox.Account) sandbox.Account {
	account.Companies[0].Taxes = account.Companies[0].Taxes[:2]
	return account
}

// ready opens a set-up program whose account is known.
func ready(t *testing.T) *program {
	t.Helper()
	return open(t, known)
}

func open(t *testing.T, prepared *uitest.Prepared) *program {
	t.Helper()
	return &program{Office: prepared.Open(t).Going(), rates: model.ExchangeRates{
		Date: model.NewDate(2026, time.November, 20), Source: "BNR",
		Lei: map[string]decimal.Decimal{"EUR": decimal.RequireFromString("5.0912"), "USD": decimal.RequireFromString("4.3875")},
	}}
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
		VATNumber: "DE136695976", VATProof: &model.VATProof{Country: "DE", Number: "136695976", Valid: true}}
}

// harness shows the screen in the shell beside a neighbour on the History tab.
type harness struct {
	*uitest.Driver
	beside *uitest.Neighbour
	tab    *review.Screen
}

func start(t *testing.T, records *program, width, height int) harness {
	t.Helper()
	env := records.Env()
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
