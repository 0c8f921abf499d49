package ledger

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

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
