package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/shopspring/decimal"
)

// answer is a finished response, kept apart from the connection so that a fault can still lose or damage it.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// The media types of the answers.
const (
	typeJSON   = "application/json"
	typeHTML   = "text/html"
	typeBinary = "application/octet-stream"
)

// The nginx page in front of the service, and its own error report.
const (
	badGatewayPage = "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n" +
		"<center><h1>502 Bad Gateway</h1></center>\n<hr><center>nginx</center>\n</body>\n</html>\n"
	errorReport = "<!DOCTYPE html><html><head><title>Error report</title></head>" +
		"<body><h1>HTTP Status %d - %s</h1></body></html>"
)

func plain(status int, contentType, body string) answer {
	return answer{status: status, header: http.Header{"Content-Type": {contentType}}, body: []byte(body)}
}

func htmlReport(status int) answer {
	return plain(status, typeHTML, fmt.Sprintf(errorReport, status, http.StatusText(status)))
}

func badGateway() answer {
	return plain(http.StatusBadGateway, typeHTML, badGatewayPage)
}

func jsonAnswer(status int, value any) answer {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return htmlReport(http.StatusInternalServerError)
	}
	return plain(status, typeJSON, strings.TrimSuffix(body.String(), "\n"))
}

// envelope is what every business answer holds.
type envelope struct {
	ErrorText string `json:"errorText"`
	Message   string `json:"message"`
	Number    string `json:"number"`
	Series    string `json:"series"`
	URL       string `json:"url"`
}

// createdEnvelope is the answer of the newer creation paths. DocumentID is -1 for a refusal, null for an internal error.
type createdEnvelope struct {
	envelope

	DocumentURL     string `json:"documentUrl"`
	DocumentID      *int   `json:"documentId"`
	DocumentViewURL string `json:"documentViewUrl"`
}

// refusal is a business rule that says no, in the service's words.
type refusal struct {
	status int
	text   string
}

func (r *refusal) Error() string { return r.text }

func refused(format string, arguments ...any) error {
	return &refusal{status: http.StatusBadRequest, text: fmt.Sprintf(format, arguments...)}
}

func refusedWith(status int, text string) error {
	return &refusal{status: status, text: text}
}

// securityEnvelope is the answer to bad credentials and to a lock-out.
type securityEnvelope struct {
	Key               string `json:"key"`
	Successfully      bool   `json:"successfully"`
	ErrorText         string `json:"errorText"`
	ErrorCode         string `json:"errorCode"`
	Message           string `json:"message"`
	OperationExecuted bool   `json:"operationExecuted"`
	Cooldown          int    `json:"cooldown"`
	NeedsConsent      bool   `json:"needsConsent"`
}

func denied(status int, text string) answer {
	return jsonAnswer(status, securityEnvelope{Key: "!.oresp@&", ErrorText: text, ErrorCode: "0"})
}

type rejection struct {
	Status   int              `json:"status"`
	Type     string           `json:"type"`
	Instance string           `json:"instance"`
	Errors   []rejectionError `json:"errors"`
}

type rejectionError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	DocURL  string `json:"docUrl"`
	Param   string `json:"param,omitempty"`
}

// rejected answers a request that never reached the billing logic.
func rejected(status int, instance string, cause bodyError) answer {
	return jsonAnswer(status, rejection{
		Status:   status,
		Type:     "invalid_request_error",
		Instance: instance,
		Errors: []rejectionError{{
			Code:    cause.code,
			Message: cause.message,
			DocURL:  "https://api.smartbill.ro/#v3-error-invalid_request_error",
			Param:   cause.param,
		}},
	})
}

// amount writes a decimal as a bare JSON number, as the service does.
func amount(value decimal.Decimal) json.Number {
	return json.Number(value.String())
}
