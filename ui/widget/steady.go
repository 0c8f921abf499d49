package widget

import (
	"strings"
	"unicode"
)

// mostMarks is how many combining marks a letter is drawn with: more would be drawn over the lines around it.
const mostMarks = 4

// fewMarks drops the marks of a letter beyond the first ones. What is being typed into a field is not cleaned yet.
func fewMarks(text string) string {
	if strings.IndexFunc(text, unicode.IsMark) < 0 {
		return text
	}
	marks := 0
	return strings.Map(func(letter rune) rune {
		switch {
		case !unicode.IsMark(letter):
			marks = 0
		case marks == mostMarks:
			return -1
		default:
			marks++
		}
		return letter
	}, text)
}

// steady reduces emoji that are made of several runes to their first: terminals disagree on how many cells a skin tone,
// a joined family or a presentation selector takes, and one row too wide shifts the whole screen. Letters keep few of their marks.
func steady(text string) string {
	text = fewMarks(text)
	if strings.IndexFunc(text, joinsEmoji) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	joined := false
	for _, letter := range text {
		switch {
		case letter == joiner:
			joined = true
			continue
		case joinsEmoji(letter):
			continue
		case joined && isPictograph(letter):
			joined = false
			continue
		case joined:
			// Indic and Arabic letters join too, and there it is how the word is spelt.
			b.WriteRune(joiner)
		}
		joined = false
		b.WriteRune(letter)
	}
	return b.String()
}

// joiner makes one character of those on its two sides.
const joiner = '\u200d'

// joinsEmoji reports whether a rune changes the character before it: the joiner, the selectors of how an emoji is
// presented, and the skin tones (Unicode Technical Standard #51).
func joinsEmoji(letter rune) bool {
	return letter == joiner || letter == '\ufe0e' || letter == '\ufe0f' || letter >= '\U0001f3fb' && letter <= '\U0001f3ff'
}

// isPictograph reports whether a rune may be the second part of a joined emoji: the blocks of symbols, dingbats and emoji.
func isPictograph(letter rune) bool {
	return letter >= '\u2190' && letter <= '\u2bff' || letter >= '\U0001f000' && letter <= '\U0001faff'
}
