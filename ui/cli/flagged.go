package cli

import (
	"context"

	"cadensa/model"
	"cadensa/model/timelog"
)

// flagged adds to the statuses which free entries may bill hours twice: they look billed, or are twins.
func (s *Session) flagged(ctx context.Context, statuses map[string]model.EntryStatus, result timelog.Result) (map[string]model.EntryStatus, error) {
	held, err := s.records.Held(ctx, s.atSimulator())
	if err != nil {
		return nil, err
	}
	reading := s.readingOf(result)
	look, err := model.LooksBilled(held, reading, nil, func(fingerprints []string) (map[string]model.Entry, error) {
		return s.records.HeldEntries(ctx, fingerprints)
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
func (s *Session) readingOf(result timelog.Result) *model.SourceReading {
	reading := &model.SourceReading{Entries: result.Entries, Shared: result.Shared, Unread: result.Unread, Location: s.location}
	for _, file := range result.Files {
		reading.Files = append(reading.Files, model.ReadFile{Name: file.Name, Format: file.Format, User: file.User})
	}
	return reading
}

// reading is what the sources held when they were read last, by this program or by one before it.
func (s *Session) reading(ctx context.Context) *model.SourceReading {
	result := s.lastRead()
	if len(result.Files) == 0 {
		result = s.reader(ctx, nil).Indexed(ctx, s.sources())
	}
	return s.readingOf(result)
}
