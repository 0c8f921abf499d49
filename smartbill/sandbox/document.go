package sandbox

import (
	"encoding/json"
	"slices"

	"github.com/shopspring/decimal"
)

// State is what has become of a document.
type State string

// A document is in one of these states.
const (
	StateDraft     State = "draft"     // without a number
	StateIssued    State = "issued"    // numbered and valid
	StateCancelled State = "cancelled" // keeps its number
	StateReversed  State = "reversed"  // a storno undoes it
	StateStorno    State = "storno"    // undoes another
)

// Document is an invoice or a proforma as the service keeps it: a copy that
// its holder may change.
type Document struct {
	CIF          string
	Series       string
	Number       string // padded to four digits; empty for a draft
	DocumentID   int
	State        State
	IssueDate    string // yyyy-MM-dd, as the dates below
	DueDate      string
	DeliveryDate string
	Currency     string
	// ExchangeRate is what the request gave a unit of the currency in lei, zero if it gave none.
	ExchangeRate decimal.Decimal
	Client       Client
	Lines        []Line
	Totals       Totals
	Paid         decimal.Decimal
	Mentions     string
	Aviz         string
	Observations string
	// Reverses is series and number, without a space, of the document that a
	// storno undoes.
	Reverses string
	// MadeFrom is series and number, without a space, of the proforma that an
	// invoice was made from.
	MadeFrom string
	// Request is the body that created it; nil if no API call did.
	Request json.RawMessage
}

// Client is the buyer as printed.
type Client struct {
	Name, VatCode, RegCom       string
	Address, City, County       string
	Country, Contact, Email     string
	Phone, IBAN, Bank           string
	IsTaxPayer, SavedToDatabase bool
}

// wording is how the service's texts and paths call a kind of document.
type wording struct {
	nominative, genitive string
	products             string
	path                 string
}

func words(kind SeriesType) wording {
	if kind == EstimateSeries {
		return wording{"Proforma", "proformei", "estimateProducts", "proforma"}
	}
	return wording{"Factura", "facturii", "invoiceProducts", "factura"}
}

// document is the living state behind a Document.
type document struct {
	Document

	kind       SeriesType
	precision  int32 // the decimals of its prices
	cancelled  bool
	reverses   *document
	reversedBy *document
	estimate   *document // that it was made from
}

func (d *document) state() State {
	switch {
	case d.cancelled:
		return StateCancelled
	case d.Number == "":
		return StateDraft
	case d.reverses != nil:
		return StateStorno
	case d.isReversed():
		return StateReversed
	default:
		return StateIssued
	}
}

// isReversed is false again once the storno itself is cancelled.
func (d *document) isReversed() bool {
	return d.reversedBy != nil && !d.reversedBy.cancelled
}

// reference is series and number as the service's texts write them.
func (d *document) reference() string {
	return d.Series + d.Number
}

// snapshot copies the document for a caller outside the lock.
func (c *company) snapshot(d *document) Document {
	copied := d.Document
	copied.State = d.state()
	copied.Paid = c.paid(d)
	copied.Lines = slices.Clone(d.Lines)
	copied.Totals.Rates = slices.Clone(d.Totals.Rates)
	copied.Request = slices.Clone(d.Request)
	if d.estimate != nil {
		copied.MadeFrom = d.estimate.reference()
	}
	return copied
}
