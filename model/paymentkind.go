package model

import (
	"slices"

	"cadensa/model/text"
)

// PaymentKind is a way in which money comes, spelt as SmartBill does: it tells the letters' case apart (API reference §7).
type PaymentKind string

// The kinds that are named in code. PaymentReceipt is cash, for which SmartBill issues a receipt with a number of its own.
const (
	PaymentTransfer PaymentKind = "Ordin plata"
	PaymentReceipt  PaymentKind = "Chitanta"
)

// paymentKinds are all kinds that SmartBill records, the usual first. Fiscal receipts ("Bon") need a cash register and are
// not among them.
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

// PaymentKindNamed finds a kind by its word for the command line, or by SmartBill's own, in any case and without regard
// to diacritics.
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
