package sandbox

import (
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// page lays a document out.
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
