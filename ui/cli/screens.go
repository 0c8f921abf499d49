package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"cadensa/model/app"
	"cadensa/model/config"
	"cadensa/ui/explain"
)

var errNoTerminal = &UsageError{Err: errors.New("the screens need a terminal; for scripts there are the subcommands: cadensa --help")}

// screens shows the screens on the user's own files, or on the demo's.
func (r *root) screens(ctx context.Context) error {
	switch {
	case r.faults != "" && !r.demo:
		return usage("--faults is for the simulator of --demo, or of cadensa sandbox; SmartBill's answers are its own")
	case !r.options.Display():
		return errNoTerminal
	case r.demo:
		return r.runDemo(ctx)
	}
	return r.open(ctx, r.runScreens)
}

// runScreens shows the screens with the renderer of the environment, or else of the settings.
func (r *root) runScreens(ctx context.Context, a *app.App) error {
	renderer := config.Renderer(r.options.Getenv(config.RendererVariable))
	if renderer != "" && !slices.Contains(config.Renderers(), renderer) {
		return usage("%s=%q is none of paint, bubbletea", config.RendererVariable, renderer)
	}
	return r.options.Screens(ctx, a, cmp.Or(renderer, a.Settings().Renderer))
}

// runDemo shows the screens on sample hours and the simulator, in a temporary folder that it removes at the end.
func (r *root) runDemo(ctx context.Context) (err error) {
	folder, err := os.MkdirTemp("", "cadensa-demo-")
	if err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	a, err := app.OpenDemo(ctx, r.options.Options, app.Demo{Folder: folder, Faults: r.faults, Start: r.options.Demo, History: true})
	if err != nil {
		return err
	}
	defer func() {
		tellWarnings(r.options.Stderr, a.Warnings())
		err = errors.Join(err, a.Close())
	}()
	return r.runScreens(ctx, a)
}

// tellWarnings writes errors of the simulator's script, one a line.
func tellWarnings(to io.Writer, warnings []error) {
	for _, err := range warnings {
		fmt.Fprintln(to, "cadensa: the simulator: "+explain.OneLine(err)) //nolint:errcheck // there is nobody left to tell
	}
}
