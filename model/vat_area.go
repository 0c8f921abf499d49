package model

import (
	"slices"
	"strings"

	"cadensa/model/taxid"
	"cadensa/model/text"
)

// Territory is a part of a member state that lies outside the EU's VAT area.
type Territory string

// The territories that share their state's country code. Those with a code of their own (Åland AX; the French overseas departments GF,
// GP, MQ, RE and YT) are outside by it; here they stand for the case that the state's code was chosen.
const (
	TerritoryCanaryIslands  Territory = "canary-islands"
	TerritoryCeuta          Territory = "ceuta"
	TerritoryMelilla        Territory = "melilla"
	TerritoryLivigno        Territory = "livigno"
	TerritoryCampione       Territory = "campione"
	TerritoryBusingen       Territory = "busingen"
	TerritoryHeligoland     Territory = "heligoland"
	TerritoryAland          Territory = "aland"
	TerritoryFrenchOverseas Territory = "french-overseas"
	TerritoryMountAthos     Territory = "mount-athos"
)

// territories are known by how their postal codes begin. Directive 2006/112/EC art. 6 lists them (paragraph 1: Mount Athos, Canary
// Islands, French territories of art. 349 and 355(1) TFEU, Åland, Campione; paragraph 2: Heligoland, Büsingen, Ceuta, Melilla,
// Livigno), and Cod fiscal art. 267 after it.
var territories = []struct {
	country   string
	codes     []string
	territory Territory
}{
	{"ES", []string{"35", "38"}, TerritoryCanaryIslands},
	{"ES", []string{"51"}, TerritoryCeuta},
	{"ES", []string{"52"}, TerritoryMelilla},
	{"IT", []string{"23041"}, TerritoryLivigno},
	{"IT", []string{"22061"}, TerritoryCampione},
	{"DE", []string{"78266"}, TerritoryBusingen},
	{"DE", []string{"27498"}, TerritoryHeligoland},
	{"FI", []string{"22"}, TerritoryAland},
	// 980 is Monaco's, which is taxed as France (taxid.VATPrefix).
	{"FR", []string{"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"}, TerritoryFrenchOverseas},
	{taxid.Greece, []string{"63086", "63087"}, TerritoryMountAthos},
}

// postalDigits is how many digits the postal codes of all those states have.
const postalDigits = 5

// Territory is the part of the client's country that lies outside the EU's VAT area and to which the postal code belongs, "" for none.
func (c Client) Territory() Territory {
	code := text.Digits(c.PostalCode)
	if len(code) != postalDigits {
		return ""
	}
	for _, each := range territories {
		begins := func(beginning string) bool { return strings.HasPrefix(code, beginning) }
		if each.country == c.Country && slices.ContainsFunc(each.codes, begins) {
			return each.territory
		}
	}
	return ""
}

// InVATArea reports whether the client is established in the EU's VAT area: in a member state but for its territories outside, or in
// Monaco, which is taxed as France (Directive 2006/112/EC art. 7). Northern Ireland is not in it for services: there the EU's rules
// hold for goods alone (Windsor Framework art. 8, Directive (EU) 2020/1756).
func (c Client) InVATArea() bool { return taxid.VATPrefix(c.Country) != "" && c.Territory() == "" }
