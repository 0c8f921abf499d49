package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// Entry is one stretch of tracked time, as the tracker recorded it. Its EntryStatus tells whether it was billed.
type Entry struct {
	// Source names the tracker it came from, such as "timewarrior".
	Source string
	// Fingerprint identifies the entry by its content, so that it is known again on the next import. 16 hex digits.
	Fingerprint string
	// Start and End fall on the same midnight where a tracker records only a day and a duration. End is zero while it runs.
	Start, End Instant
	// Seconds is the tracked duration.
	Seconds int64

	Client, Project, Task, Description, User string
	Tags                                     []string

	// Billable is the tracker's own mark; trackers without one mean true.
	Billable bool
	// AlreadyInvoiced is the tracker's word that the entry stands on an invoice made elsewhere.
	AlreadyInvoiced bool
	// Running marks an entry without an end. It is never billable.
	Running bool
	// Origin says where in its SourceReading it came from. It is not kept.
	Origin uint32 `json:"-"`
	// Price is the tracker's own, nil when the file has none. Entries share it: it never changes.
	Price *HourlyPrice
}

// HourlyPrice is what an hour costs by the tracker.
type HourlyPrice struct {
	// Amount is above zero.
	Amount   decimal.Decimal
	Currency string
	// Counts says that the settings let it price hours that no rule does.
	Counts bool
}

// Compare orders prices by amount and currency; nil costs nothing.
func (p *HourlyPrice) Compare(other *HourlyPrice) int {
	none := &HourlyPrice{}
	p, other = cmp.Or(p, none), cmp.Or(other, none)
	return cmp.Or(p.Amount.Cmp(other.Amount), cmp.Compare(p.Currency, other.Currency))
}

// dayLength is the longest stretch of time that is billed without a second look.
const dayLength = 24 * time.Hour

// IsTooLong reports whether the entry takes more than a day, or ends more than a day after it starts: a timer was
// forgotten, or a cell mistyped.
func (e *Entry) IsTooLong() bool {
	return e.Seconds > int64(dayLength/time.Second) || !e.End.IsZero() && e.End.Sub(e.Start) > dayLength
}

// fingerprintBytes gives 64 bits: a clash among a million entries has odds of one in forty million.
const fingerprintBytes = 8

// Fingerprinted returns the entry with its Fingerprint set from its content. Occurrence numbers identical entries of
// one file from 0, since trackers without clock times can hold the same row twice in earnest.
func (e Entry) Fingerprinted(occurrence int) Entry {
	content := make([]byte, 0, 256)
	for _, part := range []string{e.Source, e.User} {
		content = append(append(content, part...), betweenParts)
	}
	content = append(strconv.AppendInt(content, e.Start.Unix(), 10), betweenParts)
	content = append(strconv.AppendInt(content, e.Seconds, 10), betweenParts)
	for _, part := range []string{e.Client, e.Project, e.Task, e.Description} {
		content = append(append(content, part...), betweenParts)
	}
	for i, tag := range sortedTags(e.Tags) {
		if i > 0 {
			content = append(content, betweenTags)
		}
		content = append(content, tag...)
	}
	if occurrence > 0 {
		content = strconv.AppendInt(append(content, betweenParts), int64(occurrence), 10)
	}
	sum := sha256.Sum256(content)
	var digits [2 * fingerprintBytes]byte
	hex.Encode(digits[:], sum[:fingerprintBytes])
	e.Fingerprint = string(digits[:])
	return e
}

// What keeps the parts of a fingerprint's content apart: clean text has no control characters.
const betweenParts, betweenTags = '\x1e', '\x1f'

// sortedTags returns the tags in their order, themselves when they are in order already.
func sortedTags(tags []string) []string {
	if slices.IsSorted(tags) {
		return tags
	}
	sorted := slices.Clone(tags)
	slices.Sort(sorted)
	return sorted
}

// Day is the calendar day on which the entry started, in the location.
func (e Entry) Day(location *time.Location) Date { return DateOf(e.Start.In(location)) }

// Label joins project and task as "Atlas · api", or whichever there is.
func (e Entry) Label() string { return joinLabel(e.Project, e.Task) }

func joinLabel(parts ...string) string { return joinFilled(" · ", parts...) }

func joinFilled(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), separator)
}

// EntryState says whether an entry's hours can be put on an invoice.
type EntryState string

// The states of an entry. It changes state only together with its invoice.
const (
	EntryFree     EntryState = "free"
	EntryReserved EntryState = "reserved"
	EntryBilled   EntryState = "billed"
)

// EntryStatus is the state of an entry and, unless it is free, the reference of the invoice that holds it.
type EntryStatus struct {
	State   EntryState
	Invoice string
	// LooksBilled is the reference of the invoice that holds hours which a free entry may be an edited copy of. "" for none.
	LooksBilled string
	// TwinOf is the fingerprint of another free entry of the same hours, TwinIn its file or command; "" for none.
	TwinOf, TwinIn string
	// Deliberate says that the user bills the entry in spite of its flag and of the tracker's marks.
	Deliberate bool
}

// IsFlagged reports whether a free entry may bill hours twice: it looks billed, or is a twin.
func (s EntryStatus) IsFlagged() bool { return s.LooksBilled != "" || s.TwinOf != "" }

// Flag says in a few words why an entry is flagged, "" for one that is not.
func (s EntryStatus) Flag() string {
	switch {
	case s.LooksBilled != "":
		return "looks billed " + s.LooksBilled
	case s.TwinOf != "":
		return "twin of " + s.TwinOf + " in " + s.TwinIn
	}
	return ""
}

// Overridden is the status of an entry that its user bills deliberately.
func (s EntryStatus) Overridden() EntryStatus {
	s.LooksBilled, s.TwinOf, s.TwinIn, s.Deliberate = "", "", "", true
	return s
}

// Block says in a few words why an entry cannot be ticked, "" when it can. The status is the ledger's.
func (e Entry) Block(status EntryStatus) string {
	switch {
	case status.State == EntryReserved:
		return "reserved by " + status.Invoice
	case status.State == EntryBilled:
		return status.Invoice
	case e.Running:
		return "running"
	case e.Seconds <= 0:
		return "no duration"
	case status.Deliberate:
		return ""
	}
	return cmp.Or(e.Doubt(), status.Flag())
}

// Doubt says in a few words why the entry itself takes a deliberate key, "" when nothing does: the tracker's marks, or a
// length that is hardly meant.
func (e Entry) Doubt() string {
	switch {
	case e.AlreadyInvoiced:
		return "invoiced"
	case !e.Billable:
		return "not billable"
	case e.IsTooLong():
		return "longer than a day"
	}
	return ""
}

// NeedsDecision reports whether the entry can be billed, though only by a deliberate decision: it is flagged, or in doubt.
func (e Entry) NeedsDecision(status EntryStatus) bool {
	return e.Block(status) != "" && e.Block(status.Overridden()) == ""
}
