// Package countries knows the countries an invoice can be addressed to: the 249
// of ISO 3166-1 and Kosovo, with their names in Hungarian, English and Romanian,
// and finds them by whatever a person types.
package countries

import (
	"slices"
	"strings"
)

//go:generate go run ./generate

// Country is a country or territory. The names are those of the Unicode Common
// Locale Data Repository (CLDR) 48, the short ones where CLDR's plain name is a
// formula ("Hong Kong", not "Hong Kong SAR China"). What is stored anywhere is
// the Code: names change.
type Country struct {
	Code      string `json:"code"`   // ISO 3166-1 alpha-2 in capitals, "RO"; XK for Kosovo.
	Alpha3    string `json:"alpha3"` // ISO 3166-1 alpha-3 in capitals, "ROU"; XKX for Kosovo.
	Hungarian string `json:"hu"`
	English   string `json:"en"`
	Romanian  string `json:"ro"`
}

// Label is the country as it is shown, "Románia (Romania)": the Hungarian name
// with the English one in brackets, or one name where they are the same.
func (c Country) Label() string {
	if c.Hungarian == c.English {
		return c.Hungarian
	}
	return c.Hungarian + " (" + c.English + ")"
}

// All returns every country in the Hungarian alphabetical order of the labels.
// The slice is the caller's own.
func All() []Country {
	return slices.Clone(table[:])
}

// ByCode returns the country with the alpha-2 code, in capitals or not. Codes
// that ISO 3166-1 does not assign, such as UK and EL, are known to Search only.
func ByCode(code string) (Country, bool) {
	for _, country := range table {
		if strings.EqualFold(country.Code, code) {
			return country, true
		}
	}
	return Country{}, false
}

// RomanianName returns the name of the country that a request to SmartBill
// carries: exactly "Romania", without diacritics, for Romania, by which SmartBill
// tells clients at home from those abroad, and CLDR's Romanian name for every
// other. It is empty for a code that ByCode does not know.
func RomanianName(code string) string {
	country, _ := ByCode(code)
	if country.Code == "RO" {
		return "Romania"
	}
	return country.Romanian
}
