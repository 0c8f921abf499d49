package ledger_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
)

// edited is the hour of the day with another note, and so another fingerprint.
func edited(hour int) *model.Entry {
	changed := *entry(hour)
	changed.Description = "edited"
	return new(changed.Fingerprinted(0))
}

// daily is two hours of a day without clock times.
func daily(user, note string) *model.Entry {
	day := model.InstantOf(time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC))
	return new(model.Entry{
		Source: "harvest", Start: day, End: day, Seconds: 7200, Project: "Atlas", User: user, Description: note, Billable: true,
	}.Fingerprinted(0))
}

// readOf is a reading of one file that has the entries.
func readOf(user string, entries ...*model.Entry) *model.SourceReading {
	read := &model.SourceReading{Location: time.UTC, Files: []model.ReadFile{{Name: "hours", Format: entries[0].Source, User: user}}}
	for _, entry := range entries {
		read.Entries = append(read.Entries, *entry)
	}
	return read
}

// requireLooksBilled expects a refusal that names the invoice and the entry, and that nothing was recorded.
func requireLooksBilled(tb testing.TB, records *ledger.Ledger, err error, invoice string, entry *model.Entry) {
	tb.Helper()
	refusal, ok := errors.AsType[*model.LooksBilledError](err)
	if !ok || !errors.Is(err, model.ErrEntriesTaken) || refusal.Invoice != invoice || !strings.Contains(err.Error(), entry.Fingerprint) {
		tb.Errorf("error is %v", err)
	}
	if got := stateOf(tb, records, entry); got.State != model.EntryFree {
		tb.Errorf("the entry is %+v", got)
	}
}

// What was ticked may look billed by the time that it is to be reserved: another program billed it meanwhile.
func TestBeginChecksWhatLooksBilledAgain(t *testing.T) {
	for name, test := range map[string]struct {
		billed, entry *model.Entry
		user          string
		refused       bool
	}{
		"edited":                     {entry(8), edited(8), "", true},
		"another hour":               {entry(8), edited(9), "", false},
		"by the day, note edited":    {daily("ana", "a"), daily("ana", "b"), "", true},
		"by the day, renamed":        {daily("ana", "a"), daily("Ana Pop", "a"), "", true},
		"by the day, named settings": {daily("", "a"), daily("", "b"), "ana", true},
	} {
		records := newLedger(t)
		issue(t, records, invoiceOf("CAD-AAAAAA", test.billed), 24)
		wanted := invoiceOf("CAD-BBBBBB", test.entry)
		wanted.Reading = readOf(test.user, test.entry)
		if !test.refused {
			wanted.Reading = readOf(test.user, test.billed, test.entry)
		}
		_, err := records.Begin(t.Context(), ledger.Intent{Prepared: wanted, Request: []byte("{}")})
		if !test.refused {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		requireLooksBilled(t, records, err, "FCT-0024", test.entry)
		if _, err := records.Detail(t.Context(), "CAD-BBBBBB"); !errors.Is(err, model.ErrInvoiceUnknown) {
			t.Errorf("%s: it was recorded: %v", name, err)
		}
		wanted.Overridden = []string{test.entry.Fingerprint}
		if _, err := records.Begin(t.Context(), ledger.Intent{Prepared: wanted, Request: []byte("{}")}); err != nil {
			t.Errorf("%s, chosen deliberately: %v", name, err)
		}
		if detail, err := records.Detail(t.Context(), "CAD-BBBBBB"); err != nil || len(detail.Prepared.Overridden) != 1 {
			t.Errorf("%s: kept as chosen deliberately are %v (%v)", name, detail.Prepared.Overridden, err)
		}
	}
	// Two rows of one file are two pieces of work.
	records := newLedger(t)
	issue(t, records, invoiceOf("CAD-AAAAAA", daily("ana", "a")), 24)
	wanted := invoiceOf("CAD-BBBBBB", daily("ana", "b"))
	wanted.Reading = readOf("", daily("ana", "a"), daily("ana", "b"))
	begin(t, records, wanted)
}

func TestResendChecksOthersHoursAndNotItsOwn(t *testing.T) {
	for _, billed := range []bool{false, true} {
		records := newLedger(t)
		lost := begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
		move(t, records, lost.ID, model.StatusSending, model.StatusNotIssued)
		if billed {
			issue(t, records, invoiceOf("CAD-BBBBBB", edited(8)), 24)
		}
		_, err := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-CCCCCC", entry(8)), Request: []byte("{}"), Replaced: lost.ID})
		if !billed && err != nil {
			t.Errorf("its own hours: %v", err)
		}
		if billed {
			requireLooksBilled(t, records, err, "FCT-0024", entry(8))
		}
	}
	// By the day, it is the entry that is sent again which vanished.
	records := newLedger(t)
	lost := begin(t, records, invoiceOf("CAD-AAAAAA", daily("ana", "a")))
	move(t, records, lost.ID, model.StatusSending, model.StatusNotIssued)
	issue(t, records, invoiceOf("CAD-BBBBBB", daily("ana", "b")), 24)
	again := invoiceOf("CAD-CCCCCC", daily("ana", "a"))
	again.Reading = readOf("", daily("ana", "b"))
	_, err := records.Begin(t.Context(), ledger.Intent{Prepared: again, Request: []byte("{}"), Replaced: lost.ID})
	requireLooksBilled(t, records, err, "FCT-0024", daily("ana", "a"))
}

// The invoice of a proforma bills what was looked at when the proforma was made, also beside hours that were chosen
// deliberately since.
func TestConversionTakesItsHoursOver(t *testing.T) {
	records := newLedger(t)
	estimate := invoiceOf("CAD-AAAAAA", entry(8)).AsProforma("PRF")
	made := issue(t, records, estimate, 1)
	beside := invoiceOf("CAD-BBBBBB", edited(8))
	beside.Overridden = []string{edited(8).Fingerprint}
	issue(t, records, beside, 24)
	_, err := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-CCCCCC", entry(8)), Request: []byte("{}"), Proforma: made.ID})
	if err != nil {
		t.Error(err)
	}
	if got := stateOf(t, records, entry(8)); got.Invoice != "CAD-CCCCCC" {
		t.Errorf("the hour is %+v", got)
	}
}

func TestRestoringChecksWhatWasBilledSince(t *testing.T) {
	for _, deliberately := range []bool{false, true} {
		records := newLedger(t)
		first := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
		other := invoiceOf("CAD-BBBBBB", edited(8))
		if deliberately {
			other.Overridden = []string{edited(8).Fingerprint}
			issue(t, records, other, 25)
		}
		move(t, records, first.ID, model.StatusIssued, model.StatusCancelling)
		move(t, records, first.ID, model.StatusCancelling, model.StatusCancelled)
		if !deliberately {
			issue(t, records, other, 25)
		}
		_, err := records.Move(t.Context(), first.ID, ledger.Move{From: model.StatusCancelled, To: model.StatusRestoring})
		if deliberately && err != nil {
			t.Errorf("beside hours that were chosen deliberately: %v", err)
		}
		if !deliberately {
			requireLooksBilled(t, records, err, "FCT-0025", entry(8))
		}
	}
}

// Who worked is kept with the hours, where the settings know and the tracker does not, and goes over with them.
func TestPeopleAreKept(t *testing.T) {
	records := newLedger(t)
	nameless := entry(8)
	nameless.User = ""
	nameless = new(nameless.Fingerprinted(0))
	wanted := invoiceOf("CAD-AAAAAA", nameless).AsProforma("PRF")
	wanted.Reading = readOf("Ana", nameless)
	made := issue(t, records, wanted, 1)
	converted := invoiceOf("CAD-BBBBBB", nameless)
	begun, err := records.Begin(t.Context(), ledger.Intent{Prepared: converted, Request: []byte("{}"), Proforma: made.ID})
	if err != nil {
		t.Fatal(err)
	}
	billed, err := records.BilledHours(t.Context(), false)
	if err != nil || len(billed) != 1 || billed[0].User != "Ana" || billed[0].Seconds != 3600 || billed[0].Invoice != begun.Reference() {
		t.Errorf("billed are %+v (%v)", billed, err)
	}
	if detail, err := records.Detail(t.Context(), "CAD-BBBBBB"); err != nil || detail.Prepared.Hours[0].User != "" {
		t.Errorf("the entry itself names %q (%v)", detail.Prepared.Hours[0].User, err)
	}
	dans := edited(8)
	dans.User = "dan"
	dans = new(dans.Fingerprinted(0))
	other := invoiceOf("CAD-CCCCCC", dans)
	other.Series = "ABC"
	begin(t, records, other)
}

func TestHeldEntriesAreAsTheyWere(t *testing.T) {
	records := newLedger(t)
	var hours []*model.Entry
	var wanted []string
	for i := range 1200 {
		one := *entry(8)
		one.Start, one.End = one.Start.Add(time.Duration(i)*time.Hour), one.End.Add(time.Duration(i)*time.Hour)
		one = one.Fingerprinted(0)
		hours, wanted = append(hours, &one), append(wanted, one.Fingerprint)
	}
	issue(t, records, invoiceOf("CAD-AAAAAA", hours...), 24)
	found, err := records.BilledEntries(t.Context(), append(wanted, "none"))
	if err != nil || len(found) != 1200 || found[wanted[1199]].Project != "Atlas" {
		t.Errorf("%d of 1200 entries, %+v (%v)", len(found), found[wanted[1199]], err)
	}
	if none, err := records.BilledEntries(t.Context(), nil); err != nil || len(none) != 0 {
		t.Errorf("of none, %v (%v)", none, err)
	}
}

// What an invoice at a simulator holds is nothing to one at SmartBill; there, both count.
func TestSimulatedHoursLookBilledThereOnly(t *testing.T) {
	for _, simulated := range []bool{false, true} {
		records := newLedger(t)
		if _, err := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-AAAAAA", entry(8)), Request: []byte("{}"),
			Simulated: true}); err != nil {
			t.Fatal(err)
		}
		other := invoiceOf("CAD-BBBBBB", edited(8))
		other.Series = "ABC"
		_, err := records.Begin(t.Context(), ledger.Intent{Prepared: other, Request: []byte("{}"), Simulated: simulated})
		if looks := errors.Is(err, model.ErrEntriesTaken); looks != simulated || !looks && err != nil {
			t.Errorf("at a simulator %v: %v", simulated, err)
		}
	}
}
