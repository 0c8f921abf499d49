package billing

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/text"
)

// Pay asks SmartBill to record money that came for an issued invoice, whole or in part, and never twice for one
// confirmation: the amounts are read and the intent is on disk before, it is sent once, and what is not known is settled
// by SettlePayment. It returns the invoice with its payment as SmartBill has it then.
//
// Errors: model.ErrInvalidField for an order that cannot be; model.ErrStateChanged for an invoice that is not in force;
// model.ErrPaymentOpen while another payment of it is not settled; model.ErrNotOurs when SmartBill has another invoice
// under its number; model.ErrBalanceChanged when less is unpaid, or other amounts stand there than were seen;
// model.ErrReceiptSeries; model.ErrSeriesBusy while another window or process is at the series; model.ErrRefused and
// model.ErrNotSent when nothing was recorded; model.ErrOutcomeUnknown when nobody knows.
func (s *Service) Pay(ctx context.Context, reference string, order model.PaymentOrder) (invoice model.Invoice, err error) {
	locks := []lock{actsLock}
	if order.Kind == model.PaymentReceipt {
		locks = append(locks, receiptsLock(order.Series))
	}
	s, found, release, err := s.lock(ctx, reference, locks...)
	if err != nil {
		return found.Invoice, fmt.Errorf("nothing was recorded: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	record, err := s.preparePayment(ctx, found, order)
	if err != nil {
		return found.Invoice, fmt.Errorf("nothing was recorded: %w", err)
	}
	return s.pay(ctx, found.Invoice, record)
}

// receiptsLock is held while receipts of the series are issued: its counter is evidence.
func receiptsLock(series string) lock {
	return func(records *ledger.Ledger, _ model.Invoice) (*ledger.Lock, error) {
		return records.LockReceipts(series)
	}
}

func (s *Service) preparePayment(ctx context.Context, detail model.InvoiceDetail, order model.PaymentOrder) (model.PaymentRecord, error) {
	if err := checkOrder(detail, order); err != nil {
		return model.PaymentRecord{}, err
	}
	if err := s.verifyPDF(ctx, detail); err != nil {
		return model.PaymentRecord{}, err
	}
	_, paid, unpaid, err := s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	if err != nil {
		return model.PaymentRecord{}, fmt.Errorf("read what is unpaid of %s: %w", detail.Reference(), err)
	}
	record := model.PaymentRecord{
		Amount: order.Amount, On: order.On, Kind: order.Kind, Series: order.Series, PaidBefore: paid, UnpaidBefore: unpaid,
	}
	if record.Amount.IsZero() {
		record.Amount = unpaid
	}
	if record.On.IsZero() {
		record.On = s.today()
	}
	if err := checkBalance(detail.Invoice, record, order.PaidSeen); err != nil {
		return model.PaymentRecord{}, err
	}
	if order.Kind == model.PaymentReceipt {
		record.Counter, err = s.receiptCounter(ctx, order.Series)
	}
	return record, err
}

func checkOrder(detail model.InvoiceDetail, order model.PaymentOrder) error {
	if err := detail.CheckAct(model.ActPay); err != nil {
		return err
	}
	switch {
	case order.Amount.IsNegative() || !order.Amount.Equal(model.RoundMoney(order.Amount)):
		return fmt.Errorf("%s is no amount of money that came: %w", order.Amount, model.ErrInvalidField)
	case !order.Kind.Known():
		return fmt.Errorf("SmartBill has no payment of the kind %q: %w", text.Clean(string(order.Kind)), model.ErrInvalidField)
	case order.Kind == model.PaymentReceipt && text.Collapse(order.Series) == "":
		return fmt.Errorf("a receipt needs a series: %w", model.ErrReceiptSeries)
	}
	return nil
}

// checkBalance refuses what would be too much, and what was confirmed before other amounts.
func checkBalance(invoice model.Invoice, record model.PaymentRecord, seen decimal.NullDecimal) error {
	switch {
	case seen.Valid && !seen.Decimal.Equal(record.PaidBefore):
		return fmt.Errorf("%s %s are paid of %s by now, not %s: %w", model.FormatAmount(record.PaidBefore), invoice.Currency,
			invoice.Reference(), model.FormatAmount(seen.Decimal), model.ErrBalanceChanged)
	case !record.UnpaidBefore.IsPositive():
		return fmt.Errorf("nothing is unpaid of %s as SmartBill has it: %w", invoice.Reference(), model.ErrBalanceChanged)
	case record.Amount.GreaterThan(record.UnpaidBefore):
		return fmt.Errorf("only %s %s are unpaid of %s as SmartBill has it, less than %s: %w", model.FormatAmount(record.UnpaidBefore),
			invoice.Currency, invoice.Reference(), model.FormatAmount(record.Amount), model.ErrBalanceChanged)
	}
	return nil
}

func (s *Service) receiptCounter(ctx context.Context, name string) (int64, error) {
	list, err := s.provider.Series(ctx, model.SeriesReceipt)
	if err != nil {
		return 0, fmt.Errorf("read the series of receipts: %w", err)
	}
	series, ok := model.Account{Series: list}.SeriesNamed(name, model.SeriesReceipt)
	if !ok {
		return 0, fmt.Errorf("%s: %w", text.Clean(name), model.ErrReceiptSeries)
	}
	return series.Next, nil
}

// pay records the intent and sends it once. The caller holds the locks.
func (s *Service) pay(ctx context.Context, invoice model.Invoice, record model.PaymentRecord) (model.Invoice, error) {
	begun, err := s.records.BeginPayment(ctx, invoice.ID, record)
	if err != nil {
		return invoice, fmt.Errorf("nothing was recorded: %w", err)
	}
	sending, cancel := s.sending(ctx)
	defer cancel()
	made, failure := s.sendPayment(sending, invoice, begun)
	// The time to wait for SmartBill may be used up; that for the ledger is not.
	return s.recordPayment(context.WithoutCancel(ctx), invoice, begun, made, failure)
}

func (s *Service) sendPayment(ctx context.Context, invoice model.Invoice, record model.PaymentRecord) (model.Issued, error) {
	if record.Kind == model.PaymentReceipt {
		return s.provider.RecordReceipt(ctx, record.Series, invoice.Series, invoice.Number, record.Amount, invoice.Currency, record.On)
	}
	return model.Issued{}, s.provider.RecordPayment(ctx, string(record.Kind), invoice.Series, invoice.Number, record.Amount,
		invoice.Currency, record.On)
}

func (s *Service) recordPayment(
	ctx context.Context, invoice model.Invoice, begun model.PaymentRecord, made model.Issued, failure error,
) (model.Invoice, error) {
	move := ledger.PaymentMove{From: model.PaymentSending, To: classifyPayment(begun, made, failure), Number: made.Number}
	if failure != nil {
		move.Message = failure.Error()
	}
	moved, err := s.records.MovePayment(ctx, begun.ID, move)
	what := paymentWords(begun, invoice)
	switch {
	case err != nil && move.To == model.PaymentRecorded:
		return invoice, fmt.Errorf("SmartBill recorded %s, but this could not be written to the ledger; it is settled at the next start: %w",
			what,
			errors.Join(model.ErrOutcomeUnknown, err))
	case err != nil:
		return invoice, fmt.Errorf("%w: %s could not be followed to its end in the ledger; it is settled at the next start: %w",
			model.ErrOutcomeUnknown, what, errors.Join(failure, err))
	case move.To == model.PaymentRecorded:
		return s.refreshed(ctx, moved), nil
	case move.To == model.PaymentUnknown:
		return moved, fmt.Errorf("%w: SmartBill may have recorded %s; no other payment of it is recorded until that is settled: %w",
			model.ErrOutcomeUnknown, what, cause(failure))
	}
	return moved, fmt.Errorf("%s was not recorded: %w", what, failure)
}

// cause is why an outcome is not known, also where the answer looked like a success.
func cause(failure error) error {
	if failure == nil {
		return errNoNumber
	}
	return failure
}

// classifyPayment tells what is proven. A receipt is proven by its number, another payment by an answer without an error.
func classifyPayment(record model.PaymentRecord, made model.Issued, failure error) model.PaymentState {
	switch {
	case failure == nil && (record.Kind != model.PaymentReceipt || model.IsDocumentNumber(made.Number)):
		return model.PaymentRecorded
	case failure == nil, errors.Is(failure, model.ErrOutcomeUnknown):
		return model.PaymentUnknown
	case errors.Is(failure, model.ErrNotSent):
		return model.PaymentNotRecorded
	case errors.Is(failure, model.ErrRefused):
		return model.PaymentRefused
	}
	return model.PaymentUnknown
}

// paymentWords names a payment: "the payment of 100.00 RON on FCT-0023".
func paymentWords(record model.PaymentRecord, invoice model.Invoice) string {
	return fmt.Sprintf("the payment of %s %s on %s", model.FormatAmount(record.Amount), invoice.Currency, invoice.Reference())
}

// Balance asks how much of an issued invoice is paid, and records it as of now. model.ErrStateChanged for an invoice that is
// not in force: what SmartBill says of the payment of others is not documented; model.ErrNotOurs when it amounts to something else than
// before, and is not proven to be the one that the ledger means.
func (s *Service) Balance(ctx context.Context, reference string) (model.Balance, error) {
	s, detail, err := s.find(ctx, reference)
	if err != nil {
		return model.Balance{}, err
	}
	balance := model.Balance{Invoice: detail.Invoice}
	if err := detail.CheckAct(model.ActBalance); err != nil {
		return balance, err
	}
	balance.Total, balance.Paid, balance.Unpaid, err = s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	if err != nil {
		return balance, fmt.Errorf("payment of %s: %w", detail.Reference(), s.missing(ctx, detail, err))
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return balance, err
	}
	// Another total may be that of another document: what it says is not kept for this one before it is proven.
	if !detail.Amounts(balance.Total) {
		if err := s.verifyPDF(ctx, detail); err != nil {
			return balance, fmt.Errorf("payment of %s: %w", detail.Reference(), err)
		}
	}
	if _, err := s.records.KeepCharged(ctx, detail.ID, balance.Total, ""); err != nil {
		return balance, err
	}
	balance.Invoice, err = s.records.KeepPayment(ctx, detail.ID, model.PaymentOf(balance.Paid, balance.Unpaid))
	return balance, err
}

// refreshed is an invoice with its balance as SmartBill has it, or as it was when SmartBill cannot be asked.
func (s *Service) refreshed(ctx context.Context, invoice model.Invoice) model.Invoice {
	reading, cancel := context.WithTimeout(ctx, compareTimeout)
	defer cancel()
	balance, err := s.Balance(reading, invoice.Intent)
	if err != nil {
		return invoice
	}
	return balance.Invoice
}

// ReceiptSeries names the account's series of receipts.
func (s *Service) ReceiptSeries(ctx context.Context) ([]string, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.provider.Series(ctx, model.SeriesReceipt)
	if err != nil {
		return nil, fmt.Errorf("read the series of receipts: %w", err)
	}
	var names []string
	for _, series := range list {
		if series.Kind == model.SeriesReceipt {
			names = append(names, series.Name)
		}
	}
	return names, nil
}

// compareTimeout bounds a reading that nobody asked for.
const compareTimeout = 15 * time.Second

// compare asks what SmartBill charges for an invoice that was just issued, and keeps it for Invoice.TotalDiffers. The invoice exists
// either way, so that failing to ask is no error.
func (s *Service) compare(ctx context.Context, invoice model.Invoice) model.Invoice {
	if invoice.Kind != model.KindInvoice || invoice.Status != model.StatusIssued {
		return invoice
	}
	reading, cancel := context.WithTimeout(ctx, compareTimeout)
	defer cancel()
	total, _, _, err := s.provider.PaymentStatus(reading, invoice.Series, invoice.Number)
	if err != nil {
		return invoice
	}
	charged := invoice
	charged.Charged.Decimal, charged.Charged.Valid = total, true
	message := ""
	if charged.TotalDiffers() {
		message = fmt.Sprintf("SmartBill charges %s %s, not the %s that was confirmed", total, invoice.Currency, invoice.Total)
	}
	kept, err := s.records.KeepCharged(context.WithoutCancel(ctx), invoice.ID, total, message)
	if err != nil {
		charged.Message = message
		return charged
	}
	return kept
}
