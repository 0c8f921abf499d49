package sandbox

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The paper: A4, in points, as all measures of a sheet.
const (
	paperWidth  = 595.28
	paperHeight = 841.89
	margin      = 28.35
	bottom      = 56.7
	lineHeight  = 15.6
	// leading is how high a line is by the size of its letters, where they are large.
	leading = 1.5
)

// Sizes of the letters.
const (
	smallText = 9
	plainText = 10
	largeText = 16
)

// sheet is a document under construction: text from top to bottom, on as many pages as it takes.
type sheet struct {
	face  *typeface
	size  int
	pages []*bytes.Buffer
	y     float64
	// names are the characters by code: a glyph, or a code beyond all glyphs for a character that the font lacks. That is read back, but
	// not seen.
	names map[uint16]rune
	codes map[rune]uint16
}

// firstForeign is the first code for characters that the font lacks; no font of ours has as many glyphs.
const firstForeign = 0x8000

func newSheet(face *typeface) *sheet {
	made := &sheet{face: face, size: plainText, names: map[uint16]rune{}, codes: map[rune]uint16{}}
	made.turn()
	return made
}

func (s *sheet) turn() {
	s.pages = append(s.pages, &bytes.Buffer{})
	s.y = paperHeight - margin
}

func (s *sheet) advance() {
	s.y -= max(lineHeight, leading*float64(s.size))
	if s.y < bottom {
		s.turn()
	}
}

// put writes a piece of a line that begins at x.
func (s *sheet) put(x float64, text string) {
	if text == "" {
		return
	}
	page := s.pages[len(s.pages)-1]
	fmt.Fprintf(page, "BT /F1 %d Tf 1 0 0 1 %.2f %.2f Tm <", s.size, x, s.y-float64(s.size))
	for _, character := range text {
		code := s.code(character)
		const digits = "0123456789ABCDEF"
		page.Write([]byte{digits[code>>12], digits[code>>8&15], digits[code>>4&15], digits[code&15]})
	}
	page.WriteString("> Tj ET\n")
}

func (s *sheet) code(character rune) uint16 {
	if known, ok := s.codes[character]; ok {
		return known
	}
	code := s.face.glyph(character)
	if _, taken := s.names[code]; code == 0 || taken {
		code = firstForeign + uint16(len(s.names)) //nolint:gosec // a document has fewer characters than that
	}
	s.codes[character], s.names[code] = code, character
	return code
}

// width is how wide a text is at the present size.
func (s *sheet) width(text string) float64 {
	return float64(s.face.width(text)*s.size) / thousand
}

// text writes a paragraph over the whole width.
func (s *sheet) text(content string) {
	for paragraph := range strings.SplitSeq(cleaned(content), "\n") {
		for _, line := range s.wrap(paragraph) {
			s.put(margin, line)
			s.advance()
		}
	}
}

func (s *sheet) field(label, value string) {
	if value != "" {
		s.text(label + value)
	}
}

func (s *sheet) gap(content string) {
	s.advance()
	s.text(content)
}

var lineColumns = [...]float64{221, 40, 62, 74, 79, 62}

// row writes a table row; a long first cell wraps, and the others stand below it.
func (s *sheet) row(cells ...string) {
	x := margin + lineColumns[0]
	if name := cleaned(cells[0]); s.width(name) > lineColumns[0] || strings.Contains(name, "\n") {
		s.text(name)
	} else {
		s.put(margin, name)
	}
	for i, cell := range cells[1:] {
		x += lineColumns[i+1]
		s.put(x-s.width(cleaned(cell)), cleaned(cell))
	}
	s.advance()
}

// wrap breaks a paragraph at spaces, and a word that is wider than the page wherever it must.
func (s *sheet) wrap(paragraph string) []string {
	room := int((paperWidth - 2*margin) * thousand / float64(s.size))
	var lines []string
	for {
		cut := s.fitting(paragraph, room)
		if cut == len(paragraph) {
			return append(lines, paragraph)
		}
		if space := strings.LastIndexByte(paragraph[:cut], ' '); space > 0 {
			cut = space + 1
		}
		lines = append(lines, strings.TrimRight(paragraph[:cut], " "))
		paragraph = paragraph[cut:]
	}
}

// fitting is how many bytes of the text fit into the room, one character at least.
func (s *sheet) fitting(text string, room int) int {
	for at, character := range text {
		if room -= s.face.advance(character); room < 0 && at > 0 {
			return at
		}
	}
	return len(text)
}

// cleaned takes out what cannot be printed, line breaks apart.
func cleaned(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}

// fontFile is a part of Open Sans 1.11 (Apache License 2.0): Latin letters, those of Romania and its neighbours among
// them, digits and punctuation, without hinting and layout features.
//
//go:embed font/OpenSans-Latin.ttf
var fontFile []byte

// typeface holds the parts of a TrueType font that writing with it needs.
type typeface struct {
	// glyphs are by character, 0 where the font has none.
	glyphs [1 << 16]uint16
	// widths are by glyph, in thousandths of the size.
	widths []int
	// packed is the compressed file, widthList the widths as a PDF lists them.
	packed    []byte
	widthList string
}

// missingWidth is how wide a character is that the font lacks.
const missingWidth = 600

var printing = sync.OnceValues(func() (*typeface, error) { return readFont(fontFile) })

// thousand is how many units a PDF divides the size of letters into.
const thousand = 1000

func readFont(file []byte) (*typeface, error) {
	font, err := sfnt.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	var buffer sfnt.Buffer
	// At this size a measure is in the font's own units.
	size := fixed.Int26_6(font.UnitsPerEm())
	scaled := func(measure fixed.Int26_6) int { return int(measure) * thousand / int(font.UnitsPerEm()) }
	face := &typeface{}
	for glyph := range font.NumGlyphs() {
		advance, err := font.GlyphAdvance(&buffer, sfnt.GlyphIndex(glyph), size, xfont.HintingNone)
		if err != nil {
			return nil, fmt.Errorf("read the font's widths: %w", err)
		}
		face.widths = append(face.widths, scaled(advance))
	}
	for character := range face.glyphs {
		glyph, err := font.GlyphIndex(&buffer, rune(character))
		if err != nil {
			return nil, fmt.Errorf("read the font's characters: %w", err)
		}
		face.glyphs[character] = uint16(glyph)
	}
	face.widthList = strings.Trim(fmt.Sprint(face.widths), "[]")
	var packed bytes.Buffer
	writer := zlib.NewWriter(&packed)
	_, err = writer.Write(file)
	if err := errors.Join(err, writer.Close()); err != nil {
		return nil, fmt.Errorf("compress the font: %w", err)
	}
	face.packed = packed.Bytes()
	return face, nil
}

// glyph is the character's, 0 if the font has none.
func (f *typeface) glyph(character rune) uint16 {
	if character < 0 || int(character) >= len(f.glyphs) {
		return 0
	}
	return f.glyphs[character]
}

// width is how wide a text is, in thousandths of its size.
func (f *typeface) width(text string) int {
	sum := 0
	for _, character := range text {
		sum += f.advance(character)
	}
	return sum
}

func (f *typeface) advance(character rune) int {
	if glyph := f.glyph(character); glyph != 0 {
		return f.widths[glyph]
	}
	return missingWidth
}
