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
