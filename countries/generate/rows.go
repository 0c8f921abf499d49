package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// wanted is the number of alpha-2 codes that ISO 3166-1 assigns, 249, and XK.
const wanted = 250

// row is one country of the table.
type row struct {
	code, alpha3                 string
	hungarian, english, romanian string
	variants                     []string // CLDR's other names for it, in any of the three languages.
}

var alpha2 = regexp.MustCompile(`^[A-Z]{2}$`)

// notCountries are the two-letter codes that CLDR names and ISO 3166-1 does not
// assign: exceptional reservations (AC, CP, CQ, DG, EA, EU, EZ, IC, TA, UN) and
// CLDR's own (QO, XA, XB, ZZ).
var notCountries = []string{"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}

// shortNames are the territories whose plain CLDR name is a formula ("Hong Kong
// SAR China") that nobody looks for or puts in an address.
var shortNames = []string{"HK", "MO", "PS"}

// kosovo has no code in ISO 3166-1. XK and XKX are the user-assigned codes that
// the European Commission and the World Bank use; CLDR's XKK is its own.
const (
	kosovo       = "XK"
	kosovoAlpha3 = "XKX"
)

// rows returns the countries in the Hungarian alphabetical order of their
// Hungarian names, which is the order in which a list shows them.
func (source cldr) rows() ([]row, error) {
	var rows []row
	for _, code := range slices.Sorted(maps.Keys(source.english)) {
		if !alpha2.MatchString(code) || slices.Contains(notCountries, code) {
			continue
		}
		country, err := source.row(code)
		if err != nil {
			return nil, err
		}
		rows = append(rows, country)
	}
	hungarian := collate.New(language.Hungarian)
	slices.SortStableFunc(rows, func(a, b row) int {
		return hungarian.CompareString(a.hungarian, b.hungarian)
	})
	return rows, nil
}

func (source cldr) row(code string) (row, error) {
	country := row{
		code:      code,
		alpha3:    source.codes[code].Alpha3,
		hungarian: name(source.hungarian, code),
		english:   name(source.english, code),
		romanian:  name(source.romanian, code),
	}
	if code == kosovo {
		country.alpha3 = kosovoAlpha3
	}
	if slices.Contains([]string{country.alpha3, country.hungarian, country.english, country.romanian}, "") {
		return row{}, fmt.Errorf("CLDR lacks a name or the alpha-3 code of %s: %+v", code, country)
	}
	shown := []string{country.hungarian, country.english, country.romanian}
	for _, territories := range []map[string]string{source.hungarian, source.english, source.romanian} {
		for _, variant := range variants(territories, code) {
			if !slices.Contains(shown, variant) && !slices.Contains(country.variants, variant) {
				country.variants = append(country.variants, variant)
			}
		}
	}
	return country, nil
}

func name(territories map[string]string, code string) string {
	if slices.Contains(shortNames, code) {
		return territories[code+"-alt-short"]
	}
	return territories[code]
}

// variants returns every name of the territory in one language, the plain one
// first, the others by their suffix.
func variants(territories map[string]string, code string) []string {
	names := []string{territories[code]}
	for _, key := range slices.Sorted(maps.Keys(territories)) {
		// A language that leaves a variant out may hold its own key instead: "TR-variant".
		if strings.HasPrefix(key, code+"-alt-") && !strings.HasPrefix(territories[key], code+"-") {
			names = append(names, territories[key])
		}
	}
	return names
}
