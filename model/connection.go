package model

import (
	"slices"
	"time"
)

// Issued is SmartBill's answer to a document that it made.
type Issued struct {
	Series string
	// Number is text with its leading zeros; "" for a SmartBill draft, which has only a DocumentID.
	Number     string
	DocumentID string
	// DocumentURL is the page that edits it (login needed), ViewURL its public page. Either may be "".
	DocumentURL, ViewURL string
	Message              string
}

// CheckName names one finding of a connection test.
type CheckName string

// What a connection test finds out, in this order.
const (
	CheckReached     CheckName = "reached"
	CheckCredentials CheckName = "credentials"
	CheckCompany     CheckName = "company"
	CheckSeries      CheckName = "series"
	CheckRates       CheckName = "rates"
	// CheckTemplate is whether invoices bear their references, which is no condition of the connection.
	CheckTemplate CheckName = "template"
)

// FailedAt reports whether the check failed.
func (r ConnectionReport) FailedAt(name CheckName) bool {
	return slices.ContainsFunc(r.Checks, func(check Check) bool { return check.Name == name && check.Err != nil })
}

// UnansweredChecks are the checks of a test before it is made.
func UnansweredChecks() []Check {
	return []Check{{Name: CheckReached}, {Name: CheckCredentials}, {Name: CheckCompany}, {Name: CheckSeries}, {Name: CheckRates}}
}

// Check is one finding of a connection test.
type Check struct {
	Name CheckName
	// Done is false for a check that an earlier failure left without an answer.
	Done   bool
	Passed bool
	// Err is why it failed.
	Err error
}

// ConnectionReport is what a connection test found.
type ConnectionReport struct {
	Checks []Check
	// CIF is the company that was asked for, with or without RO as SmartBill knows it.
	CIF string
	// Account is what the account said: all of it when the test passed.
	Account Account
	// Took is how long the first answer took.
	Took time.Duration
	// Template is whether the account's PDFs carry references, as the newest one of ours shows.
	Template Template
}

// Template is whether an account's PDFs carry the references that are to be printed on them.
type Template string

// What is known of a template; "" for nothing.
const (
	TemplatePrints Template = "prints"
	TemplateOmits  Template = "omits"
)

// Passed reports whether every check was made and passed.
func (r ConnectionReport) Passed() bool {
	for _, check := range r.Checks {
		if !check.Done || !check.Passed {
			return false
		}
	}
	return len(r.Checks) > 0
}

// Reading is an answer of SmartBill to a call that reads, as it came, to compare accounts with what is taken for granted.
type Reading struct {
	// Path is the operation's, below the base: "/series".
	Path string
	// Parameters are the names of the query's parameters, in alphabetical order.
	Parameters []string
	Status     int
	// ContentType is what the answer calls itself, without parameters such as the character set; "" if it does not say.
	ContentType string
	// Body is the answer. Credentials are taken out of it, unless it is a PDF.
	Body []byte
	// Form says what the body is, and not what is in it: "PDF", "HTML", "empty", "text", or the shape of its JSON, such as
	// "{errorText: "", list: 2 × {name: text, nextNumber: number}}".
	Form string
	// ErrorText is SmartBill's word of failure, cleaned of HTML and control characters; "" for none.
	ErrorText string
}
