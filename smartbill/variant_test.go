package smartbill_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// TestEveryVariantIsUnderstood leads a proforma to its storno on services that differ where the descriptions of the API
// contradict one another, each by itself and all at once.
func TestEveryVariantIsUnderstood(t *testing.T) {
	choices := map[string][]sandbox.Variant{"all": sandbox.Variants()}
	for _, variant := range sandbox.Variants() {
		choices[string(variant)] = []sandbox.Variant{variant}
	}
	for name, chosen := range choices {
		t.Run(name, func(t *testing.T) {
			server, client := listening(t, sandbox.Config{Variants: chosen})
			lead(t, server, client)
			missing(t, client)
		})
	}
}

func lead(t *testing.T, server *sandbox.Server, client *smartbill.Client) {
	t.Helper()
	proforma := issued(t, server, client, model.KindProforma, "PRF")
	if made, err := client.EstimateInvoices(t.Context(), "PRF", proforma.Number); err != nil || made != nil {
		t.Errorf("invoices %v, err %v", made, err)
	}
	body, err := client.ConversionRequest(sandboxInvoice(server), "PRF", proforma.Number)
	if err != nil {
		t.Fatal(err)
	}
	invoice, err := client.Issue(t.Context(), model.KindInvoice, body)
	if err != nil {
		t.Fatal(err)
	}
	made, err := client.EstimateInvoices(t.Context(), "PRF", proforma.Number)
	if diff := cmp.Diff([]model.Issued{{Series: invoice.Series, Number: invoice.Number}}, made); diff != "" || err != nil {
		t.Error(diff, err)
	}
	total, _, _, err := client.PaymentStatus(t.Context(), "FCT", invoice.Number)
	if err != nil || !total.Equal(sandboxInvoice(server).Totals().Total) {
		t.Errorf("total %s, err %v", total, err)
	}
	if err := client.RecordPayment(t.Context(), "Card", "FCT", invoice.Number, total, "RON", model.Date{}); err != nil {
		t.Error(err)
	}
	storno, err := client.Reverse(t.Context(), "FCT", invoice.Number, model.Date{})
	if err != nil || storno.Number != "0002" || next(t, client) != 3 {
		t.Errorf("storno %+v, err %v", storno, err)
	}
}

// missing asks for what the service does not have.
func missing(t *testing.T, client *smartbill.Client) {
	t.Helper()
	_, err := client.EstimateInvoices(t.Context(), "PRF", "0099")
	checkKinds(t, err, "not found")
	_, _, _, err = client.PaymentStatus(t.Context(), "FCT", "0099")
	checkKinds(t, err, "not found")
	if file, err := client.PDF(t.Context(), "FCT", "0099"); err == nil {
		t.Errorf("PDF %.20q", file)
	}
}
