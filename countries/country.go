// Package countries knows the countries an invoice can be addressed to: the 249 of ISO 3166-1 and Kosovo, with their
// names in Hungarian, English and Romanian, and finds them by whatever a person types.
package countries

import "strings"

//go:generate go run ./generate

// Country is a country or territory. The names are CLDR 48's (Unicode Common Locale Data Repository), the short ones where the
// plain name is a formula ("Hong Kong", not "Hong Kong SAR China"). Store only the Code: names change.
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

// Named returns the country that a whole text names: by a code as ByCode takes it, or by a name or alias, whatever the case and the
// diacritics.
func Named(text string) (Country, bool) {
	if country, ok := ByCode(strings.TrimSpace(text)); ok {
		return country, true
	}
	typed := foldText(text)
	for _, key := range folded().keys {
		if typed != "" && key.text == typed {
			return table[key.country], true
		}
	}
	return Country{}, false
}

// RomanianName is the country's name in a request to SmartBill: exactly "Romania" for Romania, by which SmartBill knows clients
// at home, and CLDR's Romanian name for others. It is "" for a code that ByCode does not know.
func RomanianName(code string) string {
	country, _ := ByCode(code)
	if country.Code == "RO" {
		return "Romania"
	}
	return country.Romanian
}

// acronym is the length up to which a name counts as an acronym. It is found only
// when typed whole: "e" does not mean EL, nor "r" RSA.
const acronym = 3

// find looks for the typed text in a name, folded, and tells how and where it stands there.
func (k *key) find(typed string) (found kind, start int, ok bool) {
	if len(k.text) <= acronym {
		return exactName, 0, k.text == typed
	}
	start, ok = k.findWord(typed)
	switch {
	case ok && start == 0 && len(k.text) == len(typed):
		return exactName, 0, true
	case ok && start == 0:
		return namePrefix, 0, true
	case ok:
		return wordPrefix, start, true
	}
	if first := strings.Index(k.text, typed); first >= 0 {
		return part, first, len(typed) > 1
	}
	start, ok = k.findWords(typed)
	return wordPrefixes, start, ok
}

// findWord returns where the first word begins that the typed text begins.
func (n *name) findWord(typed string) (start int, ok bool) {
	for _, start := range n.words {
		if strings.HasPrefix(n.text[start:], typed) {
			return start, true
		}
	}
	return 0, false
}

// findWords reports whether each of several typed words begins a word of the name, whatever their order, and where the
// first one typed does: "korea south", "uni king". Nobody types many more words than the name has.
func (k *key) findWords(typed string) (start int, ok bool) {
	if several := strings.Count(typed, " "); several == 0 || several > len(k.words) {
		return 0, false
	}
	first, rest, _ := strings.Cut(typed, " ")
	if start, ok = k.findWord(first); !ok {
		return 0, false
	}
	for word := range strings.SplitSeq(rest, " ") {
		if _, ok = k.findWord(word); !ok {
			return 0, false
		}
	}
	return start, true
}
