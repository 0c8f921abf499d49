package ledger_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// noon is when the tests' clocks start.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

// clock is a clock that stands still until it is set.
type clock struct {
	mu   sync.Mutex
	time time.Time
}

func newClock() *clock { return &clock{time: noon} }

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.time
}

func (c *clock) advance(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.time = c.time.Add(by)
}

// open opens the ledger at path until the test ends.
func open(tb testing.TB, path string, clock func() time.Time) *ledger.Ledger {
	tb.Helper()
	records, err := ledger.Open(tb.Context(), path, clock)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := records.Close(); err != nil {
			tb.Error(err)
		}
	})
	return records
}

// newLedger opens a new ledger whose clock stands at noon.
func newLedger(tb testing.TB) *ledger.Ledger {
	tb.Helper()
	return open(tb, newPath(tb), newClock().now)
}

func newPath(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "cadensa", "ledger.db")
}

// entry makes a tracked hour of the day.
func entry(hour int) *model.Entry {
	start := time.Date(2026, time.October, 1, hour, 0, 0, 0, time.UTC)
	return new(model.Entry{
		Source: "timewarrior", Start: model.InstantOf(start), End: model.InstantOf(start.Add(time.Hour)), Seconds: 3600, Project: "Atlas",
		User: "ana", Billable: true,
	}.Fingerprinted(0))
}

// buyer is a client in good order.
func buyer() model.Client {
	return model.Client{
		Name: "Fabrica de Pâine SRL", Country: "RO", Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca",
		County: "Cluj", VATNumber: "RO18547290", TrackerNames: []string{"paine*"},
	}
}

// invoiceOf makes an invoice of 100 RON and 21 % VAT for each of the entries, on one line.
func invoiceOf(reference string, entries ...*model.Entry) model.PreparedInvoice {
	line := model.Line{
		Name: "Atlas", Quantity: decimal.NewFromInt(int64(len(entries))), Unit: model.UnitHour, Price: decimal.NewFromInt(100),
		Currency: "RON", VAT: model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)},
	}
	for _, entry := range entries {
		line.Entries = append(line.Entries, entry.Fingerprint)
		line.Supply = model.Period{From: model.DateOf(entries[0].Start.Time()), To: model.DateOf(entry.Start.Time())}
	}
	return model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: "RO12345678", Client: buyer(), Series: "FCT", Currency: "RON",
		IssueDate: model.NewDate(2026, time.November, 22), DueDate: model.NewDate(2026, time.December, 22),
		Lines: []model.Line{line}, Treatment: model.Treatment{Setting: "Normala"}, Intent: reference, PrintIntent: true, Hours: entries,
	}
}

// begin records the invoice as being sent.
func begin(tb testing.TB, records *ledger.Ledger, prepared model.PreparedInvoice) model.Invoice {
	tb.Helper()
	invoice, err := records.Begin(tb.Context(), ledger.Intent{Prepared: prepared, Request: []byte(`{"series":"FCT"}`), Counter: 24})
	if err != nil {
		tb.Fatal(err)
	}
	return invoice
}

// issue records the invoice as issued under the number.
func issue(tb testing.TB, records *ledger.Ledger, prepared model.PreparedInvoice, number int) model.Invoice {
	tb.Helper()
	invoice, err := records.Numbered(tb.Context(), begin(tb, records, prepared).ID,
		model.Issued{Series: prepared.Series, Number: fmt.Sprintf("%04d", number)})
	if err != nil {
		tb.Fatal(err)
	}
	return invoice
}

// move changes the state of an invoice.
func move(tb testing.TB, records *ledger.Ledger, id int64, from, to model.Status) model.Invoice {
	tb.Helper()
	invoice, err := records.Move(tb.Context(), id, ledger.Move{From: from, To: to})
	if err != nil {
		tb.Fatal(err)
	}
	return invoice
}

// stateOf tells the state of an entry's hours.
func stateOf(tb testing.TB, records *ledger.Ledger, entry *model.Entry) model.EntryStatus {
	tb.Helper()
	statuses, err := records.Statuses(tb.Context(), false)
	if err != nil {
		tb.Fatal(err)
	}
	status, ok := statuses[entry.Fingerprint]
	if !ok {
		return model.EntryStatus{State: model.EntryFree}
	}
	return status
}
