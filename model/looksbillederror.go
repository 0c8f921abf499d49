package model

import (
	"fmt"
	"strings"
)

// LooksBilledError is the refusal to bill hours that an invoice may bill already, edited since.
type LooksBilledError struct {
	// Invoice is its reference; another may hold some of the entries.
	Invoice string
	// Entries are those in question, each with its day, its label and its fingerprint.
	Entries []string
}

// mostNamed is how many entries an error names.
const mostNamed = 3

// Error names the invoice and the first of the entries.
func (e *LooksBilledError) Error() string {
	named, verb := strings.Join(e.Entries[:min(len(e.Entries), mostNamed)], ", "), "looks"
	if more := len(e.Entries) - mostNamed; more > 0 {
		named += fmt.Sprintf(" and %d more", more)
	}
	if len(e.Entries) > 1 {
		verb = "look"
	}
	return fmt.Sprintf("%s %s billed on %s", named, verb, e.Invoice)
}

// Unwrap makes it an ErrEntriesTaken.
func (*LooksBilledError) Unwrap() error { return ErrEntriesTaken }
