package history_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// mailing is how SmartBill is asked to send an e-mail.
const mailing = "POST /document/send"

func TestEmailIsSentAfterItWasShown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("m").Sees("E-mail of FCT-0023", "facturi@atelier-cires.example", "#serie numar document#")
		driver.Press("tab").Type("conta@atelier-cires.example").Press("ctrl+s")
		driver.Sees("Send FCT-0023 by e-mail?", "To: facturi@atelier-cires.example", "Cc: conta@atelier-cires.example", "Subject: Factura FCT 0023",
			"Vă transmitem Factura FCT 0023", "2,041.88 RON").Lacks("↓ more")
		// Back is where the focus is, and leads back to the form with what was typed.
		driver.Press("enter").Sees("E-mail of FCT-0023", "conta@atelier-cires.example")
		if calls := office.Simulator.Calls(mailing); calls != 0 {
			t.Fatalf("%d e-mails were sent before a yes", calls)
		}
		driver.Press("ctrl+s", "y").Sees("SmartBill sent FCT-0023 to facturi@atelier-cires.example")
		want := []sandbox.Mail{{
			Document: "FCT0023", To: "facturi@atelier-cires.example", CC: "conta@atelier-cires.example",
			Subject: office.Settings().Invoice.EmailSubject, Body: office.Settings().Invoice.EmailMessage,
		}}
		if diff := cmp.Diff(want, office.Simulator.Mails()); diff != "" {
			t.Error(diff)
		}
		driver.Press("enter").Sees("FCT-0023").Press("G").Sees("2026-11-22 12:00  facturi@atelier-cires.example", ": sent")
		// The second one names the first, and no letter sends it.
		driver.Press("m").Sees("FCT-0023 was e-mailed to facturi@atelier-cires.example on 2026-11-22", "12:00 already").Press("ctrl+s", "y")
		driver.Sees("Send FCT-0023 by e-mail?", "send it again")
		if len(office.Simulator.Mails()) != 1 {
			t.Fatal("a letter sent it again")
		}
		driver.Press("tab", "enter").Sees("SmartBill sent FCT-0023")
		if len(office.Simulator.Mails()) != 2 {
			t.Errorf("SmartBill sent %+v", office.Simulator.Mails())
		}
	})
}

func TestEmailFormSaysWhatIsWrong(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("m", "ctrl+u", "ctrl+s").Sees("There is no e-mail address to send it to.")
		driver.Type("ana").Press("ctrl+s").Sees("ana is not an e-mail address.").Type("@b.example").Press("tab").Type("x@").Press("ctrl+s")
		driver.Sees("x@ is not an e-mail address.").Press("ctrl+u", "tab", "tab", "ctrl+u").Type("#numar#").Press("ctrl+s")
		driver.Sees("SmartBill knows no placeholder #numar#.").Press("ctrl+u", "tab", "ctrl+u").Type(`Prima\n\nA doua`).Press("ctrl+s")
		driver.Sees("Prima", "A doua", "What is empty is taken from the text of your SmartBill account").Press("y")
		if got := office.Simulator.Mails(); len(got) != 1 || got[0].Body != "Prima\n\nA doua" || got[0].Subject != "" {
			t.Errorf("SmartBill sent %+v", got)
		}
	})
}

// A lost answer is said in plain words, shown in the detail, and never sent again by itself.
func TestEmailOfUnknownOutcomeIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		office.Fails(mailing, sandbox.CommitAndBreak)
		driver := start(t, office, 120, 40).Press("m", "ctrl+s", "y").Sees("It is not known whether FCT-0023 was e-mailed", "Mesajele mele",
			"It is not sent again by itself; m sends it")
		office.Recovers()
		driver.Sees("2026-11-22 12:00", "known whether it was").Press("u").Lacks("settle it")
		driver.Press("esc", "m").Sees("It is not known whether FCT-0023 was e-mailed to").Press("esc")
		if len(office.Simulator.Mails()) != 1 {
			t.Errorf("SmartBill sent %+v", office.Simulator.Mails())
		}
	})
}

func TestEmailThatIsRefusedSaysWhereToMendIt(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := uitest.PrepareAccount(func(company *sandbox.Company) { company.NoMailServer = true }, func(o *uitest.Office) {
			o.Issued(o.Invoice(uitest.Atelier(), "2026-11-22", "100", "RON"))
		}).Open(t)
		driver := start(t, office, 120, 40).Press("m", "ctrl+s", "y")
		driver.Sees("FCT-0001 was not e-mailed", "Server-ul de email nu a fost configurat.", "Configurare → Email", ": refused")
		// Nothing left, so that a letter may confirm the next one.
		driver.Press("m").Lacks("already").Press("ctrl+s").Sees("y send it")
	})
}

// An invoice that is not for sure at SmartBill is not e-mailed, nor is anybody reminded of what is not overdue.
func TestWhatIsNotEmailedSaysWhy(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("M").Sees("FCT-0023 is not overdue")
		office.Done(office.Cancel(t.Context(), newest(t, office, model.StatusIssued).Intent))
		driver.Press("r", "m").Sees("FCT-0023 is cancelled: it is not e-mailed")
		if calls := office.Simulator.Calls(mailing); calls != 0 {
			t.Errorf("%d e-mails were sent", calls)
		}
	})
}

func TestReminderOfAnOverdueInvoice(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("j", "j", "M").Sees("Reminder of FCT-0021").Press("ctrl+s")
		driver.Sees("Send this reminder of FCT-0021?", "Subject: Reamintire de plată: Factura FCT 0021", "a avut").Lacks("↓ more")
		driver.Press("y").Sees("SmartBill sent the reminder of FCT-0021").Press("enter", "G").Sees("reminder, facturi@atelier-cires.example")
	})
}

// Who looks at another screen meanwhile does not call it off.
func TestEmailIsNotCalledOffByLookingElsewhere(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		office.Slow(mailing)
		driver := startBeside(t, office, &uitest.Neighbour{Name: "Time"}).Press("2", "m", "ctrl+s", "y").Press("1").Sees("this is Time")
		driver.Press("q").Sees("The e-mail of FCT-0023 is on its way").Press("esc")
		driver.Elapse(uitest.Slowly).Sees("SmartBill sent FCT-0023")
	})
}
