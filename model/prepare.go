package model

import (
	"cmp"
	"slices"
	"time"
)

// Preparation is everything that a draft is made from.
type Preparation struct {
	Preferences Preferences
	Account     Account
	Buyer       Buyer
	// Hours are the entries to bill, in any order.
	Hours []Entry
	// Free are lines that bill no hours.
	Free     []FreeLine
	Grouping Grouping
	Edits    DraftEdits
	// Rates are the newest exchange rates before the day that counts, empty when they are not known.
	Rates ExchangeRates
	// Today is the day of issue, in the issuer's zone, which is Location.
	Today    Date
	Location *time.Location
}

// Draft composes the lines, chooses the VAT and fills in the terms. It fails with ErrNoRule or ErrVATRateMissing; what
// else is wrong is for Validate to find.
func (p Preparation) Draft() (Draft, error) {
	client := p.Buyer.Client.Cleaned()
	treatment := client.Treatment(p.Preferences.Issuer)
	composer := Composer{
		Rules: NewRules(p.Preferences.Rules), Grouping: p.Grouping, Location: p.Location,
		RateOn: func(supply Date) (VATRate, error) { return treatment.RateOn(p.Account.KnownRates(), supply) },
	}
	lines, err := composer.Compose(p.Hours)
	if err != nil {
		return Draft{}, err
	}
	draft := Draft{
		Kind: KindInvoice, CIF: p.Preferences.CIF, Client: client, SaveClient: p.Buyer.SaveClient,
		Series: p.Preferences.Series, Currency: p.currency(lines), IssueDate: p.Today,
		DueDate: p.Today.AddDays(p.termsDays(client)), Lines: p.edited(lines), Treatment: treatment,
		Language: client.Language, Note: cmp.Or(p.Edits.Note, client.Note), PrintIntent: p.Preferences.PrintIntent, Hours: p.Hours,
	}
	if !p.Edits.DueDate.IsZero() {
		draft.DueDate = p.Edits.DueDate
	}
	return draft, nil
}

// termsDays is the client's own time to pay, or else that of the settings.
func (p Preparation) termsDays(client Client) int {
	if days := client.PaymentTermsDays; days != nil {
		return *days
	}
	return p.Preferences.PaymentTermsDays
}

// currency is the lines' own when they share one, else the settings'.
func (p Preparation) currency(lines []Line) string {
	if len(lines) == 0 {
		return p.Preferences.Currency
	}
	first := lines[0].Currency
	if slices.ContainsFunc(lines, func(line Line) bool { return line.Currency != first }) {
		return p.Preferences.Currency
	}
	return first
}

// edited puts the user's texts onto the lines that bill the same entries.
func (p Preparation) edited(lines []Line) []Line {
	for _, edit := range p.Edits.Lines {
		for i := range lines {
			if slices.Equal(lines[i].Entries, edit.Entries) {
				lines[i].Name, lines[i].Details, lines[i].Cut = edit.Name, edit.Details, false
				lines[i] = lines[i].Fitted()
			}
		}
	}
	return lines
}
