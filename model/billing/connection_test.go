package billing_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

func TestConnectionThatWorks(t *testing.T) {
	for cif, rates := range map[string]int{sandbox.DefaultCIF: 6, sandbox.DefaultNonPayerCIF: 0} {
		remote := newRemote(sandbox.Config{})
		if err := remote.SetNextNumber(cif, "FCT", sandbox.InvoiceSeries, 24); err != nil {
			t.Fatal(err)
		}
		provider := connectAs(t, remote, smartbill.NewMemoryGate(), remote.Token(), cif)
		now := time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)
		clock := func() time.Time {
			now = now.Add(time.Second)
			return now
		}
		report := billing.TestConnection(t.Context(), provider, cif, clock)
		if !report.Passed() || report.Took != time.Second {
			t.Errorf("%s: the report is %+v", cif, report)
		}
		if series, ok := report.Account.SeriesNamed("FCT", model.SeriesInvoice); !ok || series.Next != 24 || len(report.Account.Rates) != rates {
			t.Errorf("%s: the account is %+v", cif, report.Account)
		}
		if _, ok := report.Account.SeriesNamed("PRF", model.SeriesProforma); !ok || report.Account.CIF != cif || report.Account.Asked.IsZero() {
			t.Errorf("%s: the account is %+v", cif, report.Account)
		}
	}
}

func TestConnectionThatFailsTellsWhere(t *testing.T) {
	withoutSeries := sandbox.DefaultAccount()
	withoutSeries.Companies[0].Series = nil
	for name, test := range map[string]struct {
		account sandbox.Account
		token   string
		cif     string
		fault   sandbox.Fault
		failed  model.CheckName
		want    error
	}{
		"wrong token":     {token: "wrong", failed: model.CheckCredentials, want: model.ErrUnauthorized},
		"unknown company": {cif: "RO1", failed: model.CheckCompany, want: model.ErrCompanyUnknown},
		"no series":       {account: withoutSeries, failed: model.CheckSeries, want: model.ErrSeriesUnknown},
		"no connection": {fault: sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1}, failed: model.CheckReached,
			want: model.ErrUnavailable},
		"out of order": {fault: sandbox.Fault{Kind: sandbox.BadGateway, Times: -1}, failed: model.CheckReached, want: model.ErrUnavailable},
		"locked out":   {fault: sandbox.Fault{Kind: sandbox.LockOut}, failed: model.CheckReached, want: model.ErrRateLimited},
		"rates not to get": {fault: sandbox.Fault{Operation: "GET /tax", Kind: sandbox.BadGateway, Times: -1}, failed: model.CheckRates,
			want: model.ErrUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				config := sandbox.Config{}
				if test.account.Email != "" {
					config.Accounts = []sandbox.Account{test.account}
				}
				remote := newRemote(config)
				if test.fault.Kind != "" {
					remote.Script(test.fault)
				}
				token, cif := remote.Token(), remote.CIF()
				if test.token != "" {
					token = test.token
				}
				if test.cif != "" {
					cif = test.cif
				}
				provider := connectAs(t, remote, smartbill.NewMemoryGate(), token, cif)
				checkFailure(t, billing.TestConnection(t.Context(), provider, cif, remote.Now), test.failed, test.want)
			})
		})
	}
}

// checkFailure expects the checks before the failed one to have passed, and those after it to be without an answer.
func checkFailure(t *testing.T, report model.ConnectionReport, failed model.CheckName, want error) {
	t.Helper()
	if report.Passed() || len(report.Checks) != 5 {
		t.Fatalf("the report is %+v", report)
	}
	after := false
	for _, check := range report.Checks {
		switch {
		case after:
			if check.Done || check.Passed || check.Err != nil {
				t.Errorf("%s has an answer: %+v", check.Name, check)
			}
		case check.Name == failed:
			after = true
			if !check.Done || check.Passed || !errors.Is(check.Err, want) {
				t.Errorf("%s: %+v", check.Name, check)
			}
		case !check.Done || !check.Passed:
			t.Errorf("%s did not pass: %+v", check.Name, check)
		}
	}
}
