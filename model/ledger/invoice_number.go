package ledger

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/text"
)

// numberless are the states in which an invoice may still get its number.
var numberless = []model.Status{
	model.StatusSending, model.StatusUnknown, model.StatusDraftSent, model.StatusRefused, model.StatusNotIssued, model.StatusDeleted,
}

// Numbered records the number that SmartBill gave: the invoice is `issued`, its hours are billed, its client is the one used last. A
// storno's original is `reversed` and its hours are free. A number always wins, however late it comes: hours stay with an invoice that
// took them meanwhile, as the message then says, and the document that had the number is `deleted`. model.ErrStateChanged when the
// invoice has another number.
func (l *Ledger) Numbered(ctx context.Context, id int64, issued model.Issued) (model.Invoice, error) {
	return changed(ctx, l, "record number "+model.InvoiceReference(issued.Series, issued.Number),
		func(tx *sql.Tx) (model.Invoice, error) { return l.numbered(ctx, tx, id, issued) })
}

func (l *Ledger) numbered(ctx context.Context, tx *sql.Tx, id int64, issued model.Issued) (model.Invoice, error) {
	found, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return model.Invoice{}, err
	}
	if found.IsNumbered() && found.Number == issued.Number && found.Series == issued.Series {
		return found, nil
	}
	if found.IsNumbered() || !slices.Contains(numberless, found.Status) {
		return model.Invoice{}, fmt.Errorf("%s is %s: %w", found.Reference(), found.Status, model.ErrStateChanged)
	}
	if err := l.takeNumberFromHolder(ctx, tx, found, issued); err != nil {
		return model.Invoice{}, err
	}
	if err := takeOver(ctx, tx, id); err != nil {
		return model.Invoice{}, err
	}
	message, doubled, err := lateMessage(ctx, tx, found, issued.Message)
	if err != nil {
		return model.Invoice{}, err
	}
	numbered, err := revised(ctx, tx, id, "keep number", `
		UPDATE invoices SET status = 'issued', series = ?, number = ?, message = ?, document_id = ?, document_url = ?, changed = ?,
			watched_from = 0, doubled = ?, printed = 0, vouched = '', vouched_total = ''
		WHERE id = ?`,
		issued.Series, issued.Number, message, issued.DocumentID, pageOf(issued), l.now(), doubled, id)
	switch {
	case err != nil:
		return numbered, err
	case numbered.Kind == model.KindStorno:
		return numbered, l.reverseOriginal(ctx, tx, numbered)
	case numbered.Kind == model.KindPartialStorno:
		return numbered, l.followPartialStorno(ctx, tx, numbered)
	}
	if err := updateClaims(ctx, tx, numbered); err != nil {
		return numbered, err
	}
	return numbered, l.useClientOf(ctx, tx, id)
}

// lateMessage is SmartBill's answer, or says that another invoice bills the same work by now.
func lateMessage(ctx context.Context, tx *sql.Tx, found model.Invoice, answer string) (message string, doubled bool, err error) {
	message, err = doubledMessage(ctx, tx, found)
	if err != nil || message != "" {
		return message, true, err
	}
	doubled, _, err = first(ctx, tx, value[bool], "SELECT "+replacing+" FROM invoices WHERE id = ?", found.ID)
	if doubled {
		return "another invoice was made in its place: one of the two bills the work a second time", true, nil
	}
	return text.Collapse(answer), false, failed("look what took its place", err)
}

// doubledMessage says which other invoice bills hours of this one, or edited copies that were billed while it was not in force;
// "" for none.
func doubledMessage(ctx context.Context, tx *sql.Tx, invoice model.Invoice) (string, error) {
	holder, count, err := otherHolder(ctx, tx, invoice.ID)
	switch {
	case err != nil:
		return "", err
	case count > 0:
		return fmt.Sprintf("%d of its entries are also on %s: one of the two invoices bills them a second time", count, holder), nil
	case invoice.Status.HoldsEntries():
		return "", nil
	}
	holder, err = lookalike(ctx, tx, invoice)
	if err != nil || holder == "" {
		return "", err
	}
	return "hours that look like its own, edited since, are on " + holder + ": one of the two invoices bills them a second time", nil
}

// replacing is the SQL that tells whether an invoice in force took the place of a row of invoices, in one step or several. It works for
// invoices that bill no hours.
const replacing = `(EXISTS (
	WITH RECURSIVE later (id) AS (
		SELECT invoices.successor UNION SELECT next.successor FROM later JOIN invoices AS next ON next.id = later.id)
	SELECT 1 FROM later JOIN invoices AS made ON made.id = later.id
	WHERE made.status NOT IN ` + notInForce + `
) OR EXISTS (
	SELECT 1 FROM invoices AS made WHERE made.proforma = invoices.proforma AND made.id <> invoices.id
		AND made.status NOT IN ` + notInForce + `))`

// checkOnlyOne refuses to put an invoice in force beside its successor or predecessor: without hours, no claim tells.
func checkOnlyOne(ctx context.Context, tx *sql.Tx, invoice model.Invoice) error {
	if !invoice.Status.HoldsEntries() {
		return nil
	}
	other, found, err := first(ctx, tx, scanInvoice, `
		WITH RECURSIVE later (id) AS (
			SELECT successor FROM invoices WHERE id = ? UNION SELECT next.successor FROM later JOIN invoices AS next ON next.id = later.id),
		earlier (id) AS (
			SELECT id FROM invoices WHERE successor = ? UNION SELECT before.id FROM earlier JOIN invoices AS before ON before.successor = earlier.id)
		`+selectInvoice+`
		WHERE status NOT IN `+notInForce+` AND id <> ? AND (
			id IN (SELECT id FROM later) OR id IN (SELECT id FROM earlier)
			OR proforma = (SELECT proforma FROM invoices WHERE id = ?)) LIMIT 1`,
		invoice.ID, invoice.ID, invoice.ID, invoice.ID)
	if err != nil || !found {
		return failed("look what took its place", err)
	}
	return fmt.Errorf("%s was made for the same work and is %s: %w", other.Reference(), other.Status, model.ErrEntriesTaken)
}

// useClientOf puts the buyer of an invoice at the head of the address book.
func (l *Ledger) useClientOf(ctx context.Context, tx *sql.Tx, id int64) error {
	prepared, err := preparedOf(ctx, tx, id)
	if err != nil {
		return err
	}
	return keepClient(ctx, tx, prepared.Client, l.now(), true)
}
