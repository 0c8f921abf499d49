package model

import (
	"fmt"
	"slices"

	"cadensa/model/taxid"
)

// Issuer is what the tax treatment must know about the company that issues.
type Issuer struct {
	Status VATStatus
	// Rate names the domestic rate: a tax name or a percentage, as in the settings.
	Rate string
	// ReverseChargeRate and OutsideRate name the account's taxes at 0 % for services to EU companies and to
	// companies outside the EU.
	ReverseChargeRate, OutsideRate string
	// ReverseChargeNamed and OutsideNamed report that the user chose those names, rather than taking them as they come.
	ReverseChargeNamed, OutsideNamed bool
}

// NamesTax reports whether the user chose the account's tax for the reason: four regimes share 0 %, and names differ from
// account to account. It is true for a reason that takes no tax at 0 %.
func (i Issuer) NamesTax(reason Reason) bool {
	switch reason {
	case ReasonReverseCharge:
		return i.ReverseChargeNamed
	case ReasonOutsideEU:
		return i.OutsideNamed
	default:
		return true
	}
}

// Reason is why a client is charged the VAT it is charged.
type Reason string

// The reasons of a treatment (Cod fiscal art. 278, 310, 317).
const (
	ReasonDomestic      Reason = "domestic"
	ReasonConsumer      Reason = "consumer"
	ReasonConsumerThird Reason = "consumer-outside"
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

// RateOn gives the tax of a line supplied on the day. ErrVATRateMissing, with the reason, when the account lacks it.
func (t Treatment) RateOn(rates VATRates, supply Date) (VATRate, error) {
	if t.Setting == "" {
		return VATRate{}, nil
	}
	rate, err := rates.On(t.Setting, supply)
	if err != nil {
		return VATRate{}, fmt.Errorf("%s: %w", t.Why, err)
	}
	return rate, nil
}

// The words that the law wants on invoices without VAT.
const (
	mentionDomesticReverse = "Taxare inversă – art. 331 Cod fiscal"
	mentionReverseCharge   = "Taxare inversă / Reverse charge – art. 278 alin. (2) Cod fiscal, art. 44 și 196 Directiva 2006/112/CE"
	mentionOutside         = "Neimpozabil în România – art. 278 alin. (2) Cod fiscal"
	mentionNonPayer        = "Regim de scutire conform art. 310 Cod fiscal"
	mentionNonPayerEU      = "Taxare inversă la beneficiar / Neimpozabil în România, art. 278 alin. (2) Cod fiscal"
)

// ProposeTreatment chooses the VAT of services from the issuer's status and the client's country, kind and tax
// number: a company is taxed where it is established, a consumer where the supplier is (Cod fiscal art. 278).
func ProposeTreatment(issuer Issuer, client Client) Treatment {
	return issuer.treatment(issuer.proposed(client), client)
}

// proposed is the reason that the table of treatments gives: one case for each of its rows.
func (i Issuer) proposed(client Client) Reason {
	if i.withoutVAT() {
		return reasonWithoutVAT(client)
	}
	switch {
	case client.IsRomanian() || client.Country == "":
		return ReasonDomestic
	case client.Private && !taxid.InEU(client.Country):
		return ReasonConsumerThird
	case client.Private:
		return ReasonConsumer
	case taxid.InEU(client.Country) && client.PaysVAT() && !client.deniedByVIES():
		return ReasonReverseCharge
	case taxid.InEU(client.Country):
		return ReasonNoVATNumber
	}
	return ReasonOutsideEU
}

// withoutVAT reports whether the issuer is not registered for VAT.
func (i Issuer) withoutVAT() bool { return i.Status == VATNonPayer || i.Status == VATNonPayerIntraEU }

// deniedByVIES reports whether the EU's register said that the client's number is not valid.
func (c Client) deniedByVIES() bool { return c.VATProof != nil && !c.VATProof.Valid }

func reasonWithoutVAT(client Client) Reason {
	switch {
	case client.IsRomanian() || client.Country == "" || client.Private:
		return ReasonNonPayer
	case taxid.InEU(client.Country):
		return ReasonNonPayerEU
	}
	return ReasonNonPayerThird
}

// Treatments are those that make sense for an invoice to the client: first the one that Client.Treatment gives, then the
// others that the user can choose by their reasons, each with its sentence.
func (i Issuer) Treatments(client Client) []Treatment {
	treatments := []Treatment{client.Treatment(i)}
	for _, reason := range i.reasons(client) {
		other := i.chosen(reason, client)
		same := func(t Treatment) bool { return t.Setting == other.Setting && t.Mention == other.Mention }
		if !slices.ContainsFunc(treatments, same) {
			treatments = append(treatments, other)
		}
	}
	return treatments
}

// reasons lists what can be the reason of the client's VAT, the proposed one first. Reverse charge within Romania is for
// goods that the law lists (art. 331), and comes with a warning.
func (i Issuer) reasons(client Client) []Reason {
	reasons := []Reason{i.proposed(client)}
	switch {
	case i.withoutVAT() && client.IsRomanian():
	case i.withoutVAT() && client.Private && taxid.InEU(client.Country): // A consumer cannot account for the VAT.
	case i.withoutVAT() && taxid.InEU(client.Country):
		reasons = append(reasons, ReasonNonPayerEU, ReasonNonPayer)
	case i.withoutVAT():
		reasons = append(reasons, ReasonNonPayerThird, ReasonNonPayer)
	case client.Private && client.IsRomanian():
	case client.Private:
		reasons = append(reasons, ReasonOutsideEU)
	case taxid.InEU(client.Country) && !client.IsRomanian():
		reasons = append(reasons, ReasonDomestic, ReasonReverseCharge, ReasonOutsideEU)
	case client.IsRomanian():
		reasons = append(reasons, ReasonReverseCharge)
	default:
		reasons = append(reasons, ReasonDomestic, ReasonOutsideEU)
	}
	return reasons
}

// chosen is the treatment by a reason that somebody chose: the proposed one with its own sentence, another with one that
// says what it means for the client.
func (i Issuer) chosen(reason Reason, client Client) Treatment {
	treatment := i.treatment(reason, client)
	if reason != i.proposed(client) && !treatment.isDomesticReverse(client) {
		treatment.Why = reason.words()
	}
	return treatment
}

// words says what a reason means, whoever the client is.
func (r Reason) words() string {
	switch r {
	case ReasonReverseCharge, ReasonNonPayerEU:
		return "reverse charge: the buyer accounts for the VAT; keep the proof that it is a business"
	case ReasonOutsideEU, ReasonNonPayerThird:
		return "not taxable in Romania: the service takes place abroad"
	case ReasonNonPayer:
		return "the issuer is not registered for VAT"
	case ReasonDomestic, ReasonConsumer, ReasonConsumerThird, ReasonNoVATNumber:
	}
	return "Romanian VAT"
}

// treatment is what follows from a reason for this issuer and the client. The intra-EU code is for partners abroad.
func (i Issuer) treatment(reason Reason, client Client) Treatment {
	t := Treatment{Reason: reason}
	switch reason {
	case ReasonDomestic:
		t.Setting, t.Why = i.Rate, "Romanian client"
	case ReasonConsumer:
		t.Setting, t.Why = i.Rate, "private person: taxed where the supplier is"
	case ReasonConsumerThird:
		t.Setting, t.Why = i.Rate, "private person outside the EU: taxed where the supplier is, unless the law moves that service abroad"
	case ReasonNoVATNumber:
		t.Setting, t.Why = i.Rate, "EU company without a VAT number: Romanian VAT is due, unless you hold other proof that it is a business"
		if client.deniedByVIES() {
			t.Why = "VIES denies the VAT number: Romanian VAT is due, unless you hold other proof that it is a business"
		}
	case ReasonReverseCharge:
		t.Setting, t.Mention = i.ReverseChargeRate, mentionReverseCharge
		t.Why = "EU company with a VAT number: the buyer accounts for the VAT"
		if t.isDomesticReverse(client) {
			t.Mention = mentionDomesticReverse
			t.Why = "reverse charge within Romania, for goods that the law lists (art. 331): the buyer accounts for the VAT"
		}
	case ReasonOutsideEU:
		t.Setting, t.Mention, t.Why = i.OutsideRate, mentionOutside, "company outside the EU: not taxable in Romania"
	case ReasonNonPayer:
		t.Mention, t.Why = mentionNonPayer, "the issuer is not registered for VAT"
	case ReasonNonPayerEU:
		t.Mention, t.IntraEUCode = mentionNonPayerEU, i.Status == VATNonPayerIntraEU && !client.IsRomanian()
		t.Why = "EU company: the buyer accounts for the VAT"
	case ReasonNonPayerThird:
		t.Mention, t.Why = mentionOutside, "company outside the EU: not taxable in Romania"
	}
	return t
}

// isDomesticReverse reports whether it is the reverse charge between two companies in Romania (Cod fiscal art. 331), which
// is another regime than that of services to the EU.
func (t Treatment) isDomesticReverse(client Client) bool {
	return t.Reason == ReasonReverseCharge && client.IsRomanian()
}

// IsAbroad reports whether the service is taxed abroad: then e-Factura does not want the invoice (OUG 120/2021, as
// changed by OUG 138/2024: supplies with their place in Romania).
func (t Treatment) IsAbroad(client Client) bool {
	switch t.Reason {
	case ReasonReverseCharge, ReasonNonPayerEU:
		return !client.IsRomanian()
	case ReasonOutsideEU, ReasonNonPayerThird:
		return true
	case ReasonDomestic, ReasonConsumer, ReasonConsumerThird, ReasonNoVATNumber, ReasonNonPayer:
	}
	return false
}

// check finds what the user should know of the reason before issuing.
func (t Treatment) check(f *Findings, client Client) {
	const field = "vat_reason"
	switch {
	case t.Reason == ReasonConsumer && !client.IsRomanian():
		f.warn(field, "OSS", "electronic services to a consumer in the EU are taxed in the consumer's country (OSS): these hours are taken for other services")
	case t.Reason == ReasonConsumerThird:
		f.warn(field, "art. 278", "some services to a person outside the EU are not taxable in Romania: choose the VAT that fits")
	case t.Reason == ReasonNonPayerEU && !t.IntraEUCode:
		f.warn(field, "art. 317", "before services to an EU company the issuer needs a code for them (art. 317): if you have it, set vat_status = \"non-payer-intra-eu\"")
	case t.Reason == ReasonReverseCharge && client.TaxNumber() == "" && client.VATReason != ReasonReverseCharge:
		f.warn(field, "art. 319", "an invoice with reverse charge bears the buyer's VAT number (art. 319): enter it on Bill To")
	case t.isDomesticReverse(client) && client.VATReason != ReasonReverseCharge:
		f.warn(field, "art. 331", "reverse charge within Romania is for the goods that the law lists, not for hours")
	}
}
