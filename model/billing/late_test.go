package billing_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// arrive lets the request of an invoice reach SmartBill late, after everybody has stopped to wait for it.
func (o *office) arrive(tb testing.TB, reference string) {
	tb.Helper()
	detail, err := o.records.Detail(tb.Context(), reference)
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := o.provider.Issue(tb.Context(), detail.Kind, detail.Request); err != nil {
		tb.Fatal(err)
	}
}

// bury loses an invoice that SmartBill did not make yet, and settles that it was not made.
func (o *office) bury(tb testing.TB, remote *sandbox.Server, wanted model.PreparedInvoice) model.Invoice {
	tb.Helper()
	lost := o.lose(tb, remote, sandbox.BadGateway, wanted)
	wait(settleAfter)
	o.settle(tb, lost.Intent, model.ConclusionNotIssued)
	return lost
}

func TestInvoiceThatTurnsUpLateWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		office.arrive(t, lost.Intent)
		settlement := office.settle(t, lost.Intent, model.ConclusionAdopted)
		checkSettled(t, office, settlement, "FCT-0001")
	})
}

func TestHoursOfAnInvoiceThatTurnsUpAreNotBilledAgain(t *testing.T) {
	for _, again := range []string{"issued", "sent again"} {
		synctest.Test(t, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := newOffice(t, remote)
			lost := office.bury(t, remote, invoiceOf(8))
			office.arrive(t, lost.Intent)
			if again == "issued" {
				_, err := office.service.Issue(t.Context(), invoiceOf(8))
				if !errors.Is(err, model.ErrEntriesTaken) || !strings.Contains(err.Error(), "FCT-0001") {
					t.Errorf("error is %v", err)
				}
			} else if found, err := office.service.Resend(t.Context(), lost.Intent); err != nil || found.Reference() != "FCT-0001" {
				t.Errorf("sent again, it is %+v (%v)", found, err)
			}
			if made := len(remote.Invoices()); made != 1 {
				t.Errorf("SmartBill has %d invoices", made)
			}
			if got := office.hour(t, 8); got != "billed by FCT-0001" {
				t.Errorf("the hour is %s", got)
			}
		})
	}
}

func TestReferenceIsLookedForInEveryLaterGap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		for hour := 9; hour < 12; hour++ {
			office.issue(t, invoiceOf(hour))
			foreign(t, remote)
		}
		office.arrive(t, lost.Intent)
		office.issue(t, invoiceOf(13))
		if got := office.hour(t, 8); got != "billed by FCT-0007" {
			t.Errorf("the hour is %s", got)
		}
		prints := remote.Calls(printing)
		office.issue(t, invoiceOf(14))
		if again := remote.Calls(printing); again != prints {
			t.Errorf("once it is found, %d PDFs are read", again-prints)
		}
	})
}

// TestSecondInvoiceWithoutHoursNeedsItsUser: no hour tells that two invoices bill the same work, but one took the place of
// the other.
func TestSecondInvoiceWithoutHoursNeedsItsUser(t *testing.T) {
	for _, undone := range []string{"FCT-0001", "FCT-0002"} {
		for _, converted := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				lost := office.loseTwice(t, remote, converted)
				office.arrive(t, lost.Intent)
				office.issue(t, invoiceOf(9))
				attention, err := office.service.Recover(t.Context())
				if err != nil || len(attention) != 1 || attention[0].Reference() != "FCT-0002" ||
					!strings.Contains(attention[0].Message, "second time") {
					t.Fatalf("what needs attention is %v (%v)", attention, err)
				}
				if _, err := office.service.Cancel(t.Context(), undone); err != nil {
					t.Fatal(err)
				}
				if attention, err = office.service.Recover(t.Context()); err != nil || len(attention) != 0 {
					t.Errorf("with %s cancelled, what needs attention is %v (%v)", undone, attention, err)
				}
				_, err = office.service.Restore(t.Context(), undone)
				if other := map[string]string{"FCT-0001": "FCT-0002", "FCT-0002": "FCT-0001"}[undone]; !errors.Is(err, model.ErrEntriesTaken) ||
					!strings.Contains(err.Error(), other) {
					t.Errorf("restored beside %s: %v", other, err)
				}
				if calls := remote.Calls("PUT /invoice/restore"); calls != 0 {
					t.Errorf("%d restorings were sent", calls)
				}
			})
		}
	}
}

// loseTwice buries an invoice that bills no hours and makes FCT-0001 in its place: sent again, or converted anew.
func (o *office) loseTwice(tb testing.TB, remote *sandbox.Server, converted bool) model.Invoice {
	tb.Helper()
	flat := invoiceOf(8)
	flat.Lines[0].Entries, flat.Hours = nil, nil
	if !converted {
		lost := o.bury(tb, remote, flat)
		if _, err := o.service.Resend(tb.Context(), lost.Intent); err != nil {
			tb.Fatal(err)
		}
		return lost
	}
	o.issue(tb, flat.AsProforma("PRF"))
	remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
	lost, err := o.service.Convert(tb.Context(), "PRF-0001", onSeries("FCT"))
	if !errors.Is(err, model.ErrOutcomeUnknown) {
		tb.Fatal(err)
	}
	wait(settleAfter)
	o.settle(tb, lost.Intent, model.ConclusionNotIssued)
	if _, err := o.service.Convert(tb.Context(), "PRF-0001", onSeries("FCT")); err != nil {
		tb.Fatal(err)
	}
	return lost
}

func TestSecondInvoiceForTheSameHoursNeedsItsUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		office.issue(t, invoiceOf(8))
		office.arrive(t, lost.Intent)
		settlement := office.settle(t, lost.Intent, model.ConclusionAdopted)
		if !strings.Contains(settlement.Invoice.Message, "1 of its entries are also on FCT-0001") {
			t.Errorf("it says %q", settlement.Invoice.Message)
		}
		attention, err := office.service.Recover(t.Context())
		if err != nil || len(attention) != 1 || attention[0].Reference() != "FCT-0002" {
			t.Errorf("what needs attention is %v (%v)", attention, err)
		}
		if _, err := office.service.Cancel(t.Context(), "FCT-0002"); err != nil {
			t.Fatal(err)
		}
		if attention, err := office.service.Recover(t.Context()); err != nil || len(attention) != 0 {
			t.Errorf("once it is cancelled, what needs attention is %v (%v)", attention, err)
		}
		if got := office.hour(t, 8); got != "billed by FCT-0001" {
			t.Errorf("the hour is %s", got)
		}
	})
}

func TestHourOfTwoInvoicesIsNotFreeWhenOneIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		office.issue(t, invoiceOf(8))
		office.arrive(t, lost.Intent)
		office.settle(t, lost.Intent, model.ConclusionAdopted)
		if _, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil {
			t.Fatal(err)
		}
		if got := office.hour(t, 8); got != "billed by FCT-0002" {
			t.Errorf("the hour is %s", got)
		}
		if attention, err := office.service.Recover(t.Context()); err != nil || len(attention) != 0 {
			t.Errorf("what needs attention is %v (%v)", attention, err)
		}
	})
}

func TestAnotherLostInvoiceTurnsUpWhileOneIsSettled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		first := office.bury(t, remote, invoiceOf(8))
		second := office.lose(t, remote, sandbox.BadGateway, invoiceOf(9))
		office.arrive(t, first.Intent)
		wait(settleAfter)
		settlement := office.settle(t, second.Intent, model.ConclusionNotIssued)
		mentioned := slices.ContainsFunc(settlement.Warnings,
			func(warning model.SettlementWarning) bool { return warning.Invoice.Intent == first.Intent })
		if !mentioned || settlement.Candidates[0].Named == "" {
			t.Errorf("warnings are %+v", settlement.Warnings)
		}
		if got := office.hour(t, 8) + ", " + office.hour(t, 9); got != "billed by FCT-0001, free" {
			t.Errorf("the hours are %s", got)
		}
	})
}

func TestCopyMadeOnTheWebIsReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8))
		copied := sandbox.Foreign{Series: "FCT", Mentions: "Ref: " + lost.Intent}
		if _, err := remote.IssueForeign(remote.CIF(), copied); err != nil {
			t.Fatal(err)
		}
		settlement := office.settle(t, lost.Intent, model.ConclusionAdopted)
		checkSettled(t, office, settlement, "FCT-0001")
		if len(settlement.Warnings) != 1 || settlement.Warnings[0].Reference != "FCT-0002" {
			t.Errorf("warnings are %+v", settlement.Warnings)
		}
	})
}

func TestReleasedInvoiceFreesItsHoursAndStaysWatched(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		wait(settleAfter)
		released, err := office.service.Release(t.Context(), lost.Intent)
		if err != nil || released.Status != model.StatusNotIssued || office.hour(t, 8) != "free" {
			t.Errorf("it is %s, the hour %s (%v)", released.Status, office.hour(t, 8), err)
		}
		if _, err := office.service.Release(t.Context(), lost.Intent); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("a second time, error is %v", err)
		}
		office.arrive(t, lost.Intent)
		office.issue(t, invoiceOf(9))
		if got := office.hour(t, 8); got != "billed by FCT-0001" {
			t.Errorf("the hour is %s", got)
		}
	})
}

func TestInvoiceIsSentAgainOnce(t *testing.T) {
	for _, first := range []string{"unknown", "released"} {
		t.Run(first, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
				wait(settleAfter)
				if first == "released" {
					if _, err := office.service.Release(t.Context(), lost.Intent); err != nil {
						t.Fatal(err)
					}
				}
				sent, err := office.service.Resend(t.Context(), lost.Intent)
				if err != nil || sent.Reference() != "FCT-0001" || sent.Intent == lost.Intent {
					t.Fatalf("it is %+v (%v)", sent, err)
				}
				today := model.DateOf(office.records.Now())
				if sent.IssueDate != today || sent.DueDate != today.AddDays(30) {
					t.Errorf("it is dated %s, due %s", sent.IssueDate, sent.DueDate)
				}
				if got := office.hour(t, 8); got != "billed by FCT-0001" {
					t.Errorf("the hour is %s", got)
				}
				_, err = office.service.Resend(t.Context(), lost.Intent)
				if !errors.Is(err, model.ErrStateChanged) || !strings.Contains(err.Error(), "FCT-0001") {
					t.Errorf("a second time, error is %v", err)
				}
				office.arrive(t, lost.Intent)
				settlement := office.settle(t, lost.Intent, model.ConclusionAdopted)
				if !strings.Contains(settlement.Invoice.Message, "also on FCT-0001") {
					t.Errorf("when the first turns up, it says %q", settlement.Invoice.Message)
				}
			})
		})
	}
}

func TestSendingAgainMayBeLostToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndDrop})
		again, err := office.service.Resend(t.Context(), lost.Intent)
		if !errors.Is(err, model.ErrOutcomeUnknown) || office.hour(t, 8) != "reserved by "+again.Intent {
			t.Errorf("it is %s, the hour %s (%v)", again.Status, office.hour(t, 8), err)
		}
		office.settle(t, again.Intent, model.ConclusionAdopted)
		if made := len(remote.Invoices()); made != 1 {
			t.Errorf("SmartBill has %d invoices", made)
		}
	})
}

func TestHoursBilledMeanwhileAreNotSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		office.issue(t, invoiceOf(8, 9))
		_, err := office.service.Resend(t.Context(), lost.Intent)
		if !errors.Is(err, model.ErrEntriesTaken) || !strings.Contains(err.Error(), "FCT-0001") || len(remote.Invoices()) != 1 {
			t.Errorf("error is %v", err)
		}
	})
}

func TestDraftInSmartBillGetsItsNumberOrIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		unfinished := invoiceOf(8)
		unfinished.Unfinished = true
		sent := office.issue(t, unfinished)
		office.issue(t, invoiceOf(7))
		if _, err := office.service.EnterNumber(t.Context(), sent.Intent, "0001"); !errors.Is(err, model.ErrNotOurs) {
			t.Errorf("another's number: error is %v", err)
		}
		office.settle(t, sent.Intent, model.ConclusionUndecided)
		if _, err := remote.FinalizeDraft(remote.CIF(), remote.Invoices()[0].DocumentID); err != nil {
			t.Fatal(err)
		}
		entered, err := office.service.EnterNumber(t.Context(), sent.Intent, "2")
		if err != nil || entered.Reference() != "FCT-0002" || office.hour(t, 8) != "billed by FCT-0002" {
			t.Errorf("it is %+v, the hour %s (%v)", entered, office.hour(t, 8), err)
		}
		unfinished = invoiceOf(9)
		unfinished.Unfinished = true
		given := office.issue(t, unfinished)
		if _, err := office.service.Release(t.Context(), given.Intent); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("released as an invoice: %v", err)
		}
		released, err := office.service.ReleaseDraft(t.Context(), given.Intent)
		if err != nil || released.Status != model.StatusNotIssued || office.hour(t, 9) != "free" {
			t.Errorf("it is %s, the hour %s (%v)", released.Status, office.hour(t, 9), err)
		}
	})
}

func TestLostProformaIsFoundAmongProformas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		proforma := invoiceOf(8)
		proforma.Kind, proforma.Series = model.KindProforma, "PRF"
		remote.Script(sandbox.Fault{Operation: "POST /estimate", Kind: sandbox.CommitAndDrop})
		lost, err := office.service.Issue(t.Context(), proforma)
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		found := office.settle(t, lost.Intent, model.ConclusionAdopted)
		if found.Invoice.Reference() != "PRF-0001" || office.hour(t, 8) != "reserved by PRF-0001" {
			t.Errorf("it is %s, the hour %s", found.Invoice.Reference(), office.hour(t, 8))
		}
	})
}
