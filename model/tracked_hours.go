package model

import (
	"slices"
	"strings"

	"cadensa/model/text"
)

// TrackedHours are the hours that a tracker counts for one client.
type TrackedHours struct {
	// Client is what the tracker calls the client, "" where it names none.
	Client  string
	Seconds int64
}

// HoursByClient sums entries by what their trackers call the client, in the order in which the names come first. Case and
// diacritics of names do not count.
func HoursByClient(entries []*Entry) []TrackedHours {
	var all []TrackedHours
	spelt, folded := map[string]int{}, map[string]int{}
	for _, entry := range entries {
		at, known := spelt[entry.Client]
		if !known {
			name := text.Collapse(entry.Client)
			if at, known = folded[text.Fold(name)]; !known {
				at = len(all)
				folded[text.Fold(name)] = at
				all = append(all, TrackedHours{Client: name})
			}
			spelt[entry.Client] = at
		}
		all[at].Seconds += entry.Seconds
	}
	return all
}

// OwnedHours are tracked hours and the client whom they belong to.
type OwnedHours struct {
	TrackedHours
	// Owner is the client's name in the address book, or else what the tracker calls the client.
	Owner string
	// Known is set where the address book has the owner.
	Known bool
}

// Owned finds the owners of tracked hours: the first of the address book who Matches.
func Owned(tracked []TrackedHours, addressBook []Client) []OwnedHours {
	type called struct {
		client int
		glob   text.Glob
	}
	names := make(map[string]int, len(addressBook))
	var globs []called
	for i, client := range slices.Backward(addressBook) {
		names[text.Fold(text.Collapse(client.Name))] = i
	}
	for i, client := range addressBook {
		for _, name := range client.TrackerNames {
			globs = append(globs, called{i, text.NewGlob(name)})
		}
	}
	owned := make([]OwnedHours, len(tracked))
	for i, hours := range tracked {
		owned[i] = OwnedHours{TrackedHours: hours, Owner: hours.Client}
		folded := text.Fold(hours.Client)
		owner, known := names[folded]
		matches := func(each called) bool { return each.glob.MatchesFolded(folded) }
		if at := slices.IndexFunc(globs, matches); at >= 0 && (!known || globs[at].client < owner) {
			owner, known = globs[at].client, true
		}
		if known && hours.Client != "" {
			owned[i].Owner, owned[i].Known = addressBook[owner].Name, true
		}
	}
	return owned
}

// ForeignTo finds the hours of others than the client, summed by owner. A tracked name is the client's own if it Matches the client, or if
// nobody in the address book has it and all its words stand in the client's name, as "Morii" does in "Morii Studio SRL". Hours without a
// client are anybody's. Without a buyer there are no others, unless the hours belong to several.
func ForeignTo(client Client, owned []OwnedHours) []OwnedHours {
	var foreign []OwnedHours
	for _, hours := range owned {
		if hours.Client == "" || client.Matches(hours.Client) || hours.Known && sameName(hours.Owner, client.Name) ||
			!hours.Known && client.isCalled(hours.Client) {
			continue
		}
		at := slices.IndexFunc(foreign, func(other OwnedHours) bool { return sameName(other.Owner, hours.Owner) })
		if at < 0 {
			foreign = append(foreign, hours)
			continue
		}
		foreign[at].Seconds += hours.Seconds
	}
	if len(foreign) == 1 && text.Collapse(client.Name) == "" {
		return nil
	}
	return foreign
}

func sameName(one, other string) bool {
	return text.Fold(text.Collapse(one)) == text.Fold(text.Collapse(other))
}

// isCalled reports whether all words of the name stand in the client's.
func (c Client) isCalled(name string) bool {
	own, called := words(c.Name), words(name)
	return len(called) > 0 && !slices.ContainsFunc(called, func(word string) bool { return !slices.Contains(own, word) })
}

// words are the parts of a name between spaces and signs, folded.
func words(name string) []string {
	return strings.FieldsFunc(text.Fold(name), func(r rune) bool { return !text.IsName(string(r)) })
}

// FindForeign is the finding that hours of others are billed to the client, false when there are none.
func FindForeign(client Client, foreign []OwnedHours) (Finding, bool) {
	name, unknown := text.Collapse(client.Name), func(hours OwnedHours) bool { return !hours.Known }
	var findings Findings
	const field, rule = "hours", "client"
	switch {
	case len(foreign) == 0:
		return Finding{}, false
	case name == "":
		findings.warn(field, rule, FindingHoursOfSeveral, foreign)
	case slices.ContainsFunc(foreign, unknown):
		findings.warn(field, rule, FindingHoursOfUnknown, name, foreign)
	default:
		findings.warn(field, rule, FindingHoursOfOthers, name, foreign)
	}
	return findings[0], true
}
