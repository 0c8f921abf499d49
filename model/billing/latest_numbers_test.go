package billing_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

// putBack puts an earlier copy of the ledger in its place, as a person does with a backup, and opens it anew.
func (o *office) putBack(tb testing.TB, remote *sandbox.Server, content []byte) *office {
	tb.Helper()
	if err := o.records.Close(); err != nil {
		tb.Fatal(err)
	}
	for _, beside := range []string{"-wal", "-shm"} {
		_ = os.Remove(o.path + beside)
	}
	if err := os.WriteFile(o.path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return openOffice(tb, remote, o.path)
}

// copied copies the ledger's file, and opens it anew.
func (o *office) copied(tb testing.TB, remote *sandbox.Server) (*office, []byte) {
	tb.Helper()
	if err := o.records.Close(); err != nil {
		tb.Fatal(err)
	}
	content, err := os.ReadFile(o.path)
	if err != nil {
		tb.Fatal(err)
	}
	return openOffice(tb, remote, o.path), content
}

// TestOldLedgerIssuesNothing: it does not know that FCT-0002 bills hour 9.
func TestOldLedgerIssuesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(8))
		office, old := office.copied(t, remote)
		newer := office.issue(t, invoiceOf(9))
		office, young := office.copied(t, remote)
		office = office.putBack(t, remote, old)
		for range 2 {
			_, err := office.service.Issue(t.Context(), invoiceOf(9))
			stranger, ok := errors.AsType[*model.UnknownReferenceError](err)
			if !ok || stranger.Number != "0002" || stranger.Found != newer.Intent {
				t.Fatalf("error is %v", err)
			}
		}
		if made := len(remote.Invoices()); made != 2 || office.hour(t, 9) != "free" || office.recorded(t) != 1 {
			t.Errorf("SmartBill has %d invoices, the ledger %d", made, office.recorded(t))
		}
		office = office.putBack(t, remote, young)
		if _, err := office.service.Issue(t.Context(), invoiceOf(9)); !errors.Is(err, model.ErrEntriesTaken) {
			t.Errorf("with the newer ledger, error is %v", err)
		}
		office.issue(t, invoiceOf(10))
	})
}

// TestAnotherInstallationKeepsNothingBackOnceItIsKnown: of its documents, the newest is looked at once.
func TestAnotherInstallationKeepsNothingBackOnceItIsKnown(t *testing.T) {
	for name, test := range map[string]struct {
		options []billing.Option
		keeps   bool
	}{
		"nothing is said":         {nil, true},
		"the settings tell of it": {[]billing.Option{billing.WithSharedSeries(true)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				newOffice(t, remote).issue(t, invoiceOf(9))
				office := newOffice(t, remote)
				office.service = billing.New(office.records, office.provider, test.options...)
				_, err := office.service.Issue(t.Context(), invoiceOf(8))
				if _, kept := errors.AsType[*model.UnknownReferenceError](err); kept != test.keeps {
					t.Fatalf("error is %v", err)
				}
				if test.keeps {
					if err := office.service.MadeElsewhere(t.Context(), model.KindInvoice, "FCT", "0001"); err != nil {
						t.Fatal(err)
					}
					office.issue(t, invoiceOf(8))
				}
				// The PDF of FCT-0002 is read once, when it was made; that of FCT-0001 not again.
				prints := remote.Calls(printing)
				office.issue(t, invoiceOf(10))
				if calls := remote.Calls(printing) - prints; calls != 0 {
					t.Errorf("%d PDFs are read again", calls)
				}
			})
		})
	}
}

// TestLastNumberThatCannotBeReadKeepsNothingBack: it was deleted, or its PDF cannot be had now.
func TestLastNumberThatCannotBeReadKeepsNothingBack(t *testing.T) {
	for name, happens := range map[string]func(testing.TB, *sandbox.Server){
		"never given":     counterAt(7),
		"not found":       failing(printing, sandbox.FindNothing, 1, 1),
		"gateway fails":   failing(printing, sandbox.BadGateway, 1, 1),
		"refused":         failing(printing, sandbox.RefuseConnection, 1, 1),
		"somebody else's": func(testing.TB, *sandbox.Server) {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				foreign(t, remote)
				happens(t, remote)
				office.issue(t, invoiceOf(8))
			})
		})
	}
}

// TestAtMostThreeNumbersAreLookedAt before an invoice is sent, the newest first, each once.
func TestAtMostThreeNumbersAreLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(7))
		office.bury(t, remote, invoiceOf(8))
		for range 5 {
			foreign(t, remote) // FCT-0002 to FCT-0006
		}
		for _, want := range []int{3, 2, 0} {
			prints, balances := remote.Calls(printing), remote.Calls(balancing)
			office.issue(t, invoiceOf(9+want))
			if calls := remote.Calls(printing) - prints; calls != want {
				t.Errorf("%d PDFs are read, want %d", calls, want)
			}
			// One reads what the new invoice amounts to.
			if calls := remote.Calls(balancing) - balances; calls != 1 {
				t.Errorf("%d payments are asked", calls)
			}
		}
	})
}

// TestNumberThatCouldNotBeReadIsTriedAgainBySettlingAlone: no invoice waits for a PDF that cannot be had.
func TestNumberThatCouldNotBeReadIsTriedAgainBySettlingAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(7))
		lost := office.bury(t, remote, invoiceOf(8))
		office.arrive(t, lost.Intent) // FCT-0002
		failing(printing, sandbox.BadGateway, 1, 1)(t, remote)
		office.issue(t, invoiceOf(9))
		prints := remote.Calls(printing)
		office.issue(t, invoiceOf(10))
		if calls := remote.Calls(printing) - prints; calls != 0 {
			t.Errorf("%d PDFs are read before an invoice is sent", calls)
		}
		office.settle(t, lost.Intent, model.ConclusionAdopted)
		if got := office.hour(t, 8); got != "billed by FCT-0002" {
			t.Errorf("the hour is %s", got)
		}
	})
}

// TestLateInvoiceBehindAnUnreadableNumberIsFound before its hours are billed again.
func TestLateInvoiceBehindAnUnreadableNumberIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(7))
		lost := office.bury(t, remote, invoiceOf(8))
		office.arrive(t, lost.Intent) // FCT-0002
		foreign(t, remote)            // FCT-0003
		failing(printing, sandbox.BadGateway, 1, 1)(t, remote)
		if _, err := office.service.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrEntriesTaken) ||
			!strings.Contains(err.Error(), "FCT-0002") {
			t.Errorf("error is %v", err)
		}
		if made := len(remote.Invoices()); made != 3 {
			t.Errorf("SmartBill has %d invoices", made)
		}
	})
}
