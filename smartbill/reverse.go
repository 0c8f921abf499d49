package smartbill

import (
	"context"
	"net/http"

	"cadensa/model"
	"cadensa/model/text"
)

// reverseRequest is the body of POST /invoice/reverse (Storno).
type reverseRequest struct {
	CompanyVATCode string `json:"companyVatCode"`
	SeriesName     string `json:"seriesName"`
	Number         string `json:"number"`
	IssueDate      string `json:"issueDate,omitempty"`
}

// Reverse issues the storno of a whole invoice, in the same series, dated on; with no date SmartBill takes its own
// today. It is one attempt, with the errors of Issue. One that was reversed before is refused with the words
// "Factura este deja stornata", as are a cancelled invoice and a storno with theirs.
func (c *Client) Reverse(ctx context.Context, series, number string, on model.Date) (model.Issued, error) {
	const operation = "reverse the invoice"
	body, err := encodeJSON(reverseRequest{
		CompanyVATCode: c.cif, SeriesName: text.Clean(series), Number: text.Clean(number), IssueDate: on.String(),
	})
	if err != nil {
		return model.Issued{}, unsendable(operation, err)
	}
	answer, err := c.once(ctx, call{operation: operation, method: http.MethodPost, path: "/invoice/reverse", body: body})
	if err != nil {
		return model.Issued{}, c.conclude(ctx, err)
	}
	made, err := judgeCreation(operation, answer, documentHead{SeriesName: series})
	return c.redacted(made), c.conclude(ctx, err)
}

// unsendable is the error of a request that cannot be written.
func unsendable(operation string, cause error) *Error {
	return &Error{Operation: operation, kinds: []error{model.ErrRefused}, detail: "it cannot be written as JSON", cause: cause}
}
