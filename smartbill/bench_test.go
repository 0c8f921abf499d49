package smartbill

import (
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// BenchmarkInvoice measures what the adapter itself costs for the longest invoice that SmartBill takes.
func BenchmarkInvoice(b *testing.B) {
	client, err := New(model.Credentials{Email: "office@atelier.example", Token: "003|abcdef", CIF: "RO18990071"})
	if err != nil {
		b.Fatal(err)
	}
	invoice := model.PreparedInvoice{
		Kind: model.KindInvoice, Series: "FCT", Currency: "RON", IssueDate: model.NewDate(2026, 11, 20),
		Client: model.Client{Name: "Atelier Cireș SRL", Country: "RO", Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca",
			County: "Cluj"},
	}
	for range model.MaxLines {
		invoice.Lines = append(invoice.Lines, model.Line{
			Name: "Consultanță și dezvoltare", Details: "Atlas · api", Quantity: decimal.New(675, -2), Unit: model.UnitHour,
			Price: decimal.New(25000, -2), Currency: "RON", VAT: model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)},
		})
	}
	answer := reply{status: 200, body: []byte(`{"errorText":"","message":"","number":"0042","series":"FCT","url":"","documentUrl":"https://cloud.example/70342/","documentId":70342}`)}
	b.Run("encode 400 lines", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := client.Request(invoice); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("decode the answer", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := judgeCreation("issue", answer, documentHead{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
