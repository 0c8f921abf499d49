package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/text"
)

// One row for each row of the reference's table of treatments for services (Cod fiscal art. 278, 310, 317).
func TestProposeTreatment(t *testing.T) {
	const (
		reverseCharge = "Taxare inversă / Reverse charge – art. 278 alin. (2) Cod fiscal, art. 44 și 196 Directiva 2006/112/CE"
		outside       = "Neimpozabil în România – art. 278 alin. (2) Cod fiscal"
		nonPayer      = "Regim de scutire conform art. 310 Cod fiscal"
		nonPayerEU    = "Taxare inversă la beneficiar / Neimpozabil în România, art. 278 alin. (2) Cod fiscal"
	)
	company := func(country, number string) model.Client { return model.Client{Country: country, VATNumber: number} }
	person := func(country string) model.Client { return model.Client{Country: country, Private: true} }
	tests := []struct {
		name    string
		status  model.VATStatus
		client  model.Client
		reason  model.Reason
		setting string
		mention string
		intraEU bool
	}{
		{"payer, RO company", model.VATPayer, company("RO", "RO14399840"), model.ReasonDomestic, "Normala", "", false},
		{"payer, RO company that is no payer", model.VATPayer, company("RO", "14399840"), model.ReasonDomestic, "Normala", "", false},
		{"payer, RO person", model.VATPayer, person("RO"), model.ReasonDomestic, "Normala", "", false},
		{"payer, EU company", model.VATPayer, company("DE", "DE136695976"), model.ReasonReverseCharge, "Taxare inversa", reverseCharge, false},
		{"payer, Greek company", model.VATPayer, company("GR", "EL094501040"), model.ReasonReverseCharge, "Taxare inversa", reverseCharge, false},
		{"payer, EU company without a VAT number", model.VATPayer, company("DE", ""), model.ReasonNoVATNumber, "Normala", "", false},
		{"payer, EU company with half a number", model.VATPayer, company("DE", "DE"), model.ReasonNoVATNumber, "Normala", "", false},
		{"payer, EU company whose number VIES denies", model.VATPayer, denied(company("DE", "DE136695976")), model.ReasonNoVATNumber, "Normala",
			"", false},
		{"payer, EU company whose number VIES confirms", model.VATPayer, confirmed(company("DE", "DE136695976")), model.ReasonReverseCharge,
			"Taxare inversa", reverseCharge, false},
		{"payer, British company", model.VATPayer, company("GB", "GB123456789"), model.ReasonOutsideEU, "SDD", outside, false},
		{"payer, EU person", model.VATPayer, person("DE"), model.ReasonConsumer, "Normala", "", false},
		{"payer, non-EU company", model.VATPayer, company("US", ""), model.ReasonOutsideEU, "SDD", outside, false},
		{"payer, Northern Irish company", model.VATPayer, company("GB", "XI123456789"), model.ReasonOutsideEU, "SDD", outside, false},
		{"payer, non-EU person", model.VATPayer, person("US"), model.ReasonConsumerThird, "Normala", "", false},
		{"payer, nobody yet", model.VATPayer, model.Client{}, model.ReasonDomestic, "Normala", "", false},
		{"no status means payer", "", company("RO", ""), model.ReasonDomestic, "Normala", "", false},
		{"non-payer, RO company", model.VATNonPayer, company("RO", "RO14399840"), model.ReasonNonPayer, "", nonPayer, false},
		{"non-payer, RO person", model.VATNonPayer, person("RO"), model.ReasonNonPayer, "", nonPayer, false},
		{"non-payer, EU person", model.VATNonPayer, person("DE"), model.ReasonNonPayer, "", nonPayer, false},
		{"non-payer, EU company", model.VATNonPayer, company("DE", "DE136695976"), model.ReasonNonPayerEU, "", nonPayerEU, false},
		{"non-payer, non-EU company", model.VATNonPayer, company("US", ""), model.ReasonNonPayerThird, "", outside, false},
		{"art. 317, EU company", model.VATNonPayerIntraEU, company("DE", "DE136695976"), model.ReasonNonPayerEU, "", nonPayerEU, true},
		{"art. 317, RO company", model.VATNonPayerIntraEU, company("RO", "14399840"), model.ReasonNonPayer, "", nonPayer, false},
		{"art. 317, non-EU company", model.VATNonPayerIntraEU, company("US", ""), model.ReasonNonPayerThird, "", outside, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			issuer := model.Issuer{Status: test.status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
			got := model.ProposeTreatment(issuer, test.client)
			if got.Reason != test.reason || got.Setting != test.setting || got.Mention != test.mention || got.IntraEUCode != test.intraEU {
				t.Errorf("got %+v", got)
			}
			if text.Length(got.Mention) > model.MaxMentions {
				t.Errorf("the law's words are too long for the mentions: %s", got.Mention)
			}
		})
	}
}

func TestTreatmentRate(t *testing.T) {
	supply := date(t, "2026-11-20")
	if rate, err := (model.Treatment{}).RateOn(accountRates(), supply); err != nil || !rate.IsNone() {
		t.Errorf("a non-payer's rate is %s, %v", rate, err)
	}
	reverse := model.Treatment{Setting: "Taxare inversa"}
	if rate, err := reverse.RateOn(accountRates(), supply); err != nil || rate.Name != "Taxare inversa" {
		t.Errorf("the reverse charge's rate is %s, %v", rate, err)
	}
	if rate, err := reverse.RateOn(model.VATRates{tax("SDD", "0")}, supply); !errors.Is(err, model.ErrVATRateMissing) {
		t.Errorf("a zero rate was guessed: %s, %v", rate, err)
	}
}

func denied(client model.Client) model.Client {
	client.VATProof = &model.VATProof{Country: "DE", Number: "136695976"}
	return client
}

func confirmed(client model.Client) model.Client {
	client.VATProof = &model.VATProof{Country: "DE", Number: "136695976", Valid: true}
	return client
}

// The user can choose another reason: the proposed one comes first, and each says what it means.
func TestTreatmentsToChooseFrom(t *testing.T) {
	german, american := model.Client{Country: "DE", VATNumber: "DE136695976"}, model.Client{Country: "US"}
	kept := german
	kept.VATReason = model.ReasonDomestic
	person := func(country string) model.Client { return model.Client{Country: country, Private: true} }
	tests := []struct {
		name   string
		status model.VATStatus
		client model.Client
		want   []model.Reason
	}{
		{"payer, RO company", model.VATPayer, model.Client{Country: "RO"}, []model.Reason{model.ReasonDomestic, model.ReasonReverseCharge}},
		{"payer, RO person", model.VATPayer, person("RO"), []model.Reason{model.ReasonDomestic}},
		{"payer, EU company", model.VATPayer, german, []model.Reason{model.ReasonReverseCharge, model.ReasonDomestic, model.ReasonOutsideEU}},
		{"payer, EU company without a number", model.VATPayer, model.Client{Country: "DE"},
			[]model.Reason{model.ReasonNoVATNumber, model.ReasonReverseCharge, model.ReasonOutsideEU}},
		{"payer, EU company with a kept reason", model.VATPayer, kept,
			[]model.Reason{model.ReasonDomestic, model.ReasonReverseCharge, model.ReasonOutsideEU}},
		{"payer, EU person", model.VATPayer, person("DE"), []model.Reason{model.ReasonConsumer, model.ReasonOutsideEU}},
		{"payer, non-EU company", model.VATPayer, american, []model.Reason{model.ReasonOutsideEU, model.ReasonDomestic}},
		{"payer, non-EU person", model.VATPayer, person("US"), []model.Reason{model.ReasonConsumerThird, model.ReasonOutsideEU}},
		{"non-payer, RO company", model.VATNonPayer, model.Client{Country: "RO"}, []model.Reason{model.ReasonNonPayer}},
		{"non-payer, EU company", model.VATNonPayer, german, []model.Reason{model.ReasonNonPayerEU, model.ReasonNonPayer,
			model.ReasonNonPayerThird}},
		{"non-payer, EU person", model.VATNonPayer, person("DE"), []model.Reason{model.ReasonNonPayer}},
		{"art. 317, EU company", model.VATNonPayerIntraEU, german, []model.Reason{model.ReasonNonPayerEU, model.ReasonNonPayer,
			model.ReasonNonPayerThird}},
		{"non-payer, non-EU company", model.VATNonPayer, american, []model.Reason{model.ReasonNonPayerThird, model.ReasonNonPayer}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			issuer := model.Issuer{Status: test.status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
			treatments := issuer.Treatments(test.client)
			var got []model.Reason
			for _, treatment := range treatments {
				got = append(got, treatment.Reason)
			}
			if test.status == model.VATPayer {
				// Whatever takes place in Romania can bear another rate, or none.
				test.want = append(test.want, model.LineReasons()[1:]...)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if treatments[0] != test.client.Treatment(issuer) {
				t.Errorf("the first is %+v", treatments[0])
			}
		})
	}
}

// The intra-EU code is for partners abroad, whatever reason was kept with a Romanian client.
func TestIntraEUCodeIsNeverForRomania(t *testing.T) {
	issuer := model.Issuer{Status: model.VATNonPayerIntraEU}
	client := model.Client{Country: "RO", ClientDefaults: model.ClientDefaults{VATReason: model.ReasonReverseCharge}}
	if client.Treatment(issuer).IntraEUCode {
		t.Error("a Romanian client gets the intra-EU code")
	}
}

func TestTreatmentFindings(t *testing.T) {
	tests := map[string]struct {
		status model.VATStatus
		client model.Client
		chosen model.Reason
		want   model.FindingCode
	}{
		"RO company":                 {model.VATPayer, romanian(), "", ""},
		"RO company, reverse charge": {model.VATPayer, romanian(), model.ReasonReverseCharge, model.FindingReverseChargeDomestic},
		"EU company":                 {model.VATPayer, confirmed(german()), "", ""},
		"EU company, VIES not asked": {model.VATPayer, german(), "", model.FindingVATNumberUnproven},
		"EU company without a number, reverse charge": {model.VATPayer, model.Client{Country: "DE"}, model.ReasonReverseCharge,
			model.FindingReverseChargeBuyer},
		"EU person":                     {model.VATPayer, model.Client{Country: "DE", Private: true}, "", model.FindingConsumerInEU},
		"non-EU person":                 {model.VATPayer, model.Client{Country: "US", Private: true}, "", model.FindingConsumerOutsideEU},
		"EU company without a code":     {model.VATNonPayer, german(), "", model.FindingIntraEUCodeMissing},
		"EU company with an art. 317":   {model.VATNonPayerIntraEU, confirmed(german()), "", ""},
		"non-EU company of a non-payer": {model.VATNonPayer, model.Client{Country: "US"}, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := preparation()
			p.Buyer.Client, p.Edits.Reason = test.client, test.chosen
			p.Preferences.Issuer = model.Issuer{Status: test.status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
			found(t, prepared(t, p).Validate(), "vat_reason", "", test.want)
		})
	}
}

// A rate that the account lacks is refused before anything is sent, by its name, its reason and the place to add it.
func TestMissingRateIsNamed(t *testing.T) {
	for reason, test := range map[string]struct {
		client model.Client
		named  string
	}{
		"reverse-charge": {german(), "named Taxare inversa"}, "outside-eu": {model.Client{Country: "US"}, "named SDD"},
		"domestic": {romanian(), "21 %"},
	} {
		p := preparation()
		p.Buyer.Client, p.Account.Rates = test.client, model.VATRates{tax("Redusa", "11")}
		p.Preferences.Issuer.ReverseChargeRate, p.Preferences.Issuer.OutsideRate = "Taxare inversa", "SDD"
		_, err := p.Invoice()
		for _, word := range []string{reason, test.named, "Configurare → Cote TVA"} {
			if err == nil || !strings.Contains(err.Error(), word) {
				t.Errorf("%v does not say %q", err, word)
			}
		}
	}
}

// The requirement's rates, and what the account calls them.
func TestSeedRates(t *testing.T) {
	account := model.VATRates{tax("Veche", "19"), tax("Normala", "19"), tax("Redusa", "9"), tax("Altfel", "5"), tax("Redusa1", "5"),
		tax("SDD", "0"), tax("Scutit", "0")}
	for percent, want := range map[string]string{"19": "Normala", "9": "Redusa", "5": "Redusa1", "0": "Scutit"} {
		if rate, err := account.Resolve(percent); err != nil || rate.Name != want {
			t.Errorf("%s %% is %s, %v; want %s", percent, rate, err, want)
		}
	}
	if _, err := account[:2].Resolve("0"); !errors.Is(err, model.ErrVATRateMissing) || !strings.Contains(err.Error(), "0 %") {
		t.Errorf("a missing rate is told as %v", err)
	}
	if diff := cmp.Diff([]string{"SDD", "Scutit"}, names(account.Zero())); diff != "" {
		t.Error(diff)
	}
}

func names(rates model.VATRates) []string {
	var names []string
	for _, rate := range rates {
		names = append(names, rate.Name)
	}
	return names
}

// A reverse charge between Romanian companies is not the one for services to the EU: other words stand on the invoice.
func TestDomesticReverseChargeNamesItsOwnLaw(t *testing.T) {
	p := preparation()
	p.Buyer.Client, p.Edits.Reason = romanian(), model.ReasonReverseCharge
	p.Preferences.Issuer = model.Issuer{Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
	got := prepared(t, p).Treatment
	if got.Mention != "Taxare inversă – art. 331 Cod fiscal" || !got.IsDomesticReverse(romanian()) {
		t.Errorf("the treatment is %+v", got)
	}
}

// e-Factura wants what is taxed in Romania, and no other invoice.
func TestTreatmentAbroad(t *testing.T) {
	issuers := map[model.VATStatus]model.Issuer{}
	for _, status := range []model.VATStatus{model.VATPayer, model.VATNonPayer} {
		issuers[status] = model.Issuer{Status: status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
	}
	tests := map[string]struct {
		client model.Client
		abroad bool
	}{
		"RO company":      {romanian(), false},
		"EU company":      {german(), true},
		"EU person":       {model.Client{Country: "DE", Private: true}, false},
		"non-EU company":  {model.Client{Country: "US"}, true},
		"RO, kept reason": {model.Client{Country: "RO", ClientDefaults: model.ClientDefaults{VATReason: model.ReasonReverseCharge}}, false},
	}
	for name, test := range tests {
		for status, issuer := range issuers {
			if got := test.client.Treatment(issuer).IsAbroad(test.client); got != test.abroad {
				t.Errorf("%s, %s: abroad %v", name, status, got)
			}
		}
	}
}

// VAT is on collection where the issuer, a payer in the register, owes Romanian VAT; nowhere else do the words stand (art. 282(6)).
func TestVATOnCollection(t *testing.T) {
	const words = "TVA la încasare"
	romanian := model.Client{Country: "RO", VATNumber: "RO14399840"}
	german := model.Client{Country: "DE", VATNumber: "DE136695976"}
	for _, test := range []struct {
		name   string
		status model.VATStatus
		client model.Client
		want   bool
	}{
		{"company", model.VATPayer, romanian, true},
		{"person", model.VATPayer, model.Client{Country: "RO", Private: true}, true},
		{"person in the EU", model.VATPayer, model.Client{Country: "DE", Private: true}, true},
		{"company in the EU without a number", model.VATPayer, model.Client{Country: "DE"}, true},
		{"reverse charge", model.VATPayer, german, false},
		{"outside the EU", model.VATPayer, model.Client{Country: "US"}, false},
		{"non-payer", model.VATNonPayer, romanian, false},
		{"art. 317", model.VATNonPayerIntraEU, german, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			issuer := model.Issuer{Status: test.status, OnCollection: true, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
			got := model.ProposeTreatment(issuer, test.client)
			if got.OnCollection != test.want || strings.Contains(got.Mention, words) != test.want {
				t.Errorf("got %+v", got)
			}
			issuer.OnCollection = false
			if without := model.ProposeTreatment(issuer, test.client); without.OnCollection || strings.Contains(without.Mention, words) {
				t.Errorf("an issuer outside the register gets %+v", without)
			}
		})
	}
}
