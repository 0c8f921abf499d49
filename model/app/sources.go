package app

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/text"
	"cadensa/model/timelog"
	"cadensa/model/timelog/index"
)

func (a *App) sources() []timelog.Source { return a.timelogSources(a.sourcesOn()) }

// sourcesOn are the sources that are read.
func (a *App) sourcesOn() []model.SourcePlace {
	var places []model.SourcePlace
	for i, source := range a.Settings().Sources {
		if !source.Off {
			places = append(places, model.SourcePlace{Index: i, Source: source})
		}
	}
	return places
}

func (a *App) timelogSources(places []model.SourcePlace) []timelog.Source {
	sources := make([]timelog.Source, len(places))
	for i, place := range places {
		sources[i] = a.timelogSource(place.Source)
	}
	return sources
}

// contentsOf tells what each source held.
func contentsOf(places []model.SourcePlace, result timelog.Result) []model.SourceContent {
	contents := make([]model.SourceContent, len(places))
	for i, place := range places {
		contents[i].Place, contents[i].Failure = place, result.Failures[i]
	}
	for _, file := range result.Files {
		content := &contents[file.Source]
		if !slices.Contains(content.Formats, file.Format) {
			content.Formats = append(content.Formats, file.Format)
		}
		content.Entries += file.Entries
		content.Rejected += file.Rejected
		content.Unbillable = content.Unbillable || file.Unbillable
		content.ManyTags = content.ManyTags || file.ManyTags
		content.ClientTag = cmp.Or(content.ClientTag, file.ClientTag)
		content.ProjectTag = cmp.Or(content.ProjectTag, file.ProjectTag)
	}
	return contents
}

// reader reads changed files of trackers, and standard input as often as a source asks for it.
func (a *App) reader(ctx context.Context, report func(model.ReadingProgress)) timelog.Reader {
	return timelog.Reader{
		Stdin: &pipedInput{read: a.piped}, Index: a.index(ctx), Last: a.lastRead(), Now: a.options.Now, Report: sparing(report),
	}
}

// pipedInput replays standard input, which it does not touch before the first read.
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
	return p.content.Read(into)
}

func (a *App) timelogSource(source model.Source) timelog.Source {
	return timelog.Source{
		Format: source.Format, Encoding: source.Encoding, Path: source.Path, Command: source.Command, ClientTags: source.ClientTags,
		ProjectTags: source.ProjectTags, DateOrder: source.DateOrder, Columns: source.Columns,
		IgnoredColumns: source.IgnoredColumns, Location: a.location,
		User: source.User, Billable: source.Billable, Rates: source.Rates, Currency: a.Settings().Invoice.Currency,
	}
}

// ReadSource reads one source, whether in the settings or not.
func (a *App) ReadSource(ctx context.Context, source model.Source) (timelog.Result, error) {
	return a.reader(ctx, nil).Read(ctx, a.timelogSource(source))
}

// SourceFormats are the names that the format of a source may have.
func (a *App) SourceFormats() []string { return timelog.Formats() }

// TagsOf reads a source and adds up the hours of each of its tags, those with the most first.
func (a *App) TagsOf(ctx context.Context, source model.Source) ([]model.TagHours, error) {
	result, err := a.ReadSource(ctx, source)
	if err != nil && len(result.Entries) == 0 {
		return nil, err
	}
	tags := model.TagsOf(result.Entries)
	for i := range tags {
		tags[i].ClientBy = timelog.FittingGlob(source.ClientTags, tags[i].Tag)
		tags[i].ProjectBy = timelog.FittingGlob(source.ProjectTags, tags[i].Tag)
	}
	return tags, nil
}

// PreviewSheet shows the beginning of a sheet and proposes what its columns mean. timelog.ErrNoSheet for what is none.
func (a *App) PreviewSheet(ctx context.Context, source model.Source) (model.SheetPreview, error) {
	preview, err := a.reader(ctx, nil).Preview(ctx, a.timelogSource(source))
	return model.SheetPreview{Titles: preview.Titles, Rows: preview.Rows, Columns: preview.Columns, Names: timelog.ColumnNames()}, err
}

// timewarrior is the program of the one tracker that can be found without asking.
const timewarrior = "timew"

// Offers finds trackers on this computer.
func (a *App) Offers(context.Context) []model.SourceOffer {
	if _, err := exec.LookPath(timewarrior); err != nil || a.IsDemo() || !a.hasTimewarriorData() {
		return nil
	}
	return []model.SourceOffer{{Label: "timewarrior (timew export)", Format: "timewarrior", Command: []string{timewarrior, "export"}}}
}

// hasTimewarriorData reports whether timewarrior was ever used. Without its folder `timew export` would ask to create a database.
func (a *App) hasTimewarriorData() bool {
	getenv := a.options.Getenv
	folders := []string{getenv("TIMEWARRIORDB"), filepath.Join(getenv("HOME"), ".timewarrior")}
	if data := getenv("XDG_DATA_HOME"); data != "" {
		folders = append(folders, filepath.Join(data, "timewarrior"))
	}
	folders = append(folders, filepath.Join(getenv("HOME"), ".local", "share", "timewarrior"))
	return slices.ContainsFunc(folders, func(folder string) bool {
		info, err := os.Stat(folder)
		return err == nil && info.IsDir()
	})
}

// AddSource saves a source that can be read, or of which only the order of dates or the format is in doubt: Hours asks for that.
func (a *App) AddSource(ctx context.Context, offer model.SourceOffer) (model.Preferences, error) {
	source := model.Source{
		Format: offer.Format, Path: offer.Path, Command: offer.Command, Columns: offer.Columns, IgnoredColumns: offer.IgnoredColumns,
	}
	if err := checkSource(source); err != nil {
		return model.Preferences{}, err
	}
	result, err := a.ReadSource(ctx, source)
	if err != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 && len(result.Several) == 0 {
		return model.Preferences{}, err
	}
	if err := config.AddSource(a.paths.Settings, source); err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}

// checkSource refuses a path that does not mean the same wherever the program is started.
func checkSource(source model.Source) error {
	if source.Path == model.StandardInput {
		return nil
	}
	return model.CheckSettingPath(source.Path)
}

// AddFile saves a source whose files were read, unless one in the settings covers it, and reports whether it did.
func (a *App) AddFile(ctx context.Context, source model.Source, files []timelog.File) (added bool, err error) {
	home := a.options.Getenv("HOME")
	covered := slices.ContainsFunc(a.Settings().Sources, func(known model.Source) bool { return covers(known, source.Path, home) })
	if source.Path == model.StandardInput || covered {
		return false, nil
	}
	if source.Format == "" {
		source.Format = commonFormat(files)
	}
	if err := config.AddSource(a.paths.Settings, source); err != nil {
		return false, fmt.Errorf("add %s to the sources: %w", text.Clean(source.Path), err)
	}
	return true, a.reload(ctx)
}

// covers reports whether a source reads the file, by its name or by a pattern.
func covers(known model.Source, file, home string) bool {
	pattern, file := model.ExpandHome(known.Path, home), model.ExpandHome(file, home)
	if pattern == file {
		return true
	}
	matched, err := filepath.Match(pattern, file)
	return err == nil && matched
}

// commonFormat is the format of all files, "" when they differ.
func commonFormat(files []timelog.File) string {
	if slices.ContainsFunc(files, func(file timelog.File) bool { return file.Format != files[0].Format }) {
		return ""
	}
	return files[0].Format
}

// trackedIndex is the index of trackers' files, opened when hours are first asked for.
type trackedIndex struct {
	once sync.Once
	open *index.Index
	// failure is why there is none.
	failure error
}

// index opens the index beside the ledger, nil if it cannot: then every start reads the sources anew.
func (a *App) index(ctx context.Context) timelog.Index {
	a.indexed.once.Do(func() {
		path := filepath.Join(filepath.Dir(a.paths.Ledger), index.Name)
		if info, err := os.Stat(path); err == nil {
			spareMemory(info.Size())
		}
		// The index outlives the request that opened it.
		a.indexed.open, a.indexed.failure = index.Open(context.WithoutCancel(ctx), path, a.options.Now)
	})
	if a.indexed.open == nil {
		return nil
	}
	return a.indexed.open
}

func (i *trackedIndex) close() error {
	i.once.Do(func() {})
	if i.open == nil {
		return nil
	}
	return i.open.Close()
}

const (
	// longList is the size of an index, in bytes, from which hours fill most of the memory: about 400,000 entries.
	longList = 24 << 20
	// perIndexed is roughly how many bytes of trackers' files become one byte of the index.
	perIndexed = 3
	// readingPercent and restingPercent bound the garbage while a long list grows and after. Go's default of 100 would let a list of a
	// million entries take twice its size.
	readingPercent, restingPercent = 10, 5
)

// longCount is how many entries such a list has.
const longCount = 400_000

// returnMemory releases the memory that reading a long list took.
func returnMemory(entries int) {
	if entries >= longCount {
		debug.SetGCPercent(restingPercent)
		debug.FreeOSMemory()
	}
}

// spareMemory makes the garbage collector run sooner for long lists.
func spareMemory(bytes int64) {
	if bytes >= longList {
		debug.SetGCPercent(readingPercent)
	}
}

// sparing wraps a report to spare memory from the beginning of a long file.
func sparing(report func(model.ReadingProgress)) func(model.ReadingProgress) {
	return func(progress model.ReadingProgress) {
		spareMemory(progress.Size / perIndexed)
		if report != nil {
			report(progress)
		}
	}
}
