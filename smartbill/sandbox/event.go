package sandbox

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// Event is something that a person does in the web application while a program
// uses the API, as a [Fault] scripts it.
type Event struct {
	// CIF is the company, as it is stored; empty means the first of the first account.
	CIF string `json:"cif,omitempty"`
	// Document is "invoice", "storno" or "proforma"; empty means "invoice".
	Document string `json:"document,omitempty"`
	// Series and Number name the document that is deleted, or the invoice that
	// is reversed. Other documents that are issued get their number by the series.
	Series string `json:"series,omitempty"`
	Number string `json:"number,omitempty"`
	// Client, VATCode, Total and Mentions describe what is issued, as in [Foreign].
	Client   string          `json:"client,omitempty"`
	VATCode  string          `json:"vat_code,omitempty"`
	Total    decimal.Decimal `json:"total,omitzero"`
	Mentions string          `json:"mentions,omitempty"`
}

// The documents that an event can be about.
const (
	eventInvoice  = "invoice"
	eventStorno   = "storno"
	eventProforma = "proforma"
)

func events() []Kind { return []Kind{DeleteOnWeb, IssueOnWeb, HideMentions, PrintMentions} }

func (k Kind) isEvent() bool { return slices.Contains(events(), k) }

// isDescribed reports whether anything is said of the event.
func (e Event) isDescribed() bool {
	return cmp.Or(e.CIF, e.Document, e.Series, e.Number, e.Client, e.VATCode, e.Mentions) != "" || !e.Total.IsZero()
}

// trouble says what is missing or too much for the kind of event, "" for nothing.
func (e Event) trouble(kind Kind) string {
	document := orDefault(e.Document, eventInvoice)
	switch {
	case !slices.Contains([]string{eventInvoice, eventStorno, eventProforma}, document):
		return fmt.Sprintf("has the unknown document %q", e.Document)
	case e.Series == "":
		return "names no series"
	case kind == IssueOnWeb && document == eventStorno && e.Number == "":
		return "does not name the number that is reversed"
	case kind == IssueOnWeb && document != eventStorno && e.Number != "":
		return "chooses a number, which is the series' to give"
	}
	return ""
}

func (e Event) kind() SeriesType {
	if e.Document == eventProforma {
		return EstimateSeries
	}
	return InvoiceSeries
}

// happen lets the event of a script take place.
func (s *Server) happen(fault Fault) error {
	if err := s.takePlace(fault.Kind, fault.Event); err != nil {
		return fmt.Errorf("%s: %w", fault.Kind, err)
	}
	return nil
}

func (s *Server) takePlace(kind Kind, event Event) error {
	cif := orDefault(event.CIF, s.CIF())
	switch kind {
	case DeleteOnWeb:
		number := event.Number
		if number == "" {
			number = s.lastNumber(cif, event.kind(), event.Series)
		}
		return s.DeleteOnWeb(cif, event.kind(), event.Series, number)
	case IssueOnWeb:
		if event.Document == eventStorno {
			_, err := s.ReverseForeign(cif, event.Series, event.Number)
			return err
		}
		_, err := s.IssueForeign(cif, Foreign{
			Kind: event.kind(), Series: event.Series, Client: event.Client, VATCode: event.VATCode, Total: event.Total, Mentions: event.Mentions,
		})
		return err
	case HideMentions, PrintMentions:
		s.SetPrintsMentions(kind == PrintMentions)
	default:
	}
	return nil
}
