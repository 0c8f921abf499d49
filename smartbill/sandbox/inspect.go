package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// ErrUnknown is a company, series, number or draft that the service does not have.
var ErrUnknown = errors.New("unknown to the sandbox")

// Invoices are copies of all invoices, with drafts and stornos, in the order in which each company made them.
func (s *Server) Invoices() []Document { return s.documents(InvoiceSeries) }

// Estimates are Invoices for proformas.
func (s *Server) Estimates() []Document { return s.documents(EstimateSeries) }

func (s *Server) documents(kind SeriesType) []Document {
	return collected(s, func(firm *company) (found []Document) {
		for _, doc := range firm.documents {
			if doc.kind == kind {
				found = append(found, firm.snapshot(doc))
			}
		}
		return found
	})
}

// collected gathers something of every company, in their order.
func collected[T any](s *Server, of func(*company) []T) []T {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []T
	for _, owner := range s.accounts {
		for _, firm := range owner.companies {
			all = append(all, of(firm)...)
		}
	}
	return all
}

// Series are the series of a company with their next numbers; none if the company is unknown.
func (s *Server) Series(cif string) []Series {
	series, _ := onWeb(s, cif, func(firm *company) ([]Series, error) { return slices.Clone(firm.Series), nil })
	return series
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
	return collected(s, func(firm *company) (found []Received) {
		for _, kept := range firm.payments {
			one := Received{Kind: kept.kind, Series: kept.series, Number: kept.number, Date: kept.date, Value: kept.value}
			if len(kept.shares) > 0 {
				one.Invoice = kept.shares[0].invoice.reference()
			}
			found = append(found, one)
		}
		return found
	})
}

const masked = "********"

// journalEntry is a request as the journal keeps it. Credentials are reduced to the e-mail address.
type journalEntry struct {
	Time   time.Time       `json:"time"`
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Query  string          `json:"query,omitempty"`
	Email  string          `json:"email,omitempty"`
	Token  string          `json:"token,omitempty"`
	Body   json.RawMessage `json:"body,omitempty"`
	// Before is what happened before the call was answered, by its script.
	Before []Kind `json:"before,omitempty"`
	Fault  Kind   `json:"fault,omitempty"`
	Status int    `json:"status"`
}

// neverAnswered is the journal's status of a call that its caller gave up.
const neverAnswered = 0

// record writes the request to the journal. Status is what would be answered, even if a fault then loses it.
func (s *Server) record(r *http.Request, body []byte, fault Fault, before []Kind, status int) {
	if s.config.Journal == nil {
		return
	}
	email, token, _ := r.BasicAuth()
	entry := journalEntry{
		Time: s.config.Now(), Method: r.Method, Path: r.URL.Path, Query: mask(r.URL.RawQuery, token),
		Email: mask(email, token), Body: journalBody(mask(string(body), token)), Before: before, Fault: fault.Kind, Status: status,
	}
	if token != "" {
		entry.Token = masked
	}
	line, err := json.Marshal(entry)
	s.journalMu.Lock()
	defer s.journalMu.Unlock()
	if err == nil {
		_, err = s.config.Journal.Write(append(line, '\n'))
	}
	if err != nil && s.journalErr == nil {
		s.journalErr = fmt.Errorf("write journal: %w", err)
	}
}

// JournalError is the first failure to write the journal, or nil.
func (s *Server) JournalError() error {
	s.journalMu.Lock()
	defer s.journalMu.Unlock()
	return s.journalErr
}

func mask(text, token string) string {
	if token == "" {
		return text
	}
	return strings.ReplaceAll(text, token, masked)
}

// journalBody keeps JSON as it is, and anything else as a JSON text.
func journalBody(body string) json.RawMessage {
	if body == "" {
		return nil
	}
	if json.Valid([]byte(body)) {
		return json.RawMessage(body)
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil
	}
	return text
}
