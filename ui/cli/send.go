package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

type sendRequest struct {
	acting
	to, cc, bcc, subject, message string
	reminder, again               bool
	// worded tells which of the texts were given.
	worded struct{ subject, message bool }
}

const againFlag = "again"

func (r *root) send() *cobra.Command {
	request := sendRequest{acting: acting{root: r}}
	command := &cobra.Command{
		Use:   "send REF",
		Short: "E-mail an invoice or a reminder to its client",
		Long: "SmartBill e-mails the invoice to the client's address, or to --to. Subject and message come from the settings\n" +
			"(email_subject, email_message; reminder_subject, reminder_message), with SmartBill's placeholders. You see them before\n" +
			"you confirm. An empty text uses the one of your SmartBill account. Drafts, cancelled invoices and invoices of\n" +
			"unknown outcome are refused.\n\n" +
			"Each e-mail is sent once and recorded. SmartBill cannot tell later whether it sent an e-mail: if its answer is lost, the\n" +
			"outcome stays unknown. cadensa shows you the first e-mail before you confirm a second one; with --yes, add --again.\n" +
			"Prints the invoice.\n\n" +
			"Exit codes: 0 sent; 1 refused; 2 wrong usage, or --again is missing; 3 outcome not known; 4 not sent, try again later.",
		Example: `  cadensa send FCT-0023
  cadensa send FCT-0023 --to plati@client.example --cc conta@client.example --yes --json
  cadensa send FCT-0023 --reminder         remind the client of an overdue invoice
  cadensa send FCT-0023 --again --yes      send it a second time`,
		Args: oneArgument(&request.reference, "reference such as FCT-0023"),
		RunE: func(command *cobra.Command, _ []string) error {
			request.worded.subject, request.worded.message = command.Flags().Changed("subject"), command.Flags().Changed("message")
			if err := request.mayAct(command, true); err != nil {
				return err
			}
			return r.withWriting(command.Context(), false, request.send)
		},
	}
	flags := command.Flags()
	flags.StringVar(&request.to, "to", "", "send it to `ADDRESS`, or several separated by commas (default: the client's)")
	flags.StringVar(&request.cc, "cc", "", "send a copy to `ADDRESS`, or several separated by commas")
	flags.StringVar(&request.bcc, "bcc", "", "send a blind copy to `ADDRESS`, or several separated by commas")
	flags.StringVar(&request.subject, "subject", "", "the subject `TEXT` (default: from the settings)")
	flags.StringVar(&request.message, "message", "", "the message `TEXT` (default: from the settings)")
	flags.BoolVar(&request.reminder, "reminder", false, "send a reminder of an overdue invoice")
	flags.BoolVar(&request.again, againFlag, false, "with --yes: send it even if it was, or may have been, sent before")
	request.bind(command, "the invoice")
	return command
}

func (q *sendRequest) send(ctx context.Context, a *app.App) error {
	kind := model.EmailDocument
	if q.reminder {
		kind = model.EmailReminder
	}
	draft, err := a.DraftEmail(ctx, q.reference, kind)
	if err != nil {
		return err
	}
	email, err := q.changed(draft.Email).Checked()
	if err != nil {
		return &UsageError{Err: err}
	}
	earlier, repeats := draft.Invoice.EarlierEmail(kind)
	if repeats {
		named := explain.EarlierEmail(draft.Invoice.Reference(), earlier, a.Location()).In(say.English)
		if q.yes && !q.again {
			return usage("%s Nothing was sent. If a second one is meant, say so with --%s", named, againFlag)
		}
		q.say("%s", named)
	}
	if !q.yes {
		q.show(draft.Invoice, email)
	}
	if err := q.confirm(ctx, emailQuestion(draft.Invoice.Invoice, email, repeats)); err != nil {
		return err
	}
	invoice, err := q.sendEmail(ctx, a, draft.Invoice.Invoice, draft.Order(email))
	return q.write(ctx, a, invoice, err)
}

// changed is the e-mail with what the flags say in the place of the settings.
func (q *sendRequest) changed(email model.Email) model.Email {
	if q.to != "" {
		email.To = q.to
	}
	email.CC, email.BCC = q.cc, q.bcc
	if q.worded.subject {
		email.Subject = q.subject
	}
	if q.worded.message {
		email.Message = q.message
	}
	return email
}

// show writes the e-mail as it will be read, before it is confirmed.
func (r *root) show(invoice model.InvoiceDetail, email model.Email) {
	for _, row := range []struct{ label, value string }{
		{"to", explain.Addresses(email.To)}, {"cc", explain.Addresses(email.CC)}, {"bcc", explain.Addresses(email.BCC)},
		{"subject", invoice.FillPlaceholders(email.Subject)},
	} {
		if row.value != "" {
			r.say("%s", labelled(row.label, row.value))
		}
	}
	for line := range strings.SplitSeq(invoice.FillPlaceholders(email.Message), "\n") {
		r.say("%s", strings.TrimRight("  "+line, " "))
	}
	if email.Subject == "" || email.Message == "" {
		r.say("%s", explain.AccountTemplate().In(say.English))
	}
}

func emailQuestion(invoice model.Invoice, email model.Email, repeats bool) string {
	again := ""
	if repeats {
		again = " again"
	}
	if email.Kind == model.EmailReminder {
		return fmt.Sprintf("Send this reminder of %s%s?", documentWords(invoice), again)
	}
	return fmt.Sprintf("Send %s by e-mail%s?", documentWords(invoice), again)
}

// sendEmail sends an e-mail that was confirmed, and says what became of it.
func (q *acting) sendEmail(ctx context.Context, a *app.App, invoice model.Invoice, order model.EmailOrder) (model.Invoice, error) {
	q.say("Sending %s to %s. If this is interrupted now, whether it was sent is not known.", invoice.Reference(), explain.Addresses(order.To))
	_, err := confirmingOurs(ctx, q, a, invoice, func() (model.Invoice, error) {
		return a.SendEmail(ctx, invoice.UniqueReference(), order)
	})
	if err == nil {
		q.say("%s", explain.EmailSent(invoice.Reference(), order.Email).In(say.English))
	}
	return invoice, err
}

// emailAfterIssue words the e-mail of an invoice that is about to be issued, to the client's address.
func (q *issueRequest) emailAfterIssue(a *app.App, prepared model.PreparedInvoice) (model.Email, error) {
	email := model.Email{Kind: model.EmailDocument, To: prepared.Client.Email}
	email.Subject, email.Message = a.Settings().EmailText(email.Kind)
	email, err := email.Checked()
	if err != nil {
		return email, usage("--email: %s has no e-mail address that can be used (%v). Nothing was sent; leave --email out, or give the client one",
			prepared.Client.Name, err)
	}
	return email, nil
}

// issuedUnsentError says that an invoice was issued, and its e-mail not sent: to issue again would be wrong.
type issuedUnsentError struct{ err error }

// Error is that of the e-mail.
func (e *issuedUnsentError) Error() string { return e.err.Error() }

// Unwrap returns it.
func (e *issuedUnsentError) Unwrap() error { return e.err }

// sendIssued e-mails an invoice that was just issued. The invoice stands whatever becomes of the e-mail.
func (q *issueRequest) sendIssued(ctx context.Context, a *app.App, invoice model.Invoice, prepared model.PreparedInvoice) error {
	email, err := q.emailAfterIssue(a, prepared)
	if err == nil {
		_, err = q.sendEmail(ctx, a, invoice, model.EmailOrder{Email: email})
	}
	if err == nil {
		return nil
	}
	if !errors.Is(err, model.ErrOutcomeUnknown) {
		q.say("%s is issued all the same; cadensa send %s sends it.", invoice.Reference(), invoice.Reference())
	}
	return &issuedUnsentError{err}
}
