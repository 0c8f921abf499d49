package taxid_test

import (
	"testing"

	"cadensa/model/taxid"
	"cadensa/model/text"
)

// The public company codes of romania.md's sources: ministries, banks, shops, and the shortest legal ones.
func TestValidCIF(t *testing.T) {
	for _, text := range []string{
		"4221306", "14399840", "1590082", "2816464", "5022670", "361757", "361579", "13267213", "4267117", "18547290",
		"19", "27", "35", "1234567897",
	} {
		if code, ok := taxid.ParseCIF(text); !ok || !code.Valid() {
			t.Errorf("%s is refused", text)
		}
	}
}

// A wrong check digit still parses: it is worth a warning, never a refusal ("RO12345678" is the usual placeholder).
func TestCIFWithWrongCheckDigit(t *testing.T) {
	for _, text := range []string{"12345678", "RO12345678", "123456", "18547291", "14399841", "10"} {
		if code, ok := taxid.ParseCIF(text); !ok || code.Valid() {
			t.Errorf("%s: parsed %t, valid %t", text, ok, code.Valid())
		}
	}
	if (taxid.CIF{}).Valid() || (taxid.CIF{Digits: "12345678901"}).Valid() {
		t.Error("a code of no digits or of eleven is valid")
	}
}

func TestParseCIF(t *testing.T) {
	tests := []struct {
		text, want string
		vat        bool
	}{
		{"14399840", "14399840", false},
		{"RO14399840", "RO14399840", true},
		{"ro 14.399.840", "RO14399840", true},
		{" RO-14 399 840 ", "RO14399840", true},
		{"R O 1439\u00a09840", "RO14399840", true},
	}
	for _, test := range tests {
		code, ok := taxid.ParseCIF(test.text)
		if !ok || code.String() != test.want || code.VAT != test.vat || code.Digits != "14399840" {
			t.Errorf("ParseCIF(%q) = %+v, %t, want %s", test.text, code, ok, test.want)
		}
	}
	for _, text := range []string{"", "RO", "1", "RO1", "0123456", "RO0123456", "12345678901", "RORO19", "HU12345678", "1234567a", "١٩"} {
		if code, ok := taxid.ParseCIF(text); ok {
			t.Errorf("ParseCIF(%q) = %s, want nothing", text, code)
		}
	}
}

func TestValidCNP(t *testing.T) {
	tests := []struct {
		name, number string
		want         bool
	}{
		{"a valid one", "1630615123457", true},
		{"thirteen zeros, for who gives none", taxid.AnonymousCNP, true},
		{"wrong check digit", "1630615123458", false},
		{"first digit 0", "0630615123457", false},
		{"no such month", "1631315123457", false},
		{"no such day", "1630631123457", false},
		{"too short", "163061512345", false},
		{"too long", "16306151234570", false},
		{"letters", "163061512345A", false},
		{"nothing", "", false},
		{"twelve zeros", "000000000000", false},
	}
	for _, test := range tests {
		if got := taxid.ValidCNP(test.number); got != test.want {
			t.Errorf("%s: ValidCNP(%q) = %t", test.name, test.number, got)
		}
	}
}

func TestVATPrefix(t *testing.T) {
	countries := 0
	for first := 'A'; first <= 'Z'; first++ {
		for second := 'A'; second <= 'Z'; second++ {
			if taxid.VATPrefix(string([]rune{first, second})) != "" {
				countries++
			}
		}
	}
	if countries != 28 {
		t.Errorf("%d countries, want the 27 members and Monaco", countries)
	}
	// Northern Ireland (XI) is inside for goods only, and EL is Greece's VAT prefix, not its code.
	for _, outside := range []string{"", "GB", "XI", "EL", "CH", "NO", "XK", "ro", "R", " R", "T B", "AX", "RE"} {
		if prefix := taxid.VATPrefix(outside); prefix != "" {
			t.Errorf("VATPrefix(%q) = %q", outside, prefix)
		}
	}
	for country, want := range map[string]string{"RO": "RO", "DE": "DE", "GR": "EL", "MC": "FR"} {
		if got := taxid.VATPrefix(country); got != want {
			t.Errorf("VATPrefix(%s) = %q, want %q", country, got, want)
		}
	}
}

func FuzzTaxNumber(f *testing.F) {
	for _, seed := range []string{"RO14399840", "ro 14.399.840", "DE 136/695/976", "\x1b[1m19", "ro\u00a019", "ß", "0000000000000", "RO"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		number := taxid.Normalize(value)
		if again := taxid.Normalize(number); again != number {
			t.Errorf("Normalize(%q) = %q, and once more %q", value, number, again)
		}
		if text.Clean(number) != number {
			t.Errorf("Normalize(%q) = %q, which is not clean", value, number)
		}
		if taxid.ValidCNP(value) && len(value) != 13 {
			t.Errorf("%q is a personal code of %d digits", value, len(value))
		}
		code, ok := taxid.ParseCIF(value)
		if !ok {
			return
		}
		if code.Valid() && len(code.Digits) > 10 {
			t.Errorf("%s is valid", code)
		}
		if again, ok := taxid.ParseCIF(code.String()); !ok || again != code {
			t.Errorf("ParseCIF(%q) = %+v, which reads back as %+v, %t", value, code, again, ok)
		}
	})
}

func TestCompaniesAreKnownByTheirDigits(t *testing.T) {
	for cif, want := range map[string]string{"RO14399840": "14399840", "14399840": "14399840", "ro 14.399.840": "14399840", "": "", "X": "X"} {
		if got := taxid.CompanyCode(cif); got != want {
			t.Errorf("%q: %q", cif, got)
		}
	}
}
