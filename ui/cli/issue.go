package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/filter"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

type issueRequest struct {
	acting
	editFlags
	client, period, filter string
	entries                []string
	group, series          string
	dryRun                 bool
	// unusualDate confirms dates that look like slips.
	unusualDate bool
	// includeFlagged bills flagged entries that are named.
	includeFlagged bool
	// noSaveClient leaves the client in SmartBill as it is.
	noSaveClient bool
	// draft asks for a draft in SmartBill, which has no number, proforma for a proforma.
	draft, proforma bool
	// email e-mails the document to its client once it is issued.
	email bool

	grouping model.Grouping
	// unchecked is set once the account could not be read.
	unchecked *uncheckedError
}

// issue makes an invoice of tracked hours.
func (r *root) issue() *cobra.Command {
	request := issueRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "issue --client NAME [--period PERIOD | --entries FINGERPRINT,...] [--line LINE]...",
		Short: "Issue an invoice for tracked hours, or a proforma",
		Long: "Issues one invoice through SmartBill, which gives it a number. An issued invoice cannot be deleted, only cancelled or\n" +
			"reversed.\n\n" +
			"Hours: --period bills the client's unbilled, billable entries that have a price; --filter selects among them. It skips\n" +
			"and reports entries that may be billed twice (edited copies of billed hours, twins from another file), entries longer\n" +
			"than a day, and entries that the tracker calls not billable or invoiced. To bill those, name them with --entries and add\n" +
			"--include-flagged. With --yes nothing is sent if a source could not be read.\n\n" +
			"Lines without hours: --line adds a line, and works without --period and --entries. The last field sets the VAT of this\n" +
			"line: a rate of the law such as 11%, or a reason such as education. --deduct subtracts an advance.\n\n" +
			"VAT: it follows from the client's country, kind and VAT number, or from the vat_reason of the client. --vat-reason sets\n" +
			"it for this invoice. If the VAT number is not valid, cadensa charges Romanian VAT, and --yes sends nothing until you\n" +
			"set the reason. If VIES has not checked the number, cadensa warns you.\n\n" +
			"--draft creates a draft without a number in SmartBill and reserves the hours. Finish it in SmartBill and enter its number\n" +
			"with cadensa settle REF --adopt NUMBER, or delete it there and run cadensa settle REF --release.\n\n" +
			"--proforma creates a proforma on its own series. A proforma is not an invoice. Its hours stay reserved until you run\n" +
			"cadensa convert REF, which creates the invoice, or cadensa cancel REF.\n\n" +
			"--email also e-mails the invoice to the client, with the text from the settings. If only the e-mail fails, the invoice is\n" +
			"issued all the same: exit code 1 if it was not sent (run cadensa send REF), 3 if that is not known.\n\n" +
			"Exit codes: 0 issued; 1 refused; 2 wrong usage; 3 outcome not known, the hours stay reserved; 4 nothing was sent, try\n" +
			"again later; 5 nothing to bill. A dry run ends with 4 if the account could not be read; it then shows the series and\n" +
			"VAT rates that were read last.",
		Example: `  cadensa issue --client "Morii Studio SRL" --period last-month --dry-run
  cadensa issue --client "Morii Studio SRL" --period last-month --group task
  cadensa issue --client Morii --entries 3f9a0c51d2b84e67,90ab12cd34ef5678 --yes --json
  cadensa issue --client Morii --entries 3f9a0c51d2b84e67 --include-flagged
  cadensa issue --client Nordlicht --period 2026-10 --vat-reason domestic --yes
  cadensa issue --client Morii --period 2026-10 --filter "project:atlas -tag:gratis" --discount 10% --mention "Contract 7"
  cadensa issue --client Morii --period 2026-10 --issue-date 2026-10-31 --line "Licence; 1; buc; 100.00"
  cadensa issue --client Nordlicht --currency EUR --line "Licence; 1; buc; 100.00" --line "Travel; 2; zi; 45.50; Hamburg"
  cadensa issue --client Morii --period 2026-10 --line "Handbook; 1; buc; 80.00; ; 11%" --line "Course; 2; zi; 900; Basics; education"
  cadensa issue --client Morii --period 2025-07 --supply-date 2025-08-31 --no-save-client
  cadensa issue --client Morii --period 2026-10 --email
  cadensa issue --client Morii --period 2026-10 --draft
  cadensa issue --client Morii --period 2026-10 --proforma`,
		Args: noArguments,
		RunE: func(command *cobra.Command, _ []string) error {
			if err := request.check(command); err != nil {
				return err
			}
			if err := request.mayAct(command, !request.dryRun); err != nil {
				return err
			}
			return r.withWriting(command.Context(), true, request.issue)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.client, "client", "", "bill client `NAME` of the address book: the name, the start of it, or the tax number")
	flags.StringVar(&request.period, "period", "", "bill the hours of `PERIOD`: "+model.PeriodForms)
	flags.StringVar(&request.filter, "filter", "", "of the period, only entries that match `TERMS`: "+filter.Forms)
	flags.StringSliceVar(&request.entries, "entries", nil, "bill exactly the entries with these `FINGERPRINTS`")
	flags.BoolVar(&request.includeFlagged, "include-flagged", false, "with --entries: also bill entries that --period skips")
	flags.StringVar(&request.group, "group", string(model.GroupByProject), "make one line for each `GROUP`: project, task, day, user, entry")
	flags.StringVar(&request.series, "series", "", "the `SERIES` of the document (default: from the settings)")
	request.editFlags.bind(command)
	flags.BoolVar(&request.unusualDate, unusualDateFlag, false, unusualDateHelp)
	flags.BoolVar(&request.noSaveClient, "no-save-client", false, "do not update the client in SmartBill (default: from save_client)")
	flags.BoolVar(&request.draft, "draft", false, "create a draft in SmartBill, to finish there")
	flags.BoolVar(&request.proforma, "proforma", false, "create a proforma, to convert into an invoice later")
	flags.BoolVar(&request.email, "email", false, "e-mail the invoice to the client after issuing it")
	flags.BoolVar(&request.dryRun, "dry-run", false, "print the exact request, checked against the account, and send nothing")
	request.acting.bind(command, "the invoice")
	return command
}

func (q *issueRequest) check(command *cobra.Command) (err error) {
	switch {
	case q.client == "":
		return usage("--client is needed")
	case q.period != "" && len(q.entries) > 0:
		return usage("give either --period or --entries")
	case !q.billsHours() && len(q.lines) == 0:
		return usage("say what to bill: --period, --entries or --line")
	case q.filter != "" && q.period == "":
		return usage("--filter goes with --period: it chooses among the hours of a period")
	case q.includeFlagged && len(q.entries) == 0:
		return usage("--include-flagged goes with --entries: flagged entries are billed by their fingerprints only")
	case q.draft && q.proforma:
		return usage("--draft and --proforma exclude each other")
	case q.draft && q.email:
		return usage("--draft and --email exclude each other: a draft is e-mailed once it is issued")
	}
	if q.grouping, err = model.ParseGrouping(q.group); err != nil {
		return wrongFlag("group", err)
	}
	if err := checkFilter(q.filter, filter.Check); err != nil {
		return err
	}
	return q.read(command)
}

// billsHours reports whether the invoice bills hours, and not lines alone.
func (q *issueRequest) billsHours() bool { return q.period != "" || len(q.entries) > 0 }

// errNotReady follows findings that were written one by one.
var errNotReady = errors.New("it cannot be issued like this; nothing was sent")

func (q *issueRequest) issue(ctx context.Context, a *app.App) error {
	prepared, err := q.prepare(ctx, a)
	if err != nil {
		return err
	}
	if q.edits.Lei.Valid && prepared.Currency == model.DefaultCurrency {
		return errNeedlessRate
	}
	prepared.Unfinished = q.draft
	if q.proforma {
		prepared = prepared.AsProforma(cmp.Or(q.series, a.Settings().Invoice.ProformaSeries))
	}
	// The findings name unusual dates and unlawful rates before the question.
	for _, unusual := range prepared.UnusualDates() {
		if q.yes && !q.unusualDate {
			return usage("%s; nothing was sent. If it is meant, say so with --%s", said(unusual.Finding), unusualDateFlag)
		}
		prepared.Confirmed = append(prepared.Confirmed, unusual.Date)
	}
	if !q.yes {
		for _, unlawful := range prepared.UnlawfulRates() {
			prepared.ConfirmedRates = append(prepared.ConfirmedRates, unlawful.Rate)
		}
	}
	findings := prepared.Validate()
	q.sayFindings(findings)
	if late := explain.MissedDeadline(prepared); !late.IsEmpty() {
		q.say("warning: %s", late.In(say.English))
	}
	switch {
	case len(prepared.UnlawfulRates()) > 0:
		return errUnlawfulRate
	case q.yes && prepared.Treatment.IsUndecided(prepared.Client):
		return errUndecidedVAT
	case len(findings.Errors()) > 0:
		return errNotReady
	case q.dryRun:
		return q.printRequest(ctx, a, prepared)
	}
	return q.confirmAndSend(ctx, a, prepared)
}

func (q *issueRequest) confirmAndSend(ctx context.Context, a *app.App, prepared model.PreparedInvoice) error {
	// Nobody is asked about an invoice that cannot be sent anyway.
	if err := a.Connect(ctx); err != nil {
		return err
	}
	question := issueQuestion(prepared)
	if q.email {
		email, err := q.emailAfterIssue(a, prepared)
		if err != nil {
			return err
		}
		if !q.yes {
			q.show(prepared.AsDetail("…"), email)
		}
		question += " Then SmartBill e-mails it to " + explain.Addresses(email.To) + "."
	}
	if err := q.confirmDated(ctx, a, prepared.PreparedOn, question); err != nil {
		return err
	}
	return q.send(ctx, a, prepared)
}

func (q *issueRequest) send(ctx context.Context, a *app.App, prepared model.PreparedInvoice) error {
	document := string(prepared.Kind)
	if prepared.Unfinished {
		document = "draft"
	}
	q.say("Sending the %s to %s (%s %s, series %s). If this is interrupted now, whether it exists is not known.", document,
		prepared.Client.Name, model.FormatAmount(prepared.Totals().Total), prepared.Currency, prepared.Series)
	invoice, err := q.confirmingElsewhere(ctx, a, prepared.Kind, func() (model.Invoice, error) { return a.Issue(ctx, prepared) })
	if errors.Is(err, model.ErrClientStored) && prepared.SaveClient && !q.yes && q.options.Terminal() {
		what, _ := explain.Error(err, explain.Command)
		q.say("%s.", what.In(say.English))
		if q.confirm(ctx, "Send it again, without saving the client in SmartBill?") != nil {
			return err
		}
		prepared.SaveClient = false
		invoice, err = a.Issue(ctx, prepared)
	}
	q.sayDifference(invoice)
	if err == nil && prepared.Unfinished {
		q.say("SmartBill has the draft; its hours stay reserved. Finish it there, then: cadensa settle %s --adopt NUMBER", invoice.Intent)
	}
	if err == nil && q.proforma {
		q.say("Its hours stay reserved. Once the invoice is due: cadensa convert %s", invoice.Reference())
	}
	err = q.write(ctx, a, invoice, err)
	if err != nil || !q.email {
		return err
	}
	return q.sendIssued(ctx, a, invoice, prepared)
}

func (r *root) sayFindings(findings model.Findings) {
	for _, finding := range findings {
		r.say("%s: %s (%s)", finding.Severity, said(finding), finding.Field)
	}
}

func said(finding model.Finding) string {
	return explain.Finding(finding, explain.Command).In(say.English)
}

func (q *issueRequest) prepare(ctx context.Context, a *app.App) (model.PreparedInvoice, error) {
	if err := q.completeDates(a.Today()); err != nil {
		return model.PreparedInvoice{}, err
	}
	client, err := findClient(ctx, a, q.client)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	if err := q.recover(ctx, a); err != nil {
		return model.PreparedInvoice{}, err
	}
	preferences, err := a.Preferences(ctx)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	preferences.Series = cmp.Or(q.series, preferences.Series)
	q.edits.Reason, err = q.reasonFor(client, preferences.Issuer)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	chosen, err := q.hoursToBill(ctx, a, client, preferences.Rules)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	if err := q.deductAdvances(ctx, a, client); err != nil {
		return model.PreparedInvoice{}, err
	}
	account, err := q.account(ctx, a)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	preceding, err := a.LastIssued(ctx, preferences.Series)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	invoiced, err := a.Invoiced(ctx)
	if err != nil {
		return model.PreparedInvoice{}, err
	}
	return q.exchanged(ctx, a, model.Preparation{
		Preferences: preferences, Account: account, Buyer: model.Buyer{Client: client, SaveClient: preferences.SaveClient && !q.noSaveClient},
		Hours: chosen.entries, Overridden: chosen.overridden, Free: q.free, Grouping: q.grouping, Edits: q.edits,
		Preceding: preceding, Invoiced: invoiced, Today: a.Today(), Location: a.Location(),
	})
}

// uncheckedError ends a dry run whose request was made without looking at the account.
type uncheckedError struct{ reason error }

// Error says so, and why.
func (e *uncheckedError) Error() string {
	return "not checked against the account: " + e.reason.Error()
}

// Unwrap returns why the account could not be read.
func (e *uncheckedError) Unwrap() error { return e.reason }

// account reads series and VAT rates anew, for the request to be what SmartBill takes today. A dry run does without, and says so.
func (q *issueRequest) account(ctx context.Context, a *app.App) (model.Account, error) {
	account, err := a.Recheck(ctx)
	switch {
	case err == nil:
		return account, nil
	case q.dryRun:
		q.unchecked = &uncheckedError{err}
		return a.Account(ctx)
	}
	return account, fmt.Errorf("nothing was sent, the account could not be read: %w", err)
}

// exchanged prepares the invoice and looks up its exchange rate; Validate reports a missing one. A typed rate is compared with the kept
// ones.
func (r *root) exchanged(ctx context.Context, a *app.App, preparation model.Preparation) (model.PreparedInvoice, error) {
	prepared, err := preparation.Invoice()
	if err != nil || prepared.Currency == model.DefaultCurrency {
		return prepared, err
	}
	if preparation.Edits.Lei.Valid {
		if preparation.Rates, err = a.KeptRates(ctx, preparation.IssueDate()); err != nil {
			return model.PreparedInvoice{}, err
		}
		return preparation.Invoice()
	}
	if preparation.Rates, err = a.ExchangeRates(ctx, preparation.IssueDate()); err != nil {
		// Only the user may take an older rate.
		preparation.Rates = model.ExchangeRates{}
		r.say("The exchange rate could not be looked up: %s", text.Clean(err.Error()))
	}
	prepared, err = preparation.Invoice()
	if err == nil && prepared.Exchange.IsKnown() {
		r.sayRate(prepared.Currency, prepared.Exchange)
	}
	return prepared, err
}

func (q *issueRequest) printRequest(ctx context.Context, a *app.App, prepared model.PreparedInvoice) error {
	request, err := a.Preview(ctx, prepared)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(q.options.Stdout, "%s\n", request); err != nil {
		return fmt.Errorf("print the request: %w", err)
	}
	q.say("Nothing was sent: %s to %s, %s %s%s on series %s.", counted(len(prepared.Lines), "line", "lines"), prepared.Client.Name,
		model.FormatAmount(prepared.Totals().Total), prepared.Currency, vatWords(prepared), prepared.Series)
	if q.unchecked != nil {
		return q.unchecked
	}
	return nil
}

// vatWords tell the VAT of each rate behind a total: " (TVA 21 % Normala 21.00)"; "" without VAT.
func vatWords(prepared model.PreparedInvoice) string {
	sums := explain.VATSums(prepared.Totals())
	if sums.IsEmpty() {
		return ""
	}
	return " (" + sums.In(say.English) + ")"
}

func issueQuestion(prepared model.PreparedInvoice) string {
	question := "Issue an invoice to %s over %s %s%s, %s, on series %s, due %s? It can be cancelled later, never taken back."
	switch {
	case prepared.Kind == model.KindProforma:
		question = "Make a proforma for %s over %s %s%s, %s, on series %s, due %s? It is no invoice; its hours stay reserved until it is " +
			"converted or given up."
	case prepared.Unfinished:
		question = "Make a draft in SmartBill for %s over %s %s%s, %s, on series %s, due %s? It has no number until you finish it there."
	}
	return fmt.Sprintf(question, prepared.Client.Name, model.FormatAmount(prepared.Totals().Total), prepared.Currency,
		vatWords(prepared), counted(len(prepared.Lines), "line", "lines"), prepared.Series, prepared.DueDate)
}
