package model

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"cadensa/model/text"
)

// County is one of Romania's 41 counties or Bucharest, by its ISO 3166-2:RO code without "RO-".
type County struct {
	Code, Name string
}

// Bucharest is the capital's name among the counties; its cities are Sectors.
const Bucharest = "București"

// counties is ISO 3166-2:RO, in the order of the names.
var counties = []County{
	{"AB", "Alba"}, {"AR", "Arad"}, {"AG", "Argeș"}, {"BC", "Bacău"}, {"BH", "Bihor"}, {"BN", "Bistrița-Năsăud"},
	{"BT", "Botoșani"}, {"BV", "Brașov"}, {"BR", "Brăila"}, {"B", Bucharest}, {"BZ", "Buzău"}, {"CS", "Caraș-Severin"},
	{"CL", "Călărași"}, {"CJ", "Cluj"}, {"CT", "Constanța"}, {"CV", "Covasna"}, {"DB", "Dâmbovița"}, {"DJ", "Dolj"},
	{"GL", "Galați"}, {"GR", "Giurgiu"}, {"GJ", "Gorj"}, {"HR", "Harghita"}, {"HD", "Hunedoara"}, {"IL", "Ialomița"},
	{"IS", "Iași"}, {"IF", "Ilfov"}, {"MM", "Maramureș"}, {"MH", "Mehedinți"}, {"MS", "Mureș"}, {"NT", "Neamț"},
	{"OT", "Olt"}, {"PH", "Prahova"}, {"SM", "Satu Mare"}, {"SJ", "Sălaj"}, {"SB", "Sibiu"}, {"SV", "Suceava"},
	{"TR", "Teleorman"}, {"TM", "Timiș"}, {"TL", "Tulcea"}, {"VS", "Vaslui"}, {"VL", "Vâlcea"}, {"VN", "Vrancea"},
}

// Counties returns the 42, in the order of their names. The slice is the caller's.
func Counties() []County { return append([]County(nil), counties...) }

// countyIndex finds a county by its code and by its name as placeWords reads it, in the old spelling ("Vîlcea") too.
var countyIndex = sync.OnceValue(func() map[string]County {
	index := map[string]County{}
	for _, county := range counties {
		index[text.Fold(county.Code)] = county
		for _, name := range []string{county.Name, strings.ReplaceAll(county.Name, "â", "î")} {
			index[strings.Join(placeWords(name), " ")] = county
		}
	}
	bucharest := index[text.Fold(Bucharest)]
	for _, foreign := range foreignBucharest {
		index[foreign] = bucharest
	}
	return index
})

// foreignBucharest are the capital's names in English and Hungarian, folded.
var foreignBucharest = []string{"bucharest", "bukarest"}

// placeDesignations are the words beside a name that only say what kind of place it is, folded.
var placeDesignations = []string{"ro", "romania", "jud", "judet", "judetul", "mun", "municipiu", "municipiul"}

// placeWords are the words of a place's name, folded, without those that only say what kind of place it is.
func placeWords(value string) []string {
	words := strings.FieldsFunc(text.Fold(text.Clean(value)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(word string) bool { return slices.Contains(placeDesignations, word) })
}

// CountyNamed finds a county by its code or its name as people and registers write them: "CJ", "RO-CJ", "jud. Cluj", "Caras Severin",
// "Satu-Mare", "Municipiul București", "București, Sector 3".
func CountyNamed(value string) (County, bool) {
	words := placeWords(value)
	if capital, rest := withoutBucharest(words); capital && isSectorWord(rest) {
		return countyIndex()[text.Fold(Bucharest)], true
	}
	county, ok := countyIndex()[strings.Join(words, " ")]
	return county, ok
}

// withoutBucharest takes the capital's name out of the words.
func withoutBucharest(words []string) (named bool, rest []string) {
	capital := append([]string{text.Fold(Bucharest)}, foreignBucharest...)
	rest = slices.DeleteFunc(slices.Clone(words), func(word string) bool { return slices.Contains(capital, word) })
	return len(rest) < len(words), rest
}

// isSectorWord reports whether the words are a sector by its word: "sector 3", not "3".
func isSectorWord(words []string) bool {
	_, ok := sectorOf(words)
	return ok && strings.HasPrefix(words[0], "sec")
}

// Sectors returns the six sectors of Bucharest as SmartBill and e-Factura want them in the city's place (BR-RO-101).
func Sectors() []string {
	return []string{"Sector 1", "Sector 2", "Sector 3", "Sector 4", "Sector 5", "Sector 6"}
}

// SectorNamed finds a sector as people write it: "Sector 3", "sector3", "sect. 3", "S3" or "3"; beside the city's name by its word
// alone: "București, Sector 3".
func SectorNamed(value string) (string, bool) {
	capital, words := withoutBucharest(placeWords(value))
	if capital && !isSectorWord(words) {
		return "", false
	}
	return sectorOf(words)
}

func sectorOf(words []string) (string, bool) {
	joined := strings.Join(words, "")
	if joined == "" {
		return "", false
	}
	digit := joined[len(joined)-1]
	if digit < '1' || digit > '6' {
		return "", false
	}
	switch joined[:len(joined)-1] {
	case "", "s", "sec", "sect", "sector", "sectorul":
		return "Sector " + string(digit), true
	}
	return "", false
}

// postalCounties are the counties by the first two digits of their postal codes (en.wikipedia.org/wiki/Postal_codes_in_Romania); those
// of Bucharest are 0 and the sector.
var postalCounties = map[string]string{
	"07": "IF", "08": "GR", "10": "PH", "11": "AG", "12": "BZ", "13": "DB", "14": "TR", "20": "DJ", "21": "GJ", "22": "MH", "23": "OT",
	"24": "VL", "30": "TM", "31": "AR", "32": "CS", "33": "HD", "40": "CJ", "41": "BH", "42": "BN", "43": "MM", "44": "SM", "45": "SJ",
	"50": "BV", "51": "AB", "52": "CV", "53": "HR", "54": "MS", "55": "SB", "60": "BC", "61": "NT", "62": "VN", "70": "IS", "71": "BT",
	"72": "SV", "73": "VS", "80": "GL", "81": "BR", "82": "TL", "90": "CT", "91": "CL", "92": "IL",
}

// PlaceOfPostalCode proposes the county of a Romanian postal code, and in Bucharest the sector. Codes are not always given right: it is
// a proposal, false where the code is none of six digits that a county has.
func PlaceOfPostalCode(code string) (county County, sector string, ok bool) {
	code = text.Collapse(code)
	if len(code) != 6 || !text.IsDigits(code) {
		return County{}, "", false
	}
	if code[0] == '0' && code[1] >= '1' && code[1] <= '6' {
		return countyIndex()[text.Fold(Bucharest)], "Sector " + code[1:2], true
	}
	county, ok = countyIndex()[text.Fold(postalCounties[code[:2]])]
	return county, "", ok
}

// Located returns a client in Romania with county and sector filled in where they are missing: from a sector or Bucharest in the place
// of the other, else from the postal code. Proposed names the fields that are by the postal code alone.
func (c Client) Located() (located Client, proposed []string) {
	if !c.IsRomanian() {
		return c, nil
	}
	ofCode, sectorOfCode, _ := PlaceOfPostalCode(c.PostalCode)
	sector := c.namedSector()
	switch {
	case !text.IsVisible(c.County) && (sector != "" || isBucharest(c.City)), sector != "" && isSectorWord(placeWords(c.County)):
		c.County = Bucharest
	case !text.IsVisible(c.County) && ofCode.Name != "":
		c.County, proposed = ofCode.Name, append(proposed, "county")
	}
	if _, isSector := SectorNamed(c.City); !c.InBucharest() || isSector || text.IsVisible(c.City) && !isBucharest(c.City) {
		return c, proposed
	}
	switch {
	case sector != "":
		c.City = sector
	case sectorOfCode != "":
		c.City, proposed = sectorOfCode, append(proposed, "city")
	}
	return c, proposed
}

// namedSector is the sector that city or county name by its word, "" for none.
func (c Client) namedSector() string {
	for _, value := range []string{c.City, c.County} {
		_, words := withoutBucharest(placeWords(value))
		if sector, ok := sectorOf(words); ok && isSectorWord(words) {
			return sector
		}
	}
	return ""
}

func isBucharest(city string) bool {
	county, ok := CountyNamed(city)
	return ok && county.Name == Bucharest
}
