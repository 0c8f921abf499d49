package sandbox

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/shopspring/decimal"
)

// payment is money received; a receipt ("Chitanta") has series and number.
type payment struct {
	kind           string
	series, number string
	date           string
	client         Client
	value          decimal.Decimal
	shares         []share
}

// share is the part of a payment that settles an invoice.
type share struct {
	invoice *document
	value   decimal.Decimal
}

func (c *company) paid(d *document) decimal.Decimal {
	sum := decimal.Zero
	for _, received := range c.payments {
		for _, part := range received.shares {
			if part.invoice == d {
				sum = sum.Add(part.value)
			}
		}
	}
	return sum
}

// createPayment answers POST /payment. Without a cash register "Bon" is refused; only a "Chitanta" gets a number.
func (s *Server) createPayment(c *call) (any, error) {
	var request paymentRequest
	firm, err := s.decode(c, &request, &request.CompanyVatCode)
	if err != nil {
		return nil, err
	}
	if err := checkPaymentForm(&request, c.account.email); err != nil {
		return nil, err
	}
	received, err := firm.receive(&request, cmp.Or(request.IssueDate, s.today()))
	if err != nil {
		return nil, err
	}
	if request.IsDraft {
		return envelope{Series: received.series}, nil
	}
	firm.record(received)
	return envelope{Number: received.number, Series: received.series}, nil
}

// record keeps a payment. A receipt takes the next number of its series.
func (c *company) record(received *payment) {
	if received.series != "" {
		received.number = take(c.series(received.series, ReceiptSeries))
	}
	c.payments = append(c.payments, received)
}

func checkPaymentForm(request *paymentRequest, email string) error {
	switch {
	case request.Type == "":
		return refused("Tipul incasarii trebuie specificat.")
	case !isPaymentType(request.Type):
		return refusedWith(http.StatusNotFound, unknownType)
	case strings.EqualFold(request.Type, "Bon"):
		return refused("Nu s-a gasit casa de marcat pentru userul %s.", email)
	case !isCurrency(cmp.Or(request.Currency, homeCurrency)):
		return refused("Moneda nu a fost gasita pe server!")
	}
	return checkDates(request.IssueDate)
}

// receive makes the payment that a request describes, not yet numbered or kept.
func (c *company) receive(request *paymentRequest, date string) (*payment, error) {
	if c.paysWhole(request) && len(request.InvoicesList) != 1 {
		return nil, refused("Trebuie specificata doar o factura!")
	}
	invoices, err := c.payable(request.InvoicesList)
	if err != nil {
		return nil, err
	}
	received := &payment{kind: request.Type, date: date}
	if received.client, err = payer(request, invoices); err != nil {
		return nil, err
	}
	if received.value, err = c.paymentValue(request, invoices); err != nil {
		return nil, err
	}
	if strings.EqualFold(request.Type, receiptType) {
		if c.series(request.SeriesName, ReceiptSeries) == nil {
			return nil, refused(unknownSeries)
		}
		received.series = request.SeriesName
	}
	received.shares = c.divide(received.value, invoices)
	return received, nil
}

func (c *company) payable(references invoiceReferences) ([]*document, error) {
	var invoices []*document
	for _, named := range references {
		invoice := c.find(InvoiceSeries, named.SeriesName, named.Number)
		switch {
		case invoice == nil:
			return nil, refused("Factura nu a fost gasita!")
		case invoice.cancelled:
			return nil, refused("Factura %s este anulata, nu o puteti incasa. Restaurati intai factura "+
				"sau emiteti incasarea independent de factura.", invoice.reference())
		case c.unpaid(invoice).IsZero():
			return nil, refused("Factura este incasata sau stornata in totalitate.")
		}
		invoices = append(invoices, invoice)
	}
	return invoices, nil
}

// payer is the client of the invoices, or the one in the request, which must agree.
func payer(request *paymentRequest, invoices []*document) (Client, error) {
	if bool(request.UseInvoiceDetails) && len(invoices) > 0 {
		return invoices[0].Client, nil
	}
	if request.Client == nil {
		return Client{}, refused("Datele clientului trebuie specificate. " +
			"Ele se preiau din factura doar in cazul in care usePaymentDetails = true.")
	}
	for _, invoice := range invoices {
		if invoice.Client.VatCode != request.Client.VatCode {
			return Client{}, refused("Ciful clientului de pe factura %s difera de ciful clientului incasarii!", invoice.reference())
		}
	}
	return request.Client.Client, nil
}

// paysWhole reports whether the invoice alone decides.
func (c *company) paysWhole(request *paymentRequest) bool {
	return bool(request.UseInvoiceDetails) && c.variants.has(PaysInvoicesWhole)
}

// paymentValue is the explicit value, or all that is owed where the invoices decide.
func (c *company) paymentValue(request *paymentRequest, invoices []*document) (decimal.Decimal, error) {
	if request.Value != nil && !c.paysWhole(request) {
		return request.Value.Decimal, nil
	}
	if !bool(request.UseInvoiceDetails) || len(invoices) == 0 {
		return decimal.Zero, refused("Valoarea incasarii trebuie specificata.")
	}
	sum := decimal.Zero
	for _, invoice := range invoices {
		sum = sum.Add(c.unpaid(invoice))
	}
	return sum, nil
}

// divide settles the invoices in order. The remainder goes to the last.
func (c *company) divide(value decimal.Decimal, invoices []*document) []share {
	var shares []share
	for i, invoice := range invoices {
		part := value
		if i < len(invoices)-1 {
			part = decimal.Min(value, c.unpaid(invoice))
		}
		shares = append(shares, share{invoice, part})
		value = value.Sub(part)
	}
	return shares
}
