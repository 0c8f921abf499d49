package sandbox

import (
	"slices"
	"strings"
)

// issueInvoice validates the request and, if nothing is wrong, issues.
func (s *Server) issueInvoice(c *call) (createdEnvelope, error) {
	var request invoiceRequest
	firm, err := s.decode(c, &request, &request.CompanyVatCode)
	if err != nil {
		return createdEnvelope{}, err
	}
	invoice, err := s.drawInvoice(firm, &request)
	if err != nil {
		return createdEnvelope{}, err
	}
	invoice.DeliveryDate, invoice.OnCollection = request.DeliveryDate, bool(request.UsePaymentTax)
	s.keep(c, firm, invoice, &request.documentRequest)
	firm.receiveAtIssue(invoice, request.Payment)
	return created(invoice, request.PaymentURL), nil
}

func (s *Server) drawInvoice(firm *company, request *invoiceRequest) (*document, error) {
	if err := checkDates(request.DeliveryDate, request.PaymentDate); err != nil {
		return nil, err
	}
	invoice, err := s.begin(firm, InvoiceSeries, &request.documentRequest)
	if err != nil {
		return nil, err
	}
	if err := firm.checkOptions(request); err != nil {
		return nil, err
	}
	if request.UseEstimateDetails {
		err = firm.copyEstimate(invoice, request.Estimate)
	} else {
		err = firm.fill(invoice, &request.documentRequest)
	}
	if err != nil {
		return nil, err
	}
	if err := firm.checkMail(request.SendEmail, request.Email, invoice.Client); err != nil {
		return nil, err
	}
	if err := firm.checkPayment(request.Payment); err != nil {
		return nil, err
	}
	return invoice, s.inspect(firm, request, invoice)
}

func (c *company) checkOptions(request *invoiceRequest) error {
	switch {
	case bool(request.UseStock):
		return refused("Modulul stoc nu este activ!")
	case bool(request.UsePaymentTax) && !c.VATPayer:
		return refused("O firma neplatitoare de tva nu poate folosi tva la incasare!")
	}
	return nil
}

// copyEstimate takes client, lines and currency from a proforma, which may be invoiced more than once.
func (c *company) copyEstimate(invoice *document, reference *estimateReference) error {
	if reference == nil {
		reference = &estimateReference{}
	}
	estimate := c.find(EstimateSeries, reference.SeriesName, reference.Number)
	if estimate == nil {
		return refused("Factura proforma %s nu a fost gasita!", reference.SeriesName+reference.Number)
	}
	invoice.estimate, invoice.Client, invoice.Currency = estimate, estimate.Client, estimate.Currency
	invoice.Lines, invoice.Totals = slices.Clone(estimate.Lines), addUp(estimate.Lines)
	return nil
}

func (c *company) receiveAtIssue(invoice *document, received *paymentAtIssue) {
	if received == nil || invoice.Number == "" {
		return
	}
	kept := &payment{
		kind: received.Type, date: invoice.IssueDate, client: invoice.Client, value: received.Value.Decimal,
		shares: []share{{invoice, received.Value.Decimal}},
	}
	if strings.EqualFold(received.Type, receiptType) {
		kept.series = received.PaymentSeries
	}
	c.record(kept)
}
