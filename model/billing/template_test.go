package billing_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

// changes are the acts that would change a document in SmartBill, or show one.
var changes = []string{"cancel", "storno", "pay", "pdf"}

// TestActsOnATemplateWithoutMentions: number, total and client together prove a document.
func TestActsOnATemplateWithoutMentions(t *testing.T) {
	for _, name := range changes {
		remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
		remote.SetPrintsMentions(false)
		office := newOffice(t, remote)
		issued := office.issue(t, invoiceOf(8))
		if !strings.Contains(issued.Message, model.TemplateNotice) {
			t.Errorf("it says %q", issued.Message)
		}
		if again := office.issue(t, invoiceOf(9)); strings.Contains(again.Message, model.TemplateNotice) {
			t.Error("it is said again")
		}
		if err := acts()[name](t.Context(), office.service, issued.Intent); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAnotherDocumentUnderTheNumberIsNotTouched: FCT-0001 was deleted, and a colleague's has its number.
func TestAnotherDocumentUnderTheNumberIsNotTouched(t *testing.T) {
	for called, made := range map[string]sandbox.Foreign{
		"another total":            {Net: decimal.NewFromInt(700), Client: "Fabrica de Pâine SRL", VATCode: "RO18990071"},
		"another client":           {Net: decimal.NewFromInt(100)},
		"another client and total": {Net: decimal.NewFromInt(700)},
	} {
		for _, prints := range []bool{true, false} {
			for _, name := range changes {
				remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
				remote.SetPrintsMentions(prints)
				office := newOffice(t, remote)
				issued := office.issue(t, invoiceOf(8))
				deleteLast(t, remote)
				onTheWeb(made)(t, remote)
				// What is asked of the other one's payment must not make it look like ours.
				_, _ = office.service.Balance(t.Context(), issued.Intent)
				err := acts()[name](t.Context(), office.service, issued.Intent)
				if _, ok := errors.AsType[*model.UnprovenError](err); !ok || !errors.Is(err, model.ErrNotOurs) {
					t.Errorf("%s of one with %s: %v", name, called, err)
				}
				all := remote.Invoices()
				if len(all) != 1 || all[0].State != sandbox.StateIssued || !all[0].Paid.IsZero() {
					t.Errorf("%s of one with %s: SmartBill has %+v", name, called, all)
				}
				if got := office.status(t, issued.Intent); got != model.StatusIssued {
					t.Errorf("%s of one with %s: it is %s", name, called, got)
				}
			}
		}
	}
}

// TestUserVouchesForWhatIsNotProven: the settings say that references are printed, and the template stopped.
func TestUserVouchesForWhatIsNotProven(t *testing.T) {
	remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
	office := newOffice(t, remote)
	office.service = billing.New(office.records, office.provider, billing.WithTemplatePrints(true))
	issued := office.issue(t, invoiceOf(8))
	remote.SetPrintsMentions(false)
	unproven := func() bool {
		_, err := office.service.Cancel(t.Context(), issued.Intent)
		_, ok := errors.AsType[*model.UnprovenError](err)
		return ok && remote.Calls(cancelling) == 0
	}
	if !unproven() {
		t.Error("it was cancelled without proof")
	}
	for _, typed := range [][2]string{{"0002", "Fabrica de Pâine SRL"}, {"FCT-0002", "RO18990071"}, {"0001", "Morarul SRL"}, {"0001", " "}, {"0001", "a"}, {"", ""}} {
		_, err := office.service.ConfirmDocument(t.Context(), issued.Intent, typed[0], typed[1])
		if _, wrong := errors.AsType[*model.TypedError](err); !wrong || !unproven() {
			t.Errorf("%q: error is %v", typed, err)
		}
	}
	if _, err := office.service.ConfirmDocument(t.Context(), issued.Intent, "FCT-0001", "fabrica de paine"); err != nil {
		t.Fatal(err)
	}
	if cancelled, err := office.service.Cancel(t.Context(), issued.Intent); err != nil || cancelled.Status != model.StatusCancelled {
		t.Errorf("it is %s (%v)", cancelled.Status, err)
	}
}

// TestNobodyVouchesForAnothersReference: the word of a user holds for one document, not for what gets its number later.
func TestNobodyVouchesForAnothersReference(t *testing.T) {
	remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
	office := newOffice(t, remote)
	issued := office.issue(t, invoiceOf(8))
	vouch := func() error {
		_, err := office.service.ConfirmDocument(context.WithoutCancel(t.Context()), issued.Intent, "0001", "Fabrica de Pâine SRL")
		return err
	}
	if err := vouch(); err != nil {
		t.Fatal(err)
	}
	deleteLast(t, remote)
	if err := vouch(); !errors.Is(err, model.ErrGone) {
		t.Errorf("of one that is gone, error is %v", err)
	}
	colleague(t, remote, "Ref: CAD-7F3K4Q")
	if err := vouch(); !errors.Is(err, model.ErrNotOurs) {
		t.Errorf("of another's, error is %v", err)
	}
	if _, err := office.service.Cancel(t.Context(), issued.Intent); !errors.Is(err, model.ErrNotOurs) || remote.Calls(cancelling) != 0 {
		t.Errorf("cancelled, error is %v", err)
	}
}
