package model

import (
	"cmp"
	"fmt"

	"cadensa/model/text"
)

// Kind is the sort of a document.
type Kind string

// The kinds of documents.
const (
	KindInvoice  Kind = "invoice"
	KindProforma Kind = "proforma"
	KindStorno   Kind = "storno"
)

// PreparedInvoice is an invoice in the making: all that the request to SmartBill is made from, and all that is shown before.
type PreparedInvoice struct {
	Kind Kind `json:"kind"`
	// Unfinished asks SmartBill for a draft of its own, which takes no number.
	Unfinished bool `json:"unfinished"`
	// CIF is the issuing company's code as the account has it.
	CIF    string `json:"cif"`
	Client Client `json:"client"`
	// SaveClient lets SmartBill keep the client among its contacts.
	SaveClient bool   `json:"save_client"`
	Series     string `json:"series"`
	Currency   string `json:"currency"`
	IssueDate  Date   `json:"issue_date"`
	DueDate    Date   `json:"due_date"`
	// Language is what SmartBill prints the document in, "" for the account's own.
	Language string   `json:"language,omitempty"`
	Lines    []Line   `json:"lines"`
	Discount Discount `json:"discount"`
	// Exchange is the rate of a currency other than RON, in which the VAT is due.
	Exchange ExchangeRate `json:"exchange"`
	// Treatment is the VAT of the lines, which carry the resolved tax themselves.
	Treatment Treatment `json:"treatment"`
	// Note is the user's own text for the invoice's mentions.
	Note string `json:"note"`
	// Intent is the reference of this one intent, set when it is issued; PrintIntent puts it into the mentions.
	Intent      string `json:"intent"`
	PrintIntent bool   `json:"print_intent"`
	// PreparedOn is the day on which the draft was made, after which it must not be dated; no date when that is not known.
	PreparedOn Date `json:"-"`
	// Preceding is the issue date of the newest invoice of the series, no date when that is not known.
	Preceding Date `json:"-"`
	// Confirmed are the unusual dates that the user said are meant.
	Confirmed []Date `json:"-"`
	// Hours are the entries that the lines bill, which the ledger keeps beside the invoice.
	Hours []*Entry `json:"-"`
	// Overridden are the fingerprints of hours that looked billed and that the user chose all the same.
	Overridden []string `json:"insisted,omitempty"`
	// Reading is what the sources held when the draft was made, nil when that is not known.
	Reading *SourceReading `json:"-"`
}

// MaxMentions is how many runes of mentions e-Factura takes (BR-RO-L302).
const MaxMentions = 300

// Totals sums the draft's lines, less its discount.
func (d PreparedInvoice) Totals() Totals { return Sum(d.Lines, d.Discounts()...) }

// Precision is how many decimals the document gives its prices: 2, or up to PriceDecimals, so that what is printed multiplies out.
func (d PreparedInvoice) Precision() int32 {
	precision := int32(2)
	for _, line := range d.Lines {
		precision = max(precision, decimals(line.Price))
	}
	return min(precision, PriceDecimals)
}

// AsProforma is the draft as a proforma on the series: it reserves the hours until it is invoiced or given up.
func (d PreparedInvoice) AsProforma(series string) PreparedInvoice {
	d.Kind, d.Series, d.Preceding = KindProforma, series, Date{}
	return d
}

// Entries returns the fingerprints of all hours on the draft, in the order of the lines.
func (d PreparedInvoice) Entries() []string {
	var entries []string
	for _, line := range d.Lines {
		entries = append(entries, line.Entries...)
	}
	return entries
}

// Supply is the range of days on which the draft's hours were worked, open when there are none.
func (d PreparedInvoice) Supply() Period {
	var supply Period
	for _, line := range d.Lines {
		if line.Supply.From.IsZero() {
			continue
		}
		if supply.From.IsZero() || line.Supply.From.Before(supply.From) {
			supply.From = line.Supply.From
		}
		if line.Supply.To.After(supply.To) {
			supply.To = line.Supply.To
		}
	}
	return supply
}

// DeliveryDate is the last day of supply when it is earlier than the issue date, else no date (Cod fiscal art. 319).
func (d PreparedInvoice) DeliveryDate() Date {
	last := d.Supply().To
	if last.IsZero() || !last.Before(d.IssueDate) {
		return Date{}
	}
	return last
}

// Mentions is the text printed on the invoice: the words that the law wants, the user's note, and the reference.
func (d PreparedInvoice) Mentions() string {
	reference := ""
	if d.PrintIntent && d.Intent != "" {
		reference = "Ref: " + d.Intent
	}
	return joinFilled(" | ", text.Collapse(d.Treatment.Mention), text.Collapse(d.Note), reference)
}

// intentLength is the room that the printed reference needs in the mentions.
const intentLength = len(" | Ref: CAD-7F3K4Q")

// Validate finds what keeps the draft from being issued, and what e-Factura would reject later.
func (d PreparedInvoice) Validate() Findings {
	findings := d.Client.Validate()
	d.checkHead(&findings)
	if len(d.Lines) == 0 {
		findings.fail("lines", ruleRequired, FindingNoLines)
	}
	if count := len(d.Lines) + len(d.Discounts()); count > MaxLines {
		findings.fail("lines", "410", FindingTooManyLines, count, MaxLines)
	}
	for i, line := range d.Lines {
		d.checkLine(&findings, i, line)
	}
	return findings
}

func (d PreparedInvoice) checkHead(f *Findings) {
	switch {
	case d.Series == "" && d.Kind == KindProforma:
		f.fail("series", ruleRequired, FindingProformaSeriesMissing)
	case d.Series == "":
		f.fail("series", ruleRequired, FindingSeriesMissing)
	}
	if d.CIF == "" {
		f.fail("cif", ruleRequired, FindingCIFMissing)
	}
	if !IsCurrency(d.Currency) {
		f.fail("currency", "currency", FindingCurrencyUnknown, text.Clean(d.Currency))
	}
	d.checkIssueDate(f)
	d.checkUnusualDates(f)
	switch {
	case d.DueDate.IsZero() && d.Totals().Total.IsPositive():
		f.fail("due_date", "BR-CO-25", FindingDueDateMissing)
	case !d.DueDate.IsZero() && d.DueDate.Before(d.IssueDate):
		f.fail("due_date", "BR-CO-25", FindingDueDateTooEarly)
	}
	room := MaxMentions
	if d.PrintIntent && d.Intent == "" {
		room -= intentLength
	}
	if text.Length(d.Mentions()) > room {
		f.fail("mentions", "BR-RO-L302", FindingMentionsTooLong, room)
	}
	if d.Currency != DefaultCurrency && d.Client.IsRomanian() {
		f.warn("currency", "currency", FindingCurrencyNotLei)
	}
	if usual := d.Client.Currency; usual != "" && usual != d.Currency {
		f.warn("currency", "currency", FindingCurrencyUnusual, usual, d.Currency)
	}
	d.checkExchange(f)
	d.checkDiscount(f)
	d.Treatment.check(f, d.Client)
}

// transmissionDays is within the five working days in which e-Factura wants an invoice after its date (OUG 89/2025).
const transmissionDays = 5

func (d PreparedInvoice) checkIssueDate(f *Findings) {
	const field = "issue_date"
	switch {
	case d.IssueDate.IsZero():
		f.fail(field, ruleRequired, FindingIssueDateMissing)
		return
	case !d.PreparedOn.IsZero() && d.IssueDate.After(d.PreparedOn):
		f.fail(field, "art. 319", FindingIssueDateInFuture, d.IssueDate)
	case d.IssueDate.AddDays(transmissionDays).Before(d.PreparedOn):
		f.warn(field, "OUG 89/2025", FindingIssueDateLate, d.IssueDate)
	}
	if d.Kind != KindProforma && d.IssueDate.Before(d.Preceding) {
		f.warn(field, "art. 319", FindingIssueDateOutOfOrder, d.Preceding)
	}
	if last := d.Supply().To; last.After(d.IssueDate) {
		f.warn(field, "supply", FindingHoursAfterIssueDate, last)
	}
}

func (d PreparedInvoice) checkLine(f *Findings, i int, line Line) {
	field := fmt.Sprintf("lines[%d].", i)
	number := i + 1
	if !text.IsName(line.Name) {
		f.fail(field+"name", ruleRequired, FindingLineNameMissing, number)
	}
	if text.Length(line.Name) > MaxLineName {
		f.fail(field+"name", "BR-RO-L1024", FindingLineNameTooLong, number, MaxLineName)
	}
	if text.Length(line.Details) > MaxLineDetails {
		f.fail(field+"details", "BR-RO-L212", FindingLineDetailsTooLong, number, MaxLineDetails)
	}
	if line.Cut {
		f.warn(field+"name", "BR-RO-L1024", FindingLineCut, number)
	}
	if line.Price.IsNegative() {
		f.fail(field+"price", "BR-27", FindingLinePriceNegative, number)
	}
	if decimals(line.Price) > PriceDecimals {
		f.fail(field+"price", "precision", FindingLinePriceTooPrecise, number, PriceDecimals)
	}
	switch {
	case line.Quantity.IsZero():
		f.fail(field+"quantity", "quantity", FindingLineQuantityZero, number)
	case decimals(line.Quantity) > maxQuantityDecimals:
		f.fail(field+"quantity", "quantity", FindingLineQuantityTooPrecise, number, maxQuantityDecimals)
	case decimals(line.Quantity) > QuantityDecimals:
		f.warn(field+"quantity", "quantity", FindingLineQuantityPrecise, number, QuantityDecimals)
	}
	if line.Retyped {
		f.warn(field+"quantity", "tracked", FindingLineRetyped, number, line.Quantity, line.Unit, line.Tracked)
	}
	if line.Currency != d.Currency {
		f.fail(field+"currency", "currency", FindingLineCurrency, number, line.Currency, d.Currency)
	}
	if line.VAT.IsNone() != (d.Treatment.Setting == "") {
		f.fail(field+"vat", "VAT", FindingLineVATUndecided, number)
	}
	supply := cmp.Or(line.Supply.To, d.IssueDate)
	if lawful := percentOn(line.VAT.Percent, supply); !lawful.Equal(line.VAT.Percent) {
		f.warn(field+"vat", "VAT", FindingLineVATReplaced, number, line.VAT.Percent, supply, lawful)
	}
}
