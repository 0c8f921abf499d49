package sandbox

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/shopspring/decimal"
)

// Sizes of the printed page, in millimetres and points.
const (
	lineHeight = 5.5
	smallText  = 9
	plainText  = 10
	largeText  = 16
	typeface   = "Helvetica"
)

// lineColumns are the widths of a line's columns.
var lineColumns = [...]float64{78, 14, 22, 26, 28, 22}

// page writes a document. Its fonts are the reader's own, which have no
// Romanian letters, so those lose their marks; a reference in plain letters
// comes through whole.
type page struct {
	*fpdf.Fpdf

	encode func(string) string
}

// printed renders a document with a text layer whose first line is series and number.
func (c *company) printed(doc *document, now time.Time) ([]byte, error) {
	sheet := page{Fpdf: fpdf.New("P", "mm", "A4", "")}
	sheet.encode = sheet.UnicodeTranslatorFromDescriptor("")
	sheet.SetCreationDate(now)
	sheet.SetModificationDate(now)
	sheet.AddPage()
	sheet.heading(doc)
	sheet.parties(c, doc.Client)
	sheet.table(doc)
	sheet.totals(doc)
	sheet.footer(c, doc)
	if c.variants.has(PrintsObservations) {
		sheet.field("Observatii: ", doc.Observations)
	}
	var file bytes.Buffer
	if err := sheet.Output(&file); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	return file.Bytes(), nil
}

func (p page) heading(doc *document) {
	title := "FACTURA"
	if doc.kind == EstimateSeries {
		title = "FACTURA PROFORMA"
	}
	p.SetFont(typeface, "", smallText)
	p.text(doc.reference())
	p.SetFont(typeface, "B", largeText)
	p.text(title)
	p.SetFont(typeface, "", plainText)
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
	p.SetFont(typeface, "B", plainText)
	p.text(fmt.Sprintf("Total plata: %s %s", money(doc.Totals.Total), doc.Currency))
	p.SetFont(typeface, "", plainText)
}

func (p page) footer(issuer *company, doc *document) {
	p.Ln(lineHeight)
	if !issuer.hidesMentions {
		p.field("Mentiuni: ", doc.Mentions)
	}
	p.field("Nr aviz: ", doc.Aviz)
	p.SetFont(typeface, "", smallText)
	p.text("Document de test, fara valoare fiscala.")
}

// text writes a paragraph over the whole width.
func (p page) text(content string) {
	p.MultiCell(0, lineHeight, p.encode(foldMarks(content)), "", "L", false)
}

// field writes a label with its value, or nothing without one.
func (p page) field(label, value string) {
	if value != "" {
		p.text(label + value)
	}
}

func (p page) gap(content string) {
	p.Ln(lineHeight)
	p.text(content)
}

// row writes a table row; a long first cell wraps and the others follow below it.
func (p page) row(cells ...string) {
	name := p.encode(foldMarks(cells[0]))
	if p.GetStringWidth(name) > lineColumns[0] {
		p.text(cells[0])
		name = ""
	}
	p.CellFormat(lineColumns[0], lineHeight, name, "", 0, "L", false, 0, "")
	for i, cell := range cells[1:] {
		p.CellFormat(lineColumns[i+1], lineHeight, p.encode(foldMarks(cell)), "", 0, "R", false, 0, "")
	}
	p.Ln(lineHeight)
}

func money(value decimal.Decimal) string {
	return value.StringFixed(amountDecimals)
}

// decimals shows a price in full, with two decimals at least.
func decimals(price decimal.Decimal) string {
	return price.StringFixed(max(amountDecimals, -price.Exponent()))
}

func joined(parts ...string) string {
	var filled []string
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, ", ")
}

// romanianDate turns yyyy-MM-dd into dd/MM/yyyy; what is no date stays as it is.
func romanianDate(date string) string {
	parsed, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return parsed.Format("02/01/2006")
}

// foldMarks writes the letters of Romanian, Hungarian and Polish that the
// page's fonts lack without their marks.
func foldMarks(text string) string {
	return strings.NewReplacer(
		"ă", "a", "â", "a", "î", "i", "ș", "s", "ş", "s", "ț", "t", "ţ", "t",
		"Ă", "A", "Â", "A", "Î", "I", "Ș", "S", "Ş", "S", "Ț", "T", "Ţ", "T",
		"ő", "ö", "ű", "ü", "Ő", "Ö", "Ű", "Ü",
		"ą", "a", "ć", "c", "ę", "e", "ł", "l", "ń", "n", "ś", "s", "ź", "z", "ż", "z",
		"Ą", "A", "Ć", "C", "Ę", "E", "Ł", "L", "Ń", "N", "Ś", "S", "Ź", "Z", "Ż", "Z",
	).Replace(text)
}
