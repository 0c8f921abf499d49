// Command generate writes the country table of package countries from the Unicode Common Locale Data Repository (CLDR), so that
// the program has current names and needs no locale data at run time.
//
// It reads the npm packages cldr-localenames-full and cldr-core, unpacked in folders (-names and -core) or through the npm
// command. For the same packages it writes the same bytes.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	names := flag.String("names", "", "`folder` of the unpacked package cldr-localenames-full")
	core := flag.String("core", "", "`folder` of the unpacked package cldr-core")
	out := flag.String("out", ".", "`folder` to write table.go and LICENSE-UNICODE to")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *names, *core, *out)
	stop()
	if err != nil {
		log.Fatalf("generate countries: %v", err)
	}
}

func run(ctx context.Context, names, core, out string) error {
	if names == "" || core == "" {
		folder, err := os.MkdirTemp("", "cldr-")
		if err != nil {
			return fmt.Errorf("make a folder for the packages: %w", err)
		}
		defer os.RemoveAll(folder) //nolint:errcheck // a leftover in the temporary folder harms nothing
		if names, core, err = fetch(ctx, folder); err != nil {
			return err
		}
	}
	source, err := read(os.DirFS(names), os.DirFS(core))
	if err != nil {
		return err
	}
	rows, err := source.rows()
	if err != nil {
		return err
	}
	if len(rows) != wanted {
		return fmt.Errorf("CLDR gives %d countries instead of %d: revise the list of codes that are no countries", len(rows), wanted)
	}
	table, err := render(rows)
	if err != nil {
		return err
	}
	if err := write(filepath.Join(out, "table.go"), table); err != nil {
		return err
	}
	return write(filepath.Join(out, "LICENSE-UNICODE"), source.license)
}

func write(path string, content []byte) error {
	//nolint:gosec // source code is for everyone to read
	if err := os.WriteFile(path, content, 0o644); err != nil {
		return fmt.Errorf("write the result: %w", err)
	}
	return nil
}
