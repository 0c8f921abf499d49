package model

// Issuer is what the tax treatment must know about the company that issues.
type Issuer struct {
	Status VATStatus
	// Rate names the domestic rate: a tax name or a percentage, as in the settings.
	Rate string
	// ReverseChargeRate and OutsideRate name the account's taxes at 0 % for services to EU companies and to
	// companies outside the EU.
	ReverseChargeRate, OutsideRate string
}

// Reason is why a client is charged the VAT it is charged.
type Reason string

// The reasons of a treatment (Cod fiscal art. 278, 310, 317).
const (
	ReasonDomestic      Reason = "domestic"
	ReasonConsumer      Reason = "consumer"
	ReasonNoVATNumber   Reason = "no-vat-number"
	ReasonReverseCharge Reason = "reverse-charge"
	ReasonOutsideEU     Reason = "outside-eu"
	ReasonNonPayer      Reason = "non-payer"
	ReasonNonPayerEU    Reason = "non-payer-eu"
	ReasonNonPayerThird Reason = "non-payer-outside"
)

// Treatment is the VAT of a whole invoice: which tax its lines bear and what the law wants printed.
type Treatment struct {
	Reason Reason `json:"reason"`
	// Setting names the tax, resolved against the account's list by the day of supply; "" sends no tax fields.
	Setting string `json:"setting"`
	// Why explains the choice in one sentence.
	Why string `json:"why"`
	// Mention is the text that the law wants on the invoice, "" if none.
	Mention string `json:"mention"`
	// IntraEUCode asks SmartBill to print the issuer's intra-EU tax code (art. 317).
	IntraEUCode bool `json:"intra_eu_code"`
}

// RateOn gives the tax of a line supplied on the day. ErrVATRateMissing when the account lacks it.
func (t Treatment) RateOn(rates VATRates, supply Date) (VATRate, error) {
	if t.Setting == "" {
		return VATRate{}, nil
	}
	return rates.On(t.Setting, supply)
}

// The words that the law wants on invoices without VAT.
const (
	mentionReverseCharge = "Taxare inversă / Reverse charge – art. 278 alin. (2) Cod fiscal, art. 44 și 196 Directiva 2006/112/CE"
	mentionOutside       = "Neimpozabil în România – art. 278 alin. (2) Cod fiscal"
	mentionNonPayer      = "Regim de scutire conform art. 310 Cod fiscal"
	mentionNonPayerEU    = "Taxare inversă la beneficiar / Neimpozabil în România, art. 278 alin. (2) Cod fiscal"
)

// ProposeTreatment chooses the VAT of services from the issuer's status and the client's country, kind and tax
// number: a company is taxed where it is established, a consumer where the supplier is (Cod fiscal art. 278).
func ProposeTreatment(issuer Issuer, client Client) Treatment {
	if issuer.Status == VATNonPayer || issuer.Status == VATNonPayerIntraEU {
		return issuer.treatment(reasonWithoutVAT(client))
	}
	switch {
	case client.IsRomanian() || client.Country == "":
		return issuer.treatment(ReasonDomestic)
	case client.Private:
		return issuer.treatment(ReasonConsumer)
	case InEU(client.Country) && client.PaysVAT():
		return issuer.treatment(ReasonReverseCharge)
	case InEU(client.Country):
		return issuer.treatment(ReasonNoVATNumber)
	}
	return issuer.treatment(ReasonOutsideEU)
}

func reasonWithoutVAT(client Client) Reason {
	switch {
	case client.IsRomanian() || client.Country == "" || client.Private:
		return ReasonNonPayer
	case InEU(client.Country):
		return ReasonNonPayerEU
	}
	return ReasonNonPayerThird
}

// treatment is what follows from a reason for this issuer.
func (i Issuer) treatment(reason Reason) Treatment {
	t := Treatment{Reason: reason}
	switch reason {
	case ReasonDomestic:
		t.Setting, t.Why = i.Rate, "Romanian client"
	case ReasonConsumer:
		t.Setting, t.Why = i.Rate, "private person: taxed where the supplier is"
	case ReasonNoVATNumber:
		t.Setting, t.Why = i.Rate, "EU company without a VAT number: Romanian VAT is due"
	case ReasonReverseCharge:
		t.Setting, t.Mention = i.ReverseChargeRate, mentionReverseCharge
		t.Why = "EU company with a VAT number: the buyer accounts for the VAT"
	case ReasonOutsideEU:
		t.Setting, t.Mention, t.Why = i.OutsideRate, mentionOutside, "company outside the EU: not taxable in Romania"
	case ReasonNonPayer:
		t.Mention, t.Why = mentionNonPayer, "the issuer is not registered for VAT"
	case ReasonNonPayerEU:
		t.Mention, t.IntraEUCode = mentionNonPayerEU, i.Status == VATNonPayerIntraEU
		t.Why = "EU company: the buyer accounts for the VAT"
	case ReasonNonPayerThird:
		t.Mention, t.Why = mentionOutside, "company outside the EU: not taxable in Romania"
	}
	return t
}
