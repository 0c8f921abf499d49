package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// selectInvoice reads the columns that scanInvoice takes.
var selectInvoice = `SELECT id, intent, company, simulated, kind, series, number, status, payment, client_name, client_country,
	net, vat, total, currency, nullif(net_lei, ''), taxed_abroad, issued_on, due_on, supply_from, supply_to, counter, message, changed,
	payment_asked, nullif(charged, ''), coalesce(open_payment, 0), ` +
	proformaOf + `, ` + invoiceOf + `, ` + originalOf + `, ` + stornoOf + `, ` + successorOf + `, ` + reversedByOf + ` FROM invoices `

func scanInvoice(row scanner) (invoice model.Invoice, err error) {
	err = row.Scan(&invoice.ID, &invoice.Intent, &invoice.Company, &invoice.Simulated, &invoice.Kind, &invoice.Series, &invoice.Number,
		&invoice.Status, &invoice.Payment, &invoice.ClientName, &invoice.ClientCountry,
		&invoice.Net, &invoice.VAT, &invoice.Total, &invoice.Currency, &invoice.NetLei, &invoice.TaxedAbroad,
		asDay{&invoice.IssueDate}, asDay{&invoice.DueDate}, asDay{&invoice.Supply.From}, asDay{&invoice.Supply.To},
		&invoice.Counter, &invoice.Message, asTime{&invoice.Changed}, asTime{&invoice.PaymentAsked}, &invoice.Charged, &invoice.OpenPayment,
		&invoice.Proforma, &invoice.InvoicedAs, &invoice.Original, &invoice.Storno, &invoice.ResentAs,
		&invoice.ReversedBy)
	return invoice, err
}

// firstInvoice finds the first invoice that meets a condition, false when there is none.
func firstInvoice(ctx context.Context, from database.Querier, condition string, args ...any) (model.Invoice, bool, error) {
	return first(ctx, from, scanInvoice, selectInvoice+condition, args...)
}

// Invoices lists every invoice, the newest first.
func (l *Ledger) Invoices(ctx context.Context) ([]model.Invoice, error) {
	expected, _, err := first(ctx, l.db, value[int], "SELECT coalesce(max(id), 0) FROM invoices")
	if err != nil {
		return nil, failed("count invoices", err)
	}
	return l.list(ctx, expected, "ORDER BY id DESC")
}

// InState lists the invoices in one of the states, the newest first.
func (l *Ledger) InState(ctx context.Context, states ...model.Status) ([]model.Invoice, error) {
	return l.list(ctx, 0, "WHERE status IN (SELECT value FROM json_each(?)) ORDER BY id DESC", asJSON{states})
}

// list reads invoices; expecting their number saves copying them as they come.
func (l *Ledger) list(ctx context.Context, expected int, condition string, args ...any) ([]model.Invoice, error) {
	invoices := make([]model.Invoice, 0, expected)
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		invoice, err := scanInvoice(rows)
		invoices = append(invoices, invoice)
		return err
	}, selectInvoice+condition, args...)
	return invoices, failed("read invoices", err)
}

func invoiceByID(ctx context.Context, from database.Querier, id int64) (model.Invoice, error) {
	invoice, found, err := firstInvoice(ctx, from, "WHERE id = ?", id)
	if err == nil && !found {
		return model.Invoice{}, model.ErrInvoiceUnknown
	}
	return invoice, failed("read invoice", err)
}

// revised changes an invoice, and reads it as it is then.
func revised(ctx context.Context, tx *sql.Tx, id int64, what, statement string, args ...any) (model.Invoice, error) {
	if err := exec(ctx, tx, what, statement, args...); err != nil {
		return model.Invoice{}, err
	}
	return invoiceByID(ctx, tx, id)
}

// checkAct refuses an act on a document as it stands in the transaction: *model.Refusal.
func checkAct(ctx context.Context, tx *sql.Tx, id int64, act model.Act) error {
	invoice, err := invoiceByID(ctx, tx, id)
	if err != nil {
		return err
	}
	return invoice.CheckAct(act)
}

// referenceOf is the SQL of an invoice's reference, "" where the joined row is missing.
func referenceOf(table string) string {
	return "coalesce(CASE " + table + "number WHEN '' THEN " + table + "intent ELSE " +
		table + "series || '-' || " + table + "number END, '')"
}

func preparedOf(ctx context.Context, tx *sql.Tx, id int64) (model.PreparedInvoice, error) {
	prepared, _, err := first(ctx, tx, decoded[model.PreparedInvoice], "SELECT draft FROM papers WHERE invoice_id = ?", id)
	return prepared, failed("read draft", err)
}

// VATOf gives the base and the tax of each rate of the invoices' documents, by the invoice's ID. An invoice whose lines are not kept
// has none.
func (l *Ledger) VATOf(ctx context.Context, ids []int64) (map[int64][]model.VATGroup, error) {
	groups := make(map[int64][]model.VATGroup, len(ids))
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		var id int64
		var prepared model.PreparedInvoice
		err := rows.Scan(&id, asJSON{&prepared})
		groups[id] = prepared.Totals().Groups
		return err
	}, "SELECT invoice_id, draft FROM papers WHERE invoice_id IN (SELECT value FROM json_each(?))", asJSON{ids})
	return groups, failed("read the VAT of invoices", err)
}

// readDetail reads what belongs to an invoice: what was confirmed, its request, and its hours.
func readDetail(ctx context.Context, tx *sql.Tx, invoice model.Invoice) (model.InvoiceDetail, error) {
	detail := model.InvoiceDetail{Invoice: invoice}
	err := tx.QueryRowContext(ctx, `
		SELECT draft, request, invoices.document_url, invoices.printed, invoices.vouched, nullif(invoices.vouched_total, '')
		FROM invoices JOIN papers ON invoice_id = invoices.id
		WHERE invoices.id = ?`, detail.ID).
		Scan(asJSON{&detail.Prepared}, &detail.Request, &detail.DocumentURL, &detail.Printed, &detail.ConfirmedClient, &detail.ConfirmedTotal)
	if err != nil {
		return detail, failed("read draft", err)
	}
	if invoice.ReversedBy != "" {
		if detail.TakenBack, err = takenBack(ctx, tx, invoice.ID, 0); err != nil {
			return detail, err
		}
	}
	return detail, database.Each(ctx, tx, func(rows *sql.Rows) error {
		entry := new(model.Entry)
		if err := rows.Scan(asJSON{entry}); err != nil {
			return err
		}
		detail.Entries = append(detail.Entries, entry.Fingerprint)
		detail.Prepared.Hours = append(detail.Prepared.Hours, entry)
		return nil
	}, "SELECT entry FROM invoice_entries WHERE invoice_id = ? ORDER BY position", detail.ID)
}

// Books are those of a company, at SmartBill or at a simulator: what a reference without more is looked for in.
type Books struct {
	// CIF is the company's, "" for every company.
	CIF       string
	Simulated bool
}

// Detail gives everything about an invoice, by its reference in any case and padding, or its intent's. One that SmartBill has goes
// before deleted ones: *model.AmbiguousError if several remain, model.ErrInvoiceUnknown if none.
func (l *Ledger) Detail(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	return l.Find(ctx, Books{}, reference)
}

// Find is Detail that looks in the books first, and elsewhere for what these do not have.
func (l *Ledger) Find(ctx context.Context, in Books, reference string) (model.InvoiceDetail, error) {
	var detail model.InvoiceDetail
	err := l.read(ctx, func(tx *sql.Tx) error {
		named, err := invoicesNamed(ctx, tx, reference)
		if err != nil {
			return err
		}
		invoice, err := in.choose(reference, named)
		if err != nil {
			return err
		}
		if detail, err = readDetail(ctx, tx, invoice); err != nil {
			return err
		}
		if detail.Payments, err = all(ctx, tx, scanPayment, selectPayment+"WHERE invoice_id = ? ORDER BY id", detail.ID); err != nil {
			return err
		}
		detail.Emails, err = emailsOf(ctx, tx, detail.ID)
		return err
	})
	if _, ok := errors.AsType[*model.AmbiguousError](err); ok {
		return model.InvoiceDetail{}, err
	}
	if err != nil {
		return model.InvoiceDetail{}, fmt.Errorf("%s: %w", text.Clean(reference), err)
	}
	return detail, nil
}

// choose picks the document that a reference means: those of the books first, of these the ones that SmartBill has, and of these the
// one written just so.
func (b Books) choose(reference string, named []model.Invoice) (model.Invoice, error) {
	exact := func(i model.Invoice) bool { return i.Reference() == reference }
	ours := func(i model.Invoice) bool {
		return (b.CIF == "" || i.Company == taxid.CompanyCode(b.CIF)) && i.Simulated == b.Simulated
	}
	there := func(i model.Invoice) bool { return i.Status != model.StatusDeleted }
	for _, fits := range []func(model.Invoice) bool{
		func(i model.Invoice) bool { return ours(i) && there(i) }, ours, there, func(model.Invoice) bool { return true },
	} {
		fitting := slices.DeleteFunc(slices.Clone(named), func(i model.Invoice) bool { return !fits(i) })
		if slices.ContainsFunc(fitting, exact) {
			fitting = slices.DeleteFunc(fitting, func(i model.Invoice) bool { return !exact(i) })
		}
		switch len(fitting) {
		case 0:
		case 1:
			return fitting[0], nil
		default:
			return model.Invoice{}, &model.AmbiguousError{Reference: text.Clean(reference), Invoices: fitting}
		}
	}
	return model.Invoice{}, model.ErrInvoiceUnknown
}

// invoicesNamed finds the documents that a reference may mean, the newest first.
func invoicesNamed(ctx context.Context, tx *sql.Tx, reference string) ([]model.Invoice, error) {
	found, err := invoicesWhere(ctx, tx, "WHERE intent = ?", strings.ToUpper(reference))
	if err != nil || len(found) > 0 {
		return found, err
	}
	series, number, ok := model.SplitReference(reference)
	if !ok {
		return nil, nil
	}
	return invoicesWhere(ctx, tx, `WHERE lower(series) = lower(?) AND number <> '' AND ltrim(number, '0') = ltrim(?, '0')
		ORDER BY id DESC`, series, number)
}

func invoicesWhere(ctx context.Context, tx *sql.Tx, condition string, args ...any) ([]model.Invoice, error) {
	return all(ctx, tx, scanInvoice, selectInvoice+condition, args...)
}
