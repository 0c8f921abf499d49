package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/gofrs/flock"

	"cadensa/model"
	"cadensa/model/database"
	"cadensa/model/text"
)

// Lock is held by one caller of one process until it is released or the process ends: its sender is alive while it is held.
type Lock struct {
	file *flock.Flock
}

// Release gives the lock back.
func (k *Lock) Release() error {
	if err := k.file.Close(); err != nil {
		return fmt.Errorf("release %s: %w", filepath.Base(k.file.Path()), err)
	}
	return nil
}

// LockSeries takes the lock under which documents of a series are sent: model.ErrSeriesBusy while another holds it.
func (l *Ledger) LockSeries(kind model.Kind, series string) (*Lock, error) {
	return l.lock(purpose("series", kind), series)
}

// LockActs takes the lock under which documents of a series are cancelled, restored or converted, so that no act ends after its
// opposite was begun elsewhere: model.ErrSeriesBusy while another holds it.
func (l *Ledger) LockActs(kind model.Kind, series string) (*Lock, error) {
	return l.lock(purpose("acts", kind), series)
}

// purpose tells the locks of two numberings apart, whose series may have the same name.
func purpose(of string, kind model.Kind) string {
	if Numbering(kind) == model.SeriesProforma {
		return "proforma-" + of
	}
	return of
}

func (l *Ledger) lock(purpose, series string) (*Lock, error) {
	file := flock.New(filepath.Join(l.folder, lockName(purpose, series)), flock.SetPermissions(database.PrivateFile))
	taken, err := file.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock series %s: %w", text.Clean(series), err)
	}
	if !taken {
		return nil, fmt.Errorf("series %s is in use by another window or process right now: %w",
			text.Clean(series), model.ErrSeriesBusy)
	}
	return &Lock{file: file}, nil
}

// longestName keeps the names of lock files within what every file system takes.
const longestName = 100

// lockName gives each series a file name of its own, whatever characters the series has.
func lockName(purpose, series string) string {
	name := url.QueryEscape(series)
	if len(name) > longestName {
		sum := sha256.Sum256([]byte(series))
		name = hex.EncodeToString(sum[:])
	}
	return purpose + "-" + name + ".lock"
}
