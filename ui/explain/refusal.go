package explain

import (
	"cadensa/model"
	"cadensa/model/say"
)

type refusal struct {
	*model.Refusal
	front Front
}

// Refusal says in a sentence why an act cannot be done with a document, and what can be done instead.
func Refusal(refused *model.Refusal, front Front) say.Text {
	r := refusal{Refusal: refused, front: front}
	switch r.Reason {
	case model.RefusedSimulator:
		return say.Todo("%s was issued at a simulator: it is no fiscal document, and nothing can be done with it here.", r.Reference)
	case model.RefusedPayment:
		return r.payment()
	case model.RefusedInvoiced:
		return r.front.choose(say.Todo("The proforma %s is invoiced as %s: what is to be done is done with that.", r.Reference, r.With),
			say.Todo("%s was invoiced as %s: name that one.", r.Reference, r.With))
	case model.RefusedInvoicing:
		return r.front.choose(say.Todo("The proforma %s is invoiced as %s: what is to be done is done with that.", r.Reference, r.With),
			say.Todo("%s is being invoiced as %s: %s first.", r.Reference, r.With, r.settle(r.With)))
	case model.RefusedStorno:
		return say.Todo("The storno %s of %s is on its way or was made: %s.", r.With, r.Reference, r.settle(r.With))
	case model.RefusedReversed:
		return r.linesReversed()
	case model.RefusedResent:
		return say.Todo("%s was sent again as %s.", r.Reference, r.With)
	case model.RefusedNumber:
		return r.number()
	case model.RefusedKind:
		return r.kind()
	case model.RefusedPaid, model.RefusedNotOverdue:
		return r.reminder()
	case model.RefusedState:
	}
	return r.state()
}

// reminder says why nobody is reminded of an invoice.
func (r refusal) reminder() say.Text {
	if r.Reason == model.RefusedPaid {
		return say.Format("%s is paid: there is nothing to remind of.", "%s este încasată: nu este nimic de reamintit.",
			"%s: ki van fizetve, nincs mire emlékeztetni.", r.Reference)
	}
	return say.Format("%s is not overdue: there is nothing to remind of yet.", "%s nu este restantă: încă nu este nimic de reamintit.",
		"%s: még nem járt le, nincs mire emlékeztetni.", r.Reference)
}

// stateForEmail says why a document in its state is not e-mailed.
func (r refusal) stateForEmail() say.Text {
	switch r.Status { //nolint:exhaustive // the others are named
	case model.StatusSending, model.StatusUnknown:
		return say.Format("It is not known whether %s exists: %s. Nothing is e-mailed before.",
			"Nu se știe dacă %s există: %s. Până atunci nu se trimite nimic pe e-mail.",
			"Nem tudni, létezik-e: %s; %s. Addig semmi sem megy el e-mailben.", r.Reference, r.settle(r.Reference))
	case model.StatusDraftSent:
		return say.Format("%s is a draft without a number: it is e-mailed once it is issued.",
			"%s este o ciornă fără număr: se trimite pe e-mail după ce este emisă.",
			"%s: számozatlan piszkozat, kiállítás után küldhető e-mailben.", r.Reference)
	case model.StatusCancelling, model.StatusRestoring:
		return say.Format("It is not known whether %s is in force. Nothing is e-mailed before.",
			"Nu se știe dacă %s este în vigoare. Până atunci nu se trimite nimic pe e-mail.",
			"Nem tudni, érvényes-e: %s. Addig semmi sem megy el e-mailben.", r.Reference)
	}
	return say.Format("%s is %s: it is not e-mailed.", "%s este în starea %s: nu se trimite pe e-mail.",
		"%s állapota: %s; nem küldhető e-mailben.", r.Reference, Status(r.Status))
}

func (r refusal) settle(reference string) say.Text {
	return r.front.choose(say.Todo("press u to find out"), say.Todo("find out with cadensa settle %s", reference))
}

func (r refusal) repeat(key, command string) say.Text {
	return r.front.choose(say.Todo("press %s to repeat it, which is safe", key), say.Todo("cadensa %s %s repeats it, which is safe", command, r.Reference))
}

// linesReversed says that a part of the document is undone already, and what makes it whole again.
func (r refusal) linesReversed() say.Text {
	return say.Format("%[2]s takes lines of %[1]s back: cancel %[2]s first, if %[1]s is to be undone as a whole.",
		"%[2]s stornează linii din %[1]s: anulează întâi %[2]s, dacă %[1]s trebuie anulată în întregime.",
		"%[2]s visszavesz tételeket innen: %[1]s. Előbb a(z) %[2]s számlát érvénytelenítsd, ha az egészet vissza kell vonni.",
		r.Reference, r.With)
}

func (r refusal) payment() say.Text {
	switch r.Act { //nolint:exhaustive // the others wait for the payment in the same words
	case model.ActSettlePayment:
		return say.Todo("No payment of %s waits to be settled.", r.Reference)
	case model.ActPay:
		return say.Todo("Whether the last payment of %s was recorded is not known: %s.", r.Reference, r.settle(r.Reference))
	}
	return say.Todo("Whether a payment of %s was recorded is not known: %s first.", r.Reference, r.settle(r.Reference))
}

func (r refusal) number() say.Text {
	switch r.Act { //nolint:exhaustive // the others ask for what became of it
	case model.ActPDF:
		return say.Todo("%s has no number that is known here, and so no PDF.", r.Reference)
	case model.ActTimesheet:
		return say.Todo("%s has no number that is known here, and so no timesheet.", r.Reference)
	}
	return r.known()
}

func (r refusal) kind() say.Text {
	switch r.Act { //nolint:exhaustive // the others refuse no kind
	case model.ActCancel:
		return say.Todo("%s is a storno: what takes an invoice back is not cancelled here.", r.Reference)
	case model.ActRestore:
		return say.Todo("%s is a storno: there is nothing to restore.", r.Reference)
	case model.ActStorno, model.ActPartialStorno:
		if r.Kind == model.KindProforma {
			return say.Todo("%s is a proforma: it bills nothing, so there is nothing to take back.", r.Reference)
		}
		return r.stornoItself()
	case model.ActConvert:
		return r.front.choose(say.Todo("%s is no proforma: i makes the invoice of one.", r.Reference),
			say.Todo("%s is no proforma. If one has this number too, name it by its reference CAD-….", r.Reference))
	case model.ActResend:
		return r.front.choose(say.Todo("%s is a storno: make it anew on its invoice, with s.", r.Reference),
			say.Todo("%s is a storno: make a new one of its invoice with cadensa storno %s.", r.Reference, r.With))
	case model.ActTimesheet:
		return say.Todo("%s is a storno: the hours are on the timesheet of the invoice that it takes back.", r.Reference)
	}
	return say.Todo("%s is %s: nobody pays it.", r.Reference, aKind(r.Kind))
}

// stornoItself refuses to take back what takes back. A partial storno can be cancelled instead.
func (r refusal) stornoItself() say.Text {
	if r.Kind == model.KindPartialStorno {
		return say.Format("%s takes lines of an invoice back; cancel it, if they are to be in force again.",
			"%s stornează linii ale unei facturi; anulează-l, dacă ele trebuie să rămână valabile.",
			"%s egy számla tételeit veszi vissza; érvénytelenítsd, ha azoknak érvényben kell maradniuk.", r.Reference)
	}
	return say.Todo("%s is a storno itself; it is not taken back.", r.Reference)
}

func (r refusal) state() say.Text {
	switch r.Act { //nolint:exhaustive // the others are about what is not known, or a number
	case model.ActCancel:
		return r.stateForCancel()
	case model.ActRestore:
		if r.Status == model.StatusReversed {
			return say.Todo("%s is taken back by %s, which cannot be undone.", r.Reference, r.storno())
		}
		return say.Todo("%s is not cancelled: there is nothing to restore.", r.Reference)
	case model.ActStorno, model.ActPartialStorno:
		return r.stateForStorno()
	case model.ActConvert:
		return r.stateForConvert()
	case model.ActPay, model.ActBalance:
		return say.Todo("%s is %s: there is no payment to ask for.", r.Reference, Status(r.Status))
	case model.ActResend:
		return r.stateForResend()
	case model.ActEnterNumber, model.ActReleaseDraft:
		return say.Todo("%s is %s, and no draft in SmartBill.", r.Reference, Status(r.Status))
	case model.ActPDF:
		return say.Todo("%s was deleted on the web, and its PDF with it.", r.Reference)
	case model.ActSend, model.ActRemind:
		return r.stateForEmail()
	}
	return r.stateForSettle()
}

func (r refusal) stateForCancel() say.Text {
	switch r.Status { //nolint:exhaustive // the others were not issued
	case model.StatusSending, model.StatusUnknown:
		return say.Todo("It is not known whether %s exists: %s. Its hours stay reserved.", r.Reference, r.settle(r.Reference))
	case model.StatusCancelled:
		return say.Todo("%s is cancelled already; its hours are free. %s restores it.", r.Reference,
			r.front.choose(say.Todo("R"), say.Todo("cadensa restore %s", r.Reference)))
	case model.StatusReversed:
		return r.reversed()
	case model.StatusDeleted:
		return say.Todo("%s was deleted on the web; its hours are free.", r.Reference)
	case model.StatusRestoring:
		return say.Todo("Whether %s is restored is not known: %s.", r.Reference, r.repeat("R", "restore"))
	}
	return say.Todo("%s was not issued: there is nothing to cancel.", r.Reference)
}

func (r refusal) stateForStorno() say.Text {
	switch r.Status { //nolint:exhaustive // the others are named
	case model.StatusReversed:
		return r.reversed()
	case model.StatusUnknown, model.StatusSending:
		return say.Todo("It is not known whether %s exists: %s.", r.Reference, r.settle(r.Reference))
	case model.StatusCancelling, model.StatusRestoring:
		return r.front.choose(say.Todo("It is not known yet whether %s is in force; press c or R on it first.", r.Reference),
			say.Todo("It is not known yet whether %s is in force; repeat cadensa cancel or cadensa restore first.", r.Reference))
	}
	return say.Todo("%s is %s: there is nothing to take back.", r.Reference, Status(r.Status))
}

func (r refusal) stateForConvert() say.Text {
	switch r.Status { //nolint:exhaustive // the others are named
	case model.StatusCancelled:
		return say.Todo("%s is given up; its hours are free. %s takes it back.", r.Reference,
			r.front.choose(say.Todo("R"), say.Todo("cadensa restore %s", r.Reference)))
	case model.StatusUnknown, model.StatusSending:
		return say.Todo("It is not known whether %s exists: %s.", r.Reference, r.settle(r.Reference))
	}
	return say.Todo("%s is %s: no invoice is made of it.", r.Reference, Status(r.Status))
}

func (r refusal) stateForResend() say.Text {
	switch r.Status { //nolint:exhaustive // the others are named
	case model.StatusUnknown, model.StatusSending:
		return say.Todo("It is not known whether %s exists: %s before it is sent again.", r.Reference, r.settle(r.Reference))
	case model.StatusRefused:
		return r.front.choose(say.Todo("%s was refused: mend what SmartBill named on Review (3), and issue it from there.", r.Reference),
			say.Todo("%s was refused: mend what SmartBill named, and issue it anew with cadensa issue.", r.Reference))
	}
	return say.Todo("%s is not sent again: it is %s.", r.Reference, Status(r.Status))
}

func (r refusal) stateForSettle() say.Text {
	switch r.Status { //nolint:exhaustive // the others are known
	case model.StatusCancelling:
		return say.Todo("Whether %s is cancelled is not known: %s.", r.Reference, r.repeat("c", "cancel"))
	case model.StatusRestoring:
		return say.Todo("Whether %s is restored is not known: %s.", r.Reference, r.repeat("R", "restore"))
	}
	return r.known()
}

func (r refusal) known() say.Text {
	return say.Todo("What became of %s is known: it is %s.", r.Reference, Status(r.Status))
}

func (r refusal) reversed() say.Text {
	return say.Todo("%s is taken back by %s already; its hours are free.", r.Reference, r.storno())
}

// storno names the storno of what is reversed, which may have been made elsewhere.
func (r refusal) storno() say.Text {
	if r.With == "" {
		return say.Todo("a storno")
	}
	return say.Todo("the storno %s", r.With)
}
