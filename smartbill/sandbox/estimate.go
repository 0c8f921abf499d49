package sandbox

import (
	"fmt"
	"net/http"
)

func (s *Server) issueEstimate(c *call) (createdEnvelope, error) {
	var request estimateRequest
	if err := decodeStrict(c.body, &request); err != nil {
		return createdEnvelope{}, err
	}
	if request.DeliveryDate != nil && !c.variants.has(TakesDeliveryDatesOfEstimates) {
		return createdEnvelope{}, unrecognized("deliveryDate")
	}
	firm, err := s.identify(c, request.CompanyVatCode)
	if err != nil {
		return createdEnvelope{}, err
	}
	estimate, err := s.begin(firm, EstimateSeries, &request.documentRequest)
	if err != nil {
		return createdEnvelope{}, err
	}
	if err := firm.fill(estimate, &request.documentRequest); err != nil {
		return createdEnvelope{}, err
	}
	if err := firm.checkMail(request.SendEmail, request.Email, estimate.Client); err != nil {
		return createdEnvelope{}, err
	}
	s.keep(c, firm, estimate, &request.documentRequest)
	return created(estimate, request.PaymentURL), nil
}

// printEstimate answers GET /estimate/pdf; unlike an invoice's, its errors are JSON.
func (s *Server) printEstimate(c *call) (any, error) {
	firm, estimate, err := s.queriedDocument(c, EstimateSeries)
	if err != nil {
		return nil, err
	}
	return s.printout(c, firm, estimate), nil
}

type estimateInvoices struct {
	envelope

	Created  bool               `json:"areInvoicesCreated"`
	Invoices []estimatesInvoice `json:"invoices,omitempty"`
}

type estimatesInvoice struct {
	Series string `json:"series"`
	Number string `json:"number"`
}

func notInvoiced(result envelope) any { return estimateInvoices{envelope: result} }

// estimateInvoices answers GET /estimate/invoices, drafts included. A success has an errorText when there are none.
func (s *Server) estimateInvoices(c *call) (any, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, err
	}
	series, number := c.query.Get("seriesname"), c.query.Get("number")
	if series == "" || number == "" {
		_, _, err := s.queriedDocument(c, EstimateSeries)
		return nil, err
	}
	estimate := firm.find(EstimateSeries, series, number)
	if estimate == nil {
		status := http.StatusGone
		if c.variants.has(AnswersUnknownEstimateWith400) {
			status = http.StatusBadRequest
		}
		return jsonAnswer(status, envelope{ErrorText: fmt.Sprintf("Proforma cu seria %s si numarul %s nu a fost gasita.", series, number)}), nil
	}
	result := estimateInvoices{}
	for _, doc := range firm.documents {
		if doc.estimate == estimate && (doc.Number != "" || !c.variants.has(HidesDraftsOfEstimates)) {
			result.Invoices = append(result.Invoices, estimatesInvoice{doc.Series, doc.Number})
		}
	}
	result.Created = len(result.Invoices) > 0
	if !result.Created {
		result.ErrorText = fmt.Sprintf("Proforma cu seria %s si numarul %s nu a fost facturata.", series, number)
	}
	return result, nil
}
