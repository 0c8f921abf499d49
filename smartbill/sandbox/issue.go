package sandbox

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"slices"
)

// What issuing an invoice and a proforma share.

const (
	documentLink = inProcessHost + "/documente/editare/%s/%d/"
	viewLink     = inProcessHost + "/documente/extern/pf/%s/%x?srvid=2"
	paymentLink  = inProcessHost + "/plata/%d"
)

// begin makes an empty document for a request that may be issued.
func (s *Server) begin(firm *company, kind SeriesType, request *documentRequest) (*document, error) {
	if !isLanguage(request.Language) && firm.variants.has(RefusesUnknownLanguages) {
		return nil, refused("Limba nu a fost gasita pe server!")
	}
	doc := &document{kind: kind, precision: request.precision(), Document: Document{
		CIF: firm.CIF, Series: orDefault(request.SeriesName, firm.defaultSeries(kind)), Currency: orDefault(request.Currency, homeCurrency),
		IssueDate: orDefault(request.IssueDate, s.today()), DueDate: request.DueDate,
		Mentions: request.Mentions, Aviz: request.Aviz, Observations: request.Observations,
	}}
	if request.ExchangeRate != nil {
		doc.ExchangeRate = request.ExchangeRate.Decimal
	}
	if err := checkDates(doc.IssueDate, doc.DueDate); err != nil {
		return nil, err
	}
	if !isCurrency(doc.Currency) {
		return nil, refused("Moneda nu a fost gasita pe server!")
	}
	return doc, firm.checkIssuing(firm.series(doc.Series, kind), doc.IssueDate)
}

// defaultSeries is where a document goes that names no series; mostly nowhere.
func (c *company) defaultSeries(kind SeriesType) string {
	if !c.variants.has(DefaultsTheSeries) {
		return ""
	}
	for _, series := range c.Series {
		if series.Type == kind {
			return series.Name
		}
	}
	return ""
}

// fill sets client and lines from the request.
func (c *company) fill(doc *document, request *documentRequest) error {
	if err := c.checkClient(request.Client); err != nil {
		return err
	}
	lines, err := c.priceLines(request.Products, doc)
	if err != nil {
		return err
	}
	doc.Client = request.Client.printed()
	doc.Lines, doc.Totals = lines, addUp(lines)
	return nil
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

// keep files a document that a request made, and its client where that is asked for.
func (s *Server) keep(c *call, firm *company, doc *document, request *documentRequest) {
	doc.Request = slices.Clone(c.body)
	s.file(firm, doc, bool(request.IsDraft))
	if client := request.Client; client != nil && bool(client.SaveToDB) {
		firm.clients[client.Name] = client.VatCode
	}
	if request.SendEmail {
		firm.mails = append(firm.mails, mailAtIssue(doc, request.Email))
	}
}

// mailAtIssue goes to the address in the request, or else to the client's.
func mailAtIssue(doc *document, wanted *emailRequest) Mail {
	sent := Mail{Document: doc.reference(), To: doc.Client.Email}
	if wanted != nil {
		sent.To, sent.CC, sent.BCC = orDefault(wanted.To, sent.To), wanted.CC, wanted.BCC
	}
	return sent
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
	doc.Number = take(c.series(doc.Series, doc.kind))
}

func take(series *Series) string {
	taken := fmt.Sprintf("%04d", series.NextNumber)
	series.NextNumber++
	return taken
}

// created is the answer for a new document; a draft has no public link.
func created(doc *document, paymentURL string) createdEnvelope {
	name := words(doc.kind).path
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

// creation answers a POST that issues a document.
func (s *Server) creation(issue func(*call) (createdEnvelope, error)) func(*call) answer {
	return func(c *call) answer {
		result, err := issue(c)
		if err != nil {
			return s.creationFailure(c, err, refusedCreation(err))
		}
		return jsonAnswer(http.StatusOK, result)
	}
}

// creationV1 is creation on the old path, whose answer has no document id.
func (s *Server) creationV1(issue func(*call) (createdEnvelope, error)) func(*call) answer {
	return func(c *call) answer {
		result, err := issue(c)
		if err != nil {
			return s.creationFailure(c, err, plainShape)
		}
		return jsonAnswer(http.StatusOK, result.envelope)
	}
}

func (s *Server) creationFailure(c *call, err error, lay shape) answer {
	if rule, ok := errors.AsType[*refusal](err); ok && s.config.SoftRefusals && rule.status == http.StatusBadRequest {
		err = refusedWith(http.StatusOK, rule.text)
	}
	return c.failure(err, lay)
}
