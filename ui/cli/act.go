package cli

import (
	"context"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

// act is a command that changes one invoice after a question.
type act struct {
	// to is the state that the act leads to.
	to       model.Status
	question func(detail model.InvoiceDetail) string
	do       func(ctx context.Context, a *app.App, reference string) (model.Invoice, error)
	// explain gives a failure the advice that fits this act.
	explain func(name string, err error) error
}

// onInvoice completes the command with its argument, its flags and what it does.
func (r *root) onInvoice(command *cobra.Command, act act) *cobra.Command {
	var yes, asJSON bool
	command.Args = oneArgument("reference such as FCT-0023")
	command.RunE = func(command *cobra.Command, arguments []string) error {
		if err := r.mayAct(command, yes); err != nil {
			return err
		}
		ctx := command.Context()
		with := r.withWriting
		if act.to.HoldsEntries() {
			with = r.withTaking
		}
		return with(ctx, func(a *app.App) error {
			detail, err := a.ForAct(ctx, arguments[0])
			if err != nil {
				return err
			}
			already := detail.IsAlready(act.to)
			if !yes && !already {
				if err := r.confirm(ctx, act.question(detail)); err != nil {
					return err
				}
			}
			invoice, err := vouched(ctx, r, a, detail.Invoice, yes, func() (model.Invoice, error) {
				return act.do(ctx, a, reference(detail.Invoice))
			})
			if err == nil && already {
				r.say("%s is %s already; nothing was sent.", detail.Reference(), act.to)
			}
			return r.writeActed(ctx, a, invoice, asJSON, act.explain(detail.Reference(), err))
		})
	}
	command.Flags().BoolVar(&yes, "yes", false, "do not ask")
	command.Flags().BoolVar(&asJSON, "json", false, "print the invoice as JSON")
	return command
}
