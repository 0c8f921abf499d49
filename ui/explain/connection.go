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
