package model

import (
	"slices"
	"strings"

	"cadensa/model/text"
)

// What a service can bear that takes place in Romania: the standard rate or the reduced one (Cod fiscal art. 291), or an exemption
// without the right to deduct (art. 292), by its letter where there is a reason of its own.
const (
	ReasonStandard Reason = "standard"
	ReasonReduced  Reason = "reduced"
	// ReasonEducation is schooling and the training of adults, by public and authorised institutions: (1)(f).
	ReasonEducation Reason = "education"
	// ReasonTuition is private lessons by teachers: (1)(h).
	ReasonTuition Reason = "tuition"
	// ReasonMedical is medical care by authorised hospitals and practices: (1)(a).
	ReasonMedical Reason = "medical"
	// ReasonTherapy is care by medical and paramedical staff: (1)(c).
	ReasonTherapy Reason = "therapy"
	// ReasonExempt is any other letter, which the note should name.
	ReasonExempt Reason = "exempt"
)

// LineReasons lists what the settings, a client, an invoice or one line can say of a service that takes place in Romania.
func LineReasons() []Reason { return append([]Reason{ReasonStandard, ReasonReduced}, exemptions()...) }

func exemptions() []Reason {
	return []Reason{ReasonEducation, ReasonTuition, ReasonMedical, ReasonTherapy, ReasonExempt}
}

// isPlace reports whether the reason says no more than that the service takes place in Romania.
func (r Reason) isPlace() bool {
	return slices.Contains([]Reason{ReasonDomestic, ReasonConsumer, ReasonConsumerThird, ReasonNoVATNumber}, r)
}

// IsExempt reports whether the law exempts what is supplied (Cod fiscal art. 292).
func (r Reason) IsExempt() bool { return slices.Contains(exemptions(), r) }

// inRomania reports whether the service takes place in Romania, for an issuer who pays VAT.
func (r Reason) inRomania() bool { return r.isTaxed() || r.IsExempt() }

// exemptionWords refer to the law, as an invoice with exempt services must (art. 319(20)).
func (r Reason) exemptionWords() string {
	const words = "Scutit de TVA – art. 292 "
	switch r {
	case ReasonEducation:
		return words + "alin. (1) lit. f) Cod fiscal"
	case ReasonTuition:
		return words + "alin. (1) lit. h) Cod fiscal"
	case ReasonMedical:
		return words + "alin. (1) lit. a) Cod fiscal"
	case ReasonTherapy:
		return words + "alin. (1) lit. c) Cod fiscal"
	default:
		return words + "Cod fiscal"
	}
}

const (
	// reducedRate is found by its percentage, as the law has it on the day of supply.
	reducedRate = "11"
	// standardRate serves where the setting of the domestic rate names an exemption.
	standardRate = "21"
)

// ChargesVAT reports whether the issuer is registered for VAT, so that what it bills can bear one rate or another.
func (i Issuer) ChargesVAT() bool { return !i.withoutVAT() }

// usual is what services bear that take place in Romania, where the settings say something else than a rate; else "".
func (i Issuer) usual() Reason {
	switch {
	case i.withoutVAT():
	case i.Usual == ReasonReduced || i.Usual.IsExempt():
		return i.Usual
	case i.Usual == "" && i.rateExempts():
		return ReasonExempt
	}
	return ""
}

// rateExempts reports whether the setting of the domestic rate names the account's tax for exemptions.
func (i Issuer) rateExempts() bool { return i.IsExemptTax(i.Rate) }

// IsExemptTax reports whether a tax of the account, by its name, is that of exempt services: the one that the user chose, or one with
// a usual name (scutit fără drept de deducere).
func (i Issuer) IsExemptTax(name string) bool {
	name = text.Fold(text.Collapse(name))
	return name == "sfdd" || strings.HasPrefix(name, "scutit") || name != "" && name == text.Fold(text.Collapse(i.ExemptRate))
}

// domesticRate names the tax of taxed services.
func (i Issuer) domesticRate() string {
	if i.rateExempts() {
		return standardRate
	}
	return i.Rate
}

// exemptRate names the account's tax of exempt services.
func (i Issuer) exemptRate() string {
	if i.rateExempts() && !i.ExemptNamed {
		return i.Rate
	}
	return i.ExemptRate
}

// lineTreatment is the VAT of a line with a reason of its own; nil where it has none, or follows the invoice: what an issuer without
// VAT bills, and what is taxed abroad, is so with all its lines.
func (i Issuer) lineTreatment(reason Reason, invoice Treatment, client Client) *Treatment {
	if !slices.Contains(LineReasons(), reason) || !invoice.Reason.inRomania() {
		return nil
	}
	own := i.treatment(reason, client)
	own.Basis = BasisChosen
	if own.isLike(invoice) {
		return nil
	}
	return &own
}

// lineReason is what a line says to bear the same as here, "" where a line has to follow its invoice.
func (t Treatment) lineReason() Reason {
	switch {
	case slices.Contains(LineReasons(), t.Reason):
		return t.Reason
	case t.Reason.isTaxed():
		return ReasonStandard
	}
	return ""
}

// isLike reports whether both come to the same tax and the same words.
func (t Treatment) isLike(other Treatment) bool {
	return t.Setting == other.Setting && t.Mention == other.Mention
}

// TreatmentOf is the VAT of one of the invoice's lines.
func (p PreparedInvoice) TreatmentOf(line Line) Treatment {
	if line.Treatment != nil {
		return *line.Treatment
	}
	return p.Treatment
}

// Treatments are those of the lines, each once, in their order; the invoice's where there are no lines.
func (p PreparedInvoice) Treatments() []Treatment {
	var treatments []Treatment
	for _, line := range p.Lines {
		if own := p.TreatmentOf(line); !slices.ContainsFunc(treatments, own.isLike) {
			treatments = append(treatments, own)
		}
	}
	if len(treatments) == 0 {
		return []Treatment{p.Treatment}
	}
	return treatments
}

// IsOnCollection reports whether VAT of the invoice is due when the client pays.
func (p PreparedInvoice) IsOnCollection() bool {
	return slices.ContainsFunc(p.Treatments(), func(t Treatment) bool { return t.OnCollection })
}

// lawsWords are what the law wants printed for the lines, each once.
func (p PreparedInvoice) lawsWords() string {
	var words []string
	for _, treatment := range p.Treatments() {
		if said := text.Collapse(treatment.Mention); !slices.Contains(words, said) {
			words = append(words, said)
		}
	}
	return joinFilled(" | ", words...)
}

// checkTreatments finds what is doubtful about an exemption or a reduced rate that was chosen for this invoice.
func (p PreparedInvoice) checkTreatments(f *Findings) {
	const field = "vat_reason"
	if p.Original != nil {
		return
	}
	if p.Treatment.Reason == ReasonReduced && p.Treatment.Basis == BasisChosen {
		f.warn(field, "art. 291", FindingReducedRate)
	}
	unnamed := func(t Treatment) bool { return t.Reason == ReasonExempt }
	if text.Collapse(p.Note) == "" && slices.ContainsFunc(p.Treatments(), unnamed) {
		f.warn(field, "art. 319", FindingExemptionUnnamed)
	}
}

// checkLineTreatment finds a reason of a line that is doubtful, or that the line cannot follow.
func (p PreparedInvoice) checkLineTreatment(f *Findings, field string, number int, line Line) {
	switch {
	case line.Reverses != nil:
	case line.VATReason != "" && !p.Treatment.Reason.inRomania():
		f.warn(field, "art. 278", FindingLineVATFollows, number)
	case line.Treatment != nil && line.Treatment.Reason == ReasonReduced:
		f.warn(field, "art. 291", FindingLineVATReduced, number)
	}
}
