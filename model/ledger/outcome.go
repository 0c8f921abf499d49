package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"cadensa/model"
)

// Move is a change of state. It happens only if the invoice is in From when it is made.
type Move struct {
	From, To model.Status
	// Message replaces the last answer or failure in words.
	Message string
}

// Move changes an invoice's state, and with it what its hours are, in one transaction. model.ErrStateChanged when the
// invoice is not in the state that the move starts from; model.ErrEntriesTaken, and no change, when it would take back
// hours that another invoice holds by now.
func (l *Ledger) Move(ctx context.Context, id int64, move Move) (model.Invoice, error) {
	var moved model.Invoice
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		if err := l.changeStatus(ctx, tx, id, move); err != nil {
			return err
		}
		if moved, err = invoiceByID(ctx, tx, id); err != nil {
			return err
		}
		return hold(ctx, tx, moved)
	})
	if err != nil {
		return model.Invoice{}, fmt.Errorf("record that the invoice is %s: %w", move.To, err)
	}
	return moved, nil
}

func (l *Ledger) changeStatus(ctx context.Context, tx *sql.Tx, id int64, move Move) error {
	result, err := tx.ExecContext(ctx, "UPDATE invoices SET status = ?, message = ?, changed = ? WHERE id = ? AND status = ?",
		move.To, model.Collapse(move.Message), l.now(), id, move.From)
	if err != nil {
		return fmt.Errorf("change state: %w", err)
	}
	changed, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("change state: %w", err)
	}
	if changed > 0 {
		return nil
	}
	found, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return err
	}
	return fmt.Errorf("%s is %s, not %s: %w", found.Reference(), found.Status, move.From, model.ErrStateChanged)
}

// DraftMade records SmartBill's answer to a draft of its own, which has an identity and no number: the invoice that
// was in the state from is `draft-sent` and keeps its hours reserved. model.ErrStateChanged as for Move.
func (l *Ledger) DraftMade(ctx context.Context, id int64, from model.Status, made model.Issued) (model.Invoice, error) {
	var kept model.Invoice
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		move := Move{From: from, To: model.StatusDraftSent, Message: made.Message}
		if err := l.changeStatus(ctx, tx, id, move); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE invoices SET document_id = ?, document_url = ? WHERE id = ?",
			made.DocumentID, pageOf(made), id)
		if err != nil {
			return fmt.Errorf("keep document: %w", err)
		}
		if kept, err = invoiceByID(ctx, tx, id); err != nil {
			return err
		}
		return hold(ctx, tx, kept)
	})
	if err != nil {
		return model.Invoice{}, fmt.Errorf("record the draft in SmartBill: %w", err)
	}
	return kept, nil
}

// pageOf is where SmartBill shows a document.
func pageOf(made model.Issued) string {
	if made.ViewURL != "" {
		return made.ViewURL
	}
	return made.DocumentURL
}

// numberless are the states in which an invoice may still get its number.
var numberless = []model.Status{
	model.StatusSending, model.StatusUnknown, model.StatusDraftSent, model.StatusRefused, model.StatusNotIssued,
}

// Numbered records the number that SmartBill gave to an invoice: it is `issued`, its hours are billed, and its client
// is the one used last. A number always wins, however late it comes and whatever was believed before. Hours that
// another invoice took meanwhile stay with it, and the invoice's message says so. An invoice of the ledger that held
// this very number cannot have it any more: it loses it, and unless it was cancelled it is `unknown` until settled.
// model.ErrStateChanged when the invoice has another number already.
func (l *Ledger) Numbered(ctx context.Context, id int64, issued model.Issued) (model.Invoice, error) {
	var numbered model.Invoice
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		numbered, err = l.numbered(ctx, tx, id, issued)
		return err
	})
	if err != nil {
		return model.Invoice{}, fmt.Errorf("record number %s: %w", model.InvoiceReference(issued.Series, issued.Number), err)
	}
	return numbered, nil
}

func (l *Ledger) numbered(ctx context.Context, tx *sql.Tx, id int64, issued model.Issued) (model.Invoice, error) {
	found, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return model.Invoice{}, err
	}
	if found.Number == issued.Number && found.Series == issued.Series {
		return found, nil
	}
	if found.Number != "" || !slices.Contains(numberless, found.Status) {
		return model.Invoice{}, fmt.Errorf("%s is %s: %w", found.Reference(), found.Status, model.ErrStateChanged)
	}
	if err := l.displace(ctx, tx, found, issued); err != nil {
		return model.Invoice{}, err
	}
	message, err := lateMessage(ctx, tx, id, issued.Message)
	if err != nil {
		return model.Invoice{}, err
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE invoices SET status = 'issued', series = ?, number = ?, message = ?, document_id = ?, document_url = ?, changed = ?
		WHERE id = ?`,
		issued.Series, issued.Number, message, issued.DocumentID, pageOf(issued), l.now(), id)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("keep number: %w", err)
	}
	if found, err = invoiceByID(ctx, tx, id); err != nil {
		return model.Invoice{}, err
	}
	if err := claim(ctx, tx, id, holding(found)); err != nil {
		return model.Invoice{}, err
	}
	return found, l.useClientOf(ctx, tx, id)
}

// lateMessage adds to SmartBill's answer that hours of the invoice are on another one by now.
func lateMessage(ctx context.Context, tx *sql.Tx, id int64, answer string) (string, error) {
	holder, count, err := rival(ctx, tx, id)
	if err != nil {
		return "", err
	}
	if count == 0 {
		return model.Collapse(answer), nil
	}
	return fmt.Sprintf("%d of its entries are also on %s: one of the two invoices bills them a second time", count, holder), nil
}

// displace takes a number from the invoice that held it: SmartBill gives a number again only after its document was
// deleted there.
func (l *Ledger) displace(ctx context.Context, tx *sql.Tx, heir model.Invoice, issued model.Issued) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE invoices SET number = '', changed = ?,
			status = CASE WHEN status IN ('issued', 'cancelling', 'restoring') THEN 'unknown' ELSE status END,
			message = 'was ' || series || '-' || number || ', which SmartBill gave to ' || ? || ' since: it was deleted there'
		WHERE numbering = ? AND series = ? AND number = ? AND id <> ?
			AND company = (SELECT company FROM invoices WHERE id = ?)`,
		l.now(), heir.Intent, Numbering(heir.Kind), issued.Series, issued.Number, heir.ID, heir.ID)
	if err != nil {
		return fmt.Errorf("free the number: %w", err)
	}
	// An invoice that is unknown reserves what it had billed.
	_, err = tx.ExecContext(ctx, `
		UPDATE claims SET state = 'reserved'
		WHERE state = 'billed' AND invoice_id IN (SELECT id FROM invoices WHERE status = 'unknown')`)
	if err != nil {
		return fmt.Errorf("reserve the hours of the deleted invoice: %w", err)
	}
	return nil
}

// useClientOf puts the buyer of an invoice at the head of the address book.
func (l *Ledger) useClientOf(ctx context.Context, tx *sql.Tx, id int64) error {
	var text string
	if err := tx.QueryRowContext(ctx, "SELECT draft FROM papers WHERE invoice_id = ?", id).Scan(&text); err != nil {
		return fmt.Errorf("read draft: %w", err)
	}
	var draft model.Draft
	if err := decode(text, &draft); err != nil {
		return err
	}
	return keepClient(ctx, tx, draft.Client, l.now(), keepTrackerNames)
}
