package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/text"
	"cadensa/model/timelog"
)

// sources are those of the settings.
func (a *App) sources() []timelog.Source {
	var sources []timelog.Source
	for _, source := range a.Settings().Sources {
		sources = append(sources, a.timelogSource(source))
	}
	return sources
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

// ReadSource reads one source, of the settings or not.
func (a *App) ReadSource(ctx context.Context, source config.Source) (timelog.Result, error) {
	return a.reader(ctx, nil).Read(ctx, a.timelogSource(source))
}

// timewarrior is the tracker that can be found without asking: its program is on the PATH and has a database.
const timewarrior = "timew"

// Offers finds trackers that could be read.
func (a *App) Offers(context.Context) []model.SourceOffer {
	if _, err := exec.LookPath(timewarrior); err != nil || a.IsDemo() || !a.hasTimewarriorData() {
		return nil
	}
	return []model.SourceOffer{{Label: "timewarrior (timew export)", Format: "timewarrior", Command: []string{timewarrior, "export"}}}
}

// hasTimewarriorData reports whether timewarrior was ever used: without its folder `timew export` would ask to make a
// database, and a program that only reads has no business to answer.
func (a *App) hasTimewarriorData() bool {
	getenv := a.options.Getenv
	folders := []string{getenv("TIMEWARRIORDB"), filepath.Join(getenv("HOME"), ".timewarrior")}
	if data := getenv("XDG_DATA_HOME"); data != "" {
		folders = append(folders, filepath.Join(data, "timewarrior"))
	}
	folders = append(folders, filepath.Join(getenv("HOME"), ".local", "share", "timewarrior"))
	for _, folder := range folders {
		if info, err := os.Stat(folder); folder != "" && err == nil && info.IsDir() {
			return true
		}
	}
	return false
}

// AddSource adds a source to the settings after trying to read it: what cannot be read is not added, unless all that is
// missing is the order of its dates, which Hours asks for.
func (a *App) AddSource(ctx context.Context, offer model.SourceOffer) (model.Preferences, error) {
	source := config.Source{Format: offer.Format, Path: offer.Path, Command: offer.Command}
	result, err := a.ReadSource(ctx, source)
	if err != nil && len(result.Entries) == 0 && len(result.Ambiguous) == 0 {
		return model.Preferences{}, err
	}
	if err := config.AddSource(a.paths.Settings, source); err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}

// AddFile adds a source to the settings, of which these files could be read, unless one there covers it; it reports whether it did.
func (a *App) AddFile(ctx context.Context, source config.Source, files []timelog.File) (added bool, err error) {
	home := a.options.Getenv("HOME")
	covered := slices.ContainsFunc(a.Settings().Sources, func(known config.Source) bool { return covers(known, source.Path, home) })
	if source.Path == timelog.StandardInput || covered {
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

// covers reports whether a source reads the file already, by its name or by a pattern.
func covers(known config.Source, file, home string) bool {
	pattern, file := expandHome(known.Path, home), expandHome(file, home)
	if pattern == file {
		return true
	}
	matched, err := filepath.Match(pattern, file)
	return err == nil && matched
}

func expandHome(path, home string) string {
	if below, found := strings.CutPrefix(path, "~/"); found {
		return filepath.Join(home, below)
	}
	return path
}

// commonFormat is the format of all files, "" when they differ.
func commonFormat(files []timelog.File) string {
	for _, file := range files {
		if file.Format != files[0].Format {
			return ""
		}
	}
	return files[0].Format
}
