package registry_test

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// fields are a part of ANAF's answer.
type fields map[string]any

// company is a company as ANAF has it, changed by what a test says of its parts.
func company(changes map[string]fields) fields {
	parts := map[string]fields{
		"date_generale": {
			"cui": 14399840, "data": "2026-11-22", "denumire": "MORII ŞI FIII SRL",
			"adresa": "MUNICIPIUL BUCUREŞTI, SECTOR 2, STR. MORII, NR.6", "nrRegCom": "J2002000372404", "codPostal": "20335",
			"telefon": "0212000000", "iban": "RO49AAAA1B31007593840000",
			"stare_inregistrare": "INREGISTRAT din data 29.08.2006", "statusRO_e_Factura": true,
		},
		"inregistrare_scop_Tva": {"scpTVA": true, "perioade_TVA": []fields{{"data_inceput_ScpTVA": "2002-02-01"}}},
		"inregistrare_RTVAI":    {"statusTvaIncasare": false},
		"stare_inactiv":         {"statusInactivi": false, "dataInactivare": "", "dataReactivare": "", "dataRadiere": ""},
		"adresa_sediu_social": {
			"sdenumire_Strada": "Şos. Virtuţii", "snumar_Strada": "148", "sdetalii_Adresa": "spaţiul E47",
			"sdenumire_Localitate": "Sector 6 Mun. Bucureşti", "sdenumire_Judet": "MUNICIPIUL BUCUREŞTI", "scod_JudetAuto": "B",
			"scod_Postal": "60787",
		},
		"adresa_domiciliu_fiscal": {
			"ddenumire_Strada": "Str. Morii", "dnumar_Strada": "6", "ddenumire_Localitate": "Sector 2 Mun. Bucureşti",
			"ddenumire_Judet": "MUNICIPIUL BUCUREŞTI", "dcod_JudetAuto": "B",
		},
	}
	whole := fields{}
	for name, part := range parts {
		maps.Copy(part, changes[name])
		whole[name] = part
	}
	return whole
}

func found(t *testing.T, companies ...fields) string {
	return toJSON(t, fields{"cod": 200, "message": "SUCCESS", "found": companies, "notFound": []int{}})
}

func bucharest() model.CompanyRecord {
	return model.CompanyRecord{
		CUI: "14399840", Name: "MORII ȘI FIII SRL", Street: "Șos. Virtuții 148, spațiul E47", PostalCode: "060787", City: "Sector 6",
		County: "București", PaysVAT: true, TradeRegister: "J2002000372404", Phone: "0212000000",
		IBAN: "RO49AAAA1B31007593840000", EInvoice: true,
		AsOf: model.NewDate(2026, time.November, 22), Source: "ANAF", Asked: noon,
	}
}

func TestCompany(t *testing.T) {
	anaf := newHarness(t, says(200, found(t, company(nil))))
	record, err := anaf.registers(t).Company(t.Context(), " ro 14.399.840")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(bucharest(), record); diff != "" {
		t.Error(diff)
	}
	want := []question{{
		path: "POST /anaf/api/PlatitorTvaRest/v9/tva", contentType: "application/json", agent: "Mozilla/5.0 (compatible; cadensa)",
		body: `[{"cui":14399840,"data":"2026-11-22"}]`,
	}}
	if diff := cmp.Diff(want, anaf.questions(), cmp.AllowUnexported(question{})); diff != "" {
		t.Error(diff)
	}
}

// What ANAF sends otherwise than its documentation says.
func TestCompanyInOtherForms(t *testing.T) {
	bare := func(body string) string {
		return strings.NewReplacer(`"cod":200,`, "", `"message":"SUCCESS",`, "").Replace(body)
	}
	usual := found(t, company(nil))
	tests := map[string]http.HandlerFunc{
		"status 404":           says(404, usual),
		"status 500":           says(500, usual),
		"no cod, no message":   says(200, bare(usual)),
		"byte order mark":      says(200, "\ufeff"+usual),
		"code as a text":       says(200, strings.ReplaceAll(usual, `"cui":14399840`, `"cui":"RO14399840"`)),
		"after another":        says(200, found(t, company(map[string]fields{"date_generale": {"cui": 19}}), company(nil))),
		"flags as texts":       says(200, strings.ReplaceAll(usual, `"scpTVA":true`, `"scpTVA":"true"`)),
		"notFound null":        says(200, strings.ReplaceAll(usual, `"notFound":[]`, `"notFound":null`)),
		"notFound of a text":   says(200, strings.ReplaceAll(usual, `"notFound":[]`, `"notFound":""`)),
		"no fiscal domicile":   says(200, strings.ReplaceAll(usual, `"adresa_domiciliu_fiscal":{`, `"adresa_domiciliu_fiscal":"","x":{`)),
		"no collection":        says(200, strings.ReplaceAll(usual, `"inregistrare_RTVAI":{`, `"inregistrare_RTVAI":"","x":{`)),
		"postal code a number": says(200, strings.ReplaceAll(usual, `"60787"`, `60787`)),
		"controls":             says(200, strings.ReplaceAll(usual, "MORII ŞI", `\u001b\u202eMORII\t\u0007ŞI`)),
	}
	for name, answer := range tests {
		t.Run(name, func(t *testing.T) {
			record, err := newHarness(t, answer).registers(t).Company(t.Context(), "14399840")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(bucharest(), record); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCompanyStates(t *testing.T) {
	tests := map[string]struct {
		changes map[string]fields
		number  string
		warning string
	}{
		"payer":     {nil, "RO14399840", ""},
		"non-payer": {map[string]fields{"inregistrare_scop_Tva": {"scpTVA": false}}, "14399840", ""},
		"inactive": {
			map[string]fields{"stare_inactiv": {"statusInactivi": true, "dataInactivare": "2020-12-02"}}, "RO14399840",
			"this company is inactive since 2020-12-02: it cannot deduct the VAT of an invoice",
		},
		"active again": {map[string]fields{"stare_inactiv": {"dataInactivare": "2020-12-02", "dataReactivare": "2020-12-18"}}, "RO14399840", ""},
		"struck off, in prose": {
			map[string]fields{"date_generale": {"stare_inregistrare": "RADIERE din data 29.03.2024"}}, "RO14399840",
			"this company was struck off on 2024-03-29: it cannot be invoiced any more",
		},
		"struck off, by date": {
			map[string]fields{
				"date_generale": {"stare_inregistrare": "RADIERE din data 29.03.2024"}, "stare_inactiv": {"dataRadiere": "2023-06-15"},
			}, "RO14399840",
			"this company was struck off on 2023-06-15: it cannot be invoiced any more",
		},
		"struck off, some day": {
			map[string]fields{"date_generale": {"stare_inregistrare": "RADIAT"}}, "RO14399840",
			"this company was struck off: it cannot be invoiced any more",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			record, err := newHarness(t, says(200, found(t, company(test.changes)))).registers(t).Company(t.Context(), "14399840")
			if err != nil {
				t.Fatal(err)
			}
			if record.VATNumber() != test.number || record.Warning() != test.warning {
				t.Errorf("number %s, warning %q", record.VATNumber(), record.Warning())
			}
		})
	}
}

// A payer may be in the register of VAT on collection; an entry of a company that pays no VAT any more counts for nothing.
func TestCompanyOnCollection(t *testing.T) {
	for _, test := range []struct{ pays, registered, want bool }{{true, true, true}, {true, false, false}, {false, true, false}} {
		answer := found(t, company(map[string]fields{
			"inregistrare_scop_Tva": {"scpTVA": test.pays}, "inregistrare_RTVAI": {"statusTvaIncasare": test.registered},
		}))
		record, err := newHarness(t, says(200, answer)).registers(t).Company(t.Context(), "14399840")
		if err != nil || record.OnCollection != test.want {
			t.Errorf("%+v: on collection %t, %v", test, record.OnCollection, err)
		}
	}
}

func TestCompanyNotFound(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"number":     says(200, `{"cod":200,"message":"SUCCESS","found":[],"notFound":[14399840]}`),
		"object":     says(200, `{"found":[],"notFound":[{"cui":14399840,"data":"2026-11-22"}]}`),
		"404":        says(404, `{"cod":404,"message":"NOT FOUND","found":[],"notFound":[14399840]}`),
		"null found": says(200, `{"found":null,"notFound":[14399840]}`),
		"only found": says(200, `{"cod":200,"found":[]}`),
		"lower case": says(200, `{"found":[],"notfound":[14399840]}`),
	} {
		t.Run(name, func(t *testing.T) {
			anaf := newHarness(t, answer)
			_, err := anaf.registers(t).Company(t.Context(), "14399840")
			if !errors.Is(err, model.ErrNotFound) || errors.Is(err, model.ErrUnavailable) {
				t.Fatalf("%v is no negative answer", err)
			}
			if err.Error() != "ANAF knows no company with the code 14399840" {
				t.Errorf("says %q", err)
			}
		})
	}
}

// A service that is down is never a negative answer, and is asked once.
func TestANAFOutages(t *testing.T) {
	broken := outages()
	broken["empty list with 500"] = says(500, `{"cod":500,"found":[],"notFound":[14399840]}`)
	broken["another company"] = says(200, found(t, company(map[string]fields{"date_generale": {"cui": 19}})))
	broken["no name"] = says(200, found(t, company(map[string]fields{"date_generale": {"denumire": " "}})))
	broken["found is an object"] = says(200, `{"found":{},"notFound":[]}`)
	broken["found is a word"] = says(200, `{"found":"none"}`)
	broken["found holds words"] = says(200, `{"found":["none"],"notFound":[14399840]}`)
	broken["error in JSON"] = says(200, `{"cod":500,"message":"Internal error"}`)
	for name, answer := range broken {
		t.Run(name, func(t *testing.T) {
			anaf := newHarness(t, answer)
			record, err := anaf.registers(t).Company(t.Context(), "14399840")
			assertDown(t, err, "ANAF")
			if diff := cmp.Diff(model.CompanyRecord{}, record); diff != "" {
				t.Error(diff)
			}
			if asked := anaf.questions(); len(asked) != 1 {
				t.Errorf("asked %d times: %v", len(asked), asked)
			}
		})
	}
}

func assertDown(t *testing.T, err error, register string) {
	t.Helper()
	if !errors.Is(err, model.ErrUnavailable) || errors.Is(err, model.ErrNotFound) || errors.Is(err, model.ErrInvalidField) {
		t.Fatalf("%v is not told as an outage", err)
	}
	if text := err.Error(); !strings.HasPrefix(text, register) || strings.Contains(text, "SmartBill") ||
		strings.ContainsFunc(text, unicode.IsControl) {
		t.Errorf("says %q", text)
	}
}

func TestNoCompanyCodeAsksNothing(t *testing.T) {
	anaf := newHarness(t, says(200, found(t, company(nil))))
	for _, code := range []string{"", "RO", "0", "ROMORII", "12345678901", "1630615123457", "DE136695976"} {
		if _, err := anaf.registers(t).Company(t.Context(), code); !errors.Is(err, model.ErrInvalidField) {
			t.Errorf("%q: %v", code, err)
		}
	}
	if asked := anaf.questions(); len(asked) > 0 {
		t.Errorf("asked %v", asked)
	}
}

// The forms in which ANAF writes places, and what an invoice takes of them.
func TestAddressForms(t *testing.T) {
	office := func(locality, county, auto string) map[string]fields {
		return map[string]fields{"adresa_sediu_social": {
			"sdenumire_Strada": "Str. Morii", "snumar_Strada": "14", "sdetalii_Adresa": "", "sdenumire_Localitate": locality,
			"sdenumire_Judet": county, "scod_JudetAuto": auto, "scod_Postal": "300011",
		}}
	}
	line := func(address string) map[string]fields {
		return map[string]fields{
			"date_generale": {"adresa": address, "codPostal": "300011"}, "adresa_sediu_social": {"sdenumire_Localitate": " "},
			"adresa_domiciliu_fiscal": {"ddenumire_Localitate": ""},
		}
	}
	const street = "Str. Morii 14"
	tests := map[string]struct {
		changes              map[string]fields
		street, city, county string
	}{
		"municipality":             {office("Mun. Timişoara", "TIMIŞ", "TM"), street, "Timișoara", "Timiș"},
		"spelt out":                {office("Municipiul Cluj-Napoca", "Judeţul Cluj", ""), street, "Cluj-Napoca", "Cluj"},
		"named like its county":    {office("Mun. Satu Mare", "SATU MARE", "SM"), street, "Satu Mare", "Satu Mare"},
		"no code":                  {office("Mun. Iaşi", "IAŞI", ""), street, "Iași", "Iași"},
		"town":                     {office("Orş. Voluntari", "ILFOV", "IF"), street, "Voluntari", "Ilfov"},
		"town spelt out":           {office("ORAŞUL OTOPENI", "ILFOV", "IF"), street, "OTOPENI", "Ilfov"},
		"commune":                  {office("Com. Floreşti", "CLUJ", "CJ"), street, "Florești", "Cluj"},
		"village of the commune":   {office("Sat Giulvăz Com. Giulvăz", "TIMIŞ", "TM"), street, "Giulvăz", "Timiș"},
		"village of another name":  {office("Sat Roşu Com. Chiajna", "ILFOV", "IF"), street, "Roșu, com. Chiajna", "Ilfov"},
		"village of a town":        {office("Sat Ocna Orş. Baia", "MARAMUREŞ", "MM"), street, "Ocna, orș. Baia", "Maramureș"},
		"village named village":    {office("Sat Satu Nou Com. Satu Nou", "TULCEA", "TL"), street, "Satu Nou", "Tulcea"},
		"village alone":            {office("Sat Comana", "GIURGIU", "GR"), street, "Comana", "Giurgiu"},
		"plain":                    {office("Bacău", "Bacău", "BC"), street, "Bacău", "Bacău"},
		"sector first":             {office("Sector 1 Mun. Bucureşti", "MUNICIPIUL BUCUREŞTI", "B"), street, "Sector 1", "București"},
		"sector last":              {office("Mun. București Sector 3", "MUNICIPIUL BUCUREȘTI", "B"), street, "Sector 3", "București"},
		"sector spelt out":         {office("BUCUREŞTI SECTORUL 5", "BUCUREŞTI", ""), street, "Sector 5", "București"},
		"sector alone":             {office("SECTOR4", "MUNICIPIUL BUCUREŞTI", "B"), street, "Sector 4", "București"},
		"Bucharest without sector": {office("Mun. Bucureşti", "MUNICIPIUL BUCUREŞTI", "B"), street, "București", "București"},
		"no such county":           {office("Mun. Chişinău", "CHIŞINĂU", ""), street, "Chișinău", ""},
		"domicile": {map[string]fields{"adresa_sediu_social": {"sdenumire_Localitate": ""}}, "Str. Morii 6", "Sector 2",
			"București"},
		"line of a municipality": {line("JUD. BACĂU, MUN. BACĂU, STR. MORII, NR.14"), "STR. MORII, NR.14", "BACĂU", "Bacău"},
		"line of a sector":       {line("MUNICIPIUL BUCUREŞTI, SECTOR 1, STR. MORII, NR.14"), "STR. MORII, NR.14", "Sector 1", "București"},
		"line of a village": {line("JUD. ILFOV, SAT ROŞU, COM. CHIAJNA, STR. MORII, NR.14, ET.2"), "STR. MORII, NR.14, ET.2",
			"ROȘU, com. CHIAJNA", "Ilfov"},
		"line without its county":   {line("MUN. BACĂU, STR. MORII, NR.14"), "STR. MORII, NR.14", "BACĂU", ""},
		"line of a street only":     {line("STR. MORII, NR.14"), "STR. MORII, NR.14", "", ""},
		"line with a later village": {line("JUD. ILFOV, STR. MORII, SAT BLOC"), "STR. MORII, SAT BLOC", "", "Ilfov"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			record, err := newHarness(t, says(200, found(t, company(test.changes)))).registers(t).Company(t.Context(), "14399840")
			if err != nil {
				t.Fatal(err)
			}
			if record.Street != test.street || record.City != test.city || record.County != test.county {
				t.Errorf("got %q, %q, %q; want %q, %q, %q", record.Street, record.City, record.County, test.street, test.city, test.county)
			}
		})
	}
}

// What ANAF tells of a company with an address makes a client that e-Factura takes.
func TestCompanyMakesAValidClient(t *testing.T) {
	record, err := newHarness(t, says(200, found(t, company(nil)))).registers(t).Company(t.Context(), "14399840")
	if err != nil {
		t.Fatal(err)
	}
	client := record.Fill(model.Client{})
	if findings := client.Validate(); len(findings) > 0 || !client.PaysVAT() {
		t.Errorf("%+v: %v", client, findings)
	}
	if !slices.Contains(model.Sectors(), client.City) {
		t.Errorf("the city is %s", client.City)
	}
}
