package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
)

// restore takes a cancelled invoice back into force.
func (r *root) restore() *cobra.Command {
	var yes, asJSON bool
	command := &cobra.Command{
		Use:   "restore REF",
		Short: "Restore a cancelled invoice in SmartBill, and bill its hours by it again",
		Long: "Takes a cancelled invoice back into force, under its number. It is refused when its hours are on another invoice by\n" +
			"now, which it names. To repeat it is safe.\n\n" +
			"Exit codes: 0 restored; 1 refused; 2 wrong usage; 3 not known whether it is restored; 4 not done, try later.",
		Example: "  cadensa restore FCT-0023\n  cadensa restore FCT-0023 --yes --json",
		Args:    oneArgument("reference such as FCT-0023"),
		RunE: func(command *cobra.Command, arguments []string) error {
			if err := r.mayAct(command, yes); err != nil {
				return err
			}
			ctx := command.Context()
			return r.withSession(ctx, func(session *Session) error {
				return r.restoreInvoice(ctx, session, arguments[0], yes, asJSON)
			})
		},
	}
	command.Flags().BoolVar(&yes, "yes", false, "do not ask")
	command.Flags().BoolVar(&asJSON, "json", false, "print the invoice as JSON")
	return command
}

func (r *root) restoreInvoice(ctx context.Context, session *Session, name string, yes, asJSON bool) error {
	detail, err := session.Detail(ctx, name)
	if err != nil {
		return err
	}
	if !yes {
		question := fmt.Sprintf("Restore %s to %s over %s %s, with its %s?", detail.Reference(), detail.ClientName,
			model.FormatAmount(detail.Total), detail.Currency, entriesOf(len(detail.Entries)))
		if err := r.confirm(ctx, question); err != nil {
			return err
		}
	}
	invoice, err := session.Restore(ctx, reference(detail.Invoice))
	return r.writeActed(ctx, session, invoice, asJSON, restoreFailure(detail.Reference(), err))
}

// restoreFailure gives each failure the advice that fits a restoring.
func restoreFailure(name string, err error) error {
	switch {
	case errors.Is(err, model.ErrEntriesTaken):
		return &advisedError{err: err, advice: name + " stays cancelled: two invoices would bill the same work. Cancel the other one first, if this one is to stand."}
	case errors.Is(err, model.ErrOutcomeUnknown):
		return &advisedError{err: err, advice: "Run cadensa restore " + name + " again: to repeat it is safe. Its hours stay reserved until then."}
	}
	return err
}
