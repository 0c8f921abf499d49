package filter

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// InvoiceForms lists what ParseInvoices understands, for help.
const InvoiceForms = `words, "several words", client: number: with part of the text or a glob, status: with a state of the list, ` +
	`issued:2026-10 due:<2026-12, amount:>1000, currency:EUR, ` +
	`is:invoice proforma storno draft paid unpaid overdue cancelled reversed unknown; - before a term excludes it`

// Invoices is a list of terms that must all fit an invoice. The zero value fits every invoice.
type Invoices struct{ terms []invoiceTerm }

// InvoiceSubject is an invoice as a filter sees it.
type InvoiceSubject struct {
	Invoice *model.Invoice
	// Text is what words are looked for in, folded; Client is the buyer's name, folded.
	Text, Client string
	// Status is the word that the list shows.
	Status string
	Today  model.Date
}

// NewInvoiceTexts folds what a filter looks through of each invoice. Only names hold letters that are costly to fold, and names come again.
func NewInvoiceTexts(invoices []model.Invoice) []InvoiceText {
	texts := make([]InvoiceText, len(invoices))
	names := map[string]string{}
	for i := range invoices {
		invoice := &invoices[i]
		name, known := names[invoice.ClientName]
		if !known {
			name = text.Fold(invoice.ClientName)
			names[invoice.ClientName] = name
		}
		texts[i] = InvoiceText{Client: name, All: invoiceText(invoice, name)}
	}
	return texts
}

// InvoiceText is what a filter looks through of one invoice, folded.
type InvoiceText struct{ All, Client string }

func invoiceText(invoice *model.Invoice, client string) string {
	amount := model.FormatAmount(invoice.Total)
	return strings.Join([]string{
		strings.ToLower(invoice.Reference()), strings.ToLower(invoice.Intent), string(invoice.Kind),
		client, invoice.Company, strings.ToLower(invoice.ClientCountry),
		amount, strings.ReplaceAll(amount, ",", ""), strings.ToLower(invoice.Currency), invoice.IssueDate.String(),
		strings.ToLower(invoice.Supply.Short()), strings.ToLower(invoice.Supply.String()),
	}, "\n")
}

// IsEmpty reports whether every invoice fits.
func (f Invoices) IsEmpty() bool { return len(f.terms) == 0 }

// Matches reports whether every term fits the invoice.
func (f Invoices) Matches(subject *InvoiceSubject) bool {
	for i := range f.terms {
		if f.terms[i].fits(subject) == f.terms[i].negated {
			return false
		}
	}
	return true
}

// String writes the filter as ParseInvoices reads it.
func (f Invoices) String() string {
	parts := make([]string, len(f.terms))
	for i, term := range f.terms {
		parts[i] = term.String()
	}
	return strings.Join(parts, " ")
}

// invoiceTerm is one thing that a filter asks for.
type invoiceTerm struct {
	// field is the name before the colon, "" for a plain word.
	field   string
	negated bool
	// sign compares days and amounts: "<", "<=", ">", ">=", "=" or "" for being in or equal.
	sign string
	// word is as it was typed, folded is compared; glob is for words with * or ?.
	word, folded string
	glob         text.Glob
	amount       decimal.Decimal
	days         model.Period
}

func (t *invoiceTerm) fits(subject *InvoiceSubject) bool {
	invoice := subject.Invoice
	switch t.field {
	case "client":
		return t.fitsText(subject.Client)
	case "number":
		return t.fitsText(text.Fold(invoice.Reference())) || invoice.Number != "" && t.fitsText(text.Fold(invoice.Number))
	case "currency":
		return t.fitsText(text.Fold(invoice.Currency))
	case "status":
		return statusWord(string(invoice.DisplayStatus(subject.Today))) == t.word
	case "is":
		return invoiceStates[slices.Index(invoiceStateNames, t.word)].fits(*invoice, subject.Today)
	case "issued":
		return t.fitsDay(invoice.IssueDate)
	case "due":
		return t.fitsDay(invoice.DueDate)
	case "amount":
		return t.fitsAmount(invoice.Total)
	}
	return strings.Contains(subject.Text, t.folded) || strings.Contains(text.Fold(subject.Status), t.folded)
}

func (t *invoiceTerm) fitsText(value string) bool {
	if t.glob.IsPattern() {
		return t.glob.MatchesFolded(value)
	}
	return strings.Contains(value, t.folded)
}

// fitsDay compares with the first and the last day of a period; no day fits nothing.
func (t *invoiceTerm) fitsDay(day model.Date) bool {
	if day.IsZero() {
		return false
	}
	switch t.sign {
	case "<":
		return day.Before(t.days.From)
	case "<=":
		return !t.days.To.IsZero() && !day.After(t.days.To)
	case ">":
		return !t.days.To.IsZero() && day.After(t.days.To)
	case ">=":
		return !day.Before(t.days.From)
	}
	return t.days.Contains(day)
}

func (t *invoiceTerm) fitsAmount(total decimal.Decimal) bool {
	switch compared := total.Cmp(t.amount); t.sign {
	case "<":
		return compared < 0
	case "<=":
		return compared <= 0
	case ">":
		return compared > 0
	case ">=":
		return compared >= 0
	default:
		return compared == 0
	}
}

// String writes the term as ParseInvoices reads it.
func (t *invoiceTerm) String() string {
	head, word, minus := "", t.word, ""
	if t.field != "" {
		head = t.field + ":" + t.sign
	}
	if t.negated {
		minus = "-"
	}
	if strings.Contains(word, " ") || head == "" && strings.ContainsAny(word, "-:<>=") {
		word = `"` + word + `"`
	}
	return minus + head + word
}

// statusWord is a state as it is typed: one word.
func statusWord(status string) string { return strings.ReplaceAll(status, " ", "-") }

// invoiceStates are the words behind is:, each with the invoices that it means.
var invoiceStates = []struct {
	name string
	fits func(invoice model.Invoice, today model.Date) bool
}{
	{"invoice", func(i model.Invoice, _ model.Date) bool { return i.Kind == model.KindInvoice }},
	{"proforma", func(i model.Invoice, _ model.Date) bool { return i.Kind == model.KindProforma }},
	{"storno", func(i model.Invoice, _ model.Date) bool { return i.Kind == model.KindStorno }},
	{"draft", func(i model.Invoice, _ model.Date) bool { return i.Status == model.StatusDraftSent }},
	{"paid", func(i model.Invoice, _ model.Date) bool { return isOwed(i) && i.Payment == model.PaymentPaid }},
	{"unpaid", func(i model.Invoice, _ model.Date) bool { return isOwed(i) && i.Payment != model.PaymentPaid }},
	{"overdue", model.Invoice.Overdue},
	{"cancelled", func(i model.Invoice, _ model.Date) bool { return i.Status == model.StatusCancelled }},
	{"reversed", func(i model.Invoice, _ model.Date) bool {
		return i.Status == model.StatusReversed || i.Status == model.StatusPartlyReversed
	}},
	{"unknown", func(i model.Invoice, _ model.Date) bool { return i.Status == model.StatusUnknown }},
}

var invoiceStateNames = func() (names []string) {
	for _, state := range invoiceStates {
		names = append(names, state.name)
	}
	return names
}()

// isOwed reports whether money is expected for an invoice, or came.
func isOwed(invoice model.Invoice) bool {
	inForce := invoice.Status == model.StatusIssued || invoice.Status == model.StatusPartlyReversed
	return inForce && invoice.Kind == model.KindInvoice && !invoice.Elsewhere
}

// statusNames are the words behind status:, as the list shows them.
var statusNames = []string{
	"draft-sent", "sending", "issued", "paid", "partly-paid", "overdue", "payment?", "refused", "unknown", "not-issued", "cancelling",
	"cancelled", "restoring", "partly-reversed", "reversed", "deleted", "simulator", "proforma", "invoicing", "invoiced", "giving-up", "given-up",
}
