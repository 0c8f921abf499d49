package history_test

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// The clients of the tests, with the texts that break careless rows.
func nordlicht() model.Client { return uitest.Foreigner("Nordlicht GmbH", "DE") }
func brisk() model.Client     { return uitest.Foreigner("Brisk Kft", "HU") }

func consortium() model.Client {
	client := uitest.Atelier()
	client.Name, client.VATNumber = "Consorțiul pentru Digitalizarea Administrației Publice Locale SA", "RO18990071"
	return client
}

// atlas is what FCT-0023 is made from: three entries on two lines.
func atlas(o *uitest.Office, issued string) model.PreparedInvoice {
	prepared := o.Invoice(uitest.Atelier(), issued, "1", "RON")
	line := prepared.Lines[0]
	prepared.Lines, prepared.Hours, prepared.Note = nil, nil, "Mulțumim"
	line.Entries, line.Tracked = nil, 0
	line.Unit, line.Price = model.UnitHour, uitest.Amount("250")
	line.Name, line.Details, line.Quantity = "Atlas · api", "OAuth refresh tokens; rate limiter and its tests", uitest.Amount("5.75")
	o.Bill(&prepared, line, 10200, 10200)
	line.Name, line.Details, line.Quantity = "Atlas · review", "", decimal.NewFromInt(1)
	o.Bill(&prepared, line, 2880)
	return prepared
}

// issueRecent issues FCT-0021 to FCT-0023, the second of which is paid.
func issueRecent(o *uitest.Office) {
	issueRecentOf(o, func(prepared model.PreparedInvoice) model.PreparedInvoice { return prepared })
}

// issueRecentOf does so with a change of the last.
func issueRecentOf(o *uitest.Office, change func(model.PreparedInvoice) model.PreparedInvoice) {
	o.At("2026-09-30 14:02").Next("FCT", 21).Issued(o.Invoice(uitest.Atelier(), "2026-09-30", "1000", "RON"))
	o.At("2026-10-31 13:02")
	o.Paid(o.Issued(o.Invoice(nordlicht(), "2026-10-31", "4800", "EUR")), "4800", "2026-10-31")
	// The newer path tells where SmartBill shows it.
	o.Fails("POST /invoice", sandbox.NotFound)
	o.At("2026-10-31 14:02").Issued(change(atlas(o, "2026-10-31")))
}

// certain is a short history without a doubt in it.
var certain = uitest.PrepareAccount(withReceipts("CH", "CHB"), issueCertain)

func issueCertain(o *uitest.Office) {
	issueCancelled(o)
	issueRecent(o)
	o.Next("FCT", 40)
}

// withReceipts has the account number receipts in these series alone.
func withReceipts(names ...string) func(*sandbox.Company) {
	return func(company *sandbox.Company) {
		company.Series = slices.DeleteFunc(company.Series, func(series sandbox.Series) bool { return series.Type == sandbox.ReceiptSeries })
		for _, name := range names {
			company.Series = append(company.Series, sandbox.Series{Name: name, Type: sandbox.ReceiptSeries})
		}
	}
}

func issueCancelled(o *uitest.Office) model.Invoice {
	prepared := o.Invoice(brisk(), "2026-08-31", "900", "EUR")
	line := prepared.Lines[0]
	prepared.Lines, prepared.Hours, line.Entries, line.Tracked = nil, nil, nil, 0
	o.Bill(&prepared, line, 10200, 10200, 2880)
	cancelled := o.At("2026-08-31 14:02").Next("FCT", 16).Issued(prepared)
	return o.Done(o.Cancel(context.Background(), cancelled.Intent))
}

// everyStatus is one invoice of each status.
var everyStatus = uitest.Prepare(func(o *uitest.Office) {
	o.At("2026-08-31 10:00").Next("FCT", 12)
	months := o.Invoice(uitest.Foreigner("株式会社さくら印刷", "JP"), "2026-08-31", "98000", "JPY")
	months.Lines[0].Supply = model.Period{From: uitest.Day("2025-12-02"), To: uitest.Day("2026-01-30")}
	o.Done(o.Storno(context.Background(), o.Issued(months).Intent, uitest.Day("2026-08-31")))

	missing := o.Lost(o.Invoice(nordlicht(), "2026-08-31", "4800", "EUR"), sandbox.BadGateway)
	o.Later(notMade)
	o.Settled(missing)
	o.Later(notMade)

	o.Refuses("POST /invoice", "Clientul exista deja pe server")
	o.Failed(o.Issue(context.Background(), o.Invoice(nordlicht(), "2026-08-31", "4800", "EUR")))
	o.Recovers()

	issueCancelled(o)
	prepared := o.At("2026-09-28 14:02").Invoice(uitest.Foreigner("مطبعة الأرز", "LB"), "2026-09-28", "77", "USD")
	prepared.Unfinished = true
	o.Issued(prepared)

	restoring := o.At("2026-09-29 14:02").Next("FCT", 18).Issued(o.Invoice(uitest.Foreigner("Café n̈ée", "FR"), "2026-09-29", "310", "EUR"))
	o.Done(o.Cancel(context.Background(), restoring.Intent))
	o.FailsOn("PUT /invoice/restore", sandbox.BadGateway).Failed(o.Restore(context.Background(), restoring.Intent))
	o.Recovers()

	cancelling := o.At("2026-09-30 09:02").Issued(o.Invoice(uitest.Foreigner("Café 👩‍💻 & Fils", "FR"), "2026-09-30", "310", "EUR"))
	o.FailsOn("PUT /invoice/cancel", sandbox.BadGateway).Failed(o.Cancel(context.Background(), cancelling.Intent))
	o.Recovers()

	partly := o.Issued(o.Invoice(consortium(), "2026-10-30", "99587.11", "RON"))
	o.Paid(partly, "500", "2026-09-30")
	issueRecent(o)
	o.At("2026-11-02 14:02").Lost(o.Invoice(brisk(), "2026-11-02", "900", "EUR"), sandbox.CommitAndDrop)
	other := o.At("2026-11-20 14:02").Invoice(brisk(), "2026-11-20", "900", "EUR")
	other.Series = "ABC"
	o.Abandoned(other)
})

// notMade is how long an invoice that SmartBill does not have is waited for, and a little more.
const notMade = 3 * time.Minute

// recent is FCT-0021 to FCT-0023 alone.
var recent = uitest.Prepare(issueRecent)

// lost is a recent history whose newest invoice got no answer.
func lost(prepare func(o *uitest.Office, prepared model.PreparedInvoice)) *uitest.Prepared {
	return recent.Then(func(o *uitest.Office) {
		prepare(o.At("2026-11-02 14:02"), o.Invoice(brisk(), "2026-11-02", "900", "EUR"))
	})
}

// The histories whose newest invoice is uncertain, by what settling finds of it.
var (
	adopted = lost(func(o *uitest.Office, prepared model.PreparedInvoice) {
		o.Script(foreign("Altcineva SRL", "119")...)
		o.Lost(prepared, sandbox.CommitAndDrop)
	})
	notIssued = lost(func(o *uitest.Office, prepared model.PreparedInvoice) { o.Lost(prepared, sandbox.BadGateway) })
	missing   = notIssued.Then(func(o *uitest.Office) { o.AtNoon().Settled(o.Newest()) })
	waiting   = lost(func(o *uitest.Office, prepared model.PreparedInvoice) {
		o.At("2026-11-22 11:59").Later(30*time.Second).Lost(prepared, sandbox.BadGateway)
	})
	// undecided has two documents with the same total, and one that turned up late.
	undecided = lost(func(o *uitest.Office, prepared model.PreparedInvoice) {
		late := o.Lost(o.Invoice(nordlicht(), "2026-11-01", "80", "EUR"), sandbox.BadGateway)
		o.Later(notMade)
		o.Settled(late)
		o.Script(append(foreign("Altcineva SRL", "900"), foreign("Altcineva SRL", "900")...)...)
		o.Lost(prepared, sandbox.BadGateway)
		o.Web(func(server *sandbox.Server) error {
			_, err := server.IssueForeign(uitest.Company, sandbox.Foreign{
				Series: "FCT", Client: "Nordlicht GmbH", Total: uitest.Amount("80"), Mentions: "Ref: " + late.Intent,
			})
			return err
		})
	})
	movedBack = lost(func(o *uitest.Office, prepared model.PreparedInvoice) {
		prepared.Series = "ABC"
		o.Next("ABC", 4).Lost(prepared, sandbox.BadGateway)
		o.Next("ABC", 1)
	})
)

// foreign is an invoice that somebody issues on the web just before the next one is sent, on whichever path.
func foreign(client, total string) []sandbox.Fault {
	issued := sandbox.Event{Series: "FCT", Client: client, Total: uitest.Amount(total)}
	return []sandbox.Fault{
		{Operation: "POST /invoice", Kind: sandbox.IssueOnWeb, Event: issued},
		{Operation: "POST /invoice/v2", Kind: sandbox.IssueOnWeb, Event: issued},
	}
}

// drafted is a draft in SmartBill.
var drafted = uitest.Prepare(func(o *uitest.Office) {
	issueCancelled(o)
	prepared := o.At("2026-09-28 14:02").Invoice(uitest.Foreigner("مطبعة الأرز", "LB"), "2026-09-28", "77", "USD")
	prepared.Unfinished = true
	o.Issued(prepared)
})

// many are FCT-0001 to FCT-0020.
var many = uitest.Prepare(func(o *uitest.Office) { issueMany(o.At("2026-10-31 14:02"), 20) })

// issueMany issues some invoices to one client.
func issueMany(o *uitest.Office, count int) {
	for range count {
		o.Issued(o.Invoice(brisk(), "2026-10-31", "900", "EUR"))
	}
}

// rebilled is a certain history in which FCT-0023 bills the hours of FCT-0016, which is cancelled.
var rebilled = uitest.Prepare(func(o *uitest.Office) {
	detail, err := o.Detail(context.Background(), issueCancelled(o).Intent)
	o.Check(err)
	issueRecentOf(o, func(prepared model.PreparedInvoice) model.PreparedInvoice {
		prepared.Hours, prepared.Lines[0].Entries, prepared.Lines[1].Entries = detail.Prepared.Hours, detail.Entries[:2], detail.Entries[2:]
		return prepared
	})
})

// proformas are one of each status, and an invoice made of one.
func proformas(currency string) *uitest.Prepared {
	otherSeries := func(company *sandbox.Company) {
		company.Series = append(company.Series, sandbox.Series{Name: "OFR", Type: sandbox.EstimateSeries})
	}
	return uitest.PrepareAccount(otherSeries, func(o *uitest.Office) {
		proforma := func(currency string) model.PreparedInvoice {
			prepared := atlas(o, "2026-09-01").AsProforma("PRF")
			prepared.Currency = currency
			for i := range prepared.Lines {
				prepared.Lines[i].Currency = currency
			}
			return prepared
		}
		ctx := context.Background()
		missing := o.At("2026-09-01 10:02").Next("PRF", 26).Lost(proforma("RON"), sandbox.BadGateway)
		// Nothing proves of a proforma that it was not made.
		o.Later(notMade).Done(o.Release(ctx, missing.Intent))
		o.Done(o.Cancel(ctx, o.Issued(proforma("RON")).Intent))
		givingUp := o.Issued(proforma("RON"))
		o.FailsOn("PUT /estimate/cancel", sandbox.BadGateway).Failed(o.Cancel(ctx, givingUp.Intent))
		invoiced := o.Recovers().Issued(proforma("RON"))
		o.At("2026-10-31 14:02").Next("FCT", 23).Done(o.Convert(ctx, invoiced.Intent, model.Conversion{Series: "FCT"}))
		other := proforma("RON")
		other.Series = "OFR"
		o.At("2026-09-01 14:02").Lost(other, sandbox.BadGateway)
		// The newer path tells where SmartBill shows it.
		o.At("2026-10-31 14:02").Next("PRF", 30).Fails("POST /estimate", sandbox.NotFound).Issued(proforma(currency))
		o.Next("FCT", 40)
	})
}

var proformasInLei, proformasInEuro = proformas("RON"), proformas("EUR")

// partlyPaid is a certain history whose newest invoice was made anew on the web, over two bani more, and then paid in part. The account
// has no receipts.
var partlyPaid = uitest.PrepareAccount(withReceipts(), func(o *uitest.Office) {
	issueCertain(o)
	newest := o.Newest()
	o.Deleted(newest).Next("FCT", 23).Web(func(server *sandbox.Server) error {
		_, err := server.IssueForeign(uitest.Company, sandbox.Foreign{
			Series: "FCT", Client: newest.ClientName, VATCode: uitest.Atelier().VATNumber,
			Total: uitest.Amount("2041.90"), Mentions: "Ref: " + newest.Intent,
		})
		return err
	})
	_, err := o.Balance(context.Background(), newest.Intent)
	o.Check(err)
	o.Received(newest.Number, "100")
})

// recording is how SmartBill is asked to record a payment.
const recording = "POST /payment"

// pay asks for a payment of 100 lei on the newest invoice.
func pay(o *uitest.Office, kind model.PaymentKind) (model.Invoice, error) {
	order := model.PaymentOrder{Amount: uitest.Amount("100"), On: uitest.Day("2026-11-20"), Kind: kind}
	if kind == model.PaymentReceipt {
		order.Series = "CH"
	}
	return o.Pay(context.Background(), o.Newest().Intent, order)
}

// lostReceipt is a certain history whose newest invoice has a payment in cash that got no answer.
func lostReceipt(fault sandbox.Kind) *uitest.Prepared {
	return certain.Then(func(o *uitest.Office) {
		o.At("2026-11-20 14:02").Next("CH", 7).Fails(recording, fault).Failed(pay(o, model.PaymentReceipt))
	})
}

// The histories with a payment that is not settled, by what settling finds of it.
var (
	// openPayment has payments of every state before it.
	openPayment = certain.Then(func(o *uitest.Office) {
		o.At("2026-11-20 14:02").Refuses(recording, "Seria nu a fost gasita!").Failed(pay(o, model.PaymentReceipt))
		o.Recovers().Fails(recording, sandbox.BadGateway).Failed(pay(o, model.PaymentTransfer))
		_, err := o.Later(notMade).SettlePayment(context.Background(), o.Newest().Intent)
		o.Check(err)
		o.Next("CH", 6).Done(pay(o, model.PaymentReceipt))
		o.Fails(recording, sandbox.CommitAndDrop).Failed(pay(o, model.PaymentReceipt))
	})
	foundPayment   = lostReceipt(sandbox.CommitAndDrop)
	missingPayment = lostReceipt(sandbox.BadGateway)
	waitingPayment = certain.Then(func(o *uitest.Office) {
		o.AtNoon().Next("CH", 7).Fails(recording, sandbox.BadGateway).Failed(pay(o, model.PaymentReceipt))
	})
	undecidedPayment = missingPayment.Then(func(o *uitest.Office) { o.Received("0023", "7").Next("CH", 8) })
)

// two is FCT-0022 and FCT-0023 alone.
var two = uitest.Prepare(func(o *uitest.Office) {
	o.At("2026-10-31 13:02").Next("FCT", 22)
	o.Paid(o.Issued(o.Invoice(nordlicht(), "2026-10-31", "4800", "EUR")), "4800", "2026-10-31")
	o.At("2026-10-31 14:02").Issued(atlas(o, "2026-10-31"))
})
