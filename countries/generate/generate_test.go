package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unpack writes the two packages as npm unpacks them, with the given files.
func unpack(t *testing.T, files map[string]string) (names, core string) {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(folder, "names"), filepath.Join(folder, "core")
}

func packages() map[string]string {
	return map[string]string{
		"names/package.json": `{"name": "cldr-localenames-full", "version": "48.2.0"}`,
		"names/LICENSE":      "UNICODE LICENSE V3\n",
		"names/main/hu/territories.json": territories("hu",
			`"001": "Világ", "CZ": "Csehország", "CY": "Ciprus", "EU": "Európai Unió", "HK": "Hongkong KKT", "HK-alt-short": "Hongkong", "TR": "Törökország", "XK": "Koszovó"`),
		"names/main/en/territories.json": territories("en",
			`"001": "world", "CZ": "Czechia", "CZ-alt-variant": "Czech Republic", "CY": "Cyprus", "EU": "European Union", "HK": "Hong Kong SAR China", "HK-alt-short": "Hong Kong", "TR": "Türkiye", "TR-alt-variant": "Turkey", "XK": "Kosovo"`),
		"names/main/ro/territories.json": territories("ro",
			`"001": "Lume", "CZ": "Cehia", "CY": "Cipru", "EU": "Uniunea Europeană", "HK": "R.A.S. Hong Kong, China", "HK-alt-short": "Hong Kong", "TR": "Turcia", "TR-alt-variant": "TR-variant", "XK": "Kosovo"`),
		"core/package.json": `{"name": "cldr-core", "version": "48.2.0"}`,
		"core/supplemental/codeMappings.json": `{"supplemental": {"codeMappings": {
			"CY": {"_alpha3": "CYP"}, "CZ": {"_alpha3": "CZE"}, "EU": {"_alpha3": "QUU"}, "HK": {"_alpha3": "HKG"}, "TR": {"_alpha3": "TUR"}, "XK": {"_alpha3": "XKK"}}}}`,
	}
}

func territories(language, names string) string {
	return fmt.Sprintf(`{"main": {%q: {"localeDisplayNames": {"territories": {%s}}}}}`, language, names)
}

func TestTheTableIsMadeOfTheCountries(t *testing.T) {
	names, core := unpack(t, packages())
	source, err := read(os.DirFS(names), os.DirFS(core))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := source.rows()
	if err != nil {
		t.Fatal(err)
	}
	got, err := render(rows)
	if err != nil {
		t.Fatal(err)
	}
	// "Cs" is a letter behind "C"; the European Union is no country; Kosovo's
	// alpha-3 code is not CLDR's; "TR-variant" is a gap in the Romanian data.
	want := fmt.Sprintf(header, version) + `// table holds every country in the Hungarian alphabetical order of the Hungarian names.
var table = [...]Country{
	{"CY", "CYP", "Ciprus", "Cyprus", "Cipru"},
	{"CZ", "CZE", "Csehország", "Czechia", "Cehia"},
	{"HK", "HKG", "Hongkong", "Hong Kong", "Hong Kong"},
	{"XK", "XKX", "Koszovó", "Kosovo", "Kosovo"},
	{"TR", "TUR", "Törökország", "Türkiye", "Turcia"},
}

// variants are the names that CLDR has besides those of the table.
var variants = [...]alias{
	{"CZ", []string{"Czech Republic"}},
	{"HK", []string{"Hongkong KKT", "Hong Kong SAR China", "R.A.S. Hong Kong, China"}},
	{"TR", []string{"Turkey"}},
}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhatIsWrongWithThePackagesIsSaid(t *testing.T) {
	for name, test := range map[string]struct {
		file, content string
		want          string
	}{
		"another version": {"names/package.json", `{"name": "cldr-localenames-full", "version": "45.0.0"}`, "version 45.0.0, not 48.2.0"},
		"damaged":         {"names/main/hu/territories.json", `{"main": `, "decode main/hu/territories.json"},
		"a name missing":  {"names/main/ro/territories.json", territories("ro", `"CZ": "Cehia"`), "lacks a name or the alpha-3 code of CY"},
		"a code missing":  {"core/supplemental/codeMappings.json", `{}`, "lacks a name or the alpha-3 code of CY"},
		"too few":         {"names/main/en/territories.json", territories("en", `"CZ": "Czechia"`), "1 countries instead of 250"},
	} {
		t.Run(name, func(t *testing.T) {
			files := packages()
			files[test.file] = test.content
			names, core := unpack(t, files)
			out := t.TempDir()
			err := run(t.Context(), names, core, out)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
			if left, _ := os.ReadDir(out); len(left) > 0 {
				t.Errorf("%d files are left behind", len(left))
			}
		})
	}
}

func TestAMissingFileIsAnError(t *testing.T) {
	for name := range packages() {
		files := packages()
		delete(files, name)
		names, core := unpack(t, files)
		if _, err := read(os.DirFS(names), os.DirFS(core)); err == nil {
			t.Errorf("no error without %s", name)
		}
	}
}
