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

func (r *root) cancel() *cobra.Command {
	paidToo := false
	command := r.actOnInvoice(&cobra.Command{
		Use:   "cancel REF",
		Short: "Cancel an invoice or a proforma and free its hours",
		Long: "Cancels an invoice (anulare) or a proforma. The document keeps its number in SmartBill; its hours can be billed again.\n" +
			"If the invoice has reached ANAF (SPV), use cadensa storno instead. A proforma that was invoiced cannot be cancelled.\n" +
			"SmartBill keeps payments on a cancelled invoice: with --yes, such an invoice also needs --paid-too. You can safely\n" +
			"repeat the command: it prints an invoice that is already cancelled.\n\n" +
			"Exit codes: 0 cancelled; 1 refused; 2 wrong usage; 3 outcome not known; 4 not done, try again later.",
		Example: "  cadensa cancel FCT-0023\n  cadensa cancel FCT-0023 --yes --json\n  cadensa cancel FCT-0023 --yes --paid-too",
	}, invoiceAct{
		act: model.ActCancel, to: model.StatusCancelled, question: cancelQuestion, do: (*app.App).Cancel,
		unattended: func(detail model.InvoiceDetail) error { return r.cancelPaid(detail, paidToo) },
	})
	command.Flags().BoolVar(&paidToo, "paid-too", false, "with --yes: cancel the invoice even if payments are recorded on it")
	return command
}

// cancelPaid says that money stays recorded on an invoice which nobody is asked about, and refuses it unless that is meant, or was when
// cancelling was begun.
func (r *root) cancelPaid(detail model.InvoiceDetail, meant bool) error {
	kept := explain.MoneyKept(detail.Invoice)
	switch {
	case kept.IsEmpty(), detail.Status == model.StatusCancelling:
		return nil
	case !meant:
		return fmt.Errorf("%s was not cancelled. %s If that is meant, say so with --paid-too", detail.Reference(), kept.In(say.English))
	}
	r.say("%s: %s", detail.Reference(), kept.In(say.English))
	return nil
}

func cancelQuestion(detail model.InvoiceDetail) string {
	what := documentWords(detail.Invoice) + " and free its " + counted(len(detail.Entries), "entry", "entries") + "?"
	switch detail.Kind { //nolint:exhaustive // the others are invoices
	case model.KindProforma:
		return "Give up the proforma " + what
	case model.KindPartialStorno:
		return fmt.Sprintf("Cancel %s, so that %s bills all of its lines again? If it has reached ANAF (SPV), it cannot be cancelled.",
			documentWords(detail.Invoice), detail.Original)
	}
	return withNotice("Cancel "+what+" If it has reached ANAF (SPV), it needs a storno instead.", explain.MoneyKept(detail.Invoice).In(say.English))
}

func (r *root) restore() *cobra.Command {
	return r.actOnInvoice(&cobra.Command{
		Use:   "restore REF",
		Short: "Restore a cancelled invoice with its hours",
		Long: "Restores a cancelled invoice under its number. This is refused if its hours are on another invoice by now; the error\n" +
			"names that invoice. You can safely repeat the command: it prints an invoice that is already in force.\n\n" +
			"Exit codes: 0 restored; 1 refused; 2 wrong usage; 3 outcome not known; 4 not done, try again later.",
		Example: "  cadensa restore FCT-0023\n  cadensa restore FCT-0023 --yes --json",
	}, invoiceAct{
		act: model.ActRestore, to: model.StatusIssued, question: restoreQuestion, do: (*app.App).Restore,
	})
}

func restoreQuestion(detail model.InvoiceDetail) string {
	question := fmt.Sprintf("Restore %s, with its %s?", documentWords(detail.Invoice), counted(len(detail.Entries), "entry", "entries"))
	free := 0
	for _, line := range detail.Prepared.Lines {
		if len(line.Entries) == 0 {
			free++
		}
	}
	if free == 0 {
		return question
	}
	return withNotice(question, fmt.Sprintf("No hours tell whether another invoice bills its %s by now: look first.",
		counted(free, "free line", "free lines")))
}

// invoiceAct is a command that changes one invoice after a question.
type invoiceAct struct {
	act model.Act
	// to is the state that the act leads to.
	to       model.Status
	question func(detail model.InvoiceDetail) string
	// unattended has the last word where nobody is asked; nil for none.
	unattended func(detail model.InvoiceDetail) error
	do         func(a *app.App, ctx context.Context, reference string) (model.Invoice, error)
}

func (r *root) actOnInvoice(command *cobra.Command, act invoiceAct) *cobra.Command {
	request := acting{root: r}
	command.Args = oneArgument(&request.reference, "reference such as FCT-0023")
	command.RunE = func(command *cobra.Command, _ []string) error {
		if err := request.mayAct(command, true); err != nil {
			return err
		}
		return r.withWriting(command.Context(), act.to.HoldsEntries(), func(ctx context.Context, a *app.App) error {
			return act.perform(ctx, a, request)
		})
	}
	request.bind(command, "the invoice")
	return command
}

func (c invoiceAct) perform(ctx context.Context, a *app.App, q acting) error {
	detail, err := a.ForAct(ctx, q.reference, "")
	if err != nil {
		return err
	}
	already := detail.IsAlready(c.to)
	if !already {
		if err := detail.CheckAct(c.act); err != nil {
			return err
		}
		if q.yes && c.unattended != nil {
			if err := c.unattended(detail); err != nil {
				return err
			}
		}
		if err := q.confirm(ctx, c.question(detail)); err != nil {
			return err
		}
	}
	invoice, err := confirmingOurs(ctx, &q, a, detail.Invoice, func() (model.Invoice, error) {
		return c.do(a, ctx, detail.UniqueReference())
	})
	if err == nil && already {
		q.say("%s is %s already; nothing was sent.", detail.Reference(), c.to)
	}
	return q.write(ctx, a, invoice, err)
}
