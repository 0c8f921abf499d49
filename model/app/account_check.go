package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// CheckAccount compares the account with what the program takes for granted, and tells each finding. It only reads. The transcript
// has every question and answer without names, amounts and numbers; it is nil if nothing could be asked. The error reports a
// difference; it unwraps to model.ErrUnavailable and the like if the account could not be read whole.
func (a *App) CheckAccount(ctx context.Context, tell func(Finding)) (transcript []string, err error) {
	provider, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	reader, ok := provider.(accountReader)
	if !ok {
		return nil, errNoReader
	}
	series, account := a.Settings().Invoice.Series, a.account(ctx)
	check := &accountCheck{
		reader: reader, tell: tell, secrets: []string{account.Email, account.CIF, taxid.CompanyCode(account.CIF), series},
	}
	if err := a.readAccount(ctx, check, series); err != nil {
		return nil, err
	}
	return check.transcript, check.outcome()
}

func (a *App) readAccount(ctx context.Context, check *accountCheck, series string) error {
	listed, ok := check.lists(ctx)
	if !ok {
		return nil
	}
	if err := a.checkSettings(ctx, check, listed); err != nil {
		return err
	}
	next := check.nextNumber(listed, series)
	if check.reader.Simulated() {
		check.cannotTell(assumption{check: "SmartBill itself answers"}, "it is a simulator")
	}
	if next == 0 {
		return nil
	}
	ours, cancelled, err := a.examples(ctx, series)
	if err != nil {
		return err
	}
	number, text := check.numbers(ctx, series, next)
	check.reference(ctx, series, ours, number, text)
	check.cancelled(ctx, cancelled)
	return nil
}

// mostExamples is how many invoices are searched for one that should carry its reference.
const mostExamples = 10

// examples finds the newest invoice of the series that should carry its reference, and the newest cancelled one of any series; zero
// values if the ledger has none.
func (a *App) examples(ctx context.Context, series string) (ours model.InvoiceDetail, cancelled model.Invoice, err error) {
	invoices, err := a.Invoices(ctx)
	if err != nil {
		return ours, cancelled, err
	}
	books := a.books(ctx)
	left := mostExamples
	for _, invoice := range invoices {
		switch {
		case invoice.Company != taxid.CompanyCode(books.CIF), invoice.Simulated != books.Simulated, !invoice.IsNumbered(),
			invoice.Kind == model.KindProforma:
		case invoice.Status == model.StatusCancelled && cancelled.Number == "":
			cancelled = invoice
		case invoice.Status == model.StatusIssued && invoice.Kind == model.KindInvoice && invoice.Series == series && ours.Number == "" &&
			left > 0:
			left--
			detail, err := a.records.Find(ctx, books, invoice.Intent)
			if err != nil {
				return ours, cancelled, err
			}
			if detail.Prepared.PrintIntent {
				ours = detail
			}
		}
	}
	return ours, cancelled, nil
}

// accountReader reads single answers of an account as they come.
type accountReader interface {
	Look(ctx context.Context, path string, query url.Values) (model.Reading, error)
	Simulated() bool
}

var (
	// errNoReader reports a connection that gives no raw answers.
	errNoReader = errors.New("this connection shows no single answers")
	// errUnexpected reports that the account differs from what the program takes for granted.
	errUnexpected = errors.New("the account differs from what cadensa takes for granted: see the lines with ✗")
)

// The paths that the check reads.
const (
	pathSeries = "/series"
	pathTaxes  = "/tax"
	pathStatus = "/invoice/paymentstatus"
	pathPDF    = "/invoice/pdf"
)

// assumption is what the program takes for granted of an account, and what it means where that does not hold.
type assumption struct{ check, meaning string }

// accountCheck is one comparison of an account with what the program takes for granted.
type accountCheck struct {
	reader accountReader
	// tell takes each finding.
	tell func(Finding)
	// secrets are words that the transcript must not show.
	secrets    []string
	transcript []string
	wrong      bool
	// failure is why an answer could not be had, or one that says no more than that the service is out of order.
	failure error
}

// look reads one answer; about describes the question in the transcript. After a call without an answer it asks no more and returns
// a zero reading.
func (c *accountCheck) look(ctx context.Context, about, path string, pairs ...string) model.Reading {
	if c.failure != nil && !errors.Is(c.failure, outOfOrderError{}) {
		return model.Reading{}
	}
	query := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		query.Set(pairs[i], pairs[i+1])
	}
	reading, err := c.reader.Look(ctx, path, query)
	if err != nil {
		c.failure = err
		c.transcript = append(c.transcript, "GET "+path+", "+about+" → no answer")
		return model.Reading{}
	}
	c.transcript = append(c.transcript, transcribed(about, reading, c.secrets))
	return reading
}

// outOfOrderError is an answer with a status of 500 or more, where one was not expected.
type outOfOrderError struct{}

// Error says so.
func (outOfOrderError) Error() string { return "SmartBill is out of order" }

// Unwrap makes it a reason to try again later.
func (outOfOrderError) Unwrap() error { return model.ErrUnavailable }

// answered tells whether the reading says anything about the check, and reports it if not. A status of 500 or more says nothing,
// unless it is expected.
func (c *accountCheck) answered(assumed assumption, reading model.Reading, expected ...int) bool {
	switch {
	case reading.Status == 0:
		c.cannotTell(assumed, "it could not be read now")
	case reading.Status >= http.StatusInternalServerError && !slices.Contains(expected, reading.Status):
		c.failure = cmp.Or[error](c.failure, outOfOrderError{})
		c.cannotTell(assumed, fmt.Sprintf("status %d; SmartBill may be out of order", reading.Status))
	default:
		return true
	}
	return false
}

func (c *accountCheck) cannotTell(assumed assumption, why string) {
	c.tell(Finding{Check: assumed.check, Detail: why})
}

// judge reports whether an assumption holds, and if not what was found.
func (c *accountCheck) judge(assumed assumption, holds bool, found string) {
	told := Finding{Check: assumed.check, OK: &holds}
	if !holds {
		c.wrong, told.Detail, told.Cure = true, found, assumed.meaning
	}
	c.tell(told)
}

// expect judges an answer, if it says anything about the assumption.
func (c *accountCheck) expect(assumed assumption, reading model.Reading, holds bool, expected ...int) {
	if c.answered(assumed, reading, expected...) {
		c.judge(assumed, holds, described(reading))
	}
}

func (c *accountCheck) outcome() error {
	switch {
	case c.wrong:
		return errUnexpected
	case c.failure != nil:
		return fmt.Errorf("the account could not be read whole: %w", c.failure)
	}
	return nil
}

func described(reading model.Reading) string {
	if reading.ErrorText != "" {
		return fmt.Sprintf("status %d, “%s”", reading.Status, reading.ErrorText)
	}
	return fmt.Sprintf("status %d, %s", reading.Status, reading.Form)
}

func (c *accountCheck) refused(reading model.Reading) {
	kind := model.ErrUnauthorized
	if strings.HasPrefix(text.Fold(reading.ErrorText), "firma") {
		kind = model.ErrCompanyUnknown
	}
	holds := false
	c.wrong = true
	c.tell(Finding{Check: "token, e-mail and company are accepted", OK: &holds, Detail: described(reading), Err: kind})
}

// hasTotal reports whether the answer has the total of an invoice.
func hasTotal(reading model.Reading) bool {
	var answer struct {
		Total json.RawMessage `json:"invoiceTotalAmount"`
	}
	if reading.Status != http.StatusOK || reading.ErrorText != "" || json.Unmarshal(reading.Body, &answer) != nil {
		return false
	}
	_, err := decimal.NewFromString(strings.Trim(string(answer.Total), `"`))
	return err == nil
}

// isNotFound reports whether the answer is the one to a number that does not exist.
func isNotFound(reading model.Reading) bool {
	return reading.Status == http.StatusBadRequest && strings.TrimRight(text.Fold(reading.ErrorText), "!.") == "factura nu a fost gasita"
}

// printedText is the text of a PDF, "" if the answer is no readable PDF.
func printedText(reading model.Reading) string {
	if reading.Status != http.StatusOK {
		return ""
	}
	text, err := document.Text(reading.Body)
	if err != nil {
		return ""
	}
	return text
}

// hidden replaces what a transcript must not show.
const hidden = "…"

// transcribed is an answer as a person may send it in: without token, e-mail, company, names, amounts and numbers.
func transcribed(about string, reading model.Reading, secrets []string) string {
	line := fmt.Sprintf("GET %s (%s), %s → %d %s; %s", reading.Path, strings.Join(reading.Parameters, ", "), about, reading.Status,
		maskedType(reading.ContentType), reading.Form)
	if reading.ErrorText != "" {
		line += "; “" + masked(reading.ErrorText, secrets) + "”"
	}
	return line
}

// maskedType is the content type of an answer, hidden if it is no media type.
func maskedType(contentType string) string {
	kind, sort, found := strings.Cut(contentType, "/")
	plain := func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !strings.ContainsRune("-+.", r)
	}
	switch {
	case contentType == "":
		return "of no type"
	case !found || strings.ContainsFunc(kind, plain) || strings.ContainsFunc(sort, plain):
		return hidden
	}
	return contentType
}

// capitals are the words with a capital letter that SmartBill's own texts have. Others may be names.
func capitals() []string {
	return strings.Fields("Factura Facturile Proforma Chitanta Seria Serie Numarul Documentul Datele Data Tipul Cota Moneda Produsul " +
		"Clientul Client Autentificare Firma Folositi Pentru Parametrul Valoarea Va Vei Ai Nu Cloud Internal Server Error")
}

// masked takes out of a text what belongs to somebody: the secrets, digits, and words with capital letters that are not
// SmartBill's.
func masked(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, hidden)
		}
	}
	words := strings.Split(text, " ")
	for i, word := range words {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		if bare != "" && strings.ContainsFunc(bare, unicode.IsUpper) && !slices.Contains(capitals(), bare) || strings.ContainsAny(word, "@") {
			words[i] = hidden
		}
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '#'
		}
		return r
	}, strings.Join(words, " "))
}
