package cli

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"cadensa/model/app"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// doctor checks everything that the program needs, and says how to mend it.
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
			examination := examination{root: r, json: asJSON, findings: []app.Finding{}}
			if account {
				return examination.account(command.Context())
			}
			return examination.all(command.Context())
		},
	}
	command.Flags().BoolVar(&account, "account", false, "compare the account with what cadensa takes for granted")
	command.Flags().BoolVar(&asJSON, "json", false, "an array of {check, ok, detail, cure}; ok is null where it cannot be told")
	return command
}

// errUnwell follows checks that failed.
var errUnwell = errors.New("something needs your attention: see the lines with ✗")

// mark shows whether a check passed.
func mark(f app.Finding) string {
	switch {
	case f.OK == nil:
		return "?"
	case *f.OK:
		return "✓"
	}
	return "✗"
}

// examination writes findings, or collects them for JSON.
type examination struct {
	root *root
	// json collects the findings instead of printing each.
	json     bool
	findings []app.Finding
	// failed is true after a failed check, unprinted an error of the output.
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

// all examines everything.
func (e *examination) all(ctx context.Context) error {
	report := func(found app.Finding) {
		found = explain.Examined(found, explain.Command)
		e.failed = e.failed || !*found.OK
		detail := found.Detail
		if found.Cure != "" {
			detail += " → " + found.Cure
		}
		e.tell(found, labelled(found.Check, detail))
	}
	paths, err := e.root.paths()
	if err != nil {
		report(app.NewFinding("settings", "", err))
	} else {
		e.root.sayOdd(app.Examine(ctx, e.root.options.Options, paths, report))
	}
	return e.outcome()
}

// account compares the account with what the program takes for granted.
func (e *examination) account(ctx context.Context) error {
	return e.root.withApp(ctx, func(ctx context.Context, a *app.App) error {
		transcript, outcome := a.CheckAccount(ctx, func(found app.Finding) {
			found = explain.Examined(found, explain.Command)
			line := found.Check
			if found.Detail != "" {
				line += ": " + found.Detail
			}
			if found.Cure != "" {
				line += " → " + found.Cure
			}
			e.tell(found, text.Clean(line))
		})
		if transcript == nil {
			return outcome
		}
		say := func(line string) { e.root.say("%s", line) }
		if e.json {
			e.unprinted = writeJSON(e.root.options.Stdout, e.findings)
		} else {
			say = e.print
			e.print("")
		}
		say("What was asked and answered, without names, amounts and numbers:")
		for _, line := range transcript {
			say("  " + line)
		}
		return cmp.Or(e.unprinted, outcome)
	})
}

// tell prints the finding as the line, or collects it.
func (e *examination) tell(found app.Finding, line string) {
	if e.json {
		found.Detail, found.Cure = text.Clean(found.Detail), text.Clean(found.Cure)
		e.findings = append(e.findings, found)
		return
	}
	e.print(mark(found) + " " + line)
}

func (e *examination) print(line string) {
	if err := e.root.print(line); err != nil {
		e.unprinted = err
	}
}
