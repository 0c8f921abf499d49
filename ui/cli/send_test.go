package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

const (
	mailing     = "POST /document/send"
	moriiEmail  = "plati@morii.example"
	moriiRefers = "FCT0001"
)

func TestSendEmailsTheInvoiceOnce(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	ended := h.run(t, "send", "FCT-0001", "--yes", "--json")
	invoice := decoded[object](t, ended.stdout)
	checkKeys(t, invoice, invoiceKeys...)
	if ended.code != 0 || invoice["reference"] != "FCT-0001" || !strings.Contains(ended.stderr, "SmartBill sent FCT-0001 to "+moriiEmail) {
		t.Errorf("it says %+v", ended)
	}
	h.fail(t, 2, []string{"FCT-0001 was e-mailed to " + moriiEmail + " on 2026-11-10 14:00 already", "--again"}, "send", "FCT-0001", "--yes")
	h.succeed(t, "send", "fct-1", "--to", "a@b.example;c@d.example", "--cc", "e@f.example", "--bcc", "g@h.example", "--subject", "Din nou",
		"--message", "Prima linie\n\nA doua: #nume client#", "--again", "--yes")
	got := h.server.Mails()
	want := sandbox.Mail{
		Document: moriiRefers, To: "a@b.example,c@d.example", CC: "e@f.example", BCC: "g@h.example", Subject: "Din nou",
		Body: "Prima linie\n\nA doua: #nume client#",
	}
	if len(got) != 2 || got[0].To != moriiEmail || got[0].Subject != "#tip document# #serie numar document#" ||
		!strings.Contains(got[0].Body, "#link document#") {
		t.Fatalf("SmartBill sent %+v", got)
	}
	if diff := cmp.Diff(want, got[1]); diff != "" {
		t.Error(diff)
	}
}

func TestSendRefusesWhatCannotBe(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	for _, test := range []struct {
		code      int
		words     []string
		arguments []string
	}{
		{2, []string{"--yes"}, []string{"FCT-0001"}},
		{2, []string{"reference"}, []string{"--yes"}},
		{2, []string{"--to"}, []string{"FCT-0001", "--to", "", "--yes"}},
		{2, []string{"ana is not an e-mail address", "Nothing was sent"}, []string{"FCT-0001", "--to", "ana", "--yes"}},
		{2, []string{"b@ is not an e-mail address"}, []string{"FCT-0001", "--cc", "a@b.example,b@", "--yes"}},
		{2, []string{"no placeholder #numar#", "#serie numar document#"}, []string{"FCT-0001", "--subject", "#numar#", "--yes"}},
		{1, []string{"FCT-0001 is not overdue"}, []string{"FCT-0001", "--reminder", "--yes"}},
		{1, []string{"no such invoice"}, []string{"FCT-0099", "--yes"}},
	} {
		h.fail(t, test.code, test.words, append([]string{"send"}, test.arguments...)...)
	}
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	h.fail(t, 1, []string{"FCT-0001 is cancelled: it is not e-mailed"}, "send", "FCT-0001", "--yes")
	if calls := h.server.Calls(mailing); calls != 0 {
		t.Errorf("%d e-mails were sent", calls)
	}
}

func TestSendShowsTheTextAndAsks(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.terminal, h.stdin = true, "y\n"
	h.fail(t, 1, []string{
		"to                 " + moriiEmail, "subject            Factura FCT 0001", "Vă transmitem Factura FCT 0001 din 10/11/2026",
		"1,058.75 RON", "Send FCT-0001 to " + moriiClient + " over 1,058.75 RON by e-mail?", "nothing was done",
	}, "send", "FCT-0001")
	if calls := h.server.Calls(mailing); calls != 0 {
		t.Fatalf("%d e-mails were sent without a yes", calls)
	}
	h.stdin = "yes\n"
	h.succeed(t, "send", "FCT-0001", "--subject", "")
	// A second one is asked about, naming the first; the word yes suffices there.
	ended := h.run(t, "send", "FCT-0001")
	if ended.code != 0 || !strings.Contains(ended.stderr, "was e-mailed to "+moriiEmail+" on 2026-11-10 14:00 already") ||
		!strings.Contains(ended.stderr, "by e-mail again?") {
		t.Errorf("a second one: %+v", ended)
	}
	if got := h.server.Mails(); len(got) != 2 || got[0].Subject != "" {
		t.Errorf("SmartBill sent %+v", got)
	}
}

func TestSendWithoutAnAnswerStaysUnknown(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: mailing, Kind: sandbox.CommitAndDrop})
	data := h.fail(t, 3, []string{
		"It is not known whether FCT-0001 was e-mailed to " + moriiEmail, "Mesajele mele", "cadensa send FCT-0001 --again",
	}, "send", "FCT-0001", "--yes", "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "issued" {
		t.Errorf("the invoice is %v", invoice)
	}
	h.fail(t, 2, []string{"It is not known whether FCT-0001 was e-mailed to " + moriiEmail, "--again"}, "send", "FCT-0001", "--yes")
	if len(h.server.Mails()) != 1 {
		t.Errorf("SmartBill sent %+v", h.server.Mails())
	}
	h.succeed(t, "send", "FCT-0001", "--yes", "--again")
}

func TestSendWhileUnreachableIsForLater(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: mailing, Kind: sandbox.RefuseConnection})
	h.fail(t, 4, []string{"FCT-0001 was not e-mailed to " + moriiEmail}, "send", "FCT-0001", "--yes")
	h.succeed(t, "send", "FCT-0001", "--yes")
}

// A mail server that is missing is said with its place in SmartBill.
func TestSendWithoutAMailServer(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].NoMailServer = true
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	h.fail(t, 1, []string{"Server-ul de email nu a fost configurat.", "Configurare → Email", "Vreau să folosesc serverul meu de email"},
		"send", "FCT-0001", "--yes")
}

func TestReminderHasATextOfItsOwn(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.succeed(t, "send", "FCT-0001", "--yes")
	h.now = h.now.AddDate(0, 0, 31)
	h.succeed(t, "send", "FCT-0001", "--reminder", "--yes")
	h.fail(t, 2, []string{"A reminder of FCT-0001 was e-mailed to " + moriiEmail, "--again"}, "send", "FCT-0001", "--reminder", "--yes")
	got := h.server.Mails()
	if len(got) != 2 || !strings.HasPrefix(got[1].Subject, "Reamintire de plată") || !strings.Contains(got[1].Body, "a avut scadența") {
		t.Errorf("SmartBill sent %+v", got)
	}
	h.succeed(t, "pay", "FCT-0001", "--yes")
	h.fail(t, 1, []string{"FCT-0001 is paid: there is nothing to remind of"}, "send", "FCT-0001", "--reminder", "--yes", "--again")
}

// The address book's address comes before the invoice's, which may be older.
func TestSendTakesTheAddressOfTheAddressBook(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.write(t, "clients.json", strings.Replace(book, moriiEmail, "noua@morii.example", 1))
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.succeed(t, "send", "FCT-0001", "--yes")
	if got := h.server.Mails(); len(got) != 1 || got[0].To != "noua@morii.example" {
		t.Errorf("SmartBill sent %+v", got)
	}
}

func TestIssueWithEmail(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.fail(t, 2, []string{"exclude each other"}, "issue", "--client", "Morii", "--period", "2026-10", "--draft", "--email", "--yes")
	h.fail(t, 2, []string{"--email: " + nordClient + " has no e-mail address", "Nothing was sent"},
		"issue", "--client", "Nordlicht", "--period", "2026-10", "--exchange-rate", "5", "--email", "--yes")
	if len(h.server.Invoices()) != 0 {
		t.Fatal("an invoice was issued")
	}
	h.terminal, h.stdin = true, "yes\n"
	ended := h.run(t, "issue", "--client", "Morii", "--period", "2026-10", "--email", "--json")
	if ended.code != 0 || decoded[object](t, ended.stdout)["reference"] != "FCT-0001" {
		t.Fatalf("it ended with %+v", ended)
	}
	for _, word := range []string{"Factura FCT …", "Then SmartBill e-mails it to " + moriiEmail, "SmartBill sent FCT-0001 to " + moriiEmail} {
		if !strings.Contains(ended.stderr, word) {
			t.Errorf("it does not say %q:\n%s", word, ended.stderr)
		}
	}
	if got := h.server.Mails(); len(got) != 1 || got[0].Document != moriiRefers {
		t.Errorf("SmartBill sent %+v", got)
	}
}

// Whatever becomes of the e-mail, the invoice stands and is printed, and no exit code asks a script to issue it again.
func TestInvoiceStandsWhoseEmailFails(t *testing.T) {
	t.Parallel()
	for kind, code := range map[sandbox.Kind]int{sandbox.RefuseConnection: 1, sandbox.CommitAndDrop: 3} {
		h := newHarnessWithClients(t)
		h.server.Script(sandbox.Fault{Operation: mailing, Kind: kind})
		data := h.fail(t, code, []string{"cadensa send FCT-0001"}, "issue", "--client", "Morii", "--period", "2026-10", "--email", "--yes", "--json")
		if invoice := decoded[object](t, data); invoice["status"] != "issued" {
			t.Errorf("the invoice is %v", invoice)
		}
	}
}
