package config

import (
	"errors"
	"path/filepath"
	"runtime"
	"strings"

	"cadensa/model"
)

// ErrNoHome says that the environment does not tell the user's home folder.
var ErrNoHome = errors.New("the home folder is not known: HOME is not set to an absolute path")

// ErrOutsideDemo says that the demo would write into a folder of its user.
var ErrOutsideDemo = errors.New("the demo writes into its own folder only")

// Paths says where the program keeps its files. Nothing is made here.
type Paths struct {
	// Settings and Ledger are files, State and Downloads folders.
	Settings, Ledger, State, Downloads string
	home                               string
	// demo is the folder that nothing is written outside of, "" for the user's own files.
	demo string
}

// DemoPaths are those of the demo: all in one folder.
func DemoPaths(folder string, getenv func(string) string) Paths {
	return Paths{
		Settings: filepath.Join(folder, "config.toml"), Ledger: filepath.Join(folder, "ledger.db"), State: folder,
		Downloads: filepath.Join(folder, "pdf"), home: getenv("HOME"), demo: folder,
	}
}

// folder is the name of the program's folder in each base folder.
const folder = "cadensa"

// DefaultPaths follows the XDG Base Directory Specification 0.8, on macOS too; a variable counts if its path is absolute. Windows
// has APPDATA and LOCALAPPDATA instead. The download folder is XDG_DOWNLOAD_DIR of the environment or of user-dirs.dirs, else
// Downloads. ErrNoHome without a home.
func DefaultPaths(getenv func(string) string) (Paths, error) {
	return pathsOn(runtime.GOOS, getenv)
}

func pathsOn(system string, getenv func(string) string) (Paths, error) {
	home, roaming, local := getenv("HOME"), "", ""
	if system == "windows" {
		home, roaming, local = getenv("USERPROFILE"), getenv("APPDATA"), getenv("LOCALAPPDATA")
	}
	// Below a relative one there would be another ledger in every folder that the program is started in.
	if !filepath.IsAbs(home) {
		return Paths{}, ErrNoHome
	}
	base := func(variable, own string, below ...string) string {
		if set := getenv(variable); filepath.IsAbs(set) {
			return set
		}
		if own != "" {
			return own
		}
		return filepath.Join(append([]string{home}, below...)...)
	}
	settings := base("XDG_CONFIG_HOME", roaming, ".config")
	return Paths{
		Settings:  filepath.Join(settings, folder, "config.toml"),
		Ledger:    filepath.Join(base("XDG_DATA_HOME", local, ".local", "share"), folder, "ledger.db"),
		State:     filepath.Join(base("XDG_STATE_HOME", local, ".local", "state"), folder),
		Downloads: base("XDG_DOWNLOAD_DIR", userDownloads(settings, home), "Downloads"),
		home:      home,
	}, nil
}

// userDownloads reads what xdg-user-dirs wrote, since the folder has another name in other languages; "" without it.
func userDownloads(settings, home string) string {
	text, _, err := readFile(filepath.Join(settings, "user-dirs.dirs"))
	if err != nil {
		return ""
	}
	for line := range strings.Lines(text) {
		value, found := strings.CutPrefix(strings.TrimSpace(line), "XDG_DOWNLOAD_DIR=")
		if !found {
			continue
		}
		value = strings.Trim(value, `"`)
		if below, found := strings.CutPrefix(value, "$HOME/"); found {
			value = filepath.Join(home, below)
		}
		if filepath.IsAbs(value) {
			return value
		}
	}
	return ""
}

// PDFDir is the folder for PDFs: the setting with a leading ~ expanded, the download folder for "" and for a setting that
// CheckPDFDir refuses.
func (p Paths) PDFDir(setting string) string {
	if setting == "" || p.CheckPDFDir(setting) != nil {
		return p.Downloads
	}
	return model.ExpandHome(setting, p.home)
}

// CheckPDFDir is a model.LoosePathError for a folder for PDFs that is not a full path, and ErrOutsideDemo for one outside the demo's.
func (p Paths) CheckPDFDir(setting string) error {
	if err := model.CheckSettingPath(setting); err != nil {
		return err
	}
	if p.demo == "" || setting == "" {
		return nil
	}
	below, err := filepath.Rel(p.demo, model.ExpandHome(setting, p.home))
	if err != nil || !filepath.IsLocal(below) {
		return ErrOutsideDemo
	}
	return nil
}
