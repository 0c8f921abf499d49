package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// stornoOf prepares a storno.
func stornoOf(reference string, of model.PreparedInvoice) model.PreparedInvoice {
	of.Kind, of.Intent, of.Hours = model.KindStorno, reference, nil
	of.Lines = []model.Line{of.Lines[0]}
	of.Lines[0].Quantity, of.Lines[0].Entries = of.Lines[0].Quantity.Neg(), nil
	return of
}

func TestStornoFreesTheHoursOfItsOriginalWithItsNumber(t *testing.T) {
	records := newLedger(t)
	confirmed := invoiceOf("CAD-AAAAAA", entry(8))
	original := issue(t, records, confirmed, 24)
	begun, err := records.Begin(t.Context(), ledger.Intent{Prepared: stornoOf("CAD-BBBBBB", confirmed), Request: []byte("{}"), Counter: 25,
		Original: original.ID})
	if err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, records, entry(8)); got.State != model.EntryBilled {
		t.Errorf("before it has a number, the hour is %+v", got)
	}
	if _, err := records.Numbered(t.Context(), begun.ID, model.Issued{Series: "FCT", Number: "0025"}); err != nil {
		t.Fatal(err)
	}
	detail, err := records.Detail(t.Context(), "FCT-0024")
	if err != nil || detail.Status != model.StatusReversed || detail.Storno != "FCT-0025" {
		t.Errorf("the original is %s by %s (%v)", detail.Status, detail.Storno, err)
	}
	if got := stateOf(t, records, entry(8)); got.State != model.EntryFree {
		t.Errorf("the hour is %+v", got)
	}
	second := ledger.Intent{Prepared: stornoOf("CAD-CCCCCC", confirmed), Request: []byte("{}"), Original: original.ID}
	_, err = records.Begin(t.Context(), second)
	if !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("a second storno: error is %v", err)
	}
}

func TestSuccessorTakesTheHoursInOneTransaction(t *testing.T) {
	records := newLedger(t)
	first := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
	move(t, records, first.ID, model.StatusSending, model.StatusUnknown)
	again := ledger.Intent{Prepared: invoiceOf("CAD-BBBBBB", entry(8)), Request: []byte("{}"), Counter: 24, Replaced: first.ID}
	if _, err := records.Begin(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	detail, err := records.Detail(t.Context(), "CAD-AAAAAA")
	if err != nil || detail.Status != model.StatusNotIssued || detail.ResentAs != "CAD-BBBBBB" {
		t.Errorf("the first is %s, sent again as %q (%v)", detail.Status, detail.ResentAs, err)
	}
	if got := stateOf(t, records, entry(8)); got != (model.EntryStatus{State: model.EntryReserved, Invoice: "CAD-BBBBBB"}) {
		t.Errorf("the hour is %+v", got)
	}
	again.Prepared.Intent = "CAD-CCCCCC"
	if _, err := records.Begin(t.Context(), again); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("a second time, error is %v", err)
	}
	if watched, err := records.WatchedFrom(t.Context(), ledger.NumbersOf(again.Prepared, false)); err != nil || watched != 23 {
		t.Errorf("it is watched from %d (%v)", watched, err)
	}
}

func TestSuccessorThatCannotBeginLeavesTheFirstUnknown(t *testing.T) {
	records := newLedger(t)
	first := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
	move(t, records, first.ID, model.StatusSending, model.StatusUnknown)
	other := invoiceOf("CAD-CCCCCC", entry(9))
	other.Series = "ABC"
	begin(t, records, other)
	again := ledger.Intent{Prepared: invoiceOf("CAD-BBBBBB", entry(8), entry(9)), Request: []byte("{}"), Replaced: first.ID}
	if _, err := records.Begin(t.Context(), again); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("error is %v", err)
	}
	if detail, err := records.Detail(t.Context(), "CAD-AAAAAA"); err != nil || detail.Status != model.StatusUnknown {
		t.Errorf("the first is %s (%v)", detail.Status, err)
	}
	if got := stateOf(t, records, entry(8)); got.Invoice != "CAD-AAAAAA" {
		t.Errorf("the hour is %+v", got)
	}
}

func TestUnknownIsDatedAnewWhenTheClockWasSetBack(t *testing.T) {
	clock := newClock()
	records := open(t, newPath(t), clock.now)
	lost := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
	move(t, records, lost.ID, model.StatusSending, model.StatusUnknown)
	for _, step := range []struct{ by, want time.Duration }{{time.Hour, 0}, {-2 * time.Hour, -time.Hour}, {time.Hour, -time.Hour}} {
		clock.advance(step.by)
		if since, err := records.UnknownSince(t.Context(), lost.ID); err != nil || !since.Equal(noon.Add(step.want)) {
			t.Errorf("after %v, it is unknown since %v (%v)", step.by, since, err)
		}
	}
	if _, err := records.UnknownSince(t.Context(), 99); !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("of none, error is %v", err)
	}
}

func TestWhatWasLookedAtIsNotLookedAtAgain(t *testing.T) {
	records := newLedger(t)
	lost := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
	of := ledger.NumbersOf(invoiceOf("CAD-AAAAAA"), false)
	_, err := records.Move(t.Context(), lost.ID, ledger.Move{From: model.StatusSending, To: model.StatusNotIssued, WatchFrom: 24})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ next, want int64 }{{30, 30}, {25, 30}} {
		if err := records.WatchFrom(t.Context(), lost.ID, test.next); err != nil {
			t.Fatal(err)
		}
		if watched, err := records.WatchedFrom(t.Context(), of); err != nil || watched != test.want {
			t.Errorf("it is watched from %d (%v)", watched, err)
		}
	}
	if _, err := records.Numbered(t.Context(), lost.ID, model.Issued{Series: "FCT", Number: "0031"}); err != nil {
		t.Fatal(err)
	}
	if watched, err := records.WatchedFrom(t.Context(), of); err != nil || watched != 0 {
		t.Errorf("once it is found, it is watched from %d (%v)", watched, err)
	}
}

func TestNumberIsHeldInAnySpelling(t *testing.T) {
	records := newLedger(t)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	of := ledger.NumbersOf(invoiceOf("CAD-AAAAAA"), false)
	of.CIF = "12345678"
	if holder, err := records.Holder(t.Context(), of, "24", "0024"); err != nil || holder.Intent != "CAD-AAAAAA" {
		t.Errorf("it is held by %+v (%v)", holder, err)
	}
	if _, err := records.Holder(t.Context(), of, "25", "0025"); !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("another: error is %v", err)
	}
	if last, err := records.Printable(t.Context(), of, 0, 1); err != nil || len(last) != 1 || last[0].Intent != "CAD-AAAAAA" {
		t.Errorf("the last that should be printed is %+v (%v)", last, err)
	}
	of.Kind = model.SeriesProforma
	if last, err := records.Printable(t.Context(), of, 0, 1); err != nil || len(last) != 0 {
		t.Errorf("among proformas: %+v (%v)", last, err)
	}
}

// What the PDF with the highest number shows counts, whatever was read last.
func TestTemplateIsRememberedByItsNewestNumber(t *testing.T) {
	records := newLedger(t)
	of := ledger.NumbersOf(invoiceOf("CAD-AAAAAA"), false)
	if _, known, err := records.Template(t.Context(), of); err != nil || known {
		t.Errorf("at first it is known: %v (%v)", known, err)
	}
	day := model.NewDate(2026, time.November, 22)
	for _, test := range []struct{ seen, want ledger.Sighting }{
		{ledger.Sighting{Number: 5, Issued: day, Prints: true}, ledger.Sighting{Number: 5, Issued: day, Prints: true}},
		{ledger.Sighting{Number: 4, Issued: day}, ledger.Sighting{Number: 5, Issued: day, Prints: true}},
		{ledger.Sighting{Number: 5, Issued: day}, ledger.Sighting{Number: 5, Issued: day}},
		{ledger.Sighting{Number: 7, Issued: day, Prints: true}, ledger.Sighting{Number: 7, Issued: day, Prints: true}},
	} {
		if err := records.SeeTemplate(t.Context(), of, test.seen); err != nil {
			t.Fatal(err)
		}
		if got, known, err := records.Template(t.Context(), of); err != nil || !known || got != test.want {
			t.Errorf("after %+v it is %+v, %v (%v)", test.seen, got, known, err)
		}
	}
	of.Simulated = true
	if _, known, err := records.Template(t.Context(), of); err != nil || known {
		t.Errorf("a simulator's is known: %v (%v)", known, err)
	}
}

func TestHeldHoursAreThoseOfInvoicesOnTheirWayOrIssued(t *testing.T) {
	records := newLedger(t)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	refused := begin(t, records, invoiceOf("CAD-BBBBBB", entry(9)))
	move(t, records, refused.ID, model.StatusSending, model.StatusRefused)
	begin(t, records, invoiceOf("CAD-CCCCCC", entry(10)))
	billed, err := records.BilledHours(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, hours := range billed {
		got[hours.Start.Time().Format("15:04")+"–"+hours.End.Time().Format("15:04")+" "+hours.User+" "+hours.Source] = hours.Invoice
	}
	want := map[string]string{"08:00–09:00 ana timewarrior": "FCT-0024", "10:00–11:00 ana timewarrior": "CAD-CCCCCC"}
	if difference := cmp.Diff(want, got); difference != "" {
		t.Error(difference)
	}
}

func TestWhatSmartBillSaysOfAnInvoiceIsKept(t *testing.T) {
	records := newLedger(t)
	issued := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	charged, err := records.KeepCharged(t.Context(), issued.ID, decimal.RequireFromString("121.5"), "")
	if err != nil || !charged.TotalDiffers() || charged.Message != issued.Message {
		t.Errorf("it is %+v (%v)", charged, err)
	}
	paid, err := records.KeepPayment(t.Context(), issued.ID, model.PaymentPartly)
	if err != nil || paid.Payment != model.PaymentPartly || !paid.PaymentAsked.Equal(noon) || !paid.Changed.Equal(issued.Changed) {
		t.Errorf("it is %+v (%v)", paid, err)
	}
	if _, err := records.KeepPayment(t.Context(), 99, model.PaymentPaid); !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("of none, error is %v", err)
	}
}
