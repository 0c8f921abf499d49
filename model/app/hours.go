package app

import (
	"context"
	"iter"
	"slices"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/model/timelog"
)

// Indexed gives what the sources held when they were last read, at once and without touching them.
func (a *App) Indexed(ctx context.Context) (model.Hours, error) {
	result := a.reader(ctx, nil).Indexed(ctx, a.sources())
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	return a.withStatuses(ctx, result)
}

// Hours reads every source of the settings that changed, and what the ledger knows of its entries. Report is told from
// the reading goroutine how far it is; it may be nil. A source that cannot be read is an error only when nothing else
// could be, and when there is nothing to ask about it.
func (a *App) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	result, failure := a.reader(ctx, report).ReadAll(ctx, a.sources())
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	returnMemory(len(result.Entries))
	if failure != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 {
		return model.Hours{}, failure
	}
	hours, err := a.withStatuses(ctx, result)
	hours.Failure, hours.Broken = failure, timelog.Unasked(failure)
	return hours, err
}

// withStatuses remembers what was read and gives it with what the ledger knows of it.
func (a *App) withStatuses(ctx context.Context, result timelog.Result) (model.Hours, error) {
	a.mutex.Lock()
	a.tracked = result
	a.mutex.Unlock()
	statuses, err := a.statusesOf(ctx, result)
	return model.Hours{Entries: result.Entries, Rejected: result.Rejected, Ambiguous: result.Ambiguous, Statuses: statuses}, err
}

// Statuses reads what the ledger knows of entries that are reserved or billed, and which of those that were read last are
// flagged.
func (a *App) Statuses(ctx context.Context) (map[string]model.EntryStatus, error) {
	return a.statusesOf(ctx, a.lastRead())
}

// statusesOf are those that the ledger knows, and those of the free entries which may bill hours twice: they look billed, or are
// twins.
func (a *App) statusesOf(ctx context.Context, result timelog.Result) (map[string]model.EntryStatus, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
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

// lastRead is what was read last. It is never changed.
func (a *App) lastRead() timelog.Result {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.tracked
}

// FilterSubjects tells of each entry what a filter can ask for.
func (a *App) FilterSubjects(ctx context.Context, statuses map[string]model.EntryStatus) (func(*model.Entry) filter.Subject, error) {
	preferences, err := a.Preferences(ctx)
	if err != nil {
		return nil, err
	}
	ticked := map[string]bool{}
	if err := a.Ticked(ctx, func(tick model.Tick) { ticked[tick.Fingerprint] = true }); err != nil {
		return nil, err
	}
	rules := model.NewRules(preferences.Rules)
	return func(entry *model.Entry) filter.Subject {
		status := statuses[entry.Fingerprint]
		_, priced := rules.For(*entry)
		return filter.Subject{
			Entry: entry, Location: a.location, State: status.State, Free: entry.Block(status) == "", Unpriced: !priced,
			Ticked: ticked[entry.Fingerprint],
		}
	}, nil
}

// KnownEntries are the fingerprints that the ledger holds or the settings' sources have. Sources that cannot be read
// now have none.
func (a *App) KnownEntries(ctx context.Context) (map[string]bool, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for fingerprint := range statuses {
		known[fingerprint] = true
	}
	sources := slices.DeleteFunc(a.sources(), func(source timelog.Source) bool { return source.Path == timelog.StandardInput })
	result, _ := a.reader(ctx, nil).ReadAll(ctx, sources)
	for i := range result.Entries {
		known[result.Entries[i].Fingerprint] = true
	}
	return known, ctx.Err()
}

// KeepSelection keeps what is ticked, and the free lines, but for those of an invoice that is on its way: when the program
// ends now, they must not be there to be billed again.
func (a *App) KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	a.mutex.Lock()
	leaving := a.leaving
	a.mutex.Unlock()
	if leaving != nil {
		selection = selection.Without(*leaving)
	}
	return a.records.KeepSelection(ctx, selection, ticked)
}

// leave notes the draft that is on its way, nil when none is any more.
func (a *App) leave(draft *model.Draft) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.leaving = draft
}
