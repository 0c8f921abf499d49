package sandbox

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/shopspring/decimal"
)

// printInvoice answers GET /invoice/pdf. What it cannot find it answers with the gateway's page, as the service does.
func (s *Server) printInvoice(c *call) (any, error) {
	if c.query.Get("cif") == "" {
		return badGateway(), nil
	}
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, err
	}
	series, number := c.query.Get("seriesname"), c.query.Get("number")
	invoice := firm.find(InvoiceSeries, series, number)
	switch {
	case invoice != nil:
		return s.printout(c, firm, invoice), nil
	case c.variants.has(AnswersUnknownPDFWith400):
		return nil, refused("Factura cu seria si numarul %s nu a fost gasita!", series+number)
	}
	return badGateway(), nil
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

// reverseInvoice answers POST /invoice/reverse. The service's texts say 'seriesname' for the field seriesName.
func (s *Server) reverseInvoice(c *call) (any, error) {
	var request reverseRequest
	firm, err := s.decode(c, &request, &request.CompanyVatCode)
	if err != nil {
		return nil, err
	}
	issueDate := cmp.Or(string(request.IssueDate), s.today())
	storno, err := s.reverse(firm, request, issueDate)
	if err != nil {
		return nil, err
	}
	storno.Request = slices.Clone(c.body)
	return created(storno, ""), nil
}

func (s *Server) reverse(firm *company, request reverseRequest, issueDate string) (*document, error) {
	original, err := firm.reversible(request, issueDate)
	if err != nil {
		return nil, err
	}
	lines := negated(original.Lines)
	storno := &document{kind: InvoiceSeries, reverses: original, Document: Document{
		CIF: original.CIF, Series: original.Series, Currency: original.Currency, ExchangeRate: original.ExchangeRate,
		IssueDate: issueDate, Client: original.Client,
		Lines: lines, Totals: addUp(lines), Reverses: original.reference(),
	}}
	s.file(firm, storno, false)
	original.reversedBy = storno
	return storno, nil
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

type paymentStatus struct {
	envelope

	// The amounts are missing for an invoice that is not known.
	Total  json.Number `json:"invoiceTotalAmount,omitempty"`
	Paid   json.Number `json:"paidAmount,omitempty"`
	Unpaid json.Number `json:"unpaidAmount,omitempty"`
	IsPaid bool        `json:"paid"`
}

func unknownStatus(result envelope) any { return paymentStatus{envelope: result} }

// invoicePaymentStatus answers GET /invoice/paymentstatus. A reversed invoice and its storno owe nothing.
func (s *Server) invoicePaymentStatus(c *call) (any, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, err
	}
	if c.query.Get("number") == "" {
		return nil, refused("Numarul facturii trebuie specificat")
	}
	invoice := firm.find(InvoiceSeries, c.query.Get("seriesname"), c.query.Get("number"))
	if invoice == nil {
		if c.variants.has(ShoutsNotFound) {
			return nil, refused("Factura nu a fost gasita!")
		}
		return nil, refused("Factura nu a fost gasita")
	}
	unpaid := firm.unpaid(invoice)
	return paymentStatus{
		Total:  amount(invoice.Totals.Total),
		Paid:   amount(firm.paid(invoice)),
		Unpaid: amount(unpaid),
		IsPaid: unpaid.IsZero(),
	}, nil
}

func (c *company) unpaid(invoice *document) decimal.Decimal {
	if invoice.isReversed() || invoice.reverses != nil {
		return decimal.Zero
	}
	return invoice.Totals.Total.Sub(c.paid(invoice))
}
