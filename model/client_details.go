package model

import (
	"cmp"
	"regexp"
	"strings"

	"cadensa/model/text"
)

// ClientDetails are what SmartBill prints of a client beside its name and address, and keeps with it. It empties what a request leaves
// out of a client that it knows.
type ClientDetails struct {
	// TradeRegister is the number in the trade register: "J12/345/2006", or "J2006000345126" since July 2024.
	TradeRegister string `json:"trade_register,omitempty"`
	Phone         string `json:"phone,omitempty"`
	// IBAN has no spaces.
	IBAN string `json:"iban,omitempty"`
	Bank string `json:"bank,omitempty"`
	// Delegate is who takes the invoice over for the client. The identity card is printed with the name only, the car with both only.
	Delegate             string `json:"delegate,omitempty"`
	DelegateIdentityCard string `json:"delegate_identity_card,omitempty"`
	DelegateCar          string `json:"delegate_car,omitempty"`
}

// maxPhone is e-Factura's limit (BR-RO-L1010), in runes.
const maxPhone = 100

// Cleaned returns the details with every text cleaned and trimmed; Romanian register numbers and IBANs without spaces.
func (d ClientDetails) Cleaned() ClientDetails {
	for _, value := range []*string{&d.TradeRegister, &d.Phone, &d.Bank, &d.Delegate, &d.DelegateIdentityCard, &d.DelegateCar} {
		*value = text.Collapse(*value)
	}
	if number := squeezed(d.TradeRegister); registerNumber.MatchString(number) {
		d.TradeRegister = number
	}
	d.IBAN = squeezed(d.IBAN)
	return d
}

// squeezed is a number in capitals and without spaces.
func squeezed(number string) string {
	return strings.ToUpper(strings.ReplaceAll(text.Collapse(number), " ", ""))
}

// over fills in what d leaves out.
func (d ClientDetails) over(known ClientDetails) ClientDetails {
	d.TradeRegister, d.Phone = cmp.Or(d.TradeRegister, known.TradeRegister), cmp.Or(d.Phone, known.Phone)
	d.IBAN, d.Bank = cmp.Or(d.IBAN, known.IBAN), cmp.Or(d.Bank, known.Bank)
	d.Delegate = cmp.Or(d.Delegate, known.Delegate)
	d.DelegateIdentityCard = cmp.Or(d.DelegateIdentityCard, known.DelegateIdentityCard)
	d.DelegateCar = cmp.Or(d.DelegateCar, known.DelegateCar)
	return d
}

// registerNumber is a Romanian trade register number in the form before July 2024, or in the one since (Law 265/2022, ONRC).
var registerNumber = regexp.MustCompile(`^[JFC]([0-9]{1,2}/[0-9]{1,7}/[0-9]{4}|[0-9]{13})$`)

// checkDetails finds what is wrong with the details. Nothing of it keeps an invoice back but what e-Factura refuses.
func (c Client) checkDetails(f *Findings) {
	d := c.ClientDetails.Cleaned()
	if d.TradeRegister != "" && c.IsRomanian() && !registerNumber.MatchString(d.TradeRegister) {
		f.warn("trade_register", "ONRC", FindingTradeRegisterMalformed)
	}
	checkLength(f, "phone", d.Phone, maxPhone, "BR-RO-L1010", FindingPhoneTooLong)
	if d.IBAN != "" && !validIBAN(d.IBAN) {
		f.warn("iban", "ISO 13616", FindingIBANInvalid)
	}
	switch {
	case d.Delegate == "" && d.DelegateIdentityCard != "":
		f.warn("delegate", "delegate", FindingDelegateMissing)
	case d.DelegateCar != "" && (d.Delegate == "" || d.DelegateIdentityCard == ""):
		f.warn("delegate_identity_card", "delegate", FindingDelegateCardMissing)
	}
}

// ibanForm is a country, two check digits and an account.
var ibanForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$`)

// validIBAN reports whether the check digits hold: with the first four characters at its end and letters from A = 10, the rest of the
// division by 97 is 1 (ISO 13616).
func validIBAN(iban string) bool {
	if !ibanForm.MatchString(iban) {
		return false
	}
	rest := 0
	for _, character := range iban[4:] + iban[:4] {
		if character >= 'A' {
			rest = (rest*100 + int(character-'A') + 10) % 97
			continue
		}
		rest = (rest*10 + int(character-'0')) % 97
	}
	return rest == 1
}
