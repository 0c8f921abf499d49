package smartbill

import (
	"net/http"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

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
	{begins: "cota ", holds: "nu a fost gasita", kind: model.ErrVATUnknown},
	{begins: "trebuie sa setezi o cota tva", kind: model.ErrVATUnknown},
	{begins: "produsul ", holds: "nu are cota tva setata", kind: model.ErrVATUnknown},
	{begins: "factura ", holds: "nu a fost gasita", kind: model.ErrNotFound},
	{begins: "proforma ", holds: "nu a fost gasita", kind: model.ErrNotFound},
	{begins: "documentul nu a fost gasit", kind: model.ErrNotFound},
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
