package cli

import (
	"context"
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// decide records what the user found out about an invoice of uncertain outcome.
func (r *root) decide(ctx context.Context, a *app.App, request settleRequest) error {
	detail, err := a.ForAct(ctx, request.reference, "")
	if err != nil {
		return err
	}
	if request.series != "" && !strings.EqualFold(request.series, detail.Series) {
		return usage("--adopt %s-%s is of another series than %s, which was sent on %s", request.series, request.adopt, detail.Reference(),
			detail.Series)
	}
	if err := r.confirm(ctx, request.yes, decisionQuestion(detail.Invoice, request)); err != nil {
		return err
	}
	invoice, err := confirmingElsewhere(ctx, r, a, detail.Kind, request.yes, func() (model.Invoice, error) {
		return decide(ctx, a, detail.Invoice, request)
	})
	switch {
	case err != nil:
	case detail.HasOpenPayment():
		r.say("The payment of %s counts as %s.", invoice.Reference(), yesOr(request.recorded, "recorded", "not recorded"))
	case request.resend && invoice.ID == detail.ID:
		r.say("Nothing was sent: %s turned up as %s.", detail.Intent, invoice.Reference())
	case request.release:
		r.say("%s counts as not made; %s, and its reference is looked for still.", detail.Intent,
			explain.HoursIfNotMade(detail.Invoice).In(say.English))
	}
	r.sayDifference(invoice)
	return r.writeActed(ctx, a, invoice, request.json, err)
}

func decide(ctx context.Context, a *app.App, invoice model.Invoice, request settleRequest) (model.Invoice, error) {
	isDraft := invoice.Status == model.StatusDraftSent
	switch {
	case invoice.HasOpenPayment() && (request.recorded || request.release):
		return a.DecidePayment(ctx, invoice.UniqueReference(), request.recorded)
	case request.recorded:
		return invoice, fmt.Errorf("no payment of %s is open: %w", invoice.Reference(), model.ErrStateChanged)
	case request.resend:
		return a.Resend(ctx, invoice.UniqueReference())
	case request.release && isDraft:
		return a.ReleaseDraft(ctx, invoice.UniqueReference())
	case request.release:
		return a.Release(ctx, invoice.UniqueReference())
	case isDraft:
		return a.EnterNumber(ctx, invoice.UniqueReference(), request.adopt)
	}
	return a.Adopt(ctx, invoice.UniqueReference(), request.adopt)
}

func decisionQuestion(invoice model.Invoice, request settleRequest) string {
	what := fmt.Sprintf("%s to %s over %s %s", invoice.Reference(), invoice.ClientName, model.FormatAmount(invoice.Total), invoice.Currency)
	switch {
	case request.recorded:
		return fmt.Sprintf("Is the payment of %s recorded in SmartBill? Say so only after you have seen it there.", what)
	case request.release && invoice.HasOpenPayment():
		return fmt.Sprintf("Was the payment of %s not recorded? If SmartBill has it after all, it could be recorded twice.", what)
	case request.resend:
		return fmt.Sprintf("Send %s again on series %s, under a new reference? If SmartBill made it after all, the work stands on two "+
			"invoices.", what, invoice.Series)
	case request.release:
		return fmt.Sprintf("Was %s not made? Yes frees its hours; if SmartBill made it after all, the work could stand on two invoices.", what)
	}
	return fmt.Sprintf("Is %s the invoice %s? Say so only after you have seen its PDF.", what,
		model.InvoiceReference(invoice.Series, request.adopt))
}

// settleDeleted records a document as deleted on the web: if proven, after a question; if not, after a person has looked at the PDF
// and typed the number.
func (r *root) settleDeleted(ctx context.Context, a *app.App, request settleRequest) error {
	detail, err := a.ForAct(ctx, request.reference, model.ActDelete)
	if err != nil {
		return err
	}
	deletion, err := a.ExamineDeleted(ctx, detail.UniqueReference())
	if err != nil {
		return r.writeActed(ctx, a, detail.Invoice, request.json, err)
	}
	r.say("  %s: %s", deletion.Candidate.Reference(), evidenceOf(deletion.Candidate))
	r.say("%s", explain.Deletion(deletion).In(say.English))
	switch deletion.Conclusion {
	case model.DeletionDenied:
		if !deletion.Candidate.CarriesReference && !request.yes && r.options.Terminal() {
			// Another document may have the same number, client and total: the user decides.
			return r.decideDeleted(ctx, a, detail.Invoice, request)
		}
		there := fmt.Errorf("%s was not recorded as deleted: SmartBill has it", detail.Reference())
		return r.writeActed(ctx, a, detail.Invoice, request.json, there)
	case model.DeletionUndecided:
		return r.decideDeleted(ctx, a, detail.Invoice, request)
	case model.DeletionProven, model.DeletionRecorded:
	}
	question := fmt.Sprintf("Record %s to %s over %s %s as deleted on the web? Then %s.", detail.Reference(), detail.ClientName,
		model.FormatAmount(detail.Total), detail.Currency, explain.ThenIfDeleted(detail.Invoice).In(say.English))
	if err := r.confirm(ctx, request.yes, question); err != nil {
		return err
	}
	deletion, err = a.SettleDeleted(ctx, detail.UniqueReference())
	return r.writeDeleted(ctx, a, deletion, request, err)
}

func (r *root) decideDeleted(ctx context.Context, a *app.App, invoice model.Invoice, request settleRequest) error {
	open := fmt.Errorf("whether %s was deleted is not proven: %w", invoice.Reference(), model.ErrOutcomeUnknown)
	undecided := &advisedError{err: open, advice: "Run cadensa settle " + invoice.Reference() +
		" --deleted on a terminal: who has looked at the PDF can decide it there."}
	if request.yes || !r.options.Terminal() {
		return r.writeActed(ctx, a, invoice, request.json, undecided)
	}
	if path, err := a.SaveCandidate(ctx, invoice.UniqueReference(), invoice.Number); err == nil {
		r.say("What SmartBill has under this number is saved: %s. Look at it.", path)
	}
	typed, err := r.ask(ctx, "If it is another one, type the number of "+invoice.Reference()+" to record yours as deleted; an empty line "+
		"leaves all as it is:")
	if err != nil || typed == "" {
		return r.writeActed(ctx, a, invoice, request.json, undecided)
	}
	deletion, err := a.DecideDeleted(ctx, invoice.UniqueReference(), typed)
	return r.writeDeleted(ctx, a, deletion, request, err)
}

func (r *root) writeDeleted(ctx context.Context, a *app.App, deletion model.Deletion, request settleRequest, err error) error {
	if err == nil {
		r.say("%s", explain.Deletion(deletion).In(say.English))
	}
	return r.writeActed(ctx, a, deletion.Invoice, request.json, err)
}
