package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/text"
)

// KeepCharged records the total that SmartBill has for an invoice, in its currency.
func (l *Ledger) KeepCharged(ctx context.Context, id int64, charged decimal.Decimal, message string) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET charged = ?, message = coalesce(nullif(?, ''), message) WHERE id = ?",
		charged.String(), text.Collapse(message), id)
}

// KeepPayment records how much of an invoice is paid, as of now.
func (l *Ledger) KeepPayment(ctx context.Context, id int64, payment model.Payment) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET payment = ?, payment_asked = ? WHERE id = ?", payment, l.now(), id)
}

// Remark replaces the last answer or failure that is kept of an invoice in words.
func (l *Ledger) Remark(ctx context.Context, id int64, message string) (model.Invoice, error) {
	return l.note(ctx, id, "UPDATE invoices SET message = ? WHERE id = ?", text.Collapse(message), id)
}

// KeepConfirmation keeps that a person found the document which SmartBill has under the number to be this one: what they saw on it, and what
// it amounts to. It holds while both are so.
func (l *Ledger) KeepConfirmation(ctx context.Context, id int64, saw string, total decimal.NullDecimal) (model.Invoice, error) {
	amount := ""
	if total.Valid {
		amount = total.Decimal.String()
	}
	return l.note(ctx, id, "UPDATE invoices SET vouched = ?, vouched_total = ? WHERE id = ?", text.Collapse(saw), amount, id)
}

// MarkPrinted keeps that the PDF of a document was seen to carry its reference.
func (l *Ledger) MarkPrinted(ctx context.Context, id int64) error {
	if _, err := l.db.ExecContext(ctx, "UPDATE invoices SET printed = 1 WHERE id = ? AND printed = 0", id); err != nil {
		return fmt.Errorf("remember that its reference is printed: %w", database.Plain(err))
	}
	return nil
}

// note changes what is known of an invoice besides its state.
func (l *Ledger) note(ctx context.Context, id int64, statement string, args ...any) (model.Invoice, error) {
	var noted model.Invoice
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("note: %w", err)
		}
		noted, err = invoiceByID(ctx, tx, id)
		return err
	})
	if err != nil {
		return model.Invoice{}, fmt.Errorf("record what SmartBill says of the invoice: %w", err)
	}
	return noted, nil
}
