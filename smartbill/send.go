package smartbill

import (
	"context"
	"encoding/base64"
	"net/http"

	"cadensa/model"
	"cadensa/model/text"
)

// sendRequest is the body of POST /document/send (E-mail).
type sendRequest struct {
	CompanyVATCode string `json:"companyVatCode"`
	SeriesName     string `json:"seriesName"`
	Number         string `json:"number"`
	Type           string `json:"type"`
	To             string `json:"to,omitempty"`
	CC             string `json:"cc,omitempty"`
	BCC            string `json:"bcc,omitempty"`
	Subject        string `json:"subject,omitempty"`
	BodyText       string `json:"bodyText,omitempty"`
}

// SendDocument has SmartBill e-mail a document. Without an address it takes the client's; without subject or message, the account's
// template. It is one attempt: after model.ErrOutcomeUnknown it may be on its way. Else model.ErrNotSent, or model.ErrRefused beside its
// precise kind, such as model.ErrEmailAddress and model.ErrEmailServer.
func (c *Client) SendDocument(ctx context.Context, kind model.Kind, series, number string, email model.Email) error {
	const operation = "send the document"
	return c.post(ctx, operation, "/document/send", sendRequest{
		CompanyVATCode: c.cif, SeriesName: text.Clean(series), Number: text.Clean(number), Type: sendKind(kind),
		To: text.Collapse(email.To), CC: text.Collapse(email.CC), BCC: text.Collapse(email.BCC),
		Subject: encoded(text.Collapse(email.Subject)), BodyText: encoded(model.CleanMessage(email.Message)),
	}, func(answer reply) error { return judgeSending(operation, answer) })
}

// sendKind is SmartBill's word for the kind. A storno is an invoice to it.
func sendKind(kind model.Kind) string {
	if kind == model.KindProforma {
		return "proforma"
	}
	return "factura"
}

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// sendAnswer is the envelope of this one operation: code 0 is success, 1 an error in the data, 2 one of the server's.
type sendAnswer struct {
	Status *struct {
		Code    looseText `json:"code"`
		Message looseText `json:"message"`
	} `json:"status"`
	// ErrorText is another envelope's: beside a success it contradicts it.
	ErrorText looseText `json:"errorText"`
}

// The codes of sendAnswer that decide the outcome.
const (
	sendDone    = "0"
	sendRefused = "1"
)

// judgeSending tells whether the e-mail was sent. In the envelope of a rejected request, status is a number.
func judgeSending(operation string, answer reply) error {
	var told sendAnswer
	if err := decodeJSON(answer.body, &told); err != nil || told.Status == nil {
		return judgeUnsent(operation, answer)
	}
	message := plainText(string(told.Status.Message))
	switch code := told.Status.Code.clean(); {
	case isLockout(answer.status, message):
		return &Error{Operation: operation, Status: answer.status, Message: message, kinds: []error{model.ErrOutcomeUnknown}, limited: true}
	case code == sendDone && isSuccess(answer.status) && told.ErrorText.clean() == "":
		return nil
	case code == sendRefused && answer.status < http.StatusInternalServerError:
		failure := &Error{Operation: operation, Status: answer.status, Message: message}
		return failure.withKind(meaning(http.StatusBadRequest, message), model.ErrRefused)
	}
	failure := doubtful(operation, answer, "SmartBill failed while it was to send the e-mail")
	failure.Message = message
	return failure
}

// judgeUnsent judges an answer that is not of the operation's own form.
func judgeUnsent(operation string, answer reply) error {
	var head envelope
	if err := decodeJSON(answer.body, &head); err != nil {
		return undecoded(operation, answer, err)
	}
	if failure := judgeWrite(operation, answer.status, head); failure != nil {
		return failure
	}
	return doubtful(operation, answer, oddity(answer))
}
