package cli

import (
	"errors"
	"slices"

	"cadensa/model/app"
	"cadensa/model/config"
)

// errNoTerminal says that the screens have nowhere to go.
var errNoTerminal = &UsageError{Err: errors.New("the screens need a terminal; for scripts there are the subcommands: cadensa --help")}

// renderer is what the environment says, or else the settings.
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
