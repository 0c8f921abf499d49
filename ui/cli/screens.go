package cli

import (
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

// errNoTerminal reports that the screens have nowhere to go.
var errNoTerminal = &UsageError{Err: errors.New("the screens need a terminal; for scripts there are the subcommands: cadensa --help")}

// screens shows the screens on the user's own files, or on the demo's.
func (r *root) screens(ctx context.Context) error {
	if r.demo {
		return r.runDemo(ctx)
	}
	if r.faults != "" {
		return usage("--faults is for the simulator of --demo, or of cadensa sandbox; SmartBill's answers are its own")
	}
	if !r.options.Display() {
		return errNoTerminal
	}
	return r.open(ctx, r.runScreens)
}

// runScreens shows the screens over the application.
func (r *root) runScreens(ctx context.Context, a *app.App) error {
	renderer, err := r.renderer(a)
	if err != nil {
		return err
	}
	return r.options.Screens(ctx, a, renderer)
}

// renderer is the environment's, or else the settings'.
func (r *root) renderer(a *app.App) (config.Renderer, error) {
	set := config.Renderer(r.options.Getenv(config.RendererVariable))
	if set == "" {
		return a.Settings().Renderer, nil
	}
	if !slices.Contains(config.Renderers(), set) {
		return "", usage("%s=%q is none of paint, bubbletea", config.RendererVariable, set)
	}
	return set, nil
}

// runDemo shows the screens on sample hours and the simulator, in a temporary folder that it removes at the end.
func (r *root) runDemo(ctx context.Context) (err error) {
	if !r.options.Display() {
		return errNoTerminal
	}
	folder, err := os.MkdirTemp("", "cadensa-demo-")
	if err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	a, err := app.OpenDemo(ctx, r.options.Options, app.Demo{Folder: folder, Faults: r.faults, Start: r.options.Demo})
	if err != nil {
		return err
	}
	defer func() {
		tellWarnings(r.options.Stderr, a.Warnings())
		err = errors.Join(err, a.Close())
	}()
	if err := a.KeepClient(ctx, app.DemoClient(), ""); err != nil {
		return err
	}
	return r.runScreens(ctx, a)
}

// tellWarnings writes errors of the simulator's script, one a line.
func tellWarnings(to io.Writer, warnings []error) {
	for _, err := range warnings {
		fmt.Fprintln(to, "cadensa: the simulator: "+explain.OneLine(err)) //nolint:errcheck // there is nobody left to tell
	}
}
