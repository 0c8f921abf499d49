package filter

import (
	"strings"
	"unicode"

	"cadensa/model/text"
)

// filterToken is what stands between spaces that are not quoted.
type filterToken struct {
	// text is without its quotes.
	text string
	// raw is as it was typed.
	raw string
	// quoted is where in the text the first quote stood, -1 for nowhere.
	quoted int
}

func filterTokens(text string) []filterToken {
	var tokens []filterToken
	var word, raw strings.Builder
	inside, quoted := false, -1
	end := func() {
		if word.Len() > 0 {
			tokens = append(tokens, filterToken{text: word.String(), raw: raw.String(), quoted: quoted})
		}
		word.Reset()
		raw.Reset()
		quoted = -1
	}
	for _, r := range text {
		if inside || !unicode.IsSpace(r) {
			raw.WriteRune(r)
		}
		switch {
		case r == '"':
			if inside = !inside; inside && quoted < 0 {
				quoted = word.Len()
			}
		case unicode.IsSpace(r) && !inside:
			end()
		case unicode.IsSpace(r):
			word.WriteByte(' ')
		default:
			word.WriteRune(r)
		}
	}
	end()
	return tokens
}

// positive is the token without the minus that excludes.
func (t filterToken) positive() (positive filterToken, negated bool) {
	rest, minus := strings.CutPrefix(t.text, "-")
	if !minus || rest == "" || t.quoted == 0 {
		return t, false
	}
	return filterToken{text: rest, raw: strings.TrimPrefix(t.raw, "-"), quoted: max(-1, t.quoted-1)}, true
}

// field cuts a token into the name of a field and what stands behind its colon; false for a token without one.
func (t filterToken) field() (name, word string, found bool) {
	name, word, found = strings.Cut(t.text, ":")
	return text.Fold(name), word, found && (t.quoted < 0 || t.quoted > len(name))
}

// comparison cuts a token into a sign of comparison and what it compares with.
func (t filterToken) comparison() (sign, word string, found bool) {
	if t.quoted >= 0 {
		return "", "", false
	}
	return compared(t.text)
}

// compared cuts a text behind its sign of comparison.
func compared(value string) (sign, word string, found bool) {
	for _, sign := range []string{">=", "<=", ">", "<", "="} {
		if word, found := strings.CutPrefix(value, sign); found {
			return sign, word, true
		}
	}
	return "", value, false
}

// readAll makes terms of all words; those that ask for nothing give none. While a filter is typed, its last word may be unfinished.
func readAll[T any](value string, typing bool, read func(filterToken) (term T, asks bool, mistake *Mistake)) ([]T, error) {
	value = text.Clean(value)
	var terms []T
	tokens := filterTokens(value)
	for i, token := range tokens {
		term, asks, mistake := read(token)
		isLast := i == len(tokens)-1 && strings.TrimRightFunc(value, unicode.IsSpace) == value
		switch {
		case mistake != nil && typing && isLast && mistake.unfinished:
		case mistake != nil:
			return nil, mistake
		case asks:
			terms = append(terms, term)
		}
	}
	return terms, nil
}
