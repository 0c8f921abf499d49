package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// TestConnection finds out whether an account can be used, with two calls that change nothing, and tells each finding
// by itself: a failure leaves those after it without an answer.
func TestConnection(ctx context.Context, provider Provider, cif string, clock func() time.Time) model.ConnectionReport {
	report := model.ConnectionReport{Checks: []model.Check{
		{Name: model.CheckReached},
		{Name: model.CheckCredentials},
		{Name: model.CheckCompany},
		{Name: model.CheckSeries},
		{Name: model.CheckRates},
	}}
	begun := clock()
	series, err := provider.Series(ctx, "")
	report.Took = clock().Sub(begun)
	if err != nil {
		failAt(report.Checks, failing(err), fmt.Errorf("read the series: %w", err))
		return report
	}
	invoices := slices.DeleteFunc(slices.Clone(series), func(s model.Series) bool { return s.Kind != model.SeriesInvoice })
	if len(invoices) == 0 {
		failAt(report.Checks, model.CheckSeries, fmt.Errorf("the account has no series for invoices: %w", model.ErrSeriesUnknown))
		return report
	}
	rates, err := provider.Rates(ctx)
	if err != nil {
		failAt(report.Checks, model.CheckRates, fmt.Errorf("read the VAT rates: %w", err))
		describe(report.Checks, model.CheckSeries, describeSeries(invoices))
		return report
	}
	for i := range report.Checks {
		report.Checks[i].Done, report.Checks[i].Passed = true, true
	}
	describe(report.Checks, model.CheckCompany, text.Clean(cif))
	describe(report.Checks, model.CheckSeries, describeSeries(invoices))
	describe(report.Checks, model.CheckRates, describeRates(rates))
	report.Account = model.Account{CIF: cif, Rates: rates, Series: series, Asked: clock()}
	return report
}

// failing tells which check a failed first call decides. SmartBill looks at the credentials, then at the company, then
// at the rest.
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

// failAt marks the checks before the named one as passed and that one as failed.
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

func describe(checks []model.Check, name model.CheckName, detail string) {
	for i := range checks {
		if checks[i].Name == name {
			checks[i].Detail = detail
		}
	}
}

// commonSeries is the name that SmartBill's own documents and this program's settings begin with.
const commonSeries = "FCT"

// describeSeries names the series, the most likely one first and with its next number: "FCT (next 0024), ABC".
func describeSeries(series []model.Series) string {
	names := make([]string, 0, len(series))
	first := max(0, slices.IndexFunc(series, func(s model.Series) bool { return s.Name == commonSeries }))
	names = append(names, fmt.Sprintf("%s (next %s)", series[first].Name, model.FormatCounter(series[first].Next)))
	for i, other := range series {
		if i != first {
			names = append(names, other.Name)
		}
	}
	return strings.Join(names, ", ")
}

// describeRates lists the rates: "Normala 21 %, Redusa 11 %".
func describeRates(rates model.VATRates) string {
	if len(rates) == 0 {
		return "no VAT list (not a VAT payer)"
	}
	names := make([]string, len(rates))
	for i, rate := range rates {
		names[i] = rate.Name + " " + rate.Percent.String() + " %"
	}
	return strings.Join(names, ", ")
}
