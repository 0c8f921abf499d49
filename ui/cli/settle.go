package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// settleRequest is the command line: to look, or one decision.
type settleRequest struct {
	reference, adopt string
	// series is what stood before the number to adopt, "" for the number alone.
	series          string
	release, resend bool
	// recorded says of a payment, which has no number, that SmartBill has it.
	recorded bool
	// deleted asks whether a document that SmartBill should have was deleted on the web.
	deleted   bool
	yes, json bool
}

// settle finds out what became of invoices whose outcome is not known.
func (r *root) settle() *cobra.Command {
	var request settleRequest
	command := &cobra.Command{
		Use:   "settle [REF]",
		Short: "Find out what SmartBill did with an invoice whose answer was lost",
		Long: "Looks at the numbers that SmartBill gave since, and at their PDFs: the one that carries the invoice's reference is\n" +
			"the invoice. When all are others, and SmartBill had its time, it was not made and its hours are free. What the\n" +
			"evidence does not decide stays open, and you decide it after a look at the PDFs in SmartBill: --adopt, --release or\n" +
			"--resend. A payment is settled by what is paid now, and decided by --recorded or --release. Without REF all that is\n" +
			"uncertain is settled. With --deleted it finds out whether an invoice, proforma or storno that counts as issued was\n" +
			"deleted on the web, and records that. The evidence goes to standard error.\n\n" +
			"Exit codes: 0 settled; 1 refused or failed, or SmartBill has what was said to be deleted; 2 wrong usage; 3 still not\n" +
			"known, also because SmartBill may be making it still; 4 not done, try later: the limit of calls, or no connection.",
		Example: `  cadensa settle                             all of them
  cadensa settle CAD-7F3K4Q --json
  cadensa settle CAD-7F3K4Q --adopt 0024     it is this one; also for a draft that you finished in SmartBill
  cadensa settle CAD-7F3K4Q --release        it was not made; its hours are free
  cadensa settle FCT-0023 --recorded         its payment is in SmartBill; --release if it is not
  cadensa settle CAD-7F3K4Q --resend --yes   it was not made; send it again under a new reference
  cadensa settle FCT-0023 --deleted          it was deleted in SmartBill itself; its hours are free`,
		Args: atMostOneReference,
		RunE: func(command *cobra.Command, arguments []string) error {
			if len(arguments) > 0 {
				request.reference = arguments[0]
			}
			if err := request.check(command.Flags().Changed("adopt")); err != nil {
				return err
			}
			if request.decides() {
				if err := r.mayAct(command, request.yes); err != nil {
					return err
				}
			}
			ctx := command.Context()
			return r.withWriting(ctx, false, func(a *app.App) error { return r.settleInvoices(ctx, a, request) })
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.adopt, "adopt", "", "it is the invoice with this `NUMBER`")
	flags.BoolVar(&request.release, "release", false, "it was not made: free its hours; of a payment: it was not recorded")
	flags.BoolVar(&request.recorded, "recorded", false, "its payment was recorded")
	flags.BoolVar(&request.resend, "resend", false, "it was not made: send it again")
	flags.BoolVar(&request.deleted, "deleted", false, "it may have been deleted on the web: find out, and record it when that is proven")
	flags.BoolVar(&request.yes, "yes", false, "do not ask")
	flags.BoolVar(&request.json, "json", false, "print the invoice as JSON; without REF, an array of invoices")
	return command
}

func atMostOneReference(command *cobra.Command, arguments []string) error {
	if len(arguments) > 1 || len(arguments) == 1 && strings.TrimSpace(arguments[0]) == "" {
		return usage("%s takes one reference such as CAD-7F3K4Q, or none; see %s --help", command.Name(), command.CommandPath())
	}
	return nil
}

func (q *settleRequest) decides() bool {
	return q.adopt != "" || q.release || q.resend || q.recorded || q.deleted
}

func (q *settleRequest) check(adopting bool) error {
	given := 0
	for _, flag := range []bool{adopting, q.release, q.resend, q.recorded, q.deleted} {
		if flag {
			given++
		}
	}
	switch {
	case given > 1:
		return usage("--adopt, --release, --resend, --recorded and --deleted exclude each other")
	case given == 1 && q.reference == "":
		return usage("a decision needs the reference of its invoice: settle REF; cadensa history lists them")
	case !adopting:
		return nil
	}
	// The number may stand behind its series, as it is printed: "FCT-0024".
	if series, number, ok := model.SplitReference(q.adopt); ok {
		q.series, q.adopt = series, number
	}
	if !model.IsDocumentNumber(q.adopt) {
		return usage("--adopt wants a number such as 0024")
	}
	return nil
}

func (r *root) settleInvoices(ctx context.Context, a *app.App, request settleRequest) error {
	switch {
	case request.deleted:
		return r.settleDeleted(ctx, a, request)
	case request.decides():
		return r.decide(ctx, a, request)
	case request.reference != "":
		detail, err := a.ForAct(ctx, request.reference, "")
		if err != nil {
			return err
		}
		invoice, err := r.settleOne(ctx, a, detail.Invoice)
		return r.writeActed(ctx, a, invoice, request.json, err)
	}
	return r.settleAll(ctx, a, request.json)
}

// settleAll settles all invoices of uncertain outcome. It returns the weightiest failure and says the others.
func (r *root) settleAll(ctx context.Context, a *app.App, asJSON bool) error {
	left, err := a.RecoverAll(ctx)
	if err != nil {
		return err
	}
	left = slices.DeleteFunc(left, func(invoice model.Invoice) bool {
		other := a.CheckCompany(ctx, invoice)
		if other != nil {
			r.say("%s of company %s is open too: settle it with the settings of that company.", invoice.Reference(), invoice.Company)
		}
		return other != nil
	})
	var failures []error
	settled := make([]model.Invoice, len(left))
	for i, invoice := range left {
		var failure error
		if settled[i], failure = r.settleOne(ctx, a, invoice); failure != nil {
			failures = append(failures, failure)
		}
	}
	if len(left) == 0 && !asJSON {
		r.say("No invoice has an uncertain outcome.")
		return nil
	}
	weightiest := r.sayLesser(failures)
	return errors.Join(weightiest, r.writeInvoices(context.WithoutCancel(ctx), a, settled, form{json: asJSON}))
}

// sayLesser says all failures except the one that decides the exit code, which it returns.
func (r *root) sayLesser(failures []error) error {
	worst := -1
	for _, code := range []int{ExitUnknown, ExitFailed, ExitLater} {
		for i, failure := range failures {
			if worst < 0 && ExitCode(failure) == code {
				worst = i
			}
		}
	}
	for i, failure := range failures {
		if i != worst {
			r.say("%s", oneLine(failure))
		}
	}
	if worst < 0 {
		return nil
	}
	return failures[worst]
}

// settleOne finds out what became of an invoice; a known outcome is no failure.
func (r *root) settleOne(ctx context.Context, a *app.App, invoice model.Invoice) (model.Invoice, error) {
	if invoice.HasOpenPayment() {
		return r.settlePayment(ctx, a, invoice)
	}
	switch invoice.Status {
	case model.StatusCancelling, model.StatusRestoring:
		open := fmt.Errorf("%s is %s: %w", invoice.Reference(), invoice.Status, model.ErrOutcomeUnknown)
		return invoice, &advisedError{err: open, advice: leftBehind(invoice)}
	case model.StatusDraft, model.StatusIssued, model.StatusCancelled, model.StatusReversed, model.StatusDeleted:
		r.say("%s is %s; there is nothing to find out.", invoice.Reference(), invoice.Status)
		return invoice, nil
	case model.StatusSending, model.StatusUnknown, model.StatusDraftSent, model.StatusRefused, model.StatusNotIssued:
	}
	settlement, err := a.Settle(ctx, invoice.UniqueReference())
	r.sayEvidence(settlement)
	if settlement.Invoice.ID != 0 {
		invoice = settlement.Invoice
	}
	if err != nil {
		return invoice, err
	}
	return invoice, stillOpen(settlement)
}

// stillOpen is the failure to settle, nil if settled.
func stillOpen(settlement model.Settlement) error {
	name := settlement.Invoice.Reference()
	switch settlement.Conclusion {
	case model.ConclusionWait:
		wait := fmt.Errorf("%s is %s still: %w", name, settlement.Invoice.Status, &model.WaitError{Until: settlement.WaitUntil})
		return &advisedError{err: wait, advice: "Run cadensa settle " + name + " again then."}
	case model.ConclusionUndecided:
		open := fmt.Errorf("%s is %s still: %w", name, settlement.Invoice.Status, model.ErrOutcomeUnknown)
		return &advisedError{err: open, advice: "Look at the PDFs in SmartBill, then decide: cadensa settle " + name +
			" --adopt NUMBER, or --release if it was not made."}
	case model.ConclusionAdopted, model.ConclusionNotIssued:
	}
	return nil
}

// sayEvidence says what was found, and what follows.
func (r *root) sayEvidence(settlement model.Settlement) {
	if settlement.Invoice.ID == 0 {
		return
	}
	invoice := settlement.Invoice
	r.say("%s to %s over %s %s: the next number of %s was %s before it was sent and is %s now.", invoice.Intent, invoice.ClientName,
		model.FormatAmount(invoice.Total), invoice.Currency, invoice.Series,
		model.FormatCounter(settlement.CounterBefore), model.FormatCounter(settlement.CounterNow))
	for _, candidate := range settlement.Candidates {
		r.say("  %s: %s", candidate.Reference(), evidenceOf(candidate))
	}
	for _, warning := range settlement.Warnings {
		r.say("warning: %s", explain.Warning(warning).In(say.English))
	}
	if sentence := explain.Settlement(settlement); !sentence.IsEmpty() {
		r.say("%s", sentence.In(say.English))
	}
}

func evidenceOf(candidate model.Candidate) string {
	facts := []string{"total not told"}
	if candidate.Total.Valid {
		facts[0] = "total " + model.FormatAmount(candidate.Total.Decimal)
	}
	if candidate.HasPDF {
		facts = append(facts, yesOr(candidate.ShowsNumber, "shows its number", "does not show its number"),
			yesOr(candidate.CarriesReference, "carries the reference", "carries no such reference"))
	} else {
		facts = append(facts, "no PDF")
	}
	text := strings.Join(facts, ", ") + ": " + string(candidate.Verdict)
	if candidate.Reason != "" {
		text += " (" + explain.Candidate(candidate).In(say.English) + ")"
	}
	return text
}

func yesOr(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

// settlePayment finds out what became of a payment, and fails while the evidence does not tell.
func (r *root) settlePayment(ctx context.Context, a *app.App, invoice model.Invoice) (model.Invoice, error) {
	settlement, err := a.SettlePayment(ctx, invoice.UniqueReference())
	if settlement.Invoice.ID != 0 {
		invoice = settlement.Invoice
	}
	if err != nil {
		return invoice, err
	}
	r.sayPayment(settlement)
	name := invoice.Reference()
	switch settlement.Conclusion {
	case model.PaymentWait:
		wait := fmt.Errorf("a payment of %s is open still: %w", name, &model.WaitError{Until: settlement.WaitUntil})
		return invoice, &advisedError{err: wait, advice: "Run cadensa settle " + name + " again then."}
	case model.PaymentUndecided:
		open := fmt.Errorf("a payment of %s is open still: %w", name, model.ErrOutcomeUnknown)
		return invoice, &advisedError{err: open, advice: "Look into SmartBill, then decide: cadensa settle " + name +
			" --recorded, or --release if it is not there."}
	case model.PaymentFound, model.PaymentMissing:
	}
	return invoice, nil
}

func (r *root) sayPayment(settlement model.PaymentSettlement) {
	invoice, payment := settlement.Invoice, settlement.Payment
	r.say("%s, payment of %s %s by %s: %s were paid before it, %s are now.", invoice.Reference(), model.FormatAmount(payment.Amount),
		invoice.Currency, payment.Kind.Words(), model.FormatAmount(payment.PaidBefore), model.FormatAmount(settlement.PaidNow))
	if payment.Kind == model.PaymentReceipt {
		r.say("  the next number of %s was %s before it and is %s now.", payment.Series, model.FormatCounter(payment.Counter),
			model.FormatCounter(settlement.CounterNow))
	}
	r.say("%s", explain.Payment(settlement).In(say.English))
}
