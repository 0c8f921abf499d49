package cli

import (
	"context"

	"cadensa/model"
	"cadensa/model/timelog"
)

// flagged adds to the statuses which free entries may bill hours twice: they look billed, or are twins.
func (a *App) flagged(ctx context.Context, statuses map[string]model.EntryStatus, result timelog.Result) (map[string]model.EntryStatus, error) {
	held, err := a.records.Held(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
	reading := a.readingOf(result)
	look, err := model.LooksBilled(held, reading, nil, func(fingerprints []string) (map[string]model.Entry, error) {
		return a.records.HeldEntries(ctx, fingerprints)
	})
	if err != nil {
		return nil, err
	}
	for fingerprint, invoice := range look {
		statuses[fingerprint] = model.EntryStatus{State: model.EntryFree, LooksBilled: invoice}
	}
	twins := reading.Twins(func(entry *model.Entry) bool {
		_, known := statuses[entry.Fingerprint]
		return known
	})
	for fingerprint, first := range twins {
		statuses[fingerprint] = model.EntryStatus{State: model.EntryFree, TwinOf: first.Fingerprint, TwinIn: reading.FileName(first)}
	}
	return statuses, nil
}

// readingOf is what was read, as hours are compared.
func (a *App) readingOf(result timelog.Result) *model.SourceReading {
	reading := &model.SourceReading{Entries: result.Entries, Shared: result.Shared, Unread: result.Unread, Location: a.location}
	for _, file := range result.Files {
		reading.Files = append(reading.Files, model.ReadFile{Name: file.Name, Format: file.Format, User: file.User})
	}
	return reading
}

// reading is what the sources held when they were read last, by this program or by one before it.
func (a *App) reading(ctx context.Context) *model.SourceReading {
	result := a.lastRead()
	if len(result.Files) == 0 {
		result = a.reader(ctx, nil).Indexed(ctx, a.sources())
	}
	return a.readingOf(result)
}
