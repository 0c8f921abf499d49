package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
)

// chosenHours are the entries to bill.
type chosenHours struct {
	entries []*model.Entry
	// insisted are the fingerprints of those that look billed.
	insisted []string
}

// hoursToBill chooses the entries for an invoice.
func (r *root) hoursToBill(
	ctx context.Context, a *app.App, client model.Client, request issueRequest, rules []model.Rule,
) (chosenHours, error) {
	period, err := parsePeriod(orAll(request.period), a.Today())
	if err != nil {
		return chosenHours{}, err
	}
	hours, err := r.hours(ctx, a)
	if err != nil {
		return chosenHours{}, err
	}
	if len(request.entries) > 0 {
		return r.namedHours(hours, request, client)
	}
	if hours.Failure != nil && request.yes && !request.dryRun {
		return chosenHours{}, errNotAllRead
	}
	filter := entryFilter{period: period, matches: client.Matches}
	entries, err := r.billable(filter.apply(hours.Entries, a.Location()), hours.Statuses, model.NewRules(rules), client, period)
	return chosenHours{entries: entries}, err
}

// errNotAllRead stops an invoice that may lack hours and that nobody sees before it is sent.
var errNotAllRead = errors.New("not every source could be read, so hours of the period may be missing; nothing was sent. " +
	"Leave out --yes to look and decide, or name the hours with --entries")

func orAll(period string) string {
	if period == "" {
		return "all"
	}
	return period
}

// billable keeps entries that are free, billable, priced and not flagged.
func (r *root) billable(
	entries []*model.Entry, statuses map[string]model.EntryStatus, rules *model.Rules, client model.Client, period model.Period,
) ([]*model.Entry, error) {
	var kept, flagged []*model.Entry
	unpriced := 0
	for _, entry := range entries {
		status := statuses[entry.Fingerprint]
		if entry.Block(status) != "" {
			if entry.OnlyFlagged(status) {
				flagged = append(flagged, entry)
			}
			continue
		}
		if _, priced := rules.For(*entry); !priced {
			unpriced++
			continue
		}
		kept = append(kept, entry)
	}
	r.sayFlagged(flagged, statuses)
	if unpriced > 0 {
		r.say("Left out: %s without a price. Add a [[rule]] to the settings.", model.Count(unpriced, "entry"))
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("nothing to bill: %s has no entry in %s that is free, billable and priced (of %d tracked)",
			client.Name, period, len(entries))
	}
	return kept, nil
}

// mostFlagged is how many flagged entries are named one by one.
const mostFlagged = 10

// sayFlagged says which flagged entries are left out, and why.
func (r *root) sayFlagged(flagged []*model.Entry, statuses map[string]model.EntryStatus) {
	if len(flagged) == 0 {
		return
	}
	var fingerprints []string
	billed, twins := 0, 0
	for i, entry := range flagged {
		status := statuses[entry.Fingerprint]
		if i < mostFlagged {
			r.say("Left out: %s (%s) %s.", entry.Fingerprint, entry.Description, whyFlagged(status))
		}
		fingerprints = append(fingerprints, entry.Fingerprint)
		if status.LooksBilled != "" {
			billed++
		} else {
			twins++
		}
	}
	var kinds []string
	if billed > 0 {
		kinds = append(kinds, fmt.Sprintf("%d may be billed already", billed))
	}
	if twins > 0 {
		kinds = append(kinds, fmt.Sprintf("%d may be there twice", twins))
	}
	named := "bill it with"
	if len(fingerprints) > mostFlagged {
		named = fmt.Sprintf("bill it by its fingerprints, the first %d with", mostFlagged)
	}
	r.say("%s left out: %s. If it is other work, %s --entries %s --include-flagged", model.Count(len(flagged), "entry"),
		strings.Join(kinds, ", "), named,
		strings.Join(fingerprints[:min(len(fingerprints), mostFlagged)], ","))
}

// whyFlagged says why an entry is flagged.
func whyFlagged(status model.EntryStatus) string {
	if status.LooksBilled != "" {
		return "looks billed on " + status.LooksBilled
	}
	return "is the twin of " + status.TwinOf + " in " + status.TwinIn
}

// errNotFree follows reasons that were written entry by entry.
var errNotFree = errors.New("not every entry can be billed; nothing was sent")

// namedHours gives exactly the named entries, flagged ones only if the request includes them, or says which cannot be billed, and
// why.
func (r *root) namedHours(hours model.Hours, request issueRequest, client model.Client) (chosenHours, error) {
	tracked := make(map[string]*model.Entry, len(hours.Entries))
	for i := range hours.Entries {
		tracked[hours.Entries[i].Fingerprint] = &hours.Entries[i]
	}
	var kept chosenHours
	chosen := map[string]bool{}
	failed := false
	for _, fingerprint := range request.entries {
		fingerprint = strings.TrimSpace(fingerprint)
		if chosen[fingerprint] {
			continue
		}
		chosen[fingerprint] = true
		entry := tracked[fingerprint]
		status := hours.Statuses[fingerprint]
		if trouble := trouble(entry, status.Overridden()); trouble != "" {
			r.say("%s: %s", fingerprint, trouble)
			failed = true
			continue
		}
		switch {
		case status.IsFlagged() && !request.includeFlagged:
			r.say("%s %s; with --include-flagged it is billed all the same", fingerprint, whyFlagged(status))
			failed = true
			continue
		case status.IsFlagged():
			r.say("%s %s; it is billed as asked", fingerprint, whyFlagged(status))
			if status.LooksBilled != "" {
				kept.insisted = append(kept.insisted, fingerprint)
			}
		}
		if !client.Matches(entry.Client) {
			r.say("%s was tracked for %q, which is not a name of %s; it is billed to %s as asked", fingerprint, entry.Client, client.Name,
				client.Name)
		}
		kept.entries = append(kept.entries, entry)
	}
	if failed {
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
