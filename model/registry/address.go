package registry

import (
	"cmp"
	"regexp"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// commaBelow replaces the cedillas of old Romanian texts by the letters of the language.
var commaBelow = strings.NewReplacer("ş", "ș", "Ş", "Ș", "ţ", "ț", "Ţ", "Ț")

// place is an address as an invoice takes it.
type place struct {
	street, postalCode, city, county string
}

// anafAddress is one of ANAF's two addresses, which have the same parts under names with another first letter.
type anafAddress map[string]looseText

// place is false for an address without a locality.
func (a anafAddress) place(prefix string) (place, bool) {
	part := func(name string) string { return a[prefix+name].clean() }
	county := cmp.Or(countyIn(part("cod_JudetAuto")), countyIn(part("denumire_Judet")))
	return place{
		street:     join(strings.TrimSpace(part("denumire_Strada")+" "+part("numar_Strada")), part("detalii_Adresa")),
		postalCode: postalCode(a[prefix+"cod_Postal"]),
		city:       cityIn(part("denumire_Localitate"), county), county: county,
	}, part("denumire_Localitate") != ""
}

func join(parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part = strings.Trim(part, " ,"); part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ", ")
}

// postalCode has six digits, "" if there is none. ANAF loses the zero with which those of Bucharest begin.
func postalCode(t looseText) string {
	code := t.clean()
	if len(code) == 5 {
		code = "0" + code
	}
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" || code == "000000" {
		return ""
	}
	return code
}

// countyIn names the county of "TIMIȘ", "TM", "JUD. TIMIȘ" or "MUNICIPIUL BUCUREȘTI", "" if there is none of that name.
func countyIn(text string) string {
	county, ok := model.CountyNamed(text)
	if !ok {
		return ""
	}
	return county.Name
}

// settlement finds the words that say what kind of place a name is of: city, town, commune, village, sector.
var settlement = regexp.MustCompile(
	`(?i)(?:^|[\s,])(municipiul|mun|orașul|oraș|orș|comuna|com|satul|sat|localitatea|loc|sectorul|sector|sect)(?:\.\s*|\s+)`)

// locality is a name of a place, taken apart.
type locality struct {
	// village lies in town, of which kind is the abbreviation: "com.", "orș." or "mun.". sector is one of Bucharest.
	village, town, kind, sector string
}

func parseLocality(value string) locality {
	found := settlement.FindAllStringSubmatchIndex(value, -1)
	if len(found) == 0 {
		return locality{town: strings.Trim(value, " ,")}
	}
	parsed := locality{town: strings.Trim(value[:found[0][0]], " ,")}
	for i, at := range found {
		end := len(value)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		parsed.take(text.Fold(value[at[2]:at[3]]), strings.Trim(value[at[1]:end], " ,"))
	}
	return parsed
}

func (l *locality) take(word, name string) {
	switch word[:3] {
	case "sat", "loc":
		l.village = name
	case "sec":
		l.sector = name
	case "com":
		l.town, l.kind = name, "com."
	case "ora", "ors":
		l.town, l.kind = name, "orș."
	default:
		l.town, l.kind = name, "mun."
	}
}

// cityIn is the city of an invoice: the sector in Bucharest, a village with its commune where that has another name.
func cityIn(value, county string) string {
	parsed := parseLocality(value)
	if county == model.Bucharest {
		for _, candidate := range []string{parsed.sector, value} {
			if sector, ok := model.SectorNamed(candidate); ok {
				return sector
			}
		}
	}
	switch {
	case parsed.village == "":
		return parsed.town
	case parsed.town == "" || text.Fold(parsed.town) == text.Fold(parsed.village):
		return parsed.village
	}
	return join(parsed.village, parsed.kind+" "+parsed.town)
}

// labelled reports whether the text said what kind of place it is of.
func (l locality) labelled() bool { return l.kind != "" || l.village != "" || l.sector != "" }

// namesCounty is false for "MUN. BACĂU": that is the city.
func namesCounty(part string) bool {
	return countyIn(part) == model.Bucharest || countyIn(part) != "" && strings.HasPrefix(text.Fold(part), "jud")
}

// placeInLine takes an address of one line apart: "JUD. BACĂU, MUN. BACĂU, STR. MORII, NR.8".
func placeInLine(line string, code looseText) place {
	var street, settlements []string
	found := place{postalCode: postalCode(code)}
	for part := range strings.SplitSeq(line, ",") {
		part = strings.TrimSpace(part)
		switch {
		case found.county == "" && namesCounty(part):
			found.county = countyIn(part)
			if _, isSector := model.SectorNamed(part); isSector {
				settlements = append(settlements, part)
			}
		case len(street) == 0 && parseLocality(part).labelled():
			settlements = append(settlements, part)
		default:
			street = append(street, part)
		}
	}
	found.street = join(street...)
	found.city = cityIn(strings.Join(settlements, ", "), found.county)
	return found
}
