package model_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

func lei(value string) decimal.NullDecimal { return decimal.NewNullDecimal(amount(value)) }

// What is in force counts, with stornos against it; what never was, or is no more, does not.
func TestTurnover(t *testing.T) {
	document := func(kind model.Kind, status model.Status, net decimal.NullDecimal, on string) model.Invoice {
		return model.Invoice{Kind: kind, Status: status, Number: "0001", NetLei: net, IssueDate: date(t, on)}
	}
	abroad := document(model.KindInvoice, model.StatusIssued, lei("5000"), "2026-05-05")
	abroad.TaxedAbroad = true
	simulated := document(model.KindInvoice, model.StatusIssued, lei("7"), "2026-05-05")
	simulated.Elsewhere = true
	reversed := document(model.KindInvoice, model.StatusReversed, lei("300"), "2026-03-01")
	storno := document(model.KindStorno, model.StatusIssued, lei("-300"), "2026-04-01")
	reversed.Number, storno.Original = "0009", "-0009"
	inParts := document(model.KindInvoice, model.StatusReversed, lei("600"), "2026-03-01")
	first := document(model.KindPartialStorno, model.StatusIssued, lei("-200"), "2026-03-02")
	rest := document(model.KindPartialStorno, model.StatusIssued, lei("-400"), "2027-01-05")
	inParts.Number, first.Original, rest.Original = "0010", "-0010", "-0010"
	partly := document(model.KindInvoice, model.StatusPartlyReversed, lei("1000"), "2026-03-01")
	part := document(model.KindPartialStorno, model.StatusIssued, lei("-900"), "2026-03-02")
	withdrawn := document(model.KindPartialStorno, model.StatusCancelled, lei("-50"), "2026-03-02")
	numberless := document(model.KindInvoice, model.StatusUnknown, lei("11"), "2026-05-05")
	numberless.Number = ""
	invoices := []model.Invoice{
		document(model.KindInvoice, model.StatusIssued, lei("100.10"), "2026-01-01"),
		document(model.KindInvoice, model.StatusCancelling, lei("20.02"), "2026-12-31"),
		document(model.KindInvoice, model.StatusRestoring, lei("3.03"), "2026-06-01"),
		document(model.KindInvoice, model.StatusIssued, decimal.NullDecimal{}, "2026-06-01"),
		abroad, reversed, storno, inParts, first, rest, partly, part,
		// None of these counts.
		document(model.KindInvoice, model.StatusReversed, lei("13"), "2026-03-01"),
		document(model.KindInvoice, model.StatusCancelled, lei("17"), "2026-03-01"),
		document(model.KindInvoice, model.StatusDeleted, lei("19"), "2026-03-01"),
		document(model.KindInvoice, model.StatusDraftSent, lei("23"), "2026-03-01"),
		document(model.KindInvoice, model.StatusRefused, decimal.NullDecimal{}, "2026-03-01"),
		document(model.KindProforma, model.StatusIssued, lei("29"), "2026-03-01"),
		document(model.KindInvoice, model.StatusIssued, lei("31"), "2025-12-31"),
		document(model.KindInvoice, model.StatusIssued, decimal.NullDecimal{}, "2027-01-01"),
		simulated, numberless, withdrawn,
	}
	year := model.TurnoverIn(model.YearPeriod(2026), invoices)
	if year.InRomania.String() != "623.15" || year.Abroad.String() != "5000" || year.Unconverted != 1 {
		t.Errorf("the turnover is %s in Romania, %s abroad, %d unconverted", year.InRomania, year.Abroad, year.Unconverted)
	}
	april := model.TurnoverIn(model.MonthPeriod(2026, 4), invoices)
	if april.InRomania.String() != "-300" || april.Unconverted != 0 {
		t.Errorf("in April it is %s, %d unconverted", april.InRomania, april.Unconverted)
	}
}

func TestThresholds(t *testing.T) {
	for _, test := range []struct {
		name   string
		issuer model.Issuer
		day    string
		want   string
	}{
		{"payer", model.Issuer{Status: model.VATPayer}, "2026-11-22", ""},
		{"payer on collection", model.Issuer{Status: model.VATPayer, OnCollection: true}, "2026-11-22", "collection 5000000"},
		{"payer on collection, next year", model.Issuer{Status: model.VATPayer, OnCollection: true}, "2027-01-01", "collection 5500000"},
		{"payer on collection, before", model.Issuer{Status: model.VATPayer, OnCollection: true}, "2026-02-28", ""},
		{"non-payer", model.Issuer{Status: model.VATNonPayer}, "2026-11-22", "exemption 395000"},
		{"non-payer, first day", model.Issuer{Status: model.VATNonPayer}, "2025-09-01", "exemption 395000"},
		{"non-payer, before", model.Issuer{Status: model.VATNonPayer}, "2025-08-31", ""},
		{"non-payer with a code for the EU", model.Issuer{Status: model.VATNonPayerIntraEU}, "2026-11-22", "exemption 395000"},
	} {
		got := ""
		if threshold, watched := test.issuer.Threshold(date(t, test.day)); watched {
			got = string(threshold.Name) + " " + threshold.Lei.String()
		}
		if got != test.want {
			t.Errorf("%s: the threshold is %q, want %q", test.name, got, test.want)
		}
	}
}

// An invoice is warned of from 80 % of the threshold on, itself included; services abroad are no turnover of a small business.
func TestTurnoverFindings(t *testing.T) {
	nonPayer := model.Issuer{Status: model.VATNonPayer}
	onCollection := model.Issuer{Status: model.VATPayer, OnCollection: true}
	foreign := func(p *model.PreparedInvoice) { p.Client.Country, p.Treatment.Reason = "DE", model.ReasonNonPayerEU }
	inEuro := func(rate string) func(*model.PreparedInvoice) {
		return func(p *model.PreparedInvoice) {
			p.Currency, p.Lines[0].Currency = "EUR", "EUR"
			p.Exchange.Lei = amount(rate)
		}
	}
	for _, test := range []struct {
		name           string
		issuer         model.Issuer
		before, abroad string
		net            string
		change         func(*model.PreparedInvoice)
		want           model.FindingCode
		counted        string
	}{
		{"far", nonPayer, "315999.98", "900000", "0.01", nil, "", ""},
		{"at 80 %", nonPayer, "315999.99", "0", "0.01", nil, model.FindingExemptionNear, "316000"},
		{"at the threshold", nonPayer, "394999.99", "0", "0.01", nil, model.FindingExemptionNear, "395000"},
		{"above it", nonPayer, "395000", "0", "0.01", nil, model.FindingExemptionPassed, "395000.01"},
		{"taxed abroad", nonPayer, "300000", "0", "100000", foreign, "", ""},
		{"in euro", nonPayer, "300000", "0", "10000", inEuro("5.10"), model.FindingExemptionNear, "351000"},
		{"in euro, of no known rate", nonPayer, "300000", "0", "100000", inEuro("0"), "", ""},
		{"a proforma", nonPayer, "300000", "0", "100000", func(p *model.PreparedInvoice) { p.Kind = model.KindProforma }, "", ""},
		{"on collection", onCollection, "3000000", "999999.99", "0.01", nil, model.FindingCollectionNear, "4000000"},
		{"on collection, above it", onCollection, "5000000", "0", "0.01", nil, model.FindingCollectionPassed, "5000000.01"},
		{"a payer", model.Issuer{Status: model.VATPayer}, "9000000", "0", "1", nil, "", ""},
	} {
		home := model.Invoice{
			Kind: model.KindInvoice, Number: "0001", Status: model.StatusIssued, IssueDate: date(t, "2026-01-15"), NetLei: lei(test.before),
		}
		elsewhere := home
		elsewhere.NetLei, elsewhere.TaxedAbroad = lei(test.abroad), true
		invoiced := []model.Invoice{home, elsewhere}
		prepared := goodInvoice()
		prepared.Turnover = test.issuer.CheckTurnover(prepared.IssueDate, invoiced)
		prepared.Lines = []model.Line{row("1", test.net, model.VATRate{})}
		prepared.Treatment = model.Treatment{Reason: model.ReasonNonPayer}
		if test.change != nil {
			test.change(&prepared)
		}
		finding, found := prepared.Validate().For("turnover")
		if finding.Code != test.want {
			t.Errorf("%s: found %q, want %q", test.name, finding.Code, test.want)
		}
		if found && finding.Values[1].(decimal.Decimal).String() != test.counted {
			t.Errorf("%s: the turnover is said to be %s, want %s", test.name, finding.Values[1], test.counted)
		}
	}
}

// What cannot be converted is said, however small the rest is, and is not guessed.
func TestTurnoverThatIsNotKnownWhole(t *testing.T) {
	prepared := goodInvoice()
	prepared.Treatment, prepared.Lines = model.Treatment{Reason: model.ReasonNonPayer}, []model.Line{row("1", "10", model.VATRate{})}
	prepared.Turnover = model.Issuer{Status: model.VATNonPayer}.CheckTurnover(prepared.IssueDate, []model.Invoice{
		{Kind: model.KindInvoice, Number: "0001", Status: model.StatusIssued, IssueDate: date(t, "2026-01-15"), Currency: "EUR"},
	})
	finding, _ := prepared.Validate().For("turnover")
	if finding.Code != model.FindingTurnoverIncomplete || finding.Values[1] != 1 || finding.Severity != model.SeverityWarning {
		t.Errorf("found %+v", finding)
	}
}
