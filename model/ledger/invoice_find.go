package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// selectInvoice reads the columns that scanInvoice takes.
var selectInvoice = `SELECT id, intent, company, simulated, kind, series, number, status, payment, client_name, client_country,
	net, vat, total, currency, issued_on, due_on, supply_from, supply_to, counter, message, changed,
	payment_asked, charged, coalesce(open_payment, 0), ` +
	proformaOf + `, ` + invoiceOf + `, ` + originalOf + `, ` + stornoOf + `, ` + successorOf + ` FROM invoices `

// scanner is a row, or rows standing on one.
type scanner interface {
	Scan(destinations ...any) error
}

func scanInvoice(row scanner) (model.Invoice, error) {
	var invoice model.Invoice
	var issued, due, from, to string
	var changed, asked int64
	var charged string
	err := row.Scan(&invoice.ID, &invoice.Intent, &invoice.Company, &invoice.Simulated, &invoice.Kind, &invoice.Series, &invoice.Number,
		&invoice.Status,
		&invoice.Payment, &invoice.ClientName, &invoice.ClientCountry, &invoice.Net, &invoice.VAT, &invoice.Total,
		&invoice.Currency, &issued, &due, &from, &to, &invoice.Counter, &invoice.Message, &changed,
		&asked, &charged, &invoice.OpenPayment, &invoice.Proforma, &invoice.InvoicedAs, &invoice.Original, &invoice.Storno, &invoice.ResentAs)
	if err != nil {
		return model.Invoice{}, err
	}
	invoice.Changed = time.UnixMilli(changed)
	if asked != 0 {
		invoice.PaymentAsked = time.UnixMilli(asked)
	}
	if charged != "" {
		invoice.Charged.Valid = true
		if invoice.Charged.Decimal, err = decimal.NewFromString(charged); err != nil {
			return model.Invoice{}, fmt.Errorf("amount %q: %w", charged, err)
		}
	}
	if invoice.IssueDate, err = day(issued); err != nil {
		return model.Invoice{}, err
	}
	if invoice.DueDate, err = day(due); err != nil {
		return model.Invoice{}, err
	}
	if invoice.Supply.From, err = day(from); err != nil {
		return model.Invoice{}, err
	}
	invoice.Supply.To, err = day(to)
	return invoice, err
}

// day reads a date as it is stored, "" for none.
func day(text string) (model.Date, error) {
	if text == "" {
		return model.Date{}, nil
	}
	return model.ParseDate(text)
}

// Invoices lists every invoice, the newest first.
func (l *Ledger) Invoices(ctx context.Context) ([]model.Invoice, error) {
	var expected int
	if err := l.db.QueryRowContext(ctx, "SELECT coalesce(max(id), 0) FROM invoices").Scan(&expected); err != nil {
		return nil, fmt.Errorf("count invoices: %w", database.Plain(err))
	}
	return l.list(ctx, expected, "ORDER BY id DESC")
}

// InState lists the invoices in one of the states, the newest first.
func (l *Ledger) InState(ctx context.Context, states ...model.Status) ([]model.Invoice, error) {
	list, err := encode(states)
	if err != nil {
		return nil, fmt.Errorf("read invoices: %w", err)
	}
	return l.list(ctx, 0, "WHERE status IN (SELECT value FROM json_each(?)) ORDER BY id DESC", list)
}

// list reads invoices; expecting their number saves copying them as they come.
func (l *Ledger) list(ctx context.Context, expected int, condition string, args ...any) ([]model.Invoice, error) {
	invoices := make([]model.Invoice, 0, expected)
	err := database.Each(ctx, l.db, func(rows *sql.Rows) error {
		invoice, err := scanInvoice(rows)
		invoices = append(invoices, invoice)
		return err
	}, selectInvoice+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("read invoices: %w", err)
	}
	return invoices, nil
}

func invoiceByID(ctx context.Context, from database.Querier, id int64) (model.Invoice, error) {
	invoice, err := scanInvoice(from.QueryRowContext(ctx, selectInvoice+"WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return model.Invoice{}, model.ErrInvoiceUnknown
	}
	if err != nil {
		return model.Invoice{}, fmt.Errorf("read invoice: %w", err)
	}
	return invoice, nil
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

func readPapers(ctx context.Context, tx *sql.Tx, detail *model.InvoiceDetail) error {
	var draft, vouched string
	err := tx.QueryRowContext(ctx, `
		SELECT draft, request, invoices.document_url, invoices.printed, invoices.vouched, invoices.vouched_total
		FROM invoices JOIN papers ON invoice_id = invoices.id
		WHERE invoices.id = ?`, detail.ID).
		Scan(&draft, &detail.Request, &detail.DocumentURL, &detail.Printed, &detail.ConfirmedClient, &vouched)
	if err != nil {
		return fmt.Errorf("read draft: %w", err)
	}
	if vouched != "" {
		detail.ConfirmedTotal.Valid = true
		if detail.ConfirmedTotal.Decimal, err = decimal.NewFromString(vouched); err != nil {
			return fmt.Errorf("amount %q: %w", vouched, err)
		}
	}
	return decode(draft, &detail.Draft)
}

func readHours(ctx context.Context, tx *sql.Tx, detail *model.InvoiceDetail) error {
	return database.Each(ctx, tx, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		entry := new(model.Entry)
		if err := decode(text, entry); err != nil {
			return err
		}
		detail.Entries = append(detail.Entries, entry.Fingerprint)
		detail.Draft.Hours = append(detail.Draft.Hours, entry)
		return nil
	}, "SELECT entry FROM invoice_entries WHERE invoice_id = ? ORDER BY position", detail.ID)
}

// Books are those of a company, at SmartBill or at a simulator: what a reference without more is looked for in.
type Books struct {
	// CIF is the company's, "" for every company.
	CIF       string
	Simulated bool
}

// Detail gives everything that is kept of an invoice, by its reference in any case and padding, "FCT-0023", or by that of its
// intent, "CAD-7F3K2Q". Among several with one number those count that SmartBill has; *model.AmbiguousError when there are
// still several. model.ErrInvoiceUnknown.
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
		if detail.Invoice, err = in.choose(reference, named); err != nil {
			return err
		}
		if err := readPapers(ctx, tx, &detail); err != nil {
			return err
		}
		if err := readPayments(ctx, tx, &detail); err != nil {
			return err
		}
		return readHours(ctx, tx, &detail)
	})
	if _, ok := errors.AsType[*model.AmbiguousError](err); ok {
		return model.InvoiceDetail{}, err
	}
	if err != nil {
		return model.InvoiceDetail{}, fmt.Errorf("%s: %w", text.Clean(reference), err)
	}
	return detail, nil
}

// choose picks the document that a reference means: of the books before others, one that SmartBill has before one that it has no
// more, and one that is written just so before one that differs in case or padding.
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
	var found []model.Invoice
	err := database.Each(ctx, tx, func(rows *sql.Rows) error {
		invoice, err := scanInvoice(rows)
		found = append(found, invoice)
		return err
	}, selectInvoice+condition, args...)
	return found, err
}
