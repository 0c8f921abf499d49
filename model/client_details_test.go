package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestClientDetailsFindings(t *testing.T) {
	const fails, warns, none = model.SeverityError, model.SeverityWarning, model.Severity("")
	german := func(c *model.Client) { c.Country, c.VATNumber, c.TradeRegister = "DE", "DE136695976", "HRB 12345 B" }
	for _, test := range []struct {
		name     string
		change   func(*model.Client)
		field    string
		severity model.Severity
	}{
		{"register number of the old form", func(c *model.Client) { c.TradeRegister = "j12/345/2006" }, "trade_register", none},
		{"register number of the new form", func(c *model.Client) { c.TradeRegister = "J2012000750528" }, "trade_register", none},
		{"register number with spaces", func(c *model.Client) { c.TradeRegister = "F 12 / 118 / 2019" }, "trade_register", none},
		{"register number with a digit too few", func(c *model.Client) { c.TradeRegister = "J201200075052" }, "trade_register", warns},
		{"register number abroad", german, "trade_register", none},
		{"long phone", func(c *model.Client) { c.Phone = strings.Repeat("1", 101) }, "phone", fails},
		{"phone", func(c *model.Client) { c.Phone = "+40 744 111 222" }, "phone", none},
		{"IBAN", func(c *model.Client) { c.IBAN = "ro49 aaaa 1b31 0075 9384 0000" }, "iban", none},
		{"German IBAN", func(c *model.Client) { c.IBAN = "DE89370400440532013000" }, "iban", none},
		{"IBAN with a slip", func(c *model.Client) { c.IBAN = "RO49AAAA1B31007593840001" }, "iban", warns},
		{"IBAN with digits swapped", func(c *model.Client) { c.IBAN = "RO94AAAA1B31007593840000" }, "iban", warns},
		{"no IBAN", func(c *model.Client) { c.IBAN = "1" }, "iban", warns},
		{"delegate", func(c *model.Client) { c.Delegate = "Ion Pop" }, "delegate", none},
		{"card without a name", func(c *model.Client) { c.DelegateIdentityCard = "CJ 123456" }, "delegate", warns},
		{"car without a card", func(c *model.Client) { c.Delegate, c.DelegateCar = "Ion Pop", "CJ 01 AAA" }, "delegate_identity_card", warns},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := romanian()
			test.change(&client)
			found, _ := client.Validate().For(test.field)
			if found.Severity != test.severity {
				t.Errorf("found %+v", found)
			}
		})
	}
}

// What an invoice's buyer leaves out stays in the address book; what it says counts.
func TestClientDetailsAreKept(t *testing.T) {
	known, client := romanian(), romanian()
	known.ClientDetails = model.ClientDetails{
		TradeRegister: "J12/345/2006", Phone: "0744111222", IBAN: "RO49AAAA1B31007593840000", Bank: "Banca",
		Delegate: "Ion Pop", DelegateIdentityCard: "CJ 1", DelegateCar: "CJ 01 AAA",
	}
	client.Phone = "0755333444"
	want := known.ClientDetails
	want.Phone = client.Phone
	if diff := cmp.Diff(want, client.Keeping(known).ClientDetails); diff != "" {
		t.Error(diff)
	}
}

// ANAF's register number counts; its phone and IBAN, which may be old, only fill a gap.
func TestRecordFillsDetails(t *testing.T) {
	record := model.CompanyRecord{TradeRegister: "J2006000345126", Phone: "021", IBAN: "RO49AAAA1B31007593840000"}
	held := model.ClientDetails{TradeRegister: "J12/345/2006", Phone: "0744111222"}
	want := model.ClientDetails{TradeRegister: "J2006000345126", Phone: "0744111222", IBAN: "RO49AAAA1B31007593840000"}
	if diff := cmp.Diff(want, record.Fill(model.Client{ClientDetails: held}).ClientDetails); diff != "" {
		t.Error(diff)
	}
}
