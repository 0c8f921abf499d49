package timelog

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// encoding is a way in which a file has its letters as bytes.
type encoding struct {
	// name is one of model.Encodings.
	name string
	// order is that of UTF-16, letters are those of an encoding of a byte a letter. UTF-8 has neither.
	order   binary.ByteOrder
	letters *charmap.Charmap
	// guessed is set for those that a file without a mark is taken for by its letters.
	guessed bool
}

var encodings = []encoding{
	{name: "utf-8"},
	{name: "utf-16le", order: binary.LittleEndian},
	{name: "utf-16be", order: binary.BigEndian},
	{name: "windows-1250", letters: charmap.Windows1250, guessed: true},
	{name: "windows-1251", letters: charmap.Windows1251, guessed: true},
	{name: "windows-1252", letters: charmap.Windows1252, guessed: true},
	{name: "windows-1254", letters: charmap.Windows1254},
	{name: "iso-8859-1", letters: charmap.ISO8859_1},
	{name: "iso-8859-2", letters: charmap.ISO8859_2, guessed: true},
	{name: "iso-8859-15", letters: charmap.ISO8859_15},
	{name: "iso-8859-16", letters: charmap.ISO8859_16},
	{name: "macintosh", letters: charmap.Macintosh, guessed: true},
	{name: "ibm852", letters: charmap.CodePage852},
}

func encodingNamed(name string) encoding {
	at := slices.IndexFunc(encodings, func(known encoding) bool { return known.name == name })
	return encodings[max(at, 0)]
}

// decoder decodes the encoding. Bytes that are none of its letters are unknown.
func (e encoding) decoder() decoder {
	by := decoder{order: e.order, letters: new([256]rune), keepsUTF8: e.order == nil && e.letters == nil}
	for i := range by.letters {
		by.letters[i] = unknown
		if e.letters == nil {
			continue
		}
		if letter := e.letters.DecodeByte(byte(i)); letter != unicode.ReplacementChar && (i < ' ' || !unicode.IsControl(letter)) {
			by.letters[i] = letter
		}
	}
	return by
}

// isContainer recognises a file of parts, as spreadsheets are: its bytes are no text.
func isContainer(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
}

// decode finds the text in a file's bytes, in the encoding that is named, or for "" in the one that its bytes show. A mark
// at the beginning of UTF-16 is believed first. The word is what its user should know of it, "" for nothing.
func (t *fileText) decode(ctx context.Context, found survey, named string) (text fileText, word string, err error) {
	if isContainer(t.head) {
		return *t, "", nil
	}
	chosen, by := encodingNamed(named), decoder{}
	switch order := unitOrder(t.head); {
	case bytes.HasPrefix(t.head, []byte{0xff, 0xfe}), bytes.HasPrefix(t.head, []byte{0xfe, 0xff}):
		chosen = encodingNamed(order)
		by = chosen.decoder()
	case t.isMarked:
		chosen = encodingNamed("utf-8")
		by = chosen.decoder()
	case named != "":
		by = chosen.decoder()
	case order != "":
		chosen = encodingNamed(order)
		by, word = chosen.decoder(), wordOfGuess(chosen.name)
	case found.isForeign:
		if chosen, by, err = guess(ctx, t); err != nil {
			return fileText{}, "", err
		}
		word = wordOfGuess(chosen.name)
		if by.keepsUTF8 {
			word = "it is UTF-8, with letters of another encoding among it: " + word
		}
	default:
		by = chosen.decoder()
		if found.isLossy {
			word = "some letters were lost before it was read: it has " + replacement + " in their places"
		}
	}
	by.returnsEndLines = endsLinesByReturns(t.head, by)
	if by.keepsUTF8 && !found.isForeign && !found.isLittered && !by.returnsEndLines {
		return *t, word, nil
	}
	decoded, err := newDecodedText(ctx, t.ReaderAt, t.size, by)
	if err != nil {
		return fileText{}, "", err
	}
	if lost := decoded.decoder.lost; lost > 0 {
		word = joinWords(word, fmt.Sprintf("%d bytes are no letters of %s and stand as %c", lost, chosen.name, unknown))
	}
	text = fileText{ReaderAt: decoded, size: decoded.length()}
	return text, word, text.readHead()
}

func wordOfGuess(name string) string {
	return "its letters are read as " + name + ", which they look like; the source's encoding can name another"
}

func joinWords(first, second string) string {
	if first == "" {
		return second
	}
	return first + "; " + second
}

// unitOrder names the encoding of UTF-16 that the beginning of a file shows, by its mark or by the zeros in its digits and
// commas; "" for none.
func unitOrder(head []byte) string {
	var zeros [unitBytes]int
	for i, letter := range head {
		if letter == 0 {
			zeros[i%unitBytes]++
		}
	}
	units := len(head) / unitBytes
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), zeros[1] > units/3 && zeros[0] < units/8+1:
		return "utf-16le"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}), zeros[0] > units/3 && zeros[1] < units/8+1:
		return "utf-16be"
	}
	return ""
}

// endsLinesByReturns reports whether the first line ends with a carriage return alone. Later ones do not tell: a cell may hold
// any of them.
func endsLinesByReturns(head []byte, by decoder) bool {
	text := head
	if by.order != nil {
		text, _ = by.decode(nil, head, false)
	}
	first := bytes.IndexAny(text, "\r\n")
	return first >= 0 && text[first] == '\r' && !bytes.ContainsAny(text[first+1:min(first+2, len(text))], "\r\n")
}
