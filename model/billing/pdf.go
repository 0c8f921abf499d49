package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/ledger"
)

// PDF reads an invoice, storno or proforma as SmartBill prints it. model.ErrStateChanged for one that has no number;
// *model.UnprovenError, model.ErrNotOurs or model.ErrGone unless it is the one that the ledger means.
func (s *Service) PDF(ctx context.Context, reference string) ([]byte, error) {
	_, content, err := s.printed(ctx, reference)
	return content, err
}

// SavePDF saves an invoice's PDF in the folder, named after the invoice and its client, and returns its path. A file
// that is there already is never overwritten.
func (s *Service) SavePDF(ctx context.Context, reference, folder string) (string, error) {
	invoice, content, err := s.printed(ctx, reference)
	if err != nil {
		return "", err
	}
	return document.Save(folder, document.FileName(invoice.Series, invoice.Number, invoice.ClientName), content)
}

func (s *Service) printed(ctx context.Context, reference string) (model.Invoice, []byte, error) {
	s, detail, err := s.find(ctx, reference)
	if err != nil {
		return model.Invoice{}, nil, err
	}
	if err := detail.CheckAct(model.ActPDF); err != nil {
		return model.Invoice{}, nil, err
	}
	content, err := s.verifiedPDF(ctx, detail)
	if err != nil {
		return model.Invoice{}, nil, fmt.Errorf("%s: %w", detail.Reference(), err)
	}
	return detail.Invoice, content, nil
}

// verifyPDF fails unless the document that SmartBill has under the number is the one that the ledger means.
func (s *Service) verifyPDF(ctx context.Context, detail model.InvoiceDetail) error {
	_, err := s.verifiedPDF(ctx, detail)
	return err
}

// verifiedPDF reads the PDF of the document that SmartBill has under the number, and gives it when it is the one that the ledger
// means: it carries the reference of its intent, or, where the template is not known to print one, it shows number, total and
// client together. model.ErrGone when SmartBill has none there any more, *model.UnprovenError when neither is proven,
// model.ErrNotOurs when it is another one.
func (s *Service) verifiedPDF(ctx context.Context, detail model.InvoiceDetail) ([]byte, error) {
	content, err := s.print(ledger.Numbering(detail.Kind))(ctx, detail.Series, detail.Number)
	if err != nil {
		return nil, s.unreadable(ctx, detail, err)
	}
	text, err := document.Text(content)
	if err != nil {
		// Only the person who looked at it knows what it says.
		if vouched, failure := s.isConfirmed(ctx, detail, ""); vouched || failure != nil {
			return content, errors.Join(failure, s.checkSimulator(detail.Invoice))
		}
		return nil, &model.UnprovenError{Reason: "its PDF has no text that can be read"}
	}
	return content, s.identify(ctx, detail, text)
}

// unreadable says why a PDF could not be had: where SmartBill is proven to have nothing under the number, that it was deleted.
func (s *Service) unreadable(ctx context.Context, detail model.InvoiceDetail, failure error) error {
	return fmt.Errorf("read its PDF: %w", s.missing(ctx, detail, failure))
}

// missing gives model.ErrGone in the place of a failure to read a document that SmartBill is proven not to have any more.
func (s *Service) missing(ctx context.Context, detail model.InvoiceDetail, failure error) error {
	if !errors.Is(failure, model.ErrUnavailable) && !errors.Is(failure, model.ErrNotFound) || errors.Is(failure, model.ErrRateLimited) {
		return failure
	}
	next, err := s.counter(ctx, s.numbers(detail.Prepared))
	if err != nil {
		return failure
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return err
	}
	lookup, err := s.searchIn(ctx, s.numbers(detail.Prepared), next)
	if err != nil {
		return err
	}
	number, _, err := parseNumber(detail.Number)
	if err != nil {
		return failure
	}
	found, err := lookup.examine(ctx, number)
	switch {
	case err != nil:
		return err
	case !found.Absent:
		return failure
	}
	return model.ErrGone
}

// identify fails unless the text belongs to the document in the ledger.
func (s *Service) identify(ctx context.Context, detail model.InvoiceDetail, text string) error {
	if detail.Prepared.PrintIntent && model.CarriesReference(text, detail.Intent) {
		return s.noteReference(ctx, detail)
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return err
	}
	if err := s.checkNoOther(ctx, detail, text); err != nil {
		return err
	}
	if vouched, err := s.isConfirmed(ctx, detail, text); vouched || err != nil {
		return err
	}
	switch {
	case !detail.Prepared.PrintIntent && detail.Kind == model.KindInvoice && detail.Proforma != "":
		return s.verifyConversion(ctx, detail)
	case detail.Prepared.PrintIntent:
		prints, err := s.stillPrintsReferences(ctx, detail)
		if err != nil {
			return err
		}
		if prints {
			// It carries no other one either, and the settings may be wrong: that is for a person to say.
			return &model.UnprovenError{Reason: "its PDF does not carry the reference " + detail.Intent + ", as those of this series did"}
		}
	}
	if err := s.matchDocument(ctx, detail, text); err != nil {
		return err
	}
	// Whose own PDF carried its reference before says nothing of the template now.
	if !detail.Prepared.PrintIntent || detail.Printed {
		return nil
	}
	return s.see(ctx, s.numbers(detail.Prepared), detail.Invoice, false)
}

// isConfirmed reports whether a person confirmed what SmartBill has under the number, and it still names what they saw, unless it has
// no text, and amounts to the same.
func (s *Service) isConfirmed(ctx context.Context, detail model.InvoiceDetail, text string) (bool, error) {
	if detail.ConfirmedClient == "" || text != "" && !showsConfirmed(detail, text) {
		return false, nil
	}
	if !detail.ConfirmedTotal.Valid {
		return true, nil
	}
	total, _, _, err := s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	if err != nil {
		return false, fmt.Errorf("read what it amounts to, to be sure of it: %w", err)
	}
	return total.Equal(detail.ConfirmedTotal.Decimal), nil
}

// showsConfirmed reports whether a text shows what a person confirmed: a client, or the number, which may be short.
func showsConfirmed(detail model.InvoiceDetail, text string) bool {
	if detail.ConfirmedClient == detail.Number {
		return model.ShowsNumber(text, detail.Series, detail.Number)
	}
	return model.MentionsText(text, detail.ConfirmedClient)
}

// noteReference notes that a document carries its reference, and that an old one which turns up at a simulator was issued there.
func (s *Service) noteReference(ctx context.Context, detail model.InvoiceDetail) error {
	if s.provider.Simulated() && !detail.Simulated {
		if _, err := s.records.Simulate(ctx, detail.ID); err != nil {
			return err
		}
		detail.Simulated = true
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return err
	}
	return s.notePrinted(ctx, s.numbers(detail.Prepared), detail.Invoice)
}

// checkNoOther refuses a document that carries the reference of another than its proforma or the invoice that it undoes.
func (s *Service) checkNoOther(ctx context.Context, detail model.InvoiceDetail, text string) error {
	named, foreign, err := s.named(ctx, s.numbers(detail.Prepared), text)
	if err != nil {
		return err
	}
	named = slices.DeleteFunc(named, func(one model.Invoice) bool {
		return one.ID == detail.ID || detail.Original != "" && one.Reference() == detail.Original
	})
	for _, one := range named {
		foreign = append(foreign, one.Intent)
	}
	if len(foreign) > 0 {
		return fmt.Errorf("its PDF carries the reference %s: %w", foreign[0], model.ErrNotOurs)
	}
	return nil
}

// matchDocument fails unless a text without a reference shows number, total and client of the document, all three.
func (s *Service) matchDocument(ctx context.Context, detail model.InvoiceDetail, text string) error {
	unproven := func(reason string) error {
		return &model.UnprovenError{Reason: reason}
	}
	if !model.ShowsNumber(text, detail.Series, detail.Number) {
		return unproven("its PDF does not show its number")
	}
	if detail.Kind == model.KindStorno {
		return s.matchStorno(ctx, detail, text)
	}
	if !model.MentionsClient(text, detail.Prepared.Client) {
		return unproven("its PDF carries no reference, and does not name " + detail.ClientName)
	}
	if detail.Kind == model.KindProforma {
		if !model.MentionsAmount(text, detail.Total) {
			return unproven("its PDF carries no reference, and does not show its total")
		}
		return nil
	}
	total, _, _, err := s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	switch {
	case err != nil:
		return fmt.Errorf("read what it amounts to, to be sure of it: %w", err)
	case !detail.Amounts(total):
		return unproven(fmt.Sprintf("its PDF carries no reference, and it amounts to %s %s, not %s", model.FormatAmount(total),
			detail.Currency, model.FormatAmount(detail.Total)))
	}
	return nil
}

// matchStorno fails unless a storno names the invoice that it undoes and amounts to minus what that was charged.
func (s *Service) matchStorno(ctx context.Context, detail model.InvoiceDetail, text string) error {
	original, err := s.records.OriginalOf(ctx, detail.ID)
	if err != nil {
		return err
	}
	total, _, _, err := s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	switch {
	case err != nil:
		return fmt.Errorf("read what it amounts to, to be sure of it: %w", err)
	case !model.ShowsNumber(text, original.Series, original.Number), !original.Amounts(total.Neg()):
		return &model.UnprovenError{Reason: "it cannot be told whether it undoes " + original.Reference()}
	}
	return nil
}

// verifyConversion fails unless SmartBill names the invoice among those that were made from its proforma: one that bears no
// reference may have been deleted, and its number given again.
func (s *Service) verifyConversion(ctx context.Context, detail model.InvoiceDetail) error {
	proforma, err := s.records.ProformaOf(ctx, detail.ID)
	if err != nil {
		return err
	}
	made, err := s.provider.EstimateInvoices(ctx, proforma.Series, proforma.Number)
	if err != nil {
		return fmt.Errorf("ask what was made from %s: %w", detail.Proforma, err)
	}
	listed := listing{made: made}
	if !listed.names(model.Candidate{Series: detail.Series, Number: detail.Number}) {
		return fmt.Errorf("SmartBill does not have it among the invoices made from %s: %w", detail.Proforma, model.ErrNotOurs)
	}
	return nil
}
