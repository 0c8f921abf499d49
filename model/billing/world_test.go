package billing_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
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

func (m *mortal) RecordPayment(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string, on model.Date) (err error) {
	m.die(func() { err = m.Provider.RecordPayment(ctx, kind, series, number, value, currency, on) })
	return err
}

func (m *mortal) RecordReceipt(ctx context.Context, receipts, series, number string, value decimal.Decimal, currency string, on model.Date) (made model.Issued, err error) {
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

// compare holds what SmartBill has against what the ledger says. It must hold after every act, whatever went wrong.
func (w *world) compare(t *testing.T, rt *rapid.T) {
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	statuses, err := w.office.records.Statuses(t.Context(), true)
	if err != nil {
		rt.Fatal(err)
	}
	billed := map[string]string{}
	for _, made := range w.remote.Invoices() {
		known, ours := w.known(rt, made, invoices)
		if !ours {
			continue
		}
		w.compareOne(rt, made, known, invoices)
		if made.State != sandbox.StateIssued {
			continue
		}
		for _, fingerprint := range w.entriesOf(t, rt, known) {
			if other := billed[fingerprint]; other != "" {
				rt.Fatalf("an hour is on %s and on %s %s", other, made.Series, made.Number)
			}
			billed[fingerprint] = made.Series + " " + made.Number
			if holder := statuses[fingerprint].Invoice; holder != known.Reference() {
				rt.Fatalf("an hour of %s is held by %q", known.Reference(), holder)
			}
		}
	}
	w.compareProformas(rt, invoices)
	w.checkHolders(rt, invoices, statuses)
	w.audit(t, rt)
	w.comparePayments(t, rt, invoices)
}

// known finds the ledger's row of a document in SmartBill; somebody else's has none.
func (w *world) known(rt *rapid.T, made sandbox.Document, invoices []model.Invoice) (model.Invoice, bool) {
	if made.State == sandbox.StateStorno {
		at := slices.IndexFunc(invoices, func(i model.Invoice) bool {
			return i.Kind == model.KindStorno && i.Series == made.Series && (i.Number == made.Number || isOpen(i.Status))
		})
		if at < 0 {
			rt.Fatalf("SmartBill has the storno %s %s, of which the ledger knows nothing", made.Series, made.Number)
		}
		return invoices[at], true
	}
	if made.Mentions == "" {
		at := slices.IndexFunc(invoices, func(i model.Invoice) bool {
			return i.Proforma != "" && i.Series == made.Series && i.Number == made.Number && made.MadeFrom == strings.Replace(i.Proforma, "-", "", 1)
		})
		if at < 0 {
			return model.Invoice{}, false
		}
		return invoices[at], true
	}
	at := slices.IndexFunc(invoices, func(i model.Invoice) bool { return strings.Contains(made.Mentions, i.Intent) })
	if at < 0 {
		rt.Fatalf("SmartBill has %s %s, of which the ledger knows nothing", made.Series, made.Number)
	}
	return invoices[at], true
}

// isOpen reports whether an invoice is one that settling has to resolve.
func isOpen(status model.Status) bool {
	return status == model.StatusSending || status == model.StatusUnknown
}

// compareOne expects the ledger to say of an invoice what is true in SmartBill, or that it is uncertain.
func (w *world) compareOne(rt *rapid.T, made sandbox.Document, known model.Invoice, invoices []model.Invoice) {
	var possible []model.Status
	switch made.State {
	case sandbox.StateIssued:
		possible = []model.Status{model.StatusIssued, model.StatusCancelling, model.StatusRestoring}
	case sandbox.StateCancelled:
		possible = []model.Status{model.StatusCancelled, model.StatusCancelling, model.StatusRestoring}
	case sandbox.StateReversed:
		possible = []model.Status{model.StatusReversed}
		// The answer to the storno is lost.
		if slices.ContainsFunc(invoices, func(i model.Invoice) bool { return i.Kind == model.KindStorno && isOpen(i.Status) }) {
			possible = append(possible, model.StatusIssued)
		}
	case sandbox.StateStorno:
		possible = []model.Status{model.StatusIssued}
	default:
		rt.Fatalf("SmartBill has %s %s as %s", made.Series, made.Number, made.State)
	}
	if isOpen(known.Status) {
		return
	}
	if !slices.Contains(possible, known.Status) {
		rt.Fatalf("SmartBill has %s %s as %s, the ledger as %s", made.Series, made.Number, made.State, known.Status)
	}
	if known.Series != made.Series || known.Number != made.Number {
		rt.Fatalf("SmartBill has %s %s, the ledger %s", made.Series, made.Number, known.Reference())
	}
}

// checkHolders expects every hour that is held to be held by an invoice in a state that does.
func (w *world) checkHolders(rt *rapid.T, invoices []model.Invoice, statuses map[string]model.EntryStatus) {
	states := map[string]model.Status{}
	for _, invoice := range invoices {
		if states[invoice.Reference()] == "" {
			states[invoice.Reference()] = invoice.Status
		}
	}
	for fingerprint, status := range statuses {
		if !states[status.Invoice].HoldsEntries() {
			rt.Fatalf("the hour %s is %s by %s, which is %s", fingerprint, status.State, status.Invoice, states[status.Invoice])
		}
	}
}

func (w *world) entriesOf(t *testing.T, rt *rapid.T, invoice model.Invoice) []string {
	entries, err := w.office.records.EntriesOf(t.Context(), []int64{invoice.ID})
	if err != nil {
		rt.Fatal(err)
	}
	return entries[invoice.ID]
}

// restart closes the program and starts it again.
func (w *world) restart(t *testing.T, rt *rapid.T) {
	if err := w.office.records.Close(); err != nil {
		rt.Fatal(err)
	}
	w.office = openOffice(t, w.remote, w.office.path)
	w.alive()
	if _, err := w.office.service.Recover(t.Context()); err != nil {
		rt.Fatal(err)
	}
}

// alive gives the office a program that does not die.
func (w *world) alive() {
	w.office.service = billing.New(w.office.records, w.office.provider, billing.WithTemplatePrints(true))
}
