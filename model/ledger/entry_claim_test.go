package ledger_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/ledger"
)

// moves are the changes of state that the program makes, save the arrival of a number.
var moves = []ledger.Move{
	{From: model.StatusSending, To: model.StatusRefused},
	{From: model.StatusSending, To: model.StatusNotIssued},
	{From: model.StatusSending, To: model.StatusUnknown},
	{From: model.StatusSending, To: model.StatusDraftSent},
	{From: model.StatusUnknown, To: model.StatusNotIssued},
	{From: model.StatusDraftSent, To: model.StatusNotIssued},
	{From: model.StatusIssued, To: model.StatusCancelling},
	{From: model.StatusCancelling, To: model.StatusIssued},
	{From: model.StatusCancelling, To: model.StatusCancelled},
	{From: model.StatusCancelled, To: model.StatusRestoring},
	{From: model.StatusRestoring, To: model.StatusCancelled},
	{From: model.StatusRestoring, To: model.StatusIssued},
	{From: model.StatusIssued, To: model.StatusReversed},
}

// book is the plain model of a ledger: what every invoice is, and which hours it was made from.
type book struct {
	records  *ledger.Ledger
	invoices []*page
	// holders tells which invoice holds an hour.
	holders map[int]*page
}

type page struct {
	id     int64
	status model.Status
	number string
	hours  []int
}

// TestNoHourIsOnTwoInvoicesAndNoneIsLost makes random acts on a real ledger and on a plain model, and compares which
// invoice holds which hour.
func TestNoHourIsOnTwoInvoicesAndNoneIsLost(t *testing.T) {
	records := newLedger(t)
	if err := records.Exec(t.Context(), "PRAGMA synchronous = OFF"); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		err := records.Exec(t.Context(), "DELETE FROM claims; DELETE FROM invoice_entries; DELETE FROM papers; DELETE FROM invoices")
		if err != nil {
			rt.Fatal(err)
		}
		b := &book{records: records, holders: map[int]*page{}}
		for range rapid.IntRange(1, 20).Draw(rt, "acts") {
			switch rapid.SampledFrom([]string{"begin", "move", "number"}).Draw(rt, "act") {
			case "begin":
				b.begin(t, rt)
			case "move":
				b.move(t, rt)
			case "number":
				b.number(t, rt)
			}
			b.compare(t, rt)
		}
	})
}

func (b *book) begin(t *testing.T, rt *rapid.T) {
	hours := rapid.SliceOfNDistinct(rapid.IntRange(0, 7), 1, 4, rapid.ID).Draw(rt, "hours")
	entries := make([]*model.Entry, len(hours))
	for i, hour := range hours {
		entries[i] = entry(hour)
	}
	wanted := invoiceOf(fmt.Sprintf("CAD-%06d", len(b.invoices)), entries...)
	begun, err := b.records.Begin(t.Context(), ledger.Intent{Prepared: wanted, Request: []byte("{}")})
	busy := slices.ContainsFunc(b.invoices, func(p *page) bool {
		return p.status == model.StatusSending || p.status == model.StatusUnknown
	})
	taken := slices.ContainsFunc(hours, func(hour int) bool { return b.holders[hour] != nil })
	switch {
	case busy:
		expect(rt, err, model.ErrSeriesBusy)
	case taken:
		expect(rt, err, model.ErrEntriesTaken)
	case err != nil:
		rt.Fatal(err)
	default:
		made := &page{id: begun.ID, status: model.StatusSending, hours: hours}
		b.invoices = append(b.invoices, made)
		b.hold(made)
	}
}

func (b *book) move(t *testing.T, rt *rapid.T) {
	if len(b.invoices) == 0 {
		return
	}
	chosen, move := rapid.SampledFrom(b.invoices).Draw(rt, "invoice"), rapid.SampledFrom(moves).Draw(rt, "move")
	_, err := b.records.Move(t.Context(), chosen.id, move)
	rival := slices.ContainsFunc(chosen.hours, func(hour int) bool { return b.holders[hour] != nil && b.holders[hour] != chosen })
	switch {
	case chosen.status != move.From:
		expect(rt, err, model.ErrStateChanged)
	case move.To.HoldsEntries() && !move.From.HoldsEntries() && rival:
		expect(rt, err, model.ErrEntriesTaken)
	case err != nil:
		rt.Fatal(err)
	default:
		chosen.status = move.To
		b.hold(chosen)
	}
}

// number lets a number arrive, late or not.
func (b *book) number(t *testing.T, rt *rapid.T) {
	if len(b.invoices) == 0 {
		return
	}
	chosen := rapid.SampledFrom(b.invoices).Draw(rt, "invoice")
	number := fmt.Sprintf("%04d", chosen.id)
	_, err := b.records.Numbered(t.Context(), chosen.id, model.Issued{Series: "FCT", Number: number})
	if err != nil {
		rt.Fatal(err)
	}
	if chosen.number == "" {
		chosen.status, chosen.number = model.StatusIssued, number
		b.hold(chosen)
	}
}

// hold is the rule in its plainest form: a state that holds takes the hours that are free, another gives its own back.
func (b *book) hold(p *page) {
	for _, hour := range p.hours {
		switch {
		case p.status.HoldsEntries() && b.holders[hour] == nil:
			b.holders[hour] = p
		case !p.status.HoldsEntries() && b.holders[hour] == p:
			delete(b.holders, hour)
		}
	}
	// What is free now goes to an invoice in force that bills it too.
	for _, other := range b.invoices {
		for _, hour := range other.hours {
			if other.status.HoldsEntries() && b.holders[hour] == nil {
				b.holders[hour] = other
			}
		}
	}
}

func (b *book) compare(t *testing.T, rt *rapid.T) {
	statuses, err := b.records.Statuses(t.Context(), false)
	if err != nil {
		rt.Fatal(err)
	}
	want := map[string]model.EntryStatus{}
	for hour, holder := range b.holders {
		status := model.EntryStatus{State: model.EntryReserved, Invoice: fmt.Sprintf("CAD-%06d", slices.Index(b.invoices, holder))}
		if holder.number != "" {
			status.Invoice = "FCT-" + holder.number
		}
		if holder.status == model.StatusIssued || holder.status == model.StatusCancelling {
			status.State = model.EntryBilled
		}
		want[entry(hour).Fingerprint] = status
	}
	if difference := cmp.Diff(want, statuses); difference != "" {
		rt.Fatalf("hours differ (-want +got):\n%s", difference)
	}
}

func expect(rt *rapid.T, err, want error) {
	if !errors.Is(err, want) {
		rt.Fatalf("error is %v, want %v", err, want)
	}
}

func TestOneOfManyWinsTheSameHour(t *testing.T) {
	path := newPath(t)
	const rivals = 8
	handles := []*ledger.Ledger{open(t, path, newClock().now), open(t, path, newClock().now)}
	results := make(chan error, rivals)
	var group sync.WaitGroup
	for i := range rivals {
		group.Go(func() {
			wanted := invoiceOf(fmt.Sprintf("CAD-%06d", i), entry(8), entry(9+i))
			wanted.Series = fmt.Sprintf("S%d", i)
			_, err := handles[i%2].Begin(t.Context(), ledger.Intent{Prepared: wanted, Request: []byte("{}")})
			results <- err
		})
	}
	group.Wait()
	close(results)
	won := 0
	for err := range results {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, model.ErrEntriesTaken):
			t.Errorf("a loser was told: %v", err)
		}
	}
	invoices, err := handles[0].Invoices(t.Context())
	if err != nil || won != 1 || len(invoices) != 1 {
		t.Errorf("%d won, the ledger holds %d invoices (%v)", won, len(invoices), err)
	}
	statuses, err := handles[1].Statuses(t.Context(), false)
	if err != nil || len(statuses) != 2 {
		t.Errorf("hours are %v (%v)", statuses, err)
	}
}
