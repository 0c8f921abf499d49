package cli

import (
	"context"

	"cadensa/model"
	"cadensa/model/billing"
)

// Convert makes the invoice of a proforma, on the settings' series, and returns it.
func (s *Session) Convert(ctx context.Context, reference string) (model.Invoice, error) {
	return numbering(ctx, s, func(service *billing.Service) (model.Invoice, error) {
		return service.Convert(ctx, reference, s.current().Invoice.Series)
	})
}

// AdoptConversion records the invoice that somebody made from a proforma on the web.
func (s *Session) AdoptConversion(ctx context.Context, reference, number string) (model.Invoice, error) {
	return numbering(ctx, s, func(service *billing.Service) (model.Invoice, error) {
		return service.AdoptConversion(ctx, reference, number)
	})
}
