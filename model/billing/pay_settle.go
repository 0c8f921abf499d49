package billing

import (
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// SettlePayment finds out by evidence what became of a payment of unknown outcome. When just its amount more is paid than
// before, it was recorded; when as much is paid as before, and SmartBill had its time, it was not. The counter of a
// receipt's series must agree. All else leaves it as it was, and the user decides with DecidePayment.
//
// Errors: model.ErrInvoiceUnknown; model.ErrStateChanged when no payment of the invoice is open, and while the invoice has
// no number; model.ErrSeriesBusy while it is being sent still; model.ErrNotOurs when SmartBill has another invoice under
// the number; those of reading the amounts.
func (s *Service) SettlePayment(ctx context.Context, reference string) (settlement model.PaymentSettlement, err error) {
	s, detail, record, release, err := s.lockOpenPayment(ctx, reference)
	settlement = model.PaymentSettlement{Invoice: detail.Invoice, Payment: record}
	if err != nil {
		return settlement, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := s.lookAtPayment(ctx, detail, &settlement); err != nil {
		return settlement, fmt.Errorf("%s was not settled: %w", paymentWords(record, detail.Invoice), err)
	}
	return s.settlePayment(context.WithoutCancel(ctx), settlement)
}

// lockOpenPayment takes the lock under which payments of an invoice are made, and gives its open one as it stands under
// it: one that was being sent by a program that ended is unknown.
func (s *Service) lockOpenPayment(ctx context.Context, reference string) (
	*Service, model.InvoiceDetail, model.PaymentRecord, func() error, error,
) {
	s, detail, release, err := s.lock(ctx, reference, actsLock)
	if err != nil {
		return s, detail, model.PaymentRecord{}, nil, err
	}
	record, err := s.openPayment(ctx, detail.Invoice)
	if err != nil {
		return s, detail, record, nil, errors.Join(err, release())
	}
	return s, detail, record, release, nil
}

func (s *Service) openPayment(ctx context.Context, invoice model.Invoice) (model.PaymentRecord, error) {
	if err := invoice.CheckAct(model.ActSettlePayment); err != nil {
		return model.PaymentRecord{}, err
	}
	record, err := s.records.Payment(ctx, invoice.OpenPayment)
	if err == nil && record.State == model.PaymentSending {
		if _, err = s.records.MovePayment(ctx, record.ID, payerDied); err == nil {
			record.State, record.Message = payerDied.To, payerDied.Message
		}
	}
	return record, err
}

// payerDied is the move of a payment that nobody is sending any more.
var payerDied = ledger.PaymentMove{
	From: model.PaymentSending, To: model.PaymentUnknown, Message: "the program ended while it was being sent",
}

func (s *Service) lookAtPayment(ctx context.Context, detail model.InvoiceDetail, settlement *model.PaymentSettlement) error {
	if err := s.verifyPDF(ctx, detail); err != nil {
		return err
	}
	_, paid, _, err := s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	if err != nil {
		return fmt.Errorf("read what is paid: %w", err)
	}
	settlement.PaidNow = paid
	if settlement.Payment.Kind == model.PaymentReceipt {
		settlement.CounterNow, err = s.receiptCounter(ctx, settlement.Payment.Series)
	}
	if err != nil {
		return err
	}
	since, err := s.records.PaymentUnknownSince(ctx, settlement.Payment.ID)
	if err == nil {
		settlement.WaitUntil = s.waitUntil(since)
	}
	return err
}

func (s *Service) settlePayment(ctx context.Context, settlement model.PaymentSettlement) (model.PaymentSettlement, error) {
	settlement.Conclusion = concludePayment(settlement)
	move := ledger.PaymentMove{From: model.PaymentUnknown}
	switch settlement.Conclusion {
	case model.PaymentFound:
		move.To, move.Number = model.PaymentRecorded, receiptNumber(settlement)
		move.Message = "settled: this much more is paid"
	case model.PaymentMissing:
		move.To, move.Message = model.PaymentNotRecorded, "settled: no more is paid than before"
	case model.PaymentWait, model.PaymentUndecided:
		return settlement, nil
	}
	return s.endPayment(ctx, settlement, move)
}

func (s *Service) endPayment(
	ctx context.Context, settlement model.PaymentSettlement, move ledger.PaymentMove,
) (model.PaymentSettlement, error) {
	moved, err := s.records.MovePayment(ctx, settlement.Payment.ID, move)
	if err != nil {
		return settlement, err
	}
	settlement.Invoice = s.refreshed(ctx, moved)
	settlement.Payment, err = s.records.Payment(ctx, settlement.Payment.ID)
	return settlement, err
}

// concludePayment tells what the amounts prove, and for a receipt the counter beside them.
func concludePayment(settlement model.PaymentSettlement) model.PaymentConclusion {
	record := settlement.Payment
	isReceipt := record.Kind == model.PaymentReceipt
	more := settlement.PaidNow.Sub(record.PaidBefore)
	switch {
	case more.Equal(record.Amount) && (!isReceipt || settlement.CounterNow > record.Counter):
		return model.PaymentFound
	case !more.Equal(decimal.Zero), isReceipt && settlement.CounterNow != record.Counter:
		return model.PaymentUndecided
	case !settlement.WaitUntil.IsZero():
		return model.PaymentWait
	}
	return model.PaymentMissing
}

// receiptNumber is the number that the receipt must have got, "" where others were issued since.
func receiptNumber(settlement model.PaymentSettlement) string {
	if settlement.Payment.Kind != model.PaymentReceipt || settlement.CounterNow != settlement.Payment.Counter+1 {
		return ""
	}
	return fmt.Sprintf("%0*d", paddedWidth, settlement.Payment.Counter)
}

// DecidePayment records, by its user's decision, whether a payment of unknown outcome was recorded.
//
// Errors: *model.WaitError while SmartBill may be recording it still and it is said not to be; model.ErrStateChanged when
// no payment of the invoice is open; model.ErrSeriesBusy while it is being sent still.
func (s *Service) DecidePayment(ctx context.Context, reference string, recorded bool) (invoice model.Invoice, err error) {
	s, detail, record, release, err := s.lockOpenPayment(ctx, reference)
	if err != nil {
		return detail.Invoice, err
	}
	defer func() { err = errors.Join(err, release()) }()
	move := ledger.PaymentMove{From: model.PaymentUnknown, To: model.PaymentRecorded, Message: "its user found it in SmartBill"}
	if !recorded {
		move.To, move.Message = model.PaymentNotRecorded, "its user found that SmartBill did not record it"
		if err := s.checkPaymentWaited(ctx, record); err != nil {
			return detail.Invoice, err
		}
	}
	settlement, err := s.endPayment(context.WithoutCancel(ctx), model.PaymentSettlement{Invoice: detail.Invoice, Payment: record}, move)
	return settlement.Invoice, err
}

func (s *Service) checkPaymentWaited(ctx context.Context, record model.PaymentRecord) error {
	since, err := s.records.PaymentUnknownSince(ctx, record.ID)
	if err != nil {
		return err
	}
	if until := s.waitUntil(since); !until.IsZero() {
		return fmt.Errorf("the payment stays open: %w", &model.WaitError{Until: until})
	}
	return nil
}
