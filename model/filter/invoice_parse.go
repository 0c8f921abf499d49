package filter

import (
	"slices"

	"cadensa/model"
	"cadensa/model/text"
)

// invoiceFields are the names before a colon.
var invoiceFields = []string{"client", "number", "status", "issued", "due", "amount", "currency", "is"}

// ParseInvoices reads a filter over invoices, as InvoiceForms describes it. It is read as Parse reads one over entries.
func ParseInvoices(value string) (Invoices, error) {
	terms, err := readAll(value, false, readInvoiceTerm)
	return Invoices{terms: terms}, err
}

// ParseInvoicesTyping is ParseInvoices for a filter that is being typed: its last word asks for nothing while it can still become right.
func ParseInvoicesTyping(value string) (Invoices, error) {
	terms, err := readAll(value, true, readInvoiceTerm)
	return Invoices{terms: terms}, err
}

// CheckInvoices refuses what ParseInvoices does, and a filter that asks for nothing.
func CheckInvoices(value string) error {
	filter, err := ParseInvoices(value)
	if err == nil && filter.IsEmpty() {
		return errNoFilter
	}
	return err
}

// readInvoiceTerm reads a word of a filter over invoices; asks is false for one that asks for nothing.
func readInvoiceTerm(token filterToken) (term invoiceTerm, asks bool, mistake *Mistake) {
	positive, negated := token.positive()
	defer func() { term.negated = negated }()
	if positive.quoted == 0 {
		return invoiceWord(positive.text), true, nil
	}
	if sign, word, found := positive.comparison(); found {
		term, mistake = invoiceAmount(token, sign, word)
		return term, true, mistake
	}
	name, word, found := positive.field()
	switch {
	case !found:
		return invoiceWord(positive.text), true, doubtful(token, positive)
	case word == "":
		return invoiceTerm{}, false, invoiceField(token, name)
	}
	if mistake = invoiceField(token, name); mistake != nil {
		return invoiceTerm{}, false, mistake
	}
	term, mistake = invoiceValue(token, name, word)
	return term, true, mistake
}

func invoiceWord(word string) invoiceTerm { return invoiceTerm{word: word, folded: text.Fold(word)} }

func invoiceField(token filterToken, name string) *Mistake {
	if slices.Contains(invoiceFields, name) {
		return nil
	}
	return unknownField(token, name, invoiceFields)
}

// invoiceValue reads the word behind a field's name.
func invoiceValue(token filterToken, name, word string) (invoiceTerm, *Mistake) {
	switch name {
	case "status":
		term := invoiceTerm{field: name, word: statusWord(text.Fold(word))}
		return term, checkState(token, name, term.word, statusNames)
	case "is":
		term := invoiceTerm{field: name, word: text.Fold(word)}
		return term, checkState(token, name, term.word, invoiceStateNames)
	case "issued", "due":
		return invoiceDay(token, name, word)
	case "amount":
		sign, number, _ := compared(word)
		return invoiceAmount(token, sign, number)
	}
	return invoiceTerm{field: name, word: word, folded: text.Fold(word), glob: text.NewGlob(word)}, nil
}

func invoiceAmount(token filterToken, sign, number string) (invoiceTerm, *Mistake) {
	amount, err := model.ParseAmount(number)
	if err != nil {
		return invoiceTerm{}, wrongValue(token, number, WantedAmount, err)
	}
	return invoiceTerm{field: "amount", sign: sign, word: number, amount: amount}, nil
}

func invoiceDay(token filterToken, name, word string) (invoiceTerm, *Mistake) {
	sign, days, _ := compared(word)
	period, err := parseDays(days)
	if err != nil {
		return invoiceTerm{}, wrongValue(token, days, WantedDay, err)
	}
	return invoiceTerm{field: name, sign: sign, word: days, days: period}, nil
}
