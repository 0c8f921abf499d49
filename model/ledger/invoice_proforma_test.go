package ledger_test

import (
	"errors"
	"testing"

	"cadensa/model"
	"cadensa/model/ledger"
)

// conversionOf is the intent to make an invoice of a proforma.
func conversionOf(proforma model.Invoice, reference string, entries ...*model.Entry) ledger.Intent {
	return ledger.Intent{Prepared: invoiceOf(reference, entries...), Request: []byte("{}"), Counter: 24, Proforma: proforma.ID}
}

func TestConversionTakesTheHoursAndReturnsThem(t *testing.T) {
	records := newLedger(t)
	proforma := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)).AsProforma("PRF"), 7)
	begun, err := records.Begin(t.Context(), conversionOf(proforma, "CAD-CCCCCC", entry(8)))
	if err != nil || begun.Proforma != "PRF-0007" {
		t.Fatalf("it is made from %q (%v)", begun.Proforma, err)
	}
	other := conversionOf(proforma, "CAD-DDDDDD", entry(8))
	other.Prepared.Series = "ABC"
	if _, err := records.Begin(t.Context(), other); !errors.Is(err, model.ErrSeriesBusy) {
		t.Errorf("a second one: %v", err)
	}
	for _, step := range []struct {
		from, to model.Status
		want     model.EntryStatus
	}{
		{model.StatusSending, model.StatusUnknown, model.EntryStatus{State: model.EntryReserved, Invoice: "CAD-CCCCCC"}},
		{model.StatusUnknown, model.StatusNotIssued, model.EntryStatus{State: model.EntryReserved, Invoice: "PRF-0007"}},
	} {
		move(t, records, begun.ID, step.from, step.to)
		if got := stateOf(t, records, entry(8)); got != step.want {
			t.Errorf("%s, the hour is %+v, want %+v", step.to, got, step.want)
		}
	}
	// A number that arrives late still wins, over the proforma too.
	late, err := records.Numbered(t.Context(), begun.ID, model.Issued{Series: "FCT", Number: "0024"})
	if err != nil || late.Message != "" || stateOf(t, records,
		entry(8)) != (model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0024"}) {
		t.Errorf("late, the hour is %+v: %q (%v)", stateOf(t, records, entry(8)), late.Message, err)
	}
	if _, err := records.Begin(t.Context(), other); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("after that: %v", err)
	}
	move(t, records, begun.ID, model.StatusIssued, model.StatusCancelling)
	move(t, records, begun.ID, model.StatusCancelling, model.StatusCancelled)
	if got := stateOf(t, records, entry(8)); got.State != model.EntryFree {
		t.Errorf("cancelled, the hour is %+v", got)
	}
}

func TestProformaNumberedLateLeavesItsInvoicesHours(t *testing.T) {
	records := newLedger(t)
	proforma := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)).AsProforma("PRF"), 7)
	begun, err := records.Begin(t.Context(), conversionOf(proforma, "CAD-CCCCCC", entry(8)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := records.Numbered(t.Context(), begun.ID, model.Issued{Series: "FCT", Number: "0024"}); err != nil {
		t.Fatal(err)
	}
	// Another proforma gets its number, and it is found again under the next one.
	issue(t, records, invoiceOf("CAD-DDDDDD", entry(9)).AsProforma("PRF"), 7)
	if _, err := records.Numbered(t.Context(), proforma.ID, model.Issued{Series: "PRF", Number: "0008"}); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, records, entry(8)); got != (model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0024"}) {
		t.Errorf("the hour is %+v", got)
	}
}
