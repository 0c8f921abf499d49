package sandbox_test

import (
	"net/http"
	"testing"

	"cadensa/smartbill/sandbox"
)

// A company in the register of VAT on collection says so in the fields and in words, and no other does.
func TestANAFAsksForVATOnCollection(t *testing.T) {
	t.Parallel()
	collected := with(invoice(), "usePaymentTax", true, "paymentBase", 0, "colectedTax", 0, "paymentTotal", 0,
		"mentions", "TVA la încasare | Ref: CAD-7F3K2Q")
	reverse := with(invoice(), "products", products(with(consulting(), "taxName", "Taxare inversa", "taxPercentage", 0)))
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
		{"outside the register", false, invoice(), ""},
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
