package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// The packages and their version; read refuses any other, so that a change of
// the names is a change of this line.
const (
	namesPackage = "cldr-localenames-full"
	corePackage  = "cldr-core"
	version      = "48.2.0"
)

// fetch has npm download both packages into folder, check their integrity and run none of their scripts. It returns where they are.
func fetch(ctx context.Context, folder string) (names, core string, err error) {
	command := exec.CommandContext(ctx, "npm", "install",
		"--prefix", folder, "--ignore-scripts", "--no-save", "--no-audit", "--no-fund",
		namesPackage+"@"+version, corePackage+"@"+version)
	command.Stdout, command.Stderr = os.Stderr, os.Stderr
	if err := command.Run(); err != nil {
		return "", "", fmt.Errorf("fetch the CLDR packages: npm install: %w", err)
	}
	modules := filepath.Join(folder, "node_modules")
	return filepath.Join(modules, namesPackage), filepath.Join(modules, corePackage), nil
}

// cldr is what the two packages say about territories.
type cldr struct {
	hungarian, english, romanian map[string]string // By code, some with a suffix such as "HK-alt-short".
	codes                        map[string]mapping
	license                      []byte
}

type mapping struct {
	Alpha3 string `json:"_alpha3"`
}

// read takes the territory names out of cldr-localenames-full and the alpha-3
// codes out of cldr-core.
func read(names, core fs.FS) (cldr, error) {
	var source cldr
	for _, folder := range []fs.FS{names, core} {
		if err := checkVersion(folder); err != nil {
			return source, err
		}
	}
	for language, territories := range map[string]*map[string]string{
		"hu": &source.hungarian,
		"en": &source.english,
		"ro": &source.romanian,
	} {
		var err error
		if *territories, err = readTerritories(names, language); err != nil {
			return source, err
		}
	}
	var supplement struct {
		Supplemental struct {
			CodeMappings map[string]mapping `json:"codeMappings"`
		} `json:"supplemental"`
	}
	if err := decode(core, "supplemental/codeMappings.json", &supplement); err != nil {
		return source, err
	}
	source.codes = supplement.Supplemental.CodeMappings

	license, err := fs.ReadFile(names, "LICENSE")
	if err != nil {
		return source, fmt.Errorf("read the licence: %w", err)
	}
	source.license = license
	return source, nil
}

func checkVersion(folder fs.FS) error {
	var about struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	if err := decode(folder, "package.json", &about); err != nil {
		return err
	}
	if about.Version != version {
		return fmt.Errorf("package %s is of version %s, not %s", about.Name, about.Version, version)
	}
	return nil
}

func readTerritories(names fs.FS, language string) (map[string]string, error) {
	var document struct {
		Main map[string]struct {
			LocaleDisplayNames struct {
				Territories map[string]string `json:"territories"`
			} `json:"localeDisplayNames"`
		} `json:"main"`
	}
	if err := decode(names, "main/"+language+"/territories.json", &document); err != nil {
		return nil, err
	}
	return document.Main[language].LocaleDisplayNames.Territories, nil
}

func decode(folder fs.FS, name string, into any) error {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return fmt.Errorf("read the CLDR package: %w", err)
	}
	if err := json.Unmarshal(content, into); err != nil {
		return fmt.Errorf("decode %s: %w", name, err)
	}
	return nil
}
