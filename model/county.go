package model

import "cadensa/model/text"

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

// CountyNamed finds a county by its name, without regard to case or diacritics, or by its code.
func CountyNamed(value string) (County, bool) {
	folded := text.Fold(text.Collapse(value))
	for _, county := range counties {
		if text.Fold(county.Name) == folded || text.Fold(county.Code) == folded {
			return county, true
		}
	}
	return County{}, false
}

// Sectors returns the six sectors of Bucharest as SmartBill and e-Factura want them in the city's place (BR-RO-101).
func Sectors() []string {
	return []string{"Sector 1", "Sector 2", "Sector 3", "Sector 4", "Sector 5", "Sector 6"}
}

// SectorNamed finds a sector as people write it: "Sector 3", "sector3", "sect. 3", "S3" or "3".
func SectorNamed(value string) (string, bool) {
	folded := text.Fold(text.Collapse(value))
	if folded == "" {
		return "", false
	}
	digit := folded[len(folded)-1]
	if digit < '1' || digit > '6' {
		return "", false
	}
	switch rest := text.Fold(text.Collapse(folded[:len(folded)-1])); rest {
	case "", "s", "sec", "sec.", "sect", "sect.", "sector", "sectorul":
		return "Sector " + string(digit), true
	}
	return "", false
}
