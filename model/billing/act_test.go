package billing_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

// documents bring an office to a document that an act may be done with, each of another kind or in another state.
var documents = map[string]func(t *testing.T, remote *sandbox.Server, office *office) (reference string){
	"issued": func(t *testing.T, _ *sandbox.Server, office *office) string {
		return office.issue(t, invoiceOf(8)).Intent
	},
	"cancelled": func(t *testing.T, _ *sandbox.Server, office *office) string { return office.cancelled(t, invoiceOf(8)) },
	"cancelling": func(t *testing.T, _ *sandbox.Server, office *office) string {
		intent := office.issue(t, invoiceOf(8)).Intent
		moveTo(t, office, model.StatusIssued, model.StatusCancelling)
		return intent
	},
	"restoring": func(t *testing.T, _ *sandbox.Server, office *office) string {
		intent := office.cancelled(t, invoiceOf(8))
		moveTo(t, office, model.StatusCancelled, model.StatusRestoring)
		return intent
	},
	"reversed": func(t *testing.T, _ *sandbox.Server, office *office) string {
		intent := office.issue(t, invoiceOf(8)).Intent
		office.storno(t, "FCT-0001")
		return intent
	},
	"storno": func(t *testing.T, _ *sandbox.Server, office *office) string {
		office.issue(t, invoiceOf(8))
		return office.storno(t, "FCT-0001").Intent
	},
	"storno unknown": func(t *testing.T, remote *sandbox.Server, office *office) string {
		office.issue(t, invoiceOf(8))
		return office.loseStorno(t, remote)
	},
	"being reversed": func(t *testing.T, remote *sandbox.Server, office *office) string {
		intent := office.issue(t, invoiceOf(8)).Intent
		office.loseStorno(t, remote)
		return intent
	},
	"payment open": func(t *testing.T, remote *sandbox.Server, office *office) string {
		intent := office.issue(t, invoiceOf(8)).Intent
		office.losePayment(t, remote, sandbox.CommitAndDrop, order(100))
		return intent
	},
	"deleted": func(t *testing.T, remote *sandbox.Server, office *office) string {
		office.issue(t, invoiceOf(8))
		intent := office.issue(t, invoiceOf(9)).Intent
		deleteOnWeb(t, remote, "FCT-0002")
		if _, err := office.service.SettleDeleted(t.Context(), intent); err != nil {
			t.Fatal(err)
		}
		return intent
	},
	"unknown": func(t *testing.T, remote *sandbox.Server, office *office) string {
		return office.lose(t, remote, sandbox.BadGateway, invoiceOf(8)).Intent
	},
	"not issued": func(t *testing.T, remote *sandbox.Server, office *office) string {
		return office.bury(t, remote, invoiceOf(8)).Intent
	},
	"resent": func(t *testing.T, remote *sandbox.Server, office *office) string {
		intent := office.bury(t, remote, invoiceOf(8)).Intent
		if _, err := office.service.Resend(t.Context(), intent); err != nil {
			t.Fatal(err)
		}
		return intent
	},
	"refused": func(t *testing.T, _ *sandbox.Server, office *office) string {
		wrong := invoiceOf(8)
		wrong.Lines[0].VAT.Name = "No such rate"
		invoice, err := office.service.Issue(t.Context(), wrong)
		if invoice.Status != model.StatusRefused {
			t.Fatalf("it is %s (%v)", invoice.Status, err)
		}
		return invoice.Intent
	},
	"draft sent": func(t *testing.T, _ *sandbox.Server, office *office) string {
		unfinished := invoiceOf(8)
		unfinished.Unfinished = true
		return office.issue(t, unfinished).Intent
	},
	"proforma": func(t *testing.T, _ *sandbox.Server, office *office) string {
		return office.issue(t, proforma(8)).Intent
	},
	"proforma cancelled": func(t *testing.T, _ *sandbox.Server, office *office) string { return office.cancelled(t, proforma(8)) },
	"proforma invoiced": func(t *testing.T, _ *sandbox.Server, office *office) string {
		intent := office.issue(t, proforma(8)).Intent
		if _, err := office.service.Convert(t.Context(), intent, onSeries("FCT")); err != nil {
			t.Fatal(err)
		}
		return intent
	},
	"proforma invoicing": func(t *testing.T, remote *sandbox.Server, office *office) string {
		intent := office.issue(t, proforma(8)).Intent
		remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
		if _, err := office.service.Convert(t.Context(), intent, onSeries("FCT")); !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		return intent
	},
}

// cancelled issues a document and cancels it.
func (o *office) cancelled(t *testing.T, invoice model.PreparedInvoice) string {
	t.Helper()
	intent := o.issue(t, invoice).Intent
	if _, err := o.service.Cancel(t.Context(), intent); err != nil {
		t.Fatal(err)
	}
	return intent
}

// asked does each act as a front asks for it.
var asked = map[model.Act]func(ctx context.Context, service *billing.Service, reference string) error{
	model.ActCancel:  func(ctx context.Context, s *billing.Service, of string) error { return failure(s.Cancel(ctx, of)) },
	model.ActRestore: func(ctx context.Context, s *billing.Service, of string) error { return failure(s.Restore(ctx, of)) },
	model.ActStorno: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.Storno(ctx, of, model.Date{}))
	},
	model.ActBalance: func(ctx context.Context, s *billing.Service, of string) error { return failure(s.Balance(ctx, of)) },
	model.ActPay: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.Pay(ctx, of, order(1)))
	},
	model.ActConvert: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.Convert(ctx, of, onSeries("FCT")))
	},
	model.ActRelease: func(ctx context.Context, s *billing.Service, of string) error { return failure(s.Release(ctx, of)) },
	model.ActResend:  func(ctx context.Context, s *billing.Service, of string) error { return failure(s.Resend(ctx, of)) },
	model.ActEnterNumber: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.EnterNumber(ctx, of, "1"))
	},
	model.ActReleaseDraft: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.ReleaseDraft(ctx, of))
	},
	model.ActSettlePayment: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.SettlePayment(ctx, of))
	},
	model.ActPDF: func(ctx context.Context, s *billing.Service, of string) error { return failure(s.PDF(ctx, of)) },
	model.ActDelete: func(ctx context.Context, s *billing.Service, of string) error {
		return failure(s.ExamineDeleted(ctx, of))
	},
	// Settle looks for what is not known, and again for what is believed not to exist.
	model.ActSettle: func(ctx context.Context, s *billing.Service, of string) error { return failure(s.Settle(ctx, of)) },
}

func failure[T any](_ T, err error) error { return err }

// refuses is the rule as billing takes it: to send again what is unknown is to decide that it was not made, and to settle is also to
// search for what is believed not to exist. What a change would lead to is returned as it is.
func refuses(detail model.InvoiceDetail, act model.Act) bool {
	switch {
	case act == model.ActResend && detail.Refuses(model.ActRelease) == nil && detail.Kind != model.KindStorno && detail.ResentAs == "",
		act == model.ActSettle && detail.Refuses(model.ActSearch) == nil,
		act == model.ActCancel && detail.IsAlready(model.StatusCancelled),
		act == model.ActRestore && detail.IsAlready(model.StatusIssued):
		return false
	}
	return detail.Refuses(act) != nil
}

// What the rule refuses, billing refuses with it and without a call; what it allows, billing tries.
func TestBillingRefusesWhatTheRuleRefuses(t *testing.T) {
	for name, bring := range documents {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var allowed []model.Act
			withDocument(t, bring, func(t *testing.T, remote *sandbox.Server, office *office, detail model.InvoiceDetail) {
				for act := range asked {
					if !refuses(detail, act) {
						allowed = append(allowed, act)
						continue
					}
					before := remote.CallCounts()
					if failed := asked[act](t.Context(), office.service, detail.Intent); !isRefusal(failed) {
						t.Errorf("%s: not refused (%v)", act, failed)
					}
					if !maps.Equal(remote.CallCounts(), before) {
						t.Errorf("%s: refused after a call", act)
					}
				}
			})
			for _, act := range allowed {
				withDocument(t, bring, func(t *testing.T, _ *sandbox.Server, office *office, detail model.InvoiceDetail) {
					if failed := asked[act](t.Context(), office.service, detail.Intent); isRefusal(failed) {
						t.Errorf("%s: %v", act, failed)
					}
				})
			}
		})
	}
}

// withDocument brings a document about in an office of its own, and looks at it when SmartBill has had its time.
func withDocument(t *testing.T, bring func(*testing.T, *sandbox.Server, *office) string,
	look func(*testing.T, *sandbox.Server, *office, model.InvoiceDetail)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		reference := bring(t, remote, office)
		wait(settleAfter)
		detail, err := office.records.Detail(t.Context(), reference)
		if err != nil {
			t.Fatal(err)
		}
		look(t, remote, office, detail)
	})
}

func isRefusal(err error) bool {
	_, refused := errors.AsType[*model.Refusal](err)
	return refused
}
