package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// What is written is its user's alone: it may hold the token.
const (
	fileMode   fs.FileMode = 0o600
	folderMode fs.FileMode = 0o700
)

// newFile is what a file that is made here begins with.
const newFile = `# The settings of cadensa. What is left out has its default; config.example.toml explains every setting.
# If the token stands here, nobody but you may be able to read this file.

# Your SmartBill account.
[smartbill]

# What a new invoice starts with.
[invoice]
`

// rewrite replaces the file by what change makes of it. A lock beside the file makes one writer wait for another, so
// that no change is lost; it stays, since removing it would let two hold it.
func rewrite(path string, change func(parsed) (string, error)) error {
	path, err := resolve(path)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), folderMode); err != nil {
		return fmt.Errorf("make the settings folder: %w", err)
	}
	lock := flock.New(path+".lock", flock.SetPermissions(fileMode))
	if err := lock.Lock(); err != nil {
		return fmt.Errorf("lock the settings: %w", err)
	}
	return errors.Join(rewriteLocked(path, change), lock.Close())
}

func rewriteLocked(path string, change func(parsed) (string, error)) error {
	text, _, err := readFile(path)
	exists := !errors.Is(err, fs.ErrNotExist)
	switch {
	case !exists:
		text = newFile
	case err != nil:
		return fmt.Errorf("read the settings: %w", err)
	}
	current, err := parse(path, text)
	if err != nil {
		return err
	}
	changed, err := change(current)
	if err != nil {
		return err
	}
	if _, err := parse(path, changed); err != nil {
		return withoutLine(err)
	}
	return replace(path, changed, exists)
}

// withoutLine drops the line of an error about a text that is never written.
func withoutLine(err error) error {
	if failure, ok := errors.AsType[*FileError](err); ok {
		return &FileError{Path: failure.Path, Key: failure.Key, Err: failure.Err}
	}
	return err
}

// replace writes the file at once where the system can. It keeps the mode of the file that it replaces, so that is
// narrowed before a token can be in it.
func replace(path, text string, exists bool) error {
	if exists {
		if err := os.Chmod(path, fileMode); err != nil {
			return fmt.Errorf("protect the settings: %w", err)
		}
	}
	if err := writeWhole(path, []byte(text), fileMode); err != nil {
		return fmt.Errorf("write the settings: %w", err)
	}
	return nil
}

// resolve follows links, so that a file kept elsewhere is changed there and the link stays.
func resolve(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", fmt.Errorf("find the settings: %w", err)
	}
	return target, nil
}
