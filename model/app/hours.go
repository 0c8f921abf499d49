package app

import (
	"context"
	"iter"
	"slices"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/model/timelog"
)

// Indexed gives the last reading of the sources at once, without touching them.
func (a *App) Indexed(ctx context.Context) (model.Hours, error) {
	places := a.sourcesOn()
	result := a.reader(ctx, nil).Indexed(ctx, a.timelogSources(places))
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	return a.withStatuses(ctx, places, result)
}

// Hours reads all changed sources and the state of their entries. It calls report, which may be nil, from the reading goroutine. An
// unreadable source is an error only if no other could be read and there is nothing to ask about it; what is wrong with each is
// told beside the error, too.
func (a *App) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	places := a.sourcesOn()
	result, failure := a.reader(ctx, report).ReadAll(ctx, a.timelogSources(places))
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	returnMemory(len(result.Entries))
	if failure != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 && len(result.Several) == 0 {
		return model.Hours{Sources: contentsOf(places, result)}, failure
	}
	hours, err := a.withStatuses(ctx, places, result)
	hours.Failure, hours.Broken = failure, timelog.Unasked(failure)
	return hours, err
}

// withStatuses remembers a reading and adds the state of its entries.
func (a *App) withStatuses(ctx context.Context, places []model.SourcePlace, result timelog.Result) (model.Hours, error) {
	a.mutex.Lock()
	a.tracked = result
	a.mutex.Unlock()
	statuses, err := a.statusesOf(ctx, result)
	return model.Hours{
		Entries: result.Entries, Rejected: result.Rejected, Remarks: result.Remarks, Ambiguous: result.Ambiguous, Several: result.Several,
		Statuses: statuses, Sources: contentsOf(places, result),
	}, err
}

// Statuses gives the state of the entries that were read last.
func (a *App) Statuses(ctx context.Context) (map[string]model.EntryStatus, error) {
	return a.statusesOf(ctx, a.lastRead())
}

// statusesOf gives the entries that the ledger knows, and flags the free ones that look billed or are twins.
func (a *App) statusesOf(ctx context.Context, result timelog.Result) (map[string]model.EntryStatus, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
	held, err := a.records.BilledHours(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
	reading := a.readingOf(result)
	look, err := model.LooksBilled(held, reading, nil, func(fingerprints []string) (map[string]model.Entry, error) {
		return a.records.BilledEntries(ctx, fingerprints)
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

// readingOf prepares a reading for comparisons.
func (a *App) readingOf(result timelog.Result) *model.SourceReading {
	reading := &model.SourceReading{Entries: result.Entries, Shared: result.Shared, Unread: result.Unread, Location: a.location}
	for _, file := range result.Files {
		reading.Files = append(reading.Files, model.ReadFile{Name: file.Name, Format: file.Format, User: file.User})
	}
	return reading
}

// reading is the last reading of the sources, by this process or an earlier one.
func (a *App) reading(ctx context.Context) *model.SourceReading {
	result := a.lastRead()
	if len(result.Files) == 0 {
		result = a.reader(ctx, nil).Indexed(ctx, a.sources())
	}
	return a.readingOf(result)
}

// lastRead is the last reading; nobody changes it.
func (a *App) lastRead() timelog.Result {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.tracked
}

// FilterSubjects prepares entries for filters.
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

// KnownEntries are the fingerprints in the ledger and in the sources that can be read now.
func (a *App) KnownEntries(ctx context.Context) (map[string]bool, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for fingerprint := range statuses {
		known[fingerprint] = true
	}
	sources := slices.DeleteFunc(a.sources(), func(source timelog.Source) bool { return source.Path == model.StandardInput })
	result, _ := a.reader(ctx, nil).ReadAll(ctx, sources)
	for i := range result.Entries {
		known[result.Entries[i].Fingerprint] = true
	}
	return known, ctx.Err()
}

// KeepSelection keeps ticks and free lines, without those of an invoice on its way: after a crash they must not be billed again.
func (a *App) KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	a.mutex.Lock()
	leaving := a.leaving
	a.mutex.Unlock()
	if leaving != nil {
		selection = selection.Without(*leaving)
	}
	return a.records.KeepSelection(ctx, selection, ticked)
}

// leave notes the invoice on its way to SmartBill, nil for none.
func (a *App) leave(prepared *model.PreparedInvoice) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.leaving = prepared
}
