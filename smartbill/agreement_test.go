package smartbill_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// TestWhatIsShownIsWhatIsCharged holds the totals of the review screen against those that the simulator works out from
// the request alone.
func TestWhatIsShownIsWhatIsCharged(t *testing.T) {
	// Each invoice has an account and a client of its own: the limit on calls holds in tests too.
	rapid.Check(t, func(rt *rapid.T) {
		server := sandbox.New(sandbox.Config{})
		client, err := smartbill.New(sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server)))
		if err != nil {
			rt.Fatal(err)
		}
		rates, err := client.Rates(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		draft := sandboxDraft(server)
		draft.Currency = rapid.SampledFrom([]string{"RON", "EUR", "HUF"}).Draw(rt, "currency")
		draft.Lines = rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) model.Line {
			line := draft.Lines[0]
			line.Quantity = decimal.New(rapid.Int64Range(1, 100_000).Draw(rt, "quantity"), -2)
			line.Price = decimal.New(rapid.Int64Range(0, 10_000_000).Draw(rt, "price"), -int32(rapid.IntRange(0, 4).Draw(rt, "decimals")))
			line.VAT = rapid.SampledFrom(rates).Draw(rt, "rate")
			line.Currency = draft.Currency
			return line
		}), 1, 12).Draw(rt, "lines")
		if _, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, draft)); err != nil {
			rt.Fatal(err)
		}
		made, shown := server.Invoices()[0].Totals, draft.Totals()
		if !made.Net.Equal(shown.Net) || !made.VAT.Equal(shown.VAT) || !made.Total.Equal(shown.Total) {
			rt.Fatalf("shown %s + %s = %s, charged %s + %s = %s", shown.Net, shown.VAT, shown.Total, made.Net, made.VAT, made.Total)
		}
	})
}
