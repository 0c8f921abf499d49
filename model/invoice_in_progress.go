package model

import (
	"slices"

	"github.com/shopspring/decimal"
)

// InvoiceInProgress is the invoice that the user is making: the ticked hours, the buyer, and the changes on Review.
type InvoiceInProgress struct {
	Selection Selection    `json:"selection"`
	Buyer     Buyer        `json:"buyer"`
	Edits     InvoiceEdits `json:"edits"`
}

// Tick is a ticked entry. Ticks are kept apart from the rest of the selection: there may be a million.
type Tick struct {
	Fingerprint string
	// Start is when the entry starts, in seconds since 1970, by which it is found at once; 0 when that is not known.
	Start int64
}

// Selection is the state of the Time screen, without the ticks.
type Selection struct {
	// Overridden are the fingerprints of entries that look billed and were ticked on purpose, OverriddenTwins those of twins,
	// OverriddenDoubts those of entries that only Entry.Doubt held back.
	Overridden       []string `json:"insisted,omitempty"`
	OverriddenTwins  []string `json:"insisted_twins,omitempty"`
	OverriddenDoubts []string `json:"insisted_doubts,omitempty"`
	// Free are the lines that bill no tracked hours.
	Free     []FreeLine `json:"free,omitempty"`
	Grouping Grouping   `json:"grouping"`
	// Period is in ParsePeriod's language.
	Period string `json:"period"`
}

// Without leaves out the free lines that stand on an invoice.
func (s Selection) Without(prepared PreparedInvoice) Selection {
	s.Free = slices.DeleteFunc(slices.Clone(s.Free), func(free FreeLine) bool {
		return slices.ContainsFunc(prepared.Lines, func(line Line) bool { return line.Free == free.ID })
	})
	return s
}

// Buyer is what the Bill To screen holds: a client, perhaps not complete yet.
type Buyer struct {
	Client     Client `json:"client"`
	SaveClient bool   `json:"save_client"`
	// Known is the name under which the address book has the client, "" for a new one.
	Known string `json:"known,omitempty"`
	// Typed is what was typed into a field and the client cannot hold, by the field's name: "soon" for the days to pay.
	Typed map[string]string `json:"typed,omitempty"`
}

// InvoiceEdits are the changes that the user made to the invoice on Review. Zero values change nothing.
type InvoiceEdits struct {
	// Note replaces the client's own note when NoteSet, even by nothing.
	Note    string `json:"note"`
	NoteSet bool   `json:"note_set,omitempty"`
	// IssueDate replaces today, DueDate the one that the payment terms give.
	IssueDate Date `json:"issue_date"`
	DueDate   Date `json:"due_date"`
	// Confirmed are the unusual dates among them that the user said are meant.
	Confirmed []Date `json:"confirmed,omitempty"`
	// ConfirmedRates are the rates that the law does not have on the days of the work, and that the user said are meant.
	ConfirmedRates []VATRate `json:"confirmed_rates,omitempty"`
	// Currency replaces the one that the lines share. It converts nothing: lines with another one of their own are refused.
	Currency string `json:"currency,omitempty"`
	// Only bills the lines in this currency where they are in several. The others wait for the next invoice.
	Only string `json:"only,omitempty"`
	// Reason replaces the proposed reason of the VAT. One that is not among Issuer.Treatments is left aside.
	Reason Reason `json:"reason,omitempty"`
	// SupplyDate replaces what client and settings say of the day that decides the VAT of hours, ReportDate the issue date as the day of
	// the report.
	SupplyDate SupplyDate `json:"supply_date,omitempty"`
	ReportDate Date       `json:"report_date,omitzero"`
	// Lei replaces the exchange rate that was looked up: lei for one unit of the invoice's currency.
	Lei      decimal.NullDecimal `json:"lei"`
	Discount Discount            `json:"discount"`
	// Deductions are the advances that the invoice takes off, their IDs below zero.
	Deductions []FreeLine `json:"deductions,omitempty"`
	// Lines replaces what the lines that they name say.
	Lines []LineEdit `json:"lines"`
}

// LineEdit is a changed line, recognised by the entries that it bills or by the number of the free line.
type LineEdit struct {
	Entries []string `json:"entries"`
	Free    int      `json:"free,omitempty"`
	Name    string   `json:"name"`
	Details string   `json:"details"`
	// Quantity and Price replace the computed ones when they are valid.
	Quantity decimal.NullDecimal `json:"quantity"`
	Price    decimal.NullDecimal `json:"price"`
	// VAT replaces the line's own reason of VAT when VATSet, even by none.
	VAT    Reason `json:"vat,omitempty"`
	VATSet bool   `json:"vat_set,omitempty"`
}

func (e LineEdit) changes(line Line) bool {
	if line.Free != 0 || e.Free != 0 {
		return line.Free == e.Free
	}
	return slices.Equal(line.Entries, e.Entries)
}

// apply is the line with the edit on it. It bills the same hours.
func (e LineEdit) apply(line Line) Line {
	if e.Name != "" {
		line.Name, line.Details, line.Cut = e.Name, e.Details, false
	}
	if e.Quantity.Valid {
		line.Retyped = len(line.Entries) > 0 && !e.Quantity.Decimal.Equal(line.Quantity)
		line.Quantity = e.Quantity.Decimal
	}
	if e.Price.Valid {
		line.Price = e.Price.Decimal
	}
	if e.VATSet {
		line.VATReason = e.VAT
	}
	return line.Fitted()
}
