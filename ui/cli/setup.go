package cli

import (
	"context"
	"strings"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/config"
)

// Test tries credentials; an empty token means the one that is stored. What the account says of itself is kept.
func (a *App) Test(ctx context.Context, credentials model.Credentials) model.ConnectionReport {
	credentials, err := a.completed(ctx, credentials)
	if err != nil {
		return failedReport(err)
	}
	provider, err := a.options.Connect(credentials, a.records, a.watch())
	if err != nil {
		return failedReport(err)
	}
	report := billing.TestConnection(ctx, provider, credentials.CIF, a.options.Now)
	if report.Passed() {
		if err := a.records.KeepAccount(ctx, report.Account); err != nil {
			return failedReport(err)
		}
		report.Template = a.template(ctx, provider)
	}
	return report
}

// template tells whether the account's PDFs carry references. Not to know it is no failure of the connection.
func (a *App) template(ctx context.Context, provider billing.Provider) model.Template {
	settings := a.current().Invoice
	if !settings.ReferenceInMentions {
		return ""
	}
	found, err := billing.New(a.records, provider).Template(ctx, settings.Series)
	if err != nil {
		return ""
	}
	return found
}

// completed fills in the stored token and address.
func (a *App) completed(ctx context.Context, credentials model.Credentials) (model.Credentials, error) {
	settings := a.current()
	if credentials.BaseURL == "" {
		credentials.BaseURL = a.account(ctx, settings).BaseURL
	}
	if credentials.Token != "" {
		return credentials, nil
	}
	stored, _, err := a.options.Secrets.Credentials(ctx, settings)
	if stored.Token == "" {
		return credentials, err
	}
	credentials.Token = stored.Token
	return credentials, nil
}

// failedReport says that not even the first check could be made.
func failedReport(err error) model.ConnectionReport {
	return model.ConnectionReport{Checks: []model.Check{
		{Name: model.CheckReached, Done: true, Err: err}, {Name: model.CheckCredentials}, {Name: model.CheckCompany},
		{Name: model.CheckSeries}, {Name: model.CheckRates},
	}}
}

// SaveConnection writes the token, unless it is empty, to the keyring or the file, and the account to the settings; it
// returns where the token went. The token goes first: without it the account is of no use.
func (a *App) SaveConnection(ctx context.Context, credentials model.Credentials) (string, error) {
	where := ""
	if credentials.Token != "" {
		source, err := a.options.Secrets.SaveToken(ctx, a.paths.Settings, strings.TrimSpace(credentials.Email), credentials.Token)
		if err != nil {
			return "", err
		}
		where = string(source)
	}
	err := config.Change(a.paths.Settings,
		config.Edit{Section: "smartbill", Key: "email", Value: strings.TrimSpace(credentials.Email)},
		config.Edit{Section: "smartbill", Key: "cif", Value: strings.TrimSpace(credentials.CIF)})
	if err != nil {
		return where, err
	}
	return where, a.reload(ctx)
}

// SaveDefaults writes what new invoices start with.
func (a *App) SaveDefaults(ctx context.Context, defaults model.Preferences) error {
	edits := []config.Edit{
		{Section: "invoice", Key: "series", Value: defaults.Series},
		{Section: "invoice", Key: "proforma_series", Value: defaults.ProformaSeries},
		{Section: "invoice", Key: "currency", Value: defaults.Currency},
		{Section: "invoice", Key: "vat", Value: defaults.Issuer.Rate},
		{Section: "invoice", Key: "vat_status", Value: string(defaults.Issuer.Status)},
		{Section: "invoice", Key: "payment_terms_days", Value: defaults.PaymentTermsDays},
	}
	if defaults.PDFFolder != a.paths.PDFDir(a.current().Invoice.PDFDir) {
		edits = append(edits, config.Edit{Section: "invoice", Key: "pdf_dir", Value: defaults.PDFFolder})
	}
	if err := config.Change(a.paths.Settings, edits...); err != nil {
		return err
	}
	return a.reload(ctx)
}
