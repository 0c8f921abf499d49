package netsafe

import (
	"strings"
	"unicode"
)

const (
	// mask stands for what may be a secret, however long that is.
	mask = "••••••••"
	// secretRunes is the length from which letters and digits without a break may be a secret. A long word is masked with
	// them, which costs less than a token on the screen.
	secretRunes = 12
)

// Masked returns text with everything masked that may be a secret: 12 or more letters, digits and bars in a row, or as many
// with a digit and the other signs of encodings among them. Complaints of other programs, above all of the helper that knows
// the token, are shown only like this.
func Masked(text string) string {
	var masked strings.Builder
	letters := []rune(text)
	for len(letters) > 0 {
		end := 0
		for end < len(letters) && inSecret(letters[end]) {
			end++
		}
		switch {
		case end == 0:
			end = 1
			masked.WriteRune(letters[0])
		case mayBeSecret(letters[:end]):
			masked.WriteString(mask)
		default:
			masked.WriteString(string(letters[:end]))
		}
		letters = letters[end:]
	}
	return masked.String()
}

// inSecret reports whether a token could have the rune. What cannot be seen does not break one.
func inSecret(r rune) bool {
	return isTokenLetter(r) || strings.ContainsRune("+_=-~", r) || unicode.Is(unicode.Cf, r)
}

func isTokenLetter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '|'
}

func mayBeSecret(run []rune) bool {
	longest, unbroken, seen, digits := 0, 0, 0, 0
	for _, r := range run {
		switch {
		case isTokenLetter(r):
			unbroken++
			seen++
		case unicode.Is(unicode.Cf, r):
		default:
			unbroken = 0
			seen++
		}
		if unicode.IsDigit(r) {
			digits++
		}
		longest = max(longest, unbroken)
	}
	return longest >= secretRunes || seen >= secretRunes && digits > 0
}
