package billing_test

import (
	"context"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
)

// mortal is a provider whose program dies at one of its calls: before it, or when the answer is in.
type mortal struct {
	billing.Provider

	// calls is how many calls it survives; answered tells that the last one is still made.
	calls    int
	answered bool
	// end is how it dies; nil is by a panic.
	end func()
}

// death is what the program dies of.
type death struct{}

// die ends the program if this call is its last. The call is made before, or not.
func (m *mortal) die(call func()) {
	m.calls--
	if m.calls >= 0 {
		call()
		return
	}
	if m.answered {
		call()
	}
	if m.end == nil {
		panic(death{})
	}
	m.end()
	if !m.answered {
		call()
	}
}

func (m *mortal) Series(ctx context.Context, kind model.SeriesKind) (list []model.Series, err error) {
	m.die(func() { list, err = m.Provider.Series(ctx, kind) })
	return list, err
}

func (m *mortal) Issue(ctx context.Context, kind model.Kind, body []byte) (made model.Issued, err error) {
	m.die(func() { made, err = m.Provider.Issue(ctx, kind, body) })
	return made, err
}

func (m *mortal) PDF(ctx context.Context, series, number string) (content []byte, err error) {
	m.die(func() { content, err = m.Provider.PDF(ctx, series, number) })
	return content, err
}

func (m *mortal) Cancel(ctx context.Context, series, number string) (err error) {
	m.die(func() { err = m.Provider.Cancel(ctx, series, number) })
	return err
}

func (m *mortal) Restore(ctx context.Context, series, number string) (err error) {
	m.die(func() { err = m.Provider.Restore(ctx, series, number) })
	return err
}

func (m *mortal) Reverse(ctx context.Context, series, number string, on model.Date) (made model.Issued, err error) {
	m.die(func() { made, err = m.Provider.Reverse(ctx, series, number, on) })
	return made, err
}

func (m *mortal) RecordPayment(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string,
	on model.Date) (err error) {
	m.die(func() { err = m.Provider.RecordPayment(ctx, kind, series, number, value, currency, on) })
	return err
}

func (m *mortal) RecordReceipt(ctx context.Context, receipts, series, number string, value decimal.Decimal, currency string,
	on model.Date) (made model.Issued, err error) {
	m.die(func() { made, err = m.Provider.RecordReceipt(ctx, receipts, series, number, value, currency, on) })
	return made, err
}

func (m *mortal) EstimatePDF(ctx context.Context, series, number string) (content []byte, err error) {
	m.die(func() { content, err = m.Provider.EstimatePDF(ctx, series, number) })
	return content, err
}

func (m *mortal) EstimateInvoices(ctx context.Context, series, number string) (made []model.Issued, err error) {
	m.die(func() { made, err = m.Provider.EstimateInvoices(ctx, series, number) })
	return made, err
}

func (m *mortal) CancelEstimate(ctx context.Context, series, number string) (err error) {
	m.die(func() { err = m.Provider.CancelEstimate(ctx, series, number) })
	return err
}

func (m *mortal) PaymentStatus(ctx context.Context, series, number string) (total, paid, unpaid decimal.Decimal, err error) {
	m.die(func() { total, paid, unpaid, err = m.Provider.PaymentStatus(ctx, series, number) })
	return total, paid, unpaid, err
}

func (m *mortal) SendDocument(ctx context.Context, kind model.Kind, series, number string, email model.Email) (err error) {
	m.die(func() { err = m.Provider.SendDocument(ctx, kind, series, number, email) })
	return err
}

// survives runs an act and reports whether the program lived through it.
func survives(act func()) (alive bool) {
	defer func() {
		if cause := recover(); cause != nil {
			if _, ok := cause.(death); !ok {
				panic(cause)
			}
		}
	}()
	act()
	return true
}
