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
func (q *settleRequest) decide(ctx context.Context, a *app.App) error {
	detail, err := a.ForAct(ctx, q.reference, "")
	if err != nil {
		return err
	}
	if q.series != "" && !strings.EqualFold(q.series, detail.Series) {
		return usage("--adopt %s-%s is of another series than %s, which was sent on %s", q.series, q.adopt, detail.Reference(), detail.Series)
	}
	if err := q.confirm(ctx, q.decisionQuestion(detail.Invoice)); err != nil {
		return err
	}
	invoice, err := q.confirmingElsewhere(ctx, a, detail.Kind, func() (model.Invoice, error) { return q.record(ctx, a, detail.Invoice) })
	switch {
	case err != nil:
	case detail.HasOpenPayment():
		q.say("The payment of %s counts as %s.", invoice.Reference(), yesOr(q.recorded, "recorded", "not recorded"))
	case q.resend && invoice.ID == detail.ID:
		q.say("Nothing was sent: %s turned up as %s.", detail.Intent, invoice.Reference())
	case q.release:
		q.say("%s counts as not made; %s, and its reference is looked for still.", detail.Intent,
			explain.HoursIfNotMade(detail.Invoice).In(say.English))
	}
	q.sayDifference(invoice)
	return q.write(ctx, a, invoice, err)
}

func (q *settleRequest) record(ctx context.Context, a *app.App, invoice model.Invoice) (model.Invoice, error) {
	name, isDraft := invoice.UniqueReference(), invoice.Status == model.StatusDraftSent
	switch {
	case invoice.HasOpenPayment() && (q.recorded || q.release):
		return a.DecidePayment(ctx, name, q.recorded)
	case q.recorded:
		return invoice, fmt.Errorf("no payment of %s is open: %w", invoice.Reference(), model.ErrStateChanged)
	case q.resend:
		return a.Resend(ctx, name)
	case q.release && isDraft:
		return a.ReleaseDraft(ctx, name)
	case q.release:
		return a.Release(ctx, name)
	case isDraft:
		return a.EnterNumber(ctx, name, q.adopt)
	}
	return a.Adopt(ctx, name, q.adopt)
}

func (q *settleRequest) decisionQuestion(invoice model.Invoice) string {
	what := documentWords(invoice)
	switch {
	case q.recorded:
		return fmt.Sprintf("Is the payment of %s recorded in SmartBill? Say so only after you have seen it there.", what)
	case q.release && invoice.HasOpenPayment():
		return fmt.Sprintf("Was the payment of %s not recorded? If SmartBill has it after all, it could be recorded twice.", what)
	case q.resend:
		return fmt.Sprintf("Send %s again on series %s, under a new reference? If SmartBill made it after all, the work stands on two "+
			"invoices.", what, invoice.Series)
	case q.release:
		return fmt.Sprintf("Was %s not made? Yes frees its hours; if SmartBill made it after all, the work could stand on two invoices.", what)
	}
	return fmt.Sprintf("Is %s the invoice %s? Say so only after you have seen its PDF.", what, model.InvoiceReference(invoice.Series, q.adopt))
}

// settleDeleted records a document as deleted on the web: if proven, after a question; if not, after a person has looked at the PDF
// and typed the number.
func (q *settleRequest) settleDeleted(ctx context.Context, a *app.App) error {
	detail, err := a.ForAct(ctx, q.reference, model.ActDelete)
	if err != nil {
		return err
	}
	deletion, err := a.ExamineDeleted(ctx, detail.UniqueReference())
	if err != nil {
		return q.write(ctx, a, detail.Invoice, err)
	}
	q.say("  %s: %s", deletion.Candidate.Reference(), evidenceOf(deletion.Candidate))
	q.say("%s", explain.Deletion(deletion).In(say.English))
	switch deletion.Conclusion {
	case model.DeletionDenied:
		if !deletion.Candidate.CarriesReference && !q.yes && q.options.Terminal() {
			// Another document may have the same number, client and total: the user decides.
			return q.decideDeleted(ctx, a, detail.Invoice)
		}
		return q.write(ctx, a, detail.Invoice, fmt.Errorf("%s was not recorded as deleted: SmartBill has it", detail.Reference()))
	case model.DeletionUndecided:
		return q.decideDeleted(ctx, a, detail.Invoice)
	case model.DeletionProven, model.DeletionRecorded:
	}
	question := fmt.Sprintf("Record %s as deleted on the web? Then %s.", documentWords(detail.Invoice),
		explain.ThenIfDeleted(detail.Invoice).In(say.English))
	if err := q.confirm(ctx, question); err != nil {
		return err
	}
	deletion, err = a.SettleDeleted(ctx, detail.UniqueReference())
	return q.writeDeleted(ctx, a, deletion, err)
}

func (q *settleRequest) decideDeleted(ctx context.Context, a *app.App, invoice model.Invoice) error {
	undecided := &model.OpenError{Invoice: invoice, Matter: model.MatterDeletion, Err: model.ErrOutcomeUnknown}
	if q.yes || !q.options.Terminal() {
		return q.write(ctx, a, invoice, undecided)
	}
	if path, err := a.SaveCandidate(ctx, invoice.UniqueReference(), invoice.Number); err == nil {
		q.say("What SmartBill has under this number is saved: %s. Look at it.", path)
	}
	typed, err := q.ask(ctx, "If it is another one, type the number of "+invoice.Reference()+" to record yours as deleted; an empty line "+
		"leaves all as it is:")
	if err != nil || typed == "" {
		return q.write(ctx, a, invoice, undecided)
	}
	deletion, err := a.DecideDeleted(ctx, invoice.UniqueReference(), typed)
	return q.writeDeleted(ctx, a, deletion, err)
}

func (q *settleRequest) writeDeleted(ctx context.Context, a *app.App, deletion model.Deletion, err error) error {
	if err == nil {
		q.say("%s", explain.Deletion(deletion).In(say.English))
	}
	return q.write(ctx, a, deletion.Invoice, err)
}
