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

type conversionRequest struct {
	acting
	adopt, rate string
	// lei is the value of one unit of the currency, invalid to look it up.
	lei decimal.NullDecimal
}

func (r *root) convert() *cobra.Command {
	request := conversionRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "convert REF",
		Short: "Create the invoice of a proforma",
		Long: "Creates the invoice of a proforma with the same client and lines, dated today, on the invoice series of the settings.\n" +
			"cadensa first asks SmartBill whether the proforma was already invoiced, so there is never a second invoice. If somebody\n" +
			"invoiced it in SmartBill itself, check that invoice and record it with --adopt NUMBER. Prints the invoice.\n\n" +
			"Exit codes: 0 created; 1 refused or already invoiced; 2 wrong usage; 3 outcome not known, run cadensa settle;\n" +
			"4 not done, try again later.",
		Example: `  cadensa convert PRF-0007
  cadensa convert PRF-0007 --yes --json
  cadensa convert PRF-0007 --adopt FCT-0024   somebody created this invoice in SmartBill`,
		Args: oneArgument(&request.reference, "reference such as PRF-0007"),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.check(command.Flags().Changed("adopt")); err != nil {
				return err
			}
			if err := request.mayAct(command, true); err != nil {
				return err
			}
			// An invoice that exists elsewhere is a fact, whatever the records say.
			return r.withWriting(command.Context(), request.adopt == "", request.convert)
		},
	}
	command.Flags().StringVar(&request.adopt, "adopt", "", "record invoice `NUMBER`, which somebody created in SmartBill")
	command.Flags().StringVar(&request.rate, rateFlag, "",
		"the exchange rate in `LEI` for one unit of the currency (default: BNR's last rate before today)")
	request.bind(command, "the invoice")
	return command
}

func (q *conversionRequest) check(adopting bool) (err error) {
	if adopting && strings.TrimSpace(q.adopt) == "" {
		return usage("--adopt wants a number such as FCT-0024")
	}
	q.lei, err = amountFlag(rateFlag, q.rate)
	return err
}

func (q *conversionRequest) convert(ctx context.Context, a *app.App) error {
	detail, err := a.ForAct(ctx, q.reference, model.ActConvert)
	if err != nil {
		return err
	}
	if q.adopt != "" {
		return q.adoptInvoice(ctx, a, detail)
	}
	if q.lei.Valid && detail.Currency == model.DefaultCurrency {
		return errNeedlessRate
	}
	conversion, err := a.ConversionAt(ctx, detail.Invoice, q.lei)
	if err != nil {
		return err
	}
	what := documentWords(detail.Invoice) + " on series " + conversion.Series
	if conversion.Exchange.IsKnown() {
		q.sayRate(detail.Currency, conversion.Exchange)
	} else if detail.Currency != model.DefaultCurrency {
		q.say("BNR's rate of %s could not be looked up: SmartBill takes its own, unless you give one with --exchange-rate.", detail.Currency)
	}
	today := a.Today()
	question := fmt.Sprintf("Make an invoice of %s, dated %s? It can be cancelled later, never taken back.", what, today)
	if err := q.confirmDated(ctx, a, today, question); err != nil {
		return err
	}
	q.say("Making the invoice of %s. If this is interrupted now, whether it exists is not known.", what)
	invoice, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() (model.Invoice, error) {
		return q.confirmingElsewhere(ctx, a, model.KindInvoice, func() (model.Invoice, error) {
			return a.Convert(ctx, detail.UniqueReference(), conversion)
		})
	})
	if findings, ok := errors.AsType[model.Findings](err); ok {
		q.sayFindings(findings)
		return errNotReady
	}
	q.sayDifference(invoice)
	return q.write(ctx, a, invoice, err)
}

func (q *conversionRequest) adoptInvoice(ctx context.Context, a *app.App, detail model.InvoiceDetail) error {
	question := fmt.Sprintf("Is %s the invoice that was made of %s? Say so only after you have seen its PDF.", q.adopt,
		documentWords(detail.Invoice))
	if err := q.confirm(ctx, question); err != nil {
		return err
	}
	invoice, err := a.AdoptConversion(ctx, detail.UniqueReference(), q.adopt)
	if errors.Is(err, model.ErrSeveralFit) {
		return &UsageError{Err: err}
	}
	q.sayDifference(invoice)
	return q.write(ctx, a, invoice, err)
}
