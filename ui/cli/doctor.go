package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/timelog"
)

// doctor looks at everything that the program needs, and tells what to do about what is missing.
func (r *root) doctor() *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		Short:   "Check settings, token, ledger, sources and the connection",
		Long:    "Checks everything that an invoice needs, one line for each. It asks SmartBill for its series and VAT rates, and\nchanges nothing there. Exit code 1 if something fails.",
		Example: "  cadensa doctor",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			examination := examination{root: r}
			examination.settings(command.Context())
			return examination.outcome()
		},
	}
}

// errUnwell says that a check failed.
var errUnwell = errors.New("something needs your attention: see the lines with ✗")

// examination goes through the checks. One that rests on another that failed is left out.
type examination struct {
	root *root
	// failed tells that a check did, unprinted why a line could not be written.
	failed    bool
	unprinted error
}

func (e *examination) outcome() error {
	if e.unprinted == nil && e.failed {
		return errUnwell
	}
	return e.unprinted
}

// report prints one line, with what to do when the check failed.
func (e *examination) report(name, detail string, err error) {
	mark := "✓"
	if err != nil {
		e.failed, mark, detail = true, "✗", err.Error()
		if advice := model.Advice(err); advice != "" {
			detail += " → " + advice
		}
	}
	if err := e.root.print(mark + " " + labelled(name, detail)); err != nil {
		e.unprinted = err
	}
}

func (e *examination) settings(ctx context.Context) {
	paths, err := e.root.paths()
	if err != nil {
		e.report("settings", "", err)
		return
	}
	settings, err := config.Load(paths.Settings)
	if err != nil {
		e.report("settings", "", fmt.Errorf("%w → mend %s, then run cadensa config check", err, paths.Settings))
		return
	}
	detail := paths.Settings
	if !settings.Exists {
		detail += " is not there, so defaults hold; cadensa config init writes an example"
	}
	e.report("settings", detail, nil)
	_, err = settings.Location()
	e.report("time zone", settings.TimeZone, err)
	credentials, from, tokenErr := e.root.options.Secrets.Credentials(ctx, settings)
	e.report("token", "from "+string(from), tokenErr)
	e.records(ctx, paths, credentials, tokenErr == nil)
}

func (e *examination) records(ctx context.Context, paths config.Paths, credentials model.Credentials, connect bool) {
	err := e.root.withSession(ctx, func(session *Session) error {
		e.report("ledger", paths.Ledger, nil)
		e.sources(ctx, session)
		if failure := session.indexed.failure; failure != nil {
			e.report("index", "", fmt.Errorf("%w → until then every source is read anew at each start", failure))
		}
		e.calls(ctx, session)
		if connect {
			e.connection(session.Test(ctx, credentials))
		}
		return nil
	})
	if err != nil {
		e.report("ledger", "", err)
	}
}

func (e *examination) sources(ctx context.Context, session *Session) {
	sources := session.current().Sources
	if len(sources) == 0 {
		e.report("source", "", errors.New("there is none → cadensa import FILE adds one"))
	}
	for _, source := range sources {
		named := session.timelogSource(source)
		if source.Path == timelog.StandardInput {
			e.report("source", named.Name()+", not read now", nil)
			continue
		}
		result, err := session.reader(ctx, nil).Read(ctx, named)
		detail := fmt.Sprintf("%s: %s", named.Name(), entriesOf(len(result.Entries)))
		if len(result.Rejected) > 0 {
			detail += fmt.Sprintf(", %s skipped; cadensa entries says why", countOf(len(result.Rejected), "row"))
		}
		e.report("source", detail, err)
	}
}

// lastCalls is how many calls are shown.
const lastCalls = 5

// calls prints how the last calls to SmartBill ended, the newest last.
func (e *examination) calls(ctx context.Context, session *Session) {
	calls, err := session.records.Calls(ctx)
	if err != nil {
		e.report("calls", "", err)
		return
	}
	calls = calls[:min(len(calls), lastCalls)]
	for _, call := range slices.Backward(calls) {
		detail := fmt.Sprintf("%s  %s: %s", call.At.In(session.location).Format("2006-01-02 15:04:05"), call.Operation, call.Status)
		e.report("last calls", detail, nil)
	}
}

// connection prints each finding of a connection test that was made.
func (e *examination) connection(report model.ConnectionReport) {
	for _, check := range report.Checks {
		if !check.Done {
			continue
		}
		err := check.Err
		if err == nil && !check.Passed {
			err = errors.New("it did not pass")
		}
		e.report(string(check.Name), check.Detail, err)
	}
	switch report.Template {
	case model.TemplatePrints:
		e.report("template", string(report.Template), nil)
	case model.TemplateOmits:
		e.report("template", "", errors.New(model.TemplateNotice))
	}
}
