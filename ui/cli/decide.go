package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
)

// decide carries out what its user found out about an invoice whose outcome the evidence does not tell.
func (r *root) decide(ctx context.Context, a *app.App, request settleRequest) error {
	detail, err := a.ForAct(ctx, request.reference)
	if err != nil {
		return err
	}
	if request.series != "" && !strings.EqualFold(request.series, detail.Series) {
		return usage("--adopt %s-%s is of another series than %s, which was sent on %s", request.series, request.adopt, detail.Reference(), detail.Series)
	}
	if !request.yes {
		if err := r.confirm(ctx, decisionQuestion(detail.Invoice, request)); err != nil {
			return err
		}
	}
	invoice, err := acknowledging(ctx, r, a, detail.Kind, request.yes, func() (model.Invoice, error) {
		return decide(ctx, a, detail.Invoice, request)
	})
	switch {
	case err != nil:
	case detail.Invoice.HasOpenPayment():
		r.say("The payment of %s counts as %s.", invoice.Reference(), yesOr(request.recorded, "recorded", "not recorded"))
	case request.resend && invoice.ID == detail.ID:
		r.say("Nothing was sent: %s turned up as %s.", detail.Intent, invoice.Reference())
	case request.release:
		r.say("%s counts as not made; %s, and its reference is looked for still.", detail.Intent, detail.HoursIfNotMade())
	}
	r.sayDifference(invoice)
	return r.writeActed(ctx, a, invoice, request.json, unknownFailure(invoice, err))
}

func decide(ctx context.Context, a *app.App, invoice model.Invoice, request settleRequest) (model.Invoice, error) {
	isDraft := invoice.Status == model.StatusDraftSent
	switch {
	case invoice.HasOpenPayment() && (request.recorded || request.release):
		return a.DecidePayment(ctx, reference(invoice), request.recorded)
	case request.recorded:
		return invoice, fmt.Errorf("no payment of %s is open: %w", invoice.Reference(), model.ErrStateChanged)
	case request.resend:
		return a.Resend(ctx, reference(invoice))
	case request.release && isDraft:
		return a.ReleaseDraft(ctx, reference(invoice))
	case request.release:
		return a.Release(ctx, reference(invoice))
	case isDraft:
		return a.EnterNumber(ctx, reference(invoice), request.adopt)
	}
	return a.Adopt(ctx, reference(invoice), request.adopt)
}

func decisionQuestion(invoice model.Invoice, request settleRequest) string {
	what := fmt.Sprintf("%s to %s over %s %s", invoice.Reference(), invoice.ClientName, model.FormatAmount(invoice.Total), invoice.Currency)
	switch {
	case request.recorded:
		return fmt.Sprintf("Is the payment of %s recorded in SmartBill? Say so only after you have seen it there.", what)
	case request.release && invoice.HasOpenPayment():
		return fmt.Sprintf("Was the payment of %s not recorded? If SmartBill has it after all, it could be recorded twice.", what)
	case request.resend:
		return fmt.Sprintf("Send %s again on series %s, under a new reference? If SmartBill made it after all, the work stands on two invoices.", what, invoice.Series)
	case request.release:
		return fmt.Sprintf("Was %s not made? Yes frees its hours; if SmartBill made it after all, the work could stand on two invoices.", what)
	}
	return fmt.Sprintf("Is %s the invoice %s? Say so only after you have seen its PDF.", what, model.InvoiceReference(invoice.Series, request.adopt))
}

// unknownFailure gives an outcome that is not known the command that finds it out.
func unknownFailure(invoice model.Invoice, err error) error {
	if _, tooEarly := errors.AsType[*model.WaitError](err); tooEarly || !errors.Is(err, model.ErrOutcomeUnknown) || invoice.Intent == "" {
		return err
	}
	return &advisedError{err: err, advice: "Run cadensa settle " + invoice.Intent + ": it finds out what SmartBill did. Nothing is repeated on a guess."}
}

// sayDifference says both totals where SmartBill charges another than was confirmed, and that the template prints no references
// where that was seen on the invoice.
func (r *root) sayDifference(invoice model.Invoice) {
	if invoice.TotalDiffers() {
		r.say("warning: %s: SmartBill charges %s %s, but %s was confirmed; look at its PDF.", invoice.Reference(),
			model.FormatAmount(invoice.Charged.Decimal), invoice.Currency, model.FormatAmount(invoice.Total))
	}
	if invoice.LacksReference() {
		r.say("warning: %s", model.TemplateNotice)
	}
}
