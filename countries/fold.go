package countries

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// spelled are the letters that Unicode does not decompose into a base letter and
// a mark, as they are typed on a keyboard without them.
var spelled = [...]struct {
	letter rune
	plain  string
}{
	{'ß', "ss"},
	{'ø', "o"},
	{'ł', "l"},
	{'đ', "d"},
	{'ð', "d"},
	{'þ', "th"},
	{'æ', "ae"},
	{'œ', "oe"},
	{'ı', "i"},
	{'&', " and "},
}

// foldText returns the text as it is compared: lower case, diacritics off ("ș" with a comma and "ş" with a cedilla both
// become "s"), dots and apostrophes left out ("S.U.A." becomes "sua"), and one space for whatever else stands between
// words.
func foldText(text string) string { return string(trimSpace(appendLetters(nil, text))) }

// fold appends what was typed as it is compared. ok is false when no name can be
// meant: it is longer than all of them, or written in other letters than Latin.
func (built *index) fold(folded []byte, typed string) (result []byte, ok bool) {
	for _, r := range typed {
		before := len(folded)
		folded = appendLetter(folded, r)
		if len(folded) > built.longest+mostSlips || len(folded) > before && folded[before] >= utf8.RuneSelf {
			return nil, false
		}
	}
	return trimSpace(folded), true
}

// foldWithOrigins folds the text and tells for each byte of the result the
// position, in runes, of the rune in text that it came from.
func foldWithOrigins(text string) (string, []int) {
	var folded []byte
	var origins []int
	position := 0
	for _, r := range text {
		folded = appendLetter(folded, r)
		for len(origins) < len(folded) {
			origins = append(origins, position)
		}
		position++
	}
	folded = trimSpace(folded)
	return string(folded), origins[:len(folded)]
}

func appendLetter(folded []byte, r rune) []byte {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return utf8.AppendRune(folded, r)
	case 'A' <= r && r <= 'Z':
		return utf8.AppendRune(folded, r-'A'+'a')
	case r == ' ':
		return appendSpace(folded)
	case isSilent(r):
		return folded
	}
	r = unicode.ToLower(r)
	for _, letter := range spelled {
		if letter.letter == r {
			return appendLetters(folded, letter.plain)
		}
	}
	if parts := norm.NFKD.PropertiesString(string(r)).Decomposition(); len(parts) > 0 {
		return appendParts(folded, parts)
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return utf8.AppendRune(folded, r)
	}
	return appendSpace(folded)
}

// isSilent reports whether r is left out without parting what it stands between.
func isSilent(r rune) bool {
	switch r {
	case '.', '\'', '’', '‘', 'ʻ', '`', '´':
		return true
	}
	return unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r)
}

// appendParts appends a decomposed character, which is not decomposed again.
func appendParts(folded, parts []byte) []byte {
	for len(parts) > 0 {
		r, size := utf8.DecodeRune(parts)
		parts = parts[size:]
		switch r = unicode.ToLower(r); {
		case isSilent(r):
		case unicode.IsLetter(r), unicode.IsDigit(r):
			folded = utf8.AppendRune(folded, r)
		default:
			folded = appendSpace(folded)
		}
	}
	return folded
}

func appendLetters(folded []byte, text string) []byte {
	for _, r := range text {
		folded = appendLetter(folded, r)
	}
	return folded
}

func appendSpace(folded []byte) []byte {
	if len(folded) == 0 || folded[len(folded)-1] == ' ' {
		return folded
	}
	return append(folded, ' ')
}

func trimSpace(folded []byte) []byte {
	if len(folded) > 0 && folded[len(folded)-1] == ' ' {
		return folded[:len(folded)-1]
	}
	return folded
}
