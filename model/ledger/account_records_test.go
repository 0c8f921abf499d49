package ledger_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

func TestInvoiceInTheMakingSurvivesQuitting(t *testing.T) {
	path := newPath(t)
	records, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	if nothing, err := records.InvoiceInProgress(t.Context()); err != nil || !cmp.Equal(nothing, model.InvoiceInProgress{}) {
		t.Errorf("at first it is %+v (%v)", nothing, err)
	}
	quantity := model.LineEdit{Entries: []string{"a"}, Name: "Dezvoltare"}
	want := model.InvoiceInProgress{
		Selection: model.Selection{Grouping: model.GroupByTask, Period: "2026-10"},
		Buyer:     model.Buyer{Client: model.Client{Name: "Fabr"}, SaveClient: true},
		Edits:     model.InvoiceEdits{Note: "Mulțumim", DueDate: model.NewDate(2026, time.December, 1), Lines: []model.LineEdit{quantity}},
	}
	keep := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keep(records.KeepSelection(t.Context(), model.Selection{Period: "all"}, slices.Values([]model.Tick{{Fingerprint: "z"}})))
	ticked := manyTicks()
	keep(records.KeepSelection(t.Context(), want.Selection, slices.Values(ticked)))
	keep(records.KeepBuyer(t.Context(), want.Buyer))
	keep(records.KeepEdits(t.Context(), want.Edits))
	keep(records.Close())

	records = open(t, path, newClock().now)
	got, err := records.InvoiceInProgress(t.Context())
	if difference := cmp.Diff(want, got); err != nil || difference != "" {
		t.Errorf("it came back differently (%v):\n%s", err, difference)
	}
	if difference := cmp.Diff(ticked, ticksOf(t, records)); difference != "" {
		t.Errorf("the ticks came back differently:\n%s", difference)
	}
}

// manyTicks are more than fit into a chunk; of the last it is not known when it starts.
func manyTicks() []model.Tick {
	var ticks []model.Tick
	for i := range int64(10_000) {
		ticks = append(ticks, model.Tick{Fingerprint: fmt.Sprintf("%016x", i), Start: 1_700_000_000 + i/2*900})
	}
	return append(ticks, model.Tick{Fingerprint: "0123456789abcdef"})
}

func ticksOf(t *testing.T, records *ledger.Ledger) []model.Tick {
	t.Helper()
	var ticks []model.Tick
	if err := records.Ticked(t.Context(), func(tick model.Tick) { ticks = append(ticks, tick) }); err != nil {
		t.Fatal(err)
	}
	return ticks
}

// A program that starts after a crash must not find the lines of an invoice that is on its way to be billed again.
func TestFreeLinesLeaveTheMakingWithTheirInvoice(t *testing.T) {
	records := newLedger(t)
	selection := model.Selection{Period: "all", Free: []model.FreeLine{{ID: 1, Name: "Licence"}, {ID: 2, Name: "Travel"}}}
	if err := records.KeepSelection(t.Context(), selection, slices.Values([]model.Tick(nil))); err != nil {
		t.Fatal(err)
	}
	left := func() []model.FreeLine {
		t.Helper()
		inProgress, err := records.InvoiceInProgress(t.Context())
		if err != nil || inProgress.Selection.Period != "all" {
			t.Fatalf("in the making is %+v (%v)", inProgress, err)
		}
		return inProgress.Selection.Free
	}
	licence := invoiceOf("CAD-AAAAAA")
	licence.Lines[0].Free, licence.Lines[0].Quantity = 1, decimal.NewFromInt(1)
	lost := begin(t, records, licence)
	if got := left(); len(got) != 1 || got[0].Name != "Travel" {
		t.Errorf("left in the making is %+v", got)
	}
	move(t, records, lost.ID, model.StatusSending, model.StatusNotIssued)
	if err := records.KeepSelection(t.Context(), selection, slices.Values([]model.Tick(nil))); err != nil {
		t.Fatal(err)
	}
	licence.Intent = "CAD-CCCCCC"
	again := ledger.Intent{Prepared: licence, Request: []byte("{}"), Counter: 24, Replaced: lost.ID}
	if _, err := records.Begin(t.Context(), again); err != nil {
		t.Fatal(err)
	}
	if got := left(); len(got) != 2 {
		t.Errorf("sending an older invoice again left %+v", got)
	}
}

func TestAccountIsKnownWithAndWithoutRO(t *testing.T) {
	records := newLedger(t)
	want := model.Account{
		CIF: "RO12345678", Asked: noon, Series: []model.Series{{Name: "FCT", Kind: model.SeriesInvoice, Next: 24}},
		Rates: model.VATRates{{Name: "Normala", Percent: decimal.NewFromInt(21)}},
	}
	for range 2 {
		if err := records.KeepAccount(t.Context(), want); err != nil {
			t.Fatal(err)
		}
	}
	for _, cif := range []string{"RO12345678", "12345678", "ro 12345678"} {
		got, err := records.Account(t.Context(), cif)
		if difference := cmp.Diff(want, got); err != nil || difference != "" {
			t.Errorf("%s (%v):\n%s", cif, err, difference)
		}
	}
	if got, err := records.Account(t.Context(), "27654321"); err != nil || !cmp.Equal(got, model.Account{}) {
		t.Errorf("an account never asked is %+v (%v)", got, err)
	}
}

// names lists the address book.
func names(t *testing.T, records *ledger.Ledger) []string {
	t.Helper()
	clients, err := records.Clients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, client := range clients {
		names = append(names, client.Name)
	}
	return names
}

func TestAddressBookHasEachNameOnceAndTheLastUsedFirst(t *testing.T) {
	clock := newClock()
	records := open(t, newPath(t), clock.now)
	for _, name := range []string{"Fabrica de Pâine SRL", "Brutăria Nouă", "  FABRICA   de paine srl", "Zidaria"} {
		// The order must not depend on a clock that runs well.
		clock.advance(-time.Minute)
		if err := records.KeepClient(t.Context(), model.Client{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if difference := cmp.Diff([]string{"Zidaria", "FABRICA de paine srl", "Brutăria Nouă"}, names(t, records)); difference != "" {
		t.Error(difference)
	}
}

func TestIssuedInvoiceBringsItsClientToTheFront(t *testing.T) {
	records := newLedger(t)
	known := buyer()
	known.TrackerNames, known.City = []string{"acme"}, "Turda"
	for _, client := range []model.Client{known, {Name: "Zidaria"}} {
		if err := records.KeepClient(t.Context(), client); err != nil {
			t.Fatal(err)
		}
	}
	refused := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
	move(t, records, refused.ID, model.StatusSending, model.StatusRefused)
	if first := names(t, records)[0]; first != "Zidaria" {
		t.Errorf("after a refused invoice %s comes first", first)
	}
	issue(t, records, invoiceOf("CAD-BBBBBB", entry(8)), 24)
	clients, err := records.Clients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := buyer().Cleaned()
	want.TrackerNames = []string{"acme", "paine*"}
	if difference := cmp.Diff(want, clients[0]); difference != "" {
		t.Errorf("the address book has (-want +got):\n%s", difference)
	}
}

func TestLogOfCallsKeepsTheLastThousand(t *testing.T) {
	records := newLedger(t)
	if err := records.Exec(t.Context(), "PRAGMA synchronous = OFF"); err != nil {
		t.Fatal(err)
	}
	for range 1001 {
		if err := records.LogCall(t.Context(), "read the series", "done"); err != nil {
			t.Fatal(err)
		}
	}
	if err := records.LogCall(t.Context(), "issue the\x1b[31m invoice", "refused"); err != nil {
		t.Fatal(err)
	}
	calls, err := records.Calls(t.Context())
	if err != nil || len(calls) != 1000 {
		t.Fatalf("the log has %d calls (%v)", len(calls), err)
	}
	want := ledger.Call{Operation: "issue the[31m invoice", Status: "refused", At: noon}
	if difference := cmp.Diff(want, calls[0], cmpopts.EquateApproxTime(0)); difference != "" {
		t.Error(difference)
	}
}
