package app

import (
	"context"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"cadensa/model"
	"cadensa/model/timelog"
	"cadensa/model/timelog/index"
)

// trackedIndex is the index of trackers' files, opened when hours are first asked for.
type trackedIndex struct {
	once sync.Once
	open *index.Index
	// failure is why there is none.
	failure error
}

// index is the index beside the ledger; nil when there can be none, which costs time and nothing else.
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

// close closes the index if it was opened.
func (i *trackedIndex) close() error {
	i.once.Do(func() {})
	if i.open == nil {
		return nil
	}
	return i.open.Close()
}

const (
	// longList is the size of the index, in bytes, from which on hours are most of what the program holds: about four
	// hundred thousand entries.
	longList = 24 << 20
	// perIndexed is how much longer trackers' files are than what the index holds of them, roughly.
	perIndexed = 3
	// readingPercent is how much garbage may gather beside a long list while it grows, restingPercent when it is there. Go's
	// own 100 would let a list of a million entries take twice its size, for garbage that keys hardly make.
	readingPercent, restingPercent = 10, 5
)

// longCount is how many entries such a list has.
const longCount = 400_000

// returnMemory gives back what the reading of a long list took beyond the list itself.
func returnMemory(entries int) {
	if entries >= longCount {
		debug.SetGCPercent(restingPercent)
		debug.FreeOSMemory()
	}
}

// spareMemory has garbage collected sooner once hours are many.
func spareMemory(bytes int64) {
	if bytes >= longList {
		debug.SetGCPercent(readingPercent)
	}
}

// sparing passes a report on, and spares memory from the beginning of a long file.
func sparing(report func(model.ReadingProgress)) func(model.ReadingProgress) {
	return func(progress model.ReadingProgress) {
		spareMemory(progress.Size / perIndexed)
		if report != nil {
			report(progress)
		}
	}
}
