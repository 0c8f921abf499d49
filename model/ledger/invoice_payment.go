package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// BeginPayment records a payment as `sending`. The caller holds the lock of acts on the series. model.ErrPaymentOpen while another
// payment of the invoice is not settled; model.ErrStateChanged for an invoice that is not in force.
func (l *Ledger) BeginPayment(ctx context.Context, invoice int64, record model.PaymentRecord) (model.PaymentRecord, error) {
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		if err := checkAct(ctx, tx, invoice, model.ActPay); err != nil {
			return err
		}
		if record, err = l.insertPayment(ctx, tx, invoice, record); err != nil {
			return err
		}
		return exec(ctx, tx, "note it with its invoice", "UPDATE invoices SET open_payment = ? WHERE id = ?", record.ID, invoice)
	})
	if err != nil {
		return model.PaymentRecord{}, fmt.Errorf("record the payment before it is sent: %w", err)
	}
	return record, nil
}

func (l *Ledger) insertPayment(ctx context.Context, tx *sql.Tx, invoice int64, record model.PaymentRecord) (model.PaymentRecord, error) {
	now := l.now()
	id, _, err := first(ctx, tx, value[int64], `
		INSERT INTO payments (invoice_id, state, kind, amount, paid_on, series, paid_before, unpaid_before, counter, created, changed)
		VALUES (?, 'sending', ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		invoice, record.Kind, record.Amount.String(), record.On.String(), record.Series,
		record.PaidBefore.String(), record.UnpaidBefore.String(), record.Counter, now, now)
	record.ID, record.State, record.Number, record.Message, record.Changed = id, model.PaymentSending, "", "", time.UnixMilli(now)
	return record, failed("insert payment", err)
}

// PaymentMove is a change of a payment's state. It happens only if the payment is in From when it is made.
type PaymentMove struct {
	From, To model.PaymentState
	// Number is that of the receipt, "" where there is none or it is not known.
	Number string
	// Message replaces the last answer or failure in words.
	Message string
}

// MovePayment changes the state of a payment, and with it what is paid of its invoice, which it gives. model.ErrStateChanged when the
// payment is not in From.
func (l *Ledger) MovePayment(ctx context.Context, id int64, move PaymentMove) (model.Invoice, error) {
	return changed(ctx, l, "record that the payment is "+string(move.To), func(tx *sql.Tx) (invoice model.Invoice, err error) {
		moved, err := l.changePayment(ctx, tx, id, move)
		if err != nil {
			return invoice, err
		}
		if err := l.noteMoved(ctx, tx, moved); err != nil {
			return invoice, err
		}
		invoice, _, err = firstInvoice(ctx, tx, "WHERE id = (SELECT invoice_id FROM payments WHERE id = ?)", id)
		return invoice, failed("read invoice", err)
	})
}

func (l *Ledger) changePayment(ctx context.Context, tx *sql.Tx, id int64, move PaymentMove) (model.PaymentRecord, error) {
	now := l.now()
	changed, err := update(ctx, tx, "change state", `
		UPDATE payments SET state = ?, number = ?, message = ?, changed = ?,
			unknown_since = CASE WHEN ? = 'unknown' THEN ? ELSE unknown_since END
		WHERE id = ? AND state = ?`,
		move.To, move.Number, text.Collapse(move.Message), now, move.To, now, id, move.From)
	if err != nil {
		return model.PaymentRecord{}, err
	}
	found, err := paymentByID(ctx, tx, id)
	if err == nil && !changed {
		err = fmt.Errorf("it is %s, not %s: %w", found.State, move.From, model.ErrStateChanged)
	}
	return found, err
}

// noteMoved tells the invoice of a payment what became of it.
func (l *Ledger) noteMoved(ctx context.Context, tx *sql.Tx, moved model.PaymentRecord) error {
	if moved.State.Open() {
		return nil
	}
	if err := exec(ctx, tx, "note it with its invoice", "UPDATE invoices SET open_payment = NULL WHERE open_payment = ?",
		moved.ID); err != nil {
		return err
	}
	if moved.State != model.PaymentRecorded {
		return nil
	}
	paid := model.PaymentOf(moved.PaidBefore.Add(moved.Amount), moved.UnpaidBefore.Sub(moved.Amount))
	return exec(ctx, tx, "note that more is paid",
		"UPDATE invoices SET payment = ?, payment_asked = ? WHERE id = (SELECT invoice_id FROM payments WHERE id = ?)",
		paid, l.now(), moved.ID)
}

// CashFrom lists what a client paid in cash on the invoices of a company, or may have paid where that is not settled.
func (l *Ledger) CashFrom(ctx context.Context, books Books, client string) ([]model.CashPayment, error) {
	paid, err := all(ctx, l.db, scanCash, `
		SELECT payments.paid_on, payments.amount, invoices.currency FROM payments JOIN invoices ON invoices.id = payments.invoice_id
		WHERE invoices.company = ? AND invoices.simulated = ? AND invoices.client_name = ? AND payments.kind = ?
			AND payments.state IN ('recorded', 'sending', 'unknown') ORDER BY payments.id`,
		taxid.CompanyCode(books.CIF), books.Simulated, client, model.PaymentReceipt)
	return paid, failed("read the cash that a client paid", err)
}

func scanCash(row scanner) (paid model.CashPayment, err error) {
	err = row.Scan(asDay{&paid.On}, &paid.Amount, &paid.Currency)
	return paid, err
}

// WithOpenPayment lists the invoices with a payment that is being sent or not settled, the newest first.
func (l *Ledger) WithOpenPayment(ctx context.Context) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE open_payment IS NOT NULL ORDER BY id DESC")
}

// Payment reads a payment by its ID. model.ErrStateChanged when there is none.
func (l *Ledger) Payment(ctx context.Context, id int64) (model.PaymentRecord, error) {
	return paymentByID(ctx, l.db, id)
}

const selectPayment = `SELECT id, state, kind, amount, paid_on, series, number, paid_before, unpaid_before, counter, message, changed
	FROM payments `

func paymentByID(ctx context.Context, from database.Querier, id int64) (model.PaymentRecord, error) {
	record, found, err := first(ctx, from, scanPayment, selectPayment+"WHERE id = ?", id)
	if err == nil && !found {
		return model.PaymentRecord{}, fmt.Errorf("there is no such payment: %w", model.ErrStateChanged)
	}
	return record, failed("read payment", err)
}

func scanPayment(row scanner) (record model.PaymentRecord, err error) {
	err = row.Scan(&record.ID, &record.State, &record.Kind, &record.Amount, asDay{&record.On}, &record.Series, &record.Number,
		&record.PaidBefore, &record.UnpaidBefore, &record.Counter, &record.Message, asTime{&record.Changed})
	return record, err
}

// PaymentUnknownSince is UnknownSince for a payment.
func (l *Ledger) PaymentUnknownSince(ctx context.Context, id int64) (time.Time, error) {
	return l.unknownSince(ctx, "payments", id)
}

// LockReceipts takes the lock under which receipts of a series are issued: model.ErrSeriesBusy while another holds it.
func (l *Ledger) LockReceipts(series string) (*Lock, error) { return l.lock("receipts", series) }
