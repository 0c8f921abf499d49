package model

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// referenceLetters are those of an intent's reference: no letter that looks like another (0 O, 1 I L, 2 Z, 5 S, 8 B).
const referenceLetters = "34679ACDEFGHJKMNPQRTUVWXY"

// referenceLength is how many letters a reference has after its prefix.
const referenceLength = 6

// ReferencePrefix begins every reference that this program prints on an invoice.
const ReferencePrefix = "CAD-"

// NewIntentReference draws the reference of one intent to invoice, such as "CAD-7F3K4Q": ASCII, 6 letters of 25, so that
// the text of a PDF can prove whose invoice it is.
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

// MentionsReference reports whether text, read back from a PDF, carries the reference: white space and hyphens are
// ignored, since a PDF breaks lines where it likes.
func MentionsReference(text, reference string) bool {
	wanted := squeeze(reference)
	return wanted != "" && strings.Contains(squeeze(text), wanted)
}

// ReferencesIn lists the texts in a PDF that look like references of intents, each once. That one was ever given must
// be looked up.
func ReferencesIn(text string) []string {
	squeezed, prefix := squeeze(text), squeeze(ReferencePrefix)
	var found []string
	for at := strings.Index(squeezed, prefix); at >= 0; {
		rest := squeezed[at+len(prefix):]
		if letters := rest[:min(referenceLength, len(rest))]; isReference(letters) && !slices.Contains(found, ReferencePrefix+letters) {
			found = append(found, ReferencePrefix+letters)
		}
		next := strings.Index(rest, prefix)
		if next < 0 {
			break
		}
		at += len(prefix) + next
	}
	return found
}

// isIntent reports whether a reference is that of an intent, and not series and number.
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
	squeezed := squeeze(text)
	series, number = squeeze(series), squeeze(number)
	if series == "" || number == "" {
		return false
	}
	for at := strings.Index(squeezed, series); at >= 0; {
		rest := squeezed[at+len(series):]
		if gap := strings.Index(rest, number); gap >= 0 && gap <= showsNumberGap && !strings.ContainsAny(rest[:gap], digits) {
			return true
		}
		next := strings.Index(rest, series)
		if next < 0 {
			break
		}
		at += len(series) + next
	}
	return false
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

// SplitReference splits a shown reference into series and number, at its last hyphen since a series may have some.
func SplitReference(reference string) (series, number string, ok bool) {
	at := strings.LastIndexByte(reference, '-')
	if at <= 0 || at == len(reference)-1 {
		return "", "", false
	}
	return reference[:at], reference[at+1:], true
}
