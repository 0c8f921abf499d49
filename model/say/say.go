// Package say holds the texts that people read, each in every language of the interface. A text is carried whole and said
// where it is drawn.
package say

import (
	"fmt"
	"strconv"
)

// Language is a language of the interface.
type Language int

// The languages of the interface. Until the texts are translated, all of them say the English one.
const (
	English Language = iota
	Romanian
	Hungarian
	languages
)

// Text is a text in every language.
type Text [languages]string

// In is a text in every language.
func In(english, romanian, hungarian string) Text { return Text{english, romanian, hungarian} }

// Format is a text in every language, made of formats as fmt.Sprintf takes them; values that are texts are said in the language of
// their sentence.
func Format(english, romanian, hungarian string, values ...any) Text {
	text := In(english, romanian, hungarian)
	for language, format := range text {
		text[language] = fmt.Sprintf(format, saidIn(Language(language), values)...)
	}
	return text
}

// Todo is a text that is not translated yet; with values it is as Format.
func Todo(english string, values ...any) Text {
	if len(values) == 0 {
		return In(english, english, english)
	}
	return Format(english, english, english, values...)
}

// Same is a text that is the same in every language: a name, or the words of a service.
func Same(words string) Text {
	var text Text
	for language := range text {
		text[language] = words
	}
	return text
}

// Join puts sentences behind one another, a space between them. Empty ones leave none.
func Join(sentences ...Text) Text {
	var text Text
	for _, sentence := range sentences {
		for language := range text {
			if text[language] != "" && sentence[language] != "" {
				text[language] += " "
			}
			text[language] += sentence[language]
		}
	}
	return text
}

// In says the text in a language.
func (t Text) In(language Language) string { return t[language] }

// IsEmpty reports whether there is nothing to say.
func (t Text) IsEmpty() bool { return t == Text{} }

func saidIn(language Language, values []any) []any {
	said := make([]any, len(values))
	for i, value := range values {
		said[i] = value
		if text, ok := value.(Text); ok {
			said[i] = text.In(language)
		}
	}
	return said
}

// Noun is a thing that is counted.
type Noun struct{ one, many string }

// TodoNoun is a noun that is not translated yet, for one and for several of the thing.
func TodoNoun(one, many string) Noun { return Noun{one: one, many: many} }

// Of counts the thing: "1 line", "3 lines", "0 lines".
func (n Noun) Of(count int) Text {
	if count == 1 {
		return Todo("1 " + n.one)
	}
	return Todo(strconv.Itoa(count) + " " + n.many)
}
