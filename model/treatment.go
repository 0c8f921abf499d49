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
		return proposeWithoutVAT(issuer, client)
	}
	domestic := Treatment{Reason: ReasonDomestic, Setting: issuer.Rate, Why: "Romanian client"}
	switch {
	case client.IsRomanian() || client.Country == "":
		return domestic
	case client.Private:
		domestic.Reason, domestic.Why = ReasonConsumer, "private person: taxed where the supplier is"
		return domestic
	case InEU(client.Country) && client.PaysVAT():
		return Treatment{
			Reason: ReasonReverseCharge, Setting: issuer.ReverseChargeRate, Mention: mentionReverseCharge,
			Why: "EU company with a VAT number: the buyer accounts for the VAT",
		}
	case InEU(client.Country):
		domestic.Reason, domestic.Why = ReasonNoVATNumber, "EU company without a VAT number: Romanian VAT is due"
		return domestic
	}
	return Treatment{
		Reason: ReasonOutsideEU, Setting: issuer.OutsideRate, Mention: mentionOutside,
		Why: "company outside the EU: not taxable in Romania",
	}
}

func proposeWithoutVAT(issuer Issuer, client Client) Treatment {
	switch {
	case client.IsRomanian() || client.Country == "" || client.Private:
		return Treatment{Reason: ReasonNonPayer, Mention: mentionNonPayer, Why: "the issuer is not registered for VAT"}
	case InEU(client.Country):
		return Treatment{
			Reason: ReasonNonPayerEU, Mention: mentionNonPayerEU, IntraEUCode: issuer.Status == VATNonPayerIntraEU,
			Why: "EU company: the buyer accounts for the VAT",
		}
	}
	return Treatment{
		Reason: ReasonNonPayerThird, Mention: mentionOutside, Why: "company outside the EU: not taxable in Romania",
	}
}
