package model

import (
	"cmp"
	"time"

	"cadensa/model/taxid"
)

// CompanyRecord is what a public register says of a Romanian company, in cleaned texts with the comma below ș and ț.
type CompanyRecord struct {
	// CUI is the company's code without RO.
	CUI  string `json:"cui"`
	Name string `json:"name"`
	// Street holds the number and the details (floor, room) too; PostalCode has six digits.
	Street     string `json:"street"`
	PostalCode string `json:"postal_code"`
	// City is Sector 1 to Sector 6 in Bucharest. County is one of Counties by its name, "" if the register names none.
	City   string `json:"city"`
	County string `json:"county"`
	// PaysVAT reports a registration for VAT by art. 316 Cod fiscal: RO stands before the code then.
	PaysVAT bool `json:"pays_vat"`
	// OnCollection reports that a payer is in the register of VAT on collection (TVA la încasare).
	OnCollection bool `json:"on_collection"`
	// TradeRegister is the number in the trade register, such as "J12/345/2006" or "J2006000345126".
	TradeRegister string `json:"trade_register"`
	// Phone and IBAN are often "" in the register.
	Phone string `json:"phone"`
	IBAN  string `json:"iban"`
	// EInvoice reports that the company is in the register of those that take e-Factura by choice.
	EInvoice bool `json:"e_invoice"`
	// Inactive reports that ANAF declared it inactive (art. 92 Cod de procedură fiscală), since the date if it is known.
	Inactive      bool `json:"inactive"`
	InactiveSince Date `json:"inactive_since"`
	// Removed reports that it was struck off, on the date if it is known.
	Removed   bool `json:"removed"`
	RemovedOn Date `json:"removed_on"`
	// AsOf is the day for which the register answers, Source its name, and Asked the instant of the question.
	AsOf   Date      `json:"as_of"`
	Source string    `json:"source"`
	Asked  time.Time `json:"asked"`
}

// VATNumber is the company's code as a client's tax number: with RO for a VAT payer, without for another.
func (r CompanyRecord) VATNumber() string { return taxid.CIF{Digits: r.CUI, VAT: r.PaysVAT}.String() }

// Warning says in one sentence why an invoice to this company deserves a second thought, "" if nothing does.
func (r CompanyRecord) Warning() string {
	switch {
	case r.Removed:
		return "this company was struck off" + onDay(" on ", r.RemovedOn) + ": it cannot be invoiced any more"
	case r.Inactive:
		return "this company is inactive" + onDay(" since ", r.InactiveSince) + ": it cannot deduct the VAT of an invoice"
	}
	return ""
}

func onDay(word string, day Date) string {
	if day.IsZero() {
		return ""
	}
	return word + day.String()
}

// Fill returns the client as a Romanian company, with what the register knows in the place of its own, and located by its postal code
// where the register names no county or sector. Phone and IBAN, which the register may have had for long, only fill a gap.
func (r CompanyRecord) Fill(client Client) Client {
	client.Country, client.Private = Romania, false
	if r.CUI != "" {
		client.VATNumber = r.VATNumber()
	}
	client.Name, client.Street = cmp.Or(r.Name, client.Name), cmp.Or(r.Street, client.Street)
	client.PostalCode, client.City = cmp.Or(r.PostalCode, client.PostalCode), cmp.Or(r.City, client.City)
	client.County = cmp.Or(r.County, client.County)
	client.TradeRegister = cmp.Or(r.TradeRegister, client.TradeRegister)
	client.Phone, client.IBAN = cmp.Or(client.Phone, r.Phone), cmp.Or(client.IBAN, r.IBAN)
	client, _ = client.Located()
	return client
}

// VATProof is the answer of the EU's register of VAT numbers (VIES), worth keeping with the client: a supply without
// VAT to another member state rests on a number that was valid on the day.
type VATProof struct {
	// Country is the prefix of the number as VIES has it: EL for Greece, XI for Northern Ireland. Number is what follows.
	Country string `json:"country"`
	Number  string `json:"number"`
	// Valid is false only when VIES itself says that the number is not valid.
	Valid bool `json:"valid"`
	// Name and Address are "" where the member state does not tell them (Germany, Spain).
	Name    string `json:"name"`
	Address string `json:"address"`
	// RequestID is the consultation number, which VIES gives only to who asks in the name of a VAT number of its own.
	RequestID string `json:"request_id"`
	// Asked is the instant of the question.
	Asked time.Time `json:"asked"`
}

// String is the number with its prefix.
func (p VATProof) String() string { return p.Country + p.Number }
