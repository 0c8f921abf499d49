package filter

import (
	"errors"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// Parse reads a filter over entries, as Forms describes it. The error is a *Mistake for what has signs of the language and is not
// understood.
//
// A plain word is looked for in every field, in any case and without diacritics. Quotes keep words together and take
// them as they are. A field without a word, as it stands while it is typed, asks for nothing.
func Parse(value string) (Filter, error) {
	terms, err := readAll(value, false, entryTerm)
	return Filter{terms: terms}, err
}

// ParseTyping is Parse for a filter that is being typed: its last word asks for nothing while it can still become right.
func ParseTyping(value string) (Filter, error) {
	terms, err := readAll(value, true, entryTerm)
	return Filter{terms: terms}, err
}

// Check refuses what Parse does, and a filter that asks for nothing: who acts on what fits without looking would act on more than was
// meant.
func Check(value string) error {
	for _, token := range filterTokens(text.Clean(value)) {
		if _, asks, mistake := entryTerm(token); mistake != nil {
			return mistake
		} else if !asks {
			return errNoFilter
		}
	}
	if len(filterTokens(text.Clean(value))) == 0 || strings.Count(value, `"`)%2 == 1 {
		return errNoFilter
	}
	return nil
}

var errNoFilter = errors.New("it asks for nothing, or a quote is not closed")

// entryTerm reads a word of a filter over entries; asks is false for one that asks for nothing.
func entryTerm(token filterToken) (term filterTerm, asks bool, mistake *Mistake) {
	positive, negated := token.positive()
	if positive.quoted == 0 {
		term = plainTerm(positive.text)
		term.negated = negated
		return term, true, nil
	}
	if sign, word, found := positive.comparison(); found {
		term, mistake = lengthTerm(token, sign, word)
		term.negated = negated
		return term, true, mistake
	}
	name, word, found := positive.field()
	if !found {
		term = plainTerm(positive.text)
		term.negated = negated
		return term, true, doubtful(token, positive)
	}
	field, known := filterFields[name]
	if !known {
		return filterTerm{}, false, unknownField(token, name, entryFieldNames)
	}
	term, mistake = fieldTerm(token, field, name, word)
	term.negated = negated
	return term, word != "", mistake
}

func plainTerm(text string) filterTerm {
	return filterTerm{field: fieldAny, word: text, folded: []byte(fold(text))}
}

// entryStates are the words behind is:.
var entryStates = []string{"free", "billed", "reserved", "running", "unpriced", "ticked"}

// fieldTerm reads the word behind a field's name.
func fieldTerm(token filterToken, field int, name, word string) (filterTerm, *Mistake) {
	term := filterTerm{field: field, head: name + ":", word: word}
	switch field {
	case fieldDay:
		days, mistake := readDays(token, word)
		term.days = days
		return term, mistake
	case fieldIs:
		term.word = text.Fold(word)
		return term, checkState(token, name, term.word, entryStates)
	}
	term.folded = []byte(fold(word))
	term.glob = text.NewGlob(word)
	return term, nil
}

// readDays reads days for a field; none asks for nothing.
func readDays(token filterToken, word string) (model.Period, *Mistake) {
	if word == "" {
		return model.Period{}, nil
	}
	days, err := parseDays(word)
	if err != nil {
		return model.Period{}, wrongValue(token, word, WantedDay, err)
	}
	return days, nil
}

// parseDays reads a day, a month, a quarter, a year or a range of days.
func parseDays(text string) (model.Period, error) {
	text = strings.ToUpper(text)
	if year, err := time.Parse("2006", text); err == nil {
		return model.YearPeriod(year.Year()), nil
	}
	if period, err := model.ParseDates(text); err == nil || strings.Contains(text, "..") {
		return period, err
	}
	day, err := model.ParseDay(text)
	return model.Period{From: day, To: day}, err
}

// lengthTerm reads what entries' lengths are compared with: "2h", "30m", "1:30", "1.5h". A bare number is hours.
func lengthTerm(token filterToken, sign, word string) (filterTerm, *Mistake) {
	length, err := model.ParseLength(word)
	if err != nil {
		return filterTerm{}, wrongValue(token, word, WantedLength, err)
	}
	return filterTerm{field: fieldLength, head: sign, word: word, seconds: int64(length / time.Second)}, nil
}
