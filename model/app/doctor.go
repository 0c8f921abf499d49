package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/timelog"
)

// Finding is the result of one check.
type Finding struct {
	Check string `json:"check"`
	// OK is nil if the check could not tell.
	OK     *bool  `json:"ok"`
	Detail string `json:"detail"`
	// Cure is what to do about it, or what it means, when it failed; "" where Err tells.
	Cure string `json:"cure"`
	// Err is what went wrong, nil where nothing did or no more is known of it.
	Err error `json:"-"`
	// Connection is the connection test whose model.CheckName is the check, which a front says; nil for other checks.
	Connection *model.ConnectionReport `json:"-"`
}

// NewFinding makes the finding of a check from its detail, or from its error.
func NewFinding(check, detail string, err error) Finding {
	ok := err == nil
	if ok {
		return Finding{Check: check, OK: &ok, Detail: detail}
	}
	return Finding{Check: check, OK: &ok, Detail: err.Error(), Err: err}
}

// Examine checks everything that an invoice needs and tells each finding; it skips checks that rest on a failed one. It returns
// what is odd about the ledger, "" for nothing.
func Examine(ctx context.Context, options Options, paths config.Paths, tell func(Finding)) (odd string) {
	e := examiner{tell: tell}
	settings, err := config.Load(paths.Settings)
	if err != nil {
		e.report("settings", "", fmt.Errorf("%w → mend %s, then run cadensa config check", err, paths.Settings))
		return ""
	}
	detail := paths.Settings
	if !settings.Exists {
		detail += " is not there, so defaults hold; cadensa config init writes an example"
	}
	e.report("settings", detail, nil)
	_, err = settings.Location()
	e.report("time zone", settings.TimeZone, err)
	credentials, from, tokenErr := options.Secrets.Credentials(ctx, settings)
	e.report("token", "from "+string(from), tokenErr)
	a, err := Open(ctx, options, paths)
	if err != nil {
		e.report("ledger", "", err)
		return ""
	}
	e.report("ledger", paths.Ledger, nil)
	e.report("records", "hours and invoices agree", a.records.Audit(ctx))
	e.sources(ctx, a)
	if failure := a.indexed.failure; failure != nil {
		e.report("index", "", fmt.Errorf("%w → until then every source is read anew at each start", failure))
	}
	e.calls(ctx, a)
	if tokenErr == nil {
		e.connection(a.Test(ctx, credentials))
	}
	odd = a.OddLedger()
	if err := a.Close(); err != nil {
		e.report("ledger", "", err)
	}
	return odd
}

// examiner tells the findings of Examine.
type examiner struct{ tell func(Finding) }

func (e examiner) report(check, detail string, err error) { e.tell(NewFinding(check, detail, err)) }

func (e examiner) sources(ctx context.Context, a *App) {
	sources := a.Settings().Sources
	if len(sources) == 0 {
		e.report("source", "", errors.New("there is none → cadensa import FILE adds one"))
	}
	for _, source := range sources {
		name := a.timelogSource(source).Name()
		if source.Path == timelog.StandardInput {
			e.report("source", name+", not read now", nil)
			continue
		}
		result, err := a.ReadSource(ctx, source)
		detail := fmt.Sprintf("%s: %s", name, model.Count(len(result.Entries), "entry"))
		if len(result.Rejected) > 0 {
			detail += fmt.Sprintf(", %s skipped; cadensa entries says why", model.Count(len(result.Rejected), "row"))
		}
		e.report("source", detail, err)
	}
}

// lastCalls is how many calls are shown.
const lastCalls = 5

// calls tells how the last calls to SmartBill ended, the newest last.
func (e examiner) calls(ctx context.Context, a *App) {
	calls, err := a.records.Calls(ctx)
	if err != nil {
		e.report("calls", "", err)
		return
	}
	calls = calls[:min(len(calls), lastCalls)]
	for _, call := range slices.Backward(calls) {
		detail := fmt.Sprintf("%s  %s: %s", call.At.In(a.location).Format("2006-01-02 15:04:05"), call.Operation, call.Status)
		e.report("last calls", detail, nil)
	}
}

// connection tells each finding of a connection test that was made.
func (e examiner) connection(report model.ConnectionReport) {
	for _, check := range report.Checks {
		if !check.Done {
			continue
		}
		err := check.Err
		if err == nil && !check.Passed {
			err = errors.New("it did not pass")
		}
		found := NewFinding(string(check.Name), "", err)
		found.Connection = &report
		e.tell(found)
	}
	if report.Template != "" {
		prints := report.Template == model.TemplatePrints
		e.tell(Finding{Check: string(model.CheckTemplate), OK: &prints, Connection: &report})
	}
}
