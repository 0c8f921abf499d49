package sandbox

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// What ANAF would object to, and the service lets through. It is refused only where [Config] asks for that; the words are the
// simulator's own but for those in quotes. Rules named BR-… are those of RO_CIUS 1.0.9 and of EN 16931.
//
// Rules that no request can break here are left out: those about the seller, the numbers and the sums of a document, which the service
// makes, and the exchange rate of another currency (BR-RO-030), for which it takes the National Bank's where none is sent. What a person
// may confirm, such as a rate that the law has replaced, is none of ANAF's rules.

// filing is an invoice as ANAF would see it, and the request that made it.
type filing struct {
	company *company
	request *invoiceRequest
	invoice *document
}

// rule is one that an invoice can break: what it says of a filing, "" where the filing keeps it. The name stands before the words.
type rule struct {
	name   string
	broken func(filing) string
}

// anafRules are the rules for what ANAF gets.
func anafRules() []rule {
	return slices.Concat(buyerRules(), placeRules(), documentRules())
}

// objections are what there is to say against an invoice, empty for nothing. VAT on collection is looked at whatever ANAF gets: the
// words stand on every invoice of a company that applies it.
func objections(filed filing) []string {
	var said []string
	if words := filed.company.objectsToCollection(filed.request, filed.invoice); words != "" {
		said = append(said, words)
	}
	if !filed.isReported() {
		return said
	}
	for _, rule := range anafRules() {
		if words := rule.broken(filed); words != "" {
			said = append(said, "["+rule.name+"] "+words)
		}
	}
	return said
}

// inspect refuses an invoice to which there is an objection.
func (s *Server) inspect(firm *company, request *invoiceRequest, invoice *document) error {
	if !s.config.ANAF {
		return nil
	}
	if said := objections(filing{firm, request, invoice}); len(said) > 0 {
		return refused("ANAF: %s", strings.Join(said, " "))
	}
	return nil
}

// isReported tells whether ANAF gets the invoice: only what is supplied in Romania is reported (OUG 120/2021, OUG 138/2024). A payer's
// service abroad bears no VAT; a company without VAT names the article by which it takes place there.
func (f filing) isReported() bool {
	switch {
	case f.isRomanian():
		return true
	case f.company.VATPayer:
		return f.invoice.isTaxed()
	}
	return !strings.Contains(f.invoice.Mentions, "art. 278")
}

func (f filing) isRomanian() bool { return f.invoice.Client.Country == home }

// home is the country as the service names it.
const home = "Romania"

func (d *document) isTaxed() bool {
	return slices.ContainsFunc(d.Lines, func(line Line) bool { return line.TaxPercentage.IsPositive() })
}

// documentRules are about dates, lines and texts.
func documentRules() []rule {
	return []rule{
		{"BR-CO-25", func(f filing) string {
			return saidIf(f.invoice.DueDate == "" && f.invoice.Totals.Total.IsPositive(), "dueDate lipseste.")
		}},
		{"BR-25", ofLines(func(line Line) string { return missing("name", line.Name) })},
		{"BR-RO-L1024", ofLines(func(line Line) string { return tooLong("name", line.Name, 100) })},
		{"BR-RO-L212", ofLines(func(line Line) string { return tooLong("productDescription", line.Description, 200) })},
		{"BR-27", ofLines(func(line Line) string {
			return saidIf(!line.Discount && line.Price.IsNegative(), "price este negativ.")
		})},
		{"BR-RO-L302", func(f filing) string { return tooLong("mentions", f.invoice.Mentions, 300) }},
		{"BR-RO-L302", func(f filing) string { return tooLong("observations", f.invoice.Observations, 300) }},
	}
}

// ofLines is a rule about each line: what it says of the first that breaks it.
func ofLines(broken func(Line) string) func(filing) string {
	return func(f filing) string {
		for _, line := range f.invoice.Lines {
			if words := broken(line); words != "" {
				return words
			}
		}
		return ""
	}
}

func saidIf(broken bool, words string) string {
	if broken {
		return words
	}
	return ""
}

func missing(field, value string) string {
	return saidIf(collapsed(value) == "", field+" lipseste.")
}

// tooLong counts characters as the rules do: string-length(normalize-space(…)).
func tooLong(field, value string, limit int) string {
	return saidIf(utf8.RuneCountInString(collapsed(value)) > limit, field+" este prea lung.")
}

func collapsed(value string) string { return strings.Join(strings.Fields(value), " ") }

// objectsToCollection holds an invoice to how the company pays its VAT. Services without VAT are never on collection (Cod fiscal
// art. 282(6)); the words are those of art. 319.
func (c *company) objectsToCollection(request *invoiceRequest, invoice *document) string {
	wanted := c.VATOnCollection && c.VATPayer && invoice.isTaxed()
	words := strings.ReplaceAll(strings.ToLower(request.Mentions), "â", "a")
	switch {
	case !wanted && bool(request.UsePaymentTax):
		return "usePaymentTax fara TVA la incasare."
	case !wanted:
		return ""
	case !bool(request.UsePaymentTax):
		return "usePaymentTax lipseste, firma aplica TVA la incasare."
	case request.PaymentBase == nil || request.CollectedTax == nil || request.PaymentTotal == nil:
		return "paymentBase, colectedTax si paymentTotal lipsesc."
	case !strings.Contains(strings.ReplaceAll(words, "î", "i"), "tva la incasare"):
		return "Mentiunea TVA la incasare lipseste."
	}
	return ""
}
