package model

import (
	"fmt"
	"time"

	"github.com/shopspring/decimal"
)

// Verdict is what the evidence says of one number that an invoice of unknown outcome may have got.
type Verdict string

// The verdicts on a candidate.
const (
	// VerdictOurs: its PDF carries the reference that is looked for.
	VerdictOurs Verdict = "ours"
	// VerdictForeign: its PDF proves that it is another invoice.
	VerdictForeign Verdict = "foreign"
	// VerdictHeld: the ledger has another invoice under this number, and nothing speaks against that.
	VerdictHeld Verdict = "held"
	// VerdictAbsent: SmartBill is proven to have no such number.
	VerdictAbsent Verdict = "absent"
	// VerdictUndecided: the user must look at it.
	VerdictUndecided Verdict = "undecided"
)

// Candidate is a number that an invoice of unknown outcome may have got, with the evidence for and against it.
type Candidate struct {
	Series, Number string
	// Absent tells that SmartBill is proven not to know the number.
	Absent bool
	// HasPDF tells that its PDF was had and could be read. A PDF that cannot be had proves nothing.
	HasPDF bool
	// ShowsNumber tells that the PDF shows its own number, CarriesReference that it carries the reference that is looked for or,
	// as a storno, names the invoice that it undoes.
	ShowsNumber, CarriesReference bool
	// Total is what SmartBill says that it amounts to, if it says so. Save for a storno it proves nothing.
	Total   decimal.NullDecimal
	Verdict Verdict
	// Reason is why, Named the reference of the document that it is about, Err why its PDF cannot be had.
	Reason CandidateReason
	Named  string
	Err    error
}

// CandidateReason is why a verdict was given.
type CandidateReason string

// The reasons of a verdict.
const (
	// ReasonCarries: its PDF carries the reference Named; ReasonCarriesStranger: one that this ledger never gave.
	ReasonCarries         CandidateReason = "carries a reference"
	ReasonCarriesStranger CandidateReason = "carries an unknown reference"
	// ReasonSentWithout: what is looked for was sent without a reference.
	ReasonSentWithout CandidateReason = "sent without a reference"
	// ReasonSameClient, ReasonSameTotal, ReasonTotalUnknown: it carries no reference, and may be alike.
	ReasonSameClient   CandidateReason = "same client"
	ReasonSameTotal    CandidateReason = "same total"
	ReasonTotalUnknown CandidateReason = "total unknown"
	// ReasonTemplateUnknown: it carries no reference, and this account's PDFs may print none.
	ReasonTemplateUnknown CandidateReason = "template unknown"
	// ReasonNumberHidden: its PDF does not show its own number.
	ReasonNumberHidden CandidateReason = "number not shown"
	// ReasonNothingAlike: it carries no reference, and has another client and another total.
	ReasonNothingAlike CandidateReason = "nothing alike"
	// ReasonNoNumber: SmartBill has no such number; ReasonNoPDF: its PDF cannot be had, for Err.
	ReasonNoNumber CandidateReason = "no such number"
	ReasonNoPDF    CandidateReason = "no PDF"
	// ReasonHeld: the ledger has Named under the number.
	ReasonHeld CandidateReason = "held"
	// ReasonProven: it shows the number, the client and the total, or its user confirmed it.
	ReasonProven CandidateReason = "proven"
	// ReasonReverses: it names Named and amounts to minus its total; ReasonReversesNot: it amounts to something else;
	// ReasonReversesPerhaps: it cannot be told.
	ReasonReverses        CandidateReason = "reverses"
	ReasonReversesNot     CandidateReason = "another total than a storno"
	ReasonReversesPerhaps CandidateReason = "perhaps a storno"
	// ReasonConverted: SmartBill says that it was made from the proforma Named; ReasonConvertedNot: that it was not.
	ReasonConverted    CandidateReason = "made from the proforma"
	ReasonConvertedNot CandidateReason = "not made from the proforma"
)

// Reference names the candidate: "FCT-0023".
func (c Candidate) Reference() string { return InvoiceReference(c.Series, c.Number) }

// Conclusion is what a settling found out.
type Conclusion string

// The conclusions of a settling.
const (
	// ConclusionAdopted: the invoice was made, and is recorded under its number.
	ConclusionAdopted Conclusion = "adopted"
	// ConclusionNotIssued: no invoice was made, and the hours are free.
	ConclusionNotIssued Conclusion = "not-issued"
	// ConclusionWait: nothing was found, and SmartBill may be at it still; settle again at WaitUntil.
	ConclusionWait Conclusion = "wait"
	// ConclusionUndecided: the evidence does not suffice; the user looks at the candidates and decides.
	ConclusionUndecided Conclusion = "undecided"
)

// Settlement is the evidence on an invoice of unknown outcome, and what follows from it.
type Settlement struct {
	// Invoice is the invoice as it stands in the ledger now.
	Invoice Invoice
	// CounterBefore is the series' next number before the request, CounterNow as it stands now; 0 when it was not read.
	CounterBefore, CounterNow int64
	Candidates                []Candidate
	Conclusion                Conclusion
	// WaitUntil is when the time to wait for SmartBill is over; zero when it is over already.
	WaitUntil time.Time
	// Warnings are what else was found and needs the user.
	Warnings []SettlementWarning
}

// WarningKind is what a settling found beside the invoice that it looked for.
type WarningKind string

// What a settling finds.
const (
	// WarningLate: the lost Invoice turned up and is recorded; it was believed not to be made, or to be deleted.
	WarningLate WarningKind = "late"
	// WarningCopy: the document Reference carries the reference of Invoice too.
	WarningCopy WarningKind = "copy"
	// WarningConverted: the proforma Invoice was invoiced on the web, as Reference.
	WarningConverted WarningKind = "converted"
)

// SettlementWarning is something that a settling found and that needs its user.
type SettlementWarning struct {
	Kind      WarningKind
	Reference string
	Invoice   Invoice
	// Deleted tells of a lost invoice that it was believed to be deleted.
	Deleted bool
}

// DeletionConclusion is what was found out about a document that may have been deleted on the web.
type DeletionConclusion string

// The conclusions on a document that may have been deleted.
const (
	// DeletionProven: it was deleted; DeletionRecorded: that is recorded.
	DeletionProven   DeletionConclusion = "proven"
	DeletionRecorded DeletionConclusion = "recorded"
	// DeletionDenied: SmartBill has it, and it is ours.
	DeletionDenied DeletionConclusion = "stands"
	// DeletionUndecided: the evidence does not suffice; the user looks at the PDF and decides.
	DeletionUndecided DeletionConclusion = "undecided"
)

// Deletion is the evidence on a document that may have been deleted on the web, and what follows from it.
type Deletion struct {
	// Invoice is the document as it stands in the ledger now.
	Invoice Invoice
	// Candidate is what SmartBill has under its number.
	Candidate  Candidate
	Conclusion DeletionConclusion
	// Before is the document as it stood, Original what a deleted storno had undone as it stands now; zero before it is recorded.
	Before, Original Invoice
}

// WaitError is the refusal of a decision that came too early: SmartBill may be making the invoice still.
type WaitError struct {
	// Until is when the decision can be made.
	Until time.Time
}

// Error says why to wait. A front says until when, in its zone or as a countdown.
func (*WaitError) Error() string { return "SmartBill may be at it still" }

// Unwrap makes it an ErrOutcomeUnknown.
func (*WaitError) Unwrap() error { return ErrOutcomeUnknown }

// Matter is what can stay unknown of an invoice.
type Matter string

// What can stay unknown.
const (
	// MatterOutcome: whether it was made; MatterChange: whether it is cancelled or restored.
	MatterOutcome Matter = "outcome"
	MatterChange  Matter = "change"
	// MatterPayment: whether an earlier payment was recorded; MatterSentPayment: whether the one was that was just sent.
	MatterPayment     Matter = "payment"
	MatterSentPayment Matter = "sent payment"
	// MatterDeletion: whether it was deleted on the web.
	MatterDeletion Matter = "deletion"
)

// OpenError says that the evidence did not settle a matter of an invoice.
type OpenError struct {
	Invoice Invoice
	Matter  Matter
	// Err is *WaitError while SmartBill may be at it still, else an ErrOutcomeUnknown.
	Err error
}

// Error names the invoice and the matter.
func (e *OpenError) Error() string {
	name := e.Invoice.Reference()
	switch e.Matter {
	case MatterPayment:
		return fmt.Sprintf("a payment of %s is open still: %v", name, e.Err)
	case MatterDeletion:
		return fmt.Sprintf("whether %s was deleted is not proven: %v", name, e.Err)
	case MatterChange:
		return fmt.Sprintf("%s is %s: %v", name, e.Invoice.Status, e.Err)
	case MatterSentPayment:
		return e.Err.Error()
	case MatterOutcome:
	}
	return fmt.Sprintf("%s is %s still: %v", name, e.Invoice.Status, e.Err)
}

// Unwrap returns Err.
func (e *OpenError) Unwrap() error { return e.Err }

// Open is nil once it is known what became of the invoice, else *OpenError.
func (s Settlement) Open() error {
	return stillOpen(s.Invoice, MatterOutcome, s.Conclusion == ConclusionWait, s.Conclusion == ConclusionUndecided, s.WaitUntil)
}

// Open is nil once it is known whether the payment was recorded, else *OpenError.
func (s PaymentSettlement) Open() error {
	return stillOpen(s.Invoice, MatterPayment, s.Conclusion == PaymentWait, s.Conclusion == PaymentUndecided, s.WaitUntil)
}

func stillOpen(invoice Invoice, matter Matter, waits, undecided bool, until time.Time) error {
	switch {
	case waits:
		return &OpenError{Invoice: invoice, Matter: matter, Err: &WaitError{Until: until}}
	case undecided:
		return &OpenError{Invoice: invoice, Matter: matter, Err: ErrOutcomeUnknown}
	}
	return nil
}

// PaymentOf tells from SmartBill's amounts how much of an invoice was paid.
func PaymentOf(paid, unpaid decimal.Decimal) Payment {
	switch {
	case paid.IsZero() && unpaid.IsZero():
		return PaymentUnpaid
	case !unpaid.IsPositive():
		return PaymentPaid
	case paid.IsPositive():
		return PaymentPartly
	}
	return PaymentUnpaid
}

// Conversion is what an invoice that is made from a proforma does not take from it.
type Conversion struct {
	// Series is the invoice's.
	Series string
	// Exchange is the rate of a currency other than RON for an invoice of today.
	Exchange ExchangeRate
}
