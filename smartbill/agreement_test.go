package smartbill_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// TestWhatIsShownIsWhatIsCharged holds the totals of the review screen against those that the simulator works out from
// the request alone: hours and free lines, any currency, discounts, prices of up to four decimals, quantities of two to
// six, lines with minus, and partial stornos.
func TestWhatIsShownIsWhatIsCharged(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		server := sandbox.New(sandbox.Config{CallsPerWindow: 10_000})
		client, err := smartbill.New(sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server)))
		if err != nil {
			rt.Fatal(err)
		}
		rates := sandbox.DefaultAccount().Companies[0].Taxes
		// Each with its partial storno.
		for range invoicesOfACheck / 2 {
			invoice := computedInvoice(rt, sandboxInvoice(server), rates)
			if _, err := client.Issue(t.Context(), invoice.Kind, request(t, client, invoice)); err != nil {
				rt.Fatal(err)
			}
			documents := server.Invoices()
			if invoice.Kind == model.KindProforma {
				documents = server.Estimates()
			}
			checkCharged(rt, invoice, documents[len(documents)-1])
			storno, made := partialStorno(rt, invoice, documents[len(documents)-1])
			if !made {
				continue
			}
			if _, err := client.Issue(t.Context(), storno.Kind, request(t, client, storno)); err != nil {
				rt.Fatal(err)
			}
			documents = server.Invoices()
			checkCharged(rt, storno, documents[len(documents)-1])
		}
	})
}

// partialStorno takes a part of some lines of an invoice back that was made as the document; of a proforma and of nothing there is none.
func partialStorno(t *rapid.T, invoice model.PreparedInvoice, document sandbox.Document) (storno model.PreparedInvoice, made bool) {
	detail := model.InvoiceDetail{Prepared: invoice}
	detail.Series, detail.Number, detail.IssueDate = document.Series, document.Number, invoice.IssueDate
	var chosen []model.Reversal
	for i, line := range invoice.Lines {
		if !line.Quantity.IsPositive() || len(chosen) > 0 && rapid.Bool().Draw(t, "left alone") {
			continue
		}
		share := decimal.New(rapid.Int64Range(1, 100).Draw(t, "share"), -2)
		if part := line.Quantity.Mul(share).Round(6); part.IsPositive() {
			chosen = append(chosen, model.Reversal{Line: i + 1, Quantity: part})
		}
	}
	if invoice.Kind != model.KindInvoice || len(chosen) == 0 {
		return storno, false
	}
	storno, err := detail.PartialStorno(chosen, invoice.IssueDate)
	if err != nil && !strings.Contains(err.Error(), "choose more") {
		t.Fatal(err)
	}
	return storno, err == nil
}

// invoicesOfACheck makes thousands of documents of the hundred checks of a run, and no more than a client sends without waiting for the
// limit of calls.
const invoicesOfACheck = 20

// computedInvoice fills an invoice with up to a dozen lines, in one currency, at a discount or none.
func computedInvoice(t *rapid.T, invoice model.PreparedInvoice, taxes []sandbox.Tax) model.PreparedInvoice {
	if rapid.Bool().Draw(t, "proforma") {
		invoice.Kind, invoice.Series = model.KindProforma, "PRF"
	}
	invoice.Currency = rapid.SampledFrom([]string{"RON", "EUR", "HUF"}).Draw(t, "currency")
	if invoice.Currency != "RON" {
		invoice.Exchange = model.ExchangeRate{Lei: decimal.New(rapid.Int64Range(1, 100_000).Draw(t, "rate"), -4)}
	}
	worked := invoice.Lines[0]
	invoice.Lines = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) model.Line {
		line := worked
		places := int32(rapid.IntRange(model.MinQuantityDecimals, model.MaxQuantityDecimals).Draw(t, "quantity decimals"))
		line.Quantity = decimal.NewFromInt(rapid.Int64Range(1, 400*3600).Draw(t, "seconds")).DivRound(decimal.NewFromInt(3600), places)
		line.Price = decimal.New(rapid.Int64Range(0, 10_000_000).Draw(t, "price"), -int32(rapid.IntRange(0, 4).Draw(t, "price decimals")))
		tax := rapid.SampledFrom(taxes).Draw(t, "VAT")
		line.VAT, line.Currency = model.VATRate{Name: tax.Name, Percent: tax.Percentage}, invoice.Currency
		if rapid.Bool().Draw(t, "free") {
			line.Free, line.Entries, line.Unit, line.Supply = 1, nil, model.UnitItem, model.Period{}
		}
		return line
	}), 1, 12).Draw(t, "lines")
	if rapid.IntRange(0, 3).Draw(t, "deduction") == 0 {
		// A discount would not fit beside it.
		return deducting(t, invoice, worked, taxes)
	}
	switch rapid.IntRange(0, 2).Draw(t, "discount") {
	case 1:
		invoice.Discount.Percent = decimal.New(rapid.Int64Range(1, 10_000).Draw(t, "percent"), -2)
	case 2:
		invoice.Discount.Value = decimal.New(rapid.Int64Range(0, model.Sum(invoice.Lines).Net.Shift(2).IntPart()).Draw(t, "value"), -2)
	}
	return invoice
}

// deducting adds lines with minus, such as advances, at any VAT.
func deducting(t *rapid.T, invoice model.PreparedInvoice, line model.Line, taxes []sandbox.Tax) model.PreparedInvoice {
	for range rapid.IntRange(1, 3).Draw(t, "deductions") {
		tax := rapid.SampledFrom(taxes).Draw(t, "VAT")
		line.VAT, line.Currency = model.VATRate{Name: tax.Name, Percent: tax.Percentage}, invoice.Currency
		line.Free, line.Entries, line.Unit, line.Supply = 1, nil, model.UnitItem, model.Period{}
		line.Quantity = decimal.New(-rapid.Int64Range(1, 99_999_999).Draw(t, "deducted"), -int32(rapid.IntRange(0, 6).Draw(t, "decimals")))
		line.Price = decimal.New(rapid.Int64Range(0, 10_000_000).Draw(t, "price"), -4)
		invoice.Lines = append(invoice.Lines, line)
	}
	return invoice
}

// TestOwnVATOfLinesIsChargedAsShown goes from hours and lines with a VAT of their own over Review's composition to what the simulator
// charges for each rate, while an inspector looks at words and flags.
func TestOwnVATOfLinesIsChargedAsShown(t *testing.T) {
	account := sandbox.DefaultAccount()
	account.Companies[0].VATOnCollection = true
	var rates model.VATRates
	for _, tax := range account.Companies[0].Taxes {
		rates = append(rates, model.VATRate{Name: tax.Name, Percent: tax.Percentage})
	}
	rapid.Check(t, func(rt *rapid.T) {
		server := sandbox.New(sandbox.Config{CallsPerWindow: 10_000, ANAF: true, Accounts: []sandbox.Account{account}})
		client, err := smartbill.New(sandboxCredentials(server, server.BaseURL()), smartbill.WithTransport(sandbox.Transport(server)))
		if err != nil {
			rt.Fatal(err)
		}
		buyer := workInvoice().Client
		buyer.VATNumber = "RO14399840"
		reasons := rapid.SampledFrom(append(model.LineReasons(), ""))
		for range invoicesOfACheck / 2 {
			p := model.Preparation{
				Preferences: model.Preferences{CIF: server.CIF(), Series: "FCT", Currency: "RON", Issuer: model.Issuer{
					Status: model.VATPayer, OnCollection: true, Rate: "Normala", Usual: reasons.Draw(rt, "usual"), ExemptRate: "SFDD",
				}},
				Account: model.Account{Rates: rates}, Buyer: model.Buyer{Client: buyer},
				Edits: model.InvoiceEdits{Reason: reasons.Draw(rt, "chosen")}, Today: model.NewDate(2026, 11, 22),
			}
			for id := range rapid.IntRange(1, 6).Draw(rt, "lines") {
				p.Free = append(p.Free, model.FreeLine{
					ID: id + 1, Name: "Line", Unit: model.UnitItem, VAT: reasons.Draw(rt, "own"),
					Quantity: decimal.New(rapid.Int64Range(1, 99_999).Draw(rt, "quantity"), -2),
					Price:    decimal.New(rapid.Int64Range(1, 999_999).Draw(rt, "price"), -4),
				})
			}
			if rapid.Bool().Draw(rt, "discount") {
				p.Edits.Discount.Percent = decimal.New(rapid.Int64Range(1, 9_999).Draw(rt, "percent"), -2)
			}
			invoice, err := p.Invoice()
			if err != nil {
				rt.Fatal(err)
			}
			if _, err := client.Issue(t.Context(), invoice.Kind, request(t, client, invoice)); err != nil {
				rt.Fatal(err)
			}
			made := server.Invoices()[len(server.Invoices())-1]
			checkCharged(rt, invoice, made)
			checkRates(rt, invoice, made)
			if storno, some := partialStorno(rt, invoice, made); some {
				if _, err := client.Issue(t.Context(), storno.Kind, request(t, client, storno)); err != nil {
					rt.Fatal(err)
				}
				reversed := server.Invoices()[len(server.Invoices())-1]
				checkCharged(rt, storno, reversed)
				checkRates(rt, storno, reversed)
			}
		}
	})
}

// checkRates holds the base and the VAT of each rate against what was shown.
func checkRates(t *rapid.T, invoice model.PreparedInvoice, document sandbox.Document) {
	shown := invoice.Totals().Groups
	if len(shown) != len(document.Totals.Rates) {
		t.Fatalf("shown %v, charged %v", shown, document.Totals.Rates)
	}
	for i, group := range shown {
		charged := document.Totals.Rates[i]
		if charged.TaxName != group.Rate.Name || !charged.Base.Equal(group.Base) || !charged.VAT.Equal(group.Tax) {
			t.Fatalf("shown %v, charged %v", group, charged)
		}
	}
	if document.Mentions != invoice.Mentions() {
		t.Fatalf("shown %q, printed %q", invoice.Mentions(), document.Mentions)
	}
}

func checkCharged(t *rapid.T, invoice model.PreparedInvoice, document sandbox.Document) {
	made, shown := document.Totals, invoice.Totals()
	checkMultipliesOut(t, invoice, document)
	if !made.Net.Equal(shown.Net) || !made.VAT.Equal(shown.VAT) || !made.Total.Equal(shown.Total) {
		t.Fatalf("shown %s + %s = %s, charged %s + %s = %s", shown.Net, shown.VAT, shown.Total, made.Net, made.VAT, made.Total)
	}
	if !document.ExchangeRate.Equal(invoice.Exchange.Lei) {
		t.Fatalf("shown at %s, charged at %s", invoice.Exchange.Lei, document.ExchangeRate)
	}
	discounted := decimal.Zero
	for _, line := range document.Lines {
		if line.Discount {
			discounted = discounted.Sub(line.Net)
		}
	}
	if !discounted.Equal(shown.Discount) {
		t.Fatalf("a discount of %s is shown, one of %s was made", shown.Discount, discounted)
	}
}

// checkMultipliesOut holds each printed line against what was shown: the quantity as it is, and money of two decimals (BR-DEC).
func checkMultipliesOut(t *rapid.T, invoice model.PreparedInvoice, document sandbox.Document) {
	lines := slices.DeleteFunc(slices.Clone(document.Lines), func(line sandbox.Line) bool { return line.Discount })
	for i, line := range invoice.Lines {
		printed := lines[i]
		if !printed.Quantity.Equal(line.Quantity) || !printed.Price.Equal(line.Price) || !printed.Net.Equal(line.Net()) {
			t.Fatalf("shown %s × %s = %s, printed %s × %s = %s", line.Quantity, line.Price, line.Net(), printed.Quantity, printed.Price,
				printed.Net)
		}
		if !printed.Net.Equal(printed.Quantity.Mul(printed.Price).Round(2)) {
			t.Fatalf("%s × %s is not %s", printed.Quantity, printed.Price, printed.Net)
		}
	}
	for _, amount := range []decimal.Decimal{document.Totals.Net, document.Totals.VAT, document.Totals.Total} {
		if !amount.Equal(amount.Round(2)) {
			t.Fatalf("%s has more than two decimals", amount)
		}
	}
}
