package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/database"
)

// backupFolder lies beside the ledger.
const backupFolder = "backups"

// Backup writes a copy of the ledger, "backups/ledger-2026-11-22.db", unless the day has one, and gives its path. Only its owner can
// read it, and it gets its name when it is complete. Backup keeps the newest so many, and all while the ledger has no invoices: they
// may be all that is left. It copies no records that contradict each other: *ContradictionError.
func (l *Ledger) Backup(ctx context.Context, keep int) (string, error) {
	path := backupName(l.path, model.DateOf(l.clock()).String())
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	err := l.EnsureAudited(ctx)
	if err == nil {
		err = l.writeBackup(ctx, path)
	}
	if err != nil {
		return "", failed("back up the ledger", err)
	}
	old := l.interrupted()
	holds, err := hasInvoices(ctx, l.db)
	if err != nil {
		return path, failed("back up the ledger", err)
	}
	if holds {
		backups := backupsOf(l.path)
		old = append(old, backups[:max(0, len(backups)-max(1, keep))]...)
	}
	for _, old := range old {
		if err := os.Remove(old); err != nil && !errors.Is(err, os.ErrNotExist) {
			return path, fmt.Errorf("delete an old backup: %w", err)
		}
	}
	return path, nil
}

// LastBackup finds the newest backup of the ledger at path, "" when there is none.
func LastBackup(path string) string {
	backups := backupsOf(path)
	if len(backups) == 0 {
		return ""
	}
	return backups[len(backups)-1]
}

func backupName(ledger, day string) string {
	base := filepath.Base(ledger)
	extension := filepath.Ext(base)
	return filepath.Join(filepath.Dir(ledger), backupFolder, strings.TrimSuffix(base, extension)+"-"+day+extension)
}

// backupsOf lists a ledger's backups, the oldest first.
func backupsOf(ledger string) []string {
	entries, err := os.ReadDir(filepath.Join(filepath.Dir(ledger), backupFolder))
	if err != nil {
		return nil
	}
	base := filepath.Base(ledger)
	extension := filepath.Ext(base)
	prefix := strings.TrimSuffix(base, extension) + "-"
	var backups []string
	for _, entry := range entries {
		day, ok := strings.CutPrefix(strings.TrimSuffix(entry.Name(), extension), prefix)
		if _, err := model.ParseDate(day); ok && err == nil && entry.Type().IsRegular() {
			backups = append(backups, backupName(ledger, day))
		}
	}
	slices.Sort(backups)
	return backups
}

// unfinished begins the names of backups that are being written.
const unfinished = ".unfinished-"

// interrupted lists what was left of backups whose program ended, a day ago or longer.
func (l *Ledger) interrupted() []string {
	folder := filepath.Join(l.folder, backupFolder)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var left []string
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && strings.HasPrefix(entry.Name(), unfinished) && l.clock().Sub(info.ModTime()) > 24*time.Hour {
			left = append(left, filepath.Join(folder, entry.Name()))
		}
	}
	return left
}

// writeBackup lets SQLite write the copy under another name first. It fills an empty file, which is private already.
func (l *Ledger) writeBackup(ctx context.Context, path string) (err error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, database.PrivateFolder); err != nil {
		return fmt.Errorf("make its folder: %w", err)
	}
	partial, err := os.CreateTemp(folder, unfinished+"*")
	if err != nil {
		return fmt.Errorf("begin it: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(partial.Name()))
		}
	}()
	if err := partial.Close(); err != nil {
		return fmt.Errorf("begin it: %w", err)
	}
	if err := exec(ctx, l.db, "write it", "VACUUM INTO ?", partial.Name()); err != nil {
		return err
	}
	if err := flush(partial.Name()); err != nil {
		return err
	}
	return failed("name it", os.Rename(partial.Name(), path))
}

// flush makes a file survive a power cut before its name points to it.
func flush(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, database.PrivateFile)
	if err != nil {
		return fmt.Errorf("flush it: %w", err)
	}
	return failed("flush it", errors.Join(file.Sync(), file.Close()))
}
