package filter

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"cadensa/model"
	"cadensa/model/text"
)

// Parse reads a filter, as Forms describes it. No filter is wrong: what it does not understand is looked for as text.
//
// A plain word is looked for in every field, in any case and without diacritics. Quotes keep words together and take
// them as they are. A field without a word, as it stands while it is typed, asks for nothing.
func Parse(value string) Filter {
	var filter Filter
	for _, token := range filterTokens(text.Clean(value)) {
		if term, ok := token.term(); ok {
			filter.terms = append(filter.terms, term)
		}
	}
	return filter
}

// Check refuses a filter with a term that looks like one of Forms and is not understood, such as a misspelt field: who acts on what
// fits without looking would act on more than was meant, or on nothing.
func Check(value string) error {
	tokens := filterTokens(text.Clean(value))
	for _, token := range tokens {
		if word := token.text; token.isDoubtful() {
			return fmt.Errorf("%q is not understood; text stands in quotes", word)
		}
	}
	if len(tokens) == 0 || strings.Count(value, `"`)%2 == 1 {
		return errNoFilter
	}
	return nil
}

var errNoFilter = errors.New("it asks for nothing, or a quote is not closed")

// isDoubtful reports that a token without quotes is taken as text, or asks for nothing, though it has signs of the language.
func (t filterToken) isDoubtful() bool {
	if t.quoted >= 0 && !strings.Contains(t.text[:t.quoted], ":") {
		return false
	}
	term, asks := t.term()
	return !asks || term.field == fieldAny && strings.ContainsAny(t.text, ":<>=") || t.text == "-"
}

// filterToken is what stands between spaces that are not quoted.
type filterToken struct {
	// text is without its quotes.
	text string
	// quoted is where in the text the first quote stood, -1 for nowhere.
	quoted int
}

func filterTokens(text string) []filterToken {
	var tokens []filterToken
	var word strings.Builder
	inside, quoted := false, -1
	end := func() {
		if word.Len() > 0 {
			tokens = append(tokens, filterToken{text: word.String(), quoted: quoted})
		}
		word.Reset()
		quoted = -1
	}
	for _, r := range text {
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

// term reads a token, false when it asks for nothing.
func (t filterToken) term() (filterTerm, bool) {
	if rest, ok := strings.CutPrefix(t.text, "-"); ok && rest != "" && t.quoted != 0 {
		inner := filterToken{text: rest, quoted: max(-1, t.quoted-1)}
		term, ok := inner.positive()
		term.negated = true
		return term, ok
	}
	return t.positive()
}

func (t filterToken) positive() (filterTerm, bool) {
	if t.quoted == 0 {
		return plainTerm(t.text), true
	}
	if term, ok := lengthTerm(t.text); ok && t.quoted < 0 {
		return term, true
	}
	name, word, found := strings.Cut(t.text, ":")
	field, known := filterFields[text.Fold(name)]
	if !found || !known || t.quoted >= 0 && t.quoted <= len(name) {
		return plainTerm(t.text), true
	}
	term, ok := fieldTerm(field, text.Fold(name)+":", word)
	if !ok {
		return plainTerm(t.text), true
	}
	return term, word != ""
}

func plainTerm(text string) filterTerm {
	return filterTerm{field: fieldAny, word: text, folded: []byte(fold(text))}
}

// fieldTerm reads the word behind a field's name, false when the field takes no such word.
func fieldTerm(field int, head, word string) (filterTerm, bool) {
	term := filterTerm{field: field, head: head, word: word}
	switch field {
	case fieldDay:
		days, ok := parseDays(word)
		term.days = days
		return term, ok || word == ""
	case fieldIs:
		term.word = text.Fold(word)
		return term, word == "" || slices.Contains([]string{"free", "billed", "reserved", "running", "unpriced", "ticked"}, term.word)
	}
	term.folded = []byte(fold(word))
	term.glob = text.NewGlob(word)
	return term, true
}

// parseFilterDays reads yyyy-MM-dd, yyyy-MM, yyyy-Qn, yyyy or a range of days.
func parseDays(text string) (model.Period, bool) {
	text = strings.ToUpper(text)
	if day, err := model.ParseDay(text); err == nil {
		return model.Period{From: day, To: day}, true
	}
	if year, err := time.Parse("2006", text); err == nil {
		return model.Period{From: model.NewDate(year.Year(), time.January, 1), To: model.NewDate(year.Year(), time.December, 31)}, true
	}
	period, err := model.ParseDates(text)
	return period, err == nil
}

// lengthTerm reads a comparison with a length of time: ">2h", "<30m", ">=1:30", "=1.5h". A bare number is hours.
func lengthTerm(text string) (filterTerm, bool) {
	for _, head := range []string{">=", "<=", ">", "<", "="} {
		rest, ok := strings.CutPrefix(text, head)
		if !ok {
			continue
		}
		length, err := model.ParseLength(rest)
		return filterTerm{field: fieldLength, head: head, word: rest, seconds: int64(length / time.Second)}, err == nil
	}
	return filterTerm{}, false
}
