package model_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"cadensa/model"
)

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
