package sandbox

import (
	"encoding/json"
	"net/http"

	"github.com/shopspring/decimal"
)

type paymentStatus struct {
	envelope

	Total  json.Number `json:"invoiceTotalAmount"`
	Paid   json.Number `json:"paidAmount"`
	Unpaid json.Number `json:"unpaidAmount"`
	IsPaid bool        `json:"paid"`
}

type unknownPaymentStatus struct {
	envelope

	IsPaid bool `json:"paid"`
}

func unknownStatus(result envelope) any { return unknownPaymentStatus{envelope: result} }

// invoicePaymentStatus answers GET /invoice/paymentstatus, in the invoice's
// currency, which it does not tell. A reversed invoice and its storno owe nothing.
func (s *Server) invoicePaymentStatus(c *call) answer {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return c.failure(err, unknownStatus)
	}
	if c.query.Get("number") == "" {
		return c.failure(refused("Numarul facturii trebuie specificat"), unknownStatus)
	}
	invoice := firm.find(InvoiceSeries, c.query.Get("seriesname"), c.query.Get("number"))
	if invoice == nil {
		text := "Factura nu a fost gasita"
		if c.variants.has(ShoutsNotFound) {
			text += "!"
		}
		return c.failure(refused("%s", text), unknownStatus)
	}
	unpaid := firm.unpaid(invoice)
	return jsonAnswer(http.StatusOK, paymentStatus{
		Total:  amount(invoice.Totals.Total),
		Paid:   amount(firm.paid(invoice)),
		Unpaid: amount(unpaid),
		IsPaid: unpaid.IsZero(),
	})
}

func (c *company) unpaid(invoice *document) decimal.Decimal {
	if invoice.isReversed() || invoice.reverses != nil {
		return decimal.Zero
	}
	return invoice.Totals.Total.Sub(c.paid(invoice))
}
