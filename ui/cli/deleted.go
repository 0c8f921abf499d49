package cli

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/app"
)

// settleDeleted finds out whether a document was deleted on the web, and records it: when that is proven, after a question; when it
// is not, by the word of a person who looked at the PDF and types the number.
func (r *root) settleDeleted(ctx context.Context, a *app.App, request settleRequest) error {
	detail, err := a.ForAct(ctx, request.reference)
	if err != nil {
		return err
	}
	deletion, err := a.ExamineDeleted(ctx, reference(detail.Invoice))
	if err != nil {
		return r.writeActed(ctx, a, detail.Invoice, request.json, err)
	}
	r.say("  %s: %s", deletion.Candidate.Reference(), evidenceOf(deletion.Candidate))
	r.say("%s", deletion.Sentence)
	switch deletion.Conclusion {
	case model.DeletionDenied:
		if !deletion.Candidate.CarriesReference && !request.yes && r.options.Terminal() {
			// Another document may have the same number, client and total: who knows better says so.
			return r.decideDeleted(ctx, a, detail.Invoice, request)
		}
		there := fmt.Errorf("%s was not recorded as deleted: SmartBill has it", detail.Reference())
		return r.writeActed(ctx, a, detail.Invoice, request.json, there)
	case model.DeletionUndecided:
		return r.decideDeleted(ctx, a, detail.Invoice, request)
	case model.DeletionProven, model.DeletionRecorded:
	}
	if !request.yes {
		question := fmt.Sprintf("Record %s to %s over %s %s as deleted on the web? Then %s.", detail.Reference(), detail.ClientName,
			model.FormatAmount(detail.Total), detail.Currency, detail.ThenIfDeleted())
		if err := r.confirm(ctx, question); err != nil {
			return err
		}
	}
	deletion, err = a.SettleDeleted(ctx, reference(detail.Invoice))
	return r.writeDeleted(ctx, a, deletion, request, err)
}

func (r *root) decideDeleted(ctx context.Context, a *app.App, invoice model.Invoice, request settleRequest) error {
	open := fmt.Errorf("whether %s was deleted is not proven: %w", invoice.Reference(), model.ErrOutcomeUnknown)
	undecided := &advisedError{err: open, advice: "Run cadensa settle " + invoice.Reference() + " --deleted on a terminal: who has looked at the PDF can decide it there."}
	if request.yes || !r.options.Terminal() {
		return r.writeActed(ctx, a, invoice, request.json, undecided)
	}
	if path, err := a.SaveCandidate(ctx, reference(invoice), invoice.Number); err == nil {
		r.say("What SmartBill has under this number is saved: %s. Look at it.", path)
	}
	typed, err := r.ask(ctx, "If it is another one, type the number of "+invoice.Reference()+" to record yours as deleted; an empty line leaves all as it is:")
	if err != nil || typed == "" {
		return r.writeActed(ctx, a, invoice, request.json, undecided)
	}
	deletion, err := a.DecideDeleted(ctx, reference(invoice), typed)
	return r.writeDeleted(ctx, a, deletion, request, err)
}

func (r *root) writeDeleted(ctx context.Context, a *app.App, deletion model.Deletion, request settleRequest, err error) error {
	if err == nil {
		r.say("%s", deletion.Sentence)
	}
	return r.writeActed(ctx, a, deletion.Invoice, request.json, err)
}
