package model

import (
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"cadensa/model/text"
)

// EmailKind is what an e-mail is for.
type EmailKind string

// The kinds of e-mails.
const (
	// EmailDocument brings a document to its client.
	EmailDocument EmailKind = "document"
	// EmailReminder reminds the client of an overdue invoice.
	EmailReminder EmailKind = "reminder"
)

// Act is what sending an e-mail of the kind does with its document.
func (k EmailKind) Act() Act {
	if k == EmailReminder {
		return ActRemind
	}
	return ActSend
}

// EmailState is where an e-mail stands that SmartBill was asked to send.
type EmailState string

// The states of an e-mail. SmartBill does not tell later what it sent, so that an unknown one stays unknown.
const (
	EmailSending EmailState = "sending"
	EmailSent    EmailState = "sent"
	EmailRefused EmailState = "refused"
	EmailNotSent EmailState = "not-sent"
	EmailUnknown EmailState = "unknown"
)

// MayHaveLeft reports whether an e-mail in this state was sent, or may have been.
func (s EmailState) MayHaveLeft() bool { return s != EmailRefused && s != EmailNotSent }

// Email is what SmartBill sends with a document.
type Email struct {
	Kind EmailKind
	// To, CC and BCC are addresses separated by commas.
	To, CC, BCC string
	// Subject and Message are texts in which SmartBill fills in its placeholders; "" is the account's own template.
	Subject, Message string
}

// EmailOrder is an e-mail as its user confirmed it.
type EmailOrder struct {
	Email

	// Earlier is the ID of the newest e-mail of the kind that the user knew of, 0 for none. Nothing is sent over another one.
	Earlier int64
}

// EmailRecord is the ledger's record of an e-mail that SmartBill was asked to send.
type EmailRecord struct {
	Email

	ID    int64
	State EmailState
	// Answer keeps the last answer or failure in words.
	Answer string
	// Created is when it was to be sent, Changed when that ended.
	Created, Changed time.Time
}

// EmailDraft is an e-mail as the settings word it, to the client's address, for its user to change and confirm.
type EmailDraft struct {
	Invoice InvoiceDetail
	Email   Email
}

// Order confirms an e-mail of the draft's document, with what was e-mailed before in view.
func (d EmailDraft) Order(email Email) EmailOrder {
	order := EmailOrder{Email: email}
	if earlier, ok := d.Invoice.EarlierEmail(email.Kind); ok {
		order.Earlier = earlier.ID
	}
	return order
}

// EarlierEmail is the newest e-mail of the kind that was sent with the document, or may have been; false when there is none.
func (d InvoiceDetail) EarlierEmail(kind EmailKind) (EmailRecord, bool) {
	for _, record := range slices.Backward(d.Emails) {
		if record.Kind == kind && record.State.MayHaveLeft() {
			return record, true
		}
	}
	return EmailRecord{}, false
}

// CheckEarlierEmail refuses an e-mail that repeats an earlier one which the order does not know of: *EmailedError.
func (d InvoiceDetail) CheckEarlierEmail(order EmailOrder) error {
	if earlier, ok := d.EarlierEmail(order.Kind); ok && earlier.ID != order.Earlier {
		return &EmailedError{Reference: d.Reference(), Earlier: earlier}
	}
	return nil
}

// Checked is the e-mail with its addresses and its text in their normal form. Errors: *AddressError, and *PlaceholderError.
func (e Email) Checked() (Email, error) {
	for _, list := range []*string{&e.To, &e.CC, &e.BCC} {
		normal, err := normalAddresses(*list)
		if err != nil {
			return e, err
		}
		*list = normal
	}
	if e.To == "" {
		return e, &AddressError{}
	}
	e.Subject, e.Message = text.Collapse(e.Subject), CleanMessage(e.Message)
	return e, checkPlaceholders(e.Subject + "\n" + e.Message)
}

// CleanMessage cleans a text of several lines, and drops the empty ones around it.
func CleanMessage(message string) string {
	lines := strings.Split(strings.ReplaceAll(message, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(text.Clean(lines[i]), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// normalAddresses reads addresses that are separated by commas, or by semicolons as SmartBill's own list of clients may have them.
func normalAddresses(list string) (string, error) {
	var addresses []string
	for _, each := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ';' }) {
		each = text.Collapse(each)
		if each == "" {
			continue
		}
		if !isAddress(each) {
			return list, &AddressError{Address: each}
		}
		addresses = append(addresses, each)
	}
	return strings.Join(addresses, ","), nil
}

// isAddress reports whether a text is one address alone: no name beside it, and a domain with a point in it.
func isAddress(value string) bool {
	parsed, err := mail.ParseAddress(value)
	_, domain, _ := strings.Cut(value, "@")
	return err == nil && parsed.Address == value && strings.Contains(domain, ".")
}

// placeholder is one of SmartBill's, with how it is filled in (POST /document/send).
type placeholder struct {
	name string
	fill func(of InvoiceDetail) string
}

// placeholders are those that SmartBill knows. Only SmartBill has the link.
var placeholders = []placeholder{
	{"tip document", func(of InvoiceDetail) string { return documentWord(of.Kind) }},
	{"serie numar document", func(of InvoiceDetail) string { return strings.TrimSpace(of.Series + " " + of.Number) }},
	{"link document", func(InvoiceDetail) string { return "#link document#" }},
	{"data emiterii", func(of InvoiceDetail) string { return romanianDay(of.IssueDate) }},
	{"data scadentei", func(of InvoiceDetail) string { return romanianDay(of.DueDate) }},
	{"total document", func(of InvoiceDetail) string { return FormatAmount(of.Total) + " " + of.Currency }},
	{"mentiune", func(of InvoiceDetail) string { return of.Prepared.Mentions() }},
	{"nume client", func(of InvoiceDetail) string { return of.ClientName }},
	{"persoana contact", func(of InvoiceDetail) string { return of.Prepared.Client.Contact }},
}

// documentWord is SmartBill's own word for a document.
func documentWord(kind Kind) string {
	if kind == KindProforma {
		return "Proforma"
	}
	return "Factura"
}

func romanianDay(day Date) string {
	if day.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", day.Day, int(day.Month), day.Year)
}

// EmailPlaceholders lists the placeholders of subjects and messages as they are written: "#nume client#".
func EmailPlaceholders() []string {
	names := make([]string, len(placeholders))
	for i, known := range placeholders {
		names[i] = "#" + known.name + "#"
	}
	return names
}

// placeholderForm finds what looks like a placeholder; "#1 and #2" does not.
var placeholderForm = regexp.MustCompile(`#\p{L}[\p{L} ]*#`)

// checkPlaceholders refuses a placeholder that SmartBill does not know, which would be sent as it is: *PlaceholderError.
func checkPlaceholders(value string) error {
	for _, found := range placeholderForm.FindAllString(value, -1) {
		if !slices.Contains(EmailPlaceholders(), found) {
			return &PlaceholderError{Found: found}
		}
	}
	return nil
}

// CheckEmailText refuses a subject or a message that has a placeholder which SmartBill does not know: *PlaceholderError.
func CheckEmailText(value string) error { return checkPlaceholders(value) }

// FillPlaceholders shows a subject or a message as SmartBill will send it with the document, but for the link, which only SmartBill has.
func (d InvoiceDetail) FillPlaceholders(value string) string {
	for _, known := range placeholders {
		value = strings.ReplaceAll(value, "#"+known.name+"#", known.fill(d))
	}
	return value
}

// AsDetail is the prepared invoice as it will stand under a number, for FillPlaceholders before it is issued.
func (p PreparedInvoice) AsDetail(number string) InvoiceDetail {
	return InvoiceDetail{Prepared: p, Invoice: Invoice{
		Kind: p.Kind, Series: p.Series, Number: number, IssueDate: p.IssueDate, DueDate: p.DueDate, Total: p.Totals().Total,
		Currency: p.Currency, ClientName: p.Client.Name,
	}}
}

// What can be wrong with an e-mail.
var (
	// ErrEmailAddress says that an address is missing, or is none.
	ErrEmailAddress = errors.New("not an e-mail address")
	// ErrEmailServer says that the account has no server by which SmartBill sends e-mails.
	ErrEmailServer = errors.New("no e-mail server is set up in SmartBill")
)

// AddressError refuses an e-mail for one of its addresses. Nothing was sent.
type AddressError struct {
	// Address is what is no address, "" where there is none to send to.
	Address string
}

// Error quotes the address.
func (e *AddressError) Error() string {
	if e.Address == "" {
		return "there is no address to send it to"
	}
	return fmt.Sprintf("%q is %s", text.Clean(e.Address), ErrEmailAddress.Error())
}

// Unwrap makes it an ErrEmailAddress.
func (*AddressError) Unwrap() error { return ErrEmailAddress }

// PlaceholderError refuses a text with a placeholder that SmartBill does not know. Nothing was sent.
type PlaceholderError struct{ Found string }

// Error names the placeholder and those that there are.
func (e *PlaceholderError) Error() string {
	return fmt.Sprintf("SmartBill knows no placeholder %s, only %s", text.Clean(e.Found), strings.Join(EmailPlaceholders(), ", "))
}

// Unwrap makes it an ErrInvalidField.
func (*PlaceholderError) Unwrap() error { return ErrInvalidField }

// EmailedError refuses an e-mail that repeats an earlier one which its user did not know of. Nothing was sent.
type EmailedError struct {
	// Reference is the document's.
	Reference string
	Earlier   EmailRecord
}

// Error is for logs: "FCT-0023 was e-mailed before, to a@b.example: sent".
func (e *EmailedError) Error() string {
	return fmt.Sprintf("%s was e-mailed before, to %s: %s", e.Reference, e.Earlier.To, e.Earlier.State)
}

// EmailError says that SmartBill did not send an e-mail, or that nobody knows whether it did.
type EmailError struct {
	// Reference is the document's.
	Reference string
	// Email is the e-mail as the ledger has it now: refused, not sent or unknown.
	Email EmailRecord
	Err   error
}

// Error is for logs: "e-mail FCT-0023 to a@b.example: refused: …".
func (e *EmailError) Error() string {
	return fmt.Sprintf("e-mail %s to %s: %s: %v", e.Reference, e.Email.To, e.Email.State, e.Err)
}

// Unwrap gives the cause, and ErrOutcomeUnknown where nobody knows.
func (e *EmailError) Unwrap() []error {
	if e.Email.State.MayHaveLeft() {
		return []error{ErrOutcomeUnknown, e.Err}
	}
	return []error{e.Err}
}
