package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// romanian is a client that nothing is wrong with.
func romanian() model.Client {
	return model.Client{
		Name: "Morii și Fiii SRL", Contact: "Ana Pop", Email: "ana@morii.example", Country: "RO", Street: "Str. Morii 14",
		PostalCode: "400001", City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO14399840", TrackerNames: []string{"morii*"},
	}
}

// german is a company in another member state, with a VAT number.
func german() model.Client {
	return model.Client{
		Name: "Mühle GmbH", Country: "DE", Street: "Mühlweg 3", PostalCode: "10115", City: "Berlin", VATNumber: "DE136695976",
		TrackerNames: []string{"Morii"},
	}
}

func runes(n int) string { return strings.Repeat("ș", n) }

func TestValidClientsHaveNoFindings(t *testing.T) {
	bucharest := romanian()
	bucharest.County, bucharest.City, bucharest.PostalCode = "bucurești", "sect. 3", "030167"
	private := romanian()
	private.Private, private.VATNumber = true, ""
	withCNP := private
	withCNP.VATNumber = "1630615123457"
	greek := german()
	greek.Country, greek.VATNumber = "GR", "GR 094501040"
	american := model.Client{Name: "Mill Inc.", Country: "US", Street: "1 Mill Rd", PostalCode: "-", City: "Reno"}
	for name, client := range map[string]model.Client{
		"company": romanian(), "Bucharest": bucharest, "private": private, "private with CNP": withCNP,
		"German": german(), "Greek": greek, "without postal codes": american,
	} {
		if findings := client.Validate(); len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
		}
	}
}

// Every length is allowed to the last rune and refused one later, in runes after collapsing, by the rule of CIUS-RO.
func TestClientLengths(t *testing.T) {
	tests := []struct {
		field, rule string
		limit       int
		fill        func(client *model.Client, length int)
	}{
		{"name", "BR-RO-L203", 200, func(c *model.Client, length int) { c.Name = " \n" + runes(length) + "  " }},
		{"contact", "BR-RO-L1009", 100, func(c *model.Client, length int) { c.Contact = runes(length) }},
		{"email", "BR-RO-L1011", 100, func(c *model.Client, length int) {
			c.Email = strings.Repeat("a", length-len("@b.example")) + "@b.example"
		}},
		{"street", "BR-RO-L152", 150, func(c *model.Client, length int) { c.Street, c.PostalCode = runes(length), "-" }},
		{"postal_code", "BR-RO-L0202", 20, func(c *model.Client, length int) { c.PostalCode, c.Country = runes(length), "HU" }},
		{"city", "BR-RO-L0502", 50, func(c *model.Client, length int) { c.City = runes(length-3) + "  și" }},
	}
	for _, test := range tests {
		t.Run(test.field, func(t *testing.T) {
			client := romanian()
			test.fill(&client, test.limit)
			if findings := client.Validate().Errors(); len(findings) > 0 {
				t.Errorf("%d runes: %v", test.limit, findings)
			}
			test.fill(&client, test.limit+1)
			finding, found := client.Validate().Errors().For(test.field)
			if !found || finding.Rule != test.rule {
				t.Errorf("%d runes: %+v, want %s", test.limit+1, finding, test.rule)
			}
		})
	}
}

// The postal code is folded into the street, so the limit holds for both together.
func TestStreetAndPostalCodeShareALimit(t *testing.T) {
	client := romanian()
	client.Street = runes(150 - len(", 400001"))
	if findings := client.Validate(); len(findings) > 0 {
		t.Errorf("an address of 150 runes: %v", findings)
	}
	client.Street += "ș"
	want := model.Findings{{
		Field: "street", Rule: "BR-RO-L152", Severity: model.SeverityError,
		Code: model.FindingAddressTooLong, Values: []any{150},
	}}
	if diff := cmp.Diff(want, client.Validate()); diff != "" {
		t.Error(diff)
	}
}

func TestClientFindings(t *testing.T) {
	const fails, warns = model.SeverityError, model.SeverityWarning
	tests := []struct {
		name     string
		change   func(*model.Client)
		field    string
		rule     string
		severity model.Severity
	}{
		{"a name of no width", func(c *model.Client) { c.Name = "\u200b\u2060 \u3164\u0301" }, "name", "required", fails},
		{"a name of signs", func(c *model.Client) { c.Name = "– …" }, "name", "required", fails},
		{"a street of no width", func(c *model.Client) { c.Street = "\u200b" }, "street", "required", fails},
		{"no name", func(c *model.Client) { c.Name = " \t" }, "name", "required", fails},
		{"no street", func(c *model.Client) { c.Street = "" }, "street", "required", fails},
		{"no city", func(c *model.Client) { c.City = "" }, "city", "required", fails},
		{"no postal code", func(c *model.Client) { c.PostalCode = "" }, "postal_code", "required", fails},
		{"no country", func(c *model.Client) { c.Country, c.County = "", "" }, "country", "required", fails},
		{"country by name", func(c *model.Client) { c.Country = "Romania" }, "country", "required", fails},
		{"no e-mail address", func(c *model.Client) { c.Email = "ana" }, "email", "format", fails},
		{"e-mail with a name", func(c *model.Client) { c.Email = "Ana <ana@morii.example>" }, "email", "format", fails},
		{"postal code of 5 digits", func(c *model.Client) { c.PostalCode = "40001" }, "postal_code", "format", warns},
		{"postal code of letters", func(c *model.Client) { c.PostalCode = "40000I" }, "postal_code", "format", warns},
		{"no county", func(c *model.Client) { c.County = "" }, "county", "BR-RO-111", fails},
		{"no such county", func(c *model.Client) { c.County = "Pest" }, "county", "BR-RO-111", fails},
		{"Bucharest without a sector", func(c *model.Client) { c.County, c.City = "B", "București" }, "city", "BR-RO-101", fails},
		{"no tax number", func(c *model.Client) { c.VATNumber = "" }, "vat_number", "BR-RO-120", warns},
		{"tax number of letters", func(c *model.Client) { c.VATNumber = "ROMORII" }, "vat_number", "CUI", warns},
		{"wrong check digit", func(c *model.Client) { c.VATNumber = "RO12345678" }, "vat_number", "CUI", warns},
		{"wrong CNP", func(c *model.Client) { c.Private, c.VATNumber = true, "1630615123458" }, "vat_number", "CNP", warns},
		{"EU company without a number", func(c *model.Client) { *c = german(); c.VATNumber = "" }, "vat_number", "BR-AE-02", warns},
		{"EU number of another kind", func(c *model.Client) { *c = german(); c.VATNumber = "22/815/08154" }, "vat_number", "BR-CO-09", warns},
		{"EU prefix without a number", func(c *model.Client) { *c = german(); c.VATNumber = "DE" }, "vat_number", "BR-CO-09", warns},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := romanian()
			test.change(&client)
			findings := client.Validate()
			if len(findings) == 0 {
				t.Fatal("nothing was found")
			}
			finding, found := findings.For(test.field)
			if !found || finding.Rule != test.rule || finding.Severity != test.severity || finding.Code == "" {
				t.Errorf("found %v, want %s of %s by %s", findings, test.severity, test.field, test.rule)
			}
		})
	}
}

func TestClientIsCleaned(t *testing.T) {
	foreign := model.Client{
		Name: " Morii\tși\u202e Fiii\nSRL", Contact: "\x1b[1mAna", Email: " ana@morii.example ", Country: "ro", Street: "Str.  Morii",
		PostalCode: " 400001", City: "sect 4", County: "b", VATNumber: "ro 14.399.840", TrackerNames: []string{" mo\x1brii * "},
	}
	names := foreign.TrackerNames
	want := model.Client{
		Name: "Morii și Fiii SRL", Contact: "[1mAna", Email: "ana@morii.example", Country: "RO", Street: "Str. Morii",
		PostalCode: "400001", City: "Sector 4", County: "București", VATNumber: "RO14399840", TrackerNames: []string{"morii *"},
	}
	if diff := cmp.Diff(want, foreign.Cleaned()); diff != "" {
		t.Error(diff)
	}
	if names[0] != " mo\x1brii * " {
		t.Error("the caller's tracker names were changed")
	}
	abroad := german()
	abroad.County = "Berlin"
	if got := abroad.Cleaned().County; got != "" {
		t.Errorf("a county outside Romania stayed: %q", got)
	}
	if diff := cmp.Diff(want, want.Cleaned()); diff != "" {
		t.Error("cleaning twice differs", diff)
	}
}

// SmartBill has no field for the postal code: it goes into the address.
func TestAddress(t *testing.T) {
	tests := []struct{ street, code, want string }{
		{"Str. Morii 14", "400001", "Str. Morii 14, 400001"},
		{" Str.  Morii 14\n", " 400001 ", "Str. Morii 14, 400001"},
		{"1 Mill Rd", "-", "1 Mill Rd"},
		{"1 Mill Rd", "", "1 Mill Rd"},
	}
	for _, test := range tests {
		if got := (model.Client{Street: test.street, PostalCode: test.code}).Address(); got != test.want {
			t.Errorf("%q with %q is %q, want %q", test.street, test.code, got, test.want)
		}
	}
}

func TestTaxNumberAndPaysVAT(t *testing.T) {
	tests := []struct {
		name, country, number string
		private               bool
		want                  string
		pays                  bool
	}{
		{"Romanian payer", "RO", "ro 14.399.840", false, "RO14399840", true},
		{"Romanian non-payer", "RO", "14399840", false, "14399840", false},
		{"Romanian person", "RO", "", true, "", false},
		{"Romanian person with CNP", "RO", "1630615123457", true, "1630615123457", false},
		{"Romanian company without a number", "RO", "", false, "", false},
		{"German payer", "DE", "de 136 695 976", false, "DE136695976", true},
		{"German, without its prefix", "DE", "136 695 976", false, "DE136695976", true},
		{"German tax number", "DE", "22/815/08154", false, "2281508154", false},
		{"German with a slip", "DE", "DE136695977", false, "DE136695977", false},
		{"Belgian of nine digits", "BE", "BE 403.170.701", false, "BE0403170701", true},
		{"Monegasque", "MC", "83 404 833 048", false, "FR83404833048", true},
		{"German prefix alone", "DE", "DE", false, "DE", false},
		{"German person", "DE", "DE136695976", true, "DE136695976", false},
		{"Greek, as VIES has it", "GR", "EL094501040", false, "EL094501040", true},
		{"Greek, as people type it", "GR", "GR094501040", false, "EL094501040", true},
		{"Greek, without its prefix", "GR", "094501040", false, "EL094501040", true},
		{"American", "US", "12-3456789", false, "123456789", false},
		{"Northern Irish", "GB", "XI123456789", false, "XI123456789", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := model.Client{Country: test.country, VATNumber: test.number, Private: test.private}
			if got := client.TaxNumber(); got != test.want {
				t.Errorf("TaxNumber() = %q, want %q", got, test.want)
			}
			if got := client.PaysVAT(); got != test.pays {
				t.Errorf("PaysVAT() = %t", got)
			}
		})
	}
}

func TestClientMatches(t *testing.T) {
	client := model.Client{Name: "Morii și Fiii SRL", TrackerNames: []string{"morii*", "client:moara"}}
	for text, want := range map[string]bool{
		"Morii și Fiii SRL": true, "MORII SI FIII  SRL": true, "Morii": true, "morii/api": true, "Client:Moara": true,
		"Moara": false, "Old Morii": false, "": false,
	} {
		if got := client.Matches(text); got != want {
			t.Errorf("Matches(%q) = %t", text, got)
		}
	}
}

func TestFindings(t *testing.T) {
	findings := model.Findings{
		{Field: "city", Code: model.FindingCityTooLong, Severity: model.SeverityWarning},
		{Field: "name", Code: model.FindingNameMissing, Severity: model.SeverityError},
		{Field: "city", Code: model.FindingSectorMissing, Severity: model.SeverityError},
	}
	if got := findings.Errors(); len(got) != 2 || got[0].Field != "name" {
		t.Errorf("errors are %v", got)
	}
	if got := findings.Warnings(); len(got) != 1 || got[0].Code != model.FindingCityTooLong {
		t.Errorf("warnings are %v", got)
	}
	if got, _ := findings.For("city"); got.Code != model.FindingSectorMissing {
		t.Errorf("an error comes before a warning, got %v", got)
	}
	if got, found := findings.For("street"); found {
		t.Errorf("found %v", got)
	}
	if got := findings.Error(); got != "city: city-too-long; name: name-missing; city: sector-missing" {
		t.Errorf("Error() = %q", got)
	}
}

// A client's number is looked at, and never a wall: not even one that is no number at all.
func TestClientVATNumberIsChecked(t *testing.T) {
	for number, rule := range map[string]string{
		"DE136695976": "", "DE136695977": "VAT number", "DE12": "VAT number", "ATU13585627": "BR-CO-09", "n/a": "BR-CO-09",
	} {
		client := german()
		client.VATNumber = number
		findings := client.Validate()
		if finding, _ := findings.For("vat_number"); len(findings.Errors()) > 0 || finding.Rule != rule {
			t.Errorf("%s: %v, want %q", number, findings, rule)
		}
	}
	placeholder := romanian()
	placeholder.VATNumber = "RO12345678"
	if findings := placeholder.Validate(); len(findings.Errors()) > 0 || len(findings.Warnings()) != 1 {
		t.Errorf("the placeholder RO12345678: %v, want one warning", findings)
	}
}
