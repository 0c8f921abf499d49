package model

import (
	"cmp"
	"fmt"
	"strings"

	"cadensa/model/text"
)

// Kind is the sort of a document.
type Kind string

// The kinds of documents.
const (
	KindInvoice  Kind = "invoice"
	KindProforma Kind = "proforma"
	KindStorno   Kind = "storno"
	// KindPartialStorno takes back a part of an invoice, by lines with minus.
	KindPartialStorno Kind = "partial-storno"
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
	Language string `json:"language,omitempty"`
	Lines    []Line `json:"lines"`
	// Later is what lines in other currencies come to that wait for the next invoice.
	Later []CurrencyNet `json:"-"`
	// UnitNames are the account's own names of the lines' units.
	UnitNames UnitNames `json:"unit_names,omitempty"`
	Discount  Discount  `json:"discount"`
	// Exchange is the rate of a currency other than RON, in which the VAT is due.
	Exchange ExchangeRate `json:"exchange"`
	// SupplyDate says which day decides the VAT of the hours, "" while nobody did; ReportDate is the day of the report where that decides.
	SupplyDate SupplyDate `json:"supply_date,omitempty"`
	ReportDate Date       `json:"report_date,omitzero"`
	// Treatment is the VAT of the lines that have none of their own. They all carry the resolved tax.
	Treatment Treatment `json:"treatment"`
	// Original is the invoice that a partial storno corrects, nil for other documents.
	Original *OriginalInvoice `json:"original,omitempty"`
	// Note is the user's own text for the invoice's mentions.
	Note string `json:"note"`
	// Intent is the reference of this one intent, set when it is issued; PrintIntent puts it into the mentions.
	Intent      string `json:"intent"`
	PrintIntent bool   `json:"print_intent"`
	// QuantityDecimals is how many decimals its user wants in quantities, 0 for DefaultQuantityDecimals.
	QuantityDecimals int `json:"-"`
	// PreparedOn is the day on which the invoice was prepared, after which it must not be dated; no date when that is not known.
	PreparedOn Date `json:"-"`
	// Preceding is the issue date of the newest invoice of the series, no date when that is not known.
	Preceding Date `json:"-"`
	// Turnover is what was invoiced before in the calendar year of the issue date, nil where the issuer has no threshold to watch.
	Turnover *TurnoverCheck `json:"-"`
	// Confirmed are the unusual dates that the user said are meant.
	Confirmed []Date `json:"-"`
	// ConfirmedRates are the rates that the law does not have on the days of the work, and that the user said are meant.
	ConfirmedRates []VATRate `json:"-"`
	// Hours are the entries that the lines bill, which the ledger keeps beside the invoice.
	Hours []*Entry `json:"-"`
	// ForeignHours are those among them that belong to another client.
	ForeignHours []OwnedHours `json:"-"`
	// Overridden are the fingerprints of hours that looked billed and that the user chose all the same.
	Overridden []string `json:"insisted,omitempty"`
	// Reading is what the sources held when the invoice was prepared, nil when that is not known.
	Reading *SourceReading `json:"-"`
}

// MaxMentions is how many runes of mentions e-Factura takes (BR-RO-L302).
const MaxMentions = 300

// Totals sums the invoice's lines, less its discount.
func (p PreparedInvoice) Totals() Totals { return Sum(p.Lines, p.Discounts()...) }

// Precision is how many decimals the document gives its prices: 2, or up to PriceDecimals, so that what is printed multiplies out.
func (p PreparedInvoice) Precision() int32 {
	precision := int32(2)
	for _, line := range p.Lines {
		precision = max(precision, decimals(line.Price))
	}
	return min(precision, PriceDecimals)
}

// AsProforma is the invoice as a proforma on the series: it reserves the hours until it is invoiced or given up.
func (p PreparedInvoice) AsProforma(series string) PreparedInvoice {
	p.Kind, p.Series, p.Preceding = KindProforma, series, Date{}
	return p
}

// Entries returns the fingerprints of all hours on the invoice, in the order of the lines.
func (p PreparedInvoice) Entries() []string {
	var entries []string
	for _, line := range p.Lines {
		entries = append(entries, line.Entries...)
	}
	return entries
}

// Supply is the range of days on which the invoice's hours were worked, open when there are none.
func (p PreparedInvoice) Supply() Period {
	var supply Period
	for _, line := range p.Lines {
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
func (p PreparedInvoice) DeliveryDate() Date {
	last := p.LastSupply()
	if last.IsZero() || !last.Before(p.IssueDate) {
		return Date{}
	}
	return last
}

// Mentions is the text printed on the invoice: the words that the law wants, the invoice that it corrects, the user's note, and the
// reference.
func (p PreparedInvoice) Mentions() string {
	reference, corrects := "", ""
	if p.Original != nil {
		corrects = p.Original.mention()
	}
	if p.PrintIntent && p.Intent != "" {
		reference = "Ref: " + p.Intent
	}
	law := p.lawsWords()
	if corrects != "" && text.Length(joinFilled(" | ", law, corrects, reference)) > p.mentionsRoom() {
		// The invoice that it names bears the words of every exemption.
		law = ""
		if p.IsOnCollection() {
			law = mentionOnCollection
		}
	}
	return joinFilled(" | ", law, corrects, text.Collapse(p.Note), reference)
}

// intentLength is the room that the printed reference needs in the mentions.
const intentLength = len(" | Ref: CAD-7F3K4Q")

// mentionsRoom is how long the mentions may be, less the reference where that is printed and not drawn yet.
func (p PreparedInvoice) mentionsRoom() int {
	if p.PrintIntent && p.Intent == "" {
		return MaxMentions - intentLength
	}
	return MaxMentions
}

// Validate finds what keeps the invoice from being issued, and what e-Factura would reject later.
func (p PreparedInvoice) Validate() Findings {
	findings := p.Client.ValidateFor(p.CIF)
	if finding, found := FindForeign(p.Client, p.ForeignHours); found {
		findings = append(findings, finding)
	}
	p.checkHead(&findings)
	if len(p.Lines) == 0 {
		findings.fail("lines", ruleRequired, FindingNoLines)
	}
	if count := len(p.Lines) + len(p.Discounts()); count > MaxLines {
		findings.fail("lines", "410", FindingTooManyLines, count, MaxLines)
	}
	p.checkCurrencies(&findings)
	for i, line := range p.Lines {
		p.checkLine(&findings, i, line)
	}
	return findings
}

func (p PreparedInvoice) checkHead(f *Findings) {
	switch {
	case p.Series == "" && p.Kind == KindProforma:
		f.fail("series", ruleRequired, FindingProformaSeriesMissing)
	case p.Series == "":
		f.fail("series", ruleRequired, FindingSeriesMissing)
	}
	if p.Kind != KindPartialStorno && p.Totals().Total.IsNegative() {
		f.fail("lines", "art. 330", FindingTotalNegative, p.Totals().Total)
	}
	if p.CIF == "" {
		f.fail("cif", ruleRequired, FindingCIFMissing)
	}
	if !IsCurrency(p.Currency) {
		f.fail("currency", "currency", FindingCurrencyUnknown, text.Clean(p.Currency))
	}
	p.checkIssueDate(f)
	p.checkUnusualDates(f)
	p.checkSupplyDate(f)
	switch {
	case p.DueDate.IsZero() && p.Totals().Total.IsPositive():
		f.fail("due_date", "BR-CO-25", FindingDueDateMissing)
	case !p.DueDate.IsZero() && p.DueDate.Before(p.IssueDate):
		f.fail("due_date", "BR-CO-25", FindingDueDateTooEarly)
	}
	if room := p.mentionsRoom(); text.Length(p.Mentions()) > room {
		f.fail("mentions", "BR-RO-L302", FindingMentionsTooLong, room)
	}
	if p.Currency != DefaultCurrency && p.Client.IsRomanian() {
		f.warn("currency", "currency", FindingCurrencyNotLei)
	}
	if usual := p.Client.Currency; usual != "" && usual != p.Currency {
		f.warn("currency", "currency", FindingCurrencyUnusual, usual, p.Currency)
	}
	p.checkExchange(f)
	p.checkDiscount(f)
	p.checkTurnover(f)
	p.Treatment.check(f, p.Client)
	p.checkTreatments(f)
}

func (p PreparedInvoice) checkIssueDate(f *Findings) {
	const field = "issue_date"
	switch {
	case p.IssueDate.IsZero():
		f.fail(field, ruleRequired, FindingIssueDateMissing)
		return
	case !p.PreparedOn.IsZero() && p.IssueDate.After(p.PreparedOn):
		f.fail(field, "art. 319", FindingIssueDateInFuture, p.IssueDate)
	case TransmissionDeadline(p.IssueDate).Before(p.PreparedOn):
		f.warn(field, "OUG 89/2025", FindingIssueDateLate, p.IssueDate, TransmissionDeadline(p.IssueDate))
	}
	if p.Kind != KindProforma && p.IssueDate.Before(p.Preceding) {
		f.warn(field, "art. 319", FindingIssueDateOutOfOrder, p.Preceding)
	}
	if last := p.Supply().To; last.After(p.IssueDate) {
		f.warn(field, "supply", FindingHoursAfterIssueDate, last)
	}
}

func (p PreparedInvoice) checkLine(f *Findings, i int, line Line) {
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
	if len(line.Entries) > 0 && line.Details == "" && len(strings.Fields(line.Name)) == 1 {
		f.warn(field+"name", "art. 319", FindingLineOfOneWord, number, line.Name)
	}
	if line.Price.IsNegative() {
		f.fail(field+"price", "BR-27", FindingLinePriceNegative, number)
	}
	if decimals(line.Price) > PriceDecimals {
		f.fail(field+"price", "precision", FindingLinePriceTooPrecise, number, PriceDecimals)
	}
	switch wanted := cmp.Or(p.QuantityDecimals, DefaultQuantityDecimals); {
	case line.Quantity.IsZero():
		f.fail(field+"quantity", "quantity", FindingLineQuantityZero, number)
	case decimals(line.Quantity) > MaxQuantityDecimals:
		f.fail(field+"quantity", "quantity", FindingLineQuantityTooPrecise, number, MaxQuantityDecimals)
	case int(decimals(line.Quantity)) > wanted:
		f.warn(field+"quantity", "quantity", FindingLineQuantityPrecise, number, wanted)
	}
	if line.Retyped {
		f.warn(field+"quantity", "tracked", FindingLineRetyped, number, line.Quantity, line.Unit, line.Tracked)
	}
	if line.VAT.IsNone() != (p.TreatmentOf(line).Setting == "") {
		f.fail(field+"vat", "VAT", FindingLineVATUndecided, number)
	}
	p.checkLineTreatment(f, field+"vat", number, line)
	p.checkLineRate(f, i, line)
	p.checkDeduction(f, i, line)
}
