package sandbox

import (
	"bytes"
	"compress/zlib"
	_ "embed"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
)

// fontFile is a part of Open Sans 1.11 (Apache License 2.0): Latin letters, those of Romania and its neighbours among
// them, digits and punctuation, without hinting and layout features.
//
//go:embed font/OpenSans-Latin.ttf
var fontFile []byte

// typeface is what is needed of a TrueType font to write with it.
type typeface struct {
	// glyphs are by character, 0 where the font has none.
	glyphs [1 << 16]uint16
	// widths are by glyph, in thousandths of the size, as are the other measures.
	widths          []int
	ascent, descent int
	box             [4]int
	// packed is the compressed file, widthList the widths as a PDF lists them.
	packed    []byte
	widthList string
}

// missingWidth is how wide a character is that the font lacks.
const missingWidth = 600

// printing is the font of all documents, read once.
var printing = sync.OnceValues(func() (*typeface, error) { return readFont(fontFile) })

// table is one of a font's tables. A word beyond its end is zero.
type table []byte

func (t table) word(at int) int {
	if at < 0 || at+2 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t[at:]))
}

func (t table) signed(at int) int { return int(int16(t.word(at))) } //nolint:gosec // a word has sixteen bits

func (t table) long(at int) int { return t.word(at)<<16 | t.word(at+2) }

// from is what begins at the offset.
func (t table) from(at int) table { return t[min(max(at, 0), len(t)):] }

// The layout of a font's file and of its tables: OpenType specification, "otff", "head", "hhea", "hmtx" and "cmap".
const (
	directoryAt   = 12
	directoryItem = 16
	unitsAt       = 18
	boxAt         = 36
	metricsAt     = 34
	metricSize    = 4
	thousand      = 1000
)

func readFont(file []byte) (*typeface, error) {
	tables := tablesOf(file)
	units := tables["head"].word(unitsAt)
	if units == 0 {
		return nil, fmt.Errorf("the font has no table %q", "head")
	}
	scaled := func(measure int) int { return measure * thousand / units }
	face := &typeface{ascent: scaled(tables["hhea"].signed(4)), descent: scaled(tables["hhea"].signed(6))}
	for i := range face.box {
		face.box[i] = scaled(tables["head"].signed(boxAt + 2*i))
	}
	for glyph := range tables["hhea"].word(metricsAt) {
		face.widths = append(face.widths, scaled(tables["hmtx"].word(metricSize*glyph)))
	}
	face.readCharacters(tables["cmap"])
	face.widthList = strings.Trim(fmt.Sprint(face.widths), "[]")
	var packed bytes.Buffer
	writer := zlib.NewWriter(&packed)
	if _, err := writer.Write(file); err != nil {
		return nil, fmt.Errorf("compress the font: %w", err)
	}
	if err := writer.Close(); err != nil {
		return nil, fmt.Errorf("compress the font: %w", err)
	}
	face.packed = packed.Bytes()
	return face, nil
}

func tablesOf(file table) map[string]table {
	tables := map[string]table{}
	for i := range file.word(4) {
		item := file.from(directoryAt + i*directoryItem)
		if len(item) < directoryItem {
			break
		}
		content := file.from(item.long(8))
		tables[string(item[:4])] = content[:min(item.long(12), len(content))]
	}
	return tables
}

// readCharacters reads the first subtable, which is of format 4: four arrays of one word for each range of characters.
func (f *typeface) readCharacters(characters table) {
	ranges := characters.from(characters.long(8))
	length := ranges.word(6) // The length in bytes of each array.
	ends := ranges.from(14)
	starts := ends.from(length + 2)
	deltas, offsets := starts.from(length), starts.from(2*length)
	for at := 0; at < length; at += 2 {
		for character := starts.word(at); character <= ends.word(at) && character < 1<<16-1; character++ {
			glyph := character
			if offset := offsets.word(at); offset != 0 {
				glyph = offsets.word(at + offset + 2*(character-starts.word(at)))
			}
			if glyph = (glyph + deltas.word(at)) & (1<<16 - 1); glyph < len(f.widths) {
				f.glyphs[character] = uint16(glyph)
			}
		}
	}
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
