package ledger

import (
	"context"
	"database/sql"
	"fmt"

	"cadensa/model"
)

// notMade are the states of a document that SmartBill does not have, as SQL; notInForce also those where it counts for nothing.
const (
	notMade    = `('refused', 'not-issued', 'deleted')`
	notInForce = `('refused', 'not-issued', 'deleted', 'cancelled', 'reversed')`
)

// proformaOf is the SQL of the reference of an invoice's proforma, invoiceOf that of the invoice of a proforma, made or perhaps made;
// "" for none.
var (
	proformaOf = `CASE WHEN proforma IS NULL THEN '' ELSE
		(SELECT ` + referenceOf("source.") + ` FROM invoices AS source WHERE source.id = invoices.proforma) END`
	invoiceOf = `CASE WHEN kind <> 'proforma' THEN '' ELSE coalesce(
		(SELECT ` + referenceOf("made.") + ` FROM invoices AS made
		WHERE made.proforma = invoices.id AND made.status NOT IN ` + notMade + ` ORDER BY made.id LIMIT 1), '') END`
)

// originalOf is the SQL of the reference of the invoice that a storno undoes, stornoOf that of the storno that undoes an invoice or
// may do so, successorOf that of the intent that took its place; "" for none.
var (
	originalOf = `CASE WHEN original IS NULL THEN '' ELSE
		(SELECT ` + referenceOf("undone.") + ` FROM invoices AS undone WHERE undone.id = invoices.original) END`
	stornoOf = `CASE WHEN kind <> 'invoice' THEN '' ELSE coalesce(
		(SELECT ` + referenceOf("storno.") + ` FROM invoices AS storno
		WHERE storno.original = invoices.id AND storno.kind = 'storno' AND storno.status NOT IN ` + notMade + `), '') END`
	successorOf = `CASE WHEN successor IS NULL THEN '' ELSE
		(SELECT ` + referenceOf("next.") + ` FROM invoices AS next WHERE next.id = invoices.successor) END`
)

// takeOver frees the hours of a proforma for the invoice that is made from it. It does nothing for other invoices.
func takeOver(ctx context.Context, tx *sql.Tx, id int64) error {
	if err := exec(ctx, tx, "take the hours of the proforma over", `
		DELETE FROM claims WHERE invoice_id = (SELECT proforma FROM invoices WHERE id = ?)
			AND fingerprint IN (SELECT fingerprint FROM invoice_entries WHERE invoice_id = ?)`, id, id); err != nil {
		return err
	}
	// What the proforma did not hold, the invoice misses; the proforma waits for it no longer.
	return exec(ctx, tx, "take the hours of the proforma over",
		"UPDATE invoices SET doubled = 0 WHERE id = (SELECT proforma FROM invoices WHERE id = ?)", id)
}

// giveBack lets a proforma reserve its hours again when the invoice that was to be made from it is known not to be.
func giveBack(ctx context.Context, tx *sql.Tx, invoice model.Invoice) error {
	if invoice.Proforma == "" {
		return nil
	}
	proforma, found, err := firstInvoice(ctx, tx, "WHERE id = (SELECT made.proforma FROM invoices AS made WHERE made.id = ?)", invoice.ID)
	if err != nil || !found {
		return failed("look for its proforma", err)
	}
	// An invoice that was made and is cancelled leaves its hours free: the proforma was used up by it.
	if state := holding(proforma); state != model.EntryFree {
		return claim(ctx, tx, proforma.ID, state)
	}
	return nil
}

// ProformaOf gives all about the proforma that an invoice was made from, by the invoice's ID: model.ErrInvoiceUnknown for none.
func (l *Ledger) ProformaOf(ctx context.Context, id int64) (model.InvoiceDetail, error) {
	proforma, err := l.one(ctx, "WHERE id = (SELECT made.proforma FROM invoices AS made WHERE made.id = ?)", id)
	if err != nil {
		return model.InvoiceDetail{}, fmt.Errorf("look for the proforma: %w", err)
	}
	return l.Detail(ctx, proforma.Intent)
}

// InvoiceOf gives the invoice which a proforma became or may have become, by the proforma's ID. model.ErrInvoiceUnknown for none.
func (l *Ledger) InvoiceOf(ctx context.Context, id int64) (model.Invoice, error) {
	made, err := l.one(ctx, "WHERE proforma = ? AND status NOT IN "+notMade+" ORDER BY id LIMIT 1", id)
	return made, failed("look for its invoice", err)
}

// RecordConverted records an invoice that somebody made from a proforma on the web: it bills the proforma's hours. The caller holds the
// locks of a conversion. model.ErrStateChanged as for Begin.
func (l *Ledger) RecordConverted(ctx context.Context, intent Intent, made model.Issued) (model.Invoice, error) {
	return changed(ctx, l, "record "+model.InvoiceReference(made.Series, made.Number), func(tx *sql.Tx) (recorded model.Invoice, err error) {
		if err := checkAct(ctx, tx, intent.Proforma, model.ActConvert); err != nil {
			return recorded, err
		}
		id, err := l.insertInvoice(ctx, tx, intent)
		if err != nil {
			return recorded, err
		}
		return l.numbered(ctx, tx, id, made)
	})
}
