package document

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"

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

// faces are the fonts, read once; none when one of them cannot be read.
var faces = sync.OnceValue(func() []*sfnt.Font {
	regular, err := sfnt.Parse(regularFont)
	bold, boldErr := sfnt.Parse(boldFont)
	if err != nil || boldErr != nil {
		return nil
	}
	return []*sfnt.Font{regular, bold}
})

// lastPrinted is the last character that our PDFs can print: they store 16 bits for each.
const lastPrinted = 0xffff

// printable makes text one that the fonts can print: what they lack is shown as a substitute, and what is invisible
// anyway, such as the joiners inside an emoji, is left out.
func printable(value string) string {
	var buffer sfnt.Buffer
	isMissing := func(letter rune) bool {
		return letter > lastPrinted || slices.ContainsFunc(faces(), func(face *sfnt.Font) bool {
			glyph, err := face.GlyphIndex(&buffer, letter)
			return err != nil || glyph == 0
		})
	}
	return strings.Map(func(letter rune) rune {
		switch {
		case unicode.In(letter, unicode.Cf, unicode.Variation_Selector):
			return -1
		case isMissing(letter):
			return substitute
		}
		return letter
	}, text.Collapse(value))
}
