package document

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
)

// characters gives the characters that a font's codes stand for, after its table ToUnicode (ISO 32000-1, 9.10.3).
type characters struct {
	// spaces are how many bytes a code has, by where it lies.
	spaces []codeSpace
	single map[uint32]string
	ranges []codeRange
	// simple fonts have codes of one byte, whatever the table says; otherwise reads those that it leaves out.
	simple    bool
	otherwise pdf.TextEncoding
}

type codeSpace struct {
	size   int
	lo, hi uint32
}

// codeRange gives the codes from lo to hi the characters from text on, or each its own of the list.
type codeRange struct {
	lo, hi uint32
	text   []rune
	list   []string
}

// unknownCharacter stands for a code that no table knows.
const unknownCharacter = '\ufffd'

// maxCode is the size in bytes of the longest code.
const maxCode = 4

// readCharacters reads a table. Its lists are what counts; the rest is a program that says nothing else.
func readCharacters(source []byte) *characters {
	table := &characters{single: map[uint32]string{}}
	words := lexer{source: source}
	var list []token
	for {
		switch word := words.next(); {
		case word.kind == tokenEnd:
			slices.SortStableFunc(table.ranges, func(a, b codeRange) int { return cmp.Compare(a.lo, b.lo) })
			return table
		case word.kind != tokenKeyword:
			list = append(list, word)
		case strings.HasPrefix(word.text, "begin"):
			list = nil
		default:
			table.take(word.text, list)
			list = nil
		}
	}
}

func (c *characters) take(end string, list []token) {
	switch end {
	case "endcodespacerange":
		for pair := range slices.Chunk(list, 2) {
			if len(pair) == 2 && len(pair[0].text) > 0 && len(pair[0].text) <= maxCode {
				c.spaces = append(c.spaces, codeSpace{len(pair[0].text), codeOf(pair[0].text), codeOf(pair[1].text)})
			}
		}
	case "endbfchar":
		for pair := range slices.Chunk(list, 2) {
			if len(pair) == 2 {
				c.single[codeOf(pair[0].text)] = string(charactersOfUTF16(pair[1].text))
			}
		}
	case "endbfrange":
		for triple := range slices.Chunk(list, 3) {
			if len(triple) == 3 {
				c.ranges = append(c.ranges, newRange(triple))
			}
		}
	}
}

func newRange(triple []token) codeRange {
	made := codeRange{lo: codeOf(triple[0].text), hi: codeOf(triple[1].text), text: charactersOfUTF16(triple[2].text)}
	for _, each := range triple[2].list {
		made.list = append(made.list, string(charactersOfUTF16(each.text)))
	}
	return made
}

func codeOf(raw string) uint32 {
	code := uint32(0)
	for i := range len(raw) {
		code = code<<8 | uint32(raw[i])
	}
	return code
}

func charactersOfUTF16(raw string) []rune {
	if len(raw) == 1 {
		return []rune{rune(raw[0])}
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return utf16.Decode(units)
}

// Decode implements pdf.TextEncoding.
func (c *characters) Decode(raw string) string {
	var text strings.Builder
	for len(raw) > 0 {
		size := c.size(raw)
		text.WriteString(c.character(raw[:size]))
		raw = raw[size:]
	}
	return text.String()
}

// size is how many bytes the next code has.
func (c *characters) size(raw string) int {
	if c.simple {
		return 1
	}
	for size := 1; size <= min(maxCode, len(raw)); size++ {
		code := codeOf(raw[:size])
		for _, space := range c.spaces {
			if space.size == size && space.lo <= code && code <= space.hi {
				return size
			}
		}
	}
	return min(2, len(raw))
}

func (c *characters) character(raw string) string {
	code := codeOf(raw)
	if text, ok := c.single[code]; ok {
		return text
	}
	at, found := slices.BinarySearchFunc(c.ranges, code, func(r codeRange, code uint32) int { return cmp.Compare(r.lo, code) })
	if !found {
		at--
	}
	if at >= 0 && code <= c.ranges[at].hi {
		return c.ranges[at].character(int(code - c.ranges[at].lo))
	}
	if c.otherwise != nil {
		return c.otherwise.Decode(raw)
	}
	return string(unknownCharacter)
}

func (r codeRange) character(offset int) string {
	switch {
	case offset < len(r.list):
		return r.list[offset]
	case len(r.text) == 0:
		return string(unknownCharacter)
	}
	last := len(r.text) - 1
	return string(r.text[:last]) + string(r.text[last]+rune(offset)) //nolint:gosec // what is no character becomes the unknown one
}
