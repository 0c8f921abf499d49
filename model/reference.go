package model

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// referenceLetters are those of an intent's reference: no letter that looks like another (0 O, 1 I L, 2 Z, 5 S, 8 B).
const referenceLetters = "34679ACDEFGHJKMNPQRTUVWXY"

// ReferencePrefix begins every reference that this program prints on an invoice.
const ReferencePrefix = "CAD-"

// NewIntentReference draws the reference of one intent to invoice, such as "CAD-7F3K4Q": ASCII, 6 letters of 25, so that
// the text of a PDF can prove whose invoice it is.
func NewIntentReference(random io.Reader) (string, error) {
	reference := make([]byte, 0, 6)
	for len(reference) < 6 {
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

func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
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
