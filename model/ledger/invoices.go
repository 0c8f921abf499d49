package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/database"
)

// selectInvoice reads the columns that scanInvoice takes.
var selectInvoice = `SELECT id, intent, company, simulated, kind, series, number, status, payment, client_name, client_country,
	net, vat, total, currency, issued_on, due_on, supply_from, supply_to, counter, message, changed,
	payment_asked, charged, coalesce(open_payment, 0), ` + proformaOf + `, ` + invoiceOf + `, ` + originalOf + `, ` + stornoOf + `, ` + successorOf + ` FROM invoices `

// scanner is a row, or rows standing on one.
type scanner interface {
	Scan(destinations ...any) error
}

func scanInvoice(row scanner) (model.Invoice, error) {
	var invoice model.Invoice
	var issued, due, from, to string
	var changed, asked int64
	var charged string
	err := row.Scan(&invoice.ID, &invoice.Intent, &invoice.Company, &invoice.Simulated, &invoice.Kind, &invoice.Series, &invoice.Number, &invoice.Status,
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
