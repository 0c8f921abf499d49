package explain_test

import (
	"testing"

	"cadensa/model/say"
	"cadensa/ui/explain"
)

func TestDoubtfulTaxNumbers(t *testing.T) {
	for _, test := range []struct{ country, number, want string }{
		{"AT", "ATU1358562", "a VAT number of this country is ATU and 8 digits: look for a typing slip"},
		{"AT", "ATU13585628", "the check digits of this VAT number are wrong: look for a typing slip"},
		{"DE", "22/815/08154", "a VAT number of this country begins with DE: it is DE and 9 digits"},
		{"IE", "GB123456789", "this number begins with GB; a VAT number of this country is IE, 7 digits and 1 or 2 letters"},
		{"RO", "HU12892312", "this number begins with HU; a VAT number of this country is RO and 2 to 10 digits"},
		{"RO", "ROMORII", "a Romanian CUI has 2 to 10 digits, with RO before it for a VAT payer: without one thirteen zeros are sent"},
		{"RO", "RO12345678", "the check digit of this CUI is wrong, and ANAF will reject the invoice: look for a typing slip"},
		{"GB", "XI123456789", "a number of Northern Ireland counts for goods only: for services its owner is outside the EU"},
	} {
		prepared := goodInvoice()
		prepared.Client.Country, prepared.Client.VATNumber = test.country, test.number
		finding, _ := prepared.Client.Validate().For("vat_number")
		if got := explain.Finding(finding, explain.Screen).In(say.English); got != test.want {
			t.Errorf("%s in %s: %q, want %q", test.number, test.country, got, test.want)
		}
	}
}
