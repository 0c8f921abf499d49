package model

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"cadensa/model/taxid"
	"cadensa/model/text"
)

// What can go wrong between the program and SmartBill. Errors of the adapter and of billing unwrap to one of them.
var (
	ErrUnauthorized   = errors.New("e-mail and token not accepted")
	ErrCompanyUnknown = errors.New("company not in this account")
	ErrForbidden      = errors.New("no right to do this")
	ErrSeriesUnknown  = errors.New("series not in this account")
	ErrVATUnknown     = errors.New("VAT rate refused")
	// ErrClientStored says that SmartBill was to save a client whose name it has with another tax number.
	ErrClientStored = errors.New("SmartBill has a client of this name with another tax number")
	ErrInvalidField = errors.New("field not understood")
	ErrRefused      = errors.New("refused")
	ErrRateLimited  = errors.New("too many calls")
	ErrNotFound     = errors.New("not found")
	ErrUnavailable  = errors.New("SmartBill cannot be reached")
	// ErrNotSent says that no byte of the request left: nothing has happened.
	ErrNotSent = errors.New("not sent")
	// ErrOutcomeUnknown says that a request left and that nobody knows what became of it.
	ErrOutcomeUnknown = errors.New("outcome unknown")
)

// What can go wrong between the program and its own records.
var (
	// ErrEntriesTaken says that hours were reserved or billed by another invoice meanwhile.
	ErrEntriesTaken = errors.New("hours already on another invoice")
	// ErrSeriesBusy says that an invoice of the series is being sent, or has an outcome that is not known.
	ErrSeriesBusy = errors.New("series busy")
	// ErrNotOurs says that SmartBill has another invoice under a number than the ledger: a deleted number may be given again.
	ErrNotOurs = errors.New("the invoice in SmartBill is another one")
	// ErrGone says that SmartBill has no document under a number that the ledger has: it was deleted on the web.
	ErrGone = errors.New("SmartBill has no such document any more")
	// ErrPaymentOpen says that it is not known whether a payment of the invoice was recorded.
	ErrPaymentOpen = errors.New("a payment is not settled")
	// ErrReceiptSeries says that the account has no such series of receipts.
	ErrReceiptSeries = errors.New("no such series of receipts")
	// ErrBalanceChanged says that SmartBill has other amounts than those that were confirmed.
	ErrBalanceChanged = errors.New("the amounts in SmartBill are others")
	// ErrInvoiceUnknown says that the ledger has no such invoice.
	ErrInvoiceUnknown = errors.New("no such invoice")
	// ErrSeveralFit says that a number alone does not tell which of several invoices is meant.
	ErrSeveralFit = errors.New("several invoices fit")
	// ErrStateChanged says that an invoice is not in the state that the act needs.
	ErrStateChanged = errors.New("invoice is in another state")
	// ErrNothingToBill says that there is no line.
	ErrNothingToBill = errors.New("nothing to bill")
	// ErrNoHours says that an invoice bills no tracked hours, so that there is no timesheet.
	ErrNoHours = errors.New("no tracked hours")
	// ErrNotConfigured says that credentials are missing.
	ErrNotConfigured = errors.New("SmartBill is not set up yet")
)

// SeriesError says that the account has no series of the name for documents of the kind.
type SeriesError struct {
	Series string
	Kind   Kind
}

// Error names the series.
func (e *SeriesError) Error() string { return text.Clean(e.Series) + ": " + ErrSeriesUnknown.Error() }

// Unwrap makes it an ErrSeriesUnknown.
func (*SeriesError) Unwrap() error { return ErrSeriesUnknown }

// LimitError is ErrRateLimited with its end.
type LimitError struct {
	// Until is when calls are allowed again; no call is made before.
	Until time.Time
}

// Error says that the limit was exceeded. A front says when it ends, in its zone or as a countdown.
func (*LimitError) Error() string { return "SmartBill's limit of calls was exceeded" }

// Unwrap makes it an ErrRateLimited.
func (*LimitError) Unwrap() error { return ErrRateLimited }

// CompanyError refuses an act on a document of another company than that of the settings. Nothing was asked of SmartBill.
type CompanyError struct {
	// Reference is the document's, Company the code of the company that issued it.
	Reference, Company string
	// Ours is the company of the settings, Settings their file, "" where it is not known.
	Ours, Settings string
}

// CheckCompany refuses a document of another company than the account's, RO before the code or not: *CompanyError. Settings names the
// file that the account is in, "" where it is not known.
func (i Invoice) CheckCompany(cif, settings string) error {
	return checkCompany(i.Reference(), i.Company, cif, settings)
}

// CheckCompany refuses an invoice that was made for another company than that of the account, as Invoice.CheckCompany does.
func (p PreparedInvoice) CheckCompany(cif, settings string) error {
	return checkCompany("the invoice", p.CIF, cif, settings)
}

func checkCompany(what, theirs, ours, settings string) error {
	if taxid.CompanyCode(theirs) == taxid.CompanyCode(ours) {
		return nil
	}
	return &CompanyError{Reference: what, Company: taxid.CompanyCode(theirs), Ours: taxid.CompanyCode(ours), Settings: settings}
}

// Error names both companies and the settings file.
func (e *CompanyError) Error() string {
	return fmt.Sprintf("%s is of company %s, but %s has company %s: nothing was asked of SmartBill",
		e.Reference, e.Company, cmp.Or(e.Settings, "the account"), e.Ours)
}

// Unwrap makes it an ErrStateChanged: the invoice is in no state for this company to act on it.
func (*CompanyError) Unwrap() error { return ErrStateChanged }

// SimulatorError refuses an act on a document of a simulator at SmartBill itself, or the other way round. Nothing was changed.
type SimulatorError struct {
	// Reference is the document's.
	Reference string
	// Simulated tells that the document was issued at a simulator.
	Simulated bool
}

// Error says where it was issued.
func (e *SimulatorError) Error() string {
	if e.Simulated {
		return e.Reference + " was issued at a simulator, and this is SmartBill itself: nothing was changed"
	}
	return e.Reference + " was not issued at a simulator, and this is one: nothing was changed"
}

// Unwrap makes it an ErrStateChanged.
func (*SimulatorError) Unwrap() error { return ErrStateChanged }

// AmbiguousError says that a reference means several documents.
type AmbiguousError struct {
	Reference string
	Invoices  []Invoice
}

// Error lists them: company, client, date and the reference that each has alone.
func (e *AmbiguousError) Error() string {
	lines := make([]string, len(e.Invoices))
	for i, one := range e.Invoices {
		lines[i] = fmt.Sprintf("%s: the %s of company %s to %s, %s", one.Intent, one.Kind, one.Company, one.ClientName, one.IssueDate)
		if one.Simulated {
			lines[i] += ", at a simulator"
		}
	}
	return fmt.Sprintf("%s names several documents: %s", e.Reference, strings.Join(lines, "; "))
}

// Unwrap makes it an ErrSeveralFit.
func (*AmbiguousError) Unwrap() error { return ErrSeveralFit }

// UnprovenError says that what SmartBill has under a number is not proven to be the ledger's document.
type UnprovenError struct {
	// Reason says what is missing.
	Reason string
}

// Error says what is missing.
func (e *UnprovenError) Error() string {
	return "what SmartBill has under this number is not proven to be the one in the ledger: " + e.Reason
}

// Unwrap makes it an ErrNotOurs.
func (*UnprovenError) Unwrap() error { return ErrNotOurs }

// TypedError says that what a person typed to decide something does not fit. Nothing was changed.
type TypedError struct {
	// Typed is what was typed, Wanted what it should have been: "the number of FCT-0023".
	Typed, Wanted string
}

// Error says what does not fit.
func (e *TypedError) Error() string {
	return fmt.Sprintf("%q is not %s", text.Clean(e.Typed), e.Wanted)
}

// UnknownReferenceError keeps an invoice back: a document of the series has a reference that this ledger never gave. The ledger is
// older than the books, or another installation bills on the series.
type UnknownReferenceError struct {
	Series, Number string
	// Found is the reference that its PDF carries.
	Found string
}

// Error says what was found, and what it means.
func (e *UnknownReferenceError) Error() string {
	return fmt.Sprintf("%s carries the reference %s, which this ledger never gave: the ledger is older than the books, or another installation bills on series %s",
		InvoiceReference(e.Series, e.Number), e.Found, e.Series)
}

// Unwrap makes it an ErrStateChanged.
func (*UnknownReferenceError) Unwrap() error { return ErrStateChanged }

// InvoicedError refuses an act on a proforma that somebody invoiced on the web.
type InvoicedError struct {
	// Proforma is its reference, Made are the invoices that SmartBill names.
	Proforma string
	Made     []Issued
}

// Error names the invoices.
func (e *InvoicedError) Error() string {
	names := make([]string, len(e.Made))
	for i, made := range e.Made {
		names[i] = InvoiceReference(made.Series, made.Number)
	}
	return fmt.Sprintf("%s was invoiced in SmartBill already, as %s", e.Proforma, strings.Join(names, " and "))
}

// Unwrap makes it an ErrStateChanged.
func (*InvoicedError) Unwrap() error { return ErrStateChanged }

// OutcomeError says that SmartBill did not make a document, or that nobody knows whether it did.
type OutcomeError struct {
	// Invoice is the document as the ledger has it now: refused, not issued or unknown.
	Invoice Invoice
	// Expected is the reference that it would have got, "" for a draft.
	Expected string
	// Reversed tells that a storno was refused because another one undid the invoice before, which is recorded.
	Reversed bool
	Err      error
}

// Error is for logs: "CAD-7F3K4Q (FCT-0024) is unknown: no answer".
func (e *OutcomeError) Error() string {
	name := e.Invoice.Intent
	if e.Expected != "" {
		name += " (" + e.Expected + ")"
	}
	return fmt.Sprintf("%s is %s: %v", name, e.Invoice.Status, e.Err)
}

// Unwrap gives the cause, and ErrOutcomeUnknown while nobody knows.
func (e *OutcomeError) Unwrap() []error {
	if e.Invoice.Status == StatusUnknown {
		return []error{ErrOutcomeUnknown, e.Err}
	}
	return []error{e.Err}
}

// ChangeError says that ActCancel or ActRestore failed, or that nobody knows whether it was done. To repeat it is safe.
type ChangeError struct {
	Act Act
	// Invoice is the document as the ledger has it now.
	Invoice Invoice
	Err     error
}

// Error is for logs: "cancel FCT-0023 (cancelling): no answer".
func (e *ChangeError) Error() string {
	return fmt.Sprintf("%s %s (%s): %v", e.Act, e.Invoice.Reference(), e.Invoice.Status, e.Err)
}

// Unwrap gives the cause.
func (e *ChangeError) Unwrap() error { return e.Err }

// IsUnknown reports whether nobody knows if SmartBill made the change.
func (e *ChangeError) IsUnknown() bool {
	return e.Invoice.Status == StatusCancelling || e.Invoice.Status == StatusRestoring || errors.Is(e.Err, ErrOutcomeUnknown)
}
