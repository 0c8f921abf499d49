package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

// history lists the invoices that this program made.
func (r *root) history() *cobra.Command {
	var form form
	command := &cobra.Command{
		Use:   "history",
		Short: "List the invoices that cadensa made, the newest first",
		Example: strings.Join([]string{
			"  cadensa history",
			"  cadensa history --json | jq '.[] | select(.overdue)'",
			"  cadensa history --csv > invoices.csv",
		}, "\n"),
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := form.check(); err != nil {
				return err
			}
			ctx := command.Context()
			return r.withApp(ctx, func(a *app.App) error { return r.listInvoices(ctx, a, form) })
		},
	}
	command.Flags().BoolVar(&form.json, "json", false, "an array of invoices")
	command.Flags().BoolVar(&form.csv, "csv", false, "the same fields with a header; entries are joined by "+listSeparator+sheetHelp)
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

// recover declares unknown what an earlier run left on its way, and says what has no certain outcome.
func (r *root) recover(ctx context.Context, a *app.App) error {
	left, err := a.Recover(ctx)
	if err != nil {
		return err
	}
	for _, invoice := range left {
		r.say("%s: %s.", app.LeftBehind(invoice), wayOut(invoice))
	}
	return nil
}

// wayOut is the command that ends an uncertainty.
func wayOut(invoice model.Invoice) string {
	name := invoice.Reference()
	if invoice.HasOpenPayment() {
		return "cadensa settle " + name + " finds out"
	}
	switch invoice.Status { //nolint:exhaustive // Recover finds no others
	case model.StatusCancelling:
		return "cadensa cancel " + name + " again, which is safe"
	case model.StatusRestoring:
		return "cadensa restore " + name + " again, which is safe"
	case model.StatusIssued:
		return "cancel or reverse one of the two"
	}
	return "cadensa settle " + name + " finds out"
}
