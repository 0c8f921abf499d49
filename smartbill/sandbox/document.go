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
	// OnCollection prints that the VAT is due on collection.
	OnCollection bool
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

// Client is the buyer, as a request names it and as it is printed.
type Client struct {
	Name    string `json:"name"`
	VatCode string `json:"vatCode"`
	RegCom  string `json:"regCom"`
	Address string `json:"address"`
	City    string `json:"city"`
	County  string `json:"county"`
	Country string `json:"country"`
	Contact string `json:"contact"`
	Email   string `json:"email"`
	Phone   string `json:"phone"`
	IBAN    string `json:"iban"`
	Bank    string `json:"bank"`
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

// setCancelled answers PUT …/cancel and …/restore. To do either twice is no error.
func (s *Server) setCancelled(kind SeriesType, cancelled bool) operation {
	changed, unchanged := "%s cu seria si numarul %s a fost restaurata cu succes.", "%s %s nu necesita restaurare."
	if cancelled {
		changed, unchanged = "%s cu seria si numarul %s a fost anulata cu succes.", "%s %s este deja anulata."
	}
	return func(c *call) (any, error) {
		_, doc, err := s.queriedDocument(c, kind)
		if err != nil {
			return nil, err
		}
		if doc.cancelled == cancelled {
			return done(unchanged, doc), nil
		}
		doc.cancelled = cancelled
		return done(changed, doc), nil
	}
}

// remove answers DELETE: the last of a series goes, and its number is free. For proformas only the older description says so.
func (s *Server) remove(kind SeriesType) operation {
	return func(c *call) (any, error) {
		firm, doc, err := s.queriedDocument(c, kind)
		switch {
		case err != nil:
			return nil, err
		case firm.isLast(doc):
			firm.forget(doc)
			return done("%s cu seria si numarul %s a fost stearsa cu succes.", doc), nil
		case c.variants.has(RefusesDeletionWith400):
			return nil, refused("Documentul cu seria si numarul %s nu este ultimul din serie!", doc.reference())
		}
		return nil, refusedWith(http.StatusForbidden, fmt.Sprintf(
			"Nu poti sterge documentul cu seria si numarul %s %s, deoarece nu este ultimul din serie!", doc.Series, doc.Number))
	}
}

func done(format string, doc *document) envelope {
	return envelope{Message: fmt.Sprintf(format, words(doc.kind).nominative, doc.reference())}
}

// queriedDocument finds the document of cif, seriesname and number. Case matters: seriesName is as good as none.
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

func (a *account) hideDocuments(hidden bool) {
	for _, firm := range a.companies {
		firm.findsNothing = hidden
	}
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
