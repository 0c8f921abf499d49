// Package text cleans, collapses, folds and shortens text. What comes from outside passes through Clean before anything else.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean makes foreign text harmless: it removes control characters (C0, C1, ESC), bidirectional controls and invalid UTF-8, turns
// line breaks and tabs into spaces, composes the rest (NFC), and keeps four marks on a letter: hundreds would be drawn over other
// lines. All that comes from a file, the network or a paste passes through it first.
func Clean(text string) string {
	if isPlain(text) {
		return text
	}
	return fewMarks(norm.NFC.String(strings.Map(harmless, text)))
}

// mostMarks is how many combining marks a letter keeps; no language puts more on one.
const mostMarks = 4

// fewMarks drops the marks of a letter beyond the first ones. Characters that cannot be seen do not begin another letter.
func fewMarks(text string) string {
	if strings.IndexFunc(text, unicode.IsMark) < 0 {
		return text
	}
	marks := 0
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r):
			if marks++; marks > mostMarks {
				return -1
			}
		case !unicode.Is(unicode.Cf, r):
			marks = 0
		}
		return r
	}, text)
}

// IsName reports whether text can be somebody's or something's name: it has a letter or a digit that can be seen. Spaces,
// marks, signs and what has no width alone name nothing.
func IsName(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return (unicode.IsLetter(r) || unicode.IsNumber(r)) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
	})
}

// harmless is what becomes of a rune; a negative one is removed.
func harmless(r rune) rune {
	switch {
	case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
		return ' '
	case r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff': // The byte order mark.
		return -1
	}
	return r
}

// isPlain reports whether text is printable ASCII, which Clean leaves as it is.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// IsVisible reports whether anything of a text can be seen.
func IsVisible(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
	})
}

// Collapse cleans text and reduces each run of white space to one space, as e-Factura counts lengths (XPath
// normalize-space).
func Collapse(text string) string { return strings.Join(strings.Fields(Clean(text)), " ") }

// Length counts the runes of text after Collapse: the length that e-Factura's rules limit.
func Length(text string) int { return utf8.RuneCountInString(Collapse(text)) }

// Cut collapses text and shortens it to at most limit runes, at the end of a word where there is one in the second
// half, and reports whether anything was lost.
func Cut(text string, limit int) (string, bool) {
	text, limit = Collapse(text), max(0, limit)
	if utf8.RuneCountInString(text) <= limit {
		return text, false
	}
	letters := []rune(text)[:limit+1]
	for i := limit; i > limit/2; i-- {
		if letters[i] == ' ' {
			return strings.TrimRight(string(letters[:i]), " ,;:–-"), true
		}
	}
	return strings.TrimRight(string(letters[:limit]), " "), true
}

// Fold returns text in lower case without diacritics, for comparing names as people type them.
func Fold(text string) string {
	if isPlain(text) {
		return strings.ToLower(text)
	}
	return strings.ToLower(ASCII(text))
}

// ASCII returns text without diacritics and in its own case, as SmartBill wants the names of counties. It takes three steps,
// since a chain of transformers sets two buffers aside for every text.
func ASCII(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(text)))
}

// IsDigits reports whether text consists of ASCII digits, of at least one.
func IsDigits(value string) bool {
	return value != "" && strings.Trim(value, "0123456789") == ""
}

// Digits returns the ASCII digits of text, without all else.
func Digits(value string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, value)
}
