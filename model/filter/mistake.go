package filter

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// Wanted is what a filter takes in the place of a word that it does not understand.
type Wanted string

// What a filter takes.
const (
	WantedField  Wanted = "field"
	WantedState  Wanted = "state"
	WantedLength Wanted = "length"
	WantedAmount Wanted = "amount"
	WantedDay    Wanted = "day"
	// WantedQuotes is for text with signs of the language.
	WantedQuotes Wanted = "quotes"
)

// Mistake is a word that has signs of a filter's language and is not understood.
type Mistake struct { //nolint:errname // it is shown beside what was typed; only a flag gets it as an error
	// Word is as it was typed, Nearest what was probably meant in its place, "" where nothing is near.
	Word, Nearest string
	Wanted        Wanted
	// Choices are all that a WantedState takes, as they are typed.
	Choices []string
	// Err is an *model.AmbiguousAmount or *model.UnclearDay where that is what is wrong.
	Err error
	// unfinished words may become right when they are typed on.
	unfinished bool
}

// Error names the word and the nearest right one.
func (m *Mistake) Error() string {
	if m.Nearest == "" {
		return fmt.Sprintf("%s is not a %s", m.Word, m.Wanted)
	}
	return fmt.Sprintf("%s is not understood; did you mean %s?", m.Word, m.Nearest)
}

// Unwrap returns what is wrong with a number or a day.
func (m *Mistake) Unwrap() error { return m.Err }

// sign is the minus that a token begins with.
func sign(token filterToken) string {
	if _, negated := token.positive(); negated {
		return "-"
	}
	return ""
}

// quotedWord is a token as text: in quotes, behind its minus.
func quotedWord(token filterToken) string {
	positive, _ := token.positive()
	return sign(token) + `"` + positive.text + `"`
}

// doubtful is a mistake for plain text with signs of the language, which stands in quotes.
func doubtful(token, positive filterToken) *Mistake {
	if positive.text != "-" && (positive.quoted >= 0 || !strings.ContainsAny(positive.text, "<>=:")) {
		return nil
	}
	return &Mistake{Word: token.raw, Nearest: quotedWord(token), Wanted: WantedQuotes, unfinished: positive.text == "-"}
}

// unknownField proposes the nearest field, or quotes.
func unknownField(token filterToken, name string, fields []string) *Mistake {
	mistake := &Mistake{Word: token.raw, Nearest: quotedWord(token), Wanted: WantedQuotes}
	if near := text.Nearest(name, fields); near != "" {
		_, behind, _ := strings.Cut(token.raw, ":")
		mistake.Wanted, mistake.Nearest = WantedField, sign(token)+near+":"+behind
	}
	return mistake
}

// checkState refuses a state that there is not.
func checkState(token filterToken, field, state string, states []string) *Mistake {
	if state == "" || slices.Contains(states, state) {
		return nil
	}
	mistake := &Mistake{
		Word: token.raw, Wanted: WantedState,
		unfinished: slices.ContainsFunc(states, func(each string) bool { return strings.HasPrefix(each, state) }),
	}
	for _, each := range states {
		mistake.Choices = append(mistake.Choices, field+":"+each)
	}
	if near := text.Nearest(state, states); near != "" {
		mistake.Nearest = sign(token) + field + ":" + near
	}
	return mistake
}

// wrongValue is a mistake in a number, a length or a day.
func wrongValue(token filterToken, value string, wanted Wanted, err error) *Mistake {
	mistake := &Mistake{Word: token.raw, Wanted: wanted, unfinished: isUnfinished(value, wanted)}
	amount, ambiguous := errors.AsType[*model.AmbiguousAmount](err)
	if ambiguous {
		mistake.Err = amount
	}
	if day, unclear := errors.AsType[*model.UnclearDay](err); unclear {
		mistake.Err = day
	}
	return mistake
}

// isUnfinished reports whether a value is made only of what such values have, so that it may become right when it is typed on.
func isUnfinished(value string, wanted Wanted) bool {
	letters := "0123456789.,:hms "
	switch wanted {
	case WantedDay:
		letters = "0123456789.-qQ "
	case WantedAmount:
		letters = "0123456789., "
	case WantedField, WantedState, WantedLength, WantedQuotes:
	}
	return strings.Trim(value, letters) == ""
}
