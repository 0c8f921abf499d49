package sandbox

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// The names of the rules about the buyer's code, which are ANAF's own: they are not among those of RO_CIUS, and were seen at its public
// validator in September 2026.
const (
	ruleUnidentified = "ERRIdentif"
	ruleWrongCode    = "cod cumparator"
)

// buyerRules are about who the buyer is.
func buyerRules() []rule {
	return []rule{
		{"BR-07", func(f filing) string { return missing("client.name", f.invoice.Client.Name) }},
		{"BR-RO-L203", func(f filing) string { return tooLong("client.name", f.invoice.Client.Name, 200) }},
		{"BR-RO-L1009", func(f filing) string { return tooLong("client.contact", f.invoice.Client.Contact, 100) }},
		{"BR-RO-L1010", func(f filing) string { return tooLong("client.phone", f.invoice.Client.Phone, 100) }},
		{"BR-RO-L1011", func(f filing) string { return tooLong("client.email", f.invoice.Client.Email, 100) }},
		{"BR-RO-120", func(f filing) string { return missing("client.vatCode", f.invoice.Client.VatCode) }},
		{ruleUnidentified, func(f filing) string {
			digits, prefixed := strings.CutPrefix(codeOf(f), "RO")
			return saidIf(codeOf(f) != "" && !prefixed && !isNumeric(digits), "“nu a fost identificat cui cumparator”")
		}},
		{ruleWrongCode, wrongCode},
	}
}

func codeOf(f filing) string { return strings.ToUpper(collapsed(f.invoice.Client.VatCode)) }

// wrongCode is about a code by which ANAF would know a buyer, if its digits were right: RO and a CUI, a CUI, a CNP, or the thirteen
// zeros of a person who gives none.
func wrongCode(f filing) string {
	digits, prefixed := strings.CutPrefix(codeOf(f), "RO")
	switch {
	case !isNumeric(digits):
		return saidIf(prefixed, "“CUI cumparator incorect”")
	case !prefixed && len(digits) == lengthOfCNP:
		return saidIf(!isCNP(digits), "“CNP sau NIF cumparator incorect”")
	}
	return saidIf(!isCUI(digits), "“CUI cumparator incorect”")
}

func isNumeric(value string) bool {
	return value != "" && !strings.ContainsFunc(value, func(r rune) bool { return r < '0' || r > '9' })
}

// lengthOfCNP is how many digits a personal code has.
const lengthOfCNP = 13

// isCUI knows the codes of companies: 2 to 10 digits, the last by the weights 753217532.
func isCUI(digits string) bool {
	const weights = "753217532"
	if len(digits) < 2 || len(digits) > len(weights)+1 || digits[0] == '0' {
		return false
	}
	padded := strings.Repeat("0", len(weights)+1-len(digits)) + digits
	return weightedSum(padded, weights)*10%11%10 == int(padded[len(weights)]-'0')
}

// isCNP knows the codes of persons: a sex, a day that there is, and the last digit by the weights 279146358279.
func isCNP(digits string) bool {
	const weights = "279146358279"
	if digits == strings.Repeat("0", lengthOfCNP) {
		return true
	}
	if _, err := time.Parse("060102", digits[1:7]); err != nil || digits[0] == '0' {
		return false
	}
	check := weightedSum(digits, weights) % 11
	if check == 10 {
		check = 1
	}
	return check == int(digits[lengthOfCNP-1]-'0')
}

func weightedSum(digits, weights string) (sum int) {
	for i := range weights {
		sum += int(digits[i]-'0') * int(weights[i]-'0')
	}
	return sum
}

// placeRules are about where the buyer is.
func placeRules() []rule {
	return []rule{
		{"BR-RO-082", func(f filing) string { return missing("client.address", f.invoice.Client.Address) }},
		{"BR-RO-L152", func(f filing) string { return tooLong("client.address", f.invoice.Client.Address, 150) }},
		{"BR-RO-092", func(f filing) string { return missing("client.city", f.invoice.Client.City) }},
		{"BR-RO-L0502", func(f filing) string { return tooLong("client.city", f.invoice.Client.City, 50) }},
		// A country is sent by its name; a code is none that could be mapped to ISO 3166-1.
		{"BR-11", func(f filing) string {
			return saidIf(len(collapsed(f.invoice.Client.Country)) <= 2, "client.country nu este o tara.")
		}},
		{"BR-RO-111", func(f filing) string {
			known := slices.Contains(strings.Split(countyNames, ","), collapsed(f.invoice.Client.County))
			return saidIf(f.isRomanian() && !known, "client.county nu este un judet.")
		}},
		{"BR-RO-101", func(f filing) string {
			return saidIf(f.isRomanian() && collapsed(f.invoice.Client.County) == capital && !isSector(f.invoice.Client.City),
				"client.city nu este un sector.")
		}},
	}
}

// countyNames are those of ISO 3166-2:RO, as the service wants them: without diacritics.
const countyNames = "Alba,Arad,Arges,Bacau,Bihor,Bistrita-Nasaud,Botosani,Braila,Brasov," + capital + ",Buzau,Calarasi,Caras-Severin,Cluj," +
	"Constanta,Covasna,Dambovita,Dolj,Galati,Giurgiu,Gorj,Harghita,Hunedoara,Ialomita,Iasi,Ilfov,Maramures,Mehedinti,Mures,Neamt,Olt," +
	"Prahova,Salaj,Satu Mare,Sibiu,Suceava,Teleorman,Timis,Tulcea,Valcea,Vaslui,Vrancea"

// capital is the county whose cities are sectors.
const capital = "Bucuresti"

// isSector knows SECTOR1 to SECTOR6, in the spelling that the service brings into that form.
func isSector(city string) bool {
	number, found := strings.CutPrefix(strings.ToUpper(strings.ReplaceAll(city, " ", "")), "SECTOR")
	sector, err := strconv.Atoi(number)
	return found && err == nil && sector >= 1 && sector <= 6
}
