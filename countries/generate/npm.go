package main

import (
	"context"
	"fmt"
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

// fetch has npm download both packages into folder and unpack them there (npm
// checks their integrity), and returns where each one is. None of their scripts
// is run.
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
