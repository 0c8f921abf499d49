package ledger_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// abroadInEuro is an invoice of 100 EUR to a company in the EU, whose VAT is due there.
func abroadInEuro(reference string, lei decimal.Decimal, hour int) model.PreparedInvoice {
	prepared := invoiceOf(reference, entry(hour))
	prepared.Currency, prepared.Lines[0].Currency, prepared.Exchange.Lei = "EUR", "EUR", lei
	prepared.Client.Country, prepared.Treatment = "DE", model.Treatment{Reason: model.ReasonReverseCharge, Setting: "Taxare inversa"}
	prepared.Lines[0].VAT = model.VATRate{Name: "Taxare inversa"}
	return prepared
}

// worthOf says what is kept of the documents' worth, the newest first.
func worthOf(invoices []model.Invoice) string {
	var all []string
	for _, invoice := range invoices {
		worth := "?"
		if invoice.NetLei.Valid {
			worth = invoice.NetLei.Decimal.String()
		}
		all = append(all, fmt.Sprintf("%s %s %t", invoice.Intent, worth, invoice.TaxedAbroad))
	}
	return strings.Join(all, ", ")
}

func TestInvoicesAreKeptWithTheirWorthInLei(t *testing.T) {
	records := newLedger(t)
	begin(t, records, invoiceOf("CAD-OLDOLD", entry(1)))
	move(t, records, 1, model.StatusSending, model.StatusRefused)
	lei := decimal.RequireFromString("5.0912")
	for i, prepared := range []model.PreparedInvoice{
		invoiceOf("CAD-AAAAAA", entry(2)), abroadInEuro("CAD-BBBBBB", lei, 3), abroadInEuro("CAD-CCCCCC", decimal.Zero, 4),
	} {
		issue(t, records, prepared, 24+i)
	}
	another, simulated, earlier := invoiceOf("CAD-DDDDDD", entry(5)), invoiceOf("CAD-EEEEEE", entry(6)), invoiceOf("CAD-FFFFFF", entry(7))
	another.CIF, earlier.IssueDate = "RO87654321", model.NewDate(2025, 12, 31)
	issue(t, records, another, 30)
	issue(t, records, earlier, 31)
	if _, err := records.Begin(t.Context(), ledger.Intent{Prepared: simulated, Request: []byte("{}"), Simulated: true}); err != nil {
		t.Fatal(err)
	}
	invoices, err := records.InvoicesSince(t.Context(), ledger.Books{CIF: "RO12345678"}, model.NewDate(2026, 1, 1))
	if want := "CAD-CCCCCC ? true, CAD-BBBBBB 509.12 true, CAD-AAAAAA 100 false, CAD-OLDOLD 100 false"; err != nil || worthOf(invoices) != want {
		t.Errorf("their worth is %s, want %s (%v)", worthOf(invoices), want, err)
	}
	invoices, err = records.InvoicesSince(t.Context(), ledger.Books{CIF: "12345678", Simulated: true}, model.NewDate(2026, 11, 22))
	if want := "CAD-EEEEEE 100 false"; err != nil || worthOf(invoices) != want {
		t.Errorf("at the simulator it is %s, want %s (%v)", worthOf(invoices), want, err)
	}
}

// Documents of an older ledger are worth what was confirmed then; where that cannot be read, it is not known.
func TestOlderInvoicesGetTheirWorthInLei(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	makeVersion(t, path, 1, `
		UPDATE papers SET draft = json_set(draft, '$.currency', 'EUR', '$.exchange', json('{"lei":"5.0912"}'), '$.client.country', 'DE',
			'$.treatment.reason', 'reverse-charge') WHERE invoice_id = 1;
		UPDATE papers SET draft = json_set(draft, '$.currency', 'EUR') WHERE invoice_id = 2;
		UPDATE papers SET draft = '{' WHERE invoice_id = 3;`+oldInvoice{4, "invoice", "CAD-DDDDDD", "0020", "issued", nil, 0}.sql())
	invoices, err := open(t, path, newClock().now).Invoices(t.Context())
	if want := "CAD-DDDDDD 100 false, CAD-CCCCCC ? false, CAD-BBBBBB ? false, CAD-AAAAAA 509.12 true"; err != nil || worthOf(invoices) != want {
		t.Errorf("their worth is %s, want %s (%v)", worthOf(invoices), want, err)
	}
}
