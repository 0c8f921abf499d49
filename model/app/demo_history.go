package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// history plays what the demo's freelancer billed in the past year: each act for real, through the protocol and the simulator, at
// the time when it happened.
type history struct {
	app    *App
	clock  *demoClock
	today  model.Date
	lost   func()
	hours  []model.Entry
	unpaid []model.Invoice
}

// The months before this one whose hours the history bills: to the last but one, since the last one is the user's to bill.
const (
	historyFirst = 12
	historyLast  = 2
)

// The months before this one in which something went wrong.
const (
	cancelledMonth = 4
	reversedMonth  = 3
	overdueMonth   = 3
	partlyMonth    = 4
)

// betweenActs keeps the acts within the limit of calls.
const betweenActs = 15 * time.Second

func (a *App) playHistory(ctx context.Context, clock *demoClock, loseAnswer func()) error {
	defer clock.set(time.Time{})
	read, err := a.Hours(ctx, nil)
	if err != nil {
		return err
	}
	for _, client := range demoClients() {
		if err := a.KeepClient(ctx, client, ""); err != nil {
			return err
		}
	}
	h := &history{app: a, clock: clock, today: a.Today(), lost: loseAnswer, hours: read.Entries}
	for back := historyFirst; back >= historyLast; back-- {
		if err := h.billMonth(ctx, back); err != nil {
			return err
		}
	}
	if err := h.propose(ctx); err != nil {
		return err
	}
	return h.loseOne(ctx)
}

// ratesSince is the day from which the VAT rates of the simulator's account are the law's (Law 141/2025).
func ratesSince() model.Date { return model.NewDate(2025, time.August, 1) }

// month is the one so many before this.
func (h *history) month(back int) model.Period {
	return model.MonthPeriod(h.today.Year, h.today.Month).Shift(-back)
}

// at sets the clock to ten in the morning of a day.
func (h *history) at(day model.Date) { h.clock.set(day.Midnight(h.app.location).Add(10 * time.Hour)) }

// later moves the clock on to the next act.
func (h *history) later() { h.clock.set(h.clock.Now().Add(betweenActs)) }

// billMonth takes the money for the month before, and bills the month's hours at the beginning of the next one.
func (h *history) billMonth(ctx context.Context, back int) error {
	month := h.month(back)
	if month.From.Before(ratesSince()) {
		return nil
	}
	if err := h.receive(ctx, month.To.AddDays(-9), back); err != nil {
		return err
	}
	h.at(month.To.AddDays(2))
	for _, client := range demoClients() {
		hours := h.worked(client, month)
		if len(hours) == 0 {
			continue
		}
		invoice, err := h.issue(ctx, client, hours)
		switch {
		case err != nil:
			return err
		case back == cancelledMonth && client.Name == "Studio Salcia SRL":
			_, err = h.app.Cancel(ctx, invoice.Intent)
		case back == reversedMonth && client.Name == "Nordlicht GmbH":
			_, err = h.app.Storno(ctx, invoice.Intent, h.app.Today())
		default:
			h.unpaid = append(h.unpaid, invoice)
			continue
		}
		if err != nil {
			return err
		}
		h.later()
		if invoice, err = h.issue(ctx, client, hours); err != nil {
			return err
		}
		h.unpaid = append(h.unpaid, invoice)
	}
	return nil
}

// receive records the money for the invoices of the month before: all of it but what is overdue today, and half of one.
func (h *history) receive(ctx context.Context, day model.Date, back int) error {
	h.at(day)
	for i, invoice := range h.unpaid {
		order := model.PaymentOrder{On: day, Kind: model.PaymentTransfer}
		switch before := back + 1; {
		case before == overdueMonth && i == 0:
			continue
		case before == partlyMonth && i == 1:
			order.Amount = invoice.Total.Div(decimal.NewFromInt(2)).Round(2)
		}
		if _, err := h.app.Pay(ctx, invoice.Intent, order); err != nil {
			return err
		}
		h.later()
	}
	h.unpaid = nil
	return nil
}

// propose makes a proforma in the middle of last month.
func (h *history) propose(ctx context.Context) error {
	h.at(h.month(1).From.AddDays(9))
	_, err := h.send(ctx, demoClients()[2], nil, []model.FreeLine{{
		ID: 1, Name: "Hosting of the website, one year", Quantity: decimal.NewFromInt(1), Unit: model.UnitItem,
		Price: decimal.NewFromInt(1200), Currency: model.DefaultCurrency,
	}}, func(prepared model.PreparedInvoice) model.PreparedInvoice {
		return prepared.AsProforma(h.app.Settings().Invoice.ProformaSeries)
	})
	return err
}

// uncertainSeries has the invoice whose outcome is uncertain: it keeps back what its series would number next.
const uncertainSeries = "ABC"

// loseOne issues an invoice three hours ago whose answer is lost.
func (h *history) loseOne(ctx context.Context) error {
	h.clock.set(h.clock.present().Add(-3 * time.Hour))
	h.lost()
	_, err := h.send(ctx, demoClients()[2], nil, []model.FreeLine{{
		ID: 1, Name: "Workshop at the customer's", Quantity: decimal.NewFromInt(1), Unit: model.UnitDay, Price: decimal.NewFromInt(1600),
		Currency: model.DefaultCurrency,
	}}, func(prepared model.PreparedInvoice) model.PreparedInvoice {
		prepared.Series = uncertainSeries
		return prepared
	})
	if !errors.Is(err, model.ErrOutcomeUnknown) {
		return fmt.Errorf("lose the answer about an invoice: %w", err)
	}
	return nil
}

// worked are the hours that were tracked for a client in a month.
func (h *history) worked(client model.Client, month model.Period) []*model.Entry {
	var worked []*model.Entry
	for i := range h.hours {
		entry := &h.hours[i]
		if entry.Billable && client.Matches(entry.Client) && month.Contains(entry.Day(h.app.location)) {
			worked = append(worked, entry)
		}
	}
	return worked
}

func (h *history) issue(ctx context.Context, client model.Client, hours []*model.Entry) (model.Invoice, error) {
	return h.send(ctx, client, hours, nil, func(prepared model.PreparedInvoice) model.PreparedInvoice { return prepared })
}

// send prepares an invoice, has it changed, and issues it.
func (h *history) send(
	ctx context.Context, client model.Client, hours []*model.Entry, free []model.FreeLine,
	change func(model.PreparedInvoice) model.PreparedInvoice,
) (model.Invoice, error) {
	preferences, err := h.app.Preferences(ctx)
	if err != nil {
		return model.Invoice{}, err
	}
	account, err := h.app.Account(ctx)
	if err != nil {
		return model.Invoice{}, err
	}
	rates, err := h.app.ExchangeRates(ctx, h.app.Today())
	if err != nil {
		return model.Invoice{}, err
	}
	prepared, err := model.Preparation{
		Preferences: preferences, Account: account, Buyer: model.Buyer{Client: client, SaveClient: preferences.SaveClient}, Hours: hours,
		Free: free, Grouping: model.GroupByProject, Rates: rates, Today: h.app.Today(), Location: h.app.location,
	}.Invoice()
	if err != nil {
		return model.Invoice{}, fmt.Errorf("prepare an invoice of %s: %w", h.app.Today(), err)
	}
	invoice, err := h.app.Issue(ctx, change(prepared))
	h.later()
	return invoice, err
}
