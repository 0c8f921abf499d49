package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
)

// hoursToBill chooses the entries that an invoice is made of.
func (r *root) hoursToBill(ctx context.Context, session *Session, client model.Client, request issueRequest, rules []model.Rule) ([]*model.Entry, error) {
	period, err := session.period(orAll(request.period))
	if err != nil {
		return nil, err
	}
	hours, err := r.hours(ctx, session)
	if err != nil {
		return nil, err
	}
	if len(request.entries) > 0 {
		return r.namedHours(hours, request.entries, client)
	}
	if hours.Failure != nil && request.yes && !request.dryRun {
		return nil, errNotAllRead
	}
	filter := entryFilter{period: period, matches: client.Matches}
	return r.billable(filter.apply(hours.Entries, session.location), hours.Statuses, model.NewRules(rules), client, period)
}

// errNotAllRead keeps an invoice back that nobody looks at before it is sent, and that may lack hours.
var errNotAllRead = errors.New("not every source could be read, so hours of the period may be missing; nothing was sent. " +
	"Leave out --yes to look and decide, or name the hours with --entries")

func orAll(period string) string {
	if period == "" {
		return "all"
	}
	return period
}

// billable keeps what is free, billable and priced.
func (r *root) billable(entries []*model.Entry, statuses map[string]model.EntryStatus, rules *model.Rules, client model.Client, period model.Period) ([]*model.Entry, error) {
	var kept []*model.Entry
	unpriced := 0
	for _, entry := range entries {
		status := statuses[entry.Fingerprint]
		if entry.Block(status) != "" {
			if entry.Block(status.Insisted()) == "" {
				r.say("Left out: %s (%s) looks billed on %s; --entries %s bills it all the same.",
					entry.Fingerprint, entry.Description, status.LooksBilled, entry.Fingerprint)
			}
			continue
		}
		if _, priced := rules.For(*entry); !priced {
			unpriced++
			continue
		}
		kept = append(kept, entry)
	}
	if unpriced > 0 {
		r.say("Left out: %s without a price. Add a [[rule]] to the settings.", entriesOf(unpriced))
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("nothing to bill: %s has no entry in %s that is free, billable and priced (of %d tracked)",
			client.Name, period, len(entries))
	}
	return kept, nil
}

// errNotFree says that the entries' troubles were named line by line.
var errNotFree = errors.New("not every entry can be billed; nothing was sent")

// namedHours gives exactly the entries of the fingerprints, or says which cannot be billed, and why.
func (r *root) namedHours(hours model.Hours, fingerprints []string, client model.Client) ([]*model.Entry, error) {
	tracked := make(map[string]*model.Entry, len(hours.Entries))
	for i := range hours.Entries {
		tracked[hours.Entries[i].Fingerprint] = &hours.Entries[i]
	}
	var kept []*model.Entry
	chosen := map[string]bool{}
	failed := false
	for _, fingerprint := range fingerprints {
		fingerprint = strings.TrimSpace(fingerprint)
		if chosen[fingerprint] {
			continue
		}
		chosen[fingerprint] = true
		entry := tracked[fingerprint]
		status := hours.Statuses[fingerprint]
		if trouble := trouble(entry, status.Insisted()); trouble != "" {
			r.say("%s: %s", fingerprint, trouble)
			failed = true
			continue
		}
		if status.LooksBilled != "" {
			r.say("%s looks billed on %s; it is billed as asked", fingerprint, status.LooksBilled)
		}
		if !client.Matches(entry.Client) {
			r.say("%s was tracked for %q, which is not a name of %s; it is billed to %s as asked", fingerprint, entry.Client, client.Name, client.Name)
		}
		kept = append(kept, entry)
	}
	if failed {
		return nil, errNotFree
	}
	return kept, nil
}

// trouble says why an entry, nil when no source has it, cannot be billed, "" when it can. What an invoice holds is said even of an entry whose
// source is gone.
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
