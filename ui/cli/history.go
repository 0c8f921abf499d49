package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cadensa/model/app"
)

// history lists the invoices that this program made.
func (r *root) history() *cobra.Command {
	var form form
	command := &cobra.Command{
		Use:   "history",
		Short: "List the invoices that cadensa made, the newest first",
		Example: `  cadensa history
  cadensa history --json | jq '.[] | select(.overdue)'
  cadensa history --csv > invoices.csv`,
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := form.check(); err != nil {
				return err
			}
			return r.withApp(command.Context(), func(ctx context.Context, a *app.App) error { return r.listInvoices(ctx, a, form) })
		},
	}
	form.bind(command, "an array of invoices", "entries")
	return command
}

func (r *root) listInvoices(ctx context.Context, a *app.App, form form) error {
	if err := r.recover(ctx, a); err != nil {
		return err
	}
	invoices, err := a.Invoices(ctx)
	if err != nil {
		return err
	}
	if len(invoices) == 0 && !form.json && !form.csv {
		r.say("No invoices yet.")
		return nil
	}
	return r.writeInvoices(ctx, a, invoices, form)
}
