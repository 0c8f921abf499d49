package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/text"
	"cadensa/model/timelog"
)

// doctor looks at everything that the program needs, and tells what to do about what is missing.
func (r *root) doctor() *cobra.Command {
	var account, asJSON bool
	command := &cobra.Command{
		Use:   "doctor",
		Short: "Check settings, token, ledger, sources and the connection",
		Long: "Checks everything that an invoice needs, one line for each. It asks SmartBill for its series and VAT rates, and\n" +
			"changes nothing there. Exit code 1 if something fails.\n\n" +
			"With --account it compares the account with what cadensa takes for granted: how numbers that exist and numbers that do\n" +
			"not are answered, and what PDFs show. It reads and changes nothing. ✓ holds, ✗ does not, ? cannot be told. Below stands\n" +
			"what was asked and answered, without token, e-mail, company, names, amounts and numbers, for sending in. Exit code 1 if\n" +
			"something does not hold, 4 if the account could not be read whole.",
		Example: "  cadensa doctor\n  cadensa doctor --account > account.txt",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			examination := examination{root: r, json: asJSON, findings: []finding{}}
			if account {
				return examination.account(command.Context())
			}
			examination.settings(command.Context())
			return examination.outcome()
		},
	}
	command.Flags().BoolVar(&account, "account", false, "compare the account with what cadensa takes for granted")
	command.Flags().BoolVar(&asJSON, "json", false, "an array of {check, ok, detail, cure}; ok is null where it cannot be told")
	return command
}

// errUnwell says that a check failed.
var errUnwell = errors.New("something needs your attention: see the lines with ✗")

// finding is what a check found.
type finding struct {
	Check string `json:"check"`
	// OK is nil where it cannot be told.
	OK     *bool  `json:"ok"`
	Detail string `json:"detail"`
	// Cure is what to do about it, or what it means, when it failed.
	Cure string `json:"cure"`
}

func (f finding) mark() string {
	switch {
	case f.OK == nil:
		return "?"
	case *f.OK:
		return "✓"
	}
	return "✗"
}

// examination goes through the checks. One that rests on another that failed is left out.
type examination struct {
	root *root
	// json collects the findings rather than printing each.
	json     bool
	findings []finding
	// failed tells that a check did, unprinted why a line could not be written.
	failed    bool
	unprinted error
}

func (e *examination) outcome() error {
	if e.json {
		e.unprinted = writeJSON(e.root.options.Stdout, e.findings)
	}
	if e.unprinted == nil && e.failed {
		return errUnwell
	}
	return e.unprinted
}

// report tells one finding, with what to do when the check failed.
func (e *examination) report(name, detail string, err error) {
	ok := err == nil
	found := finding{Check: name, OK: &ok, Detail: detail}
	if err != nil {
		e.failed, found.Detail, found.Cure = true, err.Error(), model.Advice(err)
	}
	detail = found.Detail
	if found.Cure != "" {
		detail += " → " + found.Cure
	}
	e.tell(found, labelled(name, detail))
}

// tell prints the finding as the line, or collects it.
func (e *examination) tell(found finding, line string) {
	if e.json {
		found.Detail, found.Cure = text.Clean(found.Detail), text.Clean(found.Cure)
		e.findings = append(e.findings, found)
		return
	}
	e.print(found.mark() + " " + line)
}

func (e *examination) print(line string) {
	if err := e.root.print(line); err != nil {
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
	err := e.root.withSession(ctx, func(a *App) error {
		e.report("ledger", paths.Ledger, nil)
		e.report("records", "hours and invoices agree", a.records.Audit(ctx))
		e.sources(ctx, a)
		if failure := a.indexed.failure; failure != nil {
			e.report("index", "", fmt.Errorf("%w → until then every source is read anew at each start", failure))
		}
		e.calls(ctx, a)
		if connect {
			e.connection(a.Test(ctx, credentials))
		}
		return nil
	})
	if err != nil {
		e.report("ledger", "", err)
	}
}

func (e *examination) sources(ctx context.Context, a *App) {
	sources := a.current().Sources
	if len(sources) == 0 {
		e.report("source", "", errors.New("there is none → cadensa import FILE adds one"))
	}
	for _, source := range sources {
		named := a.timelogSource(source)
		if source.Path == timelog.StandardInput {
			e.report("source", named.Name()+", not read now", nil)
			continue
		}
		result, err := a.reader(ctx, nil).Read(ctx, named)
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
func (e *examination) calls(ctx context.Context, a *App) {
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
		e.report("template", "", fmt.Errorf("it %s → %s", report.Template, strings.TrimSuffix(model.TemplateNotice, ".")))
	}
}
