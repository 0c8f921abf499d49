package cli_test

import (
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"
)

func TestConfigPathAndInit(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	if data := h.succeed(t, "config", "path"); data != h.settingsFile()+"\n" {
		t.Errorf("the path is %q", data)
	}
	before := h.read(t, h.settingsFile())
	h.fail(t, 1, []string{"exists already"}, "config", "init")
	if h.read(t, h.settingsFile()) != before {
		t.Error("init changed a file that was there")
	}
	other := h.path("new/folder/settings.toml")
	if data := h.succeed(t, "--config", other, "config", "init"); data != other+"\n" {
		t.Errorf("init prints %q", data)
	}
	if !strings.HasPrefix(h.read(t, other), "# The example.") {
		t.Error("the file is not the example")
	}
	for path, want := range map[string]fs.FileMode{other: 0o600, h.path("new/folder"): 0o700} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != want {
			t.Errorf("%s has mode %o, want %o", path, mode, want)
		}
	}
	h.succeed(t, "--config", other, "config", "check")
}

func TestConfigCheck(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	if data := h.succeed(t, "config", "check"); !strings.HasPrefix(data, "OK ") {
		t.Errorf("prints %q", data)
	}
	h.succeed(t, "--config", h.path("none.toml"), "config", "check")
	if runtime.GOOS == "windows" {
		return
	}
	if err := os.Chmod(h.settingsFile(), 0o644); err != nil {
		t.Fatal(err)
	}
	h.fail(t, 2, []string{"line 4", "others can read the token", "chmod 600"}, "config", "check")
}

func TestMalformedSettingsNameLineAndKey(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "pdf_dir", "pdf_folder", 1))
	for _, command := range [][]string{
		{"config", "check"}, {"entries"}, {"history", "--json"}, {"clients"}, {"import", h.path("hours.json")},
		{"issue", "--client", "Morii", "--period", "all", "--yes"}, {"cancel", "FCT-0001", "--yes"}, {"pdf", "FCT-0001"},
	} {
		if data := h.fail(t, 2, []string{"config.toml line 8", "invoice.pdf_folder"}, command...); data != "" {
			t.Errorf("%q prints %q", command, data)
		}
	}
	h.write(t, "config/cadensa/config.toml", "[smartbill]\ntoken = \""+h.server.Token()+"\" oops\n")
	h.fail(t, 2, []string{"line 2"}, "config", "check")
}
