package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
)

// conversionRequest is the command line.
type conversionRequest struct {
	reference, adopt, rate string
	yes, json              bool

	// lei is the value of one unit of the currency, invalid to look it up.
	lei decimal.NullDecimal
}

// convert makes the invoice of a proforma.
func (r *root) convert() *cobra.Command {
	var request conversionRequest
	command := &cobra.Command{
		Use:   "convert REF",
		Short: "Make the invoice of a proforma, once",
		Long: "Makes an invoice of a proforma, with its client and lines, dated today, on the invoice series of the settings. SmartBill\n" +
			"is asked first whether the proforma was invoiced; then there is never a second invoice. One that somebody made in\n" +
			"SmartBill itself is recorded with --adopt NUMBER, after a look at it. It prints the invoice.\n\n" +
			"Exit codes: 0 made; 1 refused, or invoiced before; 2 wrong usage; 3 not known whether it was made: cadensa settle;\n" +
			"4 not done, try later.",
		Example: `  cadensa convert PRF-0007
  cadensa convert PRF-0007 --yes --json
  cadensa convert PRF-0007 --adopt FCT-0024   it was invoiced in SmartBill, as this one`,
		Args: oneArgument("reference such as PRF-0007"),
		RunE: func(command *cobra.Command, arguments []string) error {
			request.reference = arguments[0]
			if err := request.check(command.Flags().Changed("adopt")); err != nil {
				return err
			}
			if err := r.mayAct(command, request.yes); err != nil {
				return err
			}
			ctx := command.Context()
			// An invoice that exists elsewhere is a fact, whatever the records say.
			return r.withWriting(ctx, request.adopt == "", func(a *app.App) error { return r.convertProforma(ctx, a, request) })
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.adopt, "adopt", "", "record the invoice with this `NUMBER`, which was made in SmartBill")
	flags.StringVar(&request.rate, "exchange-rate", "",
		"what one unit of the currency is worth in `LEI` (default: BNR's last rate before today)")
	flags.BoolVar(&request.yes, "yes", false, "do not ask")
	flags.BoolVar(&request.json, "json", false, "print the invoice as JSON")
	return command
}

func (q *conversionRequest) check(adopting bool) (err error) {
	if adopting && strings.TrimSpace(q.adopt) == "" {
		return usage("--adopt wants a number such as FCT-0024")
	}
	q.lei, err = typedRate(q.rate)
	return err
}

func (r *root) convertProforma(ctx context.Context, a *app.App, request conversionRequest) error {
	detail, err := a.ForAct(ctx, request.reference, model.ActConvert)
	if err != nil {
		return err
	}
	if request.adopt != "" {
		return r.adoptConversion(ctx, a, detail, request)
	}
	if request.lei.Valid && detail.Currency == model.DefaultCurrency {
		return errNeedlessRate
	}
	conversion, err := a.ConversionAt(ctx, detail.Invoice, request.lei)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%s to %s over %s %s on series %s", detail.Reference(), detail.ClientName, model.FormatAmount(detail.Total),
		detail.Currency, conversion.Series)
	switch rate := conversion.Exchange; {
	case rate.IsKnown():
		r.say("1 %s = %s RON (%s, %s)", detail.Currency, rate.Lei, rate.Source, rate.Date)
	case detail.Currency != model.DefaultCurrency:
		r.say("BNR's rate of %s could not be looked up: SmartBill takes its own, unless you give one with --exchange-rate.", detail.Currency)
	}
	if err := r.confirmConversion(ctx, a, what, request.yes); err != nil {
		return err
	}
	r.say("Making the invoice of %s. If this is interrupted now, whether it exists is not known.", what)
	invoice, err := confirmingOurs(ctx, r, a, detail.Invoice, request.yes, func() (model.Invoice, error) {
		return confirmingElsewhere(ctx, r, a, model.KindInvoice, request.yes, func() (model.Invoice, error) {
			return a.Convert(ctx, detail.UniqueReference(), conversion)
		})
	})
	if findings, ok := errors.AsType[model.Findings](err); ok {
		r.sayFindings(findings)
		return errNotReady
	}
	r.sayDifference(invoice)
	return r.writeActed(ctx, a, invoice, request.json, err)
}

func (r *root) confirmConversion(ctx context.Context, a *app.App, what string, yes bool) error {
	if yes {
		return nil
	}
	today := a.Today()
	err := r.confirm(ctx, false, fmt.Sprintf("Make an invoice of %s, dated %s? It can be cancelled later, never taken back.", what, today))
	if err == nil && a.Today() != today {
		return errMidnight
	}
	return err
}

func (r *root) adoptConversion(ctx context.Context, a *app.App, detail model.InvoiceDetail, request conversionRequest) error {
	question := fmt.Sprintf("Is %s the invoice that was made of %s to %s over %s %s? Say so only after you have seen its PDF.",
		request.adopt, detail.Reference(), detail.ClientName, model.FormatAmount(detail.Total), detail.Currency)
	if err := r.confirm(ctx, request.yes, question); err != nil {
		return err
	}
	invoice, err := a.AdoptConversion(ctx, detail.UniqueReference(), request.adopt)
	if errors.Is(err, model.ErrSeveralFit) {
		return &UsageError{Err: err}
	}
	r.sayDifference(invoice)
	return r.writeActed(ctx, a, invoice, request.json, err)
}
