package document

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ledongthuc/pdf"
)

// errTooMuch ends the reading of a PDF that has more in it than any invoice.
var errTooMuch = errors.New("it holds too much")

// The bounds of a PDF's parts.
const (
	// maxUnpacked is how many bytes the parts that are read may have when they are unpacked, all together.
	maxUnpacked = 16 << 20
	// maxOperands is how many operands an operator may have; only what comes last can belong to it.
	maxOperands = 64
	// maxForms is how deep forms may contain one another.
	maxForms = 8
)

// wordGap is how far letters are moved apart, in thousandths of their size, to make it two words.
const wordGap = 200

// script collects the text of a PDF.
type script struct {
	text     strings.Builder
	unpacked int64
}

// write adds text, and panics with errTooMuch when that makes too much.
func (s *script) write(text string) {
	if s.text.Len()+len(text) > maxText {
		panic(fmt.Errorf("more than %d bytes of text: %w", maxText, errTooMuch))
	}
	s.text.WriteString(text)
}

// part ends a word or a line, unless one has just ended.
func (s *script) part(separator string) {
	if written := s.text.String(); written != "" && !strings.HasSuffix(written, "\n") && !strings.HasSuffix(written, separator) {
		s.write(separator)
	}
}

// content reads a page's content, which may be cut into several streams.
func (s *script) content(of pdf.Value) []byte {
	if of.Kind() != pdf.Array {
		return s.unpack(of)
	}
	var all []byte
	for i := range of.Len() {
		all = append(append(all, s.unpack(of.Index(i))...), '\n')
	}
	return all
}

// unpack reads a stream to its end. Anything else is empty. It panics with errTooMuch.
func (s *script) unpack(stream pdf.Value) []byte {
	if stream.Kind() != pdf.Stream {
		return nil
	}
	reader := stream.Reader()
	defer func() { _ = reader.Close() }()
	content, err := io.ReadAll(io.LimitReader(reader, maxUnpacked-s.unpacked+1))
	if s.unpacked += int64(len(content)); s.unpacked > maxUnpacked {
		panic(fmt.Errorf("more than %d bytes when unpacked: %w", maxUnpacked, errTooMuch))
	}
	if err != nil {
		panic(fmt.Errorf("unpack: %w", err))
	}
	return content
}

// drawing reads what one page, or a form on it, draws.
type drawing struct {
	*script

	resources pdf.Value
	fonts     map[string]pdf.TextEncoding
	encoding  pdf.TextEncoding
	depth     int
	line      float64 // where the present line stands
}

func (s *script) page(page pdf.Page) {
	s.draw(page.V.Key("Contents"), page.Resources(), 0)
	s.part("\n")
}

func (s *script) draw(content, resources pdf.Value, depth int) {
	d := &drawing{script: s, resources: resources, fonts: map[string]pdf.TextEncoding{}, depth: depth}
	words := lexer{source: s.content(content)}
	var operands []token
	for {
		word := words.next()
		switch {
		case word.kind == tokenEnd:
			return
		case word.kind != tokenKeyword:
			if len(operands) == maxOperands {
				operands = operands[1:]
			}
			operands = append(operands, word)
			continue
		case word.text == "ID":
			words.skipImage()
		default:
			d.operate(word.text, operands)
		}
		operands = operands[:0]
	}
}

// operate carries out what an operator means for the text (ISO 32000-1, 9.4). Real files have operators with too few
// operands; they are passed over.
func (d *drawing) operate(operator string, operands []token) {
	last := func(fromEnd int) token {
		if at := len(operands) - 1 - fromEnd; at >= 0 {
			return operands[at]
		}
		return token{}
	}
	switch operator {
	case "Tf":
		d.encoding = d.font(last(1).text)
	case "BT", "T*":
		d.part("\n")
	case "Td", "TD":
		if last(0).number != 0 {
			d.part("\n")
		}
	case "Tm":
		d.moveTo(last(0).number)
	case "'", `"`:
		d.part("\n")
		d.show(last(0).text)
	case "Tj":
		d.show(last(0).text)
	case "TJ":
		for _, each := range last(0).list {
			if each.kind == tokenNumber && each.number <= -wordGap {
				d.part(" ")
			}
			d.show(each.text)
		}
	case "Do":
		d.form(last(0).text)
	}
}

// moveTo begins a piece of text at a height: another line, or another word of the same.
func (d *drawing) moveTo(height float64) {
	if height == d.line {
		d.part(" ")
		return
	}
	d.line = height
	d.part("\n")
}

func (d *drawing) show(raw string) {
	if d.encoding != nil {
		raw = d.encoding.Decode(raw)
	}
	d.write(strings.ToValidUTF8(raw, string(unknownCharacter)))
}

// font is how the resource's codes are read; nil reads them as they are.
func (d *drawing) font(name string) pdf.TextEncoding {
	known, ok := d.fonts[name]
	if ok {
		return known
	}
	font := pdf.Font{V: d.resources.Key("Font").Key(name)}
	if font.V.IsNull() {
		return nil
	}
	if table := font.V.Key("ToUnicode"); table.Kind() == pdf.Stream {
		read := readCharacters(d.unpack(table))
		if read.simple = font.V.Key("Subtype").Name() != "Type0"; read.simple {
			read.otherwise = byName(font)
		}
		known = read
	} else {
		known = byName(font)
	}
	d.fonts[name] = known
	return known
}

// maxDifferences is how many codes of one byte an encoding can name anew, and where each run of them begins.
const maxDifferences = 2 * 256

// byName is the encoding that a font names, nil if it names none that is known. The library would read the table of
// characters as well, but takes the first of a range for all that have another upper byte.
func byName(font pdf.Font) pdf.TextEncoding {
	encoding := font.V.Key("Encoding")
	switch {
	case encoding.Kind() == pdf.Name && strings.HasPrefix(encoding.Name(), "Identity"):
		return nil
	case encoding.Kind() == pdf.Null && font.V.Key("ToUnicode").Kind() == pdf.Stream:
		return nil
	case encoding.Key("Differences").Len() > maxDifferences:
		return nil
	}
	return font.Encoder()
}

func (d *drawing) form(name string) {
	form := d.resources.Key("XObject").Key(name)
	if form.Key("Subtype").Name() != "Form" || d.depth == maxForms {
		return
	}
	resources := form.Key("Resources")
	if resources.IsNull() {
		resources = d.resources
	}
	d.draw(form, resources, d.depth+1)
}
