//go:build !windows

package config

import (
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// writeWhole writes a file whole or not at all. The text may hold a token: on its way it lies in the settings' own folder,
// which is the user's alone, and not in the system's for temporary files.
func writeWhole(path string, text []byte, mode os.FileMode) error {
	return renameio.WriteFile(path, text, mode, renameio.WithTempDir(filepath.Dir(path)))
}
