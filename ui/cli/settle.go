package cli

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

type settleRequest struct {
	acting
	// adopt is the number of the document that it is, series what stood before it, "" for the number alone.
	adopt, series   string
	release, resend bool
	// recorded says of a payment, which has no number, that SmartBill has it.
	recorded bool
	// deleted asks whether a document that SmartBill should have was deleted on the web.
	deleted bool
	decides bool
}

// settle finds out what became of invoices whose outcome is not known.
func (r *root) settle() *cobra.Command {
	request := settleRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "settle [REF]",
		Short: "Check invoices whose outcome is not known",
		Long: "Checks what happened to an invoice whose answer from SmartBill was lost; without REF, to all of them. cadensa looks at\n" +
			"the newest numbers of the series and their PDFs. The PDF with the invoice's reference is the invoice. If every number\n" +
			"belongs to another invoice, and SmartBill had enough time, the invoice was not issued and its hours are free. If\n" +
			"the evidence is not enough, look at the PDFs in SmartBill and decide: --adopt, --release or --resend.\n\n" +
			"Payments are checked by the amount that is paid now; you decide with --recorded or --release. --deleted checks whether an\n" +
			"issued invoice, proforma or storno was deleted on the web, and records it. The evidence goes to standard error.\n\n" +
			"Exit codes: 0 settled; 1 refused or failed, or the document was not deleted; 2 wrong usage; 3 still not known, or\n" +
			"SmartBill may still be processing it; 4 not done (limit of calls or no connection), try again later.",
		Example: `  cadensa settle                             check all
  cadensa settle CAD-7F3K4Q --json
  cadensa settle CAD-7F3K4Q --adopt 0024     it is invoice 0024; also for a draft that you finished in SmartBill
  cadensa settle CAD-7F3K4Q --release        it was not issued; free its hours
  cadensa settle FCT-0023 --recorded         its payment is in SmartBill; --release if it is not
  cadensa settle CAD-7F3K4Q --resend --yes   it was not issued; send it again under a new reference
  cadensa settle FCT-0023 --deleted          check whether it was deleted on the web`,
		Args: atMostOneReference(&request.reference),
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.check(command.Flags().Changed("adopt")); err != nil {
				return err
			}
			if err := request.mayAct(command, request.decides); err != nil {
				return err
			}
			return r.withWriting(command.Context(), false, request.settle)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.adopt, "adopt", "", "it is invoice `NUMBER`")
	flags.BoolVar(&request.release, "release", false, "it was not issued: free its hours; for a payment: it was not recorded")
	flags.BoolVar(&request.recorded, "recorded", false, "the payment was recorded")
	flags.BoolVar(&request.resend, "resend", false, "it was not issued: send it again")
	flags.BoolVar(&request.deleted, "deleted", false, "check whether it was deleted on the web, and record it if that is proven")
	flags.BoolVar(&request.yes, "yes", false, "do not ask for confirmation")
	flags.BoolVar(&request.json, "json", false, "print the invoice as JSON; without REF, an array of invoices")
	return command
}

func atMostOneReference(into *string) cobra.PositionalArgs {
	return func(command *cobra.Command, arguments []string) error {
		*into = strings.Join(arguments, " ")
		if len(arguments) > 1 || len(arguments) == 1 && strings.TrimSpace(*into) == "" {
			return usage("%s takes one reference such as CAD-7F3K4Q, or none; see %s --help", command.Name(), command.CommandPath())
		}
		return nil
	}
}

func (q *settleRequest) check(adopting bool) error {
	given := 0
	for _, flag := range []bool{adopting, q.release, q.resend, q.recorded, q.deleted} {
		if flag {
			given++
		}
	}
	q.decides = given > 0
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

func (q *settleRequest) settle(ctx context.Context, a *app.App) error {
	switch {
	case q.deleted:
		return q.settleDeleted(ctx, a)
	case q.decides:
		return q.decide(ctx, a)
	case q.reference == "":
		return q.settleAll(ctx, a)
	}
	detail, err := a.ForAct(ctx, q.reference, "")
	if err != nil {
		return err
	}
	invoice, err := q.settleOne(ctx, a, detail.Invoice)
	return q.write(ctx, a, invoice, err)
}

// settleAll settles all invoices of uncertain outcome. It returns the weightiest failure and says the others.
func (q *settleRequest) settleAll(ctx context.Context, a *app.App) error {
	left, err := a.RecoverAll(ctx)
	if err != nil {
		return err
	}
	var failures []error
	settled := []model.Invoice{}
	for _, invoice := range left {
		if a.CheckCompany(ctx, invoice) != nil {
			q.say("%s of company %s is open too: settle it with the settings of that company.", invoice.Reference(), invoice.Company)
			continue
		}
		invoice, failure := q.settleOne(ctx, a, invoice)
		settled = append(settled, invoice)
		if failure != nil {
			failures = append(failures, failure)
		}
	}
	if len(settled) == 0 && !q.json {
		q.say("No invoice has an uncertain outcome.")
		return nil
	}
	weightiest := q.sayLesser(failures)
	return errors.Join(weightiest, q.writeInvoices(context.WithoutCancel(ctx), a, settled, form{json: q.json}))
}

// sayLesser says all failures except the one that decides the exit code, which it returns.
func (r *root) sayLesser(failures []error) error {
	for _, code := range []int{ExitUnknown, ExitFailed, ExitLater, ExitUsage} {
		worst := slices.IndexFunc(failures, func(failure error) bool { return ExitCode(failure) == code })
		if worst < 0 {
			continue
		}
		for i, failure := range failures {
			if i != worst {
				r.say("%s", explain.OneLine(failure))
			}
		}
		return failures[worst]
	}
	return nil
}

// settleOne finds out what became of an invoice; a known outcome is no failure.
func (r *root) settleOne(ctx context.Context, a *app.App, invoice model.Invoice) (model.Invoice, error) {
	if invoice.HasOpenPayment() {
		settlement, err := a.SettlePayment(ctx, invoice.UniqueReference())
		if err != nil {
			return known(settlement.Invoice, invoice), err
		}
		r.sayPayment(settlement)
		return settlement.Invoice, settlement.Open()
	}
	switch invoice.Status {
	case model.StatusCancelling, model.StatusRestoring:
		return invoice, &model.OpenError{Invoice: invoice, Matter: model.MatterChange, Err: model.ErrOutcomeUnknown}
	case model.StatusIssued, model.StatusPartlyReversed, model.StatusCancelled, model.StatusReversed, model.StatusDeleted:
		r.say("%s is %s; there is nothing to find out.", invoice.Reference(), invoice.Status)
		return invoice, nil
	case model.StatusSending, model.StatusUnknown, model.StatusDraftSent, model.StatusRefused, model.StatusNotIssued:
	}
	settlement, err := a.Settle(ctx, invoice.UniqueReference())
	r.sayEvidence(settlement)
	if err == nil {
		err = settlement.Open()
	}
	return known(settlement.Invoice, invoice), err
}

// known is the invoice as it was settled, or as it stood if it could not be read.
func known(settled, before model.Invoice) model.Invoice {
	if settled.ID == 0 {
		return before
	}
	return settled
}

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
