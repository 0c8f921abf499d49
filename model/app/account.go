package app

import (
	"context"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/model/ledger"
	"cadensa/model/taxid"
)

// account reads the account from settings and environment, without its token, because a keyring may take seconds to answer. Setup
// reports errors.
func (a *App) account(ctx context.Context) model.Credentials {
	secrets, settings := a.options.Secrets, a.Settings()
	secrets.Keyring, settings.SmartBill.TokenCommand = config.NoKeyring{}, nil
	credentials, _, _ := secrets.Credentials(ctx, settings)
	credentials.Token = ""
	return credentials
}

// HasAccount reports whether the account's e-mail and company are known. Nobody is asked.
func (a *App) HasAccount(ctx context.Context) bool {
	account := a.account(ctx)
	return account.Email != "" && account.CIF != ""
}

// tokenPlace finds where the token is, "" for nowhere, and remembers it. It does not run the user's token_command, which may ask
// for a passphrase. Opening the account reports errors.
func (a *App) tokenPlace(ctx context.Context) string {
	a.mutex.Lock()
	known, settings := a.tokenFrom, a.settings
	a.mutex.Unlock()
	if known != nil {
		return *known
	}
	hasCommand := len(settings.SmartBill.TokenCommand) > 0
	settings.SmartBill.TokenCommand = nil
	_, source, _ := a.options.Secrets.Credentials(ctx, settings)
	place := string(source)
	switch {
	case hasCommand && source != config.TokenFromEnvironment:
		place = string(config.TokenFromCommand)
	case source == config.TokenFromNowhere:
		place = ""
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.tokenFrom = &place
	return place
}

// Connect opens the account unless it is open; it makes no call. model.ErrNotConfigured when credentials are missing.
func (a *App) Connect(ctx context.Context) error {
	_, err := a.open(ctx)
	return err
}

func (a *App) open(ctx context.Context) (billing.Provider, error) {
	a.mutex.Lock()
	provider, settings := a.provider, a.settings
	a.mutex.Unlock()
	if provider != nil {
		return provider, nil
	}
	credentials, _, err := a.options.Secrets.Credentials(ctx, settings)
	if err != nil {
		return nil, err
	}
	if provider, err = a.options.Connect(credentials, a.records, a.watch()); err != nil {
		return nil, err
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.provider = provider
	return provider, nil
}

// opened opens the account for one act of billing and gives the settings of that moment. model.ErrNotConfigured when credentials
// are missing.
func (a *App) opened(ctx context.Context) (billing.Provider, []billing.Option, error) {
	provider, err := a.open(ctx)
	settings := a.Settings().Invoice
	return provider, []billing.Option{
		billing.WithSettleAfter(settings.SettleAfter), billing.WithTemplatePrints(settings.TemplatePrintsReference),
		billing.WithSharedSeries(settings.SharedSeries),
	}, err
}

// numbered updates the next number of the series that gave one.
func (a *App) numbered(ctx context.Context, invoice model.Invoice) {
	// Screens only show the next number; billing reads it anew. So an act does not fail because of it.
	if account, err := a.Account(ctx); err == nil {
		if account, news := account.Numbered(ledger.Numbering(invoice.Kind), invoice.Series, invoice.Number); news {
			_ = a.records.KeepAccount(ctx, account)
		}
	}
}

// Account is the account as SmartBill described it when it was last asked.
func (a *App) Account(ctx context.Context) (model.Account, error) {
	return a.records.Account(ctx, a.account(ctx).CIF)
}

// recheckTime is how long looking at the account again may take.
const recheckTime = 10 * time.Second

// Recheck reads series and VAT list anew, right before a confirmation is acted upon, and keeps them. model.ErrUnavailable,
// model.ErrNotSent or model.ErrRateLimited when SmartBill does not answer within 10 s.
func (a *App) Recheck(ctx context.Context) (model.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, recheckTime)
	defer cancel()
	provider, err := a.open(ctx)
	if err != nil {
		return model.Account{}, err
	}
	account := model.Account{CIF: a.account(ctx).CIF, Asked: a.options.Now()}
	if account.Series, err = provider.Series(ctx, ""); err != nil {
		return model.Account{}, err
	}
	if account.Rates, err = provider.Rates(ctx); err != nil {
		return model.Account{}, err
	}
	return account, a.records.KeepAccount(ctx, account)
}

// Test tries credentials, with the stored token if theirs is empty, and keeps the description of the account. A company that SmartBill
// does not know is tried without RO, or with it: the report's CIF is the one that it knows.
func (a *App) Test(ctx context.Context, credentials model.Credentials) model.ConnectionReport {
	report := a.testExactly(ctx, credentials)
	cif, ok := taxid.ParseCIF(credentials.CIF)
	if !ok || !report.FailedAt(model.CheckCompany) {
		return report
	}
	cif.VAT = !cif.VAT
	credentials.CIF = cif.String()
	if other := a.testExactly(ctx, credentials); !other.FailedAt(model.CheckCompany) && !other.FailedAt(model.CheckReached) {
		return other
	}
	return report
}

// testExactly is Test with the CIF as it is.
func (a *App) testExactly(ctx context.Context, credentials model.Credentials) model.ConnectionReport {
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

// template tells whether the account's PDFs carry references, "" where that is not known.
func (a *App) template(ctx context.Context, provider billing.Provider) model.Template {
	settings := a.Settings().Invoice
	if !settings.ReferenceInMentions {
		return ""
	}
	// An answer that cannot be had leaves it unknown.
	found, _ := billing.New(a.records, provider).Template(ctx, settings.Series)
	return found
}

// completed fills in the stored token and address.
func (a *App) completed(ctx context.Context, credentials model.Credentials) (model.Credentials, error) {
	if credentials.BaseURL == "" {
		credentials.BaseURL = a.account(ctx).BaseURL
	}
	if credentials.Token != "" {
		return credentials, nil
	}
	stored, _, err := a.options.Secrets.Credentials(ctx, a.Settings())
	if stored.Token == "" {
		return credentials, err
	}
	credentials.Token = stored.Token
	return credentials, nil
}

// failedReport reports that not even the first check could be made.
func failedReport(err error) model.ConnectionReport {
	checks := model.UnansweredChecks()
	checks[0].Done, checks[0].Err = true, err
	return model.ConnectionReport{Checks: checks}
}
