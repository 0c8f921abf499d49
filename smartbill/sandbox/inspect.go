package sandbox

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// ErrUnknown is a company, series, number or draft that the service does not have.
var ErrUnknown = errors.New("unknown to the sandbox")

// Foreign is an invoice that somebody issues on the web, beside the API.
type Foreign struct {
	Series string // of type f
	Client string // a name; empty means "Client din web SRL"
	// Net is the amount before VAT, at the company's first rate if it pays VAT.
	Net      decimal.Decimal
	Mentions string
}

// Invoices are copies of all invoices of all companies, drafts and stornos
// among them, in the order in which each company made them.
func (s *Server) Invoices() []Document { return s.documents(InvoiceSeries) }

// Estimates are Invoices for proformas.
func (s *Server) Estimates() []Document { return s.documents(EstimateSeries) }

func (s *Server) documents(kind SeriesType) []Document {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Document
	for _, owner := range s.accounts {
		for _, firm := range owner.companies {
			for _, doc := range firm.documents {
				if doc.kind == kind {
					found = append(found, firm.snapshot(doc))
				}
			}
		}
	}
	return found
}

// Series are the series of a company with their next numbers; none if the
// company is unknown.
func (s *Server) Series(cif string) []Series {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return nil
	}
	return slices.Clone(firm.Series)
}

// SetNextNumber moves a series' counter, as its settings on the web can.
func (s *Server) SetNextNumber(cif, series string, kind SeriesType, next int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return err
	}
	found := firm.series(series, kind)
	if found == nil {
		return fmt.Errorf("series %s: %w", series, ErrUnknown)
	}
	found.NextNumber = next
	return nil
}

// IssueForeign issues an invoice as a user of the web interface does.
func (s *Server) IssueForeign(cif string, foreign Foreign) (Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return Document{}, err
	}
	if firm.series(foreign.Series, InvoiceSeries) == nil {
		return Document{}, fmt.Errorf("series %s: %w", foreign.Series, ErrUnknown)
	}
	line := Line{Name: "Servicii", Unit: "buc", Quantity: decimal.NewFromInt(1), Price: foreign.Net}
	if firm.VATPayer && len(firm.Taxes) > 0 {
		line.TaxName, line.TaxPercentage = firm.Taxes[0].Name, firm.Taxes[0].Percentage
	}
	line.settle(foreign.Net)
	lines := []Line{line}
	invoice := &document{kind: InvoiceSeries, Document: Document{
		CIF: cif, Series: foreign.Series, IssueDate: s.today(), Currency: homeCurrency,
		Client: Client{Name: orDefault(foreign.Client, "Client din web SRL"), Country: "Romania"},
		Lines:  lines, Totals: addUp(lines), Mentions: foreign.Mentions,
	}}
	s.file(firm, invoice, false)
	return firm.snapshot(invoice), nil
}

// ConvertForeign makes an invoice of a proforma as a user of the web interface
// does.
func (s *Server) ConvertForeign(cif, series, estimateSeries, estimateNumber string) (Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return Document{}, err
	}
	if firm.series(series, InvoiceSeries) == nil {
		return Document{}, fmt.Errorf("series %s: %w", series, ErrUnknown)
	}
	invoice := &document{kind: InvoiceSeries, Document: Document{CIF: cif, Series: series, IssueDate: s.today()}}
	if err := firm.copyEstimate(invoice, &estimateReference{SeriesName: estimateSeries, Number: estimateNumber}); err != nil {
		return Document{}, fmt.Errorf("proforma %s%s: %w", estimateSeries, estimateNumber, ErrUnknown)
	}
	s.file(firm, invoice, false)
	return firm.snapshot(invoice), nil
}

// DeleteLast deletes the last invoice of a series as a user of the web
// interface does, and returns it; its number will be given out again.
func (s *Server) DeleteLast(cif, series string) (Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return Document{}, err
	}
	for _, doc := range firm.documents {
		if doc.kind == InvoiceSeries && doc.Series == series && firm.isLast(doc) {
			deleted := firm.snapshot(doc)
			firm.forget(doc)
			return deleted, nil
		}
	}
	return Document{}, fmt.Errorf("last invoice of %s: %w", series, ErrUnknown)
}

// FinalizeDraft numbers a draft as a user of the web interface does.
func (s *Server) FinalizeDraft(cif string, documentID int) (Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return Document{}, err
	}
	for _, doc := range firm.documents {
		if doc.DocumentID == documentID && doc.Number == "" {
			firm.number(doc)
			return firm.snapshot(doc), nil
		}
	}
	return Document{}, fmt.Errorf("draft %d: %w", documentID, ErrUnknown)
}

// Receive records money for an invoice as a user of the web interface does.
func (s *Server) Receive(cif, series, number string, value decimal.Decimal) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	firm, err := s.firm(cif)
	if err != nil {
		return err
	}
	invoice := firm.find(InvoiceSeries, series, number)
	if invoice == nil {
		return fmt.Errorf("invoice %s%s: %w", series, number, ErrUnknown)
	}
	firm.payments = append(firm.payments, &payment{
		kind: "Ordin plata", date: s.today(), client: invoice.Client, value: value, shares: []share{{invoice, value}},
	})
	return nil
}

// firm finds a company of any account.
func (s *Server) firm(cif string) (*company, error) {
	for _, owner := range s.accounts {
		if firm := owner.company(cif); firm != nil {
			return firm, nil
		}
	}
	return nil, fmt.Errorf("company %s: %w", cif, ErrUnknown)
}

// Received is money that the service has recorded; a receipt has series and number.
type Received struct {
	Kind, Series, Number string
	Date                 string
	Value                decimal.Decimal
	// Invoice is what it was recorded for, "FCT0001"; "" once that was deleted.
	Invoice string
}

// Payments are copies of all payments of all companies, in the order in which each company got them.
func (s *Server) Payments() []Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Received
	for _, owner := range s.accounts {
		for _, firm := range owner.companies {
			for _, kept := range firm.payments {
				one := Received{Kind: kept.kind, Series: kept.series, Number: kept.number, Date: kept.date, Value: kept.value}
				if len(kept.shares) > 0 {
					one.Invoice = kept.shares[0].invoice.reference()
				}
				found = append(found, one)
			}
		}
	}
	return found
}
