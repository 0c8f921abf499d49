package document

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"sync"
	"unicode"

	"cadensa/model/text"
)

// Open Sans has Romanian and Hungarian letters, Greek and Cyrillic, and digits of one width. Apache License 2.0: see the
// folder of the fonts.
var (
	//go:embed font/OpenSans-Regular.ttf
	regularFont []byte
	//go:embed font/OpenSans-Bold.ttf
	boldFont []byte
)

// substitute stands for a character that the font lacks; both fonts have it.
const substitute = '\ufffd'

// letters are the characters that both fonts have.
var letters = sync.OnceValue(func() map[rune]bool {
	bold, shared := charactersOf(boldFont), map[rune]bool{}
	for letter := range charactersOf(regularFont) {
		shared[letter] = bold[letter]
	}
	return shared
})

// printable makes text one that the fonts can print: what they lack is shown as a substitute, and what is invisible
// anyway, such as the joiners inside an emoji, is left out.
func printable(value string) string {
	known := letters()
	return strings.Map(func(letter rune) rune {
		switch {
		case unicode.In(letter, unicode.Cf, unicode.Variation_Selector):
			return -1
		case known[letter]:
			return letter
		}
		return substitute
	}, text.Collapse(value))
}

// The layout of a TrueType font's table of characters (OpenType specification, "cmap", format 4).
const (
	tableRecords = 12
	recordSize   = 16
	windows      = 3
	basicPlane   = 1
	segmentsAt   = 14
)

// charactersOf reads which characters of the basic plane a TrueType font has a glyph for.
func charactersOf(font []byte) map[rune]bool {
	word := func(at int) int { return int(binary.BigEndian.Uint16(font[at:])) }
	long := func(at int) int { return int(binary.BigEndian.Uint32(font[at:])) }
	found := map[rune]bool{}
	for record := range word(4) {
		at := tableRecords + record*recordSize
		if string(font[at:at+4]) != "cmap" {
			continue
		}
		table := long(at + 8)
		for encoding := range word(table + 2) {
			at := table + 4 + 8*encoding
			if word(at) == windows && word(at+2) == basicPlane {
				readSegments(word, table+long(at+4), found)
			}
		}
	}
	return found
}

// readSegments reads a subtable of format 4: four arrays of one word for each range of characters.
func readSegments(word func(at int) int, table int, found map[rune]bool) {
	length := word(table + 6) // The number of segments, twice: the length in bytes of each array.
	ends := table + segmentsAt
	starts := ends + length + 2
	deltas, offsets := starts+length, starts+2*length
	for segment := 0; segment < length; segment += 2 {
		for character := word(starts + segment); character <= word(ends+segment) && character < 0xffff; character++ {
			glyph := character
			if offset := word(offsets + segment); offset != 0 {
				glyph = word(offsets + segment + offset + 2*(character-word(starts+segment)))
				if glyph == 0 {
					continue
				}
			}
			if (glyph+word(deltas+segment))&0xffff != 0 {
				found[rune(character)] = true //nolint:gosec // a word has sixteen bits
			}
		}
	}
}
