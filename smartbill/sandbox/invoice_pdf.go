package sandbox

import (
	"fmt"
	"net/http"
)

// printInvoice answers GET /invoice/pdf. What it cannot find it answers with
// the gateway's page, as the service does.
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
