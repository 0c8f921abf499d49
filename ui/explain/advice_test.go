package explain_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

func advice(err error, front explain.Front) string { return explain.Advice(err, front).In(say.English) }

// Every failure that the program knows says what to do, in the keys of the screens or in commands.
func TestAdviceForEverySentinel(t *testing.T) {
	for err, part := range map[error]string{
		model.ErrUnauthorized: "token", model.ErrCompanyUnknown: "CIF", model.ErrForbidden: "subscription",
		model.ErrSeriesUnknown: "Serii documente", model.ErrVATUnknown: "Cote TVA", model.ErrVATRateMissing: "Cote TVA",
		model.ErrVATRateUnlawful: "newer one", model.ErrClientStored: "tax number", model.ErrVATRateZero: "clients abroad",
		model.ErrInvalidField: "did nothing", model.ErrRefused: "Nothing was made", model.ErrRateLimited: "10 minutes",
		model.ErrNotFound: "deleted", model.ErrUnavailable: "network", model.ErrNotSent: "Nothing was sent",
		model.ErrOutcomeUnknown: "find out with", model.ErrEntriesTaken: "another invoice", model.ErrSeriesBusy: "on its way",
		model.ErrInvoiceUnknown: "look for its reference", model.ErrStateChanged: "look at it again", model.ErrNothingToBill: "hours",
		model.ErrNotConfigured: "Setup", model.ErrNoRule: "price", &model.LimitError{}: "wait", model.ErrTooManyLines: "Group the hours by project",
		&model.CompanyError{Company: "18547290"}: "18547290", &model.UnknownReferenceError{}: "backup", &model.LooksBilledError{}: "the same work",
		&model.UnprovenError{}: "PDF", &model.InvoicedError{Proforma: "PRF-0007"}: "record it", &model.TypedError{}: "Nothing was changed",
		&ledger.ContradictionError{Backup: "ledger.db.1"}: "doctor", &model.SimulatorError{}: "base_url", &model.AmbiguousError{}: "CAD-",
	} {
		for _, front := range []explain.Front{explain.Screen, explain.Command} {
			got := advice(fmt.Errorf("issue: %w", err), front)
			if !strings.Contains(got, part) || !strings.HasSuffix(got, ".") {
				t.Errorf("%v: advice %q, want %q in it", err, got, part)
			}
			if front == explain.Command && (strings.Contains(got, "press ") || strings.Contains(got, "in History")) {
				t.Errorf("%v: a command says %q", err, got)
			}
		}
	}
	for _, err := range []error{nil, errors.New("disk full")} {
		if got := advice(err, explain.Screen); got != "" {
			t.Errorf("%v: advice %q, want none", err, got)
		}
	}
}

// A series is made for one type of document: a proforma's is of type Proforma.
func TestAdviceOnASeriesNamesItsType(t *testing.T) {
	refused := func(kind model.Kind) error {
		return &model.OutcomeError{Invoice: model.Invoice{Kind: kind, Status: model.StatusRefused}, Err: model.ErrSeriesUnknown}
	}
	for kind, part := range map[model.Kind]string{model.KindProforma: "type Proforma)", model.KindInvoice: "type Factura)"} {
		for _, err := range []error{&model.SeriesError{Series: "X", Kind: kind}, refused(kind)} {
			for _, front := range []explain.Front{explain.Screen, explain.Command} {
				if got := advice(fmt.Errorf("issue: %w", err), front); !strings.Contains(got, part) {
					t.Errorf("%s, %v: advice %q", kind, err, got)
				}
			}
		}
	}
}

// When it is not known whether an invoice exists, nothing else may be advised, and never to send again.
func TestUnknownOutcomeComesFirst(t *testing.T) {
	err := fmt.Errorf("issue: %w", errors.Join(model.ErrUnavailable, model.ErrRateLimited, model.ErrOutcomeUnknown))
	if got := advice(err, explain.Screen); got != advice(model.ErrOutcomeUnknown, explain.Screen) {
		t.Errorf("advice %q", got)
	}
}

// A refusal says by itself what is so: nothing stands behind it.
func TestErrorOfARefusal(t *testing.T) {
	issued := model.Invoice{Kind: model.KindInvoice, Series: "FCT", Number: "0023", Status: model.StatusCancelled}
	what, then := explain.Error(fmt.Errorf("nothing was sent: %w", issued.CheckAct(model.ActStorno)), explain.Command)
	if what.In(say.English) != "FCT-0023 is cancelled: there is nothing to take back." || !then.IsEmpty() {
		t.Errorf("says %q, advises %q", what.In(say.English), then.In(say.English))
	}
	what, then = explain.Error(fmt.Errorf("read the series: %w", model.ErrUnavailable), explain.Command)
	if what.In(say.English) != "read the series: SmartBill cannot be reached" || then.IsEmpty() {
		t.Errorf("says %q, advises %q", what.In(say.English), then.In(say.English))
	}
}

// What stays open names the command that ends it, and when; a screen has keys for that.
func TestAdviceOnWhatStaysOpen(t *testing.T) {
	invoice := model.Invoice{Kind: model.KindInvoice, Series: "FCT", Number: "0023", Status: model.StatusCancelling}
	until := time.Date(2026, time.November, 10, 14, 2, 0, 0, time.UTC)
	for _, test := range []struct {
		matter    model.Matter
		err       error
		want, way string
	}{
		{model.MatterChange, model.ErrOutcomeUnknown, "FCT-0023 is cancelling: outcome unknown", "cadensa cancel FCT-0023 again"},
		{model.MatterPayment, model.ErrOutcomeUnknown, "a payment of FCT-0023 is open still: outcome unknown", "FCT-0023 --recorded"},
		{model.MatterPayment, &model.WaitError{Until: until}, "a payment of FCT-0023 is open still: SmartBill may be at it still",
			"Run cadensa settle FCT-0023 again then. That is after 14:02:00."},
		{model.MatterSentPayment, model.ErrOutcomeUnknown, "outcome unknown", "it finds out whether it was recorded"},
		{model.MatterDeletion, model.ErrOutcomeUnknown, "whether FCT-0023 was deleted is not proven: outcome unknown", "FCT-0023 --deleted"},
	} {
		err := &model.OpenError{Invoice: invoice, Matter: test.matter, Err: test.err}
		what, then := explain.Error(err, explain.Command)
		if what.In(say.English) != test.want || !strings.Contains(then.In(say.English), test.way) {
			t.Errorf("%s: says %q, advises %q", test.matter, what.In(say.English), then.In(say.English))
		}
		if !errors.Is(err, model.ErrOutcomeUnknown) || strings.Contains(advice(err, explain.Screen), "cadensa ") {
			t.Errorf("%s: a screen advises %q", test.matter, advice(err, explain.Screen))
		}
	}
}
