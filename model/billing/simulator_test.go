package billing_test

import (
	"errors"
	"testing"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// service stands for SmartBill itself, or for a simulator that says what it is.
type service struct {
	billing.Provider
	simulated bool
}

func (s service) Simulated() bool { return s.simulated }

// twoServices is one office that uses a simulator and SmartBill itself by turns.
type twoServices struct {
	*office
	simulator, smartbill *sandbox.Server
	practice, practised  *billing.Service
}

func newTwoServices(tb testing.TB) twoServices {
	tb.Helper()
	simulator, itself := newRemote(sandbox.Config{CallsPerWindow: 1 << 20}), newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
	office := newOffice(tb, simulator)
	at := func(remote *sandbox.Server, simulated bool) *billing.Service {
		provider := service{connect(tb, remote, smartbill.NewMemoryGate()), simulated}
		return billing.New(office.records, provider, billing.WithSettleAfter(0))
	}
	return twoServices{office, simulator, itself, at(simulator, true), at(itself, false)}
}

// at has the office use one of the two.
func (o twoServices) at(service *billing.Service) *office {
	o.service = service
	return o.office
}

// hourAt tells the state of an hour where SmartBill itself answers.
func (o twoServices) hourAtSmartBill(tb testing.TB, hour int) string {
	tb.Helper()
	statuses, err := o.records.Statuses(tb.Context(), false)
	if err != nil {
		tb.Fatal(err)
	}
	status, held := statuses[entry(hour).Fingerprint]
	if !held {
		return string(model.EntryFree)
	}
	return string(status.State) + " by " + status.Invoice
}

// TestWhatASimulatorIssuedIsNothingAtSmartBill: the hours are free there, the series too, and the number is another's.
func TestWhatASimulatorIssuedIsNothingAtSmartBill(t *testing.T) {
	both := newTwoServices(t)
	practice := both.at(both.practice).issue(t, invoiceOf(8))
	lost := both.lose(t, both.simulator, sandbox.CommitAndDrop, invoiceOf(9))
	if !practice.Simulated || !lost.Simulated {
		t.Error("they are not marked")
	}
	if got := both.hourAtSmartBill(t, 8) + ", " + both.hourAtSmartBill(t, 9); got != "free, free" {
		t.Errorf("the hours are %s", got)
	}
	real := both.at(both.practised).issue(t, invoiceOf(8, 9))
	if real.Simulated || real.Reference() != practice.Reference() {
		t.Errorf("at SmartBill, it is %s", real.Reference())
	}
	if got := both.hourAtSmartBill(t, 8); got != "billed by FCT-0001" {
		t.Errorf("the hour is %s", got)
	}
	if _, err := both.practised.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("billed again, error is %v", err)
	}
	// At the simulator, what SmartBill bills is billed.
	if _, err := both.practice.Settle(t.Context(), lost.Intent); err != nil {
		t.Error(err)
	}
	if _, err := both.practice.Issue(t.Context(), invoiceOf(9)); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("billed at the simulator, error is %v", err)
	}
	if cancelled, err := both.practised.Cancel(t.Context(), "FCT-0001"); err != nil || cancelled.ID != real.ID {
		t.Errorf("of two with one number, %s was cancelled (%v)", cancelled.Intent, err)
	}
	if both.simulator.Invoices()[0].State != sandbox.StateIssued {
		t.Error("the one at the simulator was changed")
	}
}

// TestActsOnWhatASimulatorIssuedAreRefusedAtSmartBill, and the other way round: there another document has the number.
func TestActsOnWhatASimulatorIssuedAreRefusedAtSmartBill(t *testing.T) {
	for _, simulated := range []bool{true, false} {
		both := newTwoServices(t)
		made, remote, there, elsewhere := both.practice, both.simulator, both.smartbill, both.practised
		if !simulated {
			made, remote, there, elsewhere = both.practised, both.smartbill, both.simulator, both.practice
		}
		here := both.at(made)
		issued, cancelled, paying := here.issue(t, invoiceOf(8)), here.issue(t, invoiceOf(9)), here.issue(t, invoiceOf(10))
		if _, err := made.Cancel(t.Context(), cancelled.Intent); err != nil {
			t.Fatal(err)
		}
		remote.Script(sandbox.Fault{Operation: "POST /payment", Kind: sandbox.CommitAndDrop})
		if _, err := made.Pay(t.Context(), paying.Intent, order(100)); !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		proforma := here.issue(t, proforma(11))
		lost := here.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(13))
		unfinished := invoiceOf(12)
		unfinished.Unfinished, unfinished.Series = true, "ABC"
		sent := here.issue(t, unfinished)
		// What has the numbers there looks like ours.
		for range 5 {
			colleague(t, there, "")
		}
		before := there.Invoices()
		for reference, names := range map[string][]string{
			issued.Intent:    {"cancel", "storno", "pay", "pdf", "balance", "settle deleted", "decide deleted", "vouch"},
			cancelled.Intent: {"restore"}, paying.Intent: {"settle payment"}, proforma.Intent: {"convert", "cancel", "pdf"},
			sent.Intent: {"enter number"}, lost.Intent: {"settle", "adopt", "resend"},
		} {
			was := here.status(t, reference)
			for _, name := range names {
				err := acts()[name](t.Context(), elsewhere, reference)
				refusal, ok := errors.AsType[*model.SimulatorError](err)
				if !ok || refusal.Simulated != simulated || !errors.Is(err, model.ErrStateChanged) {
					t.Errorf("%s: %v", name, err)
				}
				if now := here.status(t, reference); now != was {
					t.Errorf("%s: it is %s, was %s", name, now, was)
				}
			}
		}
		for i, now := range there.Invoices() {
			if now.State != before[i].State || !now.Paid.IsZero() || len(before) != 5 {
				t.Errorf("there, %s is %s with %s paid", now.Number, now.State, now.Paid)
			}
		}
	}
}

// TestRowOfBeforeIsMarkedWhenItTurnsUpAtASimulator: its PDF carries the reference. One that does not is left as it is.
func TestRowOfBeforeIsMarkedWhenItTurnsUpAtASimulator(t *testing.T) {
	both := newTwoServices(t)
	// The ledger of before did not mark what a simulator issued.
	unmarked := billing.New(both.records, service{connect(t, both.simulator, smartbill.NewMemoryGate()), false})
	old := both.at(unmarked).issue(t, invoiceOf(8))
	blind := invoiceOf(9)
	blind.PrintIntent = false
	unproven := both.issue(t, blind)
	if _, err := both.practice.PDF(t.Context(), old.Intent); err != nil {
		t.Fatal(err)
	}
	_, err := both.practice.PDF(t.Context(), unproven.Intent)
	if _, ok := errors.AsType[*model.SimulatorError](err); !ok {
		t.Errorf("of one without a reference, error is %v", err)
	}
	for reference, want := range map[string]bool{old.Intent: true, unproven.Intent: false} {
		detail, err := both.records.Detail(t.Context(), reference)
		if err != nil || detail.Simulated != want {
			t.Errorf("%s is marked: %v (%v)", reference, detail.Simulated, err)
		}
	}
	if got := both.hourAtSmartBill(t, 8) + ", " + both.hourAtSmartBill(t, 9); got != "free, billed by FCT-0002" {
		t.Errorf("the hours are %s", got)
	}
	if got := both.hour(t, 8); got != "billed by FCT-0001" {
		t.Errorf("at the simulator, the hour is %s", got)
	}
}
