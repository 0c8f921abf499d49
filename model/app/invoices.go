package app

import (
	"context"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/ledger"
)

// Issue sends an invoice once.
func (a *App) Issue(ctx context.Context, prepared model.PreparedInvoice) (model.Invoice, error) {
	prepared.Reading = a.reading(ctx)
	a.leave(&prepared)
	defer a.leave(nil)
	return a.Service.Issue(ctx, prepared)
}

// Recover finds the invoices that need their user, and declares unknown the ones whose sender died.
func (a *App) Recover(ctx context.Context) ([]model.Invoice, error) {
	left, err := a.RecoverAll(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(left, func(invoice model.Invoice) bool { return a.CheckCompany(ctx, invoice) != nil }), nil
}

// RecoverAll is Recover for all companies. It leaves out a simulator's invoices while SmartBill itself answers.
func (a *App) RecoverAll(ctx context.Context) ([]model.Invoice, error) {
	left, err := a.Service.Recover(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(left, func(invoice model.Invoice) bool { return invoice.Simulated && !a.atSimulator() }), nil
}

// CheckCompany refuses an invoice of another company than the settings'.
func (a *App) CheckCompany(ctx context.Context, invoice model.Invoice) error {
	return invoice.CheckCompany(a.account(ctx).CIF, a.paths.Settings)
}

// Invoices lists all invoices, newest first; while SmartBill itself answers, a simulator's come last.
func (a *App) Invoices(ctx context.Context) ([]model.Invoice, error) {
	invoices, err := a.records.Invoices(ctx)
	if err != nil || a.atSimulator() {
		return invoices, err
	}
	for i := range invoices {
		invoices[i].Elsewhere = invoices[i].Simulated
	}
	rank := map[bool]int{true: 1}
	slices.SortStableFunc(invoices, func(a, b model.Invoice) int { return rank[a.Elsewhere] - rank[b.Elsewhere] })
	return invoices, nil
}

// EntriesOf gives the fingerprints of the entries that invoices hold, by the invoice's ID.
func (a *App) EntriesOf(ctx context.Context, invoices []model.Invoice) (map[int64][]string, error) {
	return a.records.EntriesOf(ctx, idsOf(invoices))
}

// VATOf gives the base and the tax of each rate of invoices, by the invoice's ID, as their documents have them.
func (a *App) VATOf(ctx context.Context, invoices []model.Invoice) (map[int64][]model.VATGroup, error) {
	return a.records.VATOf(ctx, idsOf(invoices))
}

func idsOf(invoices []model.Invoice) []int64 {
	ids := make([]int64, len(invoices))
	for i, invoice := range invoices {
		ids[i] = invoice.ID
	}
	return ids
}

// Detail gives everything that is kept of an invoice.
func (a *App) Detail(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	return a.records.Find(ctx, a.books(ctx), reference)
}

// Advances lists what can be deducted of the newest invoices to a client, by its name.
func (a *App) Advances(ctx context.Context, client string) ([]model.Advance, error) {
	return a.records.Advances(ctx, a.books(ctx), client)
}

// Cash is what the limits of cash look at before a payment of the invoice.
func (a *App) Cash(ctx context.Context, reference string) (model.Cash, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return model.Cash{}, err
	}
	earlier, err := a.records.CashFrom(ctx, a.books(ctx), detail.ClientName)
	return model.Cash{Client: detail.Prepared.Client, Currency: detail.Currency, Exchange: detail.Prepared.Exchange, Earlier: earlier}, err
}

// ForAct is Detail for an act, "" for none in particular: *model.CompanyError for an invoice of another company, *model.Refusal for one
// that the act cannot be done with, before anything is asked.
func (a *App) ForAct(ctx context.Context, reference string, act model.Act) (model.InvoiceDetail, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return detail, err
	}
	if err := a.CheckCompany(ctx, detail.Invoice); err != nil {
		return detail, err
	}
	return detail, detail.CheckAct(act)
}

// books are the company's, where a bare reference is looked up.
func (a *App) books(ctx context.Context) ledger.Books {
	return ledger.Books{CIF: a.account(ctx).CIF, Simulated: a.atSimulator()}
}

// SavePDF saves an invoice's PDF in the PDF folder and returns its path.
func (a *App) SavePDF(ctx context.Context, reference string) (string, error) {
	return a.Service.SavePDF(ctx, reference, a.PDFFolder())
}

// PDFFolder is where PDFs and the files beside them go.
func (a *App) PDFFolder() string { return a.paths.PDFDir(a.Settings().Invoice.PDFDir) }

// SaveCandidate saves whatever PDF SmartBill has under a number of the invoice's series, and returns its path.
func (a *App) SaveCandidate(ctx context.Context, reference, number string) (string, error) {
	invoice, content, err := a.Candidate(ctx, reference, number)
	if err != nil {
		return "", err
	}
	return document.Save(a.PDFFolder(), document.FileName(invoice.Series, number, "candidate"), content)
}

// Conversion gives the series for the invoice of a proforma, and looks up the exchange rate.
func (a *App) Conversion(ctx context.Context, reference string) (model.Conversion, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return model.Conversion{}, err
	}
	return a.ConversionAt(ctx, detail.Invoice, decimal.NullDecimal{})
}

// ConversionAt is Conversion with a typed exchange rate, if valid.
func (a *App) ConversionAt(ctx context.Context, proforma model.Invoice, typed decimal.NullDecimal) (model.Conversion, error) {
	made := model.Conversion{Series: a.Settings().Invoice.Series}
	switch {
	case proforma.Currency == model.DefaultCurrency:
		return made, nil
	case typed.Valid:
		made.Exchange = model.ExchangeRate{Lei: typed.Decimal, Source: model.RateTyped}
		return made, nil
	}
	// Without a rate SmartBill takes its own, so an unreachable bank stops nothing.
	if rates, err := a.ExchangeRates(ctx, a.Today()); err == nil {
		made.Exchange = rates.Before(proforma.Currency, a.Today())
	}
	return made, ctx.Err()
}

// LastIssued is the issue date of the newest invoice of the series in the ledger, zero for none; SmartBill lists no invoices.
func (a *App) LastIssued(ctx context.Context, series string) (model.Date, error) {
	invoices, err := a.records.Invoices(ctx)
	if err != nil {
		return model.Date{}, err
	}
	return model.LastIssued(invoices, a.account(ctx).CIF, series), nil
}

// Invoiced lists the documents of the company that count towards the turnover of this year and of the last, with others; at a simulator
// those of the simulator.
func (a *App) Invoiced(ctx context.Context) ([]model.Invoice, error) {
	return a.records.InvoicesSince(ctx, a.books(ctx), model.YearPeriod(a.Today().Year-1).From)
}

// Timesheet is the annex of an invoice with its number, from the ledger alone.
func (a *App) Timesheet(ctx context.Context, reference string) (document.Timesheet, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return document.Timesheet{}, err
	}
	return document.Annex(detail, a.location)
}

// WriteTimesheet writes the hours of an invoice beside its PDF in every format, and returns the paths, the PDF's first. It never
// replaces a file with other content. model.ErrNoHours, model.ErrInvoiceUnknown, model.ErrStateChanged for an invoice without a
// number.
func (a *App) WriteTimesheet(ctx context.Context, reference string) ([]string, error) {
	sheet, err := a.Timesheet(ctx, reference)
	if err != nil {
		return nil, err
	}
	return sheet.Save(a.PDFFolder(), document.Formats())
}

// WriteWorkSummary writes the hours of a prepared invoice into the PDF folder in every format, named after client and days, and returns the
// paths, the PDF's first. model.ErrNoHours.
func (a *App) WriteWorkSummary(ctx context.Context, prepared model.PreparedInvoice) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sheet, err := document.WorkSummary(prepared, a.location)
	if err != nil {
		return nil, err
	}
	return sheet.Save(a.PDFFolder(), document.Formats())
}
