package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
)

// cancelInvoice answers PUT /invoice/cancel; cancelling twice is no error.
func (s *Server) cancelInvoice(c *call) answer {
	_, invoice, err := s.queriedInvoice(c)
	if err != nil {
		return c.failure(err, plainShape)
	}
	if invoice.cancelled {
		return done("Factura %s este deja anulata.", invoice.reference())
	}
	invoice.cancelled = true
	return done("Factura cu seria si numarul %s a fost anulata cu succes.", invoice.reference())
}

// restoreInvoice answers PUT /invoice/restore; restoring twice is no error.
func (s *Server) restoreInvoice(c *call) answer {
	_, invoice, err := s.queriedInvoice(c)
	if err != nil {
		return c.failure(err, plainShape)
	}
	if !invoice.cancelled {
		return done("Factura %s nu necesita restaurare.", invoice.reference())
	}
	invoice.cancelled = false
	return done("Factura cu seria si numarul %s a fost restaurata cu succes.", invoice.reference())
}

// deleteInvoice answers DELETE /invoice: the last of a series goes, and its
// number is free again.
func (s *Server) deleteInvoice(c *call) answer {
	firm, invoice, err := s.queriedInvoice(c)
	if err != nil {
		return c.failure(err, plainShape)
	}
	if !firm.isLast(invoice) {
		return c.failure(refusedWith(http.StatusForbidden, fmt.Sprintf(
			"Nu poti sterge documentul cu seria si numarul %s %s, deoarece nu este ultimul din serie!",
			invoice.Series, invoice.Number)), plainShape)
	}
	firm.remove(invoice)
	return done("Factura cu seria si numarul %s a fost stearsa cu succes.", invoice.reference())
}

func done(format string, reference string) answer {
	return jsonAnswer(http.StatusOK, envelope{Message: fmt.Sprintf(format, reference)})
}

// queriedInvoice finds the invoice that cif, seriesname and number name. The
// parameters are case-sensitive: seriesName is as good as none.
func (s *Server) queriedInvoice(c *call) (*company, *document, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, nil, err
	}
	number, series := c.query.Get("number"), c.query.Get("seriesname")
	switch {
	case number == "":
		return nil, nil, refused("Numarul facturii trebuie specificat in url in parametrul 'number'!")
	case series == "":
		return nil, nil, refused("Seria facturii trebuie specificata in url in parametrul 'seriesname'!")
	}
	invoice := firm.find(InvoiceSeries, series, number)
	if invoice == nil {
		return nil, nil, refused("Factura cu seria si numarul %s nu a fost gasita!", series+number)
	}
	return firm, invoice, nil
}

func (c *company) isLast(doc *document) bool {
	number, err := strconv.Atoi(doc.Number)
	return err == nil && number == c.series(doc.Series, doc.kind).NextNumber-1
}

// remove forgets the last document of a series with its payments.
func (c *company) remove(doc *document) {
	c.documents = slices.DeleteFunc(c.documents, func(kept *document) bool { return kept == doc })
	c.payments = slices.DeleteFunc(c.payments, func(kept *payment) bool { return kept.invoice == doc })
	if doc.reverses != nil && doc.reverses.reversedBy == doc {
		doc.reverses.reversedBy = nil
	}
	c.series(doc.Series, doc.kind).NextNumber--
}
