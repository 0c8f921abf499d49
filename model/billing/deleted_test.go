package billing_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// deleteOnWeb deletes a document of the office's company on the web, named as the ledger names it.
func deleteOnWeb(tb testing.TB, remote *sandbox.Server, reference string) {
	tb.Helper()
	series, number, _ := model.SplitReference(reference)
	kind := sandbox.InvoiceSeries
	if series == "PRF" {
		kind = sandbox.EstimateSeries
	}
	if err := remote.DeleteOnWeb(remote.CIF(), kind, series, number); err != nil {
		tb.Fatal(err)
	}
}

// colleague issues on the web what looks like an invoice of one hour, with more in its mentions.
func colleague(tb testing.TB, remote *sandbox.Server, mentions string) {
	tb.Helper()
	made := sandbox.Foreign{
		Series: "FCT", Net: decimal.NewFromInt(100), Client: "Fabrica de Pâine SRL", VATCode: "RO18990071", Mentions: mentions,
	}
	if _, err := remote.IssueForeign(remote.CIF(), made); err != nil {
		tb.Fatal(err)
	}
}

func (o *office) storno(tb testing.TB, reference string) model.Invoice {
	tb.Helper()
	storno, err := o.service.Storno(tb.Context(), reference, model.Date{})
	if err != nil {
		tb.Fatal(err)
	}
	return storno
}

// TestDeletionOnTheWeb is the table of what evidence says of a document that may be gone. Each row bills hour 8 first.
func TestDeletionOnTheWeb(t *testing.T) {
	for name, test := range map[string]struct {
		// happens is what happens on the web and here after FCT-0001, or PRF-0001, was issued; of is what is looked for then.
		happens func(testing.TB, *sandbox.Server, *office)
		of      string
		want    model.DeletionConclusion
		hour    string
	}{
		"the last one": {
			func(tb testing.TB, remote *sandbox.Server, _ *office) { deleteOnWeb(tb, remote, "FCT-0001") },
			"FCT-0001", model.DeletionRecorded, "free",
		},
		"not the last one": {
			func(tb testing.TB, remote *sandbox.Server, o *office) {
				o.issue(tb, invoiceOf(9))
				deleteOnWeb(tb, remote, "FCT-0001")
			}, "FCT-0001", model.DeletionRecorded, "free",
		},
		"it is there": {
			func(testing.TB, *sandbox.Server, *office) {}, "FCT-0001", model.DeletionDenied, "billed by FCT-0001",
		},
		"the last proforma": {
			func(tb testing.TB, remote *sandbox.Server, _ *office) {
				deleteOnWeb(tb, remote, "PRF-0001")
			}, "PRF-0001", model.DeletionRecorded, "free",
		},
		"a proforma before another": {
			func(tb testing.TB, remote *sandbox.Server, o *office) {
				o.issue(tb, proforma(9))
				deleteOnWeb(tb, remote, "PRF-0001")
			}, "PRF-0001", model.DeletionRecorded, "free",
		},
		"the invoice of a proforma": {
			func(tb testing.TB, remote *sandbox.Server, o *office) {
				if _, err := o.service.Convert(tb.Context(), "PRF-0001", onSeries("FCT")); err != nil {
					tb.Fatal(err)
				}
				deleteOnWeb(tb, remote, "FCT-0001")
			}, "FCT-0001", model.DeletionRecorded, "reserved by PRF-0001",
		},
		"the storno, the last one": {
			func(tb testing.TB, remote *sandbox.Server, o *office) {
				o.storno(tb, "FCT-0001")
				deleteOnWeb(tb, remote, "FCT-0002")
			}, "FCT-0002", model.DeletionRecorded, "billed by FCT-0001",
		},
		"the storno, not the last one": {
			func(tb testing.TB, remote *sandbox.Server, o *office) {
				o.storno(tb, "FCT-0001")
				o.issue(tb, invoiceOf(9))
				deleteOnWeb(tb, remote, "FCT-0002")
			}, "FCT-0002", model.DeletionRecorded, "billed by FCT-0001",
		},
		"a colleague has the number, for another client": {
			func(tb testing.TB, remote *sandbox.Server, _ *office) {
				deleteOnWeb(tb, remote, "FCT-0001")
				foreign(tb, remote)
			}, "FCT-0001", model.DeletionRecorded, "free",
		},
		"another installation has the number, for the same client and total": {
			func(tb testing.TB, remote *sandbox.Server, _ *office) {
				deleteOnWeb(tb, remote, "FCT-0001")
				colleague(tb, remote, "Ref: CAD-7F3K4Q")
			}, "FCT-0001", model.DeletionRecorded, "free",
		},
		"a colleague has the number, for the same client and total": {
			func(tb testing.TB, remote *sandbox.Server, _ *office) {
				deleteOnWeb(tb, remote, "FCT-0001")
				colleague(tb, remote, "")
			}, "FCT-0001", model.DeletionUndecided, "billed by FCT-0001",
		},
		"it is there, and all is said not to be": {
			func(tb testing.TB, remote *sandbox.Server, o *office) {
				o.issue(tb, invoiceOf(9))
				nothingFound(remote)
			}, "FCT-0001", model.DeletionUndecided, "billed by FCT-0001",
		},
		"nothing tells that a number would be found": {
			func(tb testing.TB, remote *sandbox.Server, _ *office) {
				foreign(tb, remote)
				deleteOnWeb(tb, remote, "FCT-0001")
				deleteOnWeb(tb, remote, "FCT-0002")
			}, "FCT-0001", model.DeletionUndecided, "billed by FCT-0001",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				wanted := invoiceOf(8)
				if strings.Contains(name, "proforma") {
					wanted = proforma(8)
				}
				office.issue(t, wanted)
				test.happens(t, remote, office)
				deletion, err := office.service.SettleDeleted(t.Context(), test.of)
				fails := map[model.DeletionConclusion]error{model.DeletionDenied: model.ErrStateChanged,
					model.DeletionUndecided: model.ErrOutcomeUnknown}
				if !errors.Is(err, fails[test.want]) || deletion.Conclusion != test.want {
					t.Fatalf("concluded %q (%v)", deletion.Conclusion, err)
				}
				if got := office.hour(t, 8); got != test.hour {
					t.Errorf("the hour is %s", got)
				}
				if gone := deletion.Invoice.Status == model.StatusDeleted; gone != (test.want == model.DeletionRecorded) {
					t.Errorf("it is %s", deletion.Invoice.Status)
				}
				office.decideDeleted(t, test.of, test.want)
			})
		})
	}
}

// decideDeleted has the user decide that a document is gone, and expects that to count only where the evidence left it open.
func (o *office) decideDeleted(t *testing.T, reference string, found model.DeletionConclusion) {
	t.Helper()
	_, number, _ := model.SplitReference(reference)
	if _, err := o.service.DecideDeleted(t.Context(), reference, "9"+number); err == nil {
		t.Error("it was decided with another number")
	}
	deletion, err := o.service.DecideDeleted(t.Context(), reference, number)
	switch {
	case found == model.DeletionUndecided && (err != nil || deletion.Invoice.Status != model.StatusDeleted || o.hour(t, 8) != "free"):
		t.Errorf("decided, it is %s and the hour %s (%v)", deletion.Invoice.Status, o.hour(t, 8), err)
	case found != model.DeletionUndecided && !errors.Is(err, model.ErrStateChanged):
		t.Errorf("decided, error is %v", err)
	}
}

func TestDeletionOfWhatHasNoNumberIsNotDecided(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8))
		deleteLast(t, remote)
		if _, err := office.service.SettleDeleted(t.Context(), lost.Intent); !errors.Is(err, model.ErrStateChanged) {
			t.Errorf("looked for, error is %v", err)
		}
		for _, number := range []string{"", "0001", "FCT-0001"} {
			if _, err := office.service.DecideDeleted(t.Context(), lost.Intent, number); !errors.Is(err, model.ErrStateChanged) {
				t.Errorf("decided with %q, error is %v", number, err)
			}
		}
		if got := office.hour(t, 8); got != "reserved by "+lost.Intent {
			t.Errorf("the hour is %s", got)
		}
	})
}

// TestNumberGivenAgainToOurNextInvoiceTellsTheDeletion: SmartBill itself gave the number, which is proof.
func TestNumberGivenAgainToOurNextInvoiceTellsTheDeletion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		first := office.issue(t, invoiceOf(8))
		deleteLast(t, remote)
		second := office.issue(t, invoiceOf(9))
		if first.Reference() != second.Reference() || office.status(t, first.Intent) != model.StatusDeleted {
			t.Errorf("the first one is %s, the second one %s", office.status(t, first.Intent), second.Reference())
		}
		if got := office.hour(t, 8) + ", " + office.hour(t, 9); got != "free, billed by FCT-0001" {
			t.Errorf("the hours are %s", got)
		}
		if _, err := office.service.Cancel(t.Context(), first.Intent); !errors.Is(err, model.ErrStateChanged) || remote.Calls(cancelling) != 0 {
			t.Errorf("cancelled, error is %v", err)
		}
	})
}

// TestInvoiceInForceAgainWhoseHoursWereBilledSaysSo: the storno was deleted when the hours had been billed once more.
func TestInvoiceInForceAgainWhoseHoursWereBilledSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(8))
		office.storno(t, "FCT-0001")
		office.issue(t, invoiceOf(8))
		deleteOnWeb(t, remote, "FCT-0002")
		deletion, err := office.service.SettleDeleted(t.Context(), "FCT-0002")
		if err != nil || !strings.Contains(deletion.Original.Message, "a second time") {
			t.Errorf("it says %q (%v)", deletion.Original.Message, err)
		}
		attention, err := office.service.Recover(t.Context())
		if err != nil || len(attention) != 1 || attention[0].Reference() != "FCT-0001" || !strings.Contains(attention[0].Message, "FCT-0003") {
			t.Fatalf("what needs attention is %v (%v)", attention, err)
		}
		if got := office.hour(t, 8); got != "billed by FCT-0003" {
			t.Errorf("the hour is %s", got)
		}
		if _, err := office.service.Cancel(t.Context(), "FCT-0003"); err != nil || office.hour(t, 8) != "billed by FCT-0001" {
			t.Errorf("with the other one cancelled, the hour is %s (%v)", office.hour(t, 8), err)
		}
	})
}

// TestInvoiceInForceAgainWhoseHoursWereEditedSaysSo: no claim tells, since what was edited has another fingerprint.
func TestInvoiceInForceAgainWhoseHoursWereEditedSaysSo(t *testing.T) {
	for _, what := range []string{"text", "user", "source", "time"} {
		synctest.Test(t, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := newOffice(t, remote)
			office.issue(t, invoiceOf(8))
			office.storno(t, "FCT-0001")
			office.issue(t, invoiceEdited(what))
			deleteOnWeb(t, remote, "FCT-0002")
			if _, err := office.service.SettleDeleted(t.Context(), "FCT-0002"); err != nil {
				t.Fatal(err)
			}
			// What else becomes free tells nothing of these two.
			if _, err := office.service.Cancel(t.Context(), office.issue(t, invoiceOf(9)).Intent); err != nil {
				t.Fatal(err)
			}
			attention, err := office.service.Recover(t.Context())
			if err != nil || len(attention) != 1 || attention[0].Reference() != "FCT-0001" || !strings.Contains(attention[0].Message, "FCT-0003") {
				t.Errorf("%s: what needs attention is %v (%v)", what, attention, err)
			}
			if _, err := office.service.Cancel(t.Context(), "FCT-0003"); err != nil {
				t.Fatal(err)
			}
			if attention, err = office.service.Recover(t.Context()); err != nil || len(attention) != 0 {
				t.Errorf("%s: with the other one cancelled, what needs attention is %v (%v)", what, attention, err)
			}
		})
	}
}

// invoiceEdited bills hour 8 as it reads after an edit in the tracker.
func invoiceEdited(what string) model.PreparedInvoice {
	made := invoiceOf(8)
	made.Hours[0] = edited(*made.Hours[0], what)
	made.Lines[0].Entries[0] = made.Hours[0].Fingerprint
	return made
}

// TestLateInvoiceWhoseHoursWereEditedSaysSo: they were billed when it was believed not to be made.
func TestLateInvoiceWhoseHoursWereEditedSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.bury(t, remote, invoiceOf(8))
		office.issue(t, invoiceEdited("text"))
		office.arrive(t, lost.Intent)
		settlement := office.settle(t, lost.Intent, model.ConclusionAdopted)
		if !strings.Contains(settlement.Invoice.Message, "FCT-0001") || !strings.Contains(settlement.Invoice.Message, "a second time") {
			t.Errorf("it says %q", settlement.Invoice.Message)
		}
		attention, err := office.service.Recover(t.Context())
		if err != nil || len(attention) != 1 || attention[0].Reference() != "FCT-0002" {
			t.Errorf("what needs attention is %v (%v)", attention, err)
		}
	})
}

// TestLostInvoiceMayHaveTheNumberOfADeletedOne: what the ledger has under a number is no proof that SmartBill has it there still,
// where PDFs show no references.
func TestLostInvoiceMayHaveTheNumberOfADeletedOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		remote.SetPrintsMentions(false)
		office := newOffice(t, remote)
		first := office.issue(t, invoiceOf(8))
		deleteLast(t, remote)
		lost := office.lose(t, remote, sandbox.CommitAndForget, invoiceOf(9))
		wait(settleAfter)
		office.settle(t, lost.Intent, model.ConclusionUndecided)
		if got := office.hour(t, 9); got != "reserved by "+lost.Intent {
			t.Errorf("the hour is %s", got)
		}
		// It looks like the first one, so that only its user can tell.
		if deletion, err := office.service.SettleDeleted(t.Context(), first.Intent); !errors.Is(err, model.ErrStateChanged) ||
			deletion.Conclusion != model.DeletionDenied {
			t.Errorf("of the first one, concluded %q (%v)", deletion.Conclusion, err)
		}
		if _, err := office.service.Adopt(t.Context(), lost.Intent, "0001"); !errors.Is(err, model.ErrNotOurs) {
			t.Errorf("adopted while the ledger has the first one there, error is %v", err)
		}
		if _, err := office.service.DecideDeleted(t.Context(), first.Intent, "0001"); err != nil {
			t.Fatal(err)
		}
		if adopted, err := office.service.Adopt(t.Context(), lost.Intent, "0001"); err != nil || adopted.Reference() != "FCT-0001" {
			t.Errorf("adopted, it is %s (%v)", adopted.Reference(), err)
		}
		if got := office.hour(t, 8) + ", " + office.hour(t, 9); got != "free, billed by FCT-0001" {
			t.Errorf("the hours are %s", got)
		}
	})
}

// TestStornoOfOneOfTwoInvoicesWithOneNumber: FCT-0001 was deleted and given again before its storno was.
func TestStornoOfOneOfTwoInvoicesWithOneNumber(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{Accounts: twoCompanies()})
		office := newOffice(t, remote)
		second := office.of(t, remote, secondCIF)
		other := invoiceOf(9)
		other.CIF = secondCIF
		if _, err := second.Issue(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		office.issue(t, invoiceOf(8))
		lost := office.loseStorno(t, remote)
		wait(settleAfter)
		office.settle(t, lost, model.ConclusionAdopted)
		deleteOnWeb(t, remote, "FCT-0002")
		if deletion, err := office.service.SettleDeleted(t.Context(), "FCT-0002"); err != nil || deletion.Conclusion != model.DeletionRecorded {
			t.Errorf("concluded %q (%v)", deletion.Conclusion, err)
		}
		if got := office.hour(t, 8) + ", " + office.hour(t, 9); got != "billed by FCT-0001, billed by FCT-0001" {
			t.Errorf("the hours are %s", got)
		}
	})
}

// loseStorno loses the storno of FCT-0001, and gives its reference.
func (o *office) loseStorno(tb testing.TB, remote *sandbox.Server) string {
	tb.Helper()
	remote.Script(sandbox.Fault{Operation: reversing, Kind: sandbox.CommitAndDrop})
	storno, err := o.service.Storno(tb.Context(), "FCT-0001", model.Date{})
	if !errors.Is(err, model.ErrOutcomeUnknown) {
		tb.Fatal(err)
	}
	return storno.Intent
}
