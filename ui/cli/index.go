package cli

import (
	"context"
	"os"
	"path/filepath"
	"sync"

	"cadensa/model/ledger"
	"cadensa/model/timelog"
)

// trackedIndex is the index of trackers' files, opened when hours are first asked for.
type trackedIndex struct {
	once sync.Once
	open *ledger.Tracked
	// failure is why there is none.
	failure error
}

// index is the index beside the ledger; nil when there can be none, which costs time and nothing else.
func (a *App) index(ctx context.Context) timelog.Index {
	a.indexed.once.Do(func() {
		path := filepath.Join(filepath.Dir(a.paths.Ledger), ledger.TrackedName)
		if info, err := os.Stat(path); err == nil {
			spareMemory(info.Size())
		}
		// The index outlives the request that opened it.
		a.indexed.open, a.indexed.failure = ledger.OpenTracked(context.WithoutCancel(ctx), path, a.options.Now)
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
