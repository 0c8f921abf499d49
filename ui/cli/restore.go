package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

// restore takes a cancelled invoice back into force.
func (r *root) restore() *cobra.Command {
	return r.onInvoice(&cobra.Command{
		Use:   "restore REF",
		Short: "Restore a cancelled invoice in SmartBill, and bill its hours by it again",
		Long: "Takes a cancelled invoice back into force, under its number. It is refused when its hours are on another invoice by\n" +
			"now, which it names. To repeat it is safe: one that is in force already is printed as it is.\n\n" +
			"Exit codes: 0 restored; 1 refused; 2 wrong usage; 3 not known whether it is restored; 4 not done, try later.",
		Example: "  cadensa restore FCT-0023\n  cadensa restore FCT-0023 --yes --json",
	}, act{
		to: model.StatusIssued, question: restoreQuestion, explain: restoreFailure,
		do: func(ctx context.Context, a *app.App, reference string) (model.Invoice, error) {
			return a.Restore(ctx, reference)
		},
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
	return withNotice(question, fmt.Sprintf("No hours tell whether another invoice bills its %s by now: look first.", model.Count(free, "free line")))
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
