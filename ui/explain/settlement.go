package explain

import (
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
)

// Settlement says what is now true of an invoice whose outcome was looked for, nothing where that could not be done.
func Settlement(settlement model.Settlement) say.Text {
	invoice := settlement.Invoice
	switch settlement.Conclusion {
	case model.ConclusionAdopted:
		return say.Join(say.Todo("SmartBill made it: it is %s, recorded as issued.", invoice.Reference()), stored(invoice.Message))
	case model.ConclusionNotIssued:
		if invoice.Kind == model.KindStorno || invoice.Kind == model.KindPartialStorno {
			return say.Todo("SmartBill did not make it: %s is in force still.", invoice.Original)
		}
		return say.Todo("SmartBill did not make it, and %s. Its reference is still looked for, should it turn up.", HoursIfNotMade(invoice))
	case model.ConclusionWait:
		return say.Join(say.Todo("It was not found, but SmartBill may be making it still."), hoursInDoubt(invoice))
	case model.ConclusionUndecided:
		return say.Join(undecided(settlement), hoursInDoubt(invoice))
	}
	return say.Text{}
}

func undecided(settlement model.Settlement) say.Text {
	var open []string
	for _, candidate := range settlement.Candidates {
		if candidate.Verdict == model.VerdictUndecided {
			open = append(open, candidate.Reference())
		}
	}
	if len(open) == 0 {
		return say.Todo("The evidence does not tell whether SmartBill made it: look there.")
	}
	return say.Todo("It is not proven whether %s is %s: look at the PDF and decide.", strings.Join(open, " or "), settlement.Invoice.Intent)
}

func hoursInDoubt(invoice model.Invoice) say.Text {
	if invoice.Status.HoldsEntries() {
		return say.Todo("Its hours stay reserved.")
	}
	return say.Todo("It still counts as not made.")
}

// Warning says what else a settling found.
func Warning(warning model.SettlementWarning) say.Text {
	invoice := warning.Invoice
	switch warning.Kind {
	case model.WarningCopy:
		return say.Todo("%s carries the reference of %s too: look in SmartBill whether it is a copy", warning.Reference, invoice.Reference())
	case model.WarningConverted:
		return say.Todo("%s was invoiced on the web, as %s: look at it there; converting %s again can record it",
			invoice.Reference(), warning.Reference, invoice.Reference())
	case model.WarningLate:
	}
	believed := say.Todo("not to be made")
	if warning.Deleted {
		believed = say.Todo("to be deleted")
	}
	return say.Join(say.Todo("%s, which was believed %s, turned up as %s.", invoice.Intent, believed, warning.Reference),
		stored(invoice.Message))
}

// stored is what the ledger keeps in words, as it is.
func stored(message string) say.Text { return say.Same(text.Clean(message)) }

// candidateTexts say why a verdict was given; what they name is the document that the reason is about.
var candidateTexts = map[model.CandidateReason]string{
	model.ReasonCarries:         "its PDF carries the reference %s",
	model.ReasonCarriesStranger: "its PDF carries the reference %s, which this ledger never gave",
	model.ReasonSentWithout:     "the invoice that is looked for was sent without a reference",
	model.ReasonSameClient:      "it carries no reference, but it names the same client",
	model.ReasonSameTotal:       "it carries no reference, but it has the same total",
	model.ReasonTotalUnknown:    "it carries no reference, but what it amounts to is not known",
	model.ReasonTemplateUnknown: "it carries no reference, but it is not known whether this account's PDFs print references at all",
	model.ReasonNumberHidden:    "its PDF does not show its own number, so that its text cannot be trusted",
	model.ReasonNothingAlike:    "it carries no reference of ours, and has another client and total",
	model.ReasonNoNumber:        "SmartBill has no such number",
	model.ReasonHeld:            "the ledger has %s under this number",
	model.ReasonProven:          "it shows the number, the client and the total, or else its user confirmed it",
	model.ReasonReverses:        "it names %s and amounts to minus its total",
	model.ReasonReversesPerhaps: "it cannot be told whether it undoes %s",
	model.ReasonConverted:       "SmartBill says that it was made from %s",
	model.ReasonConvertedNot:    "SmartBill says that it was not made from %s",
}

// Candidate says in a few words why a verdict was given, nothing where none was.
func Candidate(candidate model.Candidate) say.Text {
	switch candidate.Reason { //nolint:exhaustive // the others name one document at most
	case model.ReasonNoPDF:
		return say.Todo("its PDF cannot be had, which proves nothing (%s)", say.Same(OneLine(candidate.Err)))
	case model.ReasonReversesNot:
		return say.Todo("it amounts to %s, not to minus the total of %s", candidate.Total.Decimal, candidate.Named)
	}
	english := candidateTexts[candidate.Reason]
	if strings.Contains(english, "%s") {
		return say.Todo(english, candidate.Named)
	}
	return say.Todo(english)
}

// Deletion says what is now true of a document that may have been deleted on the web.
func Deletion(deletion model.Deletion) say.Text {
	name, why := deletion.Invoice.Reference(), Candidate(deletion.Candidate)
	switch deletion.Conclusion {
	case model.DeletionProven:
		return say.Todo("%s was deleted on the web: %s.", name, why)
	case model.DeletionDenied:
		return say.Todo("SmartBill has %s: %s. Nothing was changed.", name, why)
	case model.DeletionUndecided:
		return say.Todo("It is not proven whether %s was deleted: %s. Nothing was changed; look at its PDF and decide.", name, why)
	case model.DeletionRecorded:
		if original := deletion.Original; original.ID != 0 {
			return say.Join(say.Todo("%s is recorded as deleted on the web: %s is %s.", name, original.Reference(), Status(original.Status)),
				stored(original.Message))
		}
		return say.Todo("%s is recorded as deleted on the web, and %s.", name, ThenIfDeleted(deletion.Before))
	}
	return say.Text{}
}

// HoursIfNotMade says where the hours of a document are once it is known not to be made.
func HoursIfNotMade(invoice model.Invoice) say.Text {
	if invoice.Proforma != "" {
		return say.Todo("its hours are reserved by %s again", invoice.Proforma)
	}
	return say.Todo("its hours are free again")
}

// ThenIfDeleted says what is true once a document is recorded as deleted on the web.
func ThenIfDeleted(invoice model.Invoice) say.Text {
	switch {
	case invoice.Kind == model.KindPartialStorno:
		return linesInForce()
	case invoice.Kind == model.KindStorno:
		return say.Todo("the invoice that it undid is in force again, and bills its hours again")
	case invoice.InvoicedAs != "":
		return say.Todo("its hours stay with %s", invoice.InvoicedAs)
	case !invoice.Status.HoldsEntries():
		return say.Todo("its hours are as they were")
	}
	return HoursIfNotMade(invoice)
}

func linesInForce() say.Text {
	return say.In("the lines that it took back are in force again, and bill their hours",
		"liniile pe care le-a stornat sunt din nou valabile și își facturează orele",
		"az általa visszavett tételek újra érvényesek, és számlázzák az óráikat")
}

// OnceCancelled says what is true of the hours once a document is cancelled.
func OnceCancelled(invoice model.Invoice) say.Text {
	if invoice.Kind == model.KindPartialStorno {
		return linesInForce()
	}
	return say.In("its hours are free again", "orele ei sunt din nou libere", "órái újra szabadok")
}

// Payment says what is now true of a payment whose outcome was looked for, nothing where that could not be done.
func Payment(settlement model.PaymentSettlement) say.Text {
	switch settlement.Conclusion {
	case model.PaymentFound:
		return say.Todo("SmartBill recorded it: %s are paid by now. If the same amount was recorded in SmartBill itself meanwhile, it may be that one: look there.",
			money(settlement.PaidNow, settlement.Invoice))
	case model.PaymentMissing:
		return say.Todo("SmartBill did not record it: no more is paid than before.")
	case model.PaymentWait:
		return say.Todo("It was not found, but SmartBill may be recording it still.")
	case model.PaymentUndecided:
		return say.Todo("The amounts do not tell: %s were paid before it, %s are now. Look into SmartBill whether it is among them, and decide.",
			money(settlement.Payment.PaidBefore, settlement.Invoice), money(settlement.PaidNow, settlement.Invoice))
	}
	return say.Text{}
}

// Issued says on a screen what was issued, and warns of a template without references and of another total than was confirmed.
func Issued(invoice model.Invoice) (said say.Text, warned bool) {
	said = say.Todo("%s is issued: %s to %s.", invoice.Reference(), money(invoice.Total, invoice), invoice.ClientName)
	switch {
	case invoice.LacksReference():
		return say.Join(said, say.Todo(model.TemplateNotice)), true
	case invoice.TotalDiffers():
		return say.Join(said, say.Todo("But SmartBill charges %s: look at its PDF with p, and at its lines in SmartBill.",
			money(invoice.Charged.Decimal, invoice))), true
	}
	return say.Join(said, say.Todo("p saves its PDF.")), false
}

// Balance says what is paid of an invoice, and what is not.
func Balance(balance model.Balance) say.Text {
	return say.Todo("%s is %s as SmartBill has it: %s of %s, %s unpaid.", balance.Invoice.Reference(), Paid(balance.Invoice.Payment),
		model.FormatAmount(balance.Paid), money(balance.Total, balance.Invoice), model.FormatAmount(balance.Unpaid))
}

// Paid is how much is paid, in a word.
func Paid(payment model.Payment) say.Text {
	switch payment {
	case model.PaymentPaid:
		return say.Todo("paid")
	case model.PaymentPartly:
		return say.Todo("partly paid")
	case model.PaymentUnpaid:
	}
	return say.Todo("unpaid")
}

func money(amount decimal.Decimal, invoice model.Invoice) say.Text {
	return say.Same(model.FormatAmount(amount) + " " + invoice.Currency)
}

// Cash says what the law has against a payment in cash, nothing where it has nothing.
func Cash(cash model.Cash, order model.PaymentOrder) say.Text {
	var said say.Text
	for _, warning := range cash.Check(order) {
		said = say.Join(said, cashWarning(warning, cash, order))
	}
	return said
}

func cashWarning(warning model.CashWarning, cash model.Cash, order model.PaymentOrder) say.Text {
	if warning == model.CashForeign {
		return say.Format("Between residents cash is paid in lei, not in %s (BNR's regulation).",
			"Între rezidenți numerarul se încasează în lei, nu în %s (regulamentul BNR).",
			"Rezidensek között készpénzben lejben fizetnek, nem ebben: %s (a BNR rendelete).", cash.Currency)
	}
	from := say.In("company", "o firmă", "cégtől")
	if cash.Client.Private {
		from = say.In("person", "o persoană", "magánszemélytől")
	}
	return say.Format("The law allows %s lei in cash a day from one %s (Law 70/2015); with this they are %s on %s.",
		"Legea permite %s lei în numerar pe zi de la %s (Legea 70/2015); cu aceasta sunt %s la %s.",
		"A törvény napi %s lej készpénzt enged egy %s (70/2015. törvény); ezzel együtt %s, ezen a napon: %s.",
		model.FormatAmount(cash.Limit()), from, model.FormatAmount(cash.OnDay(order)), order.On)
}

// MoneyKept says, before an invoice is undone, that the money which is recorded on it stays recorded; nothing where none is.
func MoneyKept(invoice model.Invoice) say.Text {
	kept := say.Todo("SmartBill keeps what was recorded, which is yours to return or to record elsewhere.")
	switch invoice.Payment {
	case model.PaymentPartly:
		return say.Todo("It is partly paid: %s", kept)
	case model.PaymentPaid:
		return say.Todo("It is paid: %s", kept)
	case model.PaymentUnpaid:
	}
	return say.Text{}
}

// LeftBehind says what is uncertain about an invoice that an earlier run left behind, and the state of its hours.
func LeftBehind(invoice model.Invoice) say.Text {
	name := invoice.Reference()
	if invoice.HasOpenPayment() {
		return say.Todo("Whether a payment of %s was recorded is not known", name)
	}
	switch invoice.Status { //nolint:exhaustive // nothing else is left behind
	case model.StatusCancelling:
		if invoice.Kind == model.KindProforma {
			return say.Todo("Whether the proforma %s is given up is not known; its hours stay reserved", name)
		}
		return say.Todo("Whether %s is cancelled is not known; its hours stay billed", name)
	case model.StatusRestoring:
		return say.Todo("Whether %s is restored is not known; its hours stay reserved", name)
	case model.StatusIssued:
		return say.Todo("%s turned up late, when its work was on another invoice already", name)
	}
	return say.Todo("The outcome of %s to %s is not known; its hours stay reserved", name, invoice.ClientName)
}

// WayOut is the key in History, or the command, that ends the uncertainty about an invoice that was left behind.
func WayOut(invoice model.Invoice, front Front) say.Text {
	name := invoice.Reference()
	settle := say.Todo("cadensa settle %s finds out", name)
	if invoice.HasOpenPayment() {
		return front.choose(say.Todo("u finds out"), settle)
	}
	switch invoice.Status { //nolint:exhaustive // nothing else is left behind
	case model.StatusCancelling:
		return front.choose(say.Todo("c repeats it"), say.Todo("cadensa cancel %s again, which is safe", name))
	case model.StatusRestoring:
		return front.choose(say.Todo("R repeats it"), say.Todo("cadensa restore %s again, which is safe", name))
	case model.StatusIssued:
		return front.choose(say.Todo("c or s undoes one of the two"), say.Todo("cancel or reverse one of the two"))
	}
	return front.choose(say.Todo("u settles it"), settle)
}
