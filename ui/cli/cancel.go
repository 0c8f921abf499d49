package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

// cancel cancels an invoice and frees its hours.
func (r *root) cancel() *cobra.Command {
	return r.onInvoice(&cobra.Command{
		Use:   "cancel REF",
		Short: "Cancel an invoice in SmartBill, or give up a proforma, and free its hours",
		Long: "Cancels an invoice (anulare): it stays in SmartBill with its number, and its hours can be billed again. One that\n" +
			"has reached ANAF (SPV) cannot be undone like this; it is reversed by a storno. So is a proforma given up, unless it\n" +
			"was invoiced. To repeat it is safe: one that is cancelled already is printed as it is.\n\n" +
			"Exit codes: 0 cancelled; 1 refused; 2 wrong usage; 3 not known whether it is cancelled; 4 not done, try later.",
		Example: "  cadensa cancel FCT-0023\n  cadensa cancel FCT-0023 --yes --json",
	}, act{
		to: model.StatusCancelled, question: cancelQuestion, explain: cancelFailure,
		do: func(ctx context.Context, a *app.App, reference string) (model.Invoice, error) {
			return a.Cancel(ctx, reference)
		},
	})
}

func cancelQuestion(detail model.InvoiceDetail) string {
	if detail.Kind == model.KindProforma {
		return fmt.Sprintf("Give up the proforma %s to %s over %s %s and free its %s?", detail.Reference(), detail.ClientName,
			model.FormatAmount(detail.Total), detail.Currency, model.Count(len(detail.Entries), "entry"))
	}
	question := fmt.Sprintf("Cancel %s to %s over %s %s and free its %s? If it has reached ANAF (SPV), it needs a storno instead.",
		detail.Reference(), detail.ClientName, model.FormatAmount(detail.Total), detail.Currency, model.Count(len(detail.Entries), "entry"))
	return withNotice(question, detail.MoneyNotice())
}

// withNotice puts what must be known before a question's answer behind it, "" for nothing.
func withNotice(question, notice string) string {
	if notice == "" {
		return question
	}
	return question + " " + notice
}

// cancelFailure gives an outcome that is not known the advice that fits it: a cancelling, unlike an issuing, is repeated
// safely.
func cancelFailure(reference string, err error) error {
	if !errors.Is(err, model.ErrOutcomeUnknown) {
		return err
	}
	return &advisedError{err: err, advice: "Run cadensa cancel " + reference + " again: to repeat it is safe. Its hours stay as they are until then."}
}
