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
func (a *App) Indexed(ctx context.Context) (model.Hours, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return model.Hours{}, err
	}
	result := a.reader(ctx, nil).Indexed(ctx, a.sources())
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	return a.withStatuses(ctx, result, statuses)
}

// Hours reads every source of the settings that changed, and what the ledger knows of its entries. Report is told from
// the reading goroutine how far it is; it may be nil. A source that cannot be read is an error only when nothing else
// could be, and when there is nothing to ask about it.
func (a *App) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return model.Hours{}, err
	}
	result, failure := a.reader(ctx, report).ReadAll(ctx, a.sources())
	if ctx.Err() != nil {
		return model.Hours{}, ctx.Err()
	}
	returnMemory(len(result.Entries))
	if failure != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 {
		return model.Hours{}, failure
	}
	hours, err := a.withStatuses(ctx, result, statuses)
	hours.Failure, hours.Broken = failure, timelog.Unasked(failure)
	return hours, err
}

// withStatuses remembers what was read and gives it with what the ledger knows of it.
func (a *App) withStatuses(ctx context.Context, result timelog.Result, statuses map[string]model.EntryStatus) (model.Hours, error) {
	a.remember(result)
	hours := model.Hours{Entries: result.Entries, Rejected: result.Rejected, Ambiguous: result.Ambiguous}
	var err error
	hours.Statuses, err = a.flagged(ctx, statuses, result)
	return hours, err
}

// sources are those of the settings.
func (a *App) sources() []timelog.Source {
	var sources []timelog.Source
	for _, source := range a.current().Sources {
		sources = append(sources, a.timelogSource(source))
	}
	return sources
}

// remember keeps what was read last. It is never changed.
func (a *App) remember(result timelog.Result) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.tracked = result
}

// lastRead is what was read last.
func (a *App) lastRead() timelog.Result {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.tracked
}

// reader reads what changed of trackers' files; standard input as often as a source asks for it.
func (a *App) reader(ctx context.Context, report func(model.ReadingProgress)) timelog.Reader {
	return timelog.Reader{Stdin: &pipedInput{read: a.piped}, Index: a.index(ctx), Last: a.lastRead(), Report: sparing(report)}
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

func (a *App) timelogSource(source config.Source) timelog.Source {
	return timelog.Source{
		Format: source.Format, Path: source.Path, Command: source.Command, ClientTag: source.ClientTag,
		ProjectTag: source.ProjectTag, DateOrder: source.DateOrder, Columns: source.Columns, Location: a.location,
		User: source.User,
	}
}

// Statuses reads what the ledger knows of entries that are reserved or billed, and which of those that were read last are
// flagged.
func (a *App) Statuses(ctx context.Context) (map[string]model.EntryStatus, error) {
	statuses, err := a.records.Statuses(ctx, a.atSimulator())
	if err != nil {
		return nil, err
	}
	return a.flagged(ctx, statuses, a.lastRead())
}

// Making is the invoice in the making.
func (a *App) Making(ctx context.Context) (model.Making, error) { return a.records.Making(ctx) }

// Ticked visits what was ticked when it was kept last.
func (a *App) Ticked(ctx context.Context, visit func(tick model.Tick)) error {
	return a.records.Ticked(ctx, visit)
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

// KeepBuyer keeps the client form.
func (a *App) KeepBuyer(ctx context.Context, buyer model.Buyer) error {
	return a.records.KeepBuyer(ctx, buyer)
}

// KeepEdits keeps what was changed on Review.
func (a *App) KeepEdits(ctx context.Context, edits model.DraftEdits) error {
	return a.records.KeepEdits(ctx, edits)
}

// Clients lists the address book, the client used last first.
func (a *App) Clients(ctx context.Context) ([]model.Client, error) { return a.records.Clients(ctx) }

// timewarrior is the tracker that can be found without asking: its program is on the PATH and has a database.
const timewarrior = "timew"

// Offers finds trackers that could be read.
func (a *App) Offers(context.Context) []model.SourceOffer {
	if _, err := exec.LookPath(timewarrior); err != nil || a.demo || !a.hasTimewarriorData() {
		return nil
	}
	return []model.SourceOffer{{Label: "timewarrior (timew export)", Format: "timewarrior", Command: []string{timewarrior, "export"}}}
}

// AddSource adds a source to the settings after trying to read it: what cannot be read is not added, unless all that is
// missing is the order of its dates, which Hours asks for.
func (a *App) AddSource(ctx context.Context, offer model.SourceOffer) (model.Preferences, error) {
	source := config.Source{Format: offer.Format, Path: offer.Path, Command: offer.Command}
	result, err := a.reader(ctx, nil).Read(ctx, a.timelogSource(source))
	if err != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 {
		return model.Preferences{}, err
	}
	if err := config.AddSource(a.paths.Settings, source); err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}

// SetDateOrder says for a source, by its name in Preferences.Sources, which number of its dates is the day: "dmy" or "mdy".
// It is kept in the settings.
func (a *App) SetDateOrder(ctx context.Context, source, order string) (model.Preferences, error) {
	var edits []config.Edit
	for i, known := range a.current().Sources {
		if a.timelogSource(known).Name() == source {
			edits = append(edits, config.Edit{Section: config.SourceSection(i), Key: "date_order", Value: order})
		}
	}
	if len(edits) == 0 {
		return model.Preferences{}, fmt.Errorf("set the order of dates: no source of the settings is named %s", text.Clean(source))
	}
	if err := config.Change(a.paths.Settings, edits...); err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}

// saved reads the settings again and returns them as they are now.
func (a *App) saved(ctx context.Context) (model.Preferences, error) {
	if err := a.reload(ctx); err != nil {
		return model.Preferences{}, err
	}
	return a.Preferences(ctx)
}
