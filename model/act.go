package model

import (
	"cmp"
	"fmt"
	"slices"
)

// Act is something that can be done with a document of the ledger.
type Act string

// The acts on a document.
const (
	ActCancel  Act = "cancel"
	ActRestore Act = "restore"
	ActStorno  Act = "storno"
	// ActPartialStorno takes a part of an invoice back.
	ActPartialStorno Act = "reverse lines of"
	// ActBalance asks SmartBill how much of an invoice is paid, ActPay has it record a payment.
	ActBalance Act = "ask the balance of"
	ActPay     Act = "pay"
	// ActConvert makes the invoice of a proforma.
	ActConvert Act = "convert"
	// ActSettle finds out what became of an invoice whose outcome is not known, ActSearch of one that is believed not to exist.
	ActSettle Act = "settle"
	ActSearch Act = "search"
	// ActRelease records that an invoice of unknown outcome was not made, by its user's decision.
	ActRelease Act = "release"
	// ActResend sends an invoice again that was not made.
	ActResend Act = "resend"
	// ActEnterNumber records the number that a draft in SmartBill got, ActReleaseDraft that it was given up.
	ActEnterNumber  Act = "number"
	ActReleaseDraft Act = "release the draft of"
	// ActSettlePayment finds out what became of a payment whose outcome is not known.
	ActSettlePayment Act = "settle the payment of"
	// ActPDF reads the PDF, ActTimesheet writes the hours down, ActCopy takes the reference along.
	ActPDF       Act = "print"
	ActTimesheet Act = "write the timesheet of"
	ActCopy      Act = "copy the reference of"
	// ActSend e-mails a document to its client, ActRemind reminds the client of an overdue invoice.
	ActSend   Act = "send"
	ActRemind Act = "remind of"
	// ActDelete records that a document was deleted on the web.
	ActDelete Act = "record the deletion of"
)

// RefusalReason is why an act cannot be done with a document.
type RefusalReason string

// The reasons of a refusal.
const (
	// RefusedKind: documents of this kind take no part in the act.
	RefusedKind RefusalReason = "kind"
	// RefusedState: the document is in another state than the act needs.
	RefusedState RefusalReason = "state"
	// RefusedNumber: it has no number.
	RefusedNumber RefusalReason = "no number"
	// RefusedInvoiced: it is a proforma that was invoiced as With; RefusedInvoicing: one whose invoice With is on its way.
	RefusedInvoiced  RefusalReason = "invoiced"
	RefusedInvoicing RefusalReason = "invoicing"
	// RefusedPayment: it is not known whether a payment of it was recorded; for ActSettlePayment, that none is open.
	RefusedPayment RefusalReason = "payment"
	// RefusedStorno: its storno With was made or is on its way.
	RefusedStorno RefusalReason = "storno"
	// RefusedReversed: With takes lines of it back, or may do so.
	RefusedReversed RefusalReason = "lines reversed"
	// RefusedResent: it was sent again as With.
	RefusedResent RefusalReason = "resent"
	// RefusedSimulator: it was issued at a simulator and is nothing where SmartBill itself answers.
	RefusedSimulator RefusalReason = "simulator"
	// RefusedPaid: it is paid; RefusedNotOverdue: it is not past its due date.
	RefusedPaid       RefusalReason = "paid"
	RefusedNotOverdue RefusalReason = "not overdue"
)

// Refusal says why an act cannot be done with a document as it stands in the ledger. Nothing was asked of SmartBill.
type Refusal struct { //nolint:errname // screens ask for it and show it; only who goes on all the same gets it as an error
	Act Act
	// Reference, Kind and Status are the document's.
	Reference string
	Kind      Kind
	Status    Status
	Reason    RefusalReason
	// With is the reference of the other document that the reason is about, "" for none.
	With string
}

// Error is for logs: "cancel FCT-0023: state cancelled". The front that asked says it in a sentence.
func (r *Refusal) Error() string {
	why := string(r.Reason)
	switch r.Reason { //nolint:exhaustive // the others have nothing to add
	case RefusedKind:
		why += " " + string(r.Kind)
	case RefusedState:
		why += " " + string(r.Status)
	}
	if r.With != "" {
		why += " " + r.With
	}
	return fmt.Sprintf("%s %s: %s", r.Act, r.Reference, why)
}

// Unwrap makes it an ErrPaymentOpen for an open payment, an ErrSeriesBusy for a proforma that is being invoiced, else an ErrStateChanged.
func (r *Refusal) Unwrap() error {
	switch {
	case r.Reason == RefusedPayment && r.Act != ActSettlePayment:
		return ErrPaymentOpen
	case r.Reason == RefusedInvoicing && r.Act == ActConvert:
		return ErrSeriesBusy
	}
	return ErrStateChanged
}

// Refuses says why an act cannot be done with the document as the ledger has it, nil when it can. It is the one rule: screens ask it
// for their keys, commands before their question, and billing again under the lock. SmartBill may refuse all the same.
func (i Invoice) Refuses(act Act) *Refusal {
	reason, with := i.refuses(act)
	if reason == "" {
		return nil
	}
	return &Refusal{Act: act, Reference: i.Reference(), Kind: i.Kind, Status: i.Status, Reason: reason, With: with}
}

// CheckAct is Refuses as an error: *Refusal, or nil.
func (i Invoice) CheckAct(act Act) error {
	if refusal := i.Refuses(act); refusal != nil {
		return refusal
	}
	return nil
}

func (i Invoice) refuses(act Act) (reason RefusalReason, with string) {
	if i.Elsewhere {
		return RefusedSimulator, ""
	}
	switch act {
	case ActCancel:
		return i.refusesChange(StatusIssued, StatusCancelling)
	case ActRestore:
		return i.refusesChange(StatusCancelled, StatusRestoring)
	case ActStorno:
		return i.refusesStorno()
	case ActPartialStorno, ActPay:
		return i.refusesInForce(KindInvoice)
	case ActConvert:
		return i.refusesInForce(KindProforma)
	case ActBalance:
		return i.refusesBalance()
	case ActResend:
		return i.refusesResend()
	case ActSettle:
		return i.refusesState(StatusUnknown, StatusSending, StatusDraftSent)
	case ActSearch:
		return i.refusesState(StatusNotIssued, StatusRefused)
	case ActRelease:
		return i.refusesState(StatusUnknown, StatusSending)
	case ActEnterNumber, ActReleaseDraft:
		return i.refusesState(StatusDraftSent)
	case ActSend:
		return i.refusesSending()
	case ActRemind:
		return i.refusesReminder()
	case ActSettlePayment, ActPDF, ActTimesheet, ActDelete:
		return i.refusesNumbered(act)
	case ActCopy:
	}
	return "", ""
}

// refusesState refuses every state but those; what is reversed, with its storno.
func (i Invoice) refusesState(states ...Status) (reason RefusalReason, with string) {
	if slices.Contains(states, i.Status) {
		return "", ""
	}
	return RefusedState, cmp.Or(i.Storno, i.ReversedBy)
}

// refusesTied refuses, beside every state but those, a document whose payment is not settled or whose storno is on its way.
func (i Invoice) refusesTied(states ...Status) (reason RefusalReason, with string) {
	if i.OpenPayment != 0 {
		return RefusedPayment, ""
	}
	if reason, with = i.refusesState(states...); reason == "" && i.Storno != "" {
		return RefusedStorno, i.Storno
	}
	return reason, with
}

// refusesChange is for acts that SmartBill repeats safely: they start from a state, or go on from the one that they began.
func (i Invoice) refusesChange(from, begun Status) (reason RefusalReason, with string) {
	switch {
	case i.Kind == KindStorno:
		return RefusedKind, ""
	case i.InvoicedAs != "":
		return i.refusesInvoiced()
	}
	reason, with = i.refusesTied(from, begun)
	return i.refusesTaken(reason, with)
}

// refusesInForce is for acts on documents of a kind that SmartBill has in force.
func (i Invoice) refusesInForce(kind Kind) (reason RefusalReason, with string) {
	switch {
	case i.Kind != kind:
		return RefusedKind, ""
	case i.InvoicedAs != "":
		return i.refusesInvoiced()
	}
	return i.refusesTied(StatusIssued, StatusPartlyReversed)
}

func (i Invoice) refusesStorno() (reason RefusalReason, with string) {
	reason, with = i.refusesInForce(KindInvoice)
	return i.refusesTaken(reason, with)
}

// refusesTaken refuses an act on the whole of an invoice while another document takes lines of it back: they would be undone twice.
func (i Invoice) refusesTaken(reason RefusalReason, with string) (RefusalReason, string) {
	if i.ReversedBy != "" && (reason == "" || reason == RefusedState && i.Status == StatusPartlyReversed) {
		return RefusedReversed, i.ReversedBy
	}
	return reason, with
}

func (i Invoice) refusesInvoiced() (reason RefusalReason, with string) {
	if isIntent(i.InvoicedAs) {
		return RefusedInvoicing, i.InvoicedAs
	}
	return RefusedInvoiced, i.InvoicedAs
}

func (i Invoice) refusesBalance() (reason RefusalReason, with string) {
	if i.Kind != KindInvoice {
		return RefusedKind, ""
	}
	return i.refusesState(StatusIssued, StatusPartlyReversed)
}

func (i Invoice) refusesResend() (reason RefusalReason, with string) {
	switch {
	case i.Kind == KindStorno:
		return RefusedKind, i.Original
	case i.ResentAs != "":
		return RefusedResent, i.ResentAs
	}
	return i.refusesState(StatusNotIssued)
}

// refusesSending lets those documents be e-mailed that stand in SmartBill for sure; a reversed invoice goes with its storno.
func (i Invoice) refusesSending() (reason RefusalReason, with string) {
	if i.InvoicedAs != "" {
		return i.refusesInvoiced()
	}
	return i.refusesState(StatusIssued, StatusPartlyReversed, StatusReversed)
}

func (i Invoice) refusesReminder() (reason RefusalReason, with string) {
	if reason, with = i.refusesInForce(KindInvoice); reason == "" && i.Payment == PaymentPaid {
		return RefusedPaid, ""
	}
	return reason, with
}

// RefusesReminder is Refuses for ActRemind on a day: nobody is reminded of what is not overdue.
func (i Invoice) RefusesReminder(today Date) *Refusal {
	if refusal := i.Refuses(ActRemind); refusal != nil || i.Overdue(today) {
		return refusal
	}
	return &Refusal{Act: ActRemind, Reference: i.Reference(), Kind: i.Kind, Status: i.Status, Reason: RefusedNotOverdue}
}

// RefusesEmail is Refuses for an e-mail of the kind on a day.
func (i Invoice) RefusesEmail(kind EmailKind, today Date) *Refusal {
	if kind == EmailReminder {
		return i.RefusesReminder(today)
	}
	return i.Refuses(kind.Act())
}

// refusesNumbered is for acts on what SmartBill has under a number.
func (i Invoice) refusesNumbered(act Act) (reason RefusalReason, with string) {
	switch {
	case act == ActSettlePayment && i.OpenPayment == 0:
		return RefusedPayment, ""
	case act == ActTimesheet && (i.Kind == KindStorno || i.Kind == KindPartialStorno):
		return RefusedKind, i.Original
	case i.Number == "":
		return RefusedNumber, ""
	case act == ActPDF && !i.IsNumbered(), act == ActDelete && !i.Status.AtSmartBill():
		return RefusedState, ""
	}
	return "", ""
}
