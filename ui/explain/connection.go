package explain

import (
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
)

var checkNames = map[model.CheckName]string{
	model.CheckReached:     "SmartBill reached",
	model.CheckCredentials: "token and e-mail",
	model.CheckCompany:     "company",
	model.CheckSeries:      "series",
	model.CheckRates:       "VAT",
	model.CheckTemplate:    "template",
}

// Check names a check of the connection test.
func Check(name model.CheckName) say.Text { return say.Todo(checkNames[name]) }

// Checked says what a check of the test found, unless it failed; nothing where there is no more to say.
func Checked(name model.CheckName, report model.ConnectionReport) say.Text {
	switch name {
	case model.CheckCompany:
		return say.Same(text.Clean(report.Account.CIF))
	case model.CheckSeries:
		return invoiceSeries(report.Account.Series)
	case model.CheckRates:
		return vatRates(report.Account.Rates)
	case model.CheckTemplate:
		if report.Template == model.TemplateOmits {
			return say.Todo("it prints no mentions → %s", strings.TrimSuffix(model.TemplateNotice, "."))
		}
		return say.Todo("prints references")
	case model.CheckReached, model.CheckCredentials:
	}
	return say.Text{}
}

var settingNames = map[model.SettingName]say.Text{
	model.SettingSeries:         say.In("invoice series", "serie facturi", "számlasorozat"),
	model.SettingProformaSeries: say.In("proforma series", "serie proforme", "díjbekérő-sorozat"),
	model.SettingDomesticRate:   say.In("domestic VAT", "TVA în România", "belföldi áfa"),
	model.SettingReverseCharge:  say.In("reverse charge", "taxare inversă", "fordított adózás"),
	model.SettingOutsideEU:      say.In("outside the EU", "în afara UE", "EU-n kívül"),
	model.SettingReducedRate:    say.In("reduced VAT", "TVA redusă", "kedvezményes áfa"),
	model.SettingExempt:         say.In("exempt from VAT", "scutit de TVA", "adómentes"),
}

// Setting names a setting that has to fit the account.
func Setting(name model.SettingName) say.Text { return settingNames[name] }

// Settled says what a setting stands for in the account, unless it does not fit.
func Settled(check model.SettingCheck) say.Text {
	switch {
	case check.Err != nil:
		return say.Text{}
	case check.Unset:
		return say.In("not chosen yet: Review asks before the first such invoice",
			"nealeasă încă: Verificare întreabă înaintea primei astfel de facturi",
			"még nincs kiválasztva: az Ellenőrzés az első ilyen számla előtt kérdezi meg")
	case check.Series.Name != "":
		return say.Format("%s (next %s)", "%s (următorul %s)", "%s (a következő: %s)",
			text.Clean(check.Series.Name), model.FormatCounter(check.Series.Next))
	}
	return say.Same(text.Clean(check.Rate.String()))
}

// SettingAdvice says what to do about a setting that does not fit the account, nothing where it does.
func SettingAdvice(check model.SettingCheck, front Front) say.Text {
	if check.Err == nil {
		return say.Text{}
	}
	switch check.Name {
	case model.SettingReverseCharge:
		return addOrLeaveOut("vat_reverse_charge")
	case model.SettingOutsideEU:
		return addOrLeaveOut("vat_outside_eu")
	case model.SettingExempt:
		return addOrLeaveOut("vat_exempt")
	case model.SettingProformaSeries:
		return proformaSeriesAdvice()
	case model.SettingSeries, model.SettingDomesticRate, model.SettingReducedRate:
	}
	return Advice(check.Err, front)
}

// addOrLeaveOut says what to do about a tax at 0 % that the account lacks; key is the setting's.
func addOrLeaveOut(key string) say.Text {
	return say.Format("Add the rate in SmartBill (Configurare → Cote TVA), or take %s out of the settings: Review asks then which tax it is.",
		"Adaugă cota în SmartBill (Configurare → Cote TVA) sau scoate %s din setări: Verificare întreabă apoi care este.",
		"Add hozzá a kulcsot a SmartBillben (Configurare → Cote TVA), vagy vedd ki a beállítások közül ezt: %s. Az Ellenőrzés megkérdezi, melyik az.",
		key)
}

// commonSeries is the name that SmartBill's own documents and this program's settings begin with.
const commonSeries = "FCT"

// invoiceSeries names the series of invoices, the most likely one first and with its next number: "FCT (next 0024), ABC".
func invoiceSeries(series []model.Series) say.Text {
	series = slices.DeleteFunc(slices.Clone(series), func(s model.Series) bool { return s.Kind != model.SeriesInvoice })
	if len(series) == 0 {
		return say.Text{}
	}
	likely := max(0, slices.IndexFunc(series, func(s model.Series) bool { return s.Name == commonSeries }))
	names := make([]string, len(series))
	for i, one := range series {
		names[i] = one.Name
	}
	others := slices.Delete(names, likely, likely+1)
	first := fmt.Sprintf("%s (next %s)", series[likely].Name, model.FormatCounter(series[likely].Next))
	return say.Todo(strings.Join(append([]string{first}, others...), ", "))
}

// vatRates lists the rates: "Normala 21 %, Redusa 11 %".
func vatRates(rates model.VATRates) say.Text {
	if len(rates) == 0 {
		return say.Todo("no VAT list (not a VAT payer)")
	}
	names := make([]string, len(rates))
	for i, rate := range rates {
		names[i] = fmt.Sprintf("%s %s %%", rate.Name, rate.Percent)
	}
	return say.Same(strings.Join(names, ", "))
}
