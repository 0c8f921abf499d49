// Package database opens the SQLite files that the program keeps: private, in one place by whatever path they are reached, and
// prepared by one process at a time. It runs transactions on them and puts their failures into plain words.
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // The driver "sqlite".

	"cadensa/model"
)

// The rights of files and folders that are their owner's alone.
const (
	PrivateFile   = 0o600
	PrivateFolder = 0o700
)

const (
	// busyTimeout is how long a transaction waits for that of another process.
	busyTimeout = 5 * time.Second
	// connections lets the screens read while an invoice is written.
	connections = 4
)

// Open opens the file, which is there. Nothing is read from it yet.
func Open(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", dataSource(path, nil))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// OpenToRead opens a file that stays as it is. One that nobody writes, such as a backup, is immutable: no lock is taken and no
// log is looked for.
func OpenToRead(path string, immutable bool) (*sql.DB, error) {
	more := url.Values{"mode": {"ro"}}
	if immutable {
		more.Set("immutable", "1")
	}
	db, err := sql.Open("sqlite", dataSource(path, more))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	return db, nil
}

// MakePrivate makes the file and its folder where they are missing, and closes a file that others could read. SQLite
// gives the -wal and -shm files beside it the same rights. It returns where the file really is, and whether it was made.
func MakePrivate(path string) (real string, made bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), PrivateFolder); err != nil {
		return "", false, fmt.Errorf("make its folder: %w", err)
	}
	if real, err = realPath(path); err != nil {
		return "", false, err
	}
	info, err := os.Stat(real)
	if err == nil {
		return real, false, closeToOthers(real, info)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", false, fmt.Errorf("look at it: %w", err)
	}
	file, err := os.OpenFile(real, os.O_CREATE|os.O_RDWR, PrivateFile)
	if err != nil {
		return "", false, fmt.Errorf("make it: %w", err)
	}
	if err := file.Close(); err != nil {
		return "", false, fmt.Errorf("make it: %w", err)
	}
	return real, true, nil
}

func closeToOthers(path string, info os.FileInfo) error {
	if err := model.CheckFile(info.Mode()); err != nil {
		return fmt.Errorf("%s: %w: move it away", path, err)
	}
	if info.Mode().Perm()&^PrivateFile == 0 {
		return nil
	}
	if err := os.Chmod(path, PrivateFile); err != nil {
		return fmt.Errorf("close it to others: %w", err)
	}
	return nil
}

// dataSource names the file for the driver. A write transaction takes the write lock as it begins, so that what it
// reads still holds when it writes.
func dataSource(path string, more url.Values) string {
	parameters := url.Values{
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		"_foreign_keys": {"on"},
		"_synchronous":  {"FULL"},
		"_txlock":       {"immediate"},
	}
	maps.Copy(parameters, more)
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + parameters.Encode()
}

// mostLinks is how many links in a row are followed to a file that is not there yet.
const mostLinks = 40

// realPath is where the file really lies, by whatever links it is reached: programs that reach it by two paths must find
// the same locks and backups beside it. Its folder is there, the file need not be.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("find its folder: %w", err)
	}
	for range mostLinks {
		found, err := filepath.EvalSymlinks(path)
		if err == nil {
			return found, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("follow its links: %w", err)
		}
		folder, err := filepath.EvalSymlinks(filepath.Dir(path))
		if err != nil {
			return "", fmt.Errorf("find its folder: %w", err)
		}
		path = filepath.Join(folder, filepath.Base(path))
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil //nolint:nilerr // It is no link: there is nothing yet.
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(folder, target)
		}
		path = target
	}
	return "", fmt.Errorf("follow its links: %s leads in a circle", path)
}

// restTime bounds how long the closing of a file waits for what still works on it.
const restTime = 5 * time.Second

// Close closes a file once nothing works on it any more. sql.DB.Close alone leaves queries on their way to end
// later, and they would write into a folder that may be gone, such as the demo's.
func Close(db *sql.DB) error {
	var taken []*sql.Conn
	if db.Stats().InUse > 0 {
		taken = allConnections(db)
	}
	err := db.Close()
	for _, connection := range taken {
		err = errors.Join(err, connection.Close())
	}
	return err
}

// allConnections takes each connection as it becomes free, so that no other query has one; fewer when time runs out.
//
//nolint:contextcheck,nolintlint // io.Closer has no context, and that of the program has ended when its files are closed
func allConnections(db *sql.DB) []*sql.Conn {
	ctx, cancel := context.WithTimeout(context.Background(), restTime)
	defer cancel()
	var taken []*sql.Conn
	for range db.Stats().MaxOpenConnections {
		connection, err := db.Conn(ctx)
		if err != nil {
			break
		}
		taken = append(taken, connection)
	}
	return taken
}
