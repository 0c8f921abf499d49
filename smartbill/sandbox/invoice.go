package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/shopspring/decimal"
)

// printInvoice answers GET /invoice/pdf. What it cannot find it answers with the gateway's page, as the service does.
func (s *Server) printInvoice(c *call) answer {
	if c.query.Get("cif") == "" {
		return badGateway()
	}
	firm, err := s.queriedCompany(c)
	if err != nil {
		return c.failure(err, plainShape)
	}
	invoice := firm.find(InvoiceSeries, c.query.Get("seriesname"), c.query.Get("number"))
	if invoice == nil && c.variants.has(AnswersUnknownPDFWith400) {
		return c.failure(refused("Factura cu seria si numarul %s nu a fost gasita!", c.query.Get("seriesname")+c.query.Get("number")), plainShape)
	}
	if invoice == nil {
		return badGateway()
	}
	return s.printout(c, firm, invoice)
}

// printout is a document's PDF; its media type is whatever the caller accepts.
func (s *Server) printout(c *call, firm *company, doc *document) answer {
	content, err := firm.printed(doc, s.config.Now())
	if err != nil {
		return htmlReport(http.StatusInternalServerError)
	}
	return answer{
		status: http.StatusOK,
		header: http.Header{
			"Content-Type":        {c.mediaType},
			"Content-Disposition": {fmt.Sprintf("attachment; filename=factura%s.pdf", doc.reference())},
		},
		body: content,
	}
}

// reverseInvoice answers POST /invoice/reverse: a storno of the whole document, in the same series. The service's texts
// say 'seriesname' for a field of the body that is spelt seriesName.
func (s *Server) reverseInvoice(c *call) answer {
	var request reverseRequest
	if err := decodeStrict(c.body, &request); err != nil {
		return c.failure(err, plainShape)
	}
	firm, err := s.identify(c, request.CompanyVatCode)
	if err != nil {
		return c.failure(err, plainShape)
	}
	issueDate := orDefault(string(request.IssueDate), s.today())
	original, err := firm.reversible(request, issueDate)
	if err != nil {
		return c.failure(err, plainShape)
	}
	storno := stornoOf(original, issueDate)
	storno.Request = slices.Clone(c.body)
	s.file(firm, storno, false)
	original.reversedBy = storno
	return jsonAnswer(http.StatusOK, created(storno, ""))
}

// reversible finds the invoice and refuses whatever speaks against a storno.
func (c *company) reversible(request reverseRequest, issueDate string) (*document, error) {
	if request.Number == "" {
		return nil, refused("Numarul facturii trebuie specificat in parametrul 'number'!")
	}
	if request.SeriesName == "" {
		return nil, refused("Seria facturii trebuie specificata in parametrul 'seriesname'!")
	}
	original := c.find(InvoiceSeries, request.SeriesName, request.Number)
	switch {
	case original == nil:
		return nil, refused("Factura cu seria si numarul %s nu a fost gasita!", request.SeriesName+request.Number)
	case original.cancelled:
		return nil, refused("Factura %s este anulata.", original.reference())
	case original.reverses != nil:
		return nil, refused("Factura %s este de tip storno. Nu se poate storna.", original.reference())
	case original.isReversed():
		return nil, refused("Factura este deja stornata.")
	case issueDate < original.IssueDate:
		return nil, refused("Data emiterii facturii storno nu poate fi anterioara datei emiterii facturii stornate.")
	}
	return original, c.checkIssuing(c.series(original.Series, InvoiceSeries), issueDate)
}

func stornoOf(original *document, issueDate string) *document {
	lines := negated(original.Lines)
	return &document{kind: InvoiceSeries, reverses: original, Document: Document{
		CIF: original.CIF, Series: original.Series, Currency: original.Currency, ExchangeRate: original.ExchangeRate,
		IssueDate: issueDate, Client: original.Client,
		Lines: lines, Totals: addUp(lines), Reverses: original.reference(),
	}}
}

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
