package sandbox

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/shopspring/decimal"
)

type page struct{ *sheet }

// printed renders a document with a text layer whose first line is series and number.
func (c *company) printed(doc *document, now time.Time) ([]byte, error) {
	face, err := printing()
	if err != nil {
		return nil, err
	}
	made := page{newSheet(face)}
	made.heading(doc)
	made.parties(c, doc.Client)
	made.table(doc)
	made.totals(doc)
	made.footer(c, doc)
	if c.variants.has(PrintsObservations) {
		made.field("Observatii: ", doc.Observations)
	}
	return made.file(now), nil
}

func (p page) heading(doc *document) {
	title := "FACTURA"
	if doc.kind == EstimateSeries {
		title = "FACTURA PROFORMA"
	}
	p.size = smallText
	p.text(doc.reference())
	p.size = largeText
	p.text(title)
	p.size = plainText
	p.text(fmt.Sprintf("Seria %s nr. %s", doc.Series, doc.Number))
	p.field("Data (zi/luna/an): ", romanianDate(doc.IssueDate))
	p.field("Data livrarii: ", romanianDate(doc.DeliveryDate))
	p.field("Termen plata: ", romanianDate(doc.DueDate))
	if doc.reverses != nil {
		p.text(fmt.Sprintf("Storno la factura %s din data %s", doc.Reverses, romanianDate(doc.reverses.IssueDate)))
	}
	if doc.cancelled {
		p.text("ANULATA")
	}
}

func (p page) parties(issuer *company, client Client) {
	p.gap("Furnizor: " + issuer.Name)
	p.field("CIF: ", issuer.CIF)
	p.field("Reg. com.: ", issuer.RegCom)
	p.field("Adresa: ", joined(issuer.Address, issuer.City, issuer.County, "Romania"))
	p.gap("Client: " + client.Name)
	p.field("CIF: ", client.VatCode)
	p.field("Reg. com.: ", client.RegCom)
	p.field("Adresa: ", joined(client.Address, client.City, client.County, client.Country))
	p.field("Persoana de contact: ", client.Contact)
}

func (p page) table(doc *document) {
	p.gap("Linii, valori in " + doc.Currency)
	p.row("Denumire", "U.M.", "Cant.", "Pret unitar", "Valoare", "TVA")
	for _, line := range doc.Lines {
		rate := ""
		if line.TaxName != "" {
			rate = line.TaxPercentage.String() + "%"
		}
		p.row(line.Name, line.Unit, line.Quantity.String(), decimals(line.Price), money(line.Net), rate)
		p.field("  ", line.Description)
	}
}

func (p page) totals(doc *document) {
	p.gap(fmt.Sprintf("Total fara TVA: %s %s", money(doc.Totals.Net), doc.Currency))
	for _, rate := range doc.Totals.Rates {
		if rate.TaxName != "" {
			p.text(fmt.Sprintf("TVA %s %s%%: baza %s, TVA %s",
				rate.TaxName, rate.Percentage, money(rate.Base), money(rate.VAT)))
		}
	}
	p.text(fmt.Sprintf("Total TVA: %s %s", money(doc.Totals.VAT), doc.Currency))
	if doc.Currency != homeCurrency && doc.ExchangeRate.IsPositive() {
		p.text(fmt.Sprintf("Curs: 1 %s = %s RON; TVA: %s RON", doc.Currency, doc.ExchangeRate, money(doc.Totals.VAT.Mul(doc.ExchangeRate))))
	}
	p.text(fmt.Sprintf("Total plata: %s %s", money(doc.Totals.Total), doc.Currency))
}

func (p page) footer(issuer *company, doc *document) {
	p.advance()
	if doc.OnCollection {
		p.text("TVA la incasare")
	}
	if !issuer.hidesMentions {
		p.field("Mentiuni: ", doc.Mentions)
	}
	p.field("Nr aviz: ", doc.Aviz)
	p.size = smallText
	p.text("Document de test, fara valoare fiscala.")
}

func money(value decimal.Decimal) string {
	return value.StringFixed(amountDecimals)
}

// decimals shows a price in full, with two decimals at least.
func decimals(price decimal.Decimal) string {
	return price.StringFixed(max(amountDecimals, -price.Exponent()))
}

func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ", ")
}

// romanianDate turns yyyy-MM-dd into dd/MM/yyyy; what is no date stays as it is.
func romanianDate(date string) string {
	parsed, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return parsed.Format("02/01/2006")
}

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

type pdfFile struct {
	content bytes.Buffer
	offsets []int
}

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

// file is the sheet as a PDF (ISO 32000-1), with a text layer as invoicing services make it: glyphs, and a table of their characters.
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
	f.object("<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R>>", name,
		descendantObject, unicodeObject)
	f.object("<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> "+
		"/FontDescriptor %d 0 R /DW %d /W [0 [%s]] /CIDToGIDMap /Identity>>", name, descriptorObject, missingWidth, face.widthList)
	// The measures are those of fontFile.
	f.object("<</Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [-549 -270 1204 1047] /ItalicAngle 0 /Ascent 1068 /Descent -292 "+
		"/CapHeight 714 /StemV 80 /FontFile2 %d 0 R>>", name, fontFileObject)
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

func (f *pdfFile) end() {
	start := f.content.Len()
	fmt.Fprintf(&f.content, "xref\n0 %d\n0000000000 65535 f \n", len(f.offsets)+1)
	for _, offset := range f.offsets {
		fmt.Fprintf(&f.content, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&f.content, "trailer\n<</Size %d /Root %d 0 R /Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(f.offsets)+1, catalogObject,
		infoObject, start)
}
