package ledger

import (
	"fmt"
	"strings"

	"cadensa/model"
)

// ContradictionError says that the records contradict each other: what the claims say of hours is not what the invoices say.
// A bit that fell over on a disk does so, as does a hand in the file. Nothing was changed.
type ContradictionError struct {
	// Path is the ledger, Backup its newest backup, "" when there is none. A backup is made of a ledger that agrees.
	Path, Backup string
	// Contradictions are what was found, in the order of the invoices.
	Contradictions []Contradiction
}

// Contradiction is what disagrees about the hours of one invoice.
type Contradiction struct {
	Kind ContradictionKind
	// Invoice is its reference, "" when the ledger has no such invoice; Status its state.
	Invoice string
	Status  model.Status
	// Entries is how many entries it concerns.
	Entries int
}

// ContradictionKind tells what disagrees.
type ContradictionKind string

// The kinds of contradictions.
const (
	// EntriesUnclaimed: the invoice is in force, and nothing keeps its entries from another.
	EntriesUnclaimed ContradictionKind = "unclaimed"
	// EntriesElsewhere: the invoice is in force, another one holds its entries, and nothing was said of it.
	EntriesElsewhere ContradictionKind = "elsewhere"
	// EntriesOtherwise: they are reserved where the invoice bills them, or the other way round.
	EntriesOtherwise ContradictionKind = "otherwise"
	// EntriesKept: the invoice is not in force, and keeps entries from others.
	EntriesKept ContradictionKind = "kept"
	// EntriesForeign: the invoice keeps entries that it was not made from.
	EntriesForeign ContradictionKind = "foreign"
	// EntriesElseworld: what was issued at a simulator keeps entries from SmartBill's invoices, or the other way round.
	EntriesElseworld ContradictionKind = "elseworld"
	// EntriesNobodys: entries are kept for an invoice that the ledger does not have.
	EntriesNobodys ContradictionKind = "nobodys"
)

// String says it in words.
func (c Contradiction) String() string {
	entries := "1 of its entries"
	if c.Entries != 1 {
		entries = fmt.Sprintf("%d of its entries", c.Entries)
	}
	switch c.Kind {
	case EntriesUnclaimed:
		return fmt.Sprintf("%s is %s, and nothing keeps %s from being billed again", c.Invoice, c.Status, entries)
	case EntriesElsewhere:
		return fmt.Sprintf("%s is %s, and %s are kept for another invoice", c.Invoice, c.Status, entries)
	case EntriesOtherwise:
		return fmt.Sprintf("%s is %s, and %s are recorded otherwise", c.Invoice, c.Status, entries)
	case EntriesKept:
		return fmt.Sprintf("%s is %s, and still keeps %s from other invoices", c.Invoice, c.Status, entries)
	case EntriesForeign:
		return fmt.Sprintf("%s keeps entries that it was not made from: %d", c.Invoice, c.Entries)
	case EntriesElseworld:
		return fmt.Sprintf("%s keeps %s at a simulator where it was issued at SmartBill, or the other way round", c.Invoice, entries)
	case EntriesNobodys:
		return fmt.Sprintf("entries are kept for an invoice that the ledger does not have: %d", c.Entries)
	}
	return string(c.Kind)
}

// maxContradictions is how many an error's text names.
const maxContradictions = 3

// Error names the first contradictions, and what is true now.
func (e *ContradictionError) Error() string {
	named := make([]string, 0, maxContradictions+1)
	for _, one := range e.Contradictions[:min(len(e.Contradictions), maxContradictions)] {
		named = append(named, one.String())
	}
	if more := len(e.Contradictions) - maxContradictions; more > 0 {
		named = append(named, fmt.Sprintf("and %d more", more))
	}
	backup := "there is no backup of it"
	if e.Backup != "" {
		backup = "its last backup is " + e.Backup
	}
	return fmt.Sprintf("the ledger %s contradicts itself: %s. Nothing was changed; %s", e.Path, strings.Join(named, "; "), backup)
}
