package smartbill

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// receiptKind is the way of paying that makes a document: a receipt with series and number.
const receiptKind = string(model.PaymentReceipt)

// paymentRequest is the body of POST /payment (Payments).
type paymentRequest struct {
	CompanyVATCode    string         `json:"companyVatCode"`
	IssueDate         string         `json:"issueDate,omitempty"`
	Type              string         `json:"type"`
	SeriesName        string         `json:"seriesName,omitempty"`
	Value             json.Number    `json:"value"`
	Currency          string         `json:"currency"`
	IsCash            bool           `json:"isCash"`
	Text              string         `json:"text,omitempty"`
	UseInvoiceDetails bool           `json:"useInvoiceDetails"`
	InvoicesList      []documentName `json:"invoicesList"`
}

// RecordPayment records money for an invoice, in its currency, in one of model.PaymentKinds but cash. It is one attempt: after
// model.ErrOutcomeUnknown PaymentStatus tells. Else model.ErrNotSent, or model.ErrRefused beside its precise kind.
func (c *Client) RecordPayment(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string,
	on model.Date) error {
	const operation = "record the payment"
	if !model.PaymentKind(kind).Known() || kind == receiptKind {
		return refusedHere(operation, "SmartBill has no payment of the kind "+text.Clean(kind))
	}
	_, err := c.pay(ctx, operation, paymentRequest{Type: kind}, series, number, value, currency, on)
	return err
}

// RecordReceipt records cash that came for an invoice, and issues its receipt ("Chitanta") in a series of receipts. Its
// errors are those of RecordPayment; the series' counter tells beside PaymentStatus what became of it.
func (c *Client) RecordReceipt(ctx context.Context, receiptSeries, series, number string, value decimal.Decimal, currency string,
	on model.Date) (model.Issued, error) {
	const operation = "issue the receipt"
	if strings.TrimSpace(text.Clean(receiptSeries)) == "" {
		return model.Issued{}, refusedHere(operation, "the series for receipts is missing")
	}
	body := paymentRequest{
		Type: receiptKind, SeriesName: text.Clean(receiptSeries), IsCash: true,
		Text: "Contravaloare factura " + text.Clean(series) + " " + text.Clean(number),
	}
	return c.pay(ctx, operation, body, series, number, value, currency, on)
}

func (c *Client) pay(ctx context.Context, operation string, request paymentRequest, series, number string, value decimal.Decimal,
	currency string, on model.Date) (model.Issued, error) {
	if !value.IsPositive() {
		return model.Issued{}, refusedHere(operation, "the amount must be above zero")
	}
	request.CompanyVATCode, request.IssueDate = c.cif, on.String()
	request.Value, request.Currency = json.Number(value.String()), text.Clean(currency)
	request.UseInvoiceDetails = true
	request.InvoicesList = []documentName{{SeriesName: text.Clean(series), Number: text.Clean(number)}}
	var made model.Issued
	err := c.post(ctx, operation, "/payment", request, func(answer reply) (err error) {
		if request.Type != receiptKind {
			return judgePayment(operation, answer)
		}
		made, err = judgeCreation(operation, answer, documentHead{SeriesName: request.SeriesName})
		return err
	})
	return c.redacted(made), err
}

// judgePayment tells what became of a payment without a document: an error beside a success status may stand for either.
func judgePayment(operation string, answer reply) error {
	err := judgeChange(operation, answer)
	if failure, ok := errors.AsType[*Error](err); ok && isSuccess(answer.status) {
		failure.kinds = []error{model.ErrOutcomeUnknown}
	}
	return err
}
