package billing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

const reversing = "POST /invoice/reverse"

// later is a day on which the invoices of these tests may be undone.
func later() model.Date { return invoiceOf(8).IssueDate.AddDays(1) }

func TestStornoUndoesAnInvoiceAndFreesItsHours(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	storno, err := office.service.Storno(t.Context(), "FCT-0001", later())
	if err != nil || storno.Reference() != "FCT-0002" || storno.Kind != model.KindStorno || storno.Status != model.StatusIssued {
		t.Fatalf("it is %+v (%v)", storno, err)
	}
	if storno.Total.String() != "-121" || storno.IssueDate != later() {
		t.Errorf("it amounts to %s, dated %s", storno.Total, storno.IssueDate)
	}
	original, err := office.records.Detail(t.Context(), "FCT-0001")
	if err != nil || original.Status != model.StatusReversed || original.Storno != "FCT-0002" {
		t.Errorf("the invoice is %s by %q (%v)", original.Status, original.Storno, err)
	}
	if detail, err := office.records.Detail(t.Context(), "FCT-0002"); err != nil || detail.Original != "FCT-0001" {
		t.Errorf("the storno undoes %q (%v)", detail.Original, err)
	}
	if got := office.hour(t, 8); got != "free" {
		t.Errorf("the hour is %s", got)
	}
	if again := office.issue(t, invoiceOf(8)); again.Reference() != "FCT-0003" {
		t.Errorf("billed again, it is %s", again.Reference())
	}
	for _, reference := range []string{"FCT-0001", "FCT-0002"} {
		if _, err := office.service.Storno(t.Context(), reference, later()); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("%s undone: error is %v", reference, err)
		}
		if _, err := office.service.Cancel(t.Context(), reference); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("%s cancelled: error is %v", reference, err)
		}
	}
	if calls := remote.Calls(reversing); calls != 1 {
		t.Errorf("%d calls were made", calls)
	}
}

// A storno takes back what the invoice came to after its discount, in both ways of giving one.
func TestStornoOfADiscountedInvoice(t *testing.T) {
	for name, discount := range map[string]model.Discount{
		"percentage": {Percent: decimal.RequireFromString("33.3")}, "value": {Value: decimal.RequireFromString("12.34")},
	} {
		t.Run(name, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := newOffice(t, remote)
			discounted := invoiceOf(8)
			discounted.Discount = discount
			issued := office.issue(t, discounted)
			storno, err := office.service.Storno(t.Context(), issued.Reference(), later())
			if err != nil || !storno.Total.Equal(issued.Total.Neg()) || !storno.Net.Equal(issued.Net.Neg()) || storno.Net.String() == "-100" {
				t.Fatalf("%s is undone by %s (%v)", issued.Total, storno.Total, err)
			}
			if made := remote.Invoices()[1].Totals.Total; !made.Equal(storno.Total) {
				t.Errorf("SmartBill made %s of %s", made, storno.Total)
			}
		})
	}
}

func TestStornoThatMustNotBeMadeIsNotSent(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	if _, err := office.service.Storno(t.Context(), "FCT-0001", invoiceOf(8).IssueDate.AddDays(-1)); !errors.Is(err, model.ErrInvalidField) {
		t.Errorf("a day too early: error is %v", err)
	}
	if _, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil {
		t.Fatal(err)
	}
	if _, err := office.service.Storno(t.Context(), "FCT-0001", later()); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("of a cancelled one: error is %v", err)
	}
	if calls, rows := remote.Calls(reversing), office.recorded(t); calls != 0 || rows != 1 {
		t.Errorf("%d calls were made, %d rows recorded", calls, rows)
	}
}

// TestLostStornoIsSettled loses the answer to a storno in every way, and finds out what became of it.
func TestLostStornoIsSettled(t *testing.T) {
	for name, test := range map[string]struct {
		fault sandbox.Kind
		after func(testing.TB, *sandbox.Server)
		want  model.Conclusion
	}{
		"made":                     {sandbox.CommitAndDrop, nil, model.ConclusionAdopted},
		"made, answered with text": {sandbox.CommitAndContradict, nil, model.ConclusionAdopted},
		"not made":                 {sandbox.BadGateway, nil, model.ConclusionNotIssued},
		"not made, another was":    {sandbox.BadGateway, foreign, model.ConclusionNotIssued},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.issue(t, invoiceOf(8))
				remote.Script(sandbox.Fault{Operation: reversing, Kind: test.fault})
				lost, err := office.service.Storno(t.Context(), "FCT-0001", later())
				if !errors.Is(err, model.ErrOutcomeUnknown) || lost.Status != model.StatusUnknown || office.hour(t, 8) != "billed by FCT-0001" {
					t.Fatalf("it is %s, the hour %s (%v)", lost.Status, office.hour(t, 8), err)
				}
				if _, err := office.service.Cancel(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrStateChanged) {
					t.Errorf("cancelled meanwhile: error is %v", err)
				}
				if _, err := office.service.Storno(t.Context(), "FCT-0001", later()); !errors.Is(err, model.ErrStateChanged) {
					t.Errorf("undone again: error is %v", err)
				}
				if test.after != nil {
					test.after(t, remote)
				}
				wait(settleAfter)
				office.settle(t, lost.Intent, test.want)
				status, hour := model.StatusReversed, "free"
				if test.want == model.ConclusionNotIssued {
					status, hour = model.StatusIssued, "billed by FCT-0001"
				}
				if got := office.status(t, "FCT-0001"); got != status || office.hour(t, 8) != hour {
					t.Errorf("the invoice is %s, the hour %s", got, office.hour(t, 8))
				}
				if test.want == model.ConclusionNotIssued {
					if _, err := office.service.Storno(t.Context(), "FCT-0001", later()); err != nil {
						t.Errorf("tried again: %v", err)
					}
				}
			})
		})
	}
}

// TestLostStornoIsKnownByWhatSmartBillCharged: it undoes what SmartBill made of the invoice, whatever was confirmed. A total
// that fits neither proves nothing of a document that names the invoice.
func TestLostStornoIsKnownByWhatSmartBillCharged(t *testing.T) {
	for undone, want := range map[string]model.Conclusion{
		"-100": model.ConclusionAdopted, "-121": model.ConclusionUndecided, "100": model.ConclusionUndecided, "0": model.ConclusionUndecided,
	} {
		t.Run(undone, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				provider := &interposed{Provider: office.provider}
				provider.payment = func(_ context.Context, _, number string) (total, paid, unpaid decimal.Decimal, err error) {
					total = decimal.NewFromInt(100)
					if number == "0002" {
						total = decimal.RequireFromString(undone)
					}
					return total, decimal.Zero, total, nil
				}
				office.service = billing.New(office.records, provider)
				office.issue(t, invoiceOf(8))
				remote.Script(sandbox.Fault{Operation: reversing, Kind: sandbox.CommitAndDrop})
				lost, err := office.service.Storno(t.Context(), "FCT-0001", later())
				if !errors.Is(err, model.ErrOutcomeUnknown) {
					t.Fatal(err)
				}
				wait(settleAfter)
				office.settle(t, lost.Intent, want)
			})
		})
	}
}

// TestStornoMayPrintTheMentionsOfWhatItUndoes: the reference of that invoice makes it no other document.
func TestStornoMayPrintTheMentionsOfWhatItUndoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		original := office.issue(t, invoiceOf(8))
		remote.Script(sandbox.Fault{Operation: reversing, Kind: sandbox.BadGateway})
		lost, err := office.service.Storno(t.Context(), "FCT-0001", later())
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		_, err = remote.IssueForeign(remote.CIF(), sandbox.Foreign{
			Series: "FCT", Net: decimal.NewFromInt(-100), Mentions: "Storno FCT 0001. Ref: " + original.Intent,
		})
		if err != nil {
			t.Fatal(err)
		}
		wait(settleAfter)
		office.settle(t, lost.Intent, model.ConclusionAdopted)
	})
}

func TestInvoiceThatIsUndoneAlreadyIsRecordedAsReversed(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	if _, err := office.provider.Reverse(t.Context(), "FCT", "0001", later()); err != nil {
		t.Fatal(err)
	}
	storno, err := office.service.Storno(t.Context(), "FCT-0001", later())
	if !errors.Is(err, model.ErrRefused) || storno.Status != model.StatusRefused || !strings.Contains(err.Error(), "deja stornata") {
		t.Errorf("it is %s (%v)", storno.Status, err)
	}
	if got := office.status(t, "FCT-0001"); got != model.StatusReversed || office.hour(t, 8) != "free" {
		t.Errorf("the invoice is %s, the hour %s", got, office.hour(t, 8))
	}
}

func TestRefusedStornoLeavesTheInvoiceAsItWas(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	office.issue(t, invoiceOf(8))
	for _, failure := range []error{model.ErrRefused, model.ErrNotSent} {
		provider := &interposed{Provider: office.provider}
		provider.reverse = func(context.Context, string, string, model.Date) (model.Issued, error) {
			return model.Issued{}, failure
		}
		storno, err := billing.New(office.records, provider).Storno(t.Context(), "FCT-0001", later())
		if !errors.Is(err, failure) || storno.Status.HoldsEntries() || strings.Contains(err.Error(), "hours are free") {
			t.Errorf("it is %s (%v)", storno.Status, err)
		}
		if got := office.status(t, "FCT-0001"); got != model.StatusIssued || office.hour(t, 8) != "billed by FCT-0001" {
			t.Errorf("the invoice is %s, the hour %s", got, office.hour(t, 8))
		}
	}
}

func TestTotalThatSmartBillChargesIsCompared(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	for hour, test := range []struct {
		charged string
		err     error
		differs bool
	}{
		{"121", nil, false}, {"121.01", nil, false}, {"121.02", nil, true}, {"100", nil, true}, {"0", model.ErrUnavailable, false},
	} {
		provider := &interposed{Provider: office.provider}
		provider.payment = func(context.Context, string, string) (total, paid, unpaid decimal.Decimal, err error) {
			return decimal.RequireFromString(test.charged), decimal.Zero, decimal.Zero, test.err
		}
		invoice, err := billing.New(office.records, provider).Issue(t.Context(), invoiceOf(hour))
		if err != nil || invoice.Status != model.StatusIssued || invoice.TotalDiffers() != test.differs {
			t.Errorf("%s: differs %v, %s (%v)", test.charged, invoice.TotalDiffers(), invoice.Status, err)
		}
		if test.differs != strings.Contains(invoice.Message, "SmartBill charges "+test.charged+" RON, not the 121") {
			t.Errorf("%s: the message is %q", test.charged, invoice.Message)
		}
		if detail, err := office.records.Detail(t.Context(), invoice.Reference()); err != nil || detail.TotalDiffers() != test.differs {
			t.Errorf("%s: the ledger says %v (%v)", test.charged, detail.TotalDiffers(), err)
		}
	}
}

func TestPaymentIsAsked(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	for _, step := range []struct {
		pays int64
		want model.Payment
	}{{0, model.PaymentUnpaid}, {100, model.PaymentPartly}, {21, model.PaymentPaid}} {
		if step.pays > 0 {
			if err := remote.Receive(remote.CIF(), "FCT", "0001", decimal.NewFromInt(step.pays)); err != nil {
				t.Fatal(err)
			}
		}
		balance, err := office.service.Balance(t.Context(), "FCT-0001")
		invoice := balance.Invoice
		if err != nil || invoice.Payment != step.want || invoice.PaymentAsked.IsZero() {
			t.Errorf("it is %s, asked %v (%v)", invoice.Payment, invoice.PaymentAsked, err)
		}
	}
	if _, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil {
		t.Fatal(err)
	}
	if _, err := office.service.Balance(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("of a cancelled one, error is %v", err)
	}
}
