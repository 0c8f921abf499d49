package explain_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// prepared keeps the lines of the table short.
type prepared = model.PreparedInvoice

// goodInvoice is an invoice in which nothing is found.
func goodInvoice() model.PreparedInvoice {
	issued := model.NewDate(2026, time.November, 22)
	return model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: "RO4221306", Series: "FCT", Currency: "RON",
		IssueDate: issued, DueDate: issued.AddDays(30), PreparedOn: issued,
		Client: model.Client{
			Name: "Morii și Fiii SRL", Country: "RO", VATNumber: "RO14399840",
			Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj",
		},
		Lines: []model.Line{{
			Name: "Atlas", Details: "2026-10", Quantity: decimal.RequireFromString("5.75"), Unit: model.UnitHour, Price: decimal.NewFromInt(250), Currency: "RON",
			VAT: model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)}, Supply: model.MonthPeriod(2026, time.October), Tracked: 5 * 3600,
		}},
		Treatment: model.Treatment{Reason: model.ReasonDomestic, Setting: "Normala"},
	}
}

func german(p *prepared) {
	p.Client = model.Client{
		Name: "Mühle GmbH", Country: "DE", VATNumber: "DE136695976", Street: "Mühlweg 1", PostalCode: "10115", City: "Berlin",
	}
}

func inEuro(rate model.ExchangeRate) func(*prepared) {
	return func(p *prepared) {
		german(p)
		p.Currency, p.Lines[0].Currency, p.Exchange = "EUR", "EUR", rate
	}
}

// spoiled is a good invoice with one thing wrong, and what a screen says of it.
type spoiled struct {
	want  string
	spoil func(p *prepared)
}

func spoiledInvoices() []spoiled {
	long := strings.Repeat("x", 301)
	amount := decimal.RequireFromString
	treated := func(reason model.Reason) func(*prepared) {
		return func(p *prepared) { german(p); p.Treatment.Reason = reason }
	}
	return []spoiled{
		{"this is your own company, not a client", func(p *prepared) { p.Client.VATNumber = "4221306" }},
		{"the company name is needed", func(p *prepared) { p.Client.Name = "" }},
		{"the company name has no letter and no digit", func(p *prepared) { p.Client.Name = "…" }},
		{"the company name has 301 characters; e-Factura takes 200: shorten it (BR-RO-L203)", func(p *prepared) { p.Client.Name = long }},
		{"the contact name has 301 characters; e-Factura takes 100: shorten it (BR-RO-L1009)", func(p *prepared) { p.Client.Contact = long }},
		{"this is no trade register number such as J12/345/2006 or J2006000345126: look for a typing slip",
			func(p *prepared) { p.Client.TradeRegister = "J12-345" }},
		{"the phone number has 301 characters; e-Factura takes 100: shorten it (BR-RO-L1010)", func(p *prepared) { p.Client.Phone = long }},
		{"the check digits of this IBAN are wrong: look for a typing slip", func(p *prepared) { p.Client.IBAN = "RO49AAAA1B31007593840001" }},
		{"SmartBill prints the identity card with the delegate's name only: type the name",
			func(p *prepared) { p.Client.DelegateIdentityCard = "CJ 123456" }},
		{"SmartBill prints the car with the delegate's name and identity card only: type both",
			func(p *prepared) { p.Client.Delegate, p.Client.DelegateCar = "Ion Pop", "CJ 01 AAA" }},
		{"this is not an e-mail address: it has a name, an @ and a domain", func(p *prepared) { p.Client.Email = "ana" }},
		{
			"the e-mail address is longer than 100 characters: give another (BR-RO-L1011)",
			func(p *prepared) { p.Client.Email = long + "@morii.example" },
		},
		{"choose the country", func(p *prepared) { p.Client.Country = "" }},
		{"the street is needed", func(p *prepared) { p.Client.Street = "" }},
		{"the street has 301 characters; e-Factura takes 150: shorten it (BR-RO-L152)", func(p *prepared) { p.Client.Street = long }},
		{
			"street and postal code together are longer than 150 characters: shorten the street (BR-RO-L152)",
			func(p *prepared) { p.Client.Street = long[:149] },
		},
		{"the postal code is needed (a single - if the country has none)", func(p *prepared) { p.Client.PostalCode = "" }},
		{"the postal code is longer than 20 characters: shorten it (BR-RO-L0202)", func(p *prepared) { p.Client.PostalCode = long[:21] }},
		{"a Romanian postal code has 6 digits", func(p *prepared) { p.Client.PostalCode = "40001" }},
		{
			"postal codes of Bucharest begin with 01 to 06; check the code or the county",
			func(p *prepared) { p.Client.County, p.Client.City = "București", "Sector 4" },
		},
		{"this is a postal code of Bucharest, Sector 2; check the code or the county", func(p *prepared) { p.Client.PostalCode = "020335" }},
		{"this is a postal code of Sector 3; check the code or the sector", func(p *prepared) {
			p.Client.County, p.Client.City, p.Client.PostalCode = "București", "Sector 4", "030167"
		}},
		{"this is a postal code of county Iași; check the code or the county", func(p *prepared) { p.Client.PostalCode = "700001" }},
		{"the city is needed", func(p *prepared) { p.Client.City = "" }},
		{"the city has 301 characters; e-Factura takes 50: shorten it (BR-RO-L0502)", func(p *prepared) { p.Client.City = long }},
		{"choose one of the 42 counties; by the postal code it is Cluj (BR-RO-111)", func(p *prepared) { p.Client.County = "Pest" }},
		{"choose one of the 42 counties (BR-RO-111)", func(p *prepared) { p.Client.County, p.Client.PostalCode = "Pest", "-" }},
		{
			"in Bucharest the city is Sector 1 to Sector 6; choose one (BR-RO-101)",
			func(p *prepared) { p.Client.County, p.Client.City = "București", "București" },
		},
		{
			"in Bucharest the city is Sector 1 to Sector 6; by the postal code it is Sector 3 (BR-RO-101)",
			func(p *prepared) {
				p.Client.County, p.Client.City, p.Client.PostalCode = "București", "București", "030011"
			},
		},
		{
			"this is not a valid personal code (CNP): thirteen zeros are sent in its place",
			func(p *prepared) { p.Client.Private, p.Client.VATNumber = true, "1630615123458" },
		},
		{
			"ANAF knows a Romanian company by its CUI: enter it, or thirteen zeros are sent as for a private person (BR-RO-120)",
			func(p *prepared) { p.Client.VATNumber = "" },
		},
		{"without a VAT number there is no reverse charge, and Romanian VAT is due: enter it if there is one (BR-AE-02)", func(p *prepared) {
			german(p)
			p.Client.VATNumber = ""
		}},
		{"VIES says that this number is not valid: ask the client, or Romanian VAT is due", func(p *prepared) {
			german(p)
			p.Client.VATProof = &model.VATProof{Country: "DE", Number: "136695976"}
		}},
		{
			"the check digit of this CUI is wrong, and ANAF will reject the invoice: look for a typing slip",
			func(p *prepared) { p.Client.VATNumber = "RO12345678" },
		},

		{"the days to pay are a number from 0 to 366: enter one, or none", func(p *prepared) { p.Client.PaymentTermsDays = new(367) }},
		{"quantities have from 2 to 6 decimals: enter one of these, or none", func(p *prepared) { p.Client.QuantityDecimals = 7 }},
		{"SmartBill does not take the currency XXX; choose one of its list", func(p *prepared) { p.Client.Currency = "XXX" }},
		{"SmartBill does not print HU; choose RO, EN, DE, FR, IT or ES", func(p *prepared) { p.Client.Language = "HU" }},
		{
			"there is no VAT reason because; choose domestic, reverse-charge, outside-eu, standard, reduced, education, tuition, medical, therapy " +
				"or exempt",
			func(p *prepared) { p.Client.VATReason = "because" },
		},
		{"the note has 200 characters; beside the words that the law wants e-Factura has room for 178: shorten it (BR-RO-L302)", func(p *prepared) {
			german(p)
			p.Client.Note = long[:200]
		}},
		{"no day invoice can decide the VAT; choose work or report", func(p *prepared) { p.Client.SupplyDate = "invoice" }},
		{"the note has 301 characters; e-Factura takes 300: shorten it (BR-RO-L302)", func(p *prepared) { p.Client.Note = long }},
		{"reverse charge within Romania is for the goods that the law lists, not for hours; let the VAT be proposed", func(p *prepared) {
			p.Client.VATReason = model.ReasonReverseCharge
		}},
		{"e-Factura wants the buyer's number for a reverse charge; enter it (BR-AE-02)", func(p *prepared) {
			german(p)
			p.Client.VATNumber, p.Client.VATReason = "", model.ReasonReverseCharge
		}},
		{
			"without a price the settings' rules hold, and the rest of this one is not used; enter it",
			func(p *prepared) { p.Client.Unit = "day" },
		},
		{"the price is a number above 0, with at most 4 decimals, such as 250 or 250.50", func(p *prepared) { p.Client.Price = "much" }},
		{"1.250 can mean 1250 or 1.25; type one of these", func(p *prepared) { p.Client.Price = "1.250" }},
		{"there is no unit week; choose hour, day or item", func(p *prepared) { p.Client.Price, p.Client.Unit = "10", "week" }},
		{"this is a number of minutes up to a day, such as 15; 0 for none", func(p *prepared) { p.Client.RoundingStep = "soon" }},
		{"nothing is rounded sideways; choose up, nearest or down", func(p *prepared) { p.Client.RoundingDirection = "sideways" }},
		{"what is rounded as one is an entry, a day or a line, not week", func(p *prepared) { p.Client.RoundingScope = "week" }},
		{
			"write how many days from how many hours on, such as: 0.5 from 1s, 1 from 6h",
			func(p *prepared) { p.Client.DayThresholds = "half a day" },
		},
		{"these are for the unit day; choose it, or take them away", func(p *prepared) { p.Client.DayThresholds = "1 from 1s" }},

		{"choose a series in Setup", func(p *prepared) { p.Series = "" }},
		{
			"choose a series for proformas in Setup (SmartBill: Configurare → Serii documente, type Proforma)",
			func(p *prepared) { *p = p.AsProforma("") },
		},
		{"the company's CIF is missing: see Setup", func(p *prepared) { p.CIF = "" }},
		{"the mentions are longer than 300 characters: shorten the note (BR-RO-L302)", func(p *prepared) { p.Note = long }},
		{"the issue date is missing", func(p *prepared) { p.IssueDate = model.Date{} }},
		{"the issue date 2026-11-23 is in the future: an invoice bears the day on which it is made, or an earlier one", func(p *prepared) {
			p.IssueDate = p.IssueDate.AddDays(1)
		}},
		{"the issue date 2024-11-22 is more than a year back: it has to be confirmed", func(p *prepared) { p.IssueDate.Year = 2024 }},
		{"the issue date 2023-11-22 is more than a year back", func(p *prepared) {
			p.IssueDate.Year = 2023
			p.Confirmed = []model.Date{p.IssueDate}
		}},
		{
			"the issue date is 2026-11-13: e-Factura wanted the invoice by 2026-11-20, 5 working days after its date",
			func(p *prepared) { p.IssueDate.Day = 13 },
		},
		{
			"the last invoice of the series is of 2026-11-23: numbers should follow the dates",
			func(p *prepared) { p.Preceding = p.IssueDate.AddDays(1) },
		},
		{"hours of 2026-10-31 lie after the issue date", func(p *prepared) { p.IssueDate = model.NewDate(2026, time.October, 30) }},
		{
			"the VAT has changed since the hours of 2025-07-01: i asks whether the day of the work decides, or that of the report",
			func(p *prepared) { p.Lines[0].Supply = model.MonthPeriod(2025, time.July) },
		},
		{"the report is of 2026-11-23, after the issue date: give an earlier day", func(p *prepared) {
			p.SupplyDate, p.ReportDate = model.SupplyByReport, p.IssueDate.AddDays(1)
		}},
		{"the report is of 2026-10-30, and hours of 2026-10-31 are on the invoice: check the day", func(p *prepared) {
			p.SupplyDate, p.ReportDate = model.SupplyByReport, model.NewDate(2026, time.October, 30)
		}},
		{"the due date is missing: give one on Review (BR-CO-25)", func(p *prepared) { p.DueDate = model.Date{} }},
		{"the due date is before the issue date: give a later one (BR-CO-25)", func(p *prepared) { p.DueDate = p.IssueDate.AddDays(-1) }},
		{
			"the due date 2027-12-22 is more than a year after the issue date: it has to be confirmed",
			func(p *prepared) { p.DueDate.Year = 2027 },
		},

		{"SmartBill does not take the currency BTC", func(p *prepared) { p.Currency = "BTC" }},
		{"an invoice between Romanian companies is usually in lei", func(p *prepared) { p.Currency = "EUR" }},
		{
			"this client is billed in EUR, these lines in RON: check the rules, or the client's currency",
			func(p *prepared) { p.Client.Currency = "EUR" },
		},
		{"an exchange rate is above 0: type what 1 EUR is worth in lei", inEuro(model.ExchangeRate{Source: model.RateTyped})},
		{
			"no rate of EUR is known, and SmartBill would take its own: look it up, or type what 1 EUR is worth in lei",
			inEuro(model.ExchangeRate{}),
		},
		{"1 EUR = 50.9 RON is far from the published 5.0891: look again", inEuro(model.ExchangeRate{
			Lei: amount("50.9"), Source: model.RateTyped, Published: amount("5.0891"),
		})},
		{"the exchange rate is of 2026-11-14: look up a newer one", inEuro(model.ExchangeRate{
			Lei: amount("5.0891"), Source: "BNR", Date: model.NewDate(2026, time.November, 14),
		})},
		{
			"the discount is a percentage or a value: give one of them",
			func(p *prepared) { p.Discount = model.Discount{Percent: amount("1"), Value: amount("1")} },
		},
		{"a discount below 0 would raise the invoice: give one above 0", func(p *prepared) { p.Discount.Percent = amount("-1") }},
		{"a discount is 100 % at most", func(p *prepared) { p.Discount.Percent = amount("101") }},
		{"the discount of 1,437.51 is more than the net 1,437.50: give less", func(p *prepared) { p.Discount.Value = amount("1437.51") }},
		{"the discount has more than 2 decimals: round it (BR-DEC-01)", func(p *prepared) { p.Discount.Value = amount("1.005") }},
		{"a discount cannot lower line 1, which is negative: lower the prices instead", func(p *prepared) {
			p.Discount.Percent, p.Lines[0].Quantity = amount("1"), amount("-1")
		}},
		{
			"electronic services to a consumer in the EU are taxed in the consumer's country (OSS): these hours are taken for other services",
			treated(model.ReasonConsumer),
		},
		{"some services to a person outside the EU are not taxable in Romania: choose the VAT that fits", treated(model.ReasonConsumerThird)},
		{
			"before services to an EU company the issuer needs a code for them (art. 317): " +
				"if you have it, set vat_status = \"non-payer-intra-eu\"",
			treated(model.ReasonNonPayerEU),
		},
		{"an invoice with reverse charge bears the buyer's VAT number (art. 319): enter it on Bill To", func(p *prepared) {
			treated(model.ReasonReverseCharge)(p)
			p.Client.VATNumber = ""
		}},
		{
			"reverse charge within Romania is for the goods that the law lists, not for hours",
			func(p *prepared) { p.Treatment.Reason = model.ReasonReverseCharge },
		},
		{"a VAT number that is not valid carries no reverse charge: correct it on Bill To, or choose the VAT", func(p *prepared) {
			treated(model.ReasonNoVATNumber)(p)
			p.Client.VATNumber = "DE136695977"
		}},
		{
			"VIES has not confirmed the VAT number: look it up on Bill To, its answer is the proof for the reverse charge",
			treated(model.ReasonReverseCharge),
		},
		{
			"the reverse charge rests on a VAT number that is not valid: keep other proof that the buyer is a business",
			func(p *prepared) {
				treated(model.ReasonReverseCharge)(p)
				p.Client.VATNumber, p.Treatment.Basis = "DE136695977", model.BasisChosen
			},
		},
		{
			"taxed in Romania, and ANAF knows no buyer by a foreign VAT number: it will reject the invoice. " +
				"Without the number thirteen zeros are sent",
			treated(model.ReasonDomestic),
		},

		{"tick some hours first", func(p *prepared) { p.Lines = nil }},
		{
			"401 lines; SmartBill takes 400: group by project or bill in two invoices",
			func(p *prepared) { p.Lines = slices.Repeat(p.Lines, 401) },
		},
		{"line 1 has no description: a letter or a digit is needed", func(p *prepared) { p.Lines[0].Name = "–" }},
		{"the description of line 1 is longer than 100 characters: shorten it (BR-RO-L1024)", func(p *prepared) { p.Lines[0].Name = long }},
		{"the details of line 1 are longer than 200 characters: shorten them (BR-RO-L212)", func(p *prepared) { p.Lines[0].Details = long }},
		{"the text of line 1 was cut to what e-Factura takes (BR-RO-L1024)", func(p *prepared) { p.Lines[0].Cut = true }},
		{"line 1 says nothing but \"Atlas\": write what was done", func(p *prepared) { p.Lines[0].Details, p.Lines[0].Entries = "", []string{"a"} }},
		{"line 1 deducts an advance of Brisk Kft, another client: take it off", func(p *prepared) {
			p.Lines[0].Reverses = &model.ReversedLine{Invoice: "CAD-AAAAAA", Line: 1, Client: "Brisk Kft"}
		}},
		{"the price of line 1 is negative (BR-27)", func(p *prepared) { p.Lines[0].Price = amount("-1") }},
		{"the price of line 1 has more than 4 decimals: round it", func(p *prepared) { p.Lines[0].Price = amount("1.00001") }},
		{"the quantity of line 1 is zero", func(p *prepared) { p.Lines[0].Quantity = decimal.Zero }},
		{"the quantity of line 1 has more than 6 decimals: round it", func(p *prepared) { p.Lines[0].Quantity = amount("0.3333333") }},
		{
			"the quantity of line 1 has more than 2 decimals: SmartBill may round it",
			func(p *prepared) { p.Lines[0].Quantity = amount("0.333") },
		},
		{"line 1 bills 5.75 h, tracked 5:00", func(p *prepared) { p.Lines[0].Retyped = true }},
		{"the lines are in EUR, the invoice in RON: choose the currency of the lines", func(p *prepared) { p.Lines[0].Currency = "EUR" }},
		{"an invoice has one currency, and these lines have 1,437.50 RON + 1,437.50 EUR: C bills the 1,437.50 RON now, the 1,437.50 EUR next",
			func(p *prepared) {
				p.Lines = append(p.Lines, p.Lines[0])
				p.Lines[0].Currency = "EUR"
			}},
		{"the VAT of line 1 is not decided", func(p *prepared) { p.Lines[0].VAT = model.VATRate{} }},
		{
			"line 1 bears 19 % VAT, but for work of 2026-10-01 the law sets 21 %; add that in SmartBill (Configurare → Cote TVA): " +
				"it has to be confirmed",
			func(p *prepared) { p.Lines[0].VAT.Percent = amount("19") },
		},
		{
			"line 1 bears 22 % VAT, which is no rate of the law on 2026-10-01; choose another in Setup, or look for a newer version of cadensa",
			func(p *prepared) {
				p.Lines[0].VAT.Percent = amount("22")
				p.ConfirmedRates = []model.VATRate{p.Lines[0].VAT}
			},
		},
		{"the reduced rate is for what the law lists (art. 291), not for hours as such", func(p *prepared) {
			p.Treatment = model.Treatment{Reason: model.ReasonReduced, Setting: "11", Basis: model.BasisChosen}
		}},
		{"the mentions name art. 292 alone: say in the note which exemption it is", func(p *prepared) {
			p.Treatment.Reason, p.Lines[0].VAT = model.ReasonExempt, model.VATRate{Name: "SFDD"}
		}},
		{"line 1 bears the reduced rate, which is for what the law lists (art. 291)", func(p *prepared) {
			p.Lines[0].VATReason, p.Lines[0].Treatment = model.ReasonReduced, &model.Treatment{Reason: model.ReasonReduced, Setting: "11"}
		}},
		{"line 1 cannot have a VAT of its own here: the whole invoice bears no Romanian VAT", func(p *prepared) {
			german(p)
			p.Treatment.Reason, p.Lines[0].VATReason = model.ReasonReverseCharge, model.ReasonReduced
		}},
		{
			"line 1 bears no VAT (SFDD): that is for services that the law exempts (art. 292)",
			func(p *prepared) { p.Lines[0].VAT = model.VATRate{Name: "SFDD"} },
		},
	}
}

// Every code is found in some invoice, and said with its values; a command names no key and no screen.
func TestEveryFindingIsSaid(t *testing.T) {
	said := map[model.FindingCode]bool{}
	for _, test := range slices.Concat(spoiledInvoices(), turnovers(), hoursOfOthers()) {
		prepared := goodInvoice()
		test.spoil(&prepared)
		var all []string
		inBook := model.Preferences{Issuer: model.Issuer{Status: model.VATPayer}, PrintIntent: true}.CheckClient(prepared.Client)
		for _, finding := range slices.Concat(prepared.Validate(), inBook) {
			said[finding.Code] = true
			onScreen, inCommand := explain.FindingWithRule(finding).In(say.English), explain.Finding(finding, explain.Command).In(say.English)
			all = append(all, onScreen)
			if inCommand == "" || strings.HasSuffix(inCommand, ".") || strings.Contains(inCommand, "%!") {
				t.Errorf("%s is said as %q", finding.Code, inCommand)
			}
			if key := regexp.MustCompile(`\b(press|tick|Setup|Review|Bill To|History|Time screen)\b`).FindString(inCommand); key != "" {
				t.Errorf("a command says %q in %q", key, inCommand)
			}
		}
		if !slices.Contains(all, test.want) {
			t.Errorf("found %q, want %q", all, test.want)
		}
	}
	source, err := os.ReadFile("../../model/finding.go")
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`FindingCode = "([a-z-]+)"`).FindAllSubmatch(source, -1)
	for _, code := range codes {
		if !said[model.FindingCode(code[1])] {
			t.Errorf("%s is found in no invoice", code[1])
		}
	}
	if len(codes) != len(said) {
		t.Errorf("%d codes are listed, %d were found", len(codes), len(said))
	}
	if findings := goodInvoice().Validate(); len(findings) > 0 {
		t.Errorf("found in a good invoice: %v", findings)
	}
}

// What keeps an invoice back is an error that billing gives, too.
func TestFindingsAsAnError(t *testing.T) {
	prepared := goodInvoice()
	prepared.Client.Street, prepared.Series = "", ""
	what, advice := explain.Error(prepared.Validate(), explain.Command)
	if got := what.In(say.English); got != "the street is needed; choose a series: --series, or series in the settings" || !advice.IsEmpty() {
		t.Errorf("%q, %q", got, advice.In(say.English))
	}
}
