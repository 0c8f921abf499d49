package model

import (
	"cadensa/model/taxid"
)

// VATNumberState is how far a company's VAT number can carry a reverse charge.
type VATNumberState string

// The states of a VAT number. Only a valid and a confirmed one carry a reverse charge.
const (
	VATNumberMissing VATNumberState = "missing"
	// VATNumberInvalid is one that has not its country's form, or whose check digits are wrong; VATNumberDenied one that VIES denies.
	VATNumberInvalid VATNumberState = "invalid"
	VATNumberDenied  VATNumberState = "denied"
	// VATNumberValid has the right form and check digits, and VIES did not answer; VATNumberConfirmed is confirmed by VIES.
	VATNumberValid     VATNumberState = "valid"
	VATNumberConfirmed VATNumberState = "confirmed"
)

// VATNumberState tells how the number of a company elsewhere in the EU's VAT area stands. Whoever keeps the register, VIES, knows
// better than a table of forms. A person, a Romanian company and one outside the area need none: VATNumberMissing.
func (c Client) VATNumberState() VATNumberState {
	switch number := c.TaxNumber(); {
	case c.Private || c.IsRomanian() || !c.InVATArea() || number == "":
		return VATNumberMissing
	case c.VATProof.IsOf(c) && !c.VATProof.Valid:
		return VATNumberDenied
	case c.VATProof.IsOf(c):
		return VATNumberConfirmed
	case taxid.ValidVATNumber(c.Country, number):
		return VATNumberValid
	}
	return VATNumberInvalid
}

// PaysVAT reports whether the tax number is one of a VAT payer: RO before a Romanian code, or a number of another member state that
// counts as valid.
func (c Client) PaysVAT() bool {
	if c.IsRomanian() {
		code, ok := taxid.ParseCIF(c.VATNumber)
		return !c.Private && ok && code.VAT
	}
	state := c.VATNumberState()
	return state == VATNumberValid || state == VATNumberConfirmed
}

// TaxNumber is the client's number in its normal form, "" if there is none: that of VIES for a company in the EU.
func (c Client) TaxNumber() string {
	if c.Private {
		return taxid.Normalize(c.VATNumber)
	}
	return taxid.NormalizeVAT(c.Country, c.VATNumber)
}

// IsOf reports whether it is the proof of the client's number, each in its normal form. There may be no proof.
func (p *VATProof) IsOf(c Client) bool {
	return p != nil && taxid.NormalizeVAT(c.Country, p.String()) == taxid.NormalizeVAT(c.Country, c.VATNumber)
}

func (c Client) checkTaxNumber(f *Findings) {
	const field = "vat_number"
	number := c.TaxNumber()
	switch {
	case c.IsRomanian() && c.Private:
		if number != "" && !taxid.ValidCNP(number) {
			f.warn(field, "CNP", FindingCNPInvalid)
		}
	case c.IsRomanian() && number == "":
		f.warn(field, "BR-RO-120", FindingCUIMissing)
	case c.InVATArea() && !c.Private && number == "":
		f.warn(field, "BR-AE-02", FindingVATNumberMissing)
	case c.VATProof.IsOf(c) && c.VATProof.Valid: // Whoever keeps the register knows better than a table.
	case c.VATNumberState() == VATNumberDenied:
		f.warn(field, "VIES", FindingVATNumberDenied)
	case !c.Private && c.Territory() == "":
		for _, problem := range taxid.CheckVATNumber(c.Country, number) {
			f.warn(field, problem.Rule, FindingTaxNumberDoubtful, problem)
		}
	}
}

// BuyerCode is the buyer's code as it is sent. Where the service is taxed in Romania, ANAF knows a buyer by RO and a number, a CUI, a
// CNP, or thirteen zeros: the zeros stand for a person without a CNP, and for a company without a number that counts. A Romanian
// company's code is sent with a wrong check digit too, which is a finding.
func (p PreparedInvoice) BuyerCode() string {
	client, number := p.Client, p.Client.TaxNumber()
	if client.Country == "" || p.Treatment.IsAbroad(client) || client.hasUsableCode() {
		return number
	}
	return taxid.AnonymousCNP
}

// hasUsableCode reports whether the number can stand on an invoice that is taxed in Romania.
func (c Client) hasUsableCode() bool {
	number := c.TaxNumber()
	switch {
	case c.Private:
		return taxid.ValidCNP(number)
	case c.IsRomanian():
		_, isCode := taxid.ParseCIF(number)
		return isCode || taxid.ValidCNP(number)
	}
	return c.PaysVAT()
}

// SharesTaxNumber reports whether both are in one country and have one tax number. RO before a Romanian code makes no difference;
// thirteen zeros, a dash and no number are nobody's.
func (c Client) SharesTaxNumber(other Client) bool {
	code := c.taxCode()
	return code != "" && c.Country == other.Country && code == other.taxCode()
}

// taxCode is what the tax numbers of one country are compared by, "" for none.
func (c Client) taxCode() string {
	number := c.TaxNumber()
	if code, ok := taxid.ParseCIF(number); ok && c.IsRomanian() {
		return code.Digits
	}
	if number == taxid.AnonymousCNP {
		return ""
	}
	return number
}
