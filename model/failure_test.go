package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cadensa/model"
)

// Every failure that the program knows says what to do.
func TestAdviceForEverySentinel(t *testing.T) {
	for err, part := range map[error]string{
		model.ErrUnauthorized: "token", model.ErrCompanyUnknown: "CIF", model.ErrForbidden: "subscription",
		model.ErrSeriesUnknown: "Serii documente", model.ErrVATUnknown: "Cote TVA", model.ErrVATRateMissing: "Cote TVA",
		model.ErrInvalidField: "did nothing", model.ErrRefused: "Nothing was made", model.ErrRateLimited: "10 minutes",
		model.ErrNotFound: "deleted", model.ErrUnavailable: "network", model.ErrNotSent: "Nothing was sent",
		model.ErrOutcomeUnknown: "find out with u", model.ErrEntriesTaken: "tick others", model.ErrSeriesBusy: "on its way",
		model.ErrInvoiceUnknown: "History", model.ErrStateChanged: "History", model.ErrNothingToBill: "Tick some hours",
		model.ErrNotConfigured: "Setup", model.ErrNoRule: "price", &model.LimitError{}: "wait",
	} {
		got := model.Advice(fmt.Errorf("issue: %w", err))
		if !strings.Contains(got, part) || !strings.HasSuffix(got, ".") {
			t.Errorf("%v: advice %q, want %q in it", err, got, part)
		}
	}
	for _, err := range []error{nil, errors.New("disk full")} {
		if got := model.Advice(err); got != "" {
			t.Errorf("%v: advice %q, want none", err, got)
		}
	}
}

// When it is not known whether an invoice exists, nothing else may be advised, and never to send again.
func TestUnknownOutcomeComesFirst(t *testing.T) {
	err := fmt.Errorf("issue: %w", errors.Join(model.ErrUnavailable, model.ErrRateLimited, model.ErrOutcomeUnknown))
	if got := model.Advice(err); got != model.Advice(model.ErrOutcomeUnknown) {
		t.Errorf("advice %q", got)
	}
}

func TestLimitError(t *testing.T) {
	until := time.Date(2026, time.November, 22, 14, 5, 6, 0, time.UTC)
	err := fmt.Errorf("read series: %w", &model.LimitError{Until: until})
	if !errors.Is(err, model.ErrRateLimited) {
		t.Error("a LimitError is no ErrRateLimited")
	}
	limit, ok := errors.AsType[*model.LimitError](err)
	if !ok || !limit.Until.Equal(until) {
		t.Errorf("its end is lost: %v", limit)
	}
	if want := "read series: SmartBill's limit of calls was exceeded"; err.Error() != want {
		t.Errorf("error %q", err)
	}
}

func TestConnectionReport(t *testing.T) {
	passed := model.Check{Name: model.CheckReached, Done: true, Passed: true}
	tests := []struct {
		name   string
		checks []model.Check
		want   bool
	}{
		{"all passed", []model.Check{passed, passed}, true},
		{"one failed", []model.Check{passed, {Done: true, Err: model.ErrUnauthorized}}, false},
		{"one was not made", []model.Check{passed, {Name: model.CheckRates}}, false},
		{"none was made", nil, false},
	}
	for _, test := range tests {
		if got := (model.ConnectionReport{Checks: test.checks}).Passed(); got != test.want {
			t.Errorf("%s: passed %t", test.name, got)
		}
	}
}
