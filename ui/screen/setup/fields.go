package setup

import (
	"errors"
	"strconv"
	"strings"

	"cadensa/model"
	"cadensa/model/taxid"
	"cadensa/model/text"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The keys of the rows.
const (
	rowToken    = "token"
	rowEmail    = "email"
	rowCIF      = "cif"
	rowCurrency = "currency"
	rowStatus   = "vat_status"
	rowRate     = "vat"
	rowTerms    = "payment_terms_days"
	rowSeries   = "series"
	rowProforma = "proforma_series"
	rowFolder   = "pdf_dir"
)

// labelWidth is the room of the longest label, in cells.
const labelWidth = 13

// maxTerms is how many days of payment terms the settings take.
const maxTerms = 366

// errTerms says what the payment terms must be.
var errTerms = errors.New("the payment terms are a number of days from 0 to " + strconv.Itoa(maxTerms))

// fields are the controls of the form.
type fields struct {
	token, email, cif, terms, folder *widget.Field
	currency, status, rate, series   *widget.Picker
	proforma                         *widget.Picker
}

func newFields(colours theme.Theme, s *Screen) *fields {
	return &fields{
		token: widget.NewSecretField(colours), email: widget.NewField(colours), cif: widget.NewField(colours),
		terms: widget.NewField(colours), folder: widget.NewField(colours),
		currency: widget.NewPicker(colours, findCurrencies),
		status:   widget.NewPicker(colours, findStatuses),
		rate:     widget.NewPicker(colours, func(query string) []widget.Choice { return findRates(s.account.KnownRates(), query) }),
		series:   widget.NewPicker(colours, func(query string) []widget.Choice { return findSeries(s.account, query) }),
		proforma: widget.NewPicker(colours, func(query string) []widget.Choice { return findProformaSeries(s.account, query) }),
	}
}

func (f *fields) form(colours theme.Theme) *widget.Form {
	return widget.NewForm(colours, labelWidth,
		&widget.Row{Key: rowToken, Label: "API token", Control: f.token},
		&widget.Row{Key: rowEmail, Label: "Account email", Control: f.email},
		&widget.Row{Key: rowCIF, Label: "Company CIF", Control: f.cif},
		&widget.Row{Key: rowCurrency, Label: "Currency", Control: f.currency},
		&widget.Row{Key: rowStatus, Label: "VAT status", Control: f.status},
		&widget.Row{Key: rowRate, Label: "VAT", Control: f.rate},
		&widget.Row{Key: rowTerms, Label: "Payment terms", Control: f.terms, Hint: "days"},
		&widget.Row{Key: rowSeries, Label: "Series", Control: f.series},
		&widget.Row{Key: rowProforma, Label: "Proformas", Control: f.proforma},
		&widget.Row{Key: rowFolder, Label: "PDF folder", Control: f.folder},
	)
}

// fill puts the settings into the form; the token's field is emptied.
func (f *fields) fill(preferences model.Preferences, account model.Account) {
	f.token.SetValue("")
	f.token.SetStored(preferences.TokenFrom != "")
	f.email.SetValue(text.Clean(preferences.Email))
	f.cif.SetValue(text.Clean(preferences.CIF))
	f.terms.SetValue(strconv.Itoa(preferences.PaymentTermsDays))
	f.folder.SetValue(text.Clean(preferences.PDFFolder))
	f.currency.Choose(plainChoice(preferences.Currency))
	f.status.Choose(statusChoice(preferences.Issuer.Status))
	f.rate.Choose(rateNamed(account.KnownRates(), preferences.Issuer.Rate))
	f.series.Choose(seriesNamed(account, model.SeriesInvoice, preferences.Series))
	f.proforma.Choose(proformaSeriesNamed(account, preferences.ProformaSeries))
}

// know shows the chosen rate and series as another account has them.
func (f *fields) know(account model.Account) {
	f.rate.Choose(rateNamed(account.KnownRates(), f.rate.Value()))
	f.series.Choose(seriesNamed(account, model.SeriesInvoice, f.series.Value()))
	f.proforma.Choose(proformaSeriesNamed(account, f.proforma.Value()))
}

func (f *fields) credentials() model.Credentials {
	return model.Credentials{
		Token: model.Secret(strings.TrimSpace(f.token.Value())),
		Email: text.Collapse(f.email.Value()),
		CIF:   taxid.Normalize(f.cif.Value()),
	}
}

// defaults are the settings of every invoice, in a form that can be compared.
type defaults struct {
	currency, rate, series, proforma, folder string
	status                                   model.VATStatus
	terms                                    int
}

func defaultsOf(preferences model.Preferences) defaults {
	return defaults{
		currency: preferences.Currency, rate: preferences.Issuer.Rate, series: preferences.Series,
		proforma: preferences.ProformaSeries,
		folder:   preferences.PDFFolder, status: preferences.Issuer.Status, terms: preferences.PaymentTermsDays,
	}
}

// over returns preferences with these defaults in the place of their own.
func (d defaults) over(preferences model.Preferences) model.Preferences {
	preferences.Currency, preferences.Series, preferences.PDFFolder = d.currency, d.series, d.folder
	preferences.ProformaSeries = d.proforma
	preferences.Issuer.Rate, preferences.Issuer.Status = d.rate, d.status
	preferences.PaymentTermsDays = d.terms
	return preferences
}

// defaults reads them out of the form; errTerms when the payment terms are no number of days.
func (f *fields) defaults() (defaults, error) {
	read := defaults{
		currency: f.currency.Value(), rate: f.rate.Value(), series: f.series.Value(), proforma: f.proforma.Value(),
		folder: strings.TrimSpace(f.folder.Value()), status: model.VATStatus(f.status.Value()),
	}
	terms, err := strconv.Atoi(strings.TrimSpace(f.terms.Value()))
	if err != nil || terms < 0 || terms > maxTerms {
		return read, errTerms
	}
	read.terms = terms
	return read, nil
}
