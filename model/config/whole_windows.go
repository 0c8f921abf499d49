package config

import "os"

// writeWhole writes a file. Windows cannot replace one atomically (see the reasons in renameio's documentation).
func writeWhole(path string, text []byte, mode os.FileMode) error {
	return os.WriteFile(path, text, mode)
}
