package model_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"cadensa/model"
	"cadensa/model/text"
)

// The 42 subdivisions of ISO 3166-2:RO, as e-Factura's BR-RO-111 has them, with the name that SmartBill takes.
var wantCounties = map[string]string{
	"AB": "Alba", "AG": "Arges", "AR": "Arad", "B": "Bucuresti", "BC": "Bacau", "BH": "Bihor", "BN": "Bistrita-Nasaud",
	"BR": "Braila", "BT": "Botosani", "BV": "Brasov", "BZ": "Buzau", "CJ": "Cluj", "CL": "Calarasi", "CS": "Caras-Severin",
	"CT": "Constanta", "CV": "Covasna", "DB": "Dambovita", "DJ": "Dolj", "GJ": "Gorj", "GL": "Galati", "GR": "Giurgiu",
	"HD": "Hunedoara", "HR": "Harghita", "IF": "Ilfov", "IL": "Ialomita", "IS": "Iasi", "MH": "Mehedinti", "MM": "Maramures",
	"MS": "Mures", "NT": "Neamt", "OT": "Olt", "PH": "Prahova", "SB": "Sibiu", "SJ": "Salaj", "SM": "Satu Mare",
	"SV": "Suceava", "TL": "Tulcea", "TM": "Timis", "TR": "Teleorman", "VL": "Valcea", "VN": "Vrancea", "VS": "Vaslui",
}

func TestCounties(t *testing.T) {
	counties := model.Counties()
	if len(counties) != 42 || len(wantCounties) != 42 {
		t.Fatalf("%d counties, want 42", len(counties))
	}
	romanian := collate.New(language.Romanian)
	if !slices.IsSortedFunc(counties, func(a, b model.County) int { return romanian.CompareString(a.Name, b.Name) }) {
		t.Errorf("the counties are not in the order of the Romanian alphabet: %v", counties)
	}
	for _, county := range counties {
		if got := text.ASCII(county.Name); got != wantCounties[county.Code] {
			t.Errorf("%s is %s, want %s", county.Code, got, wantCounties[county.Code])
		}
		for _, text := range []string{county.Name, county.Code, text.ASCII(county.Name), " " + text.Fold(county.Name) + " "} {
			if found, ok := model.CountyNamed(text); !ok || found != county {
				t.Errorf("CountyNamed(%q) = %v, %t, want %v", text, found, ok, county)
			}
		}
	}
	counties[0] = model.County{}
	if model.Counties()[0].Code != "AB" {
		t.Error("a caller changed the list of counties")
	}
}

func TestCountyNamedAcceptsTheCedilla(t *testing.T) {
	for text, code := range map[string]string{"IAŞI": "IS", "Constanţa": "CT", "BUCUREŞTI": "B"} {
		if county, ok := model.CountyNamed(text); !ok || county.Code != code {
			t.Errorf("CountyNamed(%q) = %v, %t", text, county, ok)
		}
	}
	for _, text := range []string{"", "Clu", "Pest", "RO", "XX"} {
		if county, ok := model.CountyNamed(text); ok {
			t.Errorf("CountyNamed(%q) = %v, want none", text, county)
		}
	}
}

func TestSectorNamed(t *testing.T) {
	for _, text := range []string{
		"Sector 3", "sector3", "SECTOR3", "SECTOR  3", "Sectorul 3", "sect. 3", "sect3", "sec 3", "sec.3", "S3", "s 3", "3", " 3 ",
	} {
		if sector, ok := model.SectorNamed(text); !ok || sector != "Sector 3" {
			t.Errorf("SectorNamed(%q) = %q, %t", text, sector, ok)
		}
	}
	for _, text := range []string{"", "Sector", "Sector 0", "Sector 7", "13", "București", "București 3", "3 Sector", "Cluj"} {
		if sector, ok := model.SectorNamed(text); ok {
			t.Errorf("SectorNamed(%q) = %q, want none", text, sector)
		}
	}
	for _, sector := range model.Sectors() {
		if found, ok := model.SectorNamed(sector); !ok || found != sector {
			t.Errorf("SectorNamed(%q) = %q, %t", sector, found, ok)
		}
	}
	if len(model.Sectors()) != 6 {
		t.Errorf("%d sectors, want 6", len(model.Sectors()))
	}
}

func TestCountiesAsPeopleWriteThem(t *testing.T) {
	for text, code := range map[string]string{
		"RO-CJ": "CJ", "ro_cj": "CJ", "jud. Cluj": "CJ", "jud.Cluj": "CJ", "Județul Cluj": "CJ", "Cluj, România": "CJ", "Caras Severin": "CS",
		"CARAȘ - SEVERIN": "CS", "Satu-Mare": "SM", "Bistrita Nasaud": "BN", "Vîlcea": "VL", "Dîmbovița": "DB", "Municipiul București": "B",
		"mun. Bucureşti": "B", "București, Sector 3": "B", "Sectorul 3, Bucuresti": "B", "Bucharest": "B", "Bukarest": "B", "RO-B": "B",
	} {
		if county, ok := model.CountyNamed(text); !ok || county.Code != code {
			t.Errorf("CountyNamed(%q) = %v, %t, want %s", text, county, ok, code)
		}
	}
	for _, text := range []string{"jud.", "Mun. ", "Sector 3", "3", "Cluj Iași", "București 3", "RO-XX"} {
		if county, ok := model.CountyNamed(text); ok {
			t.Errorf("CountyNamed(%q) = %v, want none", text, county)
		}
	}
	for _, text := range []string{"București, Sector 3", "Sector 3 Mun. București", "Bucuresti sect.3", "Municipiul București Sectorul 3"} {
		if sector, ok := model.SectorNamed(text); !ok || sector != "Sector 3" {
			t.Errorf("SectorNamed(%q) = %q, %t", text, sector, ok)
		}
	}
}

func TestEveryCountyHasPostalCodes(t *testing.T) {
	found := map[string]bool{}
	for prefix := range 100 {
		county, sector, ok := model.PlaceOfPostalCode(fmt.Sprintf("%02d0123", prefix))
		if ok {
			found[county.Code] = true
		}
		if want := prefix >= 1 && prefix <= 6; want != (sector != "") || want && (sector != fmt.Sprintf("Sector %d", prefix) || county.Code != "B") {
			t.Errorf("%02d0123 is of %v, %q", prefix, county, sector)
		}
	}
	if len(found) != 42 {
		t.Errorf("%d counties have codes: %v", len(found), found)
	}
	for _, code := range []string{"", "-", "40001", "4000011", "40000a", "000001", "990001"} {
		if county, _, ok := model.PlaceOfPostalCode(code); ok {
			t.Errorf("%q is of %v", code, county)
		}
	}
}

func TestClientsAreLocated(t *testing.T) {
	tests := map[string]struct {
		county, city, code   string
		wantCounty, wantCity string
		proposed             []string
	}{
		"nothing missing":             {"Cluj", "Dej", "700001", "Cluj", "Dej", nil},
		"the county":                  {"", "Dej", "405200", "Cluj", "Dej", []string{"county"}},
		"a county that is no county":  {"Pest", "Dej", "405200", "Pest", "Dej", nil},
		"the sector":                  {"București", "", "030011", "București", "Sector 3", []string{"city"}},
		"the sector beside the city":  {"București", "Bucuresti", "030011", "București", "Sector 3", []string{"city"}},
		"both":                        {"", "Mun. București", "030011", "București", "Sector 3", []string{"city"}},
		"both by the code alone":      {"", "", "030011", "București", "Sector 3", []string{"county", "city"}},
		"a sector that is named":      {"București, Sector 4", "București", "030011", "București, Sector 4", "Sector 4", nil},
		"a sector as the county":      {"Sector 4", "", "", "București", "Sector 4", nil},
		"a sector as the city":        {"", "Sector 4", "", "București", "Sector 4", nil},
		"a place beside Bucharest":    {"București", "Otopeni", "030011", "București", "Otopeni", nil},
		"no sector in the code":       {"București", "București", "400001", "București", "București", nil},
		"neither county nor a code":   {"", "Dej", "-", "", "Dej", nil},
		"a city that is only a digit": {"", "3", "400001", "Cluj", "3", []string{"county"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			client := model.Client{Country: "RO", County: test.county, City: test.city, PostalCode: test.code}
			located, proposed := client.Located()
			if located.County != test.wantCounty || located.City != test.wantCity || !slices.Equal(proposed, test.proposed) {
				t.Errorf("located in %q, %q, proposed %v", located.County, located.City, proposed)
			}
			again, proposed := located.Located()
			if !reflect.DeepEqual(again, located) || len(proposed) > 0 {
				t.Errorf("located again in %q, %q, proposed %v", again.County, again.City, proposed)
			}
			client.Country = "DE"
			if abroad, _ := client.Located(); !reflect.DeepEqual(abroad, client) {
				t.Errorf("abroad it became %+v", abroad)
			}
		})
	}
}

func FuzzCountyNamed(f *testing.F) {
	for _, seed := range []string{"RO-CJ", "București, Sector 3", "jud.", "\xff3", "Sector", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		county, ok := model.CountyNamed(value)
		if known := slices.Contains(model.Counties(), county); known != ok {
			t.Errorf("%q is %v, %t", value, county, ok)
		}
		if sector, ok := model.SectorNamed(value); ok && !slices.Contains(model.Sectors(), sector) {
			t.Errorf("%q is %q", value, sector)
		}
	})
}
