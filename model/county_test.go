package model_test

import (
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
