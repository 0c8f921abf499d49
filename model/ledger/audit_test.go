package ledger_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/ledger"
)

// contradictions are what an audit finds.
func contradictions(t *testing.T, records *ledger.Ledger) []ledger.Contradiction {
	t.Helper()
	err := records.Audit(t.Context())
	if err == nil {
		return nil
	}
	found, ok := errors.AsType[*ledger.ContradictionError](err)
	if !ok {
		t.Fatal(err)
	}
	return found.Contradictions
}

// TestEveryContradictionIsTold spoils a ledger of FCT-0024 and FCT-0025, which is cancelled, and of a reserved proforma PRF-0007.
func TestEveryContradictionIsTold(t *testing.T) {
	issued := ledger.Contradiction{Invoice: "FCT-0024", Status: model.StatusIssued, Entries: 1}
	of := func(kind ledger.ContradictionKind, one ledger.Contradiction) ledger.Contradiction {
		one.Kind = kind
		return one
	}
	for name, test := range map[string]struct {
		spoil string
		want  []ledger.Contradiction
		text  string
	}{
		"a claim's state": {
			"UPDATE claims SET state = 'reserved' WHERE fingerprint = '" + entry(8).Fingerprint + "'",
			[]ledger.Contradiction{of(ledger.EntriesOtherwise, issued)}, "FCT-0024 is issued, and 1 of its entries",
		},
		"a claim's state, of a proforma": {
			"UPDATE claims SET state = 'billed' WHERE fingerprint = '" + entry(12).Fingerprint + "'",
			[]ledger.Contradiction{{Kind: ledger.EntriesOtherwise, Invoice: "PRF-0007", Status: model.StatusIssued, Entries: 1}},
			"PRF-0007 is issued, and 1 of its entries",
		},
		"a state that there is not": {
			"PRAGMA ignore_check_constraints = ON; UPDATE claims SET state = 'bilmed' WHERE fingerprint = '" + entry(8).Fingerprint + "'",
			[]ledger.Contradiction{of(ledger.EntriesOtherwise, issued)}, "recorded otherwise",
		},
		"a claim less": {
			"DELETE FROM claims WHERE fingerprint = '" + entry(9).Fingerprint + "'",
			[]ledger.Contradiction{of(ledger.EntriesUnclaimed, issued)}, "nothing keeps 1 of its entries from being billed again",
		},
		"a claim of another invoice": {
			"UPDATE claims SET invoice_id = 2 WHERE fingerprint = '" + entry(9).Fingerprint + "'",
			[]ledger.Contradiction{
				of(ledger.EntriesElsewhere, issued),
				{Kind: ledger.EntriesForeign, Invoice: "FCT-0025", Status: model.StatusCancelled, Entries: 1},
				{Kind: ledger.EntriesKept, Invoice: "FCT-0025", Status: model.StatusCancelled, Entries: 1},
			}, "kept for another invoice",
		},
		"a foreign claim": {
			"INSERT INTO claims (simulated, fingerprint, invoice_id, state) VALUES (0, 'nowhere', 1, 'billed')",
			[]ledger.Contradiction{of(ledger.EntriesForeign, issued)}, "not made from",
		},
		"a claim of nobody": {
			"INSERT INTO claims (simulated, fingerprint, invoice_id, state) VALUES (0, 'nowhere', 99, 'billed')",
			[]ledger.Contradiction{{Kind: ledger.EntriesNobodys, Entries: 1}}, "an invoice that the ledger does not have",
		},
		"a claim in the other world": {
			"UPDATE claims SET simulated = 1 WHERE fingerprint = '" + entry(9).Fingerprint + "'",
			[]ledger.Contradiction{of(ledger.EntriesUnclaimed, issued), of(ledger.EntriesElseworld, issued)}, "at a simulator",
		},
		"an invoice in the other world": {
			"UPDATE invoices SET simulated = 1 WHERE id = 1",
			[]ledger.Contradiction{
				{Kind: ledger.EntriesUnclaimed, Invoice: "FCT-0024", Status: model.StatusIssued, Entries: 2},
				{Kind: ledger.EntriesElseworld, Invoice: "FCT-0024", Status: model.StatusIssued, Entries: 2},
			}, "2 of its entries",
		},
		"an invoice that was issued": {
			"UPDATE invoices SET status = 'cancelled' WHERE id = 1",
			[]ledger.Contradiction{{Kind: ledger.EntriesKept, Invoice: "FCT-0024", Status: model.StatusCancelled, Entries: 2}},
			"still keeps 2 of its entries",
		},
		"an invoice that was cancelled": {
			"UPDATE invoices SET status = 'issued' WHERE id = 2",
			[]ledger.Contradiction{{Kind: ledger.EntriesUnclaimed, Invoice: "FCT-0025", Status: model.StatusIssued, Entries: 1}},
			"FCT-0025 is issued, and nothing keeps 1",
		},
		"an invoice of unknown outcome": {
			"UPDATE invoices SET status = 'unknown' WHERE id = 1",
			[]ledger.Contradiction{{Kind: ledger.EntriesOtherwise, Invoice: "FCT-0024", Status: model.StatusUnknown, Entries: 2}}, "is unknown",
		},
		"a mark of being doubled": {"UPDATE invoices SET doubled = 1 WHERE id = 1; DELETE FROM claims WHERE invoice_id = 1",
			[]ledger.Contradiction{{Kind: ledger.EntriesUnclaimed, Invoice: "FCT-0024", Status: model.StatusIssued, Entries: 2}}, "nothing keeps 2"},
	} {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			records := open(t, path, newClock().now)
			issue(t, records, invoiceOf("CAD-AAAAAA", entry(8), entry(9)), 24)
			cancelled := issue(t, records, invoiceOf("CAD-BBBBBB", entry(10)), 25)
			move(t, records, cancelled.ID, model.StatusIssued, model.StatusCancelling)
			move(t, records, cancelled.ID, model.StatusCancelling, model.StatusCancelled)
			issue(t, records, invoiceOf("CAD-CCCCCC", entry(12)).AsProforma("PRF"), 7)
			backup, err := records.Backup(t.Context(), 7)
			if err != nil {
				t.Fatal(err)
			}
			if err := records.Exec(t.Context(), "PRAGMA foreign_keys = OFF; "+test.spoil); err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(test.want, contradictions(t, records)); difference != "" {
				t.Errorf("(-want +got)\n%s", difference)
			}
			text := fmt.Sprint(records.Audit(t.Context()))
			for _, want := range []string{path, test.text, "Nothing was changed", backup} {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q: %s", want, text)
				}
			}
			wantRefused(t, records, cancelled)
		})
	}
}

// wantRefused expects a ledger that contradicts itself to let nobody take hours, and not to be copied; all that frees hours goes on.
func wantRefused(t *testing.T, records *ledger.Ledger, cancelled model.Invoice) {
	t.Helper()
	before, err := records.Invoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, begun := records.Begin(t.Context(), ledger.Intent{Prepared: invoiceOf("CAD-DDDDDD", entry(20)), Request: []byte("{}")})
	_, restored := records.Move(t.Context(), cancelled.ID, ledger.Move{From: model.StatusCancelled, To: model.StatusRestoring})
	for what, err := range map[string]error{"beginning": begun, "restoring": restored} {
		found, ok := errors.AsType[*ledger.ContradictionError](err)
		if !ok || found.Backup == "" {
			t.Errorf("%s: error is %v", what, err)
		}
	}
	after, err := records.Invoices(t.Context())
	if err != nil || !cmp.Equal(before, after) {
		t.Errorf("the invoices became %v (%v)", after, err)
	}
}

func TestContradictionsAreNotBackedUp(t *testing.T) {
	clock := newClock()
	records := open(t, newPath(t), clock.now)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	backup, err := records.Backup(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := records.Exec(t.Context(), "DELETE FROM claims"); err != nil {
		t.Fatal(err)
	}
	clock.advance(25 * time.Hour)
	_, err = records.Backup(t.Context(), 1)
	if found, ok := errors.AsType[*ledger.ContradictionError](err); !ok || found.Backup != backup {
		t.Errorf("error is %v", err)
	}
	read(t, backup)
}

// TestRecordsAreComparedAgainAfterADay holds that screens which stay open notice, too, and that an invoice after another does not
// wait for it.
func TestRecordsAreComparedAgainAfterADay(t *testing.T) {
	clock := newClock()
	records := open(t, newPath(t), clock.now)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	if err := records.Exec(t.Context(), "DELETE FROM claims"); err != nil {
		t.Fatal(err)
	}
	issue(t, records, invoiceOf("CAD-BBBBBB", entry(9)), 25)
	for _, by := range []int{25, -50} {
		clock.advance(time.Duration(by) * time.Hour)
		if _, ok := errors.AsType[*ledger.ContradictionError](records.EnsureAudited(t.Context())); !ok {
			t.Errorf("%d hours later it is not noticed", by)
		}
	}
}

// states are all that an invoice may be in.
var states = []model.Status{
	model.StatusDraftSent, model.StatusSending, model.StatusIssued, model.StatusRefused, model.StatusUnknown,
	model.StatusNotIssued,
	model.StatusCancelling, model.StatusCancelled, model.StatusRestoring, model.StatusReversed, model.StatusDeleted,
}

// TestAuditKnowsTheRule compares the rule in SQL with that in Go: every kind in every state, with each claim.
func TestAuditKnowsTheRule(t *testing.T) {
	records := newLedger(t)
	made := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	proforma := issue(t, records, invoiceOf("CAD-BBBBBB", entry(9)).AsProforma("PRF"), 24)
	for _, kind := range []model.Kind{model.KindInvoice, model.KindProforma, model.KindStorno} {
		for _, status := range states {
			for _, state := range []model.EntryState{model.EntryFree, model.EntryReserved, model.EntryBilled} {
				for _, source := range []int64{0, proforma.ID} {
					// The invoice is made from the proforma, or from none.
					statement := fmt.Sprintf(`UPDATE invoices SET kind = '%s', status = '%s', proforma = nullif(%d, 0) WHERE id = %d;
						DELETE FROM claims WHERE invoice_id = %d;`, kind, status, source, made.ID, made.ID)
					if state != model.EntryFree {
						statement += fmt.Sprintf("INSERT INTO claims VALUES (0, '%s', %d, '%s');", entry(8).Fingerprint, made.ID, state)
					}
					if err := records.Exec(t.Context(), statement); err != nil {
						t.Fatal(err)
					}
					checkRule(t, records, map[int64]model.EntryState{made.ID: state, proforma.ID: model.EntryReserved})
				}
			}
		}
	}
}

// checkRule expects an audit to find just the invoices whose hours are not what holding says.
func checkRule(t *testing.T, records *ledger.Ledger, claimed map[int64]model.EntryState) {
	t.Helper()
	invoices, err := records.Invoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]bool{}, map[string]bool{}
	for _, invoice := range invoices {
		if ledger.Holding(invoice) != claimed[invoice.ID] {
			want[invoice.Reference()] = true
		}
	}
	for _, one := range contradictions(t, records) {
		got[one.Invoice] = true
	}
	if !cmp.Equal(want, got) {
		t.Errorf("%+v with %v: told of %v, want %v", invoices, claimed, got, want)
	}
}
