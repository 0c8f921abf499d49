package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
)

type chosenHours struct {
	entries []*model.Entry
	// overridden are the fingerprints of those that look billed.
	overridden []string
}

func (q *issueRequest) hoursToBill(ctx context.Context, a *app.App, client model.Client, rules []model.Rule) (chosenHours, error) {
	if !q.billsHours() {
		return chosenHours{}, nil
	}
	period, err := parsePeriod(cmp.Or(q.period, "all"), a.Today())
	if err != nil {
		return chosenHours{}, err
	}
	hours, err := q.hours(ctx, a)
	if err != nil {
		return chosenHours{}, err
	}
	if len(q.entries) > 0 {
		return q.namedHours(hours)
	}
	if hours.Failure != nil && q.yes && !q.dryRun {
		return chosenHours{}, errNotAllRead
	}
	fits, err := matcher(ctx, a, q.filter, hours.Statuses)
	if err != nil {
		return chosenHours{}, err
	}
	tracked := chosen(hours.Entries, func(entry *model.Entry) bool {
		return period.Contains(entry.Day(a.Location())) && client.Matches(entry.Client) && fits(entry)
	})
	entries, err := q.billable(tracked, hours.Statuses, model.NewRules(rules), client, period)
	if err != nil && hours.Failure != nil {
		// It is not known that there is nothing.
		return chosenHours{}, fmt.Errorf("not every source could be read: %w", hours.Failure)
	}
	return chosenHours{entries: entries}, err
}

// errNotAllRead stops an invoice that may lack hours and that nobody sees before it is sent.
var errNotAllRead = errors.New("not every source could be read, so hours of the period may be missing; nothing was sent. " +
	"Leave out --yes to look and decide, or name the hours with --entries")

// billable keeps entries that are free, billable, priced and not flagged.
func (r *root) billable(
	entries []*model.Entry, statuses map[string]model.EntryStatus, rules *model.Rules, client model.Client, period model.Period,
) ([]*model.Entry, error) {
	var kept, flagged []*model.Entry
	unpriced, rated := 0, 0
	for _, entry := range entries {
		status := statuses[entry.Fingerprint]
		if entry.Block(status) != "" {
			if entry.NeedsDecision(status) && whyDoubtful(entry, status) != "" {
				flagged = append(flagged, entry)
			}
			continue
		}
		if _, priced := rules.For(*entry); !priced {
			unpriced++
			if entry.Price != nil {
				rated++
			}
			continue
		}
		kept = append(kept, entry)
	}
	r.sayFlagged(flagged, statuses)
	if unpriced > 0 {
		r.say("Left out: %s without a price. Add a [[rule]] to the settings.", counted(unpriced, "entry", "entries"))
		if rated > 0 {
			r.say(`The tracker has a rate for %d of them: rates = "tracker" on the [[source]] uses it.`, rated)
		}
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("%w: %s has no entry in %s that is free, billable and priced (of %d tracked)",
			model.ErrNothingToBill, client.Name, period, len(entries))
	}
	return kept, nil
}

const mostFlagged = 10

// sayFlagged says which flagged entries are left out, and why.
func (r *root) sayFlagged(flagged []*model.Entry, statuses map[string]model.EntryStatus) {
	if len(flagged) == 0 {
		return
	}
	var fingerprints []string
	billed, long := 0, 0
	for _, entry := range flagged[:min(len(flagged), mostFlagged)] {
		r.say("Left out: %s (%s) %s.", entry.Fingerprint, entry.Description, whyDoubtful(entry, statuses[entry.Fingerprint]))
		fingerprints = append(fingerprints, entry.Fingerprint)
	}
	for _, entry := range flagged {
		switch status := statuses[entry.Fingerprint]; {
		case status.LooksBilled != "":
			billed++
		case !status.IsFlagged():
			long++
		}
	}
	var kinds []string
	if billed > 0 {
		kinds = append(kinds, fmt.Sprintf("%d may be billed already", billed))
	}
	if twins := len(flagged) - billed - long; twins > 0 {
		kinds = append(kinds, fmt.Sprintf("%d may be there twice", twins))
	}
	if long > 0 {
		kinds = append(kinds, fmt.Sprintf("%d longer than a day", long))
	}
	named := "bill it with"
	if len(flagged) > mostFlagged {
		named = fmt.Sprintf("bill it by its fingerprints, the first %d with", mostFlagged)
	}
	r.say("%s left out: %s. If it is other work, %s --entries %s --include-flagged", counted(len(flagged), "entry", "entries"),
		strings.Join(kinds, ", "), named, strings.Join(fingerprints, ","))
}

// whyDoubtful says why a free entry is left out unless it is named, "" for one that the tracker itself leaves out.
func whyDoubtful(entry *model.Entry, status model.EntryStatus) string {
	switch {
	case status.LooksBilled != "":
		return "looks billed on " + status.LooksBilled
	case status.TwinOf != "":
		return "is the twin of " + status.TwinOf + " in " + status.TwinIn
	case entry.IsTooLong():
		return "is longer than a day"
	}
	return ""
}

// errNotFree follows reasons that were written entry by entry.
var errNotFree = errors.New("not every entry can be billed; nothing was sent")

// namedHours gives exactly the named entries, flagged ones only if the request includes them, or says which cannot be billed, and
// why.
func (q *issueRequest) namedHours(hours model.Hours) (chosenHours, error) {
	tracked := make(map[string]*model.Entry, len(hours.Entries))
	for i := range hours.Entries {
		tracked[hours.Entries[i].Fingerprint] = &hours.Entries[i]
	}
	var kept chosenHours
	named := map[string]bool{}
	for _, fingerprint := range q.entries {
		fingerprint = strings.TrimSpace(fingerprint)
		if named[fingerprint] {
			continue
		}
		named[fingerprint] = true
		entry, status := tracked[fingerprint], hours.Statuses[fingerprint]
		if trouble := trouble(entry, status.Overridden()); trouble != "" {
			q.say("%s: %s", fingerprint, trouble)
			continue
		}
		if entry.NeedsDecision(status) {
			why := cmp.Or(whyDoubtful(entry, status), "is marked by the tracker as "+entry.Doubt())
			if !q.includeFlagged {
				q.say("%s %s; with --include-flagged it is billed all the same", fingerprint, why)
				continue
			}
			q.say("%s %s; it is billed as asked", fingerprint, why)
		}
		if status.LooksBilled != "" {
			kept.overridden = append(kept.overridden, fingerprint)
		}
		kept.entries = append(kept.entries, entry)
	}
	if len(kept.entries) < len(named) {
		return chosenHours{}, errNotFree
	}
	return kept, nil
}

// trouble says why an entry cannot be billed, "" if it can. The entry is nil if no source has it; an invoice may hold it all the
// same.
func trouble(entry *model.Entry, status model.EntryStatus) string {
	switch {
	case status.State == model.EntryBilled:
		return "billed on " + status.Invoice
	case status.State == model.EntryReserved:
		return "reserved by " + status.Invoice
	case entry == nil:
		return "no source has such an entry"
	}
	return entry.Block(status)
}
