package explain_test

import (
	"slices"
	"testing"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// Every treatment that can be chosen says in other words why it holds.
func TestTreatmentsSayWhy(t *testing.T) {
	german := model.Client{Country: "DE", VATNumber: "DE136695976"}
	denied, kept := german, german
	denied.VATProof = &model.VATProof{Country: "DE", Number: "136695976"}
	kept.VATReason = model.ReasonReverseCharge
	const (
		domestic = "Romanian VAT"
		reverse  = "reverse charge: the buyer accounts for the VAT; keep the proof that it is a business"
		abroad   = "not taxable in Romania: the service takes place abroad"
	)
	supplies := []string{
		"Romanian VAT at the reduced rate, for what the law lists (art. 291)",
		"exempt: schooling and the training of adults, by public or authorised institutions (art. 292(1)(f))",
		"exempt: private lessons by teachers (art. 292(1)(h))", "exempt: medical care by authorised hospitals and practices (art. 292(1)(a))",
		"exempt: care by medical and paramedical staff (art. 292(1)(c))", "exempt by another letter of art. 292: name it in the note",
	}
	keptExempt := model.Client{Country: "RO"}
	keptExempt.VATReason = model.ReasonEducation
	for name, test := range map[string]struct {
		status model.VATStatus
		client model.Client
		want   []string
	}{
		"RO company with a kept exemption": {model.VATPayer, keptExempt, []string{
			"exempt: courses, training (art. 292), as kept for this client", "Romanian client",
			"reverse charge within Romania, for goods that the law lists (art. 331): the buyer accounts for the VAT",
		}},
		"RO company": {model.VATPayer, model.Client{Country: "RO"}, []string{
			"Romanian client", "reverse charge within Romania, for goods that the law lists (art. 331): the buyer accounts for the VAT",
		}},
		"EU company": {model.VATPayer, german, []string{"EU company with a VAT number: the buyer accounts for the VAT", domestic, abroad}},
		"EU company without a number": {model.VATPayer, model.Client{Country: "DE"}, []string{
			"EU company without a VAT number: Romanian VAT is due, unless you hold other proof that it is a business", reverse, abroad,
		}},
		"EU company whose number VIES denies": {model.VATPayer, denied, []string{
			"VIES denies the VAT number: Romanian VAT is due, unless you hold other proof that it is a business", reverse, abroad,
		}},
		"EU company whose number is not valid": {model.VATPayer, model.Client{Country: "DE", VATNumber: "DE1"}, []string{
			"the VAT number is not valid: Romanian VAT is due, unless you hold other proof that it is a business", reverse, abroad,
		}},
		"company in Monaco": {model.VATPayer, model.Client{Country: "MC", VATNumber: "FR83404833048"}, []string{
			"company with a VAT number in Monaco, which is taxed as France: the buyer accounts for the VAT", domestic, abroad,
		}},
		"company in Monaco without a number": {model.VATPayer, model.Client{Country: "MC"}, []string{
			"company in Monaco, which is taxed as France, without a VAT number: Romanian VAT is due, unless you hold other proof " +
				"that it is a business", reverse, abroad,
		}},
		"person in Monaco": {model.VATPayer, model.Client{Country: "MC", Private: true}, []string{
			"private person: taxed where the supplier is", abroad,
		}},
		"company in the Canary Islands": {model.VATPayer, model.Client{Country: "ES", PostalCode: "35001"}, []string{
			"company in the Canary Islands, outside the EU's VAT area: not taxable in Romania", domestic, reverse,
		}},
		"person on Heligoland": {model.VATPayer, model.Client{Country: "DE", PostalCode: "27498", Private: true}, []string{
			"private person in Heligoland, outside the EU's VAT area: taxed where the supplier is, unless the law moves that service abroad",
			abroad,
		}},
		"non-payer, company in Monaco": {model.VATNonPayer, model.Client{Country: "MC", VATNumber: "FR83404833048"}, []string{
			"company in Monaco, which is taxed as France: the buyer accounts for the VAT", "the issuer is not registered for VAT", abroad,
		}},
		"EU company with a kept reason": {model.VATPayer, kept, []string{"reverse charge, as kept for this client", domestic, abroad}},
		"EU person": {model.VATPayer, model.Client{Country: "DE", Private: true}, []string{
			"private person: taxed where the supplier is", abroad,
		}},
		"non-EU person": {model.VATPayer, model.Client{Country: "US", Private: true}, []string{
			"private person outside the EU: taxed where the supplier is, unless the law moves that service abroad", abroad,
		}},
		"non-EU company": {model.VATPayer, model.Client{Country: "US"}, []string{"company outside the EU: not taxable in Romania", domestic}},
		"non-payer, EU company": {model.VATNonPayer, german, []string{
			"EU company: the buyer accounts for the VAT", "the issuer is not registered for VAT", abroad,
		}},
		"non-payer, EU company with a kept reason": {model.VATNonPayer, kept, []string{
			"reverse charge, as kept for this client", "the issuer is not registered for VAT", abroad,
		}},
		"non-payer, non-EU company": {model.VATNonPayer, model.Client{Country: "US"}, []string{
			"company outside the EU: not taxable in Romania", "the issuer is not registered for VAT",
		}},
		"non-payer, RO company": {model.VATNonPayer, model.Client{Country: "RO"}, []string{"the issuer is not registered for VAT"}},
	} {
		issuer := model.Issuer{Status: test.status, Rate: "Normala", ReverseChargeRate: "Taxare inversa", OutsideRate: "SDD"}
		if test.status == model.VATPayer {
			others := supplies
			if test.client.VATReason.IsExempt() {
				others = slices.Concat(supplies[:1], supplies[2:])
			}
			test.want = append(test.want, others...)
		}
		for i, treatment := range issuer.Treatments(test.client) {
			if i >= len(test.want) {
				t.Errorf("%s: %s is one too many", name, treatment.Reason)
			} else if got := explain.Treatment(treatment, test.client).In(say.English); got != test.want[i] {
				t.Errorf("%s, %s: %q, want %q", name, treatment.Reason, got, test.want[i])
			}
		}
	}
}

func TestDeadlineThatWasMissed(t *testing.T) {
	invoice := goodInvoice()
	const want = "the first hours were to be invoiced by 2026-11-15 (art. 319)"
	if got := explain.MissedDeadline(invoice).In(say.English); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	invoice.IssueDate = model.NewDate(2026, 11, 15)
	if got := explain.MissedDeadline(invoice).In(say.English); got != "" {
		t.Errorf("in time, and still %q", got)
	}
}
