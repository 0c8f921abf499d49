package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPaths(t *testing.T) {
	home := t.TempDir()
	below := func(parts ...string) string { return filepath.Join(append([]string{home}, parts...)...) }
	for _, test := range []struct {
		name, system string
		environment  map[string]string
		want         Paths
	}{
		{
			"home alone", "linux", map[string]string{"HOME": home},
			Paths{below(".config/cadensa/config.toml"), below(".local/share/cadensa/ledger.db"), below(".local/state/cadensa"), below("Downloads"),
				home, ""},
		},
		{
			"macOS", "darwin", map[string]string{"HOME": home},
			Paths{below(".config/cadensa/config.toml"), below(".local/share/cadensa/ledger.db"), below(".local/state/cadensa"), below("Downloads"),
				home, ""},
		},
		{
			"XDG", "linux",
			map[string]string{
				"HOME": home, "XDG_CONFIG_HOME": below("c"), "XDG_DATA_HOME": below("d"), "XDG_STATE_HOME": below("s"), "XDG_DOWNLOAD_DIR": below("l"),
			},
			Paths{below("c/cadensa/config.toml"), below("d/cadensa/ledger.db"), below("s/cadensa"), below("l"), home, ""},
		},
		{
			"relative XDG does not count", "linux", map[string]string{"HOME": home, "XDG_CONFIG_HOME": "c", "XDG_DATA_HOME": "./d"},
			Paths{below(".config/cadensa/config.toml"), below(".local/share/cadensa/ledger.db"), below(".local/state/cadensa"), below("Downloads"),
				home, ""},
		},
		{
			"Windows", "windows", map[string]string{"USERPROFILE": home, "APPDATA": below("Roaming"), "LOCALAPPDATA": below("Local")},
			Paths{below("Roaming/cadensa/config.toml"), below("Local/cadensa/ledger.db"), below("Local/cadensa"), below("Downloads"), home, ""},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := pathsOn(test.system, environment(test.environment))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(Paths{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDownloadsInTheUsersLanguage(t *testing.T) {
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".config"), 0o700); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"# made by a program\nXDG_DESKTOP_DIR=\"$HOME/Birou\"\nXDG_DOWNLOAD_DIR=\"$HOME/Descărcări\"\n": filepath.Join(home, "Descărcări"),
		"XDG_DOWNLOAD_DIR=\"/srv/in\"": "/srv/in",
		"XDG_DOWNLOAD_DIR=\"in\"":      filepath.Join(home, "Downloads"),
		"":                             filepath.Join(home, "Downloads"),
	} {
		if err := os.WriteFile(filepath.Join(home, ".config", "user-dirs.dirs"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths, err := pathsOn("linux", environment(map[string]string{"HOME": home}))
		if err != nil || paths.Downloads != want {
			t.Errorf("got %q, %v, want %q", paths.Downloads, err, want)
		}
	}
}

func TestNoHome(t *testing.T) {
	for _, set := range []map[string]string{nil, {"HOME": ""}, {"HOME": "relative"}, {"HOME": "."}} {
		if _, err := DefaultPaths(environment(set)); !errors.Is(err, ErrNoHome) {
			t.Errorf("with %v: %v", set, err)
		}
	}
}

func TestPDFDir(t *testing.T) {
	paths := Paths{Downloads: "/home/a/Downloads", home: "/home/a"}
	for setting, want := range map[string]string{
		"": "/home/a/Downloads", "~/pdf": filepath.Join("/home/a", "pdf"), "~": "/home/a", "/srv/pdf": "/srv/pdf", "pdf": "/home/a/Downloads",
	} {
		if got := paths.PDFDir(setting); got != want {
			t.Errorf("PDFDir(%q) = %q, want %q", setting, got, want)
		}
	}
}

// TestDemoKeepsToItsFolder checks that no folder for PDFs leads out of the demo's, however it is written.
func TestDemoKeepsToItsFolder(t *testing.T) {
	for _, home := range []string{"/home/a", ""} {
		paths := DemoPaths("/tmp/demo", environment(map[string]string{"HOME": home}))
		for setting, want := range map[string]error{
			"": nil, "/tmp/demo/pdf": nil, "/tmp/demo/a/b": nil,
			"~/facturi": ErrOutsideDemo, "/home/a/facturi": ErrOutsideDemo, "/tmp/demo/../x": ErrOutsideDemo, "/tmp/demonstration": ErrOutsideDemo,
		} {
			if got := paths.CheckPDFDir(setting); !errors.Is(got, want) {
				t.Errorf("CheckPDFDir(%q) = %v, want %v", setting, got, want)
			}
			if got := paths.PDFDir(setting); got != "/tmp/demo" && !strings.HasPrefix(got, "/tmp/demo/") {
				t.Errorf("PDFDir(%q) = %q", setting, got)
			}
		}
	}
}
