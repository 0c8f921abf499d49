// Package explain says what the domain found out: refusals, failures, findings and outcomes, as sentences for their reader. The
// domain knows what is so; only this package knows how it is said, and which key or command comes next.
package explain

import (
	"errors"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
)

// Front is where a sentence is read: what its reader can do next depends on it.
type Front int

// The fronts of the program.
const (
	// Screen names keys, Command names commands and flags.
	Screen Front = iota
	Command
)

func (f Front) choose(screen, command say.Text) say.Text {
	if f == Command {
		return command
	}
	return screen
}

// Error says what an error means, and what to do about it; the advice is empty where there is nothing to say beyond that. A command
// also says when it may be tried again; screens count that down.
func Error(err error, front Front) (what, advice say.Text) {
	advice = Advice(err, front)
	if limit, ok := errors.AsType[*model.LimitError](err); ok && front == Command {
		advice = say.Join(advice, say.Todo("Calls are allowed again after %s.", limit.Until.Format(time.TimeOnly)))
	}
	if refusal, ok := errors.AsType[*model.Refusal](err); ok {
		return Refusal(refusal, front), say.Text{}
	}
	if findings, ok := errors.AsType[model.Findings](err); ok {
		return Findings(findings, front), say.Text{}
	}
	if email, ok := emailed(err); ok {
		return email, advice
	}
	if typed := typedText(err); !typed.IsEmpty() {
		return typed, say.Text{}
	}
	if said, ok := nothingLeft(err); ok {
		return said, advice
	}
	if made, ok := errors.AsType[*model.OutcomeError](err); ok {
		return outcome(made), advice
	}
	if failed, ok := errors.AsType[*model.ChangeError](err); ok {
		return change(failed, front), advice
	}
	return say.Same(OneLine(err)), advice
}

// outcome says what became of a document that was not made, or may not have been, and of its hours.
func outcome(failed *model.OutcomeError) say.Text {
	invoice, cause := failed.Invoice, say.Same(OneLine(failed.Err))
	if invoice.Status == model.StatusUnknown {
		expected := say.Same(failed.Expected)
		if failed.Expected == "" {
			expected = say.Todo("a draft")
		}
		return say.Todo("SmartBill may have made %s for %s (reference %s); its hours stay reserved until it is settled: %s",
			expected, text.Clean(invoice.ClientName), invoice.Intent, cause)
	}
	nothing := say.Todo("no %s was made, and %s", invoice.Kind, HoursIfNotMade(invoice))
	switch {
	case failed.Reversed:
		nothing = say.Todo("the invoice was undone by another storno before; that is recorded now, and its hours are free")
	case invoice.Kind == model.KindStorno || invoice.Kind == model.KindPartialStorno:
		nothing = say.Todo("no storno was made and the invoice is as it was")
	}
	if invoice.Status == model.StatusNotIssued {
		nothing = say.Todo("nothing was sent, %s", nothing)
	}
	return say.Todo("%s: %s", nothing, cause)
}

func changed(act model.Act) say.Text {
	if act == model.ActRestore {
		return say.Todo("restored")
	}
	return say.Todo("cancelled")
}

// change says why a change failed. A screen says itself what was attempted.
func change(failed *model.ChangeError, front Front) say.Text {
	name, cause := failed.Invoice.Reference(), say.Same(OneLine(failed.Err))
	if failed.IsUnknown() {
		return front.choose(cause, say.Todo("it is not known whether %s is %s: %s", name, changed(failed.Act), cause))
	}
	return front.choose(cause, say.Todo("%s was not %s: %s", name, changed(failed.Act), cause))
}

// changeAdvice says what is true of a document after a change that failed, and what to do; nothing where the cause has its own.
func changeAdvice(failed *model.ChangeError, front Front) (own say.Text, ok bool) {
	name, isProforma := failed.Invoice.Reference(), failed.Invoice.Kind == model.KindProforma
	switch restoring := failed.Act == model.ActRestore; {
	case restoring && errors.Is(failed, model.ErrEntriesTaken):
		return say.Todo("It stays cancelled: two invoices would bill the same work. Cancel the other one first, if this one is to stand."), true
	case restoring && failed.IsUnknown():
		return say.Todo("Until it is known whether it is restored, its hours stay reserved. %s: that is safe.",
			front.choose(say.Todo("Press R on it to repeat it"), say.Todo("Run cadensa restore %s again", name))), true
	case errors.Is(failed, model.ErrEntriesTaken):
		return say.In("It stands: without it, two invoices would bill the same work. Cancel the other one first.",
			"Rămâne valabil: fără el, două facturi ar factura aceeași muncă. Anuleaz-o întâi pe cealaltă.",
			"Érvényben marad: nélküle két számla számlázná ugyanazt a munkát. Előbb a másikat érvénytelenítsd."), true
	case failed.IsUnknown():
		return say.Todo("Until it is known whether it is cancelled, its hours stay %s. %s: that is safe.", keeps(isProforma),
			front.choose(say.Todo("Press c on it to repeat it"), say.Todo("Run cadensa cancel %s again", name))), true
	case restoring || !errors.Is(failed, model.ErrRefused):
		return say.Text{}, false
	case failed.Invoice.Kind == model.KindPartialStorno:
		return say.In("It stands as it did. Look at it in SmartBill.", "A rămas cum era. Uită-te la el în SmartBill.",
			"Maradt, ahogy volt. Nézd meg a SmartBillben."), true
	case isProforma:
		return say.Todo("It stands as it did, its hours reserved. Look at it in SmartBill."), true
	}
	return say.Todo("It stands as it did, its hours billed. Look at it in SmartBill; if it was sent to ANAF, %s.",
		front.choose(say.Todo("press s for a storno"), say.Todo("make its storno: cadensa storno %s", name))), true
}

func keeps(isProforma bool) say.Text {
	if isProforma {
		return say.Todo("reserved")
	}
	return say.Todo("billed")
}

// OneLine is the text of an error, joined ones behind one another.
func OneLine(err error) string { return text.Clean(strings.ReplaceAll(err.Error(), "\n", "; ")) }

// Status is the state of an invoice in words, as it is kept or as a list shows it.
func Status[S model.Status | model.DisplayStatus](status S) say.Text {
	return say.Todo(strings.ReplaceAll(string(status), "-", " "))
}

func aKind(kind model.Kind) say.Text {
	if kind == model.KindInvoice {
		return say.Todo("an invoice")
	}
	return say.Todo("a " + string(kind))
}
