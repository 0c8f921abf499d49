package setup

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/taxid"
	"cadensa/model/text"
	"cadensa/ui/screen"
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
	rowDecimals = "quantity_decimals"
	rowSeries   = "series"
	rowProforma = "proforma_series"
	rowFolder   = "pdf_dir"
	rowTheme    = "theme"
)

// labelWidth is the room of the longest label, in cells.
const labelWidth = 13

// maxTerms is how many days of payment terms the settings take.
const maxTerms = 366

var errTerms = errors.New("the payment terms are a number of days from 0 to " + strconv.Itoa(maxTerms))

type fields struct {
	token, email, cif, terms, folder *widget.Field
	currency, status, rate, series   *widget.Picker
	proforma, decimals, theme        *widget.Picker
}

func newFields(colours theme.Theme, s *Screen) *fields {
	return &fields{
		token: widget.NewSecretField(colours), email: widget.NewField(colours), cif: widget.NewField(colours),
		terms: widget.NewField(colours), folder: widget.NewField(colours),
		currency: widget.NewPicker(colours, screen.Matching(screen.PlainChoices(model.Currencies()...))),
		status:   widget.NewPicker(colours, findStatuses),
		rate:     widget.NewPicker(colours, func(query string) []widget.Choice { return s.findRates(query) }),
		series:   widget.NewPicker(colours, func(query string) []widget.Choice { return findSeries(s.account, query) }),
		proforma: widget.NewPicker(colours, func(query string) []widget.Choice { return findProformaSeries(s.account, query) }),
		decimals: widget.NewPicker(colours, screen.Matching(decimalChoices())),
		theme:    widget.NewPicker(colours, screen.Matching(screen.PlainChoices(themes()...))),
	}
}

func themes() []string { return []string{string(theme.Auto), string(theme.Light), string(theme.Dark)} }

func (f *fields) form(env screen.Env) *widget.Form {
	colours := env.Theme
	return widget.NewForm(colours, labelWidth,
		&widget.Row{Key: rowToken, Label: "API token", Control: f.token},
		&widget.Row{Key: rowEmail, Label: "Account email", Control: f.email},
		&widget.Row{Key: rowCIF, Label: "Company CIF", Control: f.cif},
		&widget.Row{Key: rowCurrency, Label: "Currency", Control: f.currency},
		&widget.Row{Key: rowStatus, Label: "VAT status", Control: f.status},
		&widget.Row{Key: rowRate, Label: "VAT", Control: f.rate},
		&widget.Row{Key: rowTerms, Label: "Payment terms", Control: f.terms, Hint: "days"},
		&widget.Row{Key: rowDecimals, Label: "Decimals", Control: f.decimals, Hint: "of quantities"},
		&widget.Row{Key: rowSeries, Label: "Series", Control: f.series},
		&widget.Row{Key: rowProforma, Label: "Proformas", Control: f.proforma},
		&widget.Row{Key: rowFolder, Label: "PDF folder", Control: f.folder},
		&widget.Row{Key: rowTheme, Label: env.Say(say.In("Theme", "Temă", "Téma")), Control: f.theme,
			Hint: env.Say(say.In("from the next start on", "de la următoarea pornire", "a következő indítástól"))},
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
	f.decimals.Choose(screen.PlainChoice(strconv.Itoa(preferences.QuantityDecimals.Of(model.Client{}))))
	f.currency.Choose(screen.PlainChoice(preferences.Currency))
	f.theme.Choose(screen.PlainChoice(preferences.Theme))
	f.status.Choose(statusChoice(vatStatusOf(preferences.Issuer)))
	f.rate.Choose(usualChoice(account.KnownRates(), usualVATOf(preferences.Issuer)))
	f.series.Choose(seriesNamed(account, model.SeriesInvoice, preferences.Series))
	f.proforma.Choose(proformaSeriesNamed(account, preferences.ProformaSeries))
}

// refreshChoices shows the chosen rate and series as another account has them.
func (f *fields) refreshChoices(account model.Account) {
	f.rate.Choose(usualChoice(account.KnownRates(), f.usualVAT()))
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
	currency, series, proforma, folder string
	theme                              string
	usual                              usualVAT
	status                             vatStatus
	terms, decimals                    int
}

func defaultsOf(preferences model.Preferences) defaults {
	return defaults{
		currency: preferences.Currency, usual: usualVATOf(preferences.Issuer), series: preferences.Series,
		proforma: preferences.ProformaSeries,
		folder:   preferences.PDFFolder, status: vatStatusOf(preferences.Issuer), terms: preferences.PaymentTermsDays,
		decimals: preferences.QuantityDecimals.Of(model.Client{}), theme: preferences.Theme,
	}
}

// over returns preferences with these defaults in the place of their own.
func (d defaults) over(preferences model.Preferences) model.Preferences {
	preferences.Currency, preferences.Series, preferences.PDFFolder = d.currency, d.series, d.folder
	preferences.ProformaSeries, preferences.Theme = d.proforma, d.theme
	preferences.Issuer.Rate, preferences.Issuer.Usual = d.usual.rate, d.usual.reason
	preferences.Issuer.Status, preferences.Issuer.OnCollection = d.status.status, d.status.onCollection
	preferences.PaymentTermsDays, preferences.QuantityDecimals.Usual = d.terms, d.decimals
	return preferences
}

// defaults reads them out of the form; errTerms when the payment terms are no number of days.
func (f *fields) defaults() (defaults, error) {
	read := defaults{
		currency: f.currency.Value(), usual: f.usualVAT(), series: f.series.Value(), proforma: f.proforma.Value(),
		folder: strings.TrimSpace(f.folder.Value()), status: f.vatStatus(), theme: f.theme.Value(),
	}
	// The picker offers numbers alone.
	read.decimals, _ = strconv.Atoi(f.decimals.Value())
	terms, err := strconv.Atoi(strings.TrimSpace(f.terms.Value()))
	if err != nil || terms < 0 || terms > maxTerms {
		return read, errTerms
	}
	read.terms = terms
	return read, nil
}

// defaults reads them out of the form, as fields.defaults does; a model.LoosePathError for a new folder that is not a full path.
func (s *Screen) defaults() (defaults, error) {
	typed, err := s.fields.defaults()
	if err == nil && typed.folder != s.stored.PDFFolder {
		err = model.CheckSettingPath(typed.folder)
	}
	return typed, err
}

// rowOf is the row of the default that is wrong.
func rowOf(err error) string {
	if _, loose := errors.AsType[*model.LoosePathError](err); loose {
		return rowFolder
	}
	return rowTerms
}

// decimalChoices are the numbers of decimals that quantities may have.
func decimalChoices() []widget.Choice {
	var numbers []string
	for decimals := model.MinQuantityDecimals; decimals <= model.MaxQuantityDecimals; decimals++ {
		numbers = append(numbers, strconv.Itoa(decimals))
	}
	return screen.PlainChoices(numbers...)
}

// usualSeries is the name that SmartBill's accounts begin with, and the program's own default.
const usualSeries = "FCT"

// vatStatus is how the company stands to VAT: two settings, which the form asks as one.
type vatStatus struct {
	status       model.VATStatus
	onCollection bool
}

func vatStatusOf(issuer model.Issuer) vatStatus { return vatStatus{issuer.Status, issuer.OnCollection} }

// statusWords say what they mean (Cod fiscal art. 316, 282, 310, 317).
var statusWords = map[vatStatus]string{
	{model.VATPayer, false}:           "registered for VAT",
	{model.VATPayer, true}:            "registered for VAT, on collection",
	{model.VATNonPayer, false}:        "not registered for VAT",
	{model.VATNonPayerIntraEU, false}: "not registered; EU code only (art. 317)",
}

// collectionKey marks the key of a status with VAT on collection.
const collectionKey = " on collection"

func (v vatStatus) key() string {
	if v.onCollection {
		return string(v.status) + collectionKey
	}
	return string(v.status)
}

func (f *fields) vatStatus() vatStatus {
	status, onCollection := strings.CutSuffix(f.status.Value(), collectionKey)
	return vatStatus{model.VATStatus(status), onCollection}
}

func statusChoice(status vatStatus) widget.Choice {
	if words, ok := statusWords[status]; ok {
		return widget.Choice{Key: status.key(), Text: words}
	}
	return screen.PlainChoice(status.key())
}

func findStatuses(query string) []widget.Choice {
	var found []widget.Choice
	for _, status := range model.VATStatuses() {
		found = append(found, statusChoice(vatStatus{status: status}))
		if status == model.VATPayer {
			found = append(found, statusChoice(vatStatus{status, true}))
		}
	}
	return screen.Matching(found)(query)
}

// rateChoice is a tax of the account. Its key is what the setting says: the name where that is enough to find it again,
// else the percentage.
func rateChoice(rates model.VATRates, rate model.VATRate) widget.Choice {
	choice := widget.Choice{Key: rate.Name, Text: text.Clean(rate.Name) + " " + rate.Percent.String() + " %"}
	if first, _ := rates.ByName(rate.Name); !first.Equal(rate) {
		choice.Key = rate.Percent.String()
	}
	return choice
}

// rateNamed is the tax that a setting names, or the setting itself when the account lacks it.
func rateNamed(rates model.VATRates, setting string) widget.Choice {
	rate, err := rates.Resolve(setting)
	if err != nil {
		return screen.PlainChoice(setting)
	}
	return widget.Choice{Key: setting, Text: rateChoice(rates, rate).Text}
}

func seriesChoice(series model.Series) widget.Choice {
	return widget.Choice{Key: series.Name, Text: fmt.Sprintf("%s (next %s)", text.Clean(series.Name), model.FormatCounter(series.Next))}
}

// seriesNamed is the account's series of the kind and name, or the name alone when it is not known there.
func seriesNamed(account model.Account, kind model.SeriesKind, name string) widget.Choice {
	if series, ok := account.SeriesNamed(name, kind); ok {
		return seriesChoice(series)
	}
	return screen.PlainChoice(name)
}

func noProformas() widget.Choice { return widget.Choice{Text: "none"} }

// proformaSeriesNamed is seriesNamed for proformas, which may have none.
func proformaSeriesNamed(account model.Account, name string) widget.Choice {
	if name == "" {
		return noProformas()
	}
	return seriesNamed(account, model.SeriesProforma, name)
}

// findProformaSeries finds none and the account's series for proformas. While the account is not known, whatever is typed
// is the name of one.
func findProformaSeries(account model.Account, query string) []widget.Choice {
	found := []widget.Choice{noProformas()}
	for _, series := range account.Series {
		if series.Kind == model.SeriesProforma {
			found = append(found, seriesChoice(series))
		}
	}
	if len(account.Series) == 0 && query != "" {
		return []widget.Choice{screen.PlainChoice(text.Collapse(query))}
	}
	return screen.Matching(found)(query)
}

// findSeries finds the account's invoice series, the usual one first. While the account is not known, whatever is typed
// is the name of a series.
func findSeries(account model.Account, query string) []widget.Choice {
	var usual, others []widget.Choice
	for _, series := range account.Series {
		switch {
		case series.Kind != model.SeriesInvoice:
		case series.Name == usualSeries:
			usual = append(usual, seriesChoice(series))
		default:
			others = append(others, seriesChoice(series))
		}
	}
	found := append(usual, others...) //nolint:gocritic // usual is not used again
	if len(found) > 0 {
		return screen.Matching(found)(query)
	}
	if query == "" {
		query = usualSeries
	}
	return []widget.Choice{screen.PlainChoice(text.Collapse(query))}
}
