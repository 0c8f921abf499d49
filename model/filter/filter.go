// Package filter is the language in which entries are filtered: it is read once, and matched against many entries.
package filter

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// Filter is a list of terms that must all fit an entry. The zero value fits every entry.
type Filter struct{ terms []filterTerm }

// Forms lists what Parse understands, for help.
const Forms = `words, "several words", client: project: task: tag: user: source: text: with part of the text or a glob, ` +
	`>2h <30m >=1:30, day:2026-10 or day:FROM..TO, is:free billed reserved running unpriced ticked; - before a term excludes it`

// Subject is an entry as a filter sees it.
type Subject struct {
	Entry *model.Entry
	// Text is the entry's part of a Text; the zero part is folded anew.
	Text Part
	// Location tells on which day the entry was worked.
	Location *time.Location
	// State is the ledger's; it is looked at when AsksState only.
	State model.EntryState
	// Free entries can be billed, apart from their price; Unpriced ones have none.
	Free, Unpriced, Ticked bool
}

// Matches reports whether every term fits the entry.
func (f Filter) Matches(subject *Subject) bool {
	if subject.Text.names == nil && len(f.terms) > 0 {
		subject.Text = entryText(subject.Entry)
	}
	for i := range f.terms {
		if f.terms[i].fits(subject) == f.terms[i].negated {
			return false
		}
	}
	return true
}

// AsksState reports whether the filter looks at what the ledger knows.
func (f Filter) AsksState() bool {
	return slices.ContainsFunc(f.terms, func(t filterTerm) bool {
		return t.field == fieldIs && (t.word == string(model.EntryBilled) || t.word == string(model.EntryReserved))
	})
}

// Narrows reports whether every entry that fits this filter certainly fitted the older one, too: more was typed.
func (f Filter) Narrows(older Filter) bool {
	for _, old := range older.terms {
		// What an entry is can change from one search to the next.
		if old.field == fieldIs || !slices.ContainsFunc(f.terms, old.impliedBy) {
			return false
		}
	}
	return true
}

// String writes the filter as Parse reads it.
func (f Filter) String() string {
	parts := make([]string, len(f.terms))
	for i, term := range f.terms {
		parts[i] = term.String()
	}
	return strings.Join(parts, " ")
}

// Beside the fields of Text, a term can be about these.
const (
	fieldAny = fieldCount + iota
	fieldLength
	fieldDay
	fieldIs
)

// filterFields are the names before a colon.
var filterFields = map[string]int{
	"client": fieldClient, "project": fieldProject, "task": fieldTask, "user": fieldUser, "source": fieldSource,
	"tag": fieldTags, "text": fieldText, "day": fieldDay, "is": fieldIs,
}

// entryFieldNames are the names of filterFields, in the order of Forms.
var entryFieldNames = []string{"client", "project", "task", "tag", "user", "source", "text", "day", "is"}

// filterTerm is one thing that a filter asks for.
type filterTerm struct {
	field   int
	negated bool
	// head stands before the word: "client:", ">=" or nothing.
	head string
	// word is as it was typed; folded is compared.
	word   string
	folded []byte
	// glob is for words of a field with * or ?.
	glob text.Glob
	// seconds and days are what a length and a day ask for.
	seconds int64
	days    model.Period
}

func (t *filterTerm) fits(subject *Subject) bool {
	switch t.field {
	case fieldAny:
		return bytes.Contains(subject.Text.names, t.folded) || bytes.Contains(subject.Text.description, t.folded)
	case fieldLength:
		return t.fitsLength(subject.Entry.Seconds)
	case fieldDay:
		return t.days.Contains(subject.Entry.Day(subject.Location))
	case fieldIs:
		return t.fitsState(subject)
	case fieldTags:
		for tag := range bytes.SplitSeq(subject.Text.field(t.field), []byte{tagEnd}) {
			if t.fitsText(tag) {
				return true
			}
		}
		return false
	}
	return t.fitsText(subject.Text.field(t.field))
}

func (t *filterTerm) fitsText(text []byte) bool {
	if t.glob.IsPattern() {
		return t.glob.MatchesFolded(string(text))
	}
	return bytes.Contains(text, t.folded)
}

func (t *filterTerm) fitsLength(tracked int64) bool {
	switch t.head {
	case ">":
		return tracked > t.seconds
	case ">=":
		return tracked >= t.seconds
	case "<":
		return tracked < t.seconds
	case "<=":
		return tracked <= t.seconds
	}
	// As it is shown: a part of a minute counts as begun.
	return (tracked+59)/60 == (t.seconds+59)/60
}

func (t *filterTerm) fitsState(subject *Subject) bool {
	switch t.word {
	case "free":
		return subject.Free
	case "unpriced":
		return subject.Free && subject.Unpriced
	case "ticked":
		return subject.Ticked
	case "running":
		return subject.Entry.Running
	}
	return subject.State == model.EntryState(t.word)
}

// impliedBy reports whether an entry that fits the other term fits this one.
func (t *filterTerm) impliedBy(other filterTerm) bool {
	if t.head != other.head || t.field != other.field || t.negated != other.negated {
		return false
	}
	if t.word == other.word {
		return true
	}
	isText := t.field <= fieldAny && !t.negated && !t.glob.IsPattern() && !other.glob.IsPattern()
	return isText && bytes.Contains(other.folded, t.folded)
}

// String writes the term as Parse reads it.
func (t *filterTerm) String() string {
	word, sign := t.word, ""
	if t.negated {
		sign = "-"
	}
	if strings.Contains(word, " ") || t.head == "" && strings.ContainsAny(word, "-:<>=") {
		word = `"` + word + `"`
	}
	return sign + t.head + word
}
