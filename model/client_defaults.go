package model

import (
	"cmp"
	"slices"
	"strings"

	"cadensa/model/text"
)

// ClientDefaults are what invoices to one client begin with. What is left out follows the settings.
type ClientDefaults struct {
	// PaymentTermsDays is the number of days from the issue date to the due date; nil is the settings' number.
	PaymentTermsDays *int `json:"payment_terms_days,omitempty"`
	// Currency is the client's, by ISO 4217 code. It converts nothing: an invoice in another one gets a warning.
	Currency string `json:"currency,omitempty"`
	// Language is what SmartBill prints the invoice in: one of Languages, "" for the account's own.
	Language string `json:"language,omitempty"`
	// VATReason decides the VAT in the place of ProposeTreatment: one of VATReasons, "" to let it propose.
	VATReason Reason `json:"vat_reason,omitempty"`
	// SupplyDate says which day decides the VAT of hours for the client: one of SupplyDates, "" for the settings'.
	SupplyDate SupplyDate `json:"supply_date,omitempty"`
	// QuantityDecimals is how many decimals quantities have, 0 for the settings' number.
	QuantityDecimals int `json:"quantity_decimals,omitempty"`
	// Note is printed on every invoice to the client, among the mentions.
	Note string `json:"note,omitempty"`
	ClientRule
}

// maxPaymentTerms is the longest that a client may take to pay, in days, as in the settings.
const maxPaymentTerms = 366

// Languages lists the languages that every SmartBill account prints documents in (smartbill, Documents).
func Languages() []string { return []string{"RO", "EN", "DE", "FR", "IT", "ES"} }

// VATReasons lists the reasons that may be kept with a client. An issuer who is not registered for VAT has counterparts of them.
func VATReasons() []Reason {
	return append([]Reason{ReasonDomestic, ReasonReverseCharge, ReasonOutsideEU}, LineReasons()...)
}

// Cleaned returns the defaults with every text cleaned and trimmed.
func (d ClientDefaults) Cleaned() ClientDefaults {
	d.Currency = strings.ToUpper(text.Collapse(d.Currency))
	d.Language = strings.ToUpper(text.Collapse(d.Language))
	d.VATReason = Reason(text.Fold(text.Collapse(string(d.VATReason))))
	d.SupplyDate = SupplyDate(text.Fold(text.Collapse(string(d.SupplyDate))))
	d.Note = text.Collapse(d.Note)
	d.ClientRule = d.ClientRule.Cleaned()
	return d
}

// over fills in what d leaves out.
func (d ClientDefaults) over(known ClientDefaults) ClientDefaults {
	d.PaymentTermsDays = cmp.Or(d.PaymentTermsDays, known.PaymentTermsDays)
	d.Currency = cmp.Or(d.Currency, known.Currency)
	d.Language = cmp.Or(d.Language, known.Language)
	d.VATReason = cmp.Or(d.VATReason, known.VATReason)
	d.SupplyDate = cmp.Or(d.SupplyDate, known.SupplyDate)
	d.QuantityDecimals = cmp.Or(d.QuantityDecimals, known.QuantityDecimals)
	d.Note = cmp.Or(d.Note, known.Note)
	d.ClientRule = cmp.Or(d.ClientRule, known.ClientRule)
	return d
}

func (d ClientDefaults) validate(f *Findings) {
	if days := d.PaymentTermsDays; days != nil && (*days < 0 || *days > maxPaymentTerms) {
		f.fail("payment_terms_days", ruleFormat, FindingTermsOutOfRange, maxPaymentTerms)
	}
	checkChoice(f, "currency", "currency", d.Currency, currencies, FindingUsualCurrencyUnknown)
	checkChoice(f, "language", "language", d.Language, Languages(), FindingLanguageUnknown)
	checkChoice(f, "vat_reason", "VAT", d.VATReason, VATReasons(), FindingVATReasonUnknown)
	checkChoice(f, "supply_date", "art. 281", d.SupplyDate, SupplyDates(), FindingSupplyDateUnknown)
	if decimals := d.QuantityDecimals; decimals != 0 && (decimals < MinQuantityDecimals || decimals > MaxQuantityDecimals) {
		f.fail("quantity_decimals", ruleFormat, FindingDecimalsOutOfRange, MinQuantityDecimals, MaxQuantityDecimals)
	}
	d.ClientRule.validate(f)
	checkLength(f, "note", d.Note, MaxMentions, "BR-RO-L302", FindingNoteTooLong)
}

// checkChoice refuses a value that is none of the choices; "" is left out.
func checkChoice[T ~string](f *Findings, field, rule string, value T, choices []T, unknown FindingCode) {
	if value != "" && !slices.Contains(choices, value) {
		f.fail(field, rule, unknown, string(value))
	}
}

func (c Client) checkDefaults(f *Findings) {
	c.validate(f)
	if c.VATReason != ReasonReverseCharge {
		return
	}
	switch {
	case c.IsRomanian():
		f.warn("vat_reason", "art. 331", FindingReverseChargeKept)
	case c.TaxNumber() == "":
		f.warn("vat_reason", "BR-AE-02", FindingReverseChargeNumberless)
	}
}

// CheckClient is Client.Validate, and finds a note that has no room among the mentions of an invoice beside the words that the law
// wants for this client.
func (p Preferences) CheckClient(client Client) Findings {
	client = client.Cleaned()
	f := client.Validate()
	mentions := PreparedInvoice{Treatment: client.Treatment(p.Issuer), Note: client.Note, PrintIntent: p.PrintIntent}
	length := text.Length(client.Note)
	over := text.Length(mentions.Mentions()) - mentions.mentionsRoom()
	if length <= MaxMentions && over > 0 {
		f.fail("note", "BR-RO-L302", FindingNoteWithoutRoom, length, length-over)
	}
	return f
}

// Keeping returns the client with the tracker names, details, defaults and proof of its VAT number that the address book knows.
func (c Client) Keeping(known Client) Client {
	names := slices.Clone(known.TrackerNames)
	for _, name := range c.TrackerNames {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	c.TrackerNames = names
	c.ClientDetails, c.ClientDefaults = c.ClientDetails.over(known.ClientDetails), c.ClientDefaults.over(known.ClientDefaults)
	c.VATProof = cmp.Or(c.VATProof, known.VATProof)
	return c.withoutStaleProof()
}

// withoutStaleProof drops a proof of another number than the client's.
func (c Client) withoutStaleProof() Client {
	if !c.VATProof.IsOf(c) {
		c.VATProof = nil
	}
	return c
}

// Treatment is the VAT of an invoice to the client: by the reason that is kept with it, else as ProposeTreatment says.
func (c Client) Treatment(issuer Issuer) Treatment {
	if !slices.Contains(VATReasons(), c.VATReason) {
		return ProposeTreatment(issuer, c)
	}
	treatment := issuer.treatment(issuer.reasonLike(c.VATReason), c)
	treatment.Basis = BasisKept
	return treatment
}

// reasonLike is the reason itself for an issuer who is registered for VAT, and its counterpart for one who is not.
func (i Issuer) reasonLike(reason Reason) Reason {
	if !i.withoutVAT() {
		return reason
	}
	switch reason {
	case ReasonReverseCharge:
		return ReasonNonPayerEU
	case ReasonOutsideEU:
		return ReasonNonPayerThird
	default:
		return ReasonNonPayer
	}
}
