package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// A company in the register of VAT on collection says so in the fields and in words, and no other does.
func TestANAFAsksForVATOnCollection(t *testing.T) {
	t.Parallel()
	collected := with(identified(), "usePaymentTax", true, "paymentBase", 0, "colectedTax", 0, "paymentTotal", 0,
		"mentions", "TVA la încasare | Ref: CAD-7F3K2Q")
	reverse := with(identified(), "products", products(with(consulting(), "taxName", "Taxare inversa", "taxPercentage", 0)))
	for _, test := range []struct {
		name         string
		onCollection bool
		request      object
		refused      string
	}{
		{"all of it", true, collected, ""},
		{"words without diacritics", true, with(collected, "mentions", "TVA LA INCASARE"), ""},
		{"no field", true, with(collected, "usePaymentTax", nil), "ANAF: usePaymentTax lipseste, firma aplica TVA la incasare."},
		{"no amounts", true, with(collected, "colectedTax", nil), "ANAF: paymentBase, colectedTax si paymentTotal lipsesc."},
		{"no words", true, with(collected, "mentions", "Ref: CAD-7F3K2Q"), "ANAF: Mentiunea TVA la incasare lipseste."},
		{"reverse charge", true, reverse, ""},
		{"reverse charge on collection", true, with(reverse, "usePaymentTax", true), "ANAF: usePaymentTax fara TVA la incasare."},
		{"outside the register", false, identified(), ""},
		{"on collection outside the register", false, collected, "ANAF: usePaymentTax fara TVA la incasare."},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			account := sandbox.DefaultAccount()
			account.Companies[0].VATOnCollection = test.onCollection
			api := start(t, sandbox.Config{Accounts: []sandbox.Account{account}, ANAF: true})
			answer := api.post("/invoice", test.request)
			if test.refused == "" {
				answer.is(t, http.StatusOK)
				return
			}
			answer.equals(t, http.StatusBadRequest, refusal(test.refused))
			if made := len(api.server.Invoices()); made != 0 {
				t.Errorf("%d invoices were made", made)
			}
			start(t, sandbox.Config{Accounts: []sandbox.Account{account}}).post("/invoice", test.request).is(t, http.StatusOK)
		})
	}
}

// identified is a complete body to a buyer whom ANAF knows.
func identified() object {
	return with(invoice(), "client", with(cherryWorkshop(), "vatCode", "RO14399840"))
}

// TestANAFRefuses breaks each rule alone; what the rule just allows is taken.
func TestANAFRefuses(t *testing.T) {
	t.Parallel()
	client := func(pairs ...any) object {
		body := identified()
		return with(body, "client", with(body["client"].(object), pairs...))
	}
	line := func(pairs ...any) object {
		return with(identified(), "products", products(with(consulting(), pairs...)))
	}
	abroad := func(pairs ...any) object {
		body := with(identified(), "products", products(with(consulting(), "taxName", "Taxare inversa", "taxPercentage", 0)))
		return with(body, "client", with(body["client"].(object), append([]any{"country", "Germania", "county", ""}, pairs...)...))
	}
	runes := func(count int) string { return strings.Repeat("ș", count) }
	for _, test := range []struct {
		name    string
		request object
		refused string
	}{
		{"all is well", identified(), ""},
		{"name of 200", client("name", runes(200)), ""},
		{"name of 201", client("name", runes(201)), "BR-RO-L203"},
		{"name of 200 with wide gaps", client("name", runes(99)+"   "+runes(100)), ""},
		{"contact of 101", client("contact", runes(101)), "BR-RO-L1009"},
		{"phone of 101", client("phone", runes(101)), "BR-RO-L1010"},
		{"e-mail of 101", client("email", runes(101)), "BR-RO-L1011"},
		{"no code", client("vatCode", ""), "BR-RO-120"},
		{"CUI without RO", client("vatCode", "14399840"), ""},
		{"shortest CUI", client("vatCode", "19"), ""},
		{"wrong CUI with RO", client("vatCode", "RO12345678"), "cod cumparator"},
		{"wrong CUI", client("vatCode", "14399841"), "cod cumparator"},
		{"CUI with letters", client("vatCode", "RO1439984X"), "cod cumparator"},
		{"CNP", client("vatCode", "1630615123457"), ""},
		{"wrong CNP", client("vatCode", "1630615123458"), "cod cumparator"},
		{"CNP of no day", client("vatCode", "1631315123457"), "cod cumparator"},
		{"thirteen zeros", client("vatCode", "0000000000000"), ""},
		{"foreign number", client("vatCode", "DE136695976"), "ERRIdentif"},
		{"no street", client("address", " "), "BR-RO-082"},
		{"street of 151", client("address", runes(151)), "BR-RO-L152"},
		{"no city", client("city", ""), "BR-RO-092"},
		{"city of 51", client("city", runes(51)), "BR-RO-L0502"},
		{"no county", client("county", ""), "BR-RO-111"},
		{"county with diacritics", client("county", "Argeș"), "BR-RO-111"},
		{"county by its code", client("county", "CJ"), "BR-RO-111"},
		{"Bucharest without a sector", client("county", "Bucuresti", "city", "Bucuresti"), "BR-RO-101"},
		{"sector", client("county", "Bucuresti", "city", "Sector 6"), ""},
		{"sector in one word", client("county", "Bucuresti", "city", "SECTOR1"), ""},
		{"no such sector", client("county", "Bucuresti", "city", "Sector 7"), "BR-RO-101"},
		{"country by its code", client("country", "RO", "county", ""), "BR-11"},
		{"no due date", with(identified(), "dueDate", ""), "BR-CO-25"},
		{"line without a name", line("name", " "), "BR-25"},
		{"line name of 101", line("name", runes(101)), "BR-RO-L1024"},
		{"description of 201", line("productDescription", runes(201)), "BR-RO-L212"},
		{"negative price", line("price", -1), "BR-27"},
		{"negative quantity", line("quantity", -1), ""},
		{"mentions of 301", with(identified(), "mentions", runes(301)), "BR-RO-L302"},
		{"observations of 301", with(identified(), "observations", runes(301)), "BR-RO-L302"},
		{"taxed abroad, by a foreign number", abroad("vatCode", "DE136695976"), ""},
		{"taxed abroad, without a street", abroad("address", ""), ""},
		{"taxed in Romania, without a street", client("country", "Germania", "county", "", "vatCode", "0000000000000", "address", ""), "BR-RO-082"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			api := start(t, sandbox.Config{ANAF: true})
			answer := api.post("/invoice", test.request)
			if test.refused == "" {
				answer.is(t, http.StatusOK)
				return
			}
			answer.is(t, http.StatusBadRequest)
			if said := fmt.Sprint(answer.object(t)["errorText"]); !strings.HasPrefix(said, "ANAF: ["+test.refused+"] ") || strings.Count(said, "[") != 1 {
				t.Errorf("it is refused with %q, want %s alone", said, test.refused)
			}
			start(t, sandbox.Config{}).post("/invoice", test.request).is(t, http.StatusOK)
		})
	}
}
