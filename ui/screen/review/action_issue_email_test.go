package review_test

import (
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// mailing is how SmartBill is asked to send an e-mail.
const mailing = "POST /document/send"

// The e-mail is an answer of its own, which shows what it says before anything is issued.
func TestIssueAndSend(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i").Sees("y issue it", "m issue and send to facturi@…").Press("m")
		s.Sees("Issue it and send this e-mail?", "To: facturi@atelier-cires.example", "Subject: Factura FCT 0024", "Vă transmitem Factura FCT 0024")
		s.Lacks("↓ more")
		if records.sent() != 0 {
			t.Fatal("it was issued before the e-mail was confirmed")
		}
		// Back leads to the question whether to issue.
		s.Press("enter").Sees("Issue this invoice?").Press("m", "y").Sees("SmartBill sent FCT-0024 to facturi@atelier-cires.example", "▸4 History")
		mails := records.Simulator.Mails()
		if len(mails) != 1 || mails[0].Document != "FCT0024" || mails[0].Subject != "#tip document# #serie numar document#" {
			t.Errorf("SmartBill sent %+v", mails)
		}
		changes := uitest.Messages[screen.LedgerChanged](s.beside)
		if len(changes) != 2 || changes[1].Invoice.Reference() != "FCT-0024" {
			t.Errorf("the other screens were told %+v", changes)
		}
	})
}

// Unless the settings say so, y issues alone; and then there still is an answer without an e-mail.
func TestEmailAfterIssueIsASetting(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("FCT-0024 is issued")
		if calls := records.Simulator.Calls(mailing); calls != 0 || records.sent() != 1 {
			t.Errorf("%d invoices, %d e-mails", records.sent(), calls)
		}
	})
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Change("invoice", "email_after_issue", true)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i").Sees("y issue and send to facturi@…", "issue without e-mail")
		s.Press("tab", "tab", "enter").Sees("FCT-0024 is issued")
		if calls := records.Simulator.Calls(mailing); calls != 0 {
			t.Errorf("%d e-mails were sent", calls)
		}
	})
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Change("invoice", "email_after_issue", true)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("Issue it and send this e-mail?").Press("y").Sees("SmartBill sent FCT-0024")
	})
}

// Without an address there is nothing to offer, and a draft has no number yet.
func TestNoEmailIsOfferedWhereThereIsNone(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		client := romanian()
		client.Email = ""
		s := start(t, ready(t), 80, 24).fill(client, model.GroupByTask, hours())
		s.Press("i").Sees("y issue it").Lacks("send to").Press("esc")
		s.fill(romanian(), model.GroupByTask, hours()).Press("d").Sees("Make a draft").Lacks("send to")
	})
}

// The invoice stands whatever becomes of its e-mail, and that is said; nothing is sent for an invoice that may not exist.
func TestInvoiceStandsWhoseEmailFails(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.FailsOn(mailing, sandbox.BadGateway)
		s := start(t, records, 120, 40).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "m", "y").Sees("FCT-0024 is issued. E-mail: It is not known whether FCT-0024 was e-mailed", "Mesajele mele")
	})
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.FailsOn("POST /invoice", sandbox.CommitAndBreak)
		s := start(t, records, 120, 40).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "m", "y").Sees("The outcome is not known")
		if calls := records.Simulator.Calls(mailing); calls != 0 {
			t.Errorf("%d e-mails were sent of an invoice that may not exist", calls)
		}
	})
}

// While the e-mail is on its way, quitting says what would not be known.
func TestQuittingWhileTheEmailIsOnItsWay(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Slow(mailing)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "m", "y").Sees("FCT-0024 is issued").Press("q").Sees("The e-mail of FCT-0024 is on its way").Press("esc")
		s.Elapse(uitest.Slowly).Sees("SmartBill sent FCT-0024")
	})
}
