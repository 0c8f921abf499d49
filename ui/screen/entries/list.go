package entries

import (
	"context"
	"maps"
	"slices"
	"sort"
	"time"

	"cadensa/model"
	"cadensa/model/filter"
)

// entryList holds the entries that were read, with an index over them. It never changes; commands share it.
type entryList struct {
	settings settings
	// entries are ordered by their start.
	entries  []model.Entry
	statuses map[string]model.EntryStatus
	rejected []model.Rejected
	remarks  []model.Remark
	// text is what a filter looks through.
	text *filter.Text
	// free entries can be billed, but perhaps for a price; tickable ones have one, too.
	free, tickable bitset
	// clients are the tracked ones, in alphabetical order.
	clients []string
}

type settings struct {
	preferences model.Preferences
	account     model.Account
	// rules remember what they found: they are the screen's own, a command makes others.
	rules *model.Rules
}

// checkEvery is how many entries are looked at between two looks at the context.
const checkEvery = 4096

// hours are those of the list with the statuses.
func (c *entryList) hours(statuses map[string]model.EntryStatus) model.Hours {
	return model.Hours{Entries: c.entries, Rejected: c.rejected, Remarks: c.remarks, Statuses: statuses}
}

// newEntryList makes a list of the hours that were read. It takes over what an older list knows of the same entries.
func newEntryList(ctx context.Context, known settings, hours model.Hours, older *entryList) (*entryList, error) {
	c := &entryList{
		settings: known, entries: hours.Entries, statuses: hours.Statuses, rejected: hours.Rejected, remarks: hours.Remarks,
	}
	if older.has(hours.Entries) {
		c.text, c.clients = older.text, older.clients
	} else {
		c.text, c.clients = filter.NewText(c.entries, func() bool { return ctx.Err() == nil }), trackedClients(c.entries)
	}
	c.free, c.tickable = newBitset(len(c.entries)), newBitset(len(c.entries))
	rules := model.NewRules(known.preferences.Rules)
	for i := range c.entries {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if c.entries[i].Block(c.statuses[c.entries[i].Fingerprint]) != "" {
			continue
		}
		c.free.set(i, true)
		if _, priced := rules.For(c.entries[i]); priced {
			c.tickable.set(i, true)
		}
	}
	return c, ctx.Err()
}

func (c *entryList) has(entries []model.Entry) bool {
	return len(entries) > 0 && len(c.entries) == len(entries) && &c.entries[0] == &entries[0]
}

func trackedClients(entries []model.Entry) []string {
	seen := map[string]bool{}
	for i := range entries {
		if entries[i].Client != "" {
			seen[entries[i].Client] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// span finds the entries that start in a period: from the first to before the last.
func (c *entryList) span(period model.Period, location *time.Location) (first, last int) {
	last = len(c.entries)
	if !period.From.IsZero() {
		first = c.since(period.From.Midnight(location))
	}
	if !period.To.IsZero() {
		last = max(first, c.since(period.To.AddDays(1).Midnight(location)))
	}
	return first, last
}

// since is the first entry that starts at an instant or later.
func (c *entryList) since(instant time.Time) int {
	from := model.InstantOf(instant)
	return sort.Search(len(c.entries), func(i int) bool { return c.entries[i].Start >= from })
}

// indexAt finds an entry by its start, in seconds since 1970, and its fingerprint; -1 when it is not here.
func (c *entryList) indexAt(start int64, fingerprint string) int {
	for i := c.since(time.Unix(start, 0)); i < len(c.entries) && c.entries[i].Start.Unix() == start; i++ {
		if c.entries[i].Fingerprint == fingerprint {
			return i
		}
	}
	return -1
}

func (c *entryList) indexOf(entry *model.Entry) int {
	return c.indexAt(entry.Start.Unix(), entry.Fingerprint)
}
