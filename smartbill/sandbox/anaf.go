package sandbox

import (
	"slices"
	"strings"
)

// What an inspector of ANAF would object to, and the service lets through. It is refused only where [Config] asks for that; the words
// are the simulator's own.

// objections are what there is to say against an invoice that a request made, empty for nothing.
func (c *company) objections(request *invoiceRequest, invoice *document) []string {
	return slices.DeleteFunc([]string{c.objectsToCollection(request, invoice)}, func(said string) bool { return said == "" })
}

// inspect refuses an invoice to which there is an objection.
func (s *Server) inspect(firm *company, request *invoiceRequest, invoice *document) error {
	if !s.config.ANAF {
		return nil
	}
	if said := firm.objections(request, invoice); len(said) > 0 {
		return refused("ANAF: %s", strings.Join(said, " "))
	}
	return nil
}

// objectsToCollection holds an invoice to how the company pays its VAT. Services without VAT are never on collection (Cod fiscal
// art. 282(6)); the words are those of art. 319.
func (c *company) objectsToCollection(request *invoiceRequest, invoice *document) string {
	taxed := slices.ContainsFunc(invoice.Lines, func(line Line) bool { return line.TaxPercentage.IsPositive() })
	wanted := c.VATOnCollection && c.VATPayer && taxed
	words := strings.ReplaceAll(strings.ToLower(request.Mentions), "â", "a")
	switch {
	case !wanted && bool(request.UsePaymentTax):
		return "usePaymentTax fara TVA la incasare."
	case !wanted:
		return ""
	case !bool(request.UsePaymentTax):
		return "usePaymentTax lipseste, firma aplica TVA la incasare."
	case request.PaymentBase == nil || request.CollectedTax == nil || request.PaymentTotal == nil:
		return "paymentBase, colectedTax si paymentTotal lipsesc."
	case !strings.Contains(strings.ReplaceAll(words, "î", "i"), "tva la incasare"):
		return "Mentiunea TVA la incasare lipseste."
	}
	return ""
}
