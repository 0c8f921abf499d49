package model_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/taxid"
)

// The words of the law by the names that the table below gives them.
var lawsWords = map[string]string{
	"": "", "reverse charge": "Taxare inversă / Reverse charge – art. 278 alin. (2) Cod fiscal, art. 44 și 196 Directiva 2006/112/CE",
	"abroad": "Neimpozabil în România – art. 278 alin. (2) Cod fiscal", "art. 310": "Regim de scutire conform art. 310 Cod fiscal",
	"buyer accounts": "Taxare inversă la beneficiar / Neimpozabil în România, art. 278 alin. (2) Cod fiscal",
	"collection":     "TVA la încasare", "(f)": "Scutit de TVA – art. 292 alin. (1) lit. f) Cod fiscal",
	"(h)": "Scutit de TVA – art. 292 alin. (1) lit. h) Cod fiscal", "(a)": "Scutit de TVA – art. 292 alin. (1) lit. a) Cod fiscal",
	"(c)": "Scutit de TVA – art. 292 alin. (1) lit. c) Cod fiscal", "art. 292": "Scutit de TVA – art. 292 Cod fiscal",
}

const zeros = taxid.AnonymousCNP

// outcome is what an invoice bears, and what is said of it.
func outcome(t *testing.T, status model.VATStatus, client model.Client) string {
	return outcomeOf(t, issuer(status), client)
}

// issuer is one who chose the usual taxes.
func issuer(status model.VATStatus) model.Issuer {
	return model.Issuer{Status: status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD", ExemptRate: "SFDD"}
}

func outcomeOf(t *testing.T, issuer model.Issuer, client model.Client) string {
	p := preparation()
	client.TrackerNames = []string{"Morii"}
	p.Buyer.Client = client
	p.Preferences.Issuer = issuer
	invoice := prepared(t, p)
	words := "?"
	for name, text := range lawsWords {
		if text == invoice.Treatment.Mention {
			words = name
		}
	}
	var flags, codes []string
	for flag, set := range map[string]bool{
		"taxpayer": invoice.Client.PaysVAT(), "intra-EU code": invoice.Treatment.IntraEUCode,
		"not for e-Factura": invoice.Treatment.IsAbroad(invoice.Client), "ask": invoice.Treatment.IsUndecided(invoice.Client),
	} {
		if set {
			flags = append(flags, flag)
		}
	}
	slices.Sort(flags)
	for _, finding := range invoice.Validate() {
		code := string(finding.Code)
		if problem, ok := slices.Concat(finding.Values, []any{nil})[0].(taxid.Problem); ok {
			code = string(problem.Kind)
		}
		codes = append(codes, code)
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s", invoice.Lines[0].VAT, words, invoice.BuyerCode(), strings.Join(flags, ", "),
		strings.Join(codes, ", "))
}

// One row for each kind of buyer and state of its number, with what the three kinds of issuers send: tax, the law's words, the buyer's
// code, flags, findings. Sources: Cod fiscal art. 267, 278, 310, 316, 317; Directive 2006/112/EC art. 6, 7, 44, 196; ANAF's validator.
func TestTreatmentTable(t *testing.T) {
	company := func(country, code, number string) model.Client {
		return model.Client{Name: "Mill", Country: country, Street: "Mill 1", PostalCode: code, City: "Town", VATNumber: number}
	}
	person := func(client model.Client) model.Client {
		client.Private = true
		return client
	}
	ro := func(number string) model.Client {
		client := romanian()
		client.VATNumber = number
		return client
	}
	de := func(number string) model.Client { return company("DE", "10115", number) }
	const (
		atHome  = "21 % Normala |  | "
		without = "no VAT | art. 310 | "
		reverse = "0 % Taxare inversa | reverse charge | "
		buyers  = "no VAT | buyer accounts | "
		abroad  = "0 % SDD | abroad | "
		abroad0 = "no VAT | abroad | "
		away    = " | not for e-Factura | "
		pays    = " | not for e-Factura, taxpayer | "
		code317 = " | intra-EU code, not for e-Factura, taxpayer | "
	)
	// home is of a service that is taxed in Romania.
	home := func(rest string) [3]string { return [3]string{atHome + rest, without + rest, without + rest} }
	// ofConsumer is the same with zeros for the code, and what is said to a payer alone.
	ofConsumer := func(said string) [3]string {
		return [3]string{atHome + zeros + " |  | " + said, without + zeros + " |  | ", without + zeros + " |  | "}
	}
	outside := func(number, said string) [3]string {
		return [3]string{abroad + number + away + said, abroad0 + number + away + said, abroad0 + number + away + said}
	}
	reversed := func(number, said string) [3]string {
		comma := said
		if said != "" {
			comma = ", " + said
		}
		return [3]string{
			reverse + number + pays + said, buyers + number + pays + "intra-eu-code-missing" + comma, buyers + number + code317 + said,
		}
	}
	const consumer, consumerThird, unproven = "consumer-in-eu", "consumer-outside-eu", "vat-number-unproven"
	tests := []struct {
		name   string
		client model.Client
		// want is of a payer, of an issuer who is not registered, and of one with a code for the EU.
		want [3]string
	}{
		{"Romanian payer", ro("RO14399840"), home("RO14399840 | taxpayer | ")},
		{"Romanian company that pays no VAT", ro("14399840"), home("14399840 |  | ")},
		{"Romanian company with a slip", ro("RO12345678"), home("RO12345678 | taxpayer | cui-check-digit")},
		{"Romanian company with something else", ro("n/a"), home(zeros + " |  | cui-form")},
		{"Romanian company with a personal code", ro("1630615123457"), home("1630615123457 |  | ")},
		{"Romanian company without a number", ro(""), home(zeros + " |  | cui-missing")},
		{"Romanian person", person(ro("")), home(zeros + " |  | ")},
		{"Romanian person with a CNP", person(ro("1630615123457")), home("1630615123457 |  | ")},
		{"Romanian person with a slip", person(ro("1630615123458")), home(zeros + " |  | cnp-invalid")},

		{"EU company, number confirmed", confirmed(de("DE136695976")), reversed("DE136695976", "")},
		{"EU company, number not asked about", de("DE136695976"), reversed("DE136695976", unproven)},
		{"EU company, prefix missing", de("136 695 976"), reversed("DE136695976", unproven)},
		{"EU company, confirmed in its normal form", confirmed(de("136695976")), reversed("DE136695976", "")},
		{"Belgian company, zero missing", company("BE", "1000", "BE403170701"), reversed("BE0403170701", unproven)},
		{"Greek company", company("GR", "10431", "GR094501040"), reversed("EL094501040", unproven)},
		{"Austrian company, prefix missing", company("AT", "1010", "U10223006"), reversed("ATU10223006", unproven)},
		{"French company, prefix missing", company("FR", "75001", "40303265045"), reversed("FR40303265045", unproven)},
		{"EU company, number denied", denied(de("DE136695976")), home(zeros + " | ask | vat-number-denied, vat-number-invalid")},
		{"EU company, wrong check digits", de("DE136695977"), home(zeros + " | ask | check-digits, vat-number-invalid")},
		{"EU company, a digit for a number", de("DE1"), home(zeros + " | ask | form, vat-number-invalid")},
		{"EU company, its tax office's number", de("DE Steuernr 22/815/08154"), home(zeros + " | ask | form, vat-number-invalid")},
		{"EU company, more than a number", de("DE136695976-EX"), home(zeros + " | ask | form, vat-number-invalid")},
		{"EU company, another country's number", de("ATU13585627"), home(zeros + " | ask | foreign, vat-number-invalid")},
		{"EU company without a number", de(""), home(zeros + " |  | vat-number-missing")},
		{"EU person", person(de("")), ofConsumer(consumer)},
		{"EU person with a number", person(de("DE136695976")), ofConsumer(consumer)},

		{"company in Monaco", company("MC", "98000", "83 404833048"), reversed("FR83404833048", unproven)},
		{"company in Monaco with France's code", company("FR", "98000", "FR83404833048"), reversed("FR83404833048", unproven)},
		{"company in Monaco without a number", company("MC", "98000", ""), home(zeros + " |  | vat-number-missing")},
		{"person in Monaco", person(company("MC", "98000", "")), ofConsumer(consumer)},

		{"company in the Canary Islands", company("ES", "35001", "ESB58378431"), outside("ESB58378431", "")},
		{"company in Tenerife without a number", company("ES", "38 001", ""), outside("", "")},
		{"person in the Canary Islands", person(company("ES", "E-35001", "")), ofConsumer(consumerThird)},
		{"company in Ceuta", company("ES", "51001", ""), outside("", "")},
		{"company in Melilla", company("ES", "52001", ""), outside("", "")},
		{"company in mainland Spain", company("ES", "28001", "B58378431"), reversed("ESB58378431", unproven)},
		{"company in Livigno", company("IT", "23041", "n/a"), outside("NA", "")},
		{"company in Campione d'Italia", company("IT", "22061", ""), outside("", "")},
		{"company in Büsingen", company("DE", "78266", ""), outside("", "")},
		{"company on Heligoland", company("DE", "D-27498", ""), outside("", "")},
		{"company in Åland with Finland's code", company("FI", "22100", ""), outside("", "")},
		{"company in Åland", company("AX", "22100", ""), outside("", "")},
		{"company on Réunion with France's code", company("FR", "97400", ""), outside("", "")},
		{"company on Réunion", company("RE", "97400", ""), outside("", "")},
		{"person on Réunion", person(company("FR", "97400", "")), ofConsumer(consumerThird)},
		{"company on Mount Athos", company("GR", "630 86", ""), outside("", "")},

		{"company in Northern Ireland", company("GB", "BT1 1AA", "XI123456789"), outside("XI123456789", "northern-ireland")},
		{"company in Great Britain", company("GB", "EC1A 1BB", "GB123456789"), outside("GB123456789", "")},
		{"company outside the EU", company("US", "-", ""), outside("", "")},
		{"company outside the EU with a number", company("US", "-", "12-3456789"), outside("123456789", "")},
		{"person outside the EU", person(company("US", "-", "")), ofConsumer(consumerThird)},
	}
	statuses := []model.VATStatus{model.VATPayer, model.VATNonPayer, model.VATNonPayerIntraEU}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got [3]string
			for i, status := range statuses {
				got[i] = outcome(t, status, test.client)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the table proposes for a number that is not valid is decided by a person: on Review, by a flag, or with the client.
func TestVATOfAnInvalidNumberIsDecided(t *testing.T) {
	client := german()
	client.VATNumber = "DE136695977"
	for name, test := range map[string]struct {
		chosen, kept model.Reason
		reason       model.Reason
		tax          string
		finding      model.FindingCode
	}{
		"not at all":             {"", "", model.ReasonNoVATNumber, "Normala", model.FindingVATNumberInvalid},
		"as proposed":            {model.ReasonNoVATNumber, "", model.ReasonNoVATNumber, "Normala", ""},
		"Romanian VAT":           {model.ReasonDomestic, "", model.ReasonNoVATNumber, "Normala", ""},
		"reverse charge":         {model.ReasonReverseCharge, "", model.ReasonReverseCharge, "Taxare inversa", model.FindingReverseChargeNumberInvalid},
		"outside":                {model.ReasonOutsideEU, "", model.ReasonOutsideEU, "SDD", ""},
		"kept as Romanian VAT":   {"", model.ReasonDomestic, model.ReasonDomestic, "Normala", ""},
		"kept as reverse charge": {"", model.ReasonReverseCharge, model.ReasonReverseCharge, "Taxare inversa", model.FindingReverseChargeNumberInvalid},
		"by another's reason":    {model.ReasonConsumer, "", model.ReasonNoVATNumber, "Normala", model.FindingVATNumberInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			p := preparation()
			p.Preferences.Issuer.ReverseChargeRate, p.Preferences.Issuer.OutsideRate = "Taxare inversa", "SDD"
			p.Buyer.Client, p.Edits.Reason = client, test.chosen
			p.Buyer.Client.VATReason = test.kept
			invoice := prepared(t, p)
			if invoice.Treatment.Reason != test.reason || invoice.Lines[0].VAT.Name != test.tax {
				t.Errorf("the treatment is %+v", invoice.Treatment)
			}
			found(t, invoice.Validate(), "vat_reason", "", test.finding)
			undecided := test.finding == model.FindingVATNumberInvalid
			if invoice.Treatment.IsUndecided(invoice.Client) != undecided {
				t.Errorf("undecided is not %t", undecided)
			}
		})
	}
}

// Whatever stands in the field: the table gives a reverse charge to a number alone that VIES confirmed, or whose form and check
// digits are right.
func TestReverseChargeNeverRestsOnAnInvalidNumber(t *testing.T) {
	countries := []string{"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
		"MC", "MT", "NL", "PL", "PT", "SE", "SI", "SK", "RO", "GB", "US", ""}
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom(countries).Draw(t, "country")
		number := rapid.StringMatching(`([A-Z]{2})?[0-9A-Z .-]{0,13}`).Draw(t, "number")
		if rapid.Bool().Draw(t, "begins right") {
			number = taxid.VATPrefix(country) + rapid.StringMatching(`[0-9]{7,12}`).Draw(t, "digits")
		}
		client := model.Client{Country: country, VATNumber: number, Private: rapid.Bool().Draw(t, "private")}
		if rapid.Bool().Draw(t, "asked") {
			prefix, rest, _ := taxid.SplitVATNumber(country, number)
			client.VATProof = &model.VATProof{Country: prefix, Number: rest, Valid: rapid.Bool().Draw(t, "valid")}
		}
		client = client.Cleaned()
		issuer := model.Issuer{Status: rapid.SampledFrom(model.VATStatuses()).Draw(t, "status"), Rate: "Normala"}
		reason := client.Treatment(issuer).Reason
		if reason != model.ReasonReverseCharge && reason != model.ReasonNonPayerEU {
			return
		}
		proven := client.VATProof != nil && client.VATProof.Valid && client.VATProof.String() == client.VATNumber
		denied := client.VATProof != nil && !client.VATProof.Valid
		right := strings.HasPrefix(client.VATNumber, taxid.VATPrefix(country)) && taxid.CheckVATNumber(country, client.VATNumber) == nil
		if client.Private || denied || !proven && !right {
			t.Fatalf("%s for %q of %s", reason, client.VATNumber, country)
		}
	})
}

// ANAF knows a buyer by a CUI, a CNP or thirteen zeros: an invoice for e-Factura bears one of them, or a finding says what is wrong.
func TestBuyerIsOneThatANAFKnowsOrItIsSaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		client := romanian()
		fitting := map[string]string{
			"RO": "RO14399840", "DE": "DE136695976", "GR": "EL094501040", "MC": "FR83404833048", "US": "1", "GB": "XI123456789",
		}
		client.Country = rapid.SampledFrom(slices.Sorted(maps.Keys(fitting))).Draw(t, "country")
		client.Private = rapid.Bool().Draw(t, "private")
		client.VATNumber = rapid.OneOf(
			rapid.Just(fitting[client.Country]),
			rapid.SampledFrom([]string{"", "14399840", "RO12345678", "1630615123457", "1630615123458", "136695976", zeros}),
			rapid.StringMatching(`[A-Z0-9]{0,14}`),
		).Draw(t, "number")
		client.VATReason = rapid.SampledFrom(append(model.VATReasons(), "")).Draw(t, "kept")
		p := preparation()
		p.Buyer.Client = client
		p.Preferences.Issuer = model.Issuer{
			Status: rapid.SampledFrom(model.VATStatuses()).Draw(t, "status"), Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD",
		}
		invoice, err := p.Invoice()
		if err != nil {
			t.Fatal(err)
		}
		if invoice.Treatment.IsAbroad(invoice.Client) {
			return
		}
		code, isCode := taxid.ParseCIF(invoice.BuyerCode())
		known := isCode && code.Valid() || taxid.ValidCNP(invoice.BuyerCode())
		if _, said := invoice.Validate().For("vat_number"); !known && !said {
			t.Fatalf("%s stands for %+v, and nothing is said", invoice.BuyerCode(), invoice.Client)
		}
	})
}
