package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/document"
	"cadensa/model/ledger"
)

// Preview is the exact request that Issue would send, but for the reference of the intent.
func (a *App) Preview(ctx context.Context, draft model.Draft) ([]byte, error) {
	service, err := a.billing(ctx)
	if err != nil {
		return nil, err
	}
	return service.Preview(draft)
}

// billed performs an act of billing on the account.
func billed[T any](ctx context.Context, s *App, act func(*billing.Service) (T, error)) (T, error) {
	service, err := s.billing(ctx)
	if err != nil {
		var nothing T
		return nothing, err
	}
	return act(service)
}

// numbering performs an act that may give an invoice its number, after which the series' next number is another one.
func numbering(ctx context.Context, s *App, act func(*billing.Service) (model.Invoice, error)) (model.Invoice, error) {
	invoice, err := billed(ctx, s, act)
	if err != nil {
		return invoice, err
	}
	// The number that comes next is only shown; billing reads it anew. Failing to note it must not look like a failed act.
	if account, failure := s.Account(ctx); failure == nil {
		if account, news := account.Numbered(ledger.Numbering(invoice.Kind), invoice.Series, invoice.Number); news {
			_ = s.records.KeepAccount(ctx, account)
		}
	}
	return invoice, nil
}

// Issue sends an invoice once.
func (a *App) Issue(ctx context.Context, draft model.Draft) (model.Invoice, error) {
	draft.Reading = a.reading(ctx)
	a.leave(&draft)
	defer a.leave(nil)
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Issue(ctx, draft) })
}

// Recover finds the invoices that need their user, and declares unknown those whose sender died.
func (a *App) Recover(ctx context.Context) ([]model.Invoice, error) {
	left, err := a.RecoverAll(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(left, func(invoice model.Invoice) bool { return a.CheckCompany(ctx, invoice) != nil }), nil
}

// RecoverAll finds those of every company. What a simulator left open needs nobody where SmartBill itself answers.
func (a *App) RecoverAll(ctx context.Context) ([]model.Invoice, error) {
	left, err := billing.New(a.records, nil).Recover(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(left, func(invoice model.Invoice) bool { return invoice.Simulated && !a.atSimulator() }), nil
}

// CheckCompany refuses an invoice of another company than that of the settings.
func (a *App) CheckCompany(ctx context.Context, invoice model.Invoice) error {
	return invoice.CheckCompany(a.tokenless(ctx).CIF, a.paths.Settings)
}

// Invoices lists the ledger's invoices, newest first; behind them, where SmartBill itself answers, those of a simulator.
func (a *App) Invoices(ctx context.Context) ([]model.Invoice, error) {
	invoices, err := a.records.Invoices(ctx)
	if err != nil || a.atSimulator() {
		return invoices, err
	}
	// What a simulator issued is nothing here, and stands apart.
	for i := range invoices {
		invoices[i].Elsewhere = invoices[i].Simulated
	}
	slices.SortStableFunc(invoices, func(a, b model.Invoice) int {
		switch {
		case a.Elsewhere == b.Elsewhere:
			return 0
		case b.Elsewhere:
			return -1
		}
		return 1
	})
	return invoices, nil
}

// EntriesOf gives the fingerprints of the entries that invoices hold, by the invoice's ID.
func (a *App) EntriesOf(ctx context.Context, invoices []model.Invoice) (map[int64][]string, error) {
	ids := make([]int64, len(invoices))
	for i, invoice := range invoices {
		ids[i] = invoice.ID
	}
	return a.records.EntriesOf(ctx, ids)
}

// Detail gives everything that is kept of an invoice.
func (a *App) Detail(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	return a.records.Find(ctx, a.books(ctx), reference)
}

// ForAct is Detail for an act at SmartBill: *model.CompanyError for an invoice of another company, before anything is asked.
func (a *App) ForAct(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return detail, err
	}
	return detail, a.CheckCompany(ctx, detail.Invoice)
}

// books are those of the company in the settings: what a reference without more is looked for in.
func (a *App) books(ctx context.Context) ledger.Books {
	return ledger.Books{CIF: a.tokenless(ctx).CIF, Simulated: a.atSimulator()}
}

// Cancel cancels an invoice and frees its hours.
func (a *App) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Cancel(ctx, reference) })
}

// Restore takes a cancelled invoice back into force, and its hours with it.
func (a *App) Restore(ctx context.Context, reference string) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Restore(ctx, reference) })
}

// Storno makes the invoice that undoes another, and returns it. No day means today.
func (a *App) Storno(ctx context.Context, reference string, on model.Date) (model.Invoice, error) {
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Storno(ctx, reference, on) })
}

// Settle looks for what became of an invoice whose outcome is not known.
func (a *App) Settle(ctx context.Context, reference string) (model.Settlement, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Settlement, error) { return service.Settle(ctx, reference) })
}

// Adopt records that an uncertain invoice is the one with the number.
func (a *App) Adopt(ctx context.Context, reference, number string) (model.Invoice, error) {
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Adopt(ctx, reference, number) })
}

// Release records that an uncertain invoice was not made, and frees its hours.
func (a *App) Release(ctx context.Context, reference string) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Release(ctx, reference) })
}

// Resend issues an invoice that was not made again, under a new reference.
func (a *App) Resend(ctx context.Context, reference string) (model.Invoice, error) {
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Resend(ctx, reference) })
}

// EnterNumber records the number that a draft in SmartBill got.
func (a *App) EnterNumber(ctx context.Context, reference, number string) (model.Invoice, error) {
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) {
		return service.EnterNumber(ctx, reference, number)
	})
}

// ReleaseDraft records that a draft in SmartBill will not be issued, and frees its hours.
func (a *App) ReleaseDraft(ctx context.Context, reference string) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.ReleaseDraft(ctx, reference) })
}

// PDF reads an invoice as SmartBill prints it.
func (a *App) PDF(ctx context.Context, reference string) ([]byte, error) {
	service, err := a.billing(ctx)
	if err != nil {
		return nil, err
	}
	return service.PDF(ctx, reference)
}

// SavePDF saves an invoice's PDF in the folder of the settings and returns its path.
func (a *App) SavePDF(ctx context.Context, reference string) (string, error) {
	return billed(ctx, a, func(service *billing.Service) (string, error) { return service.SavePDF(ctx, reference, a.PDFFolder()) })
}

// PDFFolder is the folder of the settings for PDFs and what is written beside them.
func (a *App) PDFFolder() string { return a.paths.PDFDir(a.Settings().Invoice.PDFDir) }

// SaveCandidate saves the PDF that SmartBill has under a number of an invoice's series, whatever it is, and returns its path.
func (a *App) SaveCandidate(ctx context.Context, reference, number string) (string, error) {
	service, err := a.billing(ctx)
	if err != nil {
		return "", err
	}
	invoice, content, err := service.Candidate(ctx, reference, number)
	if err != nil {
		return "", err
	}
	return document.Save(a.PDFFolder(), document.FileName(invoice.Series, number, "candidate"), content)
}

// ExamineDeleted looks for whether an invoice was deleted on the web, and records nothing.
func (a *App) ExamineDeleted(ctx context.Context, reference string) (model.Deletion, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Deletion, error) { return service.ExamineDeleted(ctx, reference) })
}

// SettleDeleted records an invoice as deleted on the web when that is proven.
func (a *App) SettleDeleted(ctx context.Context, reference string) (model.Deletion, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Deletion, error) { return service.SettleDeleted(ctx, reference) })
}

// DecideDeleted records that an invoice was deleted on the web, by the word of its user who typed its number.
func (a *App) DecideDeleted(ctx context.Context, reference, number string) (model.Deletion, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Deletion, error) {
		return service.DecideDeleted(ctx, reference, number)
	})
}

// Vouch records that SmartBill has an invoice under its number, by the word of its user who typed number and client.
func (a *App) Vouch(ctx context.Context, reference, number, client string) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) {
		return service.Vouch(ctx, reference, number, client)
	})
}

// MadeElsewhere records that a document of a series was made by another installation.
func (a *App) MadeElsewhere(ctx context.Context, kind model.Kind, series, number string) error {
	service, err := a.billing(ctx)
	if err != nil {
		return err
	}
	return service.MadeElsewhere(ctx, kind, series, number)
}

// Conversion says on which series the invoice of a proforma is made, and at which exchange rate, which is looked up.
func (a *App) Conversion(ctx context.Context, reference string) (model.Conversion, error) {
	detail, err := a.Detail(ctx, reference)
	if err != nil {
		return model.Conversion{}, err
	}
	return a.ConversionAt(ctx, detail.Invoice, decimal.NullDecimal{})
}

// ConversionAt takes an exchange rate that was typed, if it is valid.
func (a *App) ConversionAt(ctx context.Context, proforma model.Invoice, typed decimal.NullDecimal) (model.Conversion, error) {
	made := model.Conversion{Series: a.Settings().Invoice.Series}
	switch {
	case proforma.Currency == model.DefaultCurrency:
		return made, nil
	case typed.Valid:
		made.Exchange = model.ExchangeRate{Lei: typed.Decimal, Source: model.RateTyped}
		return made, nil
	}
	// Without a rate SmartBill takes its own, as for any invoice: a bank that does not answer keeps none back.
	if rates, err := a.ExchangeRates(ctx, a.Today()); err == nil {
		made.Exchange = rates.Before(proforma.Currency, a.Today())
	}
	return made, ctx.Err()
}

// Convert makes the invoice of a proforma, and returns it.
func (a *App) Convert(ctx context.Context, reference string, conversion model.Conversion) (model.Invoice, error) {
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) {
		return service.Convert(ctx, reference, conversion)
	})
}

// AdoptConversion records the invoice that somebody made from a proforma on the web.
func (a *App) AdoptConversion(ctx context.Context, reference, number string) (model.Invoice, error) {
	return numbering(ctx, a, func(service *billing.Service) (model.Invoice, error) {
		return service.AdoptConversion(ctx, reference, number)
	})
}

// LastIssued is the issue date of the series' newest invoice that the ledger knows, no date when it knows none. SmartBill
// has no list to ask.
func (a *App) LastIssued(ctx context.Context, series string) (model.Date, error) {
	invoices, err := a.records.Invoices(ctx)
	if err != nil {
		return model.Date{}, err
	}
	return model.LastIssued(invoices, a.tokenless(ctx).CIF, series), nil
}

// LeftBehind says what is not known of an invoice that Recover found, and what is true of its hours.
func LeftBehind(invoice model.Invoice) string {
	name := invoice.Reference()
	if invoice.HasOpenPayment() {
		return "Whether a payment of " + name + " was recorded is not known"
	}
	switch invoice.Status { //nolint:exhaustive // Recover finds no others
	case model.StatusCancelling:
		if invoice.Kind == model.KindProforma {
			return "Whether the proforma " + name + " is given up is not known; its hours stay reserved"
		}
		return "Whether " + name + " is cancelled is not known; its hours stay billed"
	case model.StatusRestoring:
		return "Whether " + name + " is restored is not known; its hours stay reserved"
	case model.StatusIssued:
		return name + " turned up late, when its work was on another invoice already"
	}
	return fmt.Sprintf("The outcome of %s to %s is not known; its hours stay reserved", name, invoice.ClientName)
}
