package billing_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// twoLines bills two hours on one line, one on another, and something without hours.
func twoLines() model.PreparedInvoice {
	made := invoiceOf(8, 9)
	second, third := invoiceOf(10).Lines[0], invoiceOf(11).Lines[0]
	second.Name, third.Name, third.Entries = "Support", "Licence", nil
	made.Hours = append(made.Hours, entry(10))
	made.Lines = append(made.Lines, second, third)
	return made
}

func reversal(line int, quantity string) model.Reversal {
	return model.Reversal{Line: line, Quantity: decimal.RequireFromString(quantity)}
}

func (o *office) reverse(tb testing.TB, reference string, lines ...model.Reversal) model.Invoice {
	tb.Helper()
	storno, err := o.service.PartialStorno(tb.Context(), reference, lines, later())
	if err != nil {
		tb.Fatal(err)
	}
	return storno
}

// TestPartialStornoFreesTheHoursOfItsLines follows an invoice from a part of a line to nothing left, and half of the way back.
func TestPartialStornoFreesTheHoursOfItsLines(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, twoLines())
	holds := func(when string, status model.Status, want ...string) {
		t.Helper()
		if got := office.status(t, "FCT-0001"); got != status {
			t.Errorf("%s, the invoice is %s", when, got)
		}
		for i, state := range want {
			if got := office.hour(t, 8+i); got != state {
				t.Errorf("%s, hour %d is %s", when, 8+i, got)
			}
		}
		if err := office.records.Audit(t.Context()); err != nil {
			t.Errorf("%s: %v", when, err)
		}
	}
	const billed, free = "billed by FCT-0001", "free"

	part := office.reverse(t, "FCT-0001", reversal(1, "0.5"))
	if part.Reference() != "FCT-0002" || part.Kind != model.KindPartialStorno || part.Total.String() != "-60.5" || part.Original != "FCT-0001" {
		t.Fatalf("it is %+v", part)
	}
	holds("half an hour taken back", model.StatusPartlyReversed, billed, billed, billed)

	office.reverse(t, "FCT-0001", reversal(1, "1.5"))
	holds("the first line taken back", model.StatusPartlyReversed, free, free, billed)
	if again := office.issue(t, invoiceOf(8)); again.Reference() != "FCT-0004" || office.hour(t, 8) != "billed by FCT-0004" {
		t.Errorf("billed again, it is %s, the hour %s", again.Reference(), office.hour(t, 8))
	}

	office.reverse(t, "FCT-0001", reversal(2, "1"), reversal(3, "1"))
	holds("all taken back", model.StatusReversed, "billed by FCT-0004", free, free)

	if _, err := office.service.Cancel(t.Context(), "FCT-0005"); err != nil {
		t.Fatal(err)
	}
	holds("the last of them cancelled", model.StatusPartlyReversed, "billed by FCT-0004", free, billed)
	if _, err := office.service.Restore(t.Context(), "FCT-0005"); err != nil {
		t.Fatal(err)
	}
	holds("it is restored", model.StatusReversed, "billed by FCT-0004", free, free)
}

func TestNoLineIsTakenBackTwice(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	office.issue(t, twoLines())
	office.reverse(t, "FCT-0001", reversal(1, "1.5"))
	var left *model.NothingLeftError
	if _, err := office.service.PartialStorno(t.Context(), "FCT-0001", []model.Reversal{reversal(1, "1")}, later()); !errors.As(err, &left) ||
		left.Left.String() != "0.5" {
		t.Errorf("what is left: %v", err)
	}
	if _, err := office.service.Cancel(t.Context(), "FCT-0002"); err != nil {
		t.Fatal(err)
	}
	office.reverse(t, "FCT-0001", reversal(1, "2"))
	if _, err := office.service.Restore(t.Context(), "FCT-0002"); !errors.As(err, &left) || !left.Left.IsZero() {
		t.Errorf("restored, it would take the line back a second time: %v", err)
	}
	if got := office.status(t, "FCT-0002"); got != model.StatusCancelled {
		t.Errorf("it is %s", got)
	}
}

// TestPartialStornoIsNotCancelledOverHoursBilledSince keeps an hour from being on two invoices.
func TestPartialStornoIsNotCancelledOverHoursBilledSince(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, twoLines())
	office.reverse(t, "FCT-0001", reversal(2, "1"))
	office.issue(t, invoiceOf(10))
	if _, err := office.service.Cancel(t.Context(), "FCT-0002"); !errors.Is(err, model.ErrEntriesTaken) || !strings.Contains(err.Error(), "FCT-0003") {
		t.Errorf("the error is %v", err)
	}
	if remote.Calls(cancelling) != 0 || office.status(t, "FCT-0002") != model.StatusIssued ||
		office.status(t, "FCT-0001") != model.StatusPartlyReversed {
		t.Errorf("something changed: %d calls", remote.Calls(cancelling))
	}
	if got := office.hour(t, 10); got != "billed by FCT-0003" {
		t.Errorf("the hour is %s", got)
	}
}

// TestDeletedPartialStornoPutsItsLinesBackInForce tells of hours that another invoice has billed since.
func TestDeletedPartialStornoPutsItsLinesBackInForce(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, twoLines())
	office.reverse(t, "FCT-0001", reversal(1, "2"), reversal(2, "1"))
	office.issue(t, invoiceOf(10))
	if err := remote.DeleteOnWeb(remote.CIF(), sandbox.InvoiceSeries, "FCT", "0002"); err != nil {
		t.Fatal(err)
	}
	if _, err := office.service.SettleDeleted(t.Context(), "FCT-0002"); err != nil {
		t.Fatal(err)
	}
	original, err := office.records.Detail(t.Context(), "FCT-0001")
	if err != nil || original.Status != model.StatusIssued || original.ReversedBy != "" || !strings.Contains(original.Message, "FCT-0003") {
		t.Errorf("the invoice is %s by %q: %s (%v)", original.Status, original.ReversedBy, original.Message, err)
	}
	if office.hour(t, 8) != "billed by FCT-0001" || office.hour(t, 10) != "billed by FCT-0003" {
		t.Errorf("the hours are %s and %s", office.hour(t, 8), office.hour(t, 10))
	}
}

// TestWholeIsNotUndoneBesideAPartialStorno holds while one stands, also of unknown outcome.
func TestWholeIsNotUndoneBesideAPartialStorno(t *testing.T) {
	for name, prepare := range map[string]func(*testing.T, *sandbox.Server, *office){
		"made": func(t *testing.T, _ *sandbox.Server, o *office) { o.reverse(t, "FCT-0001", reversal(1, "1")) },
		"of unknown outcome": func(t *testing.T, remote *sandbox.Server, o *office) {
			remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndError})
			_, err := o.service.PartialStorno(t.Context(), "FCT-0001", []model.Reversal{reversal(1, "1")}, later())
			if !errors.Is(err, model.ErrOutcomeUnknown) {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := newOffice(t, remote)
			office.issue(t, twoLines())
			prepare(t, remote, office)
			var refusal *model.Refusal
			_, err := office.service.Storno(t.Context(), "FCT-0001", later())
			if !errors.As(err, &refusal) || refusal.Reason != model.RefusedReversed {
				t.Errorf("undone as a whole: %v", err)
			}
			if _, err := office.service.Cancel(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrStateChanged) {
				t.Errorf("cancelled: %v", err)
			}
			if remote.Calls(reversing) != 0 || remote.Calls(cancelling) != 0 {
				t.Error("it was asked for")
			}
		})
	}
}

// TestPartialStornoOfUnknownOutcomeIsSettledByItsReference goes by what proves any invoice, and not by its total.
func TestPartialStornoOfUnknownOutcomeIsSettledByItsReference(t *testing.T) {
	for name, test := range map[string]struct {
		fault sandbox.Kind
		want  model.Status
		hour  string
	}{
		"made":     {sandbox.CommitAndDrop, model.StatusIssued, "free"},
		"not made": {sandbox.BadGateway, model.StatusNotIssued, "billed by FCT-0001"},
	} {
		t.Run(name, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := newOffice(t, remote)
			office.service = ready(office.records, office.provider)
			office.issue(t, twoLines())
			remote.Script(sandbox.Fault{Operation: creation, Kind: test.fault})
			lost, err := office.service.PartialStorno(t.Context(), "FCT-0001", []model.Reversal{reversal(2, "1")}, later())
			if !errors.Is(err, model.ErrOutcomeUnknown) || office.hour(t, 10) != "billed by FCT-0001" {
				t.Fatalf("the error is %v, the hour %s", err, office.hour(t, 10))
			}
			settled, err := office.service.Settle(t.Context(), lost.Intent)
			if err != nil || settled.Invoice.Status != test.want || office.hour(t, 10) != test.hour {
				t.Errorf("it is %s, the hour %s (%v)", settled.Invoice.Status, office.hour(t, 10), err)
			}
			if test.want == model.StatusIssued {
				return
			}
			again, err := office.service.Resend(t.Context(), lost.Intent)
			if err != nil || again.Original != "FCT-0001" || office.status(t, "FCT-0001") != model.StatusPartlyReversed || office.hour(t, 10) != "free" {
				t.Errorf("sent again, it is %+v, the hour %s (%v)", again, office.hour(t, 10), err)
			}
		})
	}
}

// TestAdvanceIsDeductedOnce follows an advance to the invoice that deducts it.
func TestAdvanceIsDeductedOnce(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	advance := twoLines()
	advance.Hours, advance.Lines = nil, advance.Lines[2:]
	office.issue(t, advance)
	deducting := func(hour int) model.PreparedInvoice {
		detail, err := office.records.Detail(t.Context(), "FCT-0001")
		if err != nil {
			t.Fatal(err)
		}
		final := invoiceOf(hour, hour+1)
		line := final.Lines[0]
		line.Name, line.Quantity, line.Entries = "Avans", decimal.NewFromInt(-1), nil
		line.Reverses = &model.ReversedLine{Invoice: detail.Intent, Line: 1}
		final.Lines = append(final.Lines, line)
		return final
	}
	final := office.issue(t, deducting(8))
	if made := remote.Invoices()[1].Totals; final.Total.String() != "121" || !made.Total.Equal(final.Total) {
		t.Errorf("it amounts to %s, in SmartBill to %s", final.Total, made.Total)
	}
	if got := office.status(t, "FCT-0001"); got != model.StatusIssued {
		t.Errorf("the advance is %s", got)
	}
	var left *model.NothingLeftError
	if _, err := office.service.Issue(t.Context(), deducting(12)); !errors.As(err, &left) || len(remote.Invoices()) != 2 {
		t.Errorf("deducted twice: %v", err)
	}
	if _, err := office.service.Cancel(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("the advance is cancelled: %v", err)
	}
	if _, err := office.service.Cancel(t.Context(), final.Reference()); err != nil {
		t.Fatal(err)
	}
	office.issue(t, deducting(12))
}
