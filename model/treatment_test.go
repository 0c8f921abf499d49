package model_test

import (
	"errors"
	"testing"

	"cadensa/model"
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
			if got.Why == "" {
				t.Error("the choice is not explained")
			}
			if model.Length(got.Mention) > model.MaxMentions {
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
