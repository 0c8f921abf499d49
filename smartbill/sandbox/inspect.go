package sandbox

import (
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// ErrUnknown is a company, series, number or draft that the service does not have.
var ErrUnknown = errors.New("unknown to the sandbox")

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
