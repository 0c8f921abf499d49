package app

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/text"
)

// Preferences are the settings that screens need.
func (a *App) Preferences(ctx context.Context) (model.Preferences, error) {
	settings := a.Settings()
	clients, err := a.records.Clients(ctx)
	if err != nil {
		return model.Preferences{}, err
	}
	account := a.account(ctx)
	rules := model.ClientRules(clients, settings.Rules, settings.Invoice.Currency)
	return model.Preferences{
		Email: account.Email, CIF: account.CIF, BaseURL: account.BaseURL, TokenFrom: a.tokenPlace(ctx),
		Series: settings.Invoice.Series, ProformaSeries: settings.Invoice.ProformaSeries, Currency: settings.Invoice.Currency,
		Issuer: settings.Issuer(), SupplyDate: settings.Invoice.SupplyDate, LineTexts: settings.LineTexts(), UnitNames: settings.Invoice.Units,
		QuantityDecimals: model.NewQuantityDecimals(settings.Invoice.QuantityDecimals, clients),
		PaymentTermsDays: settings.Invoice.PaymentTermsDays, SaveClient: settings.Invoice.SaveClient,
		EmailAfterIssue: settings.Invoice.EmailAfterIssue, EmailSubject: settings.Invoice.EmailSubject,
		EmailMessage: settings.Invoice.EmailMessage,
		PrintIntent:  settings.Invoice.ReferenceInMentions, PDFFolder: a.PDFFolder(),
		Rules: append(rules, settings.Rules...), ClientRules: len(rules), Sources: settings.Sources,
		SettingsFile: a.paths.Settings, Clients: clients, Theme: string(settings.Theme),
	}, nil
}

// SaveConnection saves account and token, and returns where the token went. An empty token stays as stored. The token goes first:
// without it the account is useless.
func (a *App) SaveConnection(ctx context.Context, credentials model.Credentials) (string, error) {
	where := ""
	if credentials.Token != "" {
		source, err := a.options.Secrets.SaveToken(ctx, a.paths.Settings, strings.TrimSpace(credentials.Email), credentials.Token)
		if err != nil {
			return "", err
		}
		where = string(source)
	}
	return where, a.write(ctx, config.Edit{Section: "smartbill", Key: "email", Value: strings.TrimSpace(credentials.Email)},
		config.Edit{Section: "smartbill", Key: "cif", Value: strings.TrimSpace(credentials.CIF)})
}

// SaveDefaults saves the defaults of new invoices.
func (a *App) SaveDefaults(ctx context.Context, defaults model.Preferences) error {
	edits := []config.Edit{
		{Section: "invoice", Key: "series", Value: defaults.Series},
		{Section: "invoice", Key: "proforma_series", Value: defaults.ProformaSeries},
		{Section: "invoice", Key: "currency", Value: defaults.Currency},
		{Section: "invoice", Key: "vat", Value: defaults.Issuer.Rate},
		{Section: "invoice", Key: "vat_reason", Value: string(defaults.Issuer.Usual)},
		{Section: "invoice", Key: "vat_status", Value: string(defaults.Issuer.Status)},
		{Section: "invoice", Key: "vat_on_collection", Value: defaults.Issuer.OnCollection},
		{Section: "invoice", Key: "payment_terms_days", Value: defaults.PaymentTermsDays},
		{Section: "invoice", Key: "quantity_decimals", Value: defaults.QuantityDecimals.Usual},
	}
	if defaults.Theme != string(a.Settings().Theme) {
		edits = append(edits, config.Edit{Key: "theme", Value: defaults.Theme})
	}
	if defaults.PDFFolder != a.PDFFolder() {
		if err := a.paths.CheckPDFDir(defaults.PDFFolder); err != nil {
			return err
		}
		edits = append(edits, config.Edit{Section: "invoice", Key: "pdf_dir", Value: defaults.PDFFolder})
	}
	return a.write(ctx, edits...)
}

// AddRule puts a rule before the others of the settings.
func (a *App) AddRule(ctx context.Context, rule model.Rule) (model.Preferences, error) {
	return a.edited(ctx, config.AddRule(a.paths.Settings, rule))
}

// ChangeRule replaces a rule of the settings.
func (a *App) ChangeRule(ctx context.Context, place model.RulePlace, rule model.Rule) (model.Preferences, error) {
	return a.edited(ctx, config.ChangeRule(a.paths.Settings, place, rule))
}

// RemoveRule deletes a rule of the settings.
func (a *App) RemoveRule(ctx context.Context, place model.RulePlace) (model.Preferences, error) {
	return a.edited(ctx, config.RemoveRule(a.paths.Settings, place))
}

// MoveRule swaps a rule of the settings with the next one, or with the one before.
func (a *App) MoveRule(ctx context.Context, place model.RulePlace, later bool) (model.Preferences, error) {
	return a.edited(ctx, config.MoveRule(a.paths.Settings, place, later))
}

// edited returns the settings after a change of rules or sources, also if the file held others and refused it.
func (a *App) edited(ctx context.Context, failure error) (model.Preferences, error) {
	if failure != nil && !errors.Is(failure, config.ErrRuleChanged) && !errors.Is(failure, config.ErrSourceChanged) {
		return model.Preferences{}, failure
	}
	preferences, err := a.saved(ctx)
	return preferences, errors.Join(failure, err)
}

// ChangeSource replaces a source of the settings.
func (a *App) ChangeSource(ctx context.Context, place model.SourcePlace, source model.Source) (model.Preferences, error) {
	return a.edited(ctx, config.ChangeSource(a.paths.Settings, place, source))
}

// RemoveSource deletes a source of the settings. Its files stay.
func (a *App) RemoveSource(ctx context.Context, place model.SourcePlace) (model.Preferences, error) {
	return a.edited(ctx, config.RemoveSource(a.paths.Settings, place))
}

// SetLineTexts saves the templates of line names and details.
func (a *App) SetLineTexts(ctx context.Context, texts model.LineTexts) (model.Preferences, error) {
	return a.change(ctx, config.Edit{Section: "invoice", Key: "line_name", Value: texts.Name},
		config.Edit{Section: "invoice", Key: "line_details", Value: texts.Details})
}

// NameTax saves which of the account's taxes at 0 % serves a reason. model.ErrInvalidField unless the reason is
// model.ReasonReverseCharge, model.ReasonOutsideEU or an exemption, model.ErrVATRateMissing if the account has no such tax at 0 %.
func (a *App) NameTax(ctx context.Context, reason model.Reason, name string) (model.Preferences, error) {
	key := config.TaxKey(reason)
	if key == "" {
		return model.Preferences{}, fmt.Errorf("no tax is named for the reason %q: %w", string(reason), model.ErrInvalidField)
	}
	account, err := a.Account(ctx)
	if err != nil {
		return model.Preferences{}, err
	}
	tax, err := account.KnownRates().Zero().Resolve(name)
	if err != nil {
		return model.Preferences{}, err
	}
	return a.change(ctx, config.Edit{Section: "invoice", Key: key, Value: tax.Name})
}

// SetDateOrder saves the order of a source's dates, "dmy" or "mdy". The source is named by model.Source.Name.
func (a *App) SetDateOrder(ctx context.Context, source, order string) (model.Preferences, error) {
	return a.setOnSources(ctx, source, "date_order", order)
}

// SetFormat saves of which format a source is. The source is named by model.Source.Name.
func (a *App) SetFormat(ctx context.Context, source, format string) (model.Preferences, error) {
	return a.setOnSources(ctx, source, "format", format)
}

// setOnSources saves a setting of every source of the name.
func (a *App) setOnSources(ctx context.Context, name, key, value string) (model.Preferences, error) {
	var edits []config.Edit
	for i, known := range a.Settings().Sources {
		if known.Name() == name {
			edits = append(edits, config.Edit{Section: config.SourceSection(i), Key: key, Value: value})
		}
	}
	if len(edits) == 0 {
		return model.Preferences{}, fmt.Errorf("set the %s: no source of the settings is named %s", key, text.Clean(name))
	}
	return a.change(ctx, edits...)
}

// change saves settings and returns the new preferences.
func (a *App) change(ctx context.Context, edits ...config.Edit) (model.Preferences, error) {
	if err := a.write(ctx, edits...); err != nil {
		return model.Preferences{}, err
	}
	return a.Preferences(ctx)
}

func (a *App) write(ctx context.Context, edits ...config.Edit) error {
	if err := config.Change(a.paths.Settings, edits...); err != nil {
		return err
	}
	return a.reload(ctx)
}

// saved reads the settings again and returns the new preferences.
func (a *App) saved(ctx context.Context) (model.Preferences, error) {
	if err := a.reload(ctx); err != nil {
		return model.Preferences{}, err
	}
	return a.Preferences(ctx)
}
