package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

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

// Document is an invoice or a proforma as the service keeps it: a copy that its holder may change.
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
	// Reverses is series and number, without a space, of the document that a storno undoes.
	Reverses string
	// MadeFrom is series and number, without a space, of the proforma that an invoice was made from.
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

// cancel answers PUT …/cancel; cancelling twice is no error.
func (s *Server) cancel(kind SeriesType) func(*call) answer {
	return func(c *call) answer {
		_, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return c.failure(err, plainShape)
		}
		if doc.cancelled {
			return done("%s %s este deja anulata.", doc)
		}
		doc.cancelled = true
		return done("%s cu seria si numarul %s a fost anulata cu succes.", doc)
	}
}

// restore answers PUT …/restore; restoring twice is no error.
func (s *Server) restore(kind SeriesType) func(*call) answer {
	return func(c *call) answer {
		_, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return c.failure(err, plainShape)
		}
		if !doc.cancelled {
			return done("%s %s nu necesita restaurare.", doc)
		}
		doc.cancelled = false
		return done("%s cu seria si numarul %s a fost restaurata cu succes.", doc)
	}
}

// remove answers DELETE: the last of a series goes, and its number is free again. That this holds for proformas too is
// only said by the older description.
func (s *Server) remove(kind SeriesType) func(*call) answer {
	return func(c *call) answer {
		firm, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return c.failure(err, plainShape)
		}
		if !firm.isLast(doc) {
			return c.failure(c.notLast(doc.Series, doc.Number), plainShape)
		}
		firm.forget(doc)
		return done("%s cu seria si numarul %s a fost stearsa cu succes.", doc)
	}
}

func (c *call) notLast(series, number string) error {
	if c.variants.has(RefusesDeletionWith400) {
		return refused("Documentul cu seria si numarul %s nu este ultimul din serie!", series+number)
	}
	return refusedWith(http.StatusForbidden, fmt.Sprintf(
		"Nu poti sterge documentul cu seria si numarul %s %s, deoarece nu este ultimul din serie!", series, number))
}

func done(format string, doc *document) answer {
	return jsonAnswer(http.StatusOK, envelope{Message: fmt.Sprintf(format, words(doc.kind).nominative, doc.reference())})
}

// queriedDocument finds the document that cif, seriesname and number name. The
// parameters are case-sensitive: seriesName is as good as none.
func (s *Server) queriedDocument(c *call, kind SeriesType) (*company, *document, error) {
	firm, err := s.queriedCompany(c)
	if err != nil {
		return nil, nil, err
	}
	number, series, called := c.query.Get("number"), c.query.Get("seriesname"), words(kind)
	switch {
	case number == "":
		return nil, nil, refused("Numarul %s trebuie specificat in url in parametrul 'number'!", called.genitive)
	case series == "":
		return nil, nil, refused("Seria %s trebuie specificata in url in parametrul 'seriesname'!", called.genitive)
	}
	doc := firm.find(kind, series, number)
	if doc == nil {
		return nil, nil, refused("%s cu seria si numarul %s nu a fost gasita!", called.nominative, series+number)
	}
	return firm, doc, nil
}

// hideDocuments lets the companies find no document until the returned function is called.
func (a *account) hideDocuments() (show func()) {
	set := func(hidden bool) {
		for _, firm := range a.companies {
			firm.findsNothing = hidden
		}
	}
	set(true)
	return func() { set(false) }
}

func (c *company) isLast(doc *document) bool {
	number, err := strconv.Atoi(doc.Number)
	return err == nil && number == c.series(doc.Series, doc.kind).NextNumber-1
}

// last is the document that has the last number of a series, nil if there is none.
func (c *company) last(kind SeriesType, series string) *document {
	for _, doc := range c.documents {
		if doc.kind == kind && doc.Series == series && c.isLast(doc) {
			return doc
		}
	}
	return nil
}

// forget removes a document and what was paid for it. The last of a series gives its number back.
func (c *company) forget(doc *document) {
	if c.isLast(doc) {
		c.series(doc.Series, doc.kind).NextNumber--
	}
	c.documents = slices.DeleteFunc(c.documents, func(kept *document) bool { return kept == doc })
	for _, kept := range c.payments {
		kept.shares = slices.DeleteFunc(kept.shares, func(part share) bool { return part.invoice == doc })
	}
	if doc.reverses != nil && doc.reverses.reversedBy == doc {
		doc.reverses.reversedBy = nil
	}
}
