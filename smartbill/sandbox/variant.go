package sandbox

import (
	"regexp"
	"slices"
)

// Variant is the other reading of a point on which the descriptions of the service contradict one another. Without variants the service
// is the newest one and what was seen live, and strict. A client should get along with each.
type Variant string

// The variants, by what the service then does.
const (
	// LocksOutWith429 answers a lock-out with 429 instead of 403.
	LocksOutWith429 Variant = "lock-out-429"
	// BreaksOnUnknownFields answers a misspelt field with 500 and a page of HTML instead of 400.
	BreaksOnUnknownFields Variant = "unknown-field-500"
	// TakesBothSpellings reads the query parameter seriesName as well as seriesname.
	TakesBothSpellings Variant = "series-name-spellings"
	// HasNewerPathsOnly knows POST /invoice/v2 and /estimate/v2, and answers POST /invoice and /estimate with 405.
	HasNewerPathsOnly Variant = "newer-paths-only"
	// NamesZeroTVAInclus takes a rate of 0 % without a name for "TVA Inclus" instead of "Taxare inversa".
	NamesZeroTVAInclus Variant = "zero-tva-inclus"
	// PrintsObservations prints the observations, which are internal otherwise.
	PrintsObservations Variant = "observations-printed"
	// TakesOddDiscountsForValues treats a discountType that is neither 1 nor 2 as 1.
	TakesOddDiscountsForValues Variant = "odd-discount-as-value"
	// RefusesDeletionWith400 answers the deletion of a document that is not the last with 400 and the older text.
	RefusesDeletionWith400 Variant = "not-last-400"
	// AnswersUnknownPDFWith400 answers for the PDF of an unknown invoice with 400 and JSON instead of the 502 page.
	AnswersUnknownPDFWith400 Variant = "unknown-pdf-400"
	// HidesDraftsOfEstimates leaves drafts out of GET /estimate/invoices.
	HidesDraftsOfEstimates Variant = "estimate-drafts-hidden"
	// AnswersUnknownEstimateWith400 answers GET /estimate/invoices for an unknown proforma with 400 instead of 410.
	AnswersUnknownEstimateWith400 Variant = "unknown-estimate-400"
	// PaysInvoicesWhole ignores the value of a payment that takes its details from the invoice, and takes one invoice only.
	PaysInvoicesWhole Variant = "payments-whole"
	// ShoutsNotFound ends the text of GET /invoice/paymentstatus for an unknown invoice with an exclamation mark.
	ShoutsNotFound Variant = "not-found-mark"
	// RefusesUnknownLanguages refuses a language that it does not know, instead of printing in the default one.
	RefusesUnknownLanguages Variant = "unknown-language-400"
	// WritesNumbersAsText writes nextNumber and documentId as JSON strings.
	WritesNumbersAsText Variant = "numbers-as-text"
	// DefaultsTheSeries issues in the company's first series of the type where a request names none.
	DefaultsTheSeries Variant = "default-series"
	// DefaultsToCash lets a payment at issue leave isCash out.
	DefaultsToCash Variant = "default-cash"
	// TakesDeliveryDatesOfEstimates accepts deliveryDate in a proforma.
	TakesDeliveryDatesOfEstimates Variant = "estimate-delivery-date"
)

// Variants are all of them.
func Variants() []Variant {
	return []Variant{
		LocksOutWith429, BreaksOnUnknownFields, TakesBothSpellings, HasNewerPathsOnly, NamesZeroTVAInclus, PrintsObservations,
		TakesOddDiscountsForValues, RefusesDeletionWith400, AnswersUnknownPDFWith400, HidesDraftsOfEstimates,
		AnswersUnknownEstimateWith400, PaysInvoicesWhole, ShoutsNotFound, RefusesUnknownLanguages, WritesNumbersAsText,
		DefaultsTheSeries, DefaultsToCash, TakesDeliveryDatesOfEstimates,
	}
}

type variants []Variant

func (v variants) has(variant Variant) bool { return slices.Contains(v, variant) }

var oddNumbers = regexp.MustCompile(`"(nextNumber|documentId)":(-?\d+)`)

// numbersAsText puts the numbers whose type is disputed into quotes.
func numbersAsText(body []byte) []byte {
	return oddNumbers.ReplaceAll(body, []byte(`"$1":"$2"`))
}
