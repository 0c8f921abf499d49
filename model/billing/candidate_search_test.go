package billing_test

import (
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// onTheWeb issues a document on series FCT on the web.
func onTheWeb(made sandbox.Foreign) func(testing.TB, *sandbox.Server) {
	return func(tb testing.TB, remote *sandbox.Server) {
		tb.Helper()
		made.Series = "FCT"
		if _, err := remote.IssueForeign(remote.CIF(), made); err != nil {
			tb.Fatal(err)
		}
	}
}

// counterAt sets the number that series FCT gives next.
func counterAt(next int) func(testing.TB, *sandbox.Server) {
	return func(tb testing.TB, remote *sandbox.Server) {
		tb.Helper()
		if err := remote.SetNextNumber(remote.CIF(), "FCT", sandbox.InvoiceSeries, next); err != nil {
			tb.Fatal(err)
		}
	}
}

// failing has calls of an operation go wrong, from the one on.
func failing(operation string, kind sandbox.Kind, nth, times int) func(testing.TB, *sandbox.Server) {
	return func(_ testing.TB, remote *sandbox.Server) {
		remote.Script(sandbox.Fault{Operation: operation, Kind: kind, Nth: nth, Times: times})
	}
}

// TestVerdicts is the table of what a number proves, on a template that prints references. FCT-0001 is ours, hour 8 is lost.
func TestVerdicts(t *testing.T) {
	ourClient := sandbox.Foreign{Net: decimal.NewFromInt(700), Client: "FABRICA DE PAINE SRL"}
	for name, test := range map[string]struct {
		fault    sandbox.Kind
		happens  []func(testing.TB, *sandbox.Server)
		want     model.Conclusion
		verdicts map[string]model.Verdict
	}{
		"another reference, with our client and total": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){func(tb testing.TB,
				remote *sandbox.Server) {
				colleague(tb, remote, "Ref: CAD-7F3K4Q")
			}},
			model.ConclusionNotIssued, map[string]model.Verdict{"0002": model.VerdictForeign},
		},
		"no reference, another client and total": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){foreign},
			model.ConclusionNotIssued, map[string]model.Verdict{"0002": model.VerdictForeign},
		},
		"no reference, our client": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){onTheWeb(ourClient)},
			model.ConclusionUndecided, map[string]model.Verdict{"0002": model.VerdictUndecided},
		},
		"no reference, our total": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){onTheWeb(sandbox.Foreign{Net: decimal.NewFromInt(100)})},
			model.ConclusionUndecided, map[string]model.Verdict{"0002": model.VerdictUndecided},
		},
		"no reference, another client, its total is not told": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){foreign, failing(balancing, sandbox.BadGateway, 1, -1)},
			model.ConclusionUndecided, map[string]model.Verdict{"0002": model.VerdictUndecided},
		},
		"numbers that never were, and another is found": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){counterAt(4)},
			model.ConclusionNotIssued, map[string]model.Verdict{"0002": model.VerdictAbsent, "0003": model.VerdictAbsent},
		},
		"numbers that never were, asked with a misspelt parameter": {
			sandbox.BadGateway, []func(testing.TB, *sandbox.Server){counterAt(4), failing(balancing, sandbox.FindNothing, 1, -1)},
			model.ConclusionUndecided, map[string]model.Verdict{"0002": model.VerdictUndecided, "0003": model.VerdictUndecided},
		},
		"it was made, asked with a misspelt parameter": {
			sandbox.CommitAndDrop, []func(testing.TB, *sandbox.Server){failing(balancing, sandbox.FindNothing, 1, -1)},
			model.ConclusionAdopted, map[string]model.Verdict{"0002": model.VerdictOurs},
		},
		// The second number that is asked for is the lost one.
		"it was made, and SmartBill does not know yet what it amounts to": {
			sandbox.CommitAndDrop, []func(testing.TB, *sandbox.Server){failing(balancing, sandbox.FindNothing, 2, 1)},
			model.ConclusionAdopted, map[string]model.Verdict{"0002": model.VerdictOurs},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.issue(t, invoiceOf(7))
				lost := office.lose(t, remote, test.fault, invoiceOf(8))
				for _, happens := range test.happens {
					happens(t, remote)
				}
				wait(settleAfter)
				settlement := office.settle(t, lost.Intent, test.want)
				for _, candidate := range settlement.Candidates {
					if want, ok := test.verdicts[candidate.Number]; ok && candidate.Verdict != want {
						t.Errorf("%s is %s (%s), want %s", candidate.Number, candidate.Verdict, candidate.Reason, want)
					}
					delete(test.verdicts, candidate.Number)
				}
				if len(test.verdicts) > 0 {
					t.Errorf("without a verdict: %v", test.verdicts)
				}
			})
		})
	}
}

// TestNothingIsAbsentWithoutAControl: no number of the series is known, so that an answer which knows none proves nothing.
func TestNothingIsAbsentWithoutAControl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		counterAt(3)(t, remote)
		wait(settleAfter)
		settlement := office.settle(t, lost.Intent, model.ConclusionUndecided)
		for _, candidate := range settlement.Candidates {
			if candidate.Verdict != model.VerdictUndecided {
				t.Errorf("%s is %s: %s", candidate.Number, candidate.Verdict, candidate.Reason)
			}
		}
		foreign(t, remote)
		settlement = office.settle(t, lost.Intent, model.ConclusionUndecided)
		if first := settlement.Candidates[0]; first.Verdict != model.VerdictAbsent {
			t.Errorf("when the call finds another, %s is %s: %s", first.Number, first.Verdict, first.Reason)
		}
	})
}

// TestLostStornoMayHaveTheNumberOfADeletedInvoice: a storno shows what it undoes, whatever the ledger has under its number.
func TestLostStornoMayHaveTheNumberOfADeletedInvoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(8))
		gone := office.issue(t, invoiceOf(9))
		deleteLast(t, remote)
		storno := office.loseStorno(t, remote)
		wait(settleAfter)
		settlement := office.settle(t, storno, model.ConclusionAdopted)
		if settlement.Invoice.Reference() != "FCT-0002" || office.status(t, gone.Intent) != model.StatusDeleted {
			t.Errorf("it is %s, the other one %s", settlement.Invoice.Reference(), office.status(t, gone.Intent))
		}
		if got := office.hour(t, 8) + ", " + office.hour(t, 9); got != "free, free" {
			t.Errorf("the hours are %s", got)
		}
	})
}
