package explain_test

import (
	"github.com/shopspring/decimal"

	"cadensa/model"
)

// turnover is what the issuer invoiced before in the year, "" for an invoice whose exchange rate is not known.
func turnover(issuer model.Issuer, lei string) func(*prepared) {
	return func(p *prepared) {
		before := model.Invoice{Kind: model.KindInvoice, Number: "0001", Status: model.StatusIssued, IssueDate: p.IssueDate}
		if lei != "" {
			before.NetLei = decimal.NewNullDecimal(decimal.RequireFromString(lei))
		}
		p.Turnover = issuer.CheckTurnover(p.IssueDate, []model.Invoice{before})
	}
}

// turnovers are invoices that bring the turnover near a threshold, or past it.
func turnovers() []spoiled {
	return []spoiled{
		{"with this invoice the turnover of 2026 comes to 351,437.50 lei, by the invoices known here; above 395,000.00 lei VAT registration " +
			"is due (art. 310)", turnover(model.Issuer{Status: model.VATNonPayer}, "350000")},
		{"with this invoice the turnover of 2026 comes to 395,437.50 lei, above 395,000.00 lei: VAT registration is due the same day, and " +
			"VAT from the invoice that passes the threshold (art. 310)", turnover(model.Issuer{Status: model.VATNonPayer}, "394000")},
		{"with this invoice the turnover of 2026 comes to 4,001,437.50 lei, by the invoices known here; above 5,000,000.00 lei VAT on " +
			"collection ends (art. 282)", turnover(model.Issuer{Status: model.VATPayer, OnCollection: true}, "4000000")},
		{"with this invoice the turnover of 2026 comes to 5,001,437.50 lei, above 5,000,000.00 lei: VAT on collection ends, ask your " +
			"accountant from when (art. 282)", turnover(model.Issuer{Status: model.VATPayer, OnCollection: true}, "5000000")},
		{"the turnover of 2026 is not known whole: documents without an exchange rate are left out, 1 of them",
			turnover(model.Issuer{Status: model.VATNonPayer}, "")},
	}
}
