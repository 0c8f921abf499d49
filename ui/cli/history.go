package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/filter"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// history lists the invoices that this program made.
func (r *root) history() *cobra.Command {
	var form form
	var terms string
	command := &cobra.Command{
		Use:   "history",
		Short: "List your invoices, newest first",
		Example: `  cadensa history
  cadensa history --json | jq '.[] | select(.overdue)'
  cadensa history --filter "client:morii is:unpaid due:<2026-12"
  cadensa history --csv > invoices.csv`,
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := errors.Join(form.check(), checkGiven(command)); err != nil {
				return err
			}
			if err := checkFilter(terms, filter.CheckInvoices); err != nil {
				return err
			}
			return r.withApp(command.Context(), func(ctx context.Context, a *app.App) error { return r.listInvoices(ctx, a, terms, form) })
		},
	}
	command.Flags().StringVar(&terms, "filter", "", "only invoices that match `TERMS`: "+filter.InvoiceForms)
	form.bind(command, "print an array of invoices", "entries")
	return command
}

func (r *root) listInvoices(ctx context.Context, a *app.App, terms string, form form) error {
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
	fitting, err := fittingInvoices(invoices, terms, a.Today())
	if err != nil {
		return err
	}
	return r.writeInvoices(ctx, a, fitting, form)
}

// fittingInvoices are those that fit the terms of --filter, all without any.
func fittingInvoices(invoices []model.Invoice, terms string, today model.Date) ([]model.Invoice, error) {
	wanted, err := filter.ParseInvoices(terms)
	if err != nil || wanted.IsEmpty() {
		return invoices, err
	}
	var fitting []model.Invoice
	for i, text := range filter.NewInvoiceTexts(invoices) {
		if wanted.Matches(&filter.InvoiceSubject{
			Invoice: &invoices[i], Text: text.All, Client: text.Client, Today: today,
			Status: explain.Status(invoices[i].DisplayStatus(today)).In(say.English),
		}) {
			fitting = append(fitting, invoices[i])
		}
	}
	return fitting, nil
}
