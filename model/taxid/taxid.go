// Package taxid knows the tax numbers of companies and persons: their normal form, their patterns and their check digits.
package taxid

import (
	"strings"
	"time"
	"unicode"

	"cadensa/model/text"
)

// Normalize brings a tax number as people type it ("ro 14.399.840") into the form that is compared and sent:
// upper case, without spaces, dots, slashes, and dashes of any kind.
func Normalize(value string) string {
	return text.Clean(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || strings.ContainsRune("./", r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, value))
}

// CompanyCode is what companies are compared by: the digits of a CIF alone. RO before them comes with the registration for
// VAT and goes with it. A text without digits stands for itself.
func CompanyCode(cif string) string {
	if code := text.Digits(cif); code != "" {
		return code
	}
	return Normalize(cif)
}

// CIF is a normalised Romanian company code: its digits, and whether it was written with RO, which marks a
// company registered for VAT (Cod fiscal art. 316, or art. 317 for intra-EU trade only).
type CIF struct {
	Digits string
	VAT    bool
}

// ParseCIF splits a Romanian company code (CIF or CUI) into RO and digits. It reports false when what remains is not
// 2 to 10 digits that begin with 1 to 9. The check digit is Valid's concern.
func ParseCIF(value string) (CIF, bool) {
	number := Normalize(value)
	digits, vat := strings.CutPrefix(number, "RO")
	if len(digits) < 2 || len(digits) > 10 || !text.IsDigits(digits) || digits[0] == '0' {
		return CIF{}, false
	}
	return CIF{Digits: digits, VAT: vat}, true
}

// String writes the code with RO when it is a VAT code.
func (c CIF) String() string {
	if c.VAT {
		return "RO" + c.Digits
	}
	return c.Digits
}

// Valid reports whether the check digit fits: weights 7 5 3 2 1 7 5 3 2 over the number padded to nine digits, the sum
// times ten modulo eleven, ten counting as zero.
func (c CIF) Valid() bool {
	if len(c.Digits) < 2 || len(c.Digits) > 10 {
		return false
	}
	padded := strings.Repeat("0", 10-len(c.Digits)) + c.Digits
	return weighted(padded, 7, 5, 3, 2, 1, 7, 5, 3, 2)*10%11%10 == digitAt(padded, 9)
}

// AnonymousCNP stands on invoices to a private person who gives no code (OUG 69/2024 as changed by OUG 138/2024).
const AnonymousCNP = "0000000000000"

// ValidCNP reports whether text is a Romanian personal code: 13 digits, a date that exists, and the check digit
// (weights 2 7 9 1 4 6 3 5 8 2 7 9, sum modulo eleven, ten counting as one). AnonymousCNP is valid by law.
func ValidCNP(value string) bool {
	if value == AnonymousCNP {
		return true
	}
	if len(value) != 13 || !text.IsDigits(value) || value[0] == '0' {
		return false
	}
	if _, err := time.Parse("060102", value[1:7]); err != nil {
		return false
	}
	check := weighted(value, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
	if check == 10 {
		check = 1
	}
	return check == digitAt(value, 12)
}

// euMembers are the 27 member states by ISO 3166-1 alpha-2 code.
const euMembers = " AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK "

// Monaco is taxed as France is, whose VAT numbers its companies have (Directive 2006/112/EC art. 7; Cod fiscal art. 267).
const monaco, france = "MC", "FR"

// VATPrefix returns the letters that VAT numbers of a country (ISO alpha-2 code) begin with: EL for Greece, FR for Monaco, the code
// itself elsewhere in the EU, and "" outside it. Northern Ireland has none for services.
func VATPrefix(country string) string {
	switch {
	case country == Greece:
		return "EL"
	case country == monaco:
		return france
	case len(country) == 2 && strings.Contains(euMembers, " "+country+" "):
		return country
	}
	return ""
}
