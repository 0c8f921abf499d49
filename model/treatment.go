package model

import (
	"fmt"
	"slices"

	"cadensa/model/taxid"
)

// Issuer is what the tax treatment must know about the company that issues.
type Issuer struct {
	Status VATStatus
	// OnCollection reports that the VAT is due when the client pays (TVA la încasare); only a payer's can be.
	OnCollection bool
	// Rate names the domestic rate: a tax name or a percentage, as in the settings. It may name the tax of exempt services.
	Rate string
	// Usual is what services bear that take place in Romania, one of LineReasons; "" is the rate, or the exemption, that Rate names.
	Usual Reason
	// ReverseChargeRate and OutsideRate name the account's taxes at 0 % for companies in the EU and outside.
	ReverseChargeRate, OutsideRate string
	// ReverseChargeNamed and OutsideNamed report that the user chose those names, rather than taking them as they come.
	ReverseChargeNamed, OutsideNamed bool
	// ExemptRate names the account's tax at 0 % for services that the law exempts, ExemptNamed reports that the user chose it.
	ExemptRate  string
	ExemptNamed bool
}

// NamesTax reports whether the user chose the account's tax for a reason at 0 %, which four regimes share; else it is true.
func (i Issuer) NamesTax(reason Reason) bool {
	switch {
	case reason == ReasonReverseCharge:
		return i.ReverseChargeNamed
	case reason == ReasonOutsideEU:
		return i.OutsideNamed
	case reason.IsExempt():
		return i.ExemptNamed || i.rateExempts()
	}
	return true
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

// isTaxed reports whether Romanian VAT is due.
func (r Reason) isTaxed() bool {
	switch r {
	case ReasonDomestic, ReasonConsumer, ReasonConsumerThird, ReasonNoVATNumber, ReasonStandard, ReasonReduced:
		return true
	default:
		return false
	}
}

// Basis is how the reason of a treatment was arrived at; the zero value is the table of treatments.
type Basis string

// The other bases: the reason was kept with the client, or is another than the proposed one.
const (
	BasisKept   Basis = "kept"
	BasisChosen Basis = "chosen"
)

// Treatment is the VAT of a whole invoice: which tax its lines bear and what the law wants printed.
type Treatment struct {
	Reason Reason `json:"reason"`
	// Setting names the tax, resolved against the account's list by the day of supply; "" sends no tax fields.
	Setting string `json:"setting"`
	// Basis is how the reason was arrived at.
	Basis Basis `json:"basis,omitempty"`
	// Mention is the text that the law wants on the invoice, "" if none.
	Mention string `json:"mention"`
	// IntraEUCode asks SmartBill to print the issuer's intra-EU tax code (art. 317).
	IntraEUCode bool `json:"intra_eu_code"`
	// OnCollection says that the VAT is due when the client pays.
	OnCollection bool `json:"on_collection,omitempty"`
}

// RateOn gives the tax of a line supplied on the day: the lawful one, or of those at 0 % the one that the setting names.
// ErrVATRateMissing, with the reason, when the account lacks it.
func (t Treatment) RateOn(rates VATRates, supply Date) (rate VATRate, err error) {
	switch {
	case t.Setting == "":
		return VATRate{}, nil
	case t.Reason.isTaxed():
		rate, err = rates.On(t.Setting, supply)
	default:
		rate, err = rates.Zero().Resolve(t.Setting)
	}
	if err != nil {
		return VATRate{}, fmt.Errorf("%s: %w", t.Reason, err)
	}
	return rate, nil
}

// The words that the law wants on invoices without VAT, and on those whose VAT is due on collection (art. 319).
const (
	mentionOnCollection    = "TVA la încasare"
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
	switch {
	case i.withoutVAT():
		return reasonWithoutVAT(client)
	case client.IsRomanian() || client.Country == "":
		return ReasonDomestic
	case client.Private && !client.InVATArea():
		return ReasonConsumerThird
	case client.Private:
		return ReasonConsumer
	case !client.InVATArea():
		return ReasonOutsideEU
	case client.PaysVAT():
		return ReasonReverseCharge
	}
	return ReasonNoVATNumber
}

func (i Issuer) withoutVAT() bool { return i.Status == VATNonPayer || i.Status == VATNonPayerIntraEU }

// reasonWithoutVAT is the table for an issuer who is not registered. A company in the EU without a number that counts is taken for a
// consumer here too: the service takes place in Romania then.
func reasonWithoutVAT(client Client) Reason {
	switch {
	case client.IsRomanian() || client.Country == "" || client.Private:
		return ReasonNonPayer
	case !client.InVATArea():
		return ReasonNonPayerThird
	case client.PaysVAT():
		return ReasonNonPayerEU
	}
	return ReasonNonPayer
}

// Treatments are those that make sense for an invoice to the client, the one that Client.Treatment gives first.
func (i Issuer) Treatments(client Client) []Treatment {
	treatments := []Treatment{client.Treatment(i)}
	for _, reason := range i.reasons(client) {
		other := i.chosen(reason, client)
		if !slices.ContainsFunc(treatments, other.isLike) {
			treatments = append(treatments, other)
		}
	}
	return treatments
}

// TreatmentBy is the treatment among Treatments that has the reason, or one like it: "domestic" stands for every reason of Romanian
// VAT. It reports false when there is none.
func (i Issuer) TreatmentBy(reason Reason, client Client) (Treatment, bool) {
	treatments := i.Treatments(client)
	at := slices.IndexFunc(treatments, func(t Treatment) bool { return t.Reason == reason })
	if at < 0 {
		at = slices.IndexFunc(treatments, func(t Treatment) bool { return t.Reason.general() == reason })
	}
	if at < 0 {
		return Treatment{}, false
	}
	chosen := treatments[at]
	if chosen.IsUndecided(client) {
		chosen.Basis = BasisChosen
	}
	return chosen, true
}

// general is the reason among VATReasons that stands for this one.
func (r Reason) general() Reason {
	switch r {
	case ReasonReverseCharge, ReasonNonPayerEU:
		return ReasonReverseCharge
	case ReasonOutsideEU, ReasonNonPayerThird:
		return ReasonOutsideEU
	default:
		return ReasonDomestic
	}
}

// reasons lists what can be the reason of the client's VAT, the proposed one first. Reverse charge within Romania is for
// goods that the law lists (art. 331), and comes with a warning. Territories outside the VAT area that no postal code tells are chosen.
// A reduced rate and the exemptions are chosen by what is supplied, which no client tells.
func (i Issuer) reasons(client Client) []Reason {
	reasons := []Reason{i.proposed(client)}
	member := taxid.VATPrefix(client.Country) != ""
	switch {
	case i.withoutVAT() && client.IsRomanian():
	case i.withoutVAT() && client.Private && client.InVATArea(): // A consumer cannot account for the VAT.
	case i.withoutVAT() && member && !client.Private:
		reasons = append(reasons, ReasonNonPayerEU, ReasonNonPayer, ReasonNonPayerThird)
	case i.withoutVAT():
		reasons = append(reasons, ReasonNonPayerThird, ReasonNonPayer)
	case client.Private && client.IsRomanian():
	case client.Private:
		reasons = append(reasons, ReasonOutsideEU)
	case client.IsRomanian():
		reasons = append(reasons, ReasonReverseCharge)
	case member:
		reasons = append(reasons, ReasonDomestic, ReasonReverseCharge, ReasonOutsideEU)
	default:
		reasons = append(reasons, ReasonDomestic, ReasonOutsideEU)
	}
	if !i.withoutVAT() {
		reasons = append(reasons, LineReasons()...)
	}
	return reasons
}

// chosen is the treatment by a reason that somebody chose, which may be the proposed one.
func (i Issuer) chosen(reason Reason, client Client) Treatment {
	treatment := i.treatment(reason, client)
	if reason != i.proposed(client) {
		treatment.Basis = BasisChosen
	}
	return treatment
}

// treatment is what follows from a reason for this issuer and the client. The intra-EU code is for partners abroad. VAT on collection
// is for services that are taxed in Romania and whose VAT the issuer owes (Cod fiscal art. 282(6)). That a service takes place in
// Romania does not say what it bears there: the settings do.
func (i Issuer) treatment(reason Reason, client Client) Treatment {
	if usual := i.usual(); usual != "" && reason.isPlace() {
		reason = usual
	}
	t := Treatment{Reason: reason}
	switch reason {
	case ReasonDomestic, ReasonConsumer, ReasonConsumerThird, ReasonNoVATNumber, ReasonStandard:
		t.Setting = i.domesticRate()
	case ReasonReduced:
		t.Setting = reducedRate
	case ReasonEducation, ReasonTuition, ReasonMedical, ReasonTherapy, ReasonExempt:
		t.Setting, t.Mention = i.exemptRate(), reason.exemptionWords()
	case ReasonReverseCharge:
		t.Setting, t.Mention = i.ReverseChargeRate, mentionReverseCharge
		if t.IsDomesticReverse(client) {
			t.Mention = mentionDomesticReverse
		}
	case ReasonOutsideEU:
		t.Setting, t.Mention = i.OutsideRate, mentionOutside
	case ReasonNonPayer:
		t.Mention = mentionNonPayer
	case ReasonNonPayerEU:
		t.Mention, t.IntraEUCode = mentionNonPayerEU, i.Status == VATNonPayerIntraEU && !client.IsRomanian()
	case ReasonNonPayerThird:
		t.Mention = mentionOutside
	}
	if i.OnCollection && reason.isTaxed() {
		t.OnCollection, t.Mention = true, mentionOnCollection
	}
	return t
}

// IsDomesticReverse reports whether it is the reverse charge between two companies in Romania (Cod fiscal art. 331).
func (t Treatment) IsDomesticReverse(client Client) bool {
	return t.Reason == ReasonReverseCharge && client.IsRomanian()
}

// IsAbroad reports whether the service is taxed abroad: then e-Factura does not want the invoice (OUG 120/2021, OUG 138/2024).
func (t Treatment) IsAbroad(client Client) bool {
	switch t.Reason {
	case ReasonReverseCharge, ReasonNonPayerEU:
		return !client.IsRomanian()
	case ReasonOutsideEU, ReasonNonPayerThird:
		return true
	default:
		return false
	}
}

// IsUndecided reports whether a person must still decide: the client's VAT number is not valid, and the table's answer to that was
// neither chosen nor kept.
func (t Treatment) IsUndecided(client Client) bool {
	state := client.VATNumberState()
	return t.Basis == "" && (state == VATNumberInvalid || state == VATNumberDenied)
}

func (t Treatment) check(f *Findings, client Client) {
	const field = "vat_reason"
	switch {
	case t.isOfConsumer(client) && client.InVATArea():
		f.warn(field, "OSS", FindingConsumerInEU)
	case t.Reason == ReasonConsumerThird || t.isOfConsumer(client):
		f.warn(field, "art. 278", FindingConsumerOutsideEU)
	case t.Reason == ReasonNonPayerEU && !t.IntraEUCode:
		f.warn(field, "art. 317", FindingIntraEUCodeMissing)
	case t.Reason == ReasonReverseCharge && client.TaxNumber() == "" && client.VATReason != ReasonReverseCharge:
		f.warn(field, "art. 319", FindingReverseChargeBuyer)
	case t.IsDomesticReverse(client) && client.VATReason != ReasonReverseCharge:
		f.warn(field, "art. 331", FindingReverseChargeDomestic)
	}
	t.checkNumber(f, client)
}

// isOfConsumer reports whether a person abroad gets a service that takes place in Romania, since its supplier is there.
func (t Treatment) isOfConsumer(client Client) bool {
	consumer := t.Reason == ReasonConsumer || slices.Contains(LineReasons(), t.Reason) && client.Private
	return consumer && client.Country != "" && !client.IsRomanian()
}

// checkNumber compares the treatment with what the number of a company in another member state can carry.
func (t Treatment) checkNumber(f *Findings, client Client) {
	const field = "vat_reason"
	rests := t.Reason.general() == ReasonReverseCharge
	switch state := client.VATNumberState(); {
	case t.IsUndecided(client):
		f.warn(field, "VIES", FindingVATNumberInvalid)
	case rests && (state == VATNumberInvalid || state == VATNumberDenied):
		f.warn(field, "VIES", FindingReverseChargeNumberInvalid)
	case rests && state == VATNumberValid:
		f.warn(field, "VIES", FindingVATNumberUnproven)
	case !t.IsAbroad(client) && (state == VATNumberValid || state == VATNumberConfirmed):
		f.warn("vat_number", "ANAF", FindingBuyerUnknownToANAF)
	}
}
