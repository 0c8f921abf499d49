package model

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/taxid"
)

// Status is where an invoice stands, as far as the program knows.
type Status string

// The states of an invoice. Sending and unknown ones block their series; cancelling and restoring may be repeated.
const (
	StatusDraftSent  Status = "draft-sent"
	StatusSending    Status = "sending"
	StatusIssued     Status = "issued"
	StatusRefused    Status = "refused"
	StatusUnknown    Status = "unknown"
	StatusNotIssued  Status = "not-issued"
	StatusCancelling Status = "cancelling"
	StatusCancelled  Status = "cancelled"
	StatusRestoring  Status = "restoring"
	// StatusPartlyReversed: partial stornos took back a part of it, StatusReversed: all of it is undone.
	StatusPartlyReversed Status = "partly-reversed"
	StatusReversed       Status = "reversed"
	// StatusDeleted: somebody deleted the document on the web; another one may have its number.
	StatusDeleted Status = "deleted"
)

// HoldsEntries reports whether an invoice in this state keeps its hours from other invoices.
func (s Status) HoldsEntries() bool {
	switch s {
	case StatusSending, StatusUnknown, StatusDraftSent, StatusIssued, StatusPartlyReversed, StatusCancelling, StatusRestoring:
		return true
	case StatusRefused, StatusNotIssued, StatusCancelled, StatusReversed, StatusDeleted:
	}
	return false
}

// AtSmartBill reports whether SmartBill has a document in this state under its number, as far as the ledger knows.
func (s Status) AtSmartBill() bool {
	switch s {
	case StatusIssued, StatusPartlyReversed, StatusCancelling, StatusCancelled, StatusRestoring, StatusReversed:
		return true
	case StatusDraftSent, StatusSending, StatusRefused, StatusUnknown, StatusNotIssued, StatusDeleted:
	}
	return false
}

// Payment says how much of an invoice was paid, as of the last time that it was asked.
type Payment string

// The payments of an invoice.
const (
	PaymentUnpaid Payment = "unpaid"
	PaymentPartly Payment = "partly-paid"
	PaymentPaid   Payment = "paid"
)

// Invoice is the ledger's record of one intent to invoice: what a list shows of it.
type Invoice struct {
	ID int64
	// Intent is the reference of the intent, "CAD-7F3K4Q", printed on the invoice.
	Intent string
	// Company is the issuer's code, its digits alone: RO before it comes and goes.
	Company string
	// Simulated tells that it was issued at a simulator, Elsewhere that it is listed where it is nothing.
	Simulated, Elsewhere bool
	Kind                 Kind
	Series               string
	// Number is SmartBill's text, leading zeros and all; "" until it is known.
	Number  string
	Status  Status
	Payment Payment
	// PaymentAsked is when SmartBill last said how much was paid, zero when it never did.
	PaymentAsked time.Time
	// OpenPayment is the ledger's ID of the payment that is being sent or not settled, 0 for none.
	OpenPayment int64
	// Charged is the total as SmartBill has it, not valid until it was asked.
	Charged decimal.NullDecimal
	// ClientName and ClientCountry (ISO alpha-2) are the buyer's at the time.
	ClientName, ClientCountry string
	Net, VAT, Total           decimal.Decimal
	Currency                  string
	// NetLei is Net in lei by the exchange rate of the invoice, not valid where that is not known.
	NetLei decimal.NullDecimal
	// TaxedAbroad tells that the service takes place in another country.
	TaxedAbroad        bool
	IssueDate, DueDate Date
	Supply             Period
	// Counter is the series' next number as it stood before the request.
	Counter int64
	// Proforma is the reference of what an invoice was made from, InvoicedAs of what a proforma became or may have become.
	Proforma, InvoicedAs string
	// Original is the reference of what a storno undoes, Storno of what undoes an invoice or may do so, ResentAs of the intent that
	// took its place; "" for none.
	Original, Storno, ResentAs string
	// ReversedBy is the reference of the newest document that takes lines of the invoice back or may do so: a partial storno, or the
	// invoice that deducts it as an advance; "" for none.
	ReversedBy string
	// Message keeps the last answer or failure in words.
	Message string
	Changed time.Time
}

// Reference names the invoice: "FCT-0023", or its intent's reference while it has no number.
func (i Invoice) Reference() string {
	if i.Number == "" {
		return i.Intent
	}
	return InvoiceReference(i.Series, i.Number)
}

// UniqueReference names the invoice by its intent where it has one, since SmartBill may give a number twice.
func (i Invoice) UniqueReference() string { return cmp.Or(i.Intent, i.Reference()) }

// LacksReference reports whether it was seen on this invoice that the account's template prints no references.
func (i Invoice) LacksReference() bool { return strings.Contains(i.Message, TemplateNotice) }

// IsNumbered reports whether SmartBill has it under its number, as far as the ledger knows.
func (i Invoice) IsNumbered() bool { return i.Number != "" && i.Status != StatusDeleted }

// HasOpenPayment reports whether it is a payment of the invoice that is not known, and not the invoice itself.
func (i Invoice) HasOpenPayment() bool { return i.OpenPayment != 0 && i.Number != "" }

// HasSeveralCompanies reports whether the invoices are of several issuers.
func HasSeveralCompanies(invoices []Invoice) bool {
	return slices.ContainsFunc(invoices, func(one Invoice) bool { return one.Company != invoices[0].Company })
}

// LastIssued is the latest issue date among the invoices of a company's series that SmartBill has, no date when there are none.
func LastIssued(invoices []Invoice, cif, series string) Date {
	var last Date
	for _, invoice := range invoices {
		ours := invoice.Company == taxid.CompanyCode(cif) && !invoice.Elsewhere && invoice.IsNumbered()
		if ours && invoice.Series == series && invoice.Kind != KindProforma && invoice.IssueDate.After(last) {
			last = invoice.IssueDate
		}
	}
	return last
}

// tolerance is what two ways of rounding the same invoice may differ by.
var tolerance = decimal.New(1, -2)

// Amounts reports whether a total is what SmartBill charges for the invoice, as far as it was asked, or else what was confirmed.
func (i Invoice) Amounts(total decimal.Decimal) bool {
	own := i.Total
	if i.Charged.Valid {
		own = i.Charged.Decimal
	}
	return own.Sub(total).Abs().LessThanOrEqual(tolerance)
}

// TotalDiffers reports whether SmartBill charges another total than was confirmed, by more than 0.01.
func (i Invoice) TotalDiffers() bool {
	return i.Charged.Valid && i.Charged.Decimal.Sub(i.Total).Abs().GreaterThan(tolerance)
}

// Overdue reports whether an issued invoice is past its due date and not paid. Nobody owes what a proforma names.
func (i Invoice) Overdue(today Date) bool {
	return i.Kind != KindProforma && !i.Elsewhere && i.isInForce() && i.Payment != PaymentPaid && !i.DueDate.IsZero() &&
		i.DueDate.Before(today)
}

// isInForce reports whether the document counts, be it in part.
func (i Invoice) isInForce() bool {
	return i.Status == StatusIssued || i.Status == StatusPartlyReversed
}

// DisplayStatus is what a list shows of an invoice's state: its Status, or what is known beyond that.
type DisplayStatus string

// What is known beyond the states. Whether ANAF has an invoice is not known here, so none says sent; no proforma looks like money owed.
const (
	// DisplaySimulator is one of a simulator, listed where SmartBill itself answers.
	DisplaySimulator DisplayStatus = "simulator"
	// DisplayPaymentOpen: it is not known whether a payment of the invoice was recorded.
	DisplayPaymentOpen DisplayStatus = "payment?"
	DisplayPaid        DisplayStatus = "paid"
	DisplayPartlyPaid  DisplayStatus = "partly paid"
	DisplayOverdue     DisplayStatus = "overdue"
	// DisplayPartlyReversed is an invoice of which partial stornos took something back.
	DisplayPartlyReversed DisplayStatus = "part storno"
	// DisplayInvoicing is a proforma whose invoice has no number yet.
	DisplayProforma  DisplayStatus = "proforma"
	DisplayInvoicing DisplayStatus = "invoicing"
	DisplayInvoiced  DisplayStatus = "invoiced"
	DisplayGivingUp  DisplayStatus = "giving up"
	DisplayGivenUp   DisplayStatus = "given up"
)

// DisplayStatus is the one word that a list shows.
func (i Invoice) DisplayStatus(today Date) DisplayStatus {
	switch {
	case i.Elsewhere:
		return DisplaySimulator
	case i.Kind == KindProforma:
		return i.displayProforma()
	case !i.isInForce():
		return DisplayStatus(i.Status)
	case i.OpenPayment != 0:
		return DisplayPaymentOpen
	case i.Payment == PaymentPaid:
		return DisplayPaid
	case i.Overdue(today):
		return DisplayOverdue
	case i.Status == StatusPartlyReversed:
		return DisplayPartlyReversed
	case i.Payment == PaymentPartly:
		return DisplayPartlyPaid
	}
	return DisplayStatus(StatusIssued)
}

func (i Invoice) displayProforma() DisplayStatus {
	switch {
	case i.Status == StatusIssued && isIntent(i.InvoicedAs):
		return DisplayInvoicing
	case i.Status == StatusIssued && i.InvoicedAs != "":
		return DisplayInvoiced
	case i.Status == StatusIssued:
		return DisplayProforma
	case i.Status == StatusCancelling:
		return DisplayGivingUp
	case i.Status == StatusCancelled:
		return DisplayGivenUp
	}
	return DisplayStatus(i.Status)
}

// InvoiceDetail is an invoice with everything that the ledger keeps of it.
type InvoiceDetail struct {
	Invoice
	// Prepared is what was confirmed.
	Prepared PreparedInvoice
	// Request is the exact body that was sent.
	Request []byte
	// Entries are the fingerprints of its hours.
	Entries []string
	// TakenBack is how much of each line, by its number from 1, documents in force take back or may take back.
	TakenBack map[int]decimal.Decimal
	// Payments are what SmartBill was asked to record, the oldest first.
	Payments []PaymentRecord
	// Emails are what SmartBill was asked to send, the oldest first.
	Emails []EmailRecord
	// DocumentURL is where SmartBill shows it, "" if not told.
	DocumentURL string
	// Printed tells that its PDF was seen to carry its reference.
	Printed bool
	// ConfirmedClient is the client that a person saw who vouched for a document without a reference, "" where nobody did;
	// ConfirmedTotal is what it amounted to then, where that was told.
	ConfirmedClient string
	ConfirmedTotal  decimal.NullDecimal
}

// IsAlready reports whether the invoice is in the state that cancelling or restoring it leads to. A storno is never.
func (i Invoice) IsAlready(to Status) bool { return i.Kind != KindStorno && i.Status == to }
