package sandbox_test

import (
	"strconv"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// outcome is a status and a part of the body.
type outcome struct {
	status int
	body   string
}

// contradiction is a call that the service answers differently with a variant.
type contradiction struct {
	variant       sandbox.Variant
	do            func(*caller) response
	without, with outcome
}

func contradictions() []contradiction {
	return append(contradictionsOfInvoices(), contradictionsOfTheRest()...)
}

func contradictionsOfInvoices() []contradiction {
	zero := products(with(consulting(), "taxName", nil, "taxPercentage", 0))
	discounted := products(consulting(), object{"name": "Reducere", "isDiscount": true, "numberOfItems": 1, "discountType": 9,
		"discountValue": -10})
	return []contradiction{
		{
			sandbox.BreaksOnUnknownFields, func(c *caller) response { return c.post("/invoice", with(invoice(), "Price", 1)) },
			outcome{400, "Unrecognized property: Price."}, outcome{500, "<html>"},
		},
		{
			sandbox.HasNewerPathsOnly, func(c *caller) response { return c.post("/invoice", invoice()) },
			outcome{200, `"number":"0001"`}, outcome{405, "method_not_allowed"},
		},
		{
			sandbox.NamesZeroTVAInclus, func(c *caller) response {
				c.issue(with(invoice(), "products", zero))
				return response{200, nil, c.server.Invoices()[0].Lines[0].TaxName}
			},
			outcome{200, "Taxare inversa"}, outcome{200, "TVA Inclus"},
		},
		{
			sandbox.TakesOddDiscountsForValues, func(c *caller) response {
				c.issue(with(invoice(), "products", discounted))
				return response{200, nil, c.server.Invoices()[0].Totals.Total.String()}
			},
			outcome{200, "109.79"}, outcome{200, "107.69"},
		},
		{
			sandbox.RefusesUnknownLanguages, func(c *caller) response { return c.post("/invoice", with(invoice(), "language", "XX")) },
			outcome{200, `"number":"0001"`}, outcome{400, "Limba nu a fost gasita pe server!"},
		},
		{
			sandbox.DefaultsTheSeries, func(c *caller) response { return c.post("/invoice", with(invoice(), "seriesName", nil)) },
			outcome{400, "Seria nu a fost gasita!"}, outcome{200, `"series":"FCT"`},
		},
		{
			sandbox.DefaultsToCash, func(c *caller) response {
				return c.post("/invoice", with(invoice(), "payment", object{"value": 50, "type": "Card"}))
			},
			outcome{400, "isCash trebuie specificat pentru incasare"}, outcome{200, `"number":"0001"`},
		},
		{
			sandbox.RefusesDeletionWith400, func(c *caller) response {
				c.issue(invoice())
				c.issue(invoice())
				return c.remove("/invoice", named("FCT", "0001")...)
			},
			outcome{403, "deoarece nu este ultimul din serie!"}, outcome{400, "Documentul cu seria si numarul FCT0001 nu este ultimul din serie!"},
		},
		{
			sandbox.WritesNumbersAsText, func(c *caller) response { return c.post("/invoice/v2", invoice()) },
			outcome{200, `"documentId":70001`}, outcome{200, `"documentId":"70001"`},
		},
		{
			sandbox.WritesNumbersAsText, func(c *caller) response { return c.get("/series", "type", "f") },
			outcome{200, `"nextNumber":1,`}, outcome{200, `"nextNumber":"1",`},
		},
	}
}

func contradictionsOfTheRest() []contradiction {
	return []contradiction{
		{
			sandbox.LocksOutWith429, func(c *caller) response {
				c.server.Script(sandbox.Fault{Kind: sandbox.LockOut})
				return c.get("/tax")
			},
			outcome{403, limitText}, outcome{429, limitText},
		},
		{
			sandbox.TakesBothSpellings, func(c *caller) response {
				c.issue(invoice())
				return c.put("/invoice/cancel", "seriesName", "FCT", "number", "0001")
			},
			outcome{400, "Seria facturii trebuie specificata"}, outcome{200, "a fost anulata cu succes"},
		},
		{
			sandbox.PrintsObservations, func(c *caller) response {
				number := c.issue(with(invoice(), "observations", "INTERN-4711"))
				return response{200, nil, strconv.FormatBool(strings.Contains(c.printed("FCT", number), "INTERN-4711"))}
			},
			outcome{200, "false"}, outcome{200, "true"},
		},
		{
			sandbox.AnswersUnknownPDFWith400, func(c *caller) response { return c.get("/invoice/pdf", named("FCT", "0099")...) },
			outcome{502, "Bad Gateway"}, outcome{400, "Factura cu seria si numarul FCT0099 nu a fost gasita!"},
		},
		{
			sandbox.ShoutsNotFound, func(c *caller) response { return c.get("/invoice/paymentstatus", named("FCT", "0099")...) },
			outcome{400, `"Factura nu a fost gasita"`}, outcome{400, `"Factura nu a fost gasita!"`},
		},
		{
			sandbox.HidesDraftsOfEstimates, func(c *caller) response {
				c.post("/estimate", estimate()).is(c.t, 200)
				c.post("/invoice/v2", with(conversion("0001"), "isDraft", true)).is(c.t, 200)
				return c.get("/estimate/invoices", named("PRF", "0001")...)
			},
			outcome{200, `"areInvoicesCreated":true`}, outcome{200, "nu a fost facturata."},
		},
		{
			sandbox.AnswersUnknownEstimateWith400, func(c *caller) response { return c.get("/estimate/invoices", named("PRF", "0099")...) },
			outcome{410, "nu a fost gasita."}, outcome{400, "nu a fost gasita."},
		},
		{
			sandbox.TakesDeliveryDatesOfEstimates, func(c *caller) response {
				return c.post("/estimate", with(estimate(), "deliveryDate", "2026-11-20"))
			},
			outcome{400, "Unrecognized property: deliveryDate."}, outcome{200, `"number":"0001"`},
		},
		{
			sandbox.PaysInvoicesWhole, func(c *caller) response {
				c.post("/payment", transfer(c.issue(invoice()))).is(c.t, 200)
				return c.get("/invoice/paymentstatus", named("FCT", "0001")...)
			},
			outcome{200, `"paidAmount":50,`}, outcome{200, `"paidAmount":119.79,`},
		},
		{
			sandbox.PaysInvoicesWhole, func(c *caller) response {
				return c.post("/payment", transfer("", "invoicesList", []object{reference(c.issue(invoice())), reference(c.issue(invoice()))}))
			},
			outcome{200, ""}, outcome{400, "Trebuie specificata doar o factura!"},
		},
	}
}

func TestVariants(t *testing.T) {
	t.Parallel()
	tested := map[sandbox.Variant]bool{}
	for _, row := range contradictions() {
		tested[row.variant] = true
		t.Run(string(row.variant), func(t *testing.T) {
			t.Parallel()
			for _, c := range []struct {
				config sandbox.Config
				want   outcome
			}{{sandbox.Config{}, row.without}, {sandbox.Config{Variants: []sandbox.Variant{row.variant}}, row.with}} {
				got := row.do(start(t, c.config))
				if got.status != c.want.status || !strings.Contains(got.body, c.want.body) {
					t.Errorf("with %v: %d %s, want %d %s", c.config.Variants, got.status, got.body, c.want.status, c.want.body)
				}
			}
		})
	}
	for _, variant := range sandbox.Variants() {
		if !tested[variant] {
			t.Errorf("%s is not tested", variant)
		}
	}
}
