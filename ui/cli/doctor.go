package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"cadensa/model/app"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// doctor checks everything that the program needs, and says how to mend it.
func (r *root) doctor() *cobra.Command {
	examination := examination{root: r, findings: []app.Finding{}}
	command := &cobra.Command{
		Use:   "doctor",
		Short: "Check settings, token, ledger, sources and the connection",
		Long: "Checks everything that an invoice needs and prints one line for each check. Compares the settings with the series and\n" +
			"VAT rates of your SmartBill account. Changes nothing. Exit code 1: a check failed.\n\n" +
			"With --account it checks whether the account answers as cadensa expects: whether series and VAT rates fit the settings,\n" +
			"how SmartBill answers for numbers that exist and numbers that do not, and what the PDFs contain. It only reads. ✓ as\n" +
			"expected, ✗ different, ? cannot be checked. Below, it prints the requests and answers for a bug report, without token,\n" +
			"e-mail, company, names, amounts and numbers. Exit code 1: something differs; 4: the account was not read completely.",
		Example: "  cadensa doctor\n  cadensa doctor --account > account.txt",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if examination.account {
				return r.withApp(command.Context(), examination.compareAccount)
			}
			return examination.all(command.Context())
		},
	}
	command.Flags().BoolVar(&examination.account, "account", false, "check whether the account answers as cadensa expects")
	command.Flags().BoolVar(&examination.json, "json", false,
		"print an array of {check, ok, detail, cure}; ok is null if it cannot be checked")
	return command
}

var errUnwell = errors.New("something needs your attention: see the lines with ✗")

// examination writes findings, or collects them for JSON.
type examination struct {
	*root
	account, json bool
	findings      []app.Finding
	// failed is true after a failed check, unprinted an error of the output.
	failed    bool
	unprinted error
}

func (e *examination) all(ctx context.Context) error {
	tell := func(found app.Finding) { e.tell(found, labelled) }
	if paths, err := e.paths(); err != nil {
		tell(app.NewFinding("settings", "", err))
	} else {
		e.sayOdd(app.Examine(ctx, e.options.Options, paths, tell))
	}
	if e.json {
		e.unprinted = writeJSON(e.options.Stdout, e.findings)
	}
	if e.unprinted == nil && e.failed {
		return errUnwell
	}
	return e.unprinted
}

func (e *examination) compareAccount(ctx context.Context, a *app.App) error {
	transcript, outcome := a.CheckAccount(ctx, func(found app.Finding) {
		e.tell(found, func(check, detail string) string {
			if detail != "" {
				check += ": " + detail
			}
			return text.Clean(check)
		})
	})
	if transcript == nil {
		return outcome
	}
	say := func(line string) { e.say("%s", line) }
	if e.json {
		e.unprinted = writeJSON(e.options.Stdout, e.findings)
	} else {
		say = e.write
		e.write("")
	}
	say("What was asked and answered, without names, amounts and numbers:")
	for _, line := range transcript {
		say("  " + line)
	}
	if e.unprinted != nil {
		return e.unprinted
	}
	return outcome
}

func (e *examination) tell(found app.Finding, line func(check, detail string) string) {
	found = explain.Examined(found, explain.Command)
	e.failed = e.failed || found.OK != nil && !*found.OK
	if e.json {
		found.Detail, found.Cure = text.Clean(found.Detail), text.Clean(found.Cure)
		e.findings = append(e.findings, found)
		return
	}
	mark, detail := "?", found.Detail
	switch {
	case found.OK == nil:
	case *found.OK:
		mark = "✓"
	default:
		mark = "✗"
	}
	if found.Cure != "" {
		detail += " → " + found.Cure
	}
	e.write(mark + " " + line(found.Check, detail))
}

func (e *examination) write(line string) {
	if err := e.print(line); err != nil {
		e.unprinted = err
	}
}
