package sandbox

import (
	"cmp"
	"fmt"

	"github.com/shopspring/decimal"
)

// What people do in the web application beside the API.

// onWeb acts on a company of any account, as a person does there.
func onWeb[T any](s *Server, cif string, act func(firm *company) (T, error)) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, owner := range s.accounts {
		if firm := owner.company(cif); firm != nil {
			return act(firm)
		}
	}
	return *new(T), fmt.Errorf("company %s: %w", cif, ErrUnknown)
}

// Foreign is a document that somebody issues on the web, beside the API.
type Foreign struct {
	// Kind is what is issued, [InvoiceSeries] or [EstimateSeries]; empty means an invoice.
	Kind    SeriesType
	Series  string // of the kind's type
	Client  string // a name; empty means "Client din web SRL"
	VATCode string // the client's; may be empty
	// Net is the amount before VAT, at the company's first rate if it pays VAT.
	Net decimal.Decimal
	// Total is the amount with VAT. It counts where it is not zero, and Net then does not.
	Total    decimal.Decimal
	Mentions string
}

// IssueForeign issues a document as a user of the web interface does.
func (s *Server) IssueForeign(cif string, foreign Foreign) (Document, error) {
	kind := SeriesType(cmp.Or(string(foreign.Kind), string(InvoiceSeries)))
	return onWeb(s, cif, func(firm *company) (Document, error) {
		if kind == ReceiptSeries || firm.series(foreign.Series, kind) == nil {
			return Document{}, fmt.Errorf("series %s: %w", foreign.Series, ErrUnknown)
		}
		lines := []Line{foreign.line(firm)}
		doc := &document{kind: kind, Document: Document{
			CIF: cif, Series: foreign.Series, IssueDate: s.today(), Currency: homeCurrency,
			Client: Client{Name: cmp.Or(foreign.Client, "Client din web SRL"), VatCode: foreign.VATCode, Country: "Romania"},
			Lines:  lines, Totals: addUp(lines), Mentions: foreign.Mentions,
		}}
		s.file(firm, doc, false)
		return firm.snapshot(doc), nil
	})
}

func (f Foreign) line(firm *company) Line {
	price := f.Net
	if !f.Total.IsZero() {
		price = f.Total
	}
	line := Line{Name: "Servicii", Unit: "buc", Quantity: decimal.NewFromInt(1), Price: price, TaxIncluded: !f.Total.IsZero()}
	if firm.VATPayer && len(firm.Taxes) > 0 {
		line.TaxName, line.TaxPercentage = firm.Taxes[0].Name, firm.Taxes[0].Percentage
	}
	line.settle(price)
	return line
}

// ReverseForeign makes the storno of an invoice as a user of the web interface does.
func (s *Server) ReverseForeign(cif, series, number string) (Document, error) {
	return onWeb(s, cif, func(firm *company) (Document, error) {
		storno, err := s.reverse(firm, reverseRequest{SeriesName: series, Number: number}, s.today())
		if err != nil {
			return Document{}, fmt.Errorf("reverse %s%s: %w", series, number, err)
		}
		return firm.snapshot(storno), nil
	})
}

// ConvertForeign makes an invoice of a proforma as a user of the web interface does.
func (s *Server) ConvertForeign(cif, series, estimateSeries, estimateNumber string) (Document, error) {
	return onWeb(s, cif, func(firm *company) (Document, error) {
		if firm.series(series, InvoiceSeries) == nil {
			return Document{}, fmt.Errorf("series %s: %w", series, ErrUnknown)
		}
		invoice := &document{kind: InvoiceSeries, Document: Document{CIF: cif, Series: series, IssueDate: s.today()}}
		if err := firm.copyEstimate(invoice, &estimateReference{SeriesName: estimateSeries, Number: estimateNumber}); err != nil {
			return Document{}, fmt.Errorf("proforma %s%s: %w", estimateSeries, estimateNumber, ErrUnknown)
		}
		s.file(firm, invoice, false)
		return firm.snapshot(invoice), nil
	})
}

// DeleteOnWeb deletes a document on the web, the last of its series or another. The last one's number is given again. The invoice of a
// deleted storno is in force again, and a deleted invoice is no longer among its proforma's.
func (s *Server) DeleteOnWeb(cif string, kind SeriesType, series, number string) error {
	_, err := s.deleteOnWeb(cif, series+number, func(firm *company) *document { return firm.find(kind, series, number) })
	return err
}

// DeleteLast is DeleteOnWeb for the last invoice of a series, which it returns.
func (s *Server) DeleteLast(cif, series string) (Document, error) {
	return s.deleteLast(cif, InvoiceSeries, series)
}

func (s *Server) deleteLast(cif string, kind SeriesType, series string) (Document, error) {
	return s.deleteOnWeb(cif, series, func(firm *company) *document { return firm.last(kind, series) })
}

func (s *Server) deleteOnWeb(cif, named string, find func(firm *company) *document) (Document, error) {
	return onWeb(s, cif, func(firm *company) (Document, error) {
		doc := find(firm)
		if doc == nil {
			return Document{}, fmt.Errorf("document %s: %w", named, ErrUnknown)
		}
		deleted := firm.snapshot(doc)
		firm.forget(doc)
		return deleted, nil
	})
}

// FinalizeDraft numbers a draft as a user of the web interface does.
func (s *Server) FinalizeDraft(cif string, documentID int) (Document, error) {
	return onWeb(s, cif, func(firm *company) (Document, error) {
		for _, doc := range firm.documents {
			if doc.DocumentID == documentID && doc.Number == "" {
				firm.number(doc)
				return firm.snapshot(doc), nil
			}
		}
		return Document{}, fmt.Errorf("draft %d: %w", documentID, ErrUnknown)
	})
}

// Receive records money for an invoice as a user of the web interface does.
func (s *Server) Receive(cif, series, number string, value decimal.Decimal) error {
	_, err := onWeb(s, cif, func(firm *company) (*payment, error) {
		invoice := firm.find(InvoiceSeries, series, number)
		if invoice == nil {
			return nil, fmt.Errorf("invoice %s%s: %w", series, number, ErrUnknown)
		}
		received := &payment{kind: "Ordin plata", date: s.today(), client: invoice.Client, value: value, shares: []share{{invoice, value}}}
		firm.payments = append(firm.payments, received)
		return received, nil
	})
	return err
}

// SetNextNumber moves a series' counter, as its settings on the web can.
func (s *Server) SetNextNumber(cif, series string, kind SeriesType, next int) error {
	_, err := onWeb(s, cif, func(firm *company) (*Series, error) {
		found := firm.series(series, kind)
		if found == nil {
			return nil, fmt.Errorf("series %s: %w", series, ErrUnknown)
		}
		found.NextNumber = next
		return found, nil
	})
	return err
}

// SetPrintsMentions says whether the template shows mentions, on older documents too, as it does at first. The storno has none.
func (s *Server) SetPrintsMentions(prints bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, owner := range s.accounts {
		for _, firm := range owner.companies {
			firm.hidesMentions = !prints
		}
	}
}
