package taxid

import (
	"regexp"
	"strings"
	"sync"

	"cadensa/model/text"
)

// Greece is the one member of the EU whose VAT numbers do not begin with its ISO code.
const Greece = "GR"

const romania = "RO"

// northernIreland is the prefix of numbers that VIES knows though the country is no member: the EU's rules hold there
// for goods only (Windsor Framework), never for services.
const northernIreland = "XI"

// vatForm is how a country's VAT numbers look after their prefix.
type vatForm struct {
	// pattern is for the whole of what follows the prefix.
	pattern func() *regexp.Regexp
	// checks tells whether the check digits fit, for a number that matches the pattern; nil where none is known.
	checks func(number string) bool
}

// vatForms are by prefix, after the Commission's FAQ on VIES (question 11). Romania's check digit is CIF's concern.
var vatForms = map[string]vatForm{
	"AT": {expression(`U\d{8}`), checksAustria},
	"BE": {expression(`[01]\d{9}`), checksBelgium},
	"BG": {expression(`\d{9,10}`), checksBulgaria},
	"CY": {expression(`\d{8}[A-Z]`), checksCyprus},
	"CZ": {expression(`\d{8,10}`), checksCzechia},
	"DE": {expression(`[1-9]\d{8}`), checksPairwise},
	"DK": {expression(`\d{8}`), weighs(11, 2, 7, 6, 5, 4, 3, 2, 1)},
	"EE": {expression(`10\d{7}`), weighs(10, 3, 7, 1, 3, 7, 1, 3, 7, 1)},
	"EL": {expression(`\d{9}`), checksGreece},
	"ES": {expression(`[A-Z]\d{7}[A-Z0-9]|\d{8}[A-Z]`), checksSpain},
	"FI": {expression(`\d{8}`), weighs(11, 7, 9, 10, 5, 8, 4, 2, 1)},
	"FR": {expression(`[0-9A-HJ-NP-Z]{2}\d{9}`), checksFrance},
	"HR": {expression(`\d{11}`), checksPairwise},
	"HU": {expression(`\d{8}`), weighs(10, 9, 7, 3, 1, 9, 7, 3, 1)},
	"IE": {expression(`\d{7}[A-W]|\d[A-Z+*]\d{5}[A-W]|\d{7}[A-W][A-I]`), checksIreland},
	"IT": {expression(`\d{11}`), checksLuhn},
	"LT": {expression(`\d{7}1\d|\d{10}1\d`), checksLithuania},
	"LU": {expression(`\d{8}`), checksLuxembourg},
	"LV": {expression(`\d{11}`), checksLatvia},
	"MT": {expression(`\d{8}`), weighs(37, 3, 4, 6, 7, 8, 9, 10, 1)},
	"NL": {expression(`\d{9}B\d{2}`), checksNetherlands},
	"PL": {expression(`\d{10}`), checksPoland},
	"PT": {expression(`\d{9}`), checksPortugal},
	"RO": {expression(`[1-9]\d{1,9}`), nil},
	"SE": {expression(`\d{10}01`), checksSweden},
	"SI": {expression(`[1-9]\d{7}`), checksSlovenia},
	"SK": {expression(`[1-9]\d[2-46-9]\d{7}`), checksSlovakia},

	northernIreland: {expression(`\d{9}|\d{12}|GD[0-4]\d{2}|HA[5-9]\d{2}`), nil},
}

// expression compiles when it is first needed, so that the start of the program does not wait for it.
func expression(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) })
}

func (f vatForm) matches(number string) bool { return f.pattern().MatchString(number) }

// SplitVATNumber splits a VAT number of a country (an ISO code, or EL or XI), with or without its prefix, into the prefix and the
// rest as VIES wants them: EL even if GR was typed, and with the zero that old Belgian and Greek numbers lack. It reports false
// for a country that VIES does not know, for another country's prefix, and for characters that no VAT number has.
func SplitVATNumber(country, number string) (prefix, rest string, ok bool) {
	number = Normalize(number)
	prefix = registerPrefix(country, number)
	rest, _ = cutVATPrefix(prefix, number)
	if prefix == "" || rest == "" || strings.Trim(rest, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+*") != "" {
		return "", "", false
	}
	if foreignPrefix(prefix, rest) != "" {
		return "", "", false
	}
	return prefix, rest, true
}

// registerPrefix is the prefix under which VIES has the numbers of the country, "" if it has none. A British number
// that begins with XI is one of Northern Ireland.
func registerPrefix(country, number string) string {
	switch country = strings.ToUpper(text.Collapse(country)); {
	case country == "EL":
		return country
	case country == northernIreland, country == "GB" && strings.HasPrefix(number, northernIreland):
		return northernIreland
	}
	return VATPrefix(strings.ToUpper(text.Collapse(country)))
}

// NormalizeVAT brings a company's number in a country (ISO code) into the form that VIES has: with the country's prefix, EL for
// Greece, and the zero that old Belgian and Greek numbers lack. Only a number of the country's form is completed; any other stays
// as Normalize leaves it. A Romanian number keeps RO or the lack of it, which tells a payer of VAT from others.
func NormalizeVAT(country, number string) string {
	number = Normalize(number)
	prefix := registerPrefix(country, number)
	if prefix == "" || prefix == romania {
		return number
	}
	rest, had := cutVATPrefix(prefix, number)
	if !had && !vatForms[prefix].matches(rest) {
		return number
	}
	return prefix + rest
}

// ValidVATNumber reports whether a company's number in a member state, or Monaco, has the country's form and fitting check digits,
// where check digits are known. The prefix may be missing, but Romania's: without it the code is no VAT number.
func ValidVATNumber(country, number string) bool {
	number = NormalizeVAT(country, number)
	prefix := VATPrefix(strings.ToUpper(text.Collapse(country)))
	return prefix != "" && strings.HasPrefix(number, prefix) && len(CheckVATNumber(country, number)) == 0
}

// cutVATPrefix takes the prefix off a normalised number and reports whether it was there.
func cutVATPrefix(prefix, number string) (rest string, had bool) {
	rest, had = strings.CutPrefix(number, prefix)
	if !had && prefix == VATPrefix(Greece) {
		rest, had = strings.CutPrefix(number, Greece)
	}
	// Belgium went from 9 digits to 10 in 2005, and Greece from 8 to 9 in 1997, each by a zero in front.
	if prefix == "BE" && len(rest) == 9 || prefix == VATPrefix(Greece) && len(rest) == 8 {
		rest = "0" + rest
	}
	return rest, had
}

// foreignPrefix is the prefix of another country with which the rest of a number begins, "" if it has none or is a
// number of this country as it stands: French ones may begin with any two letters.
func foreignPrefix(prefix, rest string) string {
	if len(rest) < 4 || vatForms[prefix].matches(rest) {
		return ""
	}
	other := rest[:2]
	if _, known := vatForms[other]; known || other == Greece || other == "GB" {
		return other
	}
	return ""
}

// ProblemKind is a way in which a number can look wrong.
type ProblemKind string

// What can look wrong with a number.
const (
	ProblemForeign         ProblemKind = "foreign"
	ProblemPrefix          ProblemKind = "prefix"
	ProblemForm            ProblemKind = "form"
	ProblemCheckDigits     ProblemKind = "check-digits"
	ProblemCUIForm         ProblemKind = "cui-form"
	ProblemCUICheckDigit   ProblemKind = "cui-check-digit"
	ProblemNorthernIreland ProblemKind = "northern-ireland"
)

// Problem is one thing that looks wrong with a number, with the rule that says so.
type Problem struct {
	Rule string
	Kind ProblemKind
	// Prefix is that of the country's numbers, Foreign the one that the number has of another country.
	Prefix, Foreign string
}

// CheckVATNumber finds what looks wrong with a company's VAT number in a country (ISO code). Nothing is certain: the tables may be
// older than the number. Countries outside the EU have no problems, but the owner of a number of Northern Ireland is no member
// of the EU for services. A Romanian number may lack its prefix: its owner pays no VAT then. A person who is a business may have a
// personal code instead.
func CheckVATNumber(country, number string) []Problem {
	number = Normalize(number)
	prefix := registerPrefix(country, number)
	if prefix == "" || number == "" {
		return nil
	}
	var problems []Problem
	form := vatForms[prefix]
	rest, had := cutVATPrefix(prefix, number)
	foreign := foreignPrefix(prefix, rest)
	found := func(rule string, kind ProblemKind) { problems = append(problems, Problem{rule, kind, prefix, foreign}) }
	switch {
	case foreign != "":
		found("BR-CO-09", ProblemForeign)
	case prefix == romania:
		if kind := companyCodeProblem(number); kind != "" {
			found("CUI", kind)
		}
	case !had || rest == "":
		found("BR-CO-09", ProblemPrefix)
	case !form.matches(rest):
		found("VAT number", ProblemForm)
	case form.checks != nil && !form.checks(rest):
		found("VAT number", ProblemCheckDigits)
	}
	if prefix == northernIreland {
		found("XI", ProblemNorthernIreland)
	}
	return problems
}

// companyCodeProblem is what looks wrong with a Romanian company code, "" for nothing.
func companyCodeProblem(number string) ProblemKind {
	switch code, ok := ParseCIF(number); {
	case number != AnonymousCNP && ValidCNP(number):
		return ""
	case !ok:
		return ProblemCUIForm
	case !code.Valid():
		return ProblemCUICheckDigit
	}
	return ""
}
