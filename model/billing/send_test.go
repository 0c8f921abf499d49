package billing_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

// mailing is how SmartBill is asked to send an e-mail.
const mailing = "POST /document/send"

// email is a first e-mail to a client.
func email() model.EmailOrder {
	return model.EmailOrder{Email: model.Email{
		Kind: model.EmailDocument, To: "facturi@paine.example", CC: "conta@paine.example", BCC: "eu@firma.example",
		Subject: "Factura #serie numar document#", Message: "Bună ziua,\n\n#link document#",
	}}
}

// send e-mails a document and expects that to succeed.
func (o *office) send(tb testing.TB, reference string, order model.EmailOrder) {
	tb.Helper()
	if _, err := o.service.SendEmail(tb.Context(), reference, order); err != nil {
		tb.Fatal(err)
	}
}

// emails are those of a document in the ledger.
func (o *office) emails(tb testing.TB, reference string) []model.EmailRecord {
	tb.Helper()
	detail, err := o.records.Detail(tb.Context(), reference)
	if err != nil {
		tb.Fatal(err)
	}
	return detail.Emails
}

func TestEmailIsSentOnceAndRecorded(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	wanted := email()
	wanted.To = " facturi@paine.example ; ana@paine.example, "
	invoice, err := office.service.SendEmail(t.Context(), "FCT-0001", wanted)
	if err != nil || invoice.Reference() != "FCT-0001" {
		t.Fatalf("it is %s (%v)", invoice.Reference(), err)
	}
	want := []sandbox.Mail{{
		Document: "FCT0001", To: "facturi@paine.example,ana@paine.example", CC: "conta@paine.example", BCC: "eu@firma.example",
		Subject: "Factura #serie numar document#", Body: "Bună ziua,\n\n#link document#",
	}}
	if diff := cmp.Diff(want, remote.Mails()); diff != "" {
		t.Error(diff)
	}
	kept := office.emails(t, "FCT-0001")
	if len(kept) != 1 || kept[0].State != model.EmailSent || kept[0].To != want[0].To || kept[0].Created.IsZero() ||
		kept[0].Subject != want[0].Subject || kept[0].Message != want[0].Body {
		t.Errorf("the ledger has %+v", kept)
	}
	// Whoever does not know of it sends no second one; who does may.
	var earlier *model.EmailedError
	if _, err := office.service.SendEmail(t.Context(), "FCT-0001", email()); !errors.As(err, &earlier) || earlier.Earlier.ID != kept[0].ID {
		t.Errorf("a second one: %v", err)
	}
	again := email()
	again.Earlier = kept[0].ID
	office.send(t, "FCT-0001", again)
	if _, err := office.service.SendEmail(t.Context(), "FCT-0001", again); !errors.As(err, &earlier) {
		t.Errorf("a third one by the word for the second: %v", err)
	}
	if len(remote.Mails()) != 2 || remote.Calls(mailing) != 2 {
		t.Errorf("%d e-mails were sent in %d calls", len(remote.Mails()), remote.Calls(mailing))
	}
}

func TestEmailsThatMustNotBeAreNotSent(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	office.issue(t, invoiceOf(9))
	if _, err := office.service.Cancel(t.Context(), "FCT-0002"); err != nil {
		t.Fatal(err)
	}
	draft := invoiceOf(10)
	draft.Unfinished = true
	unfinished := office.issue(t, draft)
	office.issue(t, proforma(11))
	if _, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT")); err != nil {
		t.Fatal(err)
	}
	altered := func(change func(order *model.EmailOrder)) model.EmailOrder {
		order := email()
		change(&order)
		return order
	}
	reminder := altered(func(o *model.EmailOrder) { o.Kind = model.EmailReminder })
	for name, test := range map[string]struct {
		reference string
		order     model.EmailOrder
		want      error
	}{
		"a cancelled invoice":   {"FCT-0002", email(), model.ErrStateChanged},
		"a draft":               {unfinished.Intent, email(), model.ErrStateChanged},
		"an invoiced proforma":  {"PRF-0001", email(), model.ErrStateChanged},
		"no such invoice":       {"FCT-0009", email(), model.ErrInvoiceUnknown},
		"a reminder before due": {"FCT-0001", reminder, model.ErrStateChanged},
		"no address":            {"FCT-0001", altered(func(o *model.EmailOrder) { o.To = " , " }), model.ErrEmailAddress},
		"no domain":             {"FCT-0001", altered(func(o *model.EmailOrder) { o.CC = "ana@" }), model.ErrEmailAddress},
		"a name beside it":      {"FCT-0001", altered(func(o *model.EmailOrder) { o.BCC = "Ana <ana@paine.example>" }), model.ErrEmailAddress},
		"a line break":          {"FCT-0001", altered(func(o *model.EmailOrder) { o.To = "a@b.example\r\nBcc: c@d.example" }), model.ErrEmailAddress},
		"an odd placeholder":    {"FCT-0001", altered(func(o *model.EmailOrder) { o.Subject = "#numar#" }), model.ErrInvalidField},
	} {
		if _, err := office.service.SendEmail(t.Context(), test.reference, test.order); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if remote.Calls(mailing) != 0 || len(office.emails(t, "FCT-0001")) != 0 {
		t.Errorf("%d e-mails were sent", remote.Calls(mailing))
	}
}

func TestUncertainInvoiceIsNotSent(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	lost := office.lose(t, remote, sandbox.CommitAndDrop, invoiceOf(8))
	_, err := office.service.SendEmail(t.Context(), lost.Intent, email())
	if !errors.Is(err, model.ErrStateChanged) || remote.Calls(mailing) != 0 {
		t.Errorf("%d calls: %v", remote.Calls(mailing), err)
	}
}

// A reminder is another e-mail than the invoice's, and has its own first and second.
func TestReminderOfAnOverdueInvoice(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	overdue := invoiceOf(8)
	overdue.DueDate = overdue.IssueDate
	office.issue(t, overdue)
	office.send(t, "FCT-0001", email())
	service := billing.New(office.records, office.provider, billing.WithToday(func() model.Date { return overdue.DueDate.AddDays(1) }))
	reminder := email()
	reminder.Kind = model.EmailReminder
	if _, err := service.SendEmail(t.Context(), "FCT-0001", reminder); err != nil {
		t.Fatal(err)
	}
	var earlier *model.EmailedError
	_, err := service.SendEmail(t.Context(), "FCT-0001", reminder)
	if !errors.As(err, &earlier) || earlier.Earlier.Kind != model.EmailReminder {
		t.Errorf("a second reminder: %v", err)
	}
	if _, err := service.Pay(t.Context(), "FCT-0001", order(0)); err != nil {
		t.Fatal(err)
	}
	reminder.Earlier = office.emails(t, "FCT-0001")[1].ID
	var refusal *model.Refusal
	if _, err := service.SendEmail(t.Context(), "FCT-0001", reminder); !errors.As(err, &refusal) || refusal.Reason != model.RefusedPaid {
		t.Errorf("of a paid invoice: %v", err)
	}
	if len(remote.Mails()) != 2 {
		t.Errorf("SmartBill sent %v", remote.Mails())
	}
}

// The number may be another client's by now: nothing of theirs is sent to ours.
func TestAnotherInvoiceUnderTheNumberIsNotSent(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	if _, err := remote.DeleteLast(remote.CIF(), "FCT"); err != nil {
		t.Fatal(err)
	}
	if _, err := remote.IssueForeign(remote.CIF(), sandbox.Foreign{Series: "FCT"}); err != nil {
		t.Fatal(err)
	}
	if _, err := office.service.SendEmail(t.Context(), "FCT-0001", email()); !errors.Is(err, model.ErrNotOurs) || remote.Calls(mailing) != 0 {
		t.Errorf("%d calls: %v", remote.Calls(mailing), err)
	}
}

// SmartBill's own words for what is wrong come with what they mean, and prove that nothing left.
func TestRefusedEmailMayBeSentAnew(t *testing.T) {
	account := sandbox.DefaultAccount()
	account.Companies[0].NoMailServer = true
	remote := newRemote(sandbox.Config{Accounts: []sandbox.Account{account}})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	_, err := office.service.SendEmail(t.Context(), "FCT-0001", email())
	var failed *model.EmailError
	if !errors.Is(err, model.ErrEmailServer) || !errors.As(err, &failed) || failed.Email.State != model.EmailRefused {
		t.Errorf("without a mail server: %v", err)
	}
	if errors.Is(err, model.ErrOutcomeUnknown) || len(remote.Mails()) != 0 {
		t.Errorf("SmartBill sent %v (%v)", remote.Mails(), err)
	}
	// Nothing left, so that nobody is asked about a second one.
	if _, err = office.service.SendEmail(t.Context(), "FCT-0001", email()); !errors.Is(err, model.ErrEmailServer) {
		t.Errorf("again: %v", err)
	}
	if kept := office.emails(t, "FCT-0001"); len(kept) != 2 || kept[0].Answer == "" {
		t.Errorf("the ledger has %+v", kept)
	}
}

func TestOneOfTwoWindowsSends(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	other := openOffice(t, remote, office.path)
	provider := &interposed{Provider: office.provider}
	provider.send = func(ctx context.Context, kind model.Kind, series, number string, sent model.Email) error {
		if _, err := other.service.SendEmail(ctx, "FCT-0001", email()); err == nil {
			t.Error("the second window sent it too")
		}
		_, err := other.service.Recover(ctx)
		detail, unread := other.records.Detail(ctx, "FCT-0001")
		if err != nil || unread != nil || detail.Emails[0].State != model.EmailSending {
			t.Errorf("while it is sent, it is %+v (%v, %v)", detail.Emails, err, unread)
		}
		return office.provider.SendDocument(ctx, kind, series, number, sent)
	}
	if _, err := billing.New(office.records, provider).SendEmail(t.Context(), "FCT-0001", email()); err != nil {
		t.Error(err)
	}
	var earlier *model.EmailedError
	if _, err := other.service.SendEmail(t.Context(), "FCT-0001", email()); !errors.As(err, &earlier) || len(remote.Mails()) != 1 {
		t.Errorf("SmartBill sent %v (%v)", remote.Mails(), err)
	}
}

func TestEmailThatCouldNotBeRecordedIsUnknownAtTheNextStart(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	provider := &interposed{Provider: office.provider}
	provider.send = func(ctx context.Context, kind model.Kind, series, number string, sent model.Email) error {
		return errors.Join(office.provider.SendDocument(ctx, kind, series, number, sent), office.records.Close())
	}
	_, err := billing.New(office.records, provider).SendEmail(t.Context(), "FCT-0001", email())
	var failed *model.EmailError
	if !errors.Is(err, model.ErrOutcomeUnknown) || !errors.As(err, &failed) || failed.Email.State != model.EmailSent {
		t.Errorf("error is %v", err)
	}
	later := openOffice(t, remote, filepath.Clean(office.path))
	if left, err := later.service.Recover(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("at the next start, what needs attention is %v (%v)", left, err)
	}
	if kept := later.emails(t, "FCT-0001"); len(kept) != 1 || kept[0].State != model.EmailUnknown {
		t.Errorf("the ledger has %+v", kept)
	}
}

// Who leaves while it waits for its place in the limit has sent nothing; once it may have left, its end is waited for.
func TestSendingIsCalledOffOnlyBeforeItLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(8))
		ctx, leave := context.WithCancel(t.Context())
		provider := &interposed{Provider: office.provider}
		provider.send = func(ctx context.Context, kind model.Kind, series, number string, sent model.Email) error {
			leave()
			return office.provider.SendDocument(ctx, kind, series, number, sent)
		}
		_, err := billing.New(office.records, provider).SendEmail(ctx, "FCT-0001", email())
		if !errors.Is(err, model.ErrNotSent) || office.emails(t, "FCT-0001")[0].State != model.EmailNotSent || len(remote.Mails()) != 0 {
			t.Errorf("left before, it is %+v (%v)", office.emails(t, "FCT-0001"), err)
		}
	})
}
