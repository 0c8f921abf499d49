// Package cli is the command line: one file a subcommand, over the application in model/app.
package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model/text"
)

// Run runs the command line, without a subcommand the screens. ExitCode turns its error into an exit code.
func Run(ctx context.Context, options Options, arguments []string) error {
	root := newRoot(options) //nolint:contextcheck // each command takes its context from cobra
	root.SetArgs(arguments)
	root.SetIn(options.Stdin)
	root.SetOut(options.Stdout)
	root.SetErr(options.Stderr)
	return root.ExecuteContext(ctx)
}

func newRoot(options Options) *cobra.Command {
	shared := &root{options: options}
	command := &cobra.Command{
		Use:   "cadensa",
		Short: "Turn tracked hours into Romanian invoices through SmartBill",
		Long: "Turns tracked hours into Romanian invoices through SmartBill. Without a command it opens the screens. Commands write\n" +
			"data to standard output and messages to standard error.\n\n" +
			"Exit codes: 0 done; 1 refused or failed; 2 wrong usage; 3 outcome not known; 4 not done, try again later;\n" +
			"5 nothing to bill.",
		Example: `  cadensa --demo                 try everything; nothing of yours is touched
  cadensa                        open the screens
  cadensa import hours.csv       add a tracker's file
  cadensa entries --period last-month --json
  cadensa issue --client "Morii Studio SRL" --period last-month --dry-run
  cadensa history --csv > invoices.csv
  cadensa send FCT-0023          e-mail the invoice to its client
  cadensa pay FCT-0023           record that it was paid
  cadensa settle                 check invoices whose outcome is not known
  cadensa doctor                 check settings and account
  cadensa sandbox                run a SmartBill simulator on this computer`,
		Version: options.Version, SilenceErrors: true, SilenceUsage: true,
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error { return shared.screens(command.Context()) },
	}
	shared.bindPath(command.PersistentFlags(), &shared.settings, "config", "",
		"read the settings from `FILE` (default: $XDG_CONFIG_HOME/cadensa/config.toml)")
	command.Flags().BoolVar(&shared.demo, "demo", false, "try everything with sample data and a simulator; nothing of yours is touched")
	shared.bindPath(command.Flags(), &shared.faults, "faults", "",
		"with --demo: simulate the faults in `FILE` (see cadensa sandbox --help)")
	command.SetFlagErrorFunc(flagError)
	command.CompletionOptions.HiddenDefaultCmd = true
	command.SetHelpCommand(help())
	command.AddCommand(
		shared.entries(), shared.issue(), shared.settle(), shared.cancel(), shared.restore(), shared.storno(), shared.convert(),
		shared.pay(), shared.send(), shared.pdf(), shared.timesheet(), shared.history(), shared.clients(), shared.countries(),
		shared.importHours(),
		shared.configuration(), shared.doctor(), shared.sandbox(),
	)
	return command
}

// help shows the help of a command; for an unknown command cobra's own would show the program's.
func help() *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Help about any command", Example: "  cadensa help issue",
		RunE: func(command *cobra.Command, arguments []string) error {
			found, rest, err := command.Root().Find(arguments)
			if err != nil || len(rest) > 0 {
				return usage("there is no command %q%s; see cadensa --help", text.Clean(strings.Join(arguments, " ")),
					didYouMean(nearestCommand(found, rest[0])))
			}
			found.InitDefaultHelpFlag()
			found.InitDefaultVersionFlag()
			return found.Help()
		},
	}
}
