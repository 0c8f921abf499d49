package smartbill

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// conversionRequest is the body of POST /invoice that takes client and lines from a proforma (Proformas).
type conversionRequest struct {
	CompanyVATCode string      `json:"companyVatCode"`
	SeriesName     string      `json:"seriesName"`
	IssueDate      string      `json:"issueDate"`
	DueDate        string      `json:"dueDate,omitempty"`
	DeliveryDate   string      `json:"deliveryDate,omitempty"`
	Mentions       string      `json:"mentions,omitempty"`
	ExchangeRate   json.Number `json:"exchangeRate,omitempty"`
	delegate
	onCollection
	UseStock           bool         `json:"useStock"`
	UseEstimateDetails bool         `json:"useEstimateDetails"`
	Estimate           documentName `json:"estimate"`
}

type documentName struct {
	SeriesName string `json:"seriesName"`
	Number     string `json:"number"`
}

// ConversionRequest writes the body with which Issue makes the proforma into a model.KindInvoice, another one each time: ask
// EstimateInvoices first. SmartBill copies client, lines and currency; the prepared invoice gives the rest. model.ErrRefused for a proforma
// without a name.
func (c *Client) ConversionRequest(prepared model.PreparedInvoice, estimateSeries, estimateNumber string) ([]byte, error) {
	const operation = "write the request"
	estimate := documentName{SeriesName: text.Clean(estimateSeries), Number: text.Clean(estimateNumber)}
	if estimate.SeriesName == "" || estimate.Number == "" {
		return nil, refusedHere(operation,
			"the proforma has no series and number yet, and only one that SmartBill numbered can become an invoice")
	}
	return encodeRequest(operation, conversionRequest{
		CompanyVATCode:     text.Clean(cmp.Or(prepared.CIF, c.cif)),
		SeriesName:         text.Clean(prepared.Series),
		IssueDate:          prepared.IssueDate.String(),
		DueDate:            prepared.DueDate.String(),
		DeliveryDate:       prepared.DeliveryDate().String(),
		Mentions:           text.Clean(prepared.Mentions()),
		ExchangeRate:       exchangeRate(prepared),
		delegate:           delegateOf(prepared.Client.Cleaned()),
		onCollection:       collection(prepared),
		UseEstimateDetails: true,
		Estimate:           estimate,
	})
}

type estimateInvoicesAnswer struct {
	Created  *bool `json:"areInvoicesCreated"`
	Invoices []struct {
		Series looseText `json:"series"`
		Number looseText `json:"number"`
	} `json:"invoices"`
}

// EstimateInvoices reads series and number of the invoices made from a proforma, without SmartBill drafts. model.ErrNotFound for a
// proforma that the account does not have.
func (c *Client) EstimateInvoices(ctx context.Context, series, number string) ([]model.Issued, error) {
	const operation = "read the proforma's invoices"
	var made []model.Issued
	err := c.repeat(ctx, reading(operation, "/estimate/invoices", c.named(series, number)), func(answer reply) (err error) {
		made, err = judgeEstimateInvoices(operation, answer)
		return err
	})
	for i := range made {
		made[i] = c.redacted(made[i])
	}
	return made, c.conclude(ctx, err)
}

func judgeEstimateInvoices(operation string, answer reply) ([]model.Issued, error) {
	if isNotInvoiced(answer) {
		return nil, nil
	}
	var list estimateInvoicesAnswer
	err := judgeRead(operation, answer, &list, func(envelope) bool {
		return list.Created != nil && *list.Created == (len(list.Invoices) > 0)
	})
	if err != nil {
		return nil, err
	}
	var made []model.Issued
	for _, invoice := range list.Invoices {
		if number := invoice.Number.clean(); number != "" {
			made = append(made, model.Issued{Series: invoice.Series.clean(), Number: number})
		}
	}
	return made, nil
}

// isNotInvoiced reports whether the answer is the success with an errorText (Answers): the proforma was not invoiced.
func isNotInvoiced(answer reply) bool {
	var told struct {
		envelope
		estimateInvoicesAnswer
	}
	if !isSuccess(answer.status) || decodeJSON(answer.body, &told) != nil {
		return false
	}
	words := text.Fold(told.errorText())
	return told.Created != nil && !*told.Created && len(told.Invoices) == 0 &&
		strings.HasPrefix(words, "proforma ") && strings.Contains(words, "nu a fost facturata")
}
