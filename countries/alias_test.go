package countries

import (
	"slices"
	"testing"
)

func plain(text string) string {
	return foldText(text)
}

func TestAliasesAddSomething(t *testing.T) {
	for i, alias := range aliases {
		country, ok := ByCode(alias.code)
		if !ok || country.Code != alias.code {
			t.Errorf("aliases of the unknown country %s", alias.code)
		}
		if i > 0 && aliases[i-1].code >= alias.code {
			t.Errorf("%s is not in the order of the codes, or there twice", alias.code)
		}
		known := []string{plain(country.Hungarian), plain(country.English), plain(country.Romanian)}
		for _, variant := range variants {
			if variant.code == alias.code {
				for _, name := range variant.names {
					known = append(known, plain(name))
				}
			}
		}
		for _, name := range alias.names {
			if slices.Contains(known, plain(name)) {
				t.Errorf("%s is found by %q without the alias", alias.code, name)
			}
			known = append(known, plain(name))
		}
	}
}

func TestNoNameMeansTwoCountries(t *testing.T) {
	owner := map[string]int{}
	for i, country := range table {
		owner[plain(country.Code)], owner[plain(country.Alpha3)] = i, i
	}
	for _, key := range folded().keys {
		if other, taken := owner[key.text]; taken && other != key.country {
			t.Errorf("%q means %s and %s", key.text, table[other].Code, table[key.country].Code)
		}
		owner[key.text] = key.country
	}
}
