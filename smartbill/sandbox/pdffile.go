package sandbox

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"
)

// The objects of a file, by their numbers. Each page has two more: itself and what stands on it.
const (
	catalogObject = iota + 1
	pagesObject
	fontObject
	descendantObject
	descriptorObject
	fontFileObject
	unicodeObject
	infoObject
	firstPage
)

// pdfFile writes a PDF object by object.
type pdfFile struct {
	content bytes.Buffer
	offsets []int
}

// begin begins the next object.
func (f *pdfFile) begin() {
	f.offsets = append(f.offsets, f.content.Len())
	fmt.Fprintf(&f.content, "%d 0 obj\n", len(f.offsets))
}

func (f *pdfFile) object(format string, arguments ...any) {
	f.begin()
	fmt.Fprintf(&f.content, format+"\nendobj\n", arguments...)
}

// stream writes an object that holds content; more goes into its dictionary.
func (f *pdfFile) stream(content []byte, more string) {
	f.begin()
	fmt.Fprintf(&f.content, "<</Length %d%s>>\nstream\n", len(content), more)
	f.content.Write(content)
	f.content.WriteString("\nendstream\nendobj\n")
}

// file is the sheet as a PDF (ISO 32000-1). Its text layer is that of the PDFs that invoicing services make: codes stand
// for the glyphs of an embedded font, and a table gives their characters.
func (s *sheet) file(now time.Time) []byte {
	f := &pdfFile{}
	f.content.Grow(len(s.face.packed) + len(s.face.widthList) + 8<<10)
	f.content.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	f.object("<</Type /Catalog /Pages %d 0 R>>", pagesObject)
	var kids strings.Builder
	for i := range s.pages {
		fmt.Fprintf(&kids, "%d 0 R ", firstPage+2*i)
	}
	f.object("<</Type /Pages /Count %d /MediaBox [0 0 %.2f %.2f] /Kids [%s]>>", len(s.pages), paperWidth, paperHeight, &kids)
	f.font(s.face)
	f.stream(s.unicode(), "")
	f.object("<</Producer (cadensa sandbox) /CreationDate (%s) /ModDate (%[1]s)>>", now.UTC().Format("D:20060102150405Z"))
	for i, page := range s.pages {
		f.object("<</Type /Page /Parent %d 0 R /Resources <</Font <</F1 %d 0 R>>>> /Contents %d 0 R>>", pagesObject, fontObject, firstPage+2*i+1)
		f.stream(page.Bytes(), "")
	}
	f.end()
	return f.content.Bytes()
}

func (f *pdfFile) font(face *typeface) {
	const name = "CADENS+OpenSans"
	f.object("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name, descendantObject, unicodeObject)
	f.object("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "+
		"/FontDescriptor %d 0 R /DW %d /W [0 [%s]] /CIDToGIDMap /Identity>>", name, descriptorObject, missingWidth, face.widthList)
	f.object("<</Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox %v /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %[4]d /StemV 80 /FontFile2 %d 0 R>>",
		name, face.box, face.ascent, face.descent, fontFileObject)
	f.stream(face.packed, fmt.Sprintf(" /Filter /FlateDecode /Length1 %d", len(fontFile)))
}

// The frame of a table of characters, and how many of them stand in one list at most (Adobe Technical Note 5411).
const (
	tableHead = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
	tableFoot = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
	inOneList = 100
)

// unicode is the table that gives the characters back.
func (s *sheet) unicode() []byte {
	var list bytes.Buffer
	list.WriteString(tableHead)
	for codes := range slices.Chunk(slices.Sorted(maps.Keys(s.names)), inOneList) {
		fmt.Fprintf(&list, "%d beginbfchar\n", len(codes))
		for _, code := range codes {
			fmt.Fprintf(&list, "<%04X> <", code)
			for _, unit := range utf16.Encode([]rune{s.names[code]}) {
				fmt.Fprintf(&list, "%04X", unit)
			}
			list.WriteString(">\n")
		}
		list.WriteString("endbfchar\n")
	}
	list.WriteString(tableFoot)
	return list.Bytes()
}

// end writes where the objects are.
func (f *pdfFile) end() {
	start := f.content.Len()
	fmt.Fprintf(&f.content, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		fmt.Fprintf(&f.content, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&f.content, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, catalogObject, infoObject, start)
}
