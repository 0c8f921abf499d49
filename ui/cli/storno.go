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

// stornoRequest is the command line.
type stornoRequest struct {
	reference, date string
	yes, json       bool
	// unusualDate confirms a date more than a year back.
	unusualDate bool

	on model.Date
}

// storno reverses an invoice that was sent to ANAF by a second one.
func (r *root) storno() *cobra.Command {
	var request stornoRequest
	command := &cobra.Command{
		Use:   "storno REF",
		Short: "Reverse an invoice by a second one with minus, and free its hours",
		Long: "Makes the storno of an invoice: a document of its own, with its own number, over minus the total, that names the\n" +
			"invoice. It goes to ANAF as the invoice did, and cannot be taken back. The invoice's hours can be billed again. It is\n" +
			"for invoices that ANAF (SPV) or the client has; one that was not sent is cancelled. It prints the storno.\n\n" +
			"Exit codes: 0 made; 1 refused; 2 wrong usage; 3 not known whether it was made: cadensa settle; 4 not done, try later.",
		Example: "  cadensa storno FCT-0023\n  cadensa storno FCT-0023 --date 2026-11-20 --yes --json",
		Args:    oneArgument("reference such as FCT-0023"),
		RunE: func(command *cobra.Command, arguments []string) error {
			request.reference = arguments[0]
			if err := request.on.UnmarshalText([]byte(request.date)); err != nil {
				return &UsageError{Err: fmt.Errorf("--date: %w", err)}
			}
			if err := r.mayAct(command, request.yes); err != nil {
				return err
			}
			ctx := command.Context()
			return r.withWriting(ctx, true, func(a *app.App) error { return r.makeStorno(ctx, a, request) })
		},
	}
	command.Flags().StringVar(&request.date, "date", "", "the `DATE` of the storno as yyyy-MM-dd (default: today)")
	command.Flags().BoolVar(&request.unusualDate, unusualDateFlag, false, unusualDateHelp)
	command.Flags().BoolVar(&request.yes, "yes", false, "do not ask")
	command.Flags().BoolVar(&request.json, "json", false, "print the storno as JSON")
	return command
}

func (r *root) makeStorno(ctx context.Context, a *app.App, request stornoRequest) error {
	if err := checkDate(request.on, a.Today(), request.yes, request.unusualDate); err != nil {
		return err
	}
	detail, err := a.ForAct(ctx, request.reference, model.ActStorno)
	if err != nil {
		return err
	}
	if request.on.IsZero() {
		request.on = a.Today()
	}
	if err := r.confirmStorno(ctx, a, detail, request); err != nil {
		return err
	}
	r.say("Checking %s, then making its storno. If this is interrupted, the storno may exist and not be known.", detail.Reference())
	storno, err := confirmingOurs(ctx, r, a, detail.Invoice, request.yes, func() (model.Invoice, error) {
		return a.Storno(ctx, detail.UniqueReference(), request.on)
	})
	if err == nil {
		r.say("%s is reversed by %s; its hours are free.", detail.Reference(), storno.Reference())
	}
	return r.writeActed(ctx, a, storno, request.json, err)
}

func (r *root) confirmStorno(ctx context.Context, a *app.App, detail model.InvoiceDetail, request stornoRequest) error {
	question := fmt.Sprintf("Make the storno of %s to %s: a second invoice over %s %s, dated %s, which goes to ANAF too and cannot be "+
		"taken back, and free its %s?", detail.Reference(), detail.ClientName, model.FormatAmount(detail.Total.Neg()), detail.Currency,
		request.on, model.Count(len(detail.Entries), "entry"))
	return r.confirm(ctx, request.yes, withDateNotice(withNotice(question, explain.MoneyKept(detail.Invoice).In(say.English)), request.on,
		a.Today(), request.unusualDate))
}
