package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/ledger"
)

// Finding is the result of one check.
type Finding struct {
	Check string `json:"check"`
	// OK is nil if the check could not tell.
	OK *bool `json:"ok"`
	// Detail is what was found, or what the note is about.
	Detail string `json:"detail"`
	// Cure is what to do about it, or what it means, when it failed; "" where Err tells.
	Cure string `json:"cure"`
	// Note is what a front says of the detail.
	Note Note `json:"-"`
	// Entries and Rejected count the rows of a source that was read.
	Entries  int `json:"-"`
	Rejected int `json:"-"`
	// Err is what went wrong, nil where nothing did or no more is known of it.
	Err error `json:"-"`
	// Connection is the connection test whose model.CheckName is the check, which a front says; nil for other checks.
	Connection *model.ConnectionReport `json:"-"`
	// Setting is whether a setting fits the account, which a front says; nil for other checks.
	Setting *model.SettingCheck `json:"-"`
	// Turnover is where the turnover stands to the issuer's threshold, which a front says; nil for other checks.
	Turnover *model.TurnoverCheck `json:"-"`
}

// Note is what Examine found beyond a detail.
type Note int

// The notes on a detail.
const (
	// NoteNone: the detail says all. NoteSettingsBroken and NoteNoSettings: the settings cannot be read, or are not there.
	NoteNone Note = iota
	NoteSettingsBroken
	NoteNoSettings
	// NoteAudited: hours and invoices agree. NoteNoIndex: the index cannot be had.
	NoteAudited
	NoteNoIndex
	// NoteNoSource: there is no source. NoteNotRead: the source is standard input. NoteRead: it was read.
	NoteNoSource
	NoteNotRead
	NoteRead
)

// NewFinding makes the finding of a check from its detail, or from its error.
func NewFinding(check, detail string, err error) Finding {
	ok := err == nil
	if err != nil {
		detail = err.Error()
	}
	return Finding{Check: check, OK: &ok, Detail: detail, Err: err}
}

// Examine checks everything that an invoice needs and tells each finding; it skips checks that rest on a failed one. It returns
// App.OddLedger.
func Examine(ctx context.Context, options Options, paths config.Paths, tell func(Finding)) (older ledger.Older, path string) {
	e := examiner(tell)
	settings, err := config.Load(paths.Settings)
	if err != nil {
		e.note("settings", paths.Settings, NoteSettingsBroken, err)
		return older, ""
	}
	exists := NoteNone
	if !settings.Exists {
		exists = NoteNoSettings
	}
	e.note("settings", paths.Settings, exists, nil)
	_, err = settings.Location()
	e.report("time zone", settings.TimeZone, err)
	credentials, from, tokenErr := options.Secrets.Credentials(ctx, settings)
	e.report("token", "from "+string(from), tokenErr)
	a, err := Open(ctx, options, paths)
	if err != nil {
		e.report("ledger", "", err)
		return older, ""
	}
	defer func() {
		if err := a.Close(); err != nil {
			e.report("ledger", "", err)
		}
	}()
	e.report("ledger", paths.Ledger, nil)
	if err := a.records.Audit(ctx); err != nil {
		e.report("records", "", err)
	} else {
		e.note("records", "", NoteAudited, nil)
	}
	e.sources(ctx, a)
	if failure := a.indexed.failure; failure != nil {
		e.note("index", "", NoteNoIndex, failure)
	}
	e.turnover(ctx, a)
	e.calls(ctx, a)
	if tokenErr == nil {
		report := a.testExactly(ctx, credentials)
		e.connection(report)
		e.settings(ctx, a, report)
	}
	return a.OddLedger()
}

type examiner func(Finding)

func (e examiner) report(check, detail string, err error) { e(NewFinding(check, detail, err)) }

// note reports a detail that a front completes.
func (e examiner) note(check, detail string, note Note, err error) {
	ok := err == nil
	e(Finding{Check: check, OK: &ok, Detail: detail, Note: note, Err: err})
}

func (e examiner) sources(ctx context.Context, a *App) {
	sources := a.Settings().Sources
	if len(sources) == 0 {
		e.note("source", "", NoteNoSource, errNoSource)
	}
	for _, source := range sources {
		name := source.Name()
		if source.Path == model.StandardInput {
			e.note("source", name, NoteNotRead, nil)
			continue
		}
		result, err := a.ReadSource(ctx, source)
		found := NewFinding("source", name, err)
		if err == nil {
			found.Note, found.Entries, found.Rejected = NoteRead, len(result.Entries), len(result.Rejected)
		}
		e(found)
	}
}

var (
	errNoSource  = errors.New("no source of hours")
	errNotPassed = errors.New("it did not pass")
)

const lastCalls = 5

func (e examiner) calls(ctx context.Context, a *App) {
	calls, err := a.records.Calls(ctx)
	if err != nil {
		e.report("calls", "", err)
		return
	}
	for _, call := range slices.Backward(calls[:min(len(calls), lastCalls)]) {
		detail := fmt.Sprintf("%s  %s: %s", call.At.In(a.location).Format(time.DateTime), call.Operation, call.Status)
		e.report("last calls", detail, nil)
	}
}

// settings tells whether the settings fit an account that was read whole.
func (e examiner) settings(ctx context.Context, a *App, report model.ConnectionReport) {
	if !report.Passed() {
		return
	}
	preferences, err := a.Preferences(ctx)
	if err != nil {
		e.report("settings", "", err)
		return
	}
	for _, check := range report.Account.CheckSettings(preferences, a.Today()) {
		e(settingFinding(check))
	}
}

// settingFinding tells whether a setting fits the account; one that was not chosen yet cannot be told.
func settingFinding(check model.SettingCheck) Finding {
	found := NewFinding(string(check.Name), "", check.Err)
	found.Setting = &check
	if check.Unset {
		found.OK = nil
	}
	return found
}

// turnover tells where this year's turnover stands to the issuer's threshold, nothing where there is none to watch.
func (e examiner) turnover(ctx context.Context, a *App) {
	const name = "turnover"
	preferences, err := a.Preferences(ctx)
	if err != nil {
		e.report(name, "", err)
		return
	}
	invoiced, err := a.Invoiced(ctx)
	if err != nil {
		e.report(name, "", err)
		return
	}
	if check := preferences.Issuer.CheckTurnover(a.Today(), invoiced); check != nil {
		within := check.Threshold.State(check.Counted()) != model.ThresholdPassed
		e(Finding{Check: name, OK: &within, Turnover: check})
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
			err = errNotPassed
		}
		found := NewFinding(string(check.Name), "", err)
		found.Connection = &report
		e(found)
	}
	if report.Template != "" {
		prints := report.Template == model.TemplatePrints
		e(Finding{Check: string(model.CheckTemplate), OK: &prints, Connection: &report})
	}
}
