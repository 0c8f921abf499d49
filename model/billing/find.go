package billing

import (
	"context"

	"cadensa/model"
	"cadensa/model/ledger"
)

// find gives what the ledger keeps of a document, by its reference or that of its intent, for an act on it. Every act of
// billing begins here, before any call: *model.CompanyError for a document of another company than the provider's.
func (s *Service) find(ctx context.Context, reference string) (model.InvoiceDetail, error) {
	detail, err := s.records.Find(ctx, ledger.Books{CIF: s.provider.CIF(), Simulated: s.provider.Simulated()}, reference)
	if err != nil {
		return detail, err
	}
	return detail, detail.CheckCompany(s.provider.CIF(), s.settings)
}

// checkSimulator refuses a document that was issued at a simulator when SmartBill itself answers, and the other way round: what the
// one says proves nothing of the other. An answer must have come.
func (s *Service) checkSimulator(invoice model.Invoice) error {
	if invoice.Simulated == s.provider.Simulated() {
		return nil
	}
	return &model.SimulatorError{Reference: invoice.Reference(), Simulated: invoice.Simulated}
}

// numbers is the numbering that a draft's document takes part in, where the provider answers.
func (s *Service) numbers(draft model.Draft) ledger.Numbers {
	return ledger.NumbersOf(draft, s.provider.Simulated())
}
