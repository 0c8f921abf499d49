package sandbox

import (
	"cmp"
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
		CIF: firm.CIF, Series: cmp.Or(request.SeriesName, firm.defaultSeries(kind)), Currency: cmp.Or(request.Currency, homeCurrency),
		IssueDate: cmp.Or(request.IssueDate, s.today()), DueDate: request.DueDate,
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

func (c *company) fill(doc *document, request *documentRequest) error {
	if err := c.checkClient(request.Client); err != nil {
		return err
	}
	lines, err := c.priceLines(request.Products, doc)
	if err != nil {
		return err
	}
	doc.Client, doc.Lines, doc.Totals = request.Client.Client, lines, addUp(lines)
	return nil
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
		sent.To, sent.CC, sent.BCC = cmp.Or(wanted.To, sent.To), wanted.CC, wanted.BCC
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

// creation answers a POST that issues a document. The newer path gives its id: -1 for a refusal, null for a breakdown.
func (s *Server) creation(issue func(*call) (createdEnvelope, error), newer bool) operation {
	return func(c *call) (any, error) {
		result, err := issue(c)
		status := http.StatusOK
		if rule, ok := errors.AsType[*refusal](err); ok {
			result, err = createdEnvelope{envelope: envelope{ErrorText: rule.text}}, nil
			if rule.status != http.StatusInternalServerError {
				result.DocumentID = new(-1)
			}
			if rule.status != http.StatusBadRequest || !s.config.SoftRefusals {
				status = rule.status
			}
		}
		switch {
		case err != nil:
			return nil, err
		case newer:
			return jsonAnswer(status, result), nil
		}
		return jsonAnswer(status, result.envelope), nil
	}
}
