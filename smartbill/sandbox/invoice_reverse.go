package sandbox

import (
	"net/http"
	"slices"
)

// reverseInvoice answers POST /invoice/reverse: a storno of the whole document,
// in the same series. The service's texts say 'seriesname' for a field of the
// body that is spelt seriesName.
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
