package sandbox

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

const (
	documentLink = inProcessHost + "/documente/editare/%s/%d/"
	viewLink     = inProcessHost + "/documente/extern/pf/%s/%x?srvid=2"
	paymentLink  = inProcessHost + "/plata/%d"
)

// createInvoice answers POST /invoice: the old path, whose answer has no document id.
func (s *Server) createInvoice(c *call) answer {
	created, err := s.issueInvoice(c)
	if err != nil {
		return s.creationFailure(c, err, plainShape)
	}
	return jsonAnswer(http.StatusOK, created.envelope)
}

// createInvoiceV2 answers POST /invoice/v2.
func (s *Server) createInvoiceV2(c *call) answer {
	created, err := s.issueInvoice(c)
	if err != nil {
		return s.creationFailure(c, err, refusedCreation(err))
	}
	return jsonAnswer(http.StatusOK, created)
}

// refusedCreation writes -1 for the document id of a refusal, null for a breakdown.
func refusedCreation(err error) shape {
	return func(result envelope) any {
		none := -1
		if rule, ok := errors.AsType[*refusal](err); ok && rule.status == http.StatusInternalServerError {
			return createdEnvelope{envelope: result}
		}
		return createdEnvelope{envelope: result, DocumentID: &none}
	}
}

func (s *Server) creationFailure(c *call, err error, lay shape) answer {
	if rule, ok := errors.AsType[*refusal](err); ok && s.config.SoftRefusals && rule.status == http.StatusBadRequest {
		err = refusedWith(http.StatusOK, rule.text)
	}
	return c.failure(err, lay)
}

// issueInvoice validates the request and, if nothing is wrong, issues.
func (s *Server) issueInvoice(c *call) (createdEnvelope, error) {
	var request invoiceRequest
	if err := decodeStrict(c.body, &request); err != nil {
		return createdEnvelope{}, err
	}
	firm, err := s.identify(c, request.CompanyVatCode)
	if err != nil {
		return createdEnvelope{}, err
	}
	invoice, err := s.draw(firm, &request)
	if err != nil {
		return createdEnvelope{}, err
	}
	invoice.Request = slices.Clone(c.body)
	s.file(firm, invoice, bool(request.IsDraft))
	firm.receiveAtIssue(invoice, request.Payment)
	if client := request.Client; client != nil && bool(client.SaveToDB) {
		firm.clients[client.Name] = client.VatCode
	}
	return created(invoice, request.PaymentURL), nil
}

// draw makes the document that a request describes, not yet numbered or kept.
func (s *Server) draw(firm *company, request *invoiceRequest) (*document, error) {
	issueDate := orDefault(request.IssueDate, s.today())
	currency := orDefault(request.Currency, homeCurrency)
	if err := checkForm(currency, issueDate, request.DueDate, request.DeliveryDate, request.PaymentDate); err != nil {
		return nil, err
	}
	if err := firm.checkIssuing(firm.series(request.SeriesName, InvoiceSeries), issueDate); err != nil {
		return nil, err
	}
	if err := firm.checkOptions(request); err != nil {
		return nil, err
	}
	invoice := &document{kind: InvoiceSeries, Document: Document{
		CIF: firm.CIF, Series: request.SeriesName, Currency: currency,
		IssueDate: issueDate, DueDate: request.DueDate, DeliveryDate: request.DeliveryDate,
		Mentions: request.Mentions, Aviz: request.Aviz,
	}}
	if err := firm.fill(invoice, request); err != nil {
		return nil, err
	}
	if err := firm.checkMail(request.SendEmail, request.Email, invoice.Client); err != nil {
		return nil, err
	}
	return invoice, firm.checkPayment(request.Payment)
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

// fill sets client and lines, from the request or from the proforma it names.
func (c *company) fill(invoice *document, request *invoiceRequest) error {
	if request.UseEstimateDetails {
		return c.copyEstimate(invoice, request.Estimate)
	}
	if err := c.checkClient(request.Client); err != nil {
		return err
	}
	lines, err := c.priceLines(request.Products, invoice.Currency, "invoiceProducts")
	if err != nil {
		return err
	}
	invoice.Client = request.Client.printed()
	invoice.Lines, invoice.Totals = lines, addUp(lines)
	return nil
}

func (c *company) copyEstimate(_ *document, reference *estimateReference) error {
	named := ""
	if reference != nil {
		named = reference.SeriesName + reference.Number
	}
	return refused("Factura proforma %s nu a fost gasita!", named)
}

func (r *clientRequest) printed() Client {
	return Client{
		Name: r.Name, VatCode: r.VatCode, RegCom: r.RegCom,
		Address: r.Address, City: r.City, County: r.County,
		Country: r.Country, Contact: r.Contact, Email: r.Email,
		Phone: r.Phone, IBAN: r.IBAN, Bank: r.Bank,
		IsTaxPayer: bool(r.IsTaxPayer), SavedToDatabase: bool(r.SaveToDB),
	}
}

// file keeps a document; all but drafts take the series' next number.
func (s *Server) file(firm *company, doc *document, draft bool) {
	doc.DocumentID = s.nextDocument
	s.nextDocument++
	if !draft {
		firm.number(doc)
	}
	firm.documents = append(firm.documents, doc)
}

func (c *company) number(doc *document) {
	doc.Number = c.take(c.series(doc.Series, doc.kind))
}

func (c *company) take(series *Series) string {
	taken := fmt.Sprintf("%04d", series.NextNumber)
	series.NextNumber++
	return taken
}

func (c *company) receiveAtIssue(invoice *document, received *paymentAtIssue) {
	if received == nil || invoice.Number == "" {
		return
	}
	kept := &payment{kind: received.Type, date: invoice.IssueDate, value: received.Value.Decimal, invoice: invoice}
	if strings.EqualFold(received.Type, receiptType) {
		kept.series = received.PaymentSeries
		kept.number = c.take(c.series(received.PaymentSeries, ReceiptSeries))
	}
	c.payments = append(c.payments, kept)
}

// created is the answer for a new document; a draft has no public link.
func created(doc *document, paymentURL string) createdEnvelope {
	name := "factura"
	if doc.kind == EstimateSeries {
		name = "proforma"
	}
	result := createdEnvelope{
		envelope:    envelope{Number: doc.Number, Series: doc.Series},
		DocumentURL: fmt.Sprintf(documentLink, name, doc.DocumentID),
		DocumentID:  &doc.DocumentID,
	}
	if doc.Number != "" {
		secret := sha256.Sum256([]byte(result.DocumentURL))
		result.DocumentViewURL = fmt.Sprintf(viewLink, name, secret[:5])
	}
	if paymentURL == "Generate URL" {
		result.URL = fmt.Sprintf(paymentLink, doc.DocumentID)
	}
	return result
}
