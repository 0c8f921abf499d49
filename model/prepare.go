package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Preparation is everything that an invoice is made from.
type Preparation struct {
	Preferences Preferences
	Account     Account
	Buyer       Buyer
	// Hours are the entries to bill, in any order.
	Hours []*Entry
	// Overridden are the fingerprints of entries that look billed and were chosen deliberately, among the hours or not.
	Overridden []string
	// Free are lines that bill no hours.
	Free     []FreeLine
	Grouping Grouping
	Edits    InvoiceEdits
	// Rates are the newest exchange rates before IssueDate, empty when they are not known.
	Rates ExchangeRates
	// Preceding is the issue date of the newest invoice of the series, no date when that is not known.
	Preceding Date
	// Invoiced are the company's documents of the calendar year of IssueDate, among others; nil while they are not known.
	Invoiced []Invoice
	// Today is the day on which the invoice is made, in the issuer's zone, which is Location.
	Today    Date
	Location *time.Location
}

// IssueDate is the day that the invoice will bear.
func (p Preparation) IssueDate() Date { return cmp.Or(p.Edits.IssueDate, p.Today) }

// Treatment is the VAT of the invoice, by the user's reason where it makes sense for the client, else by Client.Treatment.
func (p Preparation) Treatment() Treatment {
	issuer, client := p.Preferences.Issuer, p.Buyer.Client.Cleaned()
	if chosen, found := issuer.TreatmentBy(p.Edits.Reason, client); found {
		return chosen
	}
	return client.Treatment(issuer)
}

// Invoice composes the lines, chooses the VAT and fills in the terms: ErrNoRule, ErrVATRateMissing. Validate finds what else is wrong.
func (p Preparation) Invoice() (PreparedInvoice, error) {
	client, treatment := p.Buyer.Client.Cleaned(), p.Treatment()
	lines, err := p.lines(treatment)
	if err != nil {
		return PreparedInvoice{}, err
	}
	lines, later := p.inTurn(lines)
	if len(later) > 0 {
		p.Hours = hoursOf(lines, p.Hours)
	}
	currency := p.currency(lines)
	decides, report := p.supply()
	prepared := PreparedInvoice{
		Kind: KindInvoice, CIF: p.Preferences.CIF, Client: client, SaveClient: p.Buyer.SaveClient,
		Series: p.Preferences.Series, Currency: currency, IssueDate: p.IssueDate(),
		DueDate: cmp.Or(p.Edits.DueDate, p.IssueDate().AddDays(p.termsDays(client))), Lines: lines, Later: netsOf(later, p.Preferences.Currency),
		Discount: p.Edits.Discount,
		Exchange: p.exchange(currency), SupplyDate: decides, ReportDate: report, Treatment: treatment,
		Language: client.Language, Note: client.Note,
		PrintIntent: p.Preferences.PrintIntent, UnitNames: p.Preferences.UnitNames, QuantityDecimals: p.quantityDecimals(), PreparedOn: p.Today,
		Preceding: p.Preceding, Confirmed: p.Edits.Confirmed, ConfirmedRates: p.Edits.ConfirmedRates, Hours: p.Hours, Overridden: p.overridden(),
		ForeignHours: ForeignTo(client, Owned(HoursByClient(p.Hours), p.Preferences.Clients)),
		Turnover:     p.Preferences.Issuer.CheckTurnover(p.IssueDate(), p.Invoiced),
	}
	if p.Edits.NoteSet || p.Edits.Note != "" {
		prepared.Note = p.Edits.Note
	}
	return prepared, nil
}

// overridden are the hours that look billed and that the user chose all the same.
func (p Preparation) overridden() []string {
	if len(p.Overridden) == 0 {
		return nil
	}
	var overridden []string
	for _, entry := range p.Hours {
		if slices.Contains(p.Overridden, entry.Fingerprint) {
			overridden = append(overridden, entry.Fingerprint)
		}
	}
	return overridden
}

// lines are the lines of the hours, then the free lines, as the user changed them.
func (p Preparation) lines(treatment Treatment) ([]Line, error) {
	rates := p.Account.KnownRates()
	rateOn := func(supply Date) (VATRate, error) { return treatment.RateOn(rates, supply) }
	composer := Composer{
		Rules: NewRules(p.Preferences.Rules), Grouping: p.Grouping, Texts: p.Preferences.LineTexts, Decimals: p.quantityDecimals(),
		Location: p.Location, RateOn: rateOn,
	}
	if _, report := p.supply(); !report.IsZero() {
		composer.RateOn = func(Date) (VATRate, error) { return rateOn(report) }
	}
	lines, err := composer.Compose(p.Hours)
	if err != nil {
		return nil, err
	}
	currency := p.currency(lines)
	for _, free := range slices.Concat(p.Free, p.Edits.Deductions) {
		lines = append(lines, free.line(currency))
	}
	client := p.Buyer.Client.Cleaned()
	for i := range lines {
		lines[i] = p.edited(lines[i])
		lines[i].Treatment = p.Preferences.Issuer.lineTreatment(lines[i].VATReason, treatment, client)
		if lines[i], err = p.taxed(lines[i], treatment); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// taxed is the line with the tax of its own treatment, or of the invoice's. Lines of hours bear that already; what is taken off bears
// what it bore.
func (p Preparation) taxed(line Line, treatment Treatment) (Line, error) {
	if line.Reverses != nil || line.Free == 0 && line.Treatment == nil {
		return line, nil
	}
	supplied := p.IssueDate()
	if line.Free == 0 {
		if _, report := p.supply(); report.IsZero() {
			supplied = line.Supply.To
		} else {
			supplied = report
		}
	}
	if line.Treatment != nil {
		treatment = *line.Treatment
	}
	rate, err := treatment.RateOn(p.Account.KnownRates(), supplied)
	if err != nil {
		return line, fmt.Errorf("VAT of %s: %w", supplied, err)
	}
	line.VAT = rate
	return line, nil
}

func (p Preparation) quantityDecimals() int { return p.Preferences.QuantityDecimals.Of(p.Buyer.Client) }

// termsDays is the client's own time to pay, or else that of the settings. Validate refuses a wrong one.
func (p Preparation) termsDays(client Client) int {
	if days := client.PaymentTermsDays; days != nil && *days >= 0 {
		return *days
	}
	return p.Preferences.PaymentTermsDays
}

// currency is the one that the user chose, or the lines' own when they share one, or else the settings'.
func (p Preparation) currency(lines []Line) string {
	if p.Edits.Currency != "" {
		return p.Edits.Currency
	}
	if len(lines) == 0 {
		return p.Preferences.Currency
	}
	first := lines[0].Currency
	if slices.ContainsFunc(lines, func(line Line) bool { return line.Currency != first }) {
		return p.Preferences.Currency
	}
	return first
}

func (p Preparation) edited(line Line) Line {
	for _, edit := range p.Edits.Lines {
		if edit.changes(line) {
			line = edit.apply(line)
		}
	}
	return line
}
