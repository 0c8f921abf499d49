package cli

import (
	"os"
	"path/filepath"
)

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
