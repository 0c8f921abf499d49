package netsafe

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// mask stands for what may be a secret, however long that is.
const mask = "••••••••"

// secretRunes is the length from which letters and digits without a break may be a secret. A long word is masked with
// them, which costs less than a token on the screen.
const secretRunes = 12

// expressions compile when something is masked first, so that the start of the program does not wait for them.
var expressions = sync.OnceValue(func() (e struct{ run, unseen, unbroken, digit *regexp.Regexp }) {
	// A token could be a run of these. What cannot be seen does not break one.
	e.run = regexp.MustCompile(`[\pL\pM\p{Nd}|+_=~\p{Cf}-]+`)
	e.unseen = regexp.MustCompile(`\p{Cf}`)
	e.unbroken = regexp.MustCompile(`[\pL\pM\p{Nd}|]{12}`)
	e.digit = regexp.MustCompile(`\p{Nd}`)
	return e
})

// Masked masks all that may be a secret: 12 or more letters, digits and bars in a row, or as many with a digit and the other signs
// of encodings among them. Complaints of other programs, above all of token_command, are shown only like this.
func Masked(text string) string {
	e := expressions()
	return e.run.ReplaceAllStringFunc(strings.ToValidUTF8(text, "\ufffd"), func(run string) string {
		seen := e.unseen.ReplaceAllString(run, "")
		if e.unbroken.MatchString(seen) || utf8.RuneCountInString(seen) >= secretRunes && e.digit.MatchString(run) {
			return mask
		}
		return run
	})
}
