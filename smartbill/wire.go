package smartbill

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// documentRequest is the body of POST /invoice and POST /estimate. The service rejects fields that it does not know.
type documentRequest struct {
	CompanyVATCode string      `json:"companyVatCode"`
	SeriesName     string      `json:"seriesName"`
	IsDraft        bool        `json:"isDraft,omitempty"`
	IssueDate      string      `json:"issueDate"`
	DueDate        string      `json:"dueDate,omitempty"`
	DeliveryDate   string      `json:"deliveryDate,omitempty"`
	Currency       string      `json:"currency"`
	ExchangeRate   json.Number `json:"exchangeRate,omitempty"`
	Language       string      `json:"language,omitempty"`
	Precision      int         `json:"precision"`
	Mentions       string      `json:"mentions,omitempty"`
	UseIntraCIF    bool        `json:"useIntraCif,omitempty"`
	delegate
	onCollection
	Client   clientRequest    `json:"client"`
	Products []productRequest `json:"products"`
}

// delegate is who takes the invoice over for the client.
type delegate struct {
	DelegateName         string `json:"delegateName,omitempty"`
	DelegateIdentityCard string `json:"delegateIdentityCard,omitempty"`
	DelegateAuto         string `json:"delegateAuto,omitempty"`
}

// onCollection says that the VAT is due on collection, and that nothing is collected yet. A proforma has no such fields.
type onCollection struct {
	UsePaymentTax bool        `json:"usePaymentTax,omitempty"`
	PaymentBase   json.Number `json:"paymentBase,omitempty"`
	CollectedTax  json.Number `json:"colectedTax,omitempty"`
	PaymentTotal  json.Number `json:"paymentTotal,omitempty"`
}

type clientRequest struct {
	Name       string `json:"name"`
	VATCode    string `json:"vatCode,omitempty"`
	RegCom     string `json:"regCom,omitempty"`
	IsTaxPayer bool   `json:"isTaxPayer"`
	Address    string `json:"address,omitempty"`
	City       string `json:"city,omitempty"`
	County     string `json:"county,omitempty"`
	Country    string `json:"country"`
	Email      string `json:"email,omitempty"`
	Phone      string `json:"phone,omitempty"`
	Contact    string `json:"contact,omitempty"`
	IBAN       string `json:"iban,omitempty"`
	Bank       string `json:"bank,omitempty"`
	SaveToDB   bool   `json:"saveToDb"`
}

// productRequest is a line, or a discount over the lines before it.
type productRequest struct {
	Name               string      `json:"name"`
	ProductDescription string      `json:"productDescription,omitempty"`
	MeasuringUnitName  string      `json:"measuringUnitName"`
	TranslatedUnit     string      `json:"translatedMeasuringUnit,omitempty"`
	Quantity           json.Number `json:"quantity,omitempty"`
	Price              json.Number `json:"price,omitempty"`
	Currency           string      `json:"currency"`
	ExchangeRate       json.Number `json:"exchangeRate,omitempty"`
	IsService          bool        `json:"isService"`
	SaveToDB           bool        `json:"saveToDb"`
	IsTaxIncluded      *bool       `json:"isTaxIncluded,omitempty"`
	TaxName            string      `json:"taxName,omitempty"`
	TaxPercentage      json.Number `json:"taxPercentage,omitempty"`
	IsDiscount         bool        `json:"isDiscount,omitempty"`
	NumberOfItems      int         `json:"numberOfItems,omitempty"`
	DiscountType       int         `json:"discountType,omitempty"`
	DiscountValue      json.Number `json:"discountValue,omitempty"`
}

// envelope is what all answers have in common (Answers, A to C).
type envelope struct {
	ErrorText       *looseText `json:"errorText"`
	ErrorCode       looseText  `json:"errorCode"`
	Message         looseText  `json:"message"`
	Number          looseText  `json:"number"`
	Series          looseText  `json:"series"`
	DocumentID      looseText  `json:"documentId"`
	DocumentURL     looseText  `json:"documentUrl"`
	DocumentViewURL looseText  `json:"documentViewUrl"`
	Errors          []problem  `json:"errors"`
}

type problem struct {
	Code    looseText `json:"code"`
	Message looseText `json:"message"`
	Param   looseText `json:"param"`
}

// errorText is SmartBill's word of failure, "" for none.
func (e envelope) errorText() string {
	if e.ErrorText == nil {
		return ""
	}
	return plainText(string(*e.ErrorText))
}

// looseText is a string that the service sometimes writes as a number, and null when it is empty.
type looseText string

var errNotText = errors.New("neither text nor a number")

// UnmarshalJSON reads a string, a number or null.
func (t *looseText) UnmarshalJSON(data []byte) error {
	switch {
	case string(data) == "null":
		*t = ""
		return nil
	case data[0] == '"':
		var value string
		if err := json.Unmarshal(data, &value); err != nil {
			return fmt.Errorf("read text: %w", err)
		}
		*t = looseText(value)
		return nil
	case data[0] == '-' || data[0] >= '0' && data[0] <= '9':
		*t = looseText(data)
		return nil
	}
	return errNotText
}

// clean is the text as it may be shown and kept.
func (t looseText) clean() string { return text.Collapse(string(t)) }

// Limits of a number in an answer, which keep a damaged one from taking all time. Java writes large amounts as 1.25E7.
const (
	longestNumber  = 32
	widestExponent = 15
)

func (t looseText) decimal() (decimal.Decimal, error) {
	number := strings.TrimSpace(string(t))
	if number == "" || len(number) > longestNumber {
		return decimal.Decimal{}, errNotNumber
	}
	value, err := decimal.NewFromString(number)
	if err != nil || value.Exponent() > widestExponent || value.Exponent() < -longestNumber {
		return decimal.Decimal{}, errNotNumber
	}
	return value, nil
}

var errNotNumber = errors.New("not a number")

// byteOrderMark may precede JSON that came through Windows software; RFC 8259 lets a reader ignore it.
const byteOrderMark = "\ufeff"

var errNoObject = errors.New("not a JSON object")

// decodeJSON reads an object. The label of the content is not asked: the service mislabels.
func decodeJSON(body []byte, into any) error {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte(byteOrderMark)))
	if len(body) == 0 || body[0] != '{' {
		return errNoObject
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("read JSON: %w", err)
	}
	return nil
}

// encodeRequest writes a body, with names such as "A & B" as they are and not as \u0026.
func encodeRequest(operation string, request any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(request); err != nil {
		return nil, &Error{Operation: operation, kinds: []error{model.ErrRefused}, detail: "it cannot be written as JSON", cause: err}
	}
	return bytes.TrimRight(buffer.Bytes(), "\n"), nil
}

// SmartBill's texts carry HTML: a hint after <br/>, details in a hidden <div>, and names in tags (Answers).
var (
	appendix = regexp.MustCompile(`(?is)<br\b.*|<div\s[^>]*moreErrorDetails.*`)
	tag      = regexp.MustCompile(`(?s)</?[A-Za-z][^<>]*>`)
)

// plainText is the sentence without its hint and its tags, with the names that stood in them.
func plainText(value string) string {
	sentence := readable(appendix.ReplaceAllString(value, ""))
	if sentence == "" {
		// Everything was an appendix: better the hint than nothing, since an empty text would mean success.
		sentence = readable(tag.ReplaceAllString(value, " "))
	}
	if sentence == "" {
		sentence = text.Collapse(value)
	}
	return sentence
}

func readable(value string) string {
	return text.Collapse(html.UnescapeString(tag.ReplaceAllString(value, "")))
}

// longestText is how many runes of a foreign text are kept.
const longestText = 400

// excerpt takes secrets out of a foreign text before it shortens it: a cut through a token would leave half of it.
func (c *Client) excerpt(value string) string {
	short, cut := text.Cut(c.redact.Replace(value), longestText)
	if cut {
		return short + "…"
	}
	return short
}

// told is a name from an answer as it may be shown and kept.
func (c *Client) told(name looseText) string { return text.Clean(c.redact.Replace(string(name))) }

// redacted takes secrets out of SmartBill's words about a document.
func (c *Client) redacted(made model.Issued) model.Issued {
	for _, text := range []*string{&made.Series, &made.Number, &made.DocumentID, &made.DocumentURL, &made.ViewURL} {
		*text = c.redact.Replace(*text)
	}
	made.Message = c.excerpt(made.Message)
	return made
}
