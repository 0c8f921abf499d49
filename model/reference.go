package model

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"cadensa/model/text"
)

// referenceLetters are the letters of an intent's reference: no letter that looks like another (0 O, 1 I L, 2 Z, 5 S, 8 B).
const referenceLetters = "34679ACDEFGHJKMNPQRTUVWXY"

// referenceLength is how many letters a reference has after its prefix.
const referenceLength = 6

// ReferencePrefix begins every reference that this program prints on an invoice.
const ReferencePrefix = "CAD-"

// NewIntentReference draws the reference of one intent to invoice, "CAD-7F3K4Q", by which a PDF's text proves whose invoice it is.
func NewIntentReference(random io.Reader) (string, error) {
	reference := make([]byte, 0, referenceLength)
	for len(reference) < referenceLength {
		var draw [1]byte
		if _, err := io.ReadFull(random, draw[:]); err != nil {
			return "", fmt.Errorf("draw a reference: %w", err)
		}
		// 250 is the largest multiple of 25 in a byte: beyond it, the first letters would come up more often.
		if draw[0] < 250 {
			reference = append(reference, referenceLetters[int(draw[0])%len(referenceLetters)])
		}
	}
	return ReferencePrefix + string(reference), nil
}

// isIntent reports whether a reference is an intent's, rather than series and number.
func isIntent(reference string) bool {
	letters, ok := strings.CutPrefix(reference, ReferencePrefix)
	return ok && isReference(letters)
}

func isReference(letters string) bool {
	return len(letters) == referenceLength && strings.Trim(letters, referenceLetters) == ""
}

// showsNumberGap is how much may stand between series and number: "Seria FCT nr. 0023".
const showsNumberGap = 12

// ShowsNumber reports whether text, read back from a PDF, shows the series with the number after it.
func ShowsNumber(text, series, number string) bool {
	series, number = squeeze(series), squeeze(number)
	if series == "" || number == "" {
		return false
	}
	rest := squeeze(text)
	for {
		var more bool
		if _, rest, more = strings.Cut(rest, series); !more {
			return false
		}
		if gap := strings.Index(rest, number); gap >= 0 && gap <= showsNumberGap && !strings.ContainsAny(rest[:gap], digits) {
			return true
		}
	}
}

const digits = "0123456789"

func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
}

// mostDigits is how many digits the number of a document may have.
const mostDigits = 20

// IsDocumentNumber reports whether text is the number of a document: 1 to 20 digits, the zeros before them among them.
func IsDocumentNumber(text string) bool {
	return text != "" && len(text) <= mostDigits && strings.Trim(text, digits) == ""
}

// InvoiceReference joins series and number as people name an invoice: "FCT-0023".
func InvoiceReference(series, number string) string { return series + "-" + number }

// NumberTyped gives the number of a document as a person typed it, alone or behind its series: "0023", "FCT-0023", "fct 0023",
// "FCT0023". A series that ends with a digit must be parted from it.
func NumberTyped(typed, series string) string {
	typed = text.Collapse(typed)
	if series == "" || len(typed) <= len(series) || !strings.EqualFold(typed[:len(series)], series) {
		return typed
	}
	rest := typed[len(series):]
	number := strings.TrimLeft(rest, " -")
	if number == rest && strings.ContainsAny(series[len(series)-1:], digits) {
		return typed
	}
	return number
}

// SplitReference splits a shown reference into series and number, at its last hyphen since a series may have some.
func SplitReference(reference string) (series, number string, ok bool) {
	at := strings.LastIndexByte(reference, '-')
	if at <= 0 || at == len(reference)-1 {
		return "", "", false
	}
	return reference[:at], reference[at+1:], true
}
