package model

import (
	"path/filepath"
	"regexp"
	"strings"

	"cadensa/model/text"
)

// LoosePathError says that a path of the settings depends on the folder that the program is started in, or on a shell, which the
// settings have none of: one file would mean different things on different days.
type LoosePathError struct {
	Path string
	// Full is what was probably meant, below ~/; "" when that is not clear.
	Full string
}

// Error is what is wrong, and what to write.
func (e *LoosePathError) Error() string {
	path := `"` + text.Clean(e.Path) + `"`
	if e.Full == "" {
		return path + ` is not a full path; begin it with / or ~/`
	}
	return path + ` is not a full path; write "` + text.Clean(e.Full) + `" or begin it with /`
}

// shellVariable is what a shell would put something else in the place of: $HOME, ${HOME}, %USERPROFILE%.
var shellVariable = regexp.MustCompile(`\$[A-Z_]{2,}|\$\{\w+\}|%[A-Z_]{2,}%`)

// homeVariable begins a path below the home folder, as shells write it.
var homeVariable = regexp.MustCompile(`^(?:\$HOME|\$\{HOME\}|%USERPROFILE%|%HOME%)(?:[/\\]|$)`)

// CheckSettingPath is a LoosePathError for a path or pattern of the settings that is neither absolute nor below ~/, or has a variable
// of the shell in it. "" is none.
func CheckSettingPath(path string) error {
	_, below := belowHome(path)
	switch {
	case path == "", (below || filepath.IsAbs(path)) && !shellVariable.MatchString(path):
		return nil
	case homeVariable.MatchString(path):
		return &LoosePathError{path, homePrefix + filepath.ToSlash(homeVariable.ReplaceAllString(path, ""))}
	case shellVariable.MatchString(path), strings.HasPrefix(path, "~"), !filepath.IsLocal(path):
		return &LoosePathError{Path: path}
	}
	return &LoosePathError{path, homePrefix + filepath.ToSlash(filepath.Clean(path))}
}

// homePrefix begins a path below the user's home.
const homePrefix = "~/"

// ExpandHome gives a path with the home folder in the place of a leading ~. Any other path stays.
func ExpandHome(path, home string) string {
	if below, found := belowHome(path); found {
		return filepath.Join(home, below)
	}
	return path
}

// IsBelowHome reports whether ExpandHome would change the path.
func IsBelowHome(path string) bool {
	_, below := belowHome(path)
	return below
}

func belowHome(path string) (below string, found bool) {
	if path == "~" {
		return "", true
	}
	if below, found = strings.CutPrefix(path, "~"+string(filepath.Separator)); found {
		return below, true
	}
	return strings.CutPrefix(path, homePrefix)
}
