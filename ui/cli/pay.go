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

// payRequest is the command line.
type payRequest struct {
	reference, amount, date, kind string
	status, yes, json             bool
	// unusualDate says that a date more than a year back is meant.
	unusualDate bool

	order model.PaymentOrder
}

// pay records that money came for an invoice.
func (r *root) pay() *cobra.Command {
	var request payRequest
	command := &cobra.Command{
		Use:   "pay REF",
		Short: "Record in SmartBill that an invoice was paid, whole or in part",
		Long: "Records money that came for an invoice: all that is unpaid, or the amount. For cash SmartBill issues a receipt\n" +
			"(chitanță) in a series of its own. The payment is sent once; what is not known is found out by cadensa settle. With\n" +
			"--status nothing is recorded, and SmartBill only asked how much is paid. It prints the invoice.\n\n" +
			"Exit codes: 0 recorded; 1 refused, or more than is unpaid; 2 wrong usage; 3 not known whether it was recorded:\n" +
			"cadensa settle; 4 not done, try later.",
		Example: `  cadensa pay FCT-0023                           all that is unpaid, by bank transfer, today
  cadensa pay FCT-0023 --amount 100.00 --date 2026-11-20 --kind card --yes --json
  cadensa pay FCT-0023 --kind cash --series CH   with a receipt
  cadensa pay FCT-0023 --status --json           how much is paid`,
		Args: oneArgument("reference such as FCT-0023"),
		RunE: func(command *cobra.Command, arguments []string) error {
			request.reference = arguments[0]
			if err := request.read(); err != nil {
				return err
			}
			if !request.status {
				if err := r.mayAct(command, request.yes); err != nil {
					return err
				}
			}
			ctx := command.Context()
			return r.withWriting(ctx, false, func(a *app.App) error { return r.payInvoice(ctx, a, request) })
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.amount, "amount", "", "the `AMOUNT` in the invoice's currency (default: all that is unpaid)")
	flags.StringVar(&request.date, "date", "", "the `DATE` on which it came as yyyy-MM-dd (default: today)")
	flags.StringVar(&request.kind, "kind", "transfer", "the `KIND`: "+strings.Join(model.PaymentKindNames(), ", "))
	flags.StringVar(&request.order.Series, "series", "", "the `SERIES` of the receipt, for cash (default: the account's only one)")
	flags.BoolVar(&request.unusualDate, unusualDateFlag, false, unusualDateHelp)
	flags.BoolVar(&request.status, "status", false, "only ask how much is paid")
	flags.BoolVar(&request.yes, "yes", false, "do not ask")
	flags.BoolVar(&request.json, "json", false, "print the invoice as JSON")
	return command
}

// read turns the flags into an order.
func (q *payRequest) read() error {
	kind, ok := model.PaymentKindNamed(q.kind)
	if !ok {
		return usage("--kind %q is none of %s", q.kind, strings.Join(model.PaymentKindNames(), ", "))
	}
	q.order.Kind = kind
	if q.order.Series != "" && kind != model.PaymentReceipt {
		return usage("--series is for receipts: --kind cash")
	}
	if err := q.order.On.UnmarshalText([]byte(q.date)); err != nil {
		return &UsageError{Err: fmt.Errorf("--date: %w", err)}
	}
	if q.amount == "" {
		return nil
	}
	amount, err := model.ParseAmount(q.amount)
	if err != nil {
		return &UsageError{Err: fmt.Errorf("--amount: %w", err)}
	}
	if !amount.IsPositive() {
		return usage("--amount wants more than 0; a payment is taken back in SmartBill")
	}
	q.order.Amount = amount
	return nil
}

func (r *root) payInvoice(ctx context.Context, a *app.App, request payRequest) error {
	if err := checkDate(request.order.On, a.Today(), request.yes, request.unusualDate); err != nil {
		return err
	}
	act := model.ActPay
	if request.status {
		act = model.ActBalance
	}
	detail, err := a.ForAct(ctx, request.reference, act)
	if err != nil {
		return err
	}
	balance, err := confirmingOurs(ctx, r, a, detail.Invoice, request.yes, func() (model.Balance, error) {
		return a.Balance(ctx, detail.UniqueReference())
	})
	if err != nil {
		return err
	}
	if request.status {
		r.say("%s", balanceText(balance))
		return r.writeActed(ctx, a, balance.Invoice, request.json, nil)
	}
	order, err := completedOrder(ctx, a, request.order, balance)
	if err != nil {
		return err
	}
	if order.Amount.GreaterThan(balance.Unpaid) {
		return fmt.Errorf("only %s %s are unpaid of %s, less than %s; nothing was recorded", model.FormatAmount(balance.Unpaid),
			detail.Currency, detail.Reference(), model.FormatAmount(order.Amount))
	}
	question := withDateNotice(payQuestion(detail, balance, order), order.On, a.Today(), request.unusualDate)
	if err := r.confirm(ctx, request.yes, question); err != nil {
		return err
	}
	r.say("Recording the payment of %s. If this is interrupted now, whether it is recorded is not known.", detail.Reference())
	invoice, err := confirmingOurs(ctx, r, a, detail.Invoice, request.yes, func() (model.Invoice, error) {
		return a.Pay(ctx, detail.UniqueReference(), order)
	})
	return r.writeActed(ctx, a, invoice, request.json, payFailure(detail.Reference(), err))
}

// completedOrder fills in what the flags left out.
func completedOrder(ctx context.Context, a *app.App, order model.PaymentOrder, balance model.Balance) (model.PaymentOrder, error) {
	order.PaidSeen = decimal.NewNullDecimal(balance.Paid)
	if order.Amount.IsZero() {
		order.Amount = balance.Unpaid
	}
	if order.On.IsZero() {
		order.On = a.Today()
	}
	if order.Kind != model.PaymentReceipt || order.Series != "" {
		return order, nil
	}
	series, err := a.ReceiptSeries(ctx)
	switch {
	case err != nil:
		return order, err
	case len(series) == 0:
		return order, fmt.Errorf("the account has none: %w", model.ErrReceiptSeries)
	case len(series) > 1:
		return order, usage("the account has several series of receipts: choose with --series one of %s", strings.Join(series, ", "))
	}
	order.Series = series[0]
	return order, nil
}

func balanceText(balance model.Balance) string {
	return fmt.Sprintf("%s: %s of %s %s are paid as SmartBill has it, %s are unpaid.", balance.Invoice.Reference(),
		model.FormatAmount(balance.Paid), model.FormatAmount(balance.Total), balance.Invoice.Currency, model.FormatAmount(balance.Unpaid))
}

func payQuestion(detail model.InvoiceDetail, balance model.Balance, order model.PaymentOrder) string {
	receipt := ""
	if order.Kind == model.PaymentReceipt {
		receipt = fmt.Sprintf(" SmartBill issues a receipt on series %s.", order.Series)
	}
	return fmt.Sprintf("%s Record %s %s of %s (%s) on %s to %s?%s", balanceText(balance), model.FormatAmount(order.Amount),
		detail.Currency, order.On, order.Kind.Words(), detail.Reference(), detail.ClientName, receipt)
}

// payFailure advises how to find out an unknown outcome.
func payFailure(name string, err error) error {
	if !errors.Is(err, model.ErrOutcomeUnknown) {
		return err
	}
	return &advisedError{err: err, advice: "Run cadensa settle " + name +
		": it finds out whether it was recorded. Nothing is repeated on a guess."}
}
