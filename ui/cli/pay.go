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
	"cadensa/model/say"
	"cadensa/ui/explain"
)

type payRequest struct {
	acting
	amount, kind string
	date         dateFlag
	status       bool
	order        model.PaymentOrder
}

func (r *root) pay() *cobra.Command {
	request := payRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "pay REF",
		Short: "Record a payment of an invoice",
		Long: "Records a payment in SmartBill: all that is unpaid, or --amount. For cash, SmartBill issues a receipt (chitanță) on a\n" +
			"series of its own. cadensa warns you if the cash of one day exceeds the legal limit, or if residents pay cash in a\n" +
			"foreign currency. The payment is sent once; if the outcome is not known, cadensa settle checks it. --status records\n" +
			"nothing and only shows how much is paid. Prints the invoice.\n\n" +
			"Exit codes: 0 recorded; 1 refused, or more than is unpaid; 2 wrong usage; 3 outcome not known, run cadensa settle;\n" +
			"4 not done, try again later.",
		Example: `  cadensa pay FCT-0023                           all that is unpaid, by bank transfer, today
  cadensa pay FCT-0023 --amount 100.00 --date 2026-11-20 --kind card --yes --json
  cadensa pay FCT-0023 --kind cash --series CH   with a receipt
  cadensa pay FCT-0023 --status --json           how much is paid`,
		Args: oneArgument(&request.reference, "reference such as FCT-0023"),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.read(); err != nil {
				return err
			}
			if !request.status {
				if err := request.mayAct(command, true); err != nil {
					return err
				}
			}
			return r.withWriting(command.Context(), false, request.pay)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.amount, "amount", "", "the `AMOUNT`, in the invoice's currency (default: all that is unpaid)")
	flags.StringVar(&request.kind, "kind", "transfer", "the `METHOD`: "+strings.Join(model.PaymentKindNames(), ", "))
	flags.StringVar(&request.order.Series, "series", "", "for cash: the `SERIES` of the receipt (default: the account's only one)")
	flags.BoolVar(&request.status, "status", false, "only show how much is paid")
	request.date.bind(command, "the `DATE` of the payment, such as "+model.DayForms+" (default: today)")
	request.bind(command, "the invoice")
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
	if err := q.date.parse(); err != nil {
		return err
	}
	amount, err := amountFlag("amount", q.amount)
	if err != nil {
		return err
	}
	if amount.Valid && !amount.Decimal.IsPositive() {
		return usage("--amount wants more than 0; a payment is taken back in SmartBill")
	}
	if !amount.Decimal.Equal(model.RoundMoney(amount.Decimal)) {
		return usage("--amount has two decimals at most")
	}
	q.order.Amount = amount.Decimal
	return nil
}

func (q *payRequest) pay(ctx context.Context, a *app.App) error {
	if err := q.date.complete(a.Today(), q.yes); err != nil {
		return err
	}
	act := model.ActPay
	if q.status {
		act = model.ActBalance
	}
	detail, err := a.ForAct(ctx, q.reference, act)
	if err != nil {
		return err
	}
	balance, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() (model.Balance, error) {
		return a.Balance(ctx, detail.UniqueReference())
	})
	if err != nil {
		return err
	}
	if q.status {
		q.say("%s", explain.Balance(balance).In(say.English))
		return q.write(ctx, a, balance.Invoice, nil)
	}
	if err := q.complete(ctx, a, balance); err != nil {
		return err
	}
	if q.order.Amount.GreaterThan(balance.Unpaid) {
		return fmt.Errorf("only %s %s are unpaid of %s, less than %s; nothing was recorded", model.FormatAmount(balance.Unpaid),
			detail.Currency, detail.Reference(), model.FormatAmount(q.order.Amount))
	}
	cash, err := a.Cash(ctx, detail.UniqueReference())
	if err != nil {
		return err
	}
	if warning := explain.Cash(cash, q.order); !warning.IsEmpty() {
		q.say("warning: %s", warning.In(say.English))
	}
	if err := q.confirm(ctx, q.date.notice(a.Today())+payQuestion(detail, balance, q.order)); err != nil {
		return err
	}
	q.say("Recording %s %s paid on %s. Do not interrupt: the outcome would be unknown.", model.FormatAmount(q.order.Amount), detail.Currency,
		detail.Reference())
	invoice, err := confirmingOurs(ctx, &q.acting, a, detail.Invoice, func() (model.Invoice, error) {
		return a.Pay(ctx, detail.UniqueReference(), q.order)
	})
	if errors.Is(err, model.ErrOutcomeUnknown) {
		err = &model.OpenError{Invoice: detail.Invoice, Matter: model.MatterSentPayment, Err: err}
	}
	return q.write(ctx, a, invoice, err)
}

// complete fills in what the flags left out.
func (q *payRequest) complete(ctx context.Context, a *app.App, balance model.Balance) error {
	q.order.On, q.order.PaidSeen = q.date.day, decimal.NewNullDecimal(balance.Paid)
	if q.order.Amount.IsZero() {
		q.order.Amount = balance.Unpaid
	}
	if q.order.Kind != model.PaymentReceipt || q.order.Series != "" {
		return nil
	}
	series, err := a.ReceiptSeries(ctx)
	switch {
	case err != nil:
		return err
	case len(series) == 0:
		return fmt.Errorf("the account has none: %w", model.ErrReceiptSeries)
	case len(series) > 1:
		return usage("the account has several series of receipts: choose with --series one of %s", strings.Join(series, ", "))
	}
	q.order.Series = series[0]
	return nil
}

func payQuestion(detail model.InvoiceDetail, balance model.Balance, order model.PaymentOrder) string {
	receipt := ""
	if order.Kind == model.PaymentReceipt {
		receipt = fmt.Sprintf(" SmartBill issues a receipt on series %s.", order.Series)
	}
	return fmt.Sprintf("%s Record %s %s of %s (%s) on %s to %s?%s", explain.Balance(balance).In(say.English), model.FormatAmount(order.Amount),
		detail.Currency, order.On, order.Kind.Words(), detail.Reference(), detail.ClientName, receipt)
}
