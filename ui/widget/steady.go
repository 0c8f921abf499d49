package widget

import "strings"

// steady reduces emoji that are made of several runes to their first: terminals disagree on how many cells a skin tone,
// a joined family or a presentation selector takes, and one row too wide shifts the whole screen.
func steady(text string) string {
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
