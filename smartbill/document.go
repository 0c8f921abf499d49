package smartbill

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// named is the query of a document (Parameters): the number goes as it was issued, with its zeros.
func (c *Client) named(series, number string) url.Values {
	return url.Values{"cif": {c.cif}, "seriesname": {series}, "number": {number}}
}

// pdfMark begins every PDF file (ISO 32000-1 §7.5.2).
var pdfMark = []byte("%PDF-")

const invoicePDF = "/invoice/pdf"

// PDF reads an invoice as SmartBill prints it. That an invoice cannot be had proves nothing about its existence: the
// service answers 502 for one that it does not have, which is model.ErrUnavailable here.
func (c *Client) PDF(ctx context.Context, series, number string) ([]byte, error) {
	return c.printed(ctx, "read the PDF", invoicePDF, series, number)
}

// EstimatePDF reads a proforma as SmartBill prints it. One that the account does not have is model.ErrNotFound.
func (c *Client) EstimatePDF(ctx context.Context, series, number string) ([]byte, error) {
	return c.printed(ctx, "read the proforma's PDF", "/estimate/pdf", series, number)
}

// printed reads a document's PDF.
func (c *Client) printed(ctx context.Context, operation, path, series, number string) ([]byte, error) {
	var file []byte
	call := reading(operation, path, c.named(series, number))
	// application/pdf is answered with 406, and JSON would label the PDF as JSON.
	call.accept, call.limit = typeBinary, maxPDF
	err := c.repeat(ctx, call, func(answer reply) error {
		file = answer.body
		err := judgePDF(operation, answer)
		if failure, ok := errors.AsType[*Error](err); ok && path == invoicePDF && failure.Status == http.StatusBadGateway &&
			failure.Message == "" {
			// It is the usual answer for an invoice that is not there: to ask again would cost the limit and time.
			failure.detail, failure.temporary = "SmartBill does not have this invoice, or is out of order: it answers both with status 502", false
		}
		return err
	})
	if err != nil {
		return nil, c.conclude(ctx, err)
	}
	return file, nil
}

func judgePDF(operation string, answer reply) error {
	if isSuccess(answer.status) && bytes.HasPrefix(answer.body, pdfMark) {
		return nil
	}
	var nothing struct{}
	return judgeRead(operation, answer, &nothing, func(envelope) bool { return false })
}

type paymentAnswer struct {
	Total  looseText `json:"invoiceTotalAmount"`
	Paid   looseText `json:"paidAmount"`
	Unpaid looseText `json:"unpaidAmount"`
}

// PaymentStatus reads the gross total of an invoice and what of it is paid and unpaid, rounded, in the invoice's currency.
func (c *Client) PaymentStatus(ctx context.Context, series, number string) (total, paid, unpaid decimal.Decimal, err error) {
	const operation = "read the payment"
	var answer paymentAnswer
	err = c.read(ctx, operation, "/invoice/paymentstatus", c.named(series, number), &answer, func(envelope) bool {
		return answer.Total != "" && answer.Paid != "" && answer.Unpaid != ""
	})
	if err != nil {
		return total, paid, unpaid, err
	}
	var amounts [3]decimal.Decimal
	for i, told := range []looseText{answer.Total, answer.Paid, answer.Unpaid} {
		amount, err := told.decimal()
		if err != nil {
			return total, paid, unpaid, c.conclude(ctx, damaged(operation, "an amount", err))
		}
		amounts[i] = model.RoundMoney(amount)
	}
	return amounts[0], amounts[1], amounts[2], nil
}

// Cancel cancels an invoice, which keeps its number. It is repeated when the connection fails: twice does no harm. After
// model.ErrOutcomeUnknown the invoice may be cancelled; else model.ErrNotSent, or model.ErrRefused beside its precise kind.
func (c *Client) Cancel(ctx context.Context, series, number string) error {
	return c.change(ctx, "cancel the invoice", "/invoice/cancel", series, number)
}

// Restore makes a cancelled invoice valid again. It is as idempotent as Cancel, with the same errors.
func (c *Client) Restore(ctx context.Context, series, number string) error {
	return c.change(ctx, "restore the invoice", "/invoice/restore", series, number)
}

// CancelEstimate is Cancel for a proforma.
func (c *Client) CancelEstimate(ctx context.Context, series, number string) error {
	return c.change(ctx, "cancel the proforma", "/estimate/cancel", series, number)
}

// RestoreEstimate is Restore for a proforma.
func (c *Client) RestoreEstimate(ctx context.Context, series, number string) error {
	return c.change(ctx, "restore the proforma", "/estimate/restore", series, number)
}

// change sets a document's state. To set it twice does no harm.
func (c *Client) change(ctx context.Context, operation, path, series, number string) error {
	call := reading(operation, path, c.named(series, number))
	call.method, call.writes = http.MethodPut, true
	return c.conclude(ctx, c.repeat(ctx, call, func(answer reply) error { return judgeChange(operation, answer) }))
}

// reverseRequest is the body of POST /invoice/reverse (Storno).
type reverseRequest struct {
	CompanyVATCode string `json:"companyVatCode"`
	SeriesName     string `json:"seriesName"`
	Number         string `json:"number"`
	IssueDate      string `json:"issueDate,omitempty"`
}

// Reverse issues the storno of a whole invoice, dated on, or today for no date. It is one attempt, with the errors of Issue. SmartBill
// refuses what is reversed ("Factura este deja stornata"), cancelled or a storno.
func (c *Client) Reverse(ctx context.Context, series, number string, on model.Date) (model.Issued, error) {
	const operation = "reverse the invoice"
	request := reverseRequest{CompanyVATCode: c.cif, SeriesName: text.Clean(series), Number: text.Clean(number), IssueDate: on.String()}
	var made model.Issued
	err := c.post(ctx, operation, "/invoice/reverse", request, func(answer reply) (err error) {
		made, err = judgeCreation(operation, answer, documentHead{SeriesName: series})
		return err
	})
	return c.redacted(made), err
}
