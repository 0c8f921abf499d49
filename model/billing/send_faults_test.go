package billing_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

// TestFaultsOfSending breaks the one call in every way. Whatever the ledger says then is true, and nothing is sent again unasked.
func TestFaultsOfSending(t *testing.T) {
	for kind, want := range map[sandbox.Kind]model.EmailState{
		sandbox.RefuseConnection:    model.EmailNotSent,
		sandbox.NotFound:            model.EmailUnknown,
		sandbox.BadGateway:          model.EmailUnknown,
		sandbox.LockOut:             model.EmailUnknown,
		sandbox.CommitAndDrop:       model.EmailUnknown,
		sandbox.CommitAndHang:       model.EmailUnknown,
		sandbox.CommitAndError:      model.EmailUnknown,
		sandbox.CommitAndBreak:      model.EmailUnknown,
		sandbox.CommitAndEmpty:      model.EmailUnknown,
		sandbox.CommitAndTruncate:   model.EmailUnknown,
		sandbox.CommitAndBabble:     model.EmailUnknown,
		sandbox.CommitAndContradict: model.EmailUnknown,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { faultOfSending(t, kind, want) })
		})
	}
}

func faultOfSending(t *testing.T, kind sandbox.Kind, want model.EmailState) {
	t.Helper()
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	remote.Script(sandbox.Fault{Operation: mailing, Kind: kind})
	_, err := office.service.SendEmail(t.Context(), "FCT-0001", email())
	remote.ClearFaults()
	got := office.emails(t, "FCT-0001")
	if err == nil || len(got) != 1 || got[0].State != want || got[0].Answer == "" || remote.Calls(mailing) > 1 {
		t.Fatalf("after %d calls there is %+v (%v)", remote.Calls(mailing), got, err)
	}
	if errors.Is(err, model.ErrOutcomeUnknown) != (want == model.EmailUnknown) {
		t.Errorf("error is %v", err)
	}
	made := len(remote.Mails())
	wait(15 * settleAfter)
	var earlier *model.EmailedError
	_, err = office.service.SendEmail(t.Context(), "FCT-0001", email())
	if want == model.EmailUnknown != errors.As(err, &earlier) {
		t.Errorf("the next one: %v", err)
	}
	if want == model.EmailUnknown && len(remote.Mails()) != made {
		t.Error("it was sent again unasked")
	}
	// Invoice and series wait for nothing.
	if left, err := office.service.Recover(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("what needs attention is %v (%v)", left, err)
	}
	office.issue(t, invoiceOf(9))
}

// checkEmails expects at most one e-mail for each that was confirmed, and the ledger to know each, or that it does not know.
func checkEmails(t *testing.T, remote *sandbox.Server, here *office, invoices []model.Invoice) {
	t.Helper()
	sent, unknown := 0, 0
	for _, invoice := range invoices {
		for _, record := range here.emails(t, invoice.Intent) {
			switch record.State {
			case model.EmailSent:
				sent++
			case model.EmailUnknown:
				unknown++
			case model.EmailSending:
				t.Error("an e-mail is being sent by nobody")
			case model.EmailRefused, model.EmailNotSent:
			}
		}
	}
	if made := len(remote.Mails()); made < sent || made > sent+unknown {
		t.Errorf("SmartBill sent %d e-mails; %d are known, %d not", made, sent, unknown)
	}
}

// TestWhateverGoesWrongAnEmailLeavesOnce lets random faults and deaths meet the e-mails of one invoice: there is never more than one for
// a confirmation, and the ledger knows each or that it does not know.
func TestWhateverGoesWrongAnEmailLeavesOnce(t *testing.T) {
	t.Parallel()
	folder, run := t.TempDir(), 0
	faults := append(sandbox.Kinds(), "") // none
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(folder, fmt.Sprintf("%d.db", run))
		inSimulatedTime(t, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := openOffice(t, remote, path)
			office.issue(t, invoiceOf(8))
			for range rapid.IntRange(1, 6).Draw(rt, "e-mails") {
				before, order := len(remote.Mails()), email()
				earlier := office.emails(t, "FCT-0001")
				if len(earlier) > 0 && rapid.Bool().Draw(rt, "again") {
					order.Earlier = earlier[len(earlier)-1].ID
				}
				kind := rapid.SampledFrom(faults).Draw(rt, "fault")
				if kind != "" && kind != sandbox.DeleteOnWeb && kind != sandbox.IssueOnWeb {
					remote.Script(sandbox.Fault{Operation: mailing, Kind: kind})
				}
				service := office.service
				if rapid.Bool().Draw(rt, "dies") {
					service = billing.New(office.records, &mortal{Provider: office.provider, calls: rapid.IntRange(0, 1).Draw(rt, "calls"),
						answered: rapid.Bool().Draw(rt, "answered")})
				}
				survives(func() { _, _ = service.SendEmail(t.Context(), "FCT-0001", order) })
				remote.ClearFaults()
				if made := len(remote.Mails()) - before; made > 1 {
					rt.Fatalf("one confirmation sent %d e-mails", made)
				}
				wait(settleAfter * 15)
				if _, err := office.service.Recover(t.Context()); err != nil {
					rt.Fatal(err)
				}
				invoices, err := office.records.Invoices(t.Context())
				if err != nil {
					rt.Fatal(err)
				}
				checkEmails(t, remote, office, invoices)
			}
		})
	})
}
