package ledger_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

func TestInvoiceIsKeptAsItWasConfirmed(t *testing.T) {
	records := newLedger(t)
	hours := []*model.Entry{entry(8), entry(9)}
	hours[0].Tags, hours[0].Description = []string{"a", "b"}, "Ședință"
	hours[0].Price = &model.HourlyPrice{Amount: decimal.RequireFromString("60.5"), Currency: "EUR"}
	confirmed := invoiceOf("CAD-AAAAAA", hours...)
	begun := begin(t, records, confirmed)
	want := model.Invoice{
		ID: 1, Intent: "CAD-AAAAAA", Company: "12345678", Kind: model.KindInvoice, Series: "FCT", Status: model.StatusSending,
		Payment: model.PaymentUnpaid, ClientName: "Fabrica de Pâine SRL", ClientCountry: "RO",
		Net: decimal.NewFromInt(200), VAT: decimal.NewFromInt(42), Total: decimal.NewFromInt(242), Currency: "RON",
		NetLei:    decimal.NewNullDecimal(decimal.NewFromInt(200)),
		IssueDate: confirmed.IssueDate, DueDate: confirmed.DueDate, Counter: 24, Changed: noon,
		Supply: model.Period{From: model.NewDate(2026, time.October, 1), To: model.NewDate(2026, time.October, 1)},
	}
	if difference := cmp.Diff(want, begun); difference != "" {
		t.Errorf("what is listed differs (-want +got):\n%s", difference)
	}
	issued, err := records.Numbered(t.Context(), begun.ID, model.Issued{
		Series: "FCT", Number: "0024", DocumentID: "7", DocumentURL: "https://edit.example/7", Message: "Factura\x1b emisa",
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, reference := range []string{"CAD-AAAAAA", "FCT-0024"} {
		detail, err := records.Detail(t.Context(), reference)
		if err != nil {
			t.Fatal(err)
		}
		wantDetail := model.InvoiceDetail{
			Invoice: issued, Prepared: confirmed, Request: []byte(`{"series":"FCT"}`),
			Entries: []string{hours[0].Fingerprint, hours[1].Fingerprint}, DocumentURL: "https://edit.example/7",
		}
		if difference := cmp.Diff(wantDetail, detail); difference != "" {
			t.Errorf("%s differs (-want +got):\n%s", reference, difference)
		}
		if detail.Message != "Factura emisa" {
			t.Errorf("the message is %q", detail.Message)
		}
	}
}

func TestUnknownReferencesAreSaidToBeUnknown(t *testing.T) {
	records := newLedger(t)
	begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
	for _, reference := range []string{"", "FCT-", "FCT-0024", "CAD-BBBBBB", "AAAAAA", "'; DROP TABLE invoices; --"} {
		if _, err := records.Detail(t.Context(), reference); !errors.Is(err, model.ErrInvoiceUnknown) {
			t.Errorf("%q: error is %v", reference, err)
		}
	}
}

func TestInvoicesAreListedNewestFirst(t *testing.T) {
	records := newLedger(t)
	for number := range 5 {
		issue(t, records, invoiceOf("CAD-"+strings.Repeat(string(rune('A'+number)), 6), entry(number)), number+1)
	}
	invoices, err := records.Invoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var references []string
	var ids []int64
	for _, invoice := range invoices {
		references, ids = append(references, invoice.Reference()), append(ids, invoice.ID)
	}
	if difference := cmp.Diff([]string{"FCT-0005", "FCT-0004", "FCT-0003", "FCT-0002", "FCT-0001"}, references); difference != "" {
		t.Error(difference)
	}
	entries, err := records.EntriesOf(t.Context(), ids[:2])
	if err != nil {
		t.Fatal(err)
	}
	want := map[int64][]string{ids[0]: {entry(4).Fingerprint}, ids[1]: {entry(3).Fingerprint}}
	if difference := cmp.Diff(want, entries); difference != "" {
		t.Error(difference)
	}
	if none, err := records.EntriesOf(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("entries of no invoice are %v (%v)", none, err)
	}
}

func TestOneReferenceIsGivenOnce(t *testing.T) {
	records := newLedger(t)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	_, err := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-AAAAAA", entry(9)), Request: []byte("{}")})
	if !errors.Is(err, ledger.ErrReferenceTaken) {
		t.Errorf("error is %v", err)
	}
	if status := stateOf(t, records, entry(9)); status.State != model.EntryFree {
		t.Errorf("the hour is %+v", status)
	}
}

func TestUnsettledInvoiceClosesItsSeriesAlone(t *testing.T) {
	for _, status := range []model.Status{model.StatusSending, model.StatusUnknown} {
		records := newLedger(t)
		first := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
		if status != model.StatusSending {
			move(t, records, first.ID, model.StatusSending, status)
		}
		_, err := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-BBBBBB", entry(9)), Request: []byte("{}")})
		if !errors.Is(err, model.ErrSeriesBusy) || !strings.Contains(err.Error(), "CAD-AAAAAA") {
			t.Errorf("%s: error is %v", status, err)
		}
		other := invoiceOf("CAD-CCCCCC", entry(10))
		other.Series = "ABC"
		begin(t, records, other)
		foreign := invoiceOf("CAD-DDDDDD", entry(11))
		foreign.CIF = "RO27654321"
		begin(t, records, foreign)
		proforma := invoiceOf("CAD-EEEEEE", entry(12))
		proforma.Kind = model.KindProforma
		begin(t, records, proforma)
		sameCompany := invoiceOf("CAD-FFFFFF", entry(13))
		sameCompany.CIF = "12345678"
		_, err = records.Begin(t.Context(), ledger.Intent{Prepared: sameCompany, Request: []byte("{}")})
		if !errors.Is(err, model.ErrSeriesBusy) {
			t.Errorf("%s: without RO before the company's code, error is %v", status, err)
		}
	}
}

func TestEveryOtherStateLeavesTheSeriesOpen(t *testing.T) {
	for _, status := range []model.Status{
		model.StatusDraftSent, model.StatusIssued, model.StatusRefused, model.StatusNotIssued, model.StatusCancelling,
		model.StatusCancelled, model.StatusRestoring, model.StatusReversed,
	} {
		records := newLedger(t)
		move(t, records, begin(t, records, invoiceOf("CAD-AAAAAA", entry(8))).ID, model.StatusSending, status)
		begin(t, records, invoiceOf("CAD-BBBBBB", entry(9)))
	}
}

func TestMoveComparesTheOldState(t *testing.T) {
	records := newLedger(t)
	invoice := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	_, err := records.Move(t.Context(), invoice.ID, ledger.Move{From: model.StatusSending, To: model.StatusNotIssued})
	if !errors.Is(err, model.ErrStateChanged) || !strings.Contains(err.Error(), "FCT-0024 is issued") {
		t.Errorf("error is %v", err)
	}
	if status := stateOf(t, records, entry(8)); status != (model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0024"}) {
		t.Errorf("the hour is %+v", status)
	}
	_, err = records.Move(t.Context(), 99, ledger.Move{From: model.StatusSending, To: model.StatusNotIssued})
	if !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("of an invoice that is not there, error is %v", err)
	}
}

func TestDraftInSmartBillKeepsItsHoursReserved(t *testing.T) {
	records := newLedger(t)
	unfinished := invoiceOf("CAD-AAAAAA", entry(8))
	unfinished.Unfinished = true
	begun := begin(t, records, unfinished)
	made, err := records.DraftMade(t.Context(), begun.ID, model.StatusSending,
		model.Issued{DocumentID: "7", ViewURL: "https://view.example/7"})
	if err != nil || made.Status != model.StatusDraftSent || made.Number != "" {
		t.Fatalf("it became %+v (%v)", made, err)
	}
	if status := stateOf(t, records, entry(8)); status != (model.EntryStatus{State: model.EntryReserved, Invoice: "CAD-AAAAAA"}) {
		t.Errorf("the hour is %+v", status)
	}
	if detail, err := records.Detail(t.Context(), "CAD-AAAAAA"); err != nil || detail.DocumentURL != "https://view.example/7" {
		t.Errorf("its page is %q (%v)", detail.DocumentURL, err)
	}
	_, err = records.DraftMade(t.Context(), begun.ID, model.StatusSending, model.Issued{DocumentID: "8"})
	if !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("a second time, error is %v", err)
	}
}

func TestLateNumberWins(t *testing.T) {
	for _, status := range []model.Status{
		model.StatusUnknown, model.StatusNotIssued, model.StatusRefused, model.StatusDraftSent,
	} {
		records := newLedger(t)
		begun := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
		move(t, records, begun.ID, model.StatusSending, status)
		number := model.Issued{Series: "FCT", Number: "0024"}
		issued, err := records.Numbered(t.Context(), begun.ID, number)
		if err != nil || issued.Status != model.StatusIssued || issued.Reference() != "FCT-0024" {
			t.Errorf("after %s it became %+v (%v)", status, issued, err)
		}
		if hours := stateOf(t, records, entry(8)); hours.State != model.EntryBilled {
			t.Errorf("after %s the hour is %+v", status, hours)
		}
		if again, err := records.Numbered(t.Context(), begun.ID, number); err != nil || again.Status != model.StatusIssued {
			t.Errorf("the same number again: %+v (%v)", again, err)
		}
		number.Number = "0025"
		if _, err := records.Numbered(t.Context(), begun.ID, number); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("another number: error is %v", err)
		}
	}
}

func TestLateNumberDoesNotTakeHoursFromAnotherInvoice(t *testing.T) {
	records := newLedger(t)
	late := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8), entry(9)))
	move(t, records, late.ID, model.StatusSending, model.StatusNotIssued)
	issue(t, records, invoiceOf("CAD-BBBBBB", entry(8)), 25)
	issued, err := records.Numbered(t.Context(), late.ID, model.Issued{Series: "FCT", Number: "0024"})
	if err != nil || issued.Reference() != "FCT-0024" {
		t.Fatalf("it became %+v (%v)", issued, err)
	}
	if !strings.Contains(issued.Message, "FCT-0025") || !strings.Contains(issued.Message, "1 of its entries") {
		t.Errorf("the message does not warn: %q", issued.Message)
	}
	for hour, want := range map[int]string{8: "FCT-0025", 9: "FCT-0024"} {
		if status := stateOf(t, records, entry(hour)); status.Invoice != want {
			t.Errorf("hour %d is on %+v, want %s", hour, status, want)
		}
	}
}

func TestNumberThatSmartBillGaveAgainProvesItsFirstInvoiceDeleted(t *testing.T) {
	records := newLedger(t)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	again := issue(t, records, invoiceOf("CAD-BBBBBB", entry(9)), 24)
	if again.Reference() != "FCT-0024" || again.Status != model.StatusIssued {
		t.Errorf("the new invoice is %+v", again)
	}
	first, err := records.Detail(t.Context(), "CAD-AAAAAA")
	if err != nil || first.Status != model.StatusDeleted || first.Number != "0024" || !strings.Contains(first.Message, "CAD-BBBBBB") {
		t.Errorf("the first invoice is %+v (%v)", first.Invoice, err)
	}
	if status := stateOf(t, records, entry(8)); status.State != model.EntryFree {
		t.Errorf("its hour is %+v", status)
	}
}

func TestCompaniesMayHaveTheSameNumbers(t *testing.T) {
	records := newLedger(t)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	other := invoiceOf("CAD-BBBBBB", entry(9))
	other.CIF = "RO27654321"
	issue(t, records, other, 24)
	for _, reference := range []string{"CAD-AAAAAA", "CAD-BBBBBB"} {
		if detail, err := records.Detail(t.Context(), reference); err != nil || detail.Reference() != "FCT-0024" {
			t.Errorf("%s is %+v (%v)", reference, detail.Invoice, err)
		}
	}
}

func TestRestoringNeedsTheHoursBack(t *testing.T) {
	records := newLedger(t)
	invoice := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	move(t, records, invoice.ID, model.StatusIssued, model.StatusCancelling)
	move(t, records, invoice.ID, model.StatusCancelling, model.StatusCancelled)
	other := issue(t, records, invoiceOf("CAD-BBBBBB", entry(8)), 25)
	_, err := records.Move(t.Context(), invoice.ID, ledger.Move{From: model.StatusCancelled, To: model.StatusRestoring})
	if !errors.Is(err, model.ErrEntriesTaken) || !strings.Contains(err.Error(), "FCT-0025") {
		t.Errorf("error is %v", err)
	}
	if detail, err := records.Detail(t.Context(), "FCT-0024"); err != nil || detail.Status != model.StatusCancelled {
		t.Errorf("it is %s (%v)", detail.Status, err)
	}
	move(t, records, other.ID, model.StatusIssued, model.StatusReversed)
	move(t, records, invoice.ID, model.StatusCancelled, model.StatusRestoring)
	move(t, records, invoice.ID, model.StatusRestoring, model.StatusIssued)
	if status := stateOf(t, records, entry(8)); status != (model.EntryStatus{State: model.EntryBilled, Invoice: "FCT-0024"}) {
		t.Errorf("the hour is %+v", status)
	}
}

func TestHourOnTwoLinesIsRefused(t *testing.T) {
	records := newLedger(t)
	twice := invoiceOf("CAD-AAAAAA", entry(8))
	twice.Lines = append(twice.Lines, twice.Lines[0])
	_, err := records.Begin(t.Context(), ledger.Intent{Prepared: twice, Request: []byte("{}")})
	if !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("error is %v", err)
	}
	if invoices, err := records.Invoices(t.Context()); err != nil || len(invoices) != 0 {
		t.Errorf("the ledger holds %v (%v)", invoices, err)
	}
}
