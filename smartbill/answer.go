package smartbill

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// refusal is the error that a recognised envelope speaks of, nil when it speaks of none. Its kind is for reads.
func refusal(operation string, status int, answer envelope) *Error {
	failure := &Error{Operation: operation, Status: status, Message: answer.errorText()}
	switch {
	case failure.Message != "":
		failure.Code = answer.ErrorCode.clean()
		if failure.Code == "0" {
			failure.Code = ""
		}
	case len(answer.Errors) > 0 && status >= http.StatusBadRequest:
		first := answer.Errors[0]
		failure.Code, failure.Field = first.Code.clean(), first.Param.clean()
		failure.Message = plainText(string(first.Message))
		return failure.withKind(problemKind(first))
	default:
		return nil
	}
	if isLockout(status, failure.Message) {
		failure.limited = true
		return failure
	}
	return failure.withKind(meaning(status, failure.Message))
}

// judgeRead decodes the answer to a reading call. known tells after that whether it is what was asked for.
func judgeRead(operation string, answer reply, into any, known func(envelope) bool) error {
	var head envelope
	if err := decodeJSON(answer.body, &head); err != nil {
		return unreadable(operation, answer, err)
	}
	if failure := refusal(operation, answer.status, head); failure != nil {
		if answer.status >= http.StatusInternalServerError && !failure.limited {
			failure.kinds, failure.temporary = []error{model.ErrUnavailable}, true
			failure.detail = fmt.Sprintf("SmartBill is out of order (status %d)", answer.status)
		}
		return failure
	}
	if !isSuccess(answer.status) {
		return unreadable(operation, answer, nil)
	}
	if err := decodeJSON(answer.body, into); err != nil {
		return unreadable(operation, answer, err)
	}
	if !known(head) {
		return unreadable(operation, answer, nil)
	}
	return nil
}

// unreadable is the error of a reading call whose answer SmartBill did not write.
func unreadable(operation string, answer reply, cause error) *Error {
	failure := &Error{Operation: operation, Status: answer.status, cause: cause, detail: oddity(answer)}
	switch answer.status {
	case http.StatusTooManyRequests:
		failure.limited = true
		return failure
	case http.StatusUnauthorized:
		return failure.withKind(model.ErrUnauthorized)
	case http.StatusForbidden:
		return failure.withKind(model.ErrForbidden)
	}
	failure.temporary = answer.status >= http.StatusInternalServerError
	return failure.withKind(model.ErrUnavailable)
}

// oddity says in a few words what came instead of an answer.
func oddity(answer reply) string {
	switch {
	case answer.status >= 300 && answer.status < 400:
		return fmt.Sprintf("the address leads elsewhere (status %d), and the token does not go there", answer.status)
	case len(answer.body) == 0:
		return fmt.Sprintf("the answer is empty (status %d)", answer.status)
	case answer.status == http.StatusNotFound:
		return "there is no SmartBill API at this address (status 404)"
	}
	return fmt.Sprintf("the answer is not one of SmartBill's (status %d)", answer.status)
}

// judgeCreation tells what became of a document. A number without an error text, or a draft's identity, proves that it was made; a
// recognised refusal without either proves that it was not. All else leaves it unknown.
func judgeCreation(operation string, answer reply, asked documentHead) (model.Issued, error) {
	var head envelope
	if err := decodeJSON(answer.body, &head); err != nil {
		failure := undecoded(operation, answer, err)
		if noPath(answer.status) {
			// A path that does not exist makes nothing.
			failure.kinds, failure.detail = []error{model.ErrRefused}, noService
		}
		return model.Issued{}, failure
	}
	failure := refusal(operation, answer.status, head)
	number, draft := head.Number.clean(), positive(head.DocumentID)
	switch {
	case failure != nil && (failure.limited || answer.status >= http.StatusInternalServerError || number != "" || draft):
		failure.kinds = []error{model.ErrOutcomeUnknown}
		if number != "" || draft {
			failure.detail = "an error came together with a number"
		}
		return model.Issued{}, failure
	case failure != nil && answer.status >= 300 && answer.status < 400:
		return model.Issued{}, doubtful(operation, answer, oddity(answer))
	case failure != nil:
		return model.Issued{}, failure.withKind(model.ErrRefused)
	case !isSuccess(answer.status), len(head.Errors) > 0:
		return model.Issued{}, doubtful(operation, answer, oddity(answer))
	case number == "" && (!asked.IsDraft || !draft):
		return model.Issued{}, doubtful(operation, answer, "the answer has no number")
	}
	return issued(head, asked), nil
}

func issued(head envelope, asked documentHead) model.Issued {
	made := model.Issued{
		Series: head.Series.clean(), Number: head.Number.clean(), DocumentURL: head.DocumentURL.clean(),
		ViewURL: head.DocumentViewURL.clean(), Message: plainText(string(head.Message)),
	}
	if made.Series == "" {
		made.Series = asked.SeriesName
	}
	if positive(head.DocumentID) {
		made.DocumentID = head.DocumentID.clean()
	}
	return made
}

// doubtful is the error of a write that left and whose outcome the answer does not tell.
func doubtful(operation string, answer reply, detail string) *Error {
	return &Error{
		Operation: operation, Status: answer.status, detail: detail, kinds: []error{model.ErrOutcomeUnknown},
		limited: answer.status == http.StatusTooManyRequests, temporary: answer.status >= http.StatusInternalServerError,
	}
}

// judgeChange tells what became of a call that changes something and answers with no more than a message.
func judgeChange(operation string, answer reply) error {
	var head envelope
	if err := decodeJSON(answer.body, &head); err != nil {
		return undecoded(operation, answer, err)
	}
	if failure := judgeWrite(operation, answer.status, head); failure != nil {
		if isSuccess(answer.status) && head.Message.clean() != "" {
			failure.kinds, failure.temporary = []error{model.ErrOutcomeUnknown}, true
			failure.detail = "an error came together with a success"
		}
		return failure
	}
	if !isSuccess(answer.status) || head.ErrorText == nil {
		return doubtful(operation, answer, oddity(answer))
	}
	return nil
}

func undecoded(operation string, answer reply, cause error) *Error {
	failure := doubtful(operation, answer, oddity(answer))
	failure.cause = cause
	return failure
}

// judgeWrite is the error that a recognised envelope speaks of after a write, nil when it speaks of none.
func judgeWrite(operation string, status int, head envelope) *Error {
	failure := refusal(operation, status, head)
	switch {
	case failure == nil:
		return nil
	case failure.limited, status >= 300 && status < 400:
		failure.kinds = []error{model.ErrOutcomeUnknown}
		return failure
	case status >= http.StatusInternalServerError:
		failure.kinds, failure.temporary = []error{model.ErrOutcomeUnknown}, true
		return failure
	}
	return failure.withKind(model.ErrRefused)
}

// noService says what an unknown path means.
const noService = "there is no SmartBill API at this address"

// noPath reports whether the status says that the path does not exist, and so makes nothing.
func noPath(status int) bool {
	return status == http.StatusNotFound || status == http.StatusMethodNotAllowed
}

func isSuccess(status int) bool { return status >= 200 && status < 300 }

// positive reports whether the text is a document's identity: errors carry -1, null or nothing.
func positive(identity looseText) bool {
	value, err := strconv.ParseInt(identity.clean(), 10, 64)
	return err == nil && value > 0
}

// limitWords mark the lock-out on whatever status it comes: 403 was seen, 429 is documented.
const limitWords = "limita maxima de requesturi"

// meanings tell what SmartBill's words mean (Refusals), in lower case without diacritics. The first whose
// beginning and content fit wins. Product and client names stand inside the texts, so a content alone is a whole phrase.
var meanings = []struct {
	begins, holds string
	kind          error
}{
	{begins: "autentificare esuata", kind: model.ErrUnauthorized},
	{begins: "firma la care incercati", kind: model.ErrCompanyUnknown},
	{begins: "nu aveti dreptul", kind: model.ErrForbidden},
	{begins: "nu puteti vizualiza", kind: model.ErrForbidden},
	{begins: "pentru acest pachet", kind: model.ErrForbidden},
	{begins: "seria nu a fost gasita", kind: model.ErrSeriesUnknown},
	{begins: "serie inexistenta", kind: model.ErrSeriesUnknown},
	{begins: "clientul exista deja", kind: model.ErrClientStored},
	{begins: "cota ", holds: "nu a fost gasita", kind: model.ErrVATUnknown},
	{begins: "trebuie sa setezi o cota tva", kind: model.ErrVATUnknown},
	{begins: "produsul ", holds: "nu are cota tva setata", kind: model.ErrVATUnknown},
	{begins: "factura ", holds: "nu a fost gasita", kind: model.ErrNotFound},
	{begins: "proforma ", holds: "nu a fost gasita", kind: model.ErrNotFound},
	{begins: "documentul nu a fost gasit", kind: model.ErrNotFound},
	{begins: "server-ul de email nu a fost configurat", kind: model.ErrEmailServer},
	{begins: "trebuie specificata adresa de email", kind: model.ErrEmailAddress},
	{begins: "invalid addresses", kind: model.ErrEmailAddress},
	{begins: "missing domain", kind: model.ErrEmailAddress},
	{begins: "missing local name", kind: model.ErrEmailAddress},
	{begins: "domain contains illegal character", kind: model.ErrEmailAddress},
	// It comes with 404, which would say that the document is missing.
	{begins: "tipul documentului nu a fost gasit", kind: model.ErrRefused},
}

// meaning is the kind of a refusal by its words, and by its status where the words are new.
func meaning(status int, words string) error {
	folded := text.Fold(words)
	for _, known := range meanings {
		if strings.HasPrefix(folded, known.begins) && strings.Contains(folded, known.holds) {
			return known.kind
		}
	}
	switch status {
	case http.StatusUnauthorized:
		return model.ErrUnauthorized
	case http.StatusForbidden:
		return model.ErrForbidden
	case http.StatusNotFound:
		return model.ErrNotFound
	}
	return model.ErrRefused
}

func isLockout(status int, words string) bool {
	return status == http.StatusTooManyRequests || strings.Contains(text.Fold(words), limitWords)
}

// problemKind is the kind of a request that was rejected before the business rules.
func problemKind(first problem) error {
	if strings.HasPrefix(string(first.Code), "json_") {
		return model.ErrInvalidField
	}
	return model.ErrRefused
}
