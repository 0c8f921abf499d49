package model

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// PaymentOrder is money that came for an invoice, as its user wants SmartBill to record it.
type PaymentOrder struct {
	// Amount is in the invoice's currency; zero stands for all that is unpaid.
	Amount decimal.Decimal
	// On is the day on which it came; zero stands for today.
	On   Date
	Kind PaymentKind
	// Series is the receipt's, for PaymentReceipt alone.
	Series string
	// PaidSeen is how much was paid when its user confirmed, not valid when nobody looked. Nothing is sent over another amount.
	PaidSeen decimal.NullDecimal
}

// PaymentState is where a payment stands that SmartBill was asked to record.
type PaymentState string

// The states of a payment. While one of an invoice is sending or unknown, there is no other one of that invoice.
const (
	PaymentSending     PaymentState = "sending"
	PaymentRecorded    PaymentState = "recorded"
	PaymentRefused     PaymentState = "refused"
	PaymentNotRecorded PaymentState = "not-recorded"
	PaymentUnknown     PaymentState = "unknown"
)

// Open reports whether it is not known, or not known yet, what became of a payment in this state.
func (s PaymentState) Open() bool { return s == PaymentSending || s == PaymentUnknown }

// PaymentRecord is the ledger's record of one payment that SmartBill was asked to record.
type PaymentRecord struct {
	ID     int64
	State  PaymentState
	Amount decimal.Decimal
	On     Date
	Kind   PaymentKind
	// Series and Number are the receipt's; "" for other kinds, and the number until it is known.
	Series, Number string
	// PaidBefore and UnpaidBefore are what SmartBill said before it was asked to record it.
	PaidBefore, UnpaidBefore decimal.Decimal
	// Counter is the next number of the receipts' series before that, 0 for other kinds.
	Counter int64
	// Message keeps the last answer or failure in words.
	Message string
	Changed time.Time
}

// Receipt is the reference of a payment's receipt, "" while there is none.
func (r PaymentRecord) Receipt() string {
	if r.Number == "" {
		return ""
	}
	return InvoiceReference(r.Series, r.Number)
}

// Balance is how much of an invoice SmartBill says is paid, in the invoice's currency.
type Balance struct {
	// Invoice is the invoice as the ledger has it now.
	Invoice             Invoice
	Total, Paid, Unpaid decimal.Decimal
}

// PaymentSettlement is the evidence on a payment of unknown outcome, and what follows from it.
type PaymentSettlement struct {
	// Invoice and Payment are as they stand in the ledger now.
	Invoice Invoice
	Payment PaymentRecord
	// PaidNow and CounterNow are what SmartBill says now; the counter is 0 for what is no receipt.
	PaidNow    decimal.Decimal
	CounterNow int64
	Conclusion PaymentConclusion
	// WaitUntil is when the time to wait for SmartBill is over; zero when it is over already.
	WaitUntil time.Time
}

// PaymentConclusion is what the settling of a payment found out.
type PaymentConclusion string

// The conclusions of settling a payment.
const (
	// PaymentFound: SmartBill has it.
	PaymentFound PaymentConclusion = "recorded"
	// PaymentMissing: SmartBill does not have it, and had its time.
	PaymentMissing PaymentConclusion = "not-recorded"
	// PaymentWait: SmartBill does not have it and may be recording it still; settle again at WaitUntil.
	PaymentWait PaymentConclusion = "wait"
	// PaymentUndecided: the amounts fit neither; the user looks into SmartBill and decides.
	PaymentUndecided PaymentConclusion = "undecided"
)

// PaymentKind is a way in which money comes, spelt as SmartBill does: it tells the letters' case apart (smartbill, Payments).
type PaymentKind string

// The kinds that are named in code. PaymentReceipt is cash, for which SmartBill issues a receipt with a number of its own.
const (
	PaymentTransfer PaymentKind = "Ordin plata"
	PaymentReceipt  PaymentKind = "Chitanta"
)

// paymentKinds are the kinds that SmartBill records, the usual first. Fiscal receipts ("Bon") need a cash register.
var paymentKinds = []struct {
	kind PaymentKind
	// name is one word for the command line, words what people call it.
	name, words string
}{
	{PaymentTransfer, "transfer", "bank transfer"},
	{"Card", "card", "card"},
	{"Card online", "card-online", "card, online"},
	{PaymentReceipt, "cash", "cash, with a receipt"},
	{"Extras de cont", "statement", "bank statement"},
	{"CEC", "cheque", "cheque"},
	{"Bilet ordin", "promissory-note", "promissory note"},
	{"Mandat postal", "postal-order", "postal order"},
	{"Ramburs", "on-delivery", "on delivery"},
	{"Alta incasare", "other", "another way"},
}

// PaymentKinds lists the kinds that SmartBill records, the usual first.
func PaymentKinds() []PaymentKind {
	kinds := make([]PaymentKind, len(paymentKinds))
	for i, known := range paymentKinds {
		kinds[i] = known.kind
	}
	return kinds
}

// PaymentKindNames lists the words by which the command line takes the kinds, in the order of PaymentKinds.
func PaymentKindNames() []string {
	names := make([]string, len(paymentKinds))
	for i, known := range paymentKinds {
		names[i] = known.name
	}
	return names
}

// PaymentKindNamed finds a kind by its word for the command line, or by SmartBill's own, without regard to case and diacritics.
func PaymentKindNamed(name string) (PaymentKind, bool) {
	folded := text.Fold(text.Collapse(name))
	for _, known := range paymentKinds {
		if folded == known.name || folded == text.Fold(string(known.kind)) {
			return known.kind, true
		}
	}
	return "", false
}

// Known reports whether SmartBill records payments of the kind.
func (k PaymentKind) Known() bool { return slices.Contains(PaymentKinds(), k) }

// Words is the kind in words: "bank transfer". One that is not known is as it is spelt.
func (k PaymentKind) Words() string {
	for _, known := range paymentKinds {
		if known.kind == k {
			return known.words
		}
	}
	return string(k)
}
