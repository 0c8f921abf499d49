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
		Long: "Checks everything that an invoice needs, one line for each. It asks SmartBill for its series and VAT rates, holds the\n" +
			"settings against them, and changes nothing there. Exit code 1 if something fails.\n\n" +
			"With --account it compares the account with what cadensa takes for granted: whether the settings fit its series and VAT\n" +
			"rates, how numbers that exist and numbers that do not are answered, and what PDFs show. It only reads. ✓ holds, ✗ does not, ? cannot be told. Below stands\n" +
			"what was asked and answered, without token, e-mail, company, names, amounts and numbers, for sending in. Exit code 1 if\n" +
			"something does not hold, 4 if the account could not be read whole.",
		Example: "  cadensa doctor\n  cadensa doctor --account > account.txt",
		Args:    noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if examination.account {
				return r.withApp(command.Context(), examination.compareAccount)
			}
			return examination.all(command.Context())
		},
	}
	command.Flags().BoolVar(&examination.account, "account", false, "compare the account with what cadensa takes for granted")
	command.Flags().BoolVar(&examination.json, "json", false, "an array of {check, ok, detail, cure}; ok is null where it cannot be told")
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
