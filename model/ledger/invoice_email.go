package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/text"
)

// BeginEmail records an e-mail as `sending`. The caller holds the lock of acts on the series, and has called AbandonEmails under it.
// *model.Refusal for a document that is not e-mailed; *model.EmailedError when another e-mail of the kind may have been sent than the one
// that the order knows of.
func (l *Ledger) BeginEmail(ctx context.Context, invoice int64, order model.EmailOrder) (model.EmailRecord, error) {
	record := model.EmailRecord{Email: order.Email, State: model.EmailSending}
	err := l.write(ctx, func(tx *sql.Tx) error {
		found := model.InvoiceDetail{}
		var err error
		if found.Invoice, err = invoiceByID(ctx, tx, invoice); err != nil {
			return err
		}
		if found.Emails, err = emailsOf(ctx, tx, invoice); err != nil {
			return err
		}
		if err := errors.Join(found.CheckAct(order.Kind.Act()), found.CheckEarlierEmail(order)); err != nil {
			return err
		}
		now := l.now()
		record.ID, _, err = first(ctx, tx, value[int64], `
			INSERT INTO emails (invoice_id, kind, state, recipients, cc, bcc, subject, message, created, changed)
			VALUES (?, ?, 'sending', ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			invoice, order.Kind, order.To, order.CC, order.BCC, order.Subject, order.Message, now, now)
		record.Created, record.Changed = time.UnixMilli(now), time.UnixMilli(now)
		return failed("insert e-mail", err)
	})
	if err != nil {
		return model.EmailRecord{}, fmt.Errorf("record the e-mail before it is sent: %w", err)
	}
	return record, nil
}

// EndEmail records what became of an e-mail, and gives it. A known outcome takes the place of one that was believed unknown.
// model.ErrStateChanged when its outcome is known already.
func (l *Ledger) EndEmail(ctx context.Context, id int64, state model.EmailState, answer string) (model.EmailRecord, error) {
	return changed(ctx, l, "record that the e-mail is "+string(state), func(tx *sql.Tx) (record model.EmailRecord, err error) {
		ended, err := update(ctx, tx, "change the e-mail's state",
			"UPDATE emails SET state = ?, answer = ?, changed = ? WHERE id = ? AND state IN ('sending', 'unknown')",
			state, text.Collapse(answer), l.now(), id)
		if err != nil {
			return record, err
		}
		record, found, err := first(ctx, tx, scanEmail, selectEmail+"WHERE id = ?", id)
		switch {
		case err != nil:
			return record, failed("read e-mail", err)
		case !found || !ended:
			return record, fmt.Errorf("its outcome is known already: %w", model.ErrStateChanged)
		}
		return record, nil
	})
}

// AbandonEmails declares unknown what was being sent with a document. The caller holds the lock of acts on its series, so that nobody is
// sending it any more.
func (l *Ledger) AbandonEmails(ctx context.Context, invoice int64, answer string) error {
	return l.write(ctx, func(tx *sql.Tx) error {
		return exec(ctx, tx, "declare its e-mails unknown",
			"UPDATE emails SET state = 'unknown', answer = ?, changed = ? WHERE invoice_id = ? AND state = 'sending'",
			answer, l.now(), invoice)
	})
}

// SendingEmails lists the documents with an e-mail that is being sent, or was when its program ended.
func (l *Ledger) SendingEmails(ctx context.Context) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE id IN (SELECT invoice_id FROM emails WHERE state = 'sending') ORDER BY id DESC")
}

const selectEmail = "SELECT id, kind, state, recipients, cc, bcc, subject, message, answer, created, changed FROM emails "

// emailsOf lists the e-mails of a document, the oldest first.
func emailsOf(ctx context.Context, from database.Querier, invoice int64) ([]model.EmailRecord, error) {
	records, err := all(ctx, from, scanEmail, selectEmail+"WHERE invoice_id = ? ORDER BY id", invoice)
	return records, failed("read its e-mails", err)
}

func scanEmail(row scanner) (record model.EmailRecord, err error) {
	err = row.Scan(&record.ID, &record.Kind, &record.State, &record.To, &record.CC, &record.BCC, &record.Subject, &record.Message,
		&record.Answer, asTime{&record.Created}, asTime{&record.Changed})
	return record, err
}
