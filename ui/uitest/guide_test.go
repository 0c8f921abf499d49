package uitest_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// guideBlock is a block of code of CONTRIBUTING.md: its text, and how it belongs to a file of the module. "file" is a new file that the
// guide has its reader write, "from" quotes a file ("…" leaves lines out), "line" adds a line behind another one.
type guideBlock struct{ how, path, text string }

func guideBlocks(t *testing.T) []guideBlock {
	t.Helper()
	guide, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []guideBlock
	for _, found := range regexp.MustCompile("(?ms)^ *```go(.*?)\n(.*?)^ *```$").FindAllStringSubmatch(string(guide), -1) {
		how, named, ok := strings.Cut(strings.TrimSpace(found[1]), "=")
		if !ok {
			t.Errorf("a block of the guide names no file:\n%s", found[2])
			continue
		}
		blocks = append(blocks, guideBlock{how: how, path: named, text: found[2]})
	}
	return blocks
}

// The guide quotes the code as it is.
func TestGuideQuotesTheCode(t *testing.T) {
	t.Chdir("../..")
	for _, block := range guideBlocks(t) {
		if block.how != "from" {
			continue
		}
		content, err := os.ReadFile(block.path)
		if err != nil {
			t.Error(err)
			continue
		}
		for quote := range strings.SplitSeq(trimmed(block.text), "…") {
			if !strings.Contains(trimmed(string(content)), strings.TrimSpace(quote)) {
				t.Errorf("%s does not say:\n%s", block.path, quote)
			}
		}
	}
}

// trimmed is a text without the white space around its lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}

// What the guide has its reader write compiles, and its tests pass.
func TestGuideWorks(t *testing.T) {
	t.Chdir("../..")
	folder, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	overlay := struct{ Replace map[string]string }{Replace: map[string]string{}}
	packages := []string{}
	for _, block := range guideBlocks(t) {
		if block.how == "from" {
			continue
		}
		content := block.text
		if block.how == "line" {
			before, added, _ := strings.Cut(block.text, "\n")
			file, err := os.ReadFile(block.path)
			if err != nil || !strings.Contains(string(file), before+"\n") {
				t.Errorf("%s does not say %q (%v)", block.path, before, err)
			}
			content = strings.Replace(string(file), before+"\n", before+"\n"+added, 1)
		}
		written := filepath.Join(t.TempDir(), path.Base(block.path))
		if err := os.WriteFile(written, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay.Replace[filepath.Join(folder, filepath.FromSlash(block.path))] = written
		if pkg := "./" + path.Dir(block.path); !slices.Contains(packages, pkg) {
			packages = append(packages, pkg)
		}
	}
	encoded, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	named := filepath.Join(t.TempDir(), "overlay.json")
	if err := os.WriteFile(named, encoded, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, pkg := range packages {
		program := filepath.Join(t.TempDir(), "guide.test")
		// A package that is in the guide alone has no folder that its tests could run in.
		build := exec.CommandContext(t.Context(), "go", "test", "-c", "-vet=off", "-overlay", named, "-o", program, pkg)
		if output, err := build.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", pkg, err, output)
			continue
		}
		output, err := exec.CommandContext(t.Context(), program, "-test.run", "^TestGuide").CombinedOutput()
		if err != nil || strings.Contains(string(output), "no tests to run") {
			t.Errorf("%s: %v: %s", pkg, err, output)
		}
	}
}

// The files that the guide sends its reader to are there.
func TestGuideNamesFilesThatExist(t *testing.T) {
	t.Chdir("../..")
	guide, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, named := range regexp.MustCompile("`([a-z_]+(?:/[a-z_]+)+\\.go)`").FindAllStringSubmatch(string(guide), -1) {
		if _, err := os.Stat(named[1]); err != nil {
			t.Error(err)
		}
	}
}
