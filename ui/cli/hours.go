package cli

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"os/exec"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/text"
	"cadensa/model/timelog"
)

// Indexed gives what the sources held when they were last read, at once and without touching them.
func (s *Session) Indexed(ctx context.Context) (model.Hours, error) {
	statuses, err := s.records.Statuses(ctx, s.atSimulator())
	if err != nil {
		return model.Hours{}, err
	}
	result := s.reader(ctx, nil).Indexed(ctx, s.sources())
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	return s.withStatuses(ctx, result, statuses)
}

// Hours reads every source of the settings that changed, and what the ledger knows of its entries. Report is told from
// the reading goroutine how far it is; it may be nil. A source that cannot be read is an error only when nothing else
// could be, and when there is nothing to ask about it.
func (s *Session) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	statuses, err := s.records.Statuses(ctx, s.atSimulator())
	if err != nil {
		return model.Hours{}, err
	}
	result, failure := s.reader(ctx, report).ReadAll(ctx, s.sources())
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	returnMemory(len(result.Entries))
	if failure != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 {
		return model.Hours{}, failure
	}
	hours, err := s.withStatuses(ctx, result, statuses)
	hours.Failure, hours.Broken = failure, timelog.Unasked(failure)
	return hours, err
}

// withStatuses remembers what was read and gives it with what the ledger knows of it.
func (s *Session) withStatuses(ctx context.Context, result timelog.Result, statuses map[string]model.EntryStatus) (model.Hours, error) {
	s.remember(result)
	hours := model.Hours{Entries: result.Entries, Rejected: result.Rejected, Ambiguous: result.Ambiguous}
	var err error
	hours.Statuses, err = s.flagged(ctx, statuses, result)
	return hours, err
}

// sources are those of the settings.
func (s *Session) sources() []timelog.Source {
	var sources []timelog.Source
	for _, source := range s.current().Sources {
		sources = append(sources, s.timelogSource(source))
	}
	return sources
}

// remember keeps what was read last. It is never changed.
func (s *Session) remember(result timelog.Result) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.tracked = result
}

// lastRead is what was read last.
func (s *Session) lastRead() timelog.Result {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.tracked
}

// reader reads what changed of trackers' files; standard input as often as a source asks for it.
func (s *Session) reader(ctx context.Context, report func(model.ReadingProgress)) timelog.Reader {
	return timelog.Reader{Stdin: &pipedInput{read: s.piped}, Index: s.index(ctx), Last: s.lastRead(), Report: sparing(report)}
}

// pipedInput gives what standard input gave, as often as it is asked for, and does not touch it before.
type pipedInput struct {
	read    func() ([]byte, error)
	content *bytes.Reader
}

// Read reads on.
func (p *pipedInput) Read(into []byte) (int, error) {
	if p.content == nil {
		all, err := p.read()
		if err != nil {
			return 0, fmt.Errorf("read standard input: %w", err)
		}
		p.content = bytes.NewReader(all)
	}
	return p.content.Read(into) //nolint:wrapcheck // io.EOF must reach the caller as it is
}

func (s *Session) timelogSource(source config.Source) timelog.Source {
	return timelog.Source{
		Format: source.Format, Path: source.Path, Command: source.Command, ClientTag: source.ClientTag,
		ProjectTag: source.ProjectTag, DateOrder: source.DateOrder, Columns: source.Columns, Location: s.location,
		User: source.User,
	}
}

// Statuses reads what the ledger knows of entries that are reserved or billed, and which of those that were read last are
// flagged.
func (s *Session) Statuses(ctx context.Context) (map[string]model.EntryStatus, error) {
	statuses, err := s.records.Statuses(ctx, s.atSimulator())
	if err != nil {
		return nil, err
	}
	return s.flagged(ctx, statuses, s.lastRead())
}

// Making is the invoice in the making.
func (s *Session) Making(ctx context.Context) (model.Making, error) { return s.records.Making(ctx) }

// Ticked visits what was ticked when it was kept last.
func (s *Session) Ticked(ctx context.Context, visit func(tick model.Tick)) error {
	return s.records.Ticked(ctx, visit)
}

// KeepSelection keeps what is ticked, and the free lines, but for those of an invoice that is on its way: when the program
// ends now, they must not be there to be billed again.
func (s *Session) KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	s.mutex.Lock()
	leaving := s.leaving
	s.mutex.Unlock()
	if leaving != nil {
		selection = selection.Without(*leaving)
	}
	return s.records.KeepSelection(ctx, selection, ticked)
}

// leave notes the draft that is on its way, nil when none is any more.
func (s *Session) leave(draft *model.Draft) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.leaving = draft
}

// KeepBuyer keeps the client form.
func (s *Session) KeepBuyer(ctx context.Context, buyer model.Buyer) error {
	return s.records.KeepBuyer(ctx, buyer)
}

// KeepEdits keeps what was changed on Review.
func (s *Session) KeepEdits(ctx context.Context, edits model.DraftEdits) error {
	return s.records.KeepEdits(ctx, edits)
}

// Clients lists the address book, the client used last first.
func (s *Session) Clients(ctx context.Context) ([]model.Client, error) { return s.records.Clients(ctx) }

// timewarrior is the tracker that can be found without asking: its program is on the PATH and has a database.
const timewarrior = "timew"

// Offers finds trackers that could be read.
func (s *Session) Offers(context.Context) []model.SourceOffer {
	if _, err := exec.LookPath(timewarrior); err != nil || s.demo || !s.hasTimewarriorData() {
		return nil
	}
	return []model.SourceOffer{{Label: "timewarrior (timew export)", Format: "timewarrior", Command: []string{timewarrior, "export"}}}
}

// AddSource adds a source to the settings after trying to read it: what cannot be read is not added, unless all that is
// missing is the order of its dates, which Hours asks for.
func (s *Session) AddSource(ctx context.Context, offer model.SourceOffer) (model.Preferences, error) {
	source := config.Source{Format: offer.Format, Path: offer.Path, Command: offer.Command}
	result, err := s.reader(ctx, nil).Read(ctx, s.timelogSource(source))
	if err != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 {
		return model.Preferences{}, err
	}
	if err := config.AddSource(s.paths.Settings, source); err != nil {
		return model.Preferences{}, err
	}
	return s.saved(ctx)
}

// SetDateOrder says for a source, by its name in Preferences.Sources, which number of its dates is the day: "dmy" or "mdy".
// It is kept in the settings.
func (s *Session) SetDateOrder(ctx context.Context, source, order string) (model.Preferences, error) {
	var edits []config.Edit
	for i, known := range s.current().Sources {
		if s.timelogSource(known).Name() == source {
			edits = append(edits, config.Edit{Section: config.SourceSection(i), Key: "date_order", Value: order})
		}
	}
	if len(edits) == 0 {
		return model.Preferences{}, fmt.Errorf("set the order of dates: no source of the settings is named %s", text.Clean(source))
	}
	if err := config.Change(s.paths.Settings, edits...); err != nil {
		return model.Preferences{}, err
	}
	return s.saved(ctx)
}

// saved reads the settings again and returns them as they are now.
func (s *Session) saved(ctx context.Context) (model.Preferences, error) {
	if err := s.reload(ctx); err != nil {
		return model.Preferences{}, err
	}
	return s.Preferences(ctx)
}
