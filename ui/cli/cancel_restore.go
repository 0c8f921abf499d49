package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// cancel cancels an invoice and frees its hours.
func (r *root) cancel() *cobra.Command {
	return r.actOnInvoice(&cobra.Command{
		Use:   "cancel REF",
		Short: "Cancel an invoice in SmartBill, or give up a proforma, and free its hours",
		Long: "Cancels an invoice (anulare): it stays in SmartBill with its number, and its hours can be billed again. One that\n" +
			"has reached ANAF (SPV) cannot be undone like this; it is reversed by a storno. So is a proforma given up, unless it\n" +
			"was invoiced. To repeat it is safe: one that is cancelled already is printed as it is.\n\n" +
			"Exit codes: 0 cancelled; 1 refused; 2 wrong usage; 3 not known whether it is cancelled; 4 not done, try later.",
		Example: "  cadensa cancel FCT-0023\n  cadensa cancel FCT-0023 --yes --json",
	}, invoiceAct{
		act: model.ActCancel, to: model.StatusCancelled, question: cancelQuestion, do: (*app.App).Cancel,
	})
}

func cancelQuestion(detail model.InvoiceDetail) string {
	if detail.Kind == model.KindProforma {
		return fmt.Sprintf("Give up the proforma %s to %s over %s %s and free its %s?", detail.Reference(), detail.ClientName,
			model.FormatAmount(detail.Total), detail.Currency, model.Count(len(detail.Entries), "entry"))
	}
	question := fmt.Sprintf("Cancel %s to %s over %s %s and free its %s? If it has reached ANAF (SPV), it needs a storno instead.",
		detail.Reference(), detail.ClientName, model.FormatAmount(detail.Total), detail.Currency, model.Count(len(detail.Entries), "entry"))
	return withNotice(question, explain.MoneyKept(detail.Invoice).In(say.English))
}

// restore takes a cancelled invoice back into force.
func (r *root) restore() *cobra.Command {
	return r.actOnInvoice(&cobra.Command{
		Use:   "restore REF",
		Short: "Restore a cancelled invoice in SmartBill, and bill its hours by it again",
		Long: "Takes a cancelled invoice back into force, under its number. It is refused when its hours are on another invoice by\n" +
			"now, which it names. To repeat it is safe: one that is in force already is printed as it is.\n\n" +
			"Exit codes: 0 restored; 1 refused; 2 wrong usage; 3 not known whether it is restored; 4 not done, try later.",
		Example: "  cadensa restore FCT-0023\n  cadensa restore FCT-0023 --yes --json",
	}, invoiceAct{
		act: model.ActRestore, to: model.StatusIssued, question: restoreQuestion, do: (*app.App).Restore,
	})
}

func restoreQuestion(detail model.InvoiceDetail) string {
	question := fmt.Sprintf("Restore %s to %s over %s %s, with its %s?", detail.Reference(), detail.ClientName,
		model.FormatAmount(detail.Total), detail.Currency, model.Count(len(detail.Entries), "entry"))
	free := 0
	for _, line := range detail.Draft.Lines {
		if len(line.Entries) == 0 {
			free++
		}
	}
	if free == 0 {
		return question
	}
	return withNotice(question, fmt.Sprintf("No hours tell whether another invoice bills its %s by now: look first.",
		model.Count(free, "free line")))
}

// invoiceAct is a command that changes one invoice after a question.
type invoiceAct struct {
	act model.Act
	// to is the state that the act leads to.
	to       model.Status
	question func(detail model.InvoiceDetail) string
	do       func(a *app.App, ctx context.Context, reference string) (model.Invoice, error)
}

// actOnInvoice completes a command with argument, flags and act.
func (r *root) actOnInvoice(command *cobra.Command, act invoiceAct) *cobra.Command {
	var yes, asJSON bool
	command.Args = oneArgument("reference such as FCT-0023")
	command.RunE = func(command *cobra.Command, arguments []string) error {
		if err := r.mayAct(command, yes); err != nil {
			return err
		}
		ctx := command.Context()
		return r.withWriting(ctx, act.to.HoldsEntries(), func(a *app.App) error {
			detail, err := a.ForAct(ctx, arguments[0], "")
			if err != nil {
				return err
			}
			already := detail.IsAlready(act.to)
			if err := detail.CheckAct(act.act); err != nil && !already {
				return err
			}
			if err := r.confirm(ctx, yes || already, act.question(detail)); err != nil {
				return err
			}
			invoice, err := confirmingOurs(ctx, r, a, detail.Invoice, yes, func() (model.Invoice, error) {
				return act.do(a, ctx, detail.UniqueReference())
			})
			if err == nil && already {
				r.say("%s is %s already; nothing was sent.", detail.Reference(), act.to)
			}
			return r.writeActed(ctx, a, invoice, asJSON, err)
		})
	}
	command.Flags().BoolVar(&yes, "yes", false, "do not ask")
	command.Flags().BoolVar(&asJSON, "json", false, "print the invoice as JSON")
	return command
}
