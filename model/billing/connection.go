package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"cadensa/model"
)

// TestConnection finds out whether an account can be used, with two calls that change nothing, and tells each finding
// by itself: a failure leaves those after it without an answer.
func TestConnection(ctx context.Context, provider Provider, cif string, clock func() time.Time) model.ConnectionReport {
	report := model.ConnectionReport{CIF: cif, Checks: model.UnansweredChecks()}
	begun := clock()
	series, err := provider.Series(ctx, "")
	report.Took = clock().Sub(begun)
	if err != nil {
		failAt(report.Checks, failing(err), fmt.Errorf("read the series: %w", err))
		return report
	}
	if !slices.ContainsFunc(series, func(s model.Series) bool { return s.Kind == model.SeriesInvoice }) {
		failAt(report.Checks, model.CheckSeries, fmt.Errorf("the account has no series for invoices: %w", model.ErrSeriesUnknown))
		return report
	}
	rates, err := provider.Rates(ctx)
	if err != nil {
		failAt(report.Checks, model.CheckRates, fmt.Errorf("read the VAT rates: %w", err))
		report.Account.Series = series
		return report
	}
	for i := range report.Checks {
		report.Checks[i].Done, report.Checks[i].Passed = true, true
	}
	report.Account = model.Account{CIF: cif, Rates: rates, Series: series, Asked: clock()}
	return report
}

// failing tells which check a failed first call decides: SmartBill looks at the credentials first, then at the company.
func failing(err error) model.CheckName {
	switch {
	case errors.Is(err, model.ErrUnauthorized):
		return model.CheckCredentials
	case errors.Is(err, model.ErrCompanyUnknown):
		return model.CheckCompany
	case errors.Is(err, model.ErrRateLimited), errors.Is(err, model.ErrUnavailable), errors.Is(err, model.ErrNotSent):
		return model.CheckReached
	case errors.Is(err, model.ErrForbidden), errors.Is(err, model.ErrRefused):
		return model.CheckSeries
	}
	return model.CheckReached
}

func failAt(checks []model.Check, name model.CheckName, err error) {
	for i := range checks {
		checks[i].Done = true
		if checks[i].Name == name {
			checks[i].Err = err
			return
		}
		checks[i].Passed = true
	}
}
