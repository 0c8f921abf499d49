package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/config"
	"cadensa/ui"
	"cadensa/ui/paint"
	"cadensa/ui/screen"
	"cadensa/ui/screen/billto"
	"cadensa/ui/screen/entries"
	"cadensa/ui/screen/history"
	"cadensa/ui/screen/review"
	"cadensa/ui/screen/setup"
	"cadensa/ui/theme"
)

// errNoTerminal says that the screens have nowhere to go.
var errNoTerminal = &UsageError{Err: errors.New("the screens need a terminal; for scripts there are the subcommands: cadensa --help")}

// keepTime bounds how long the end of the program may take to write what is not written yet.
const keepTime = 5 * time.Second

// runScreens shows the screens until the user quits.
func runScreens(ctx context.Context, a *App) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	shell := newShell(ctx, a)
	renderer, err := a.renderer()
	if err != nil {
		return err
	}
	drawn := paint.Config{Stock: renderer == config.RendererBubbleTea, Output: a.options.Stdout}
	program := drawn.New(shell, tea.WithContext(ctx), tea.WithAltScreen(), tea.WithReportFocus(), input(a.options),
		// A signal ends the context. Bubble Tea's own handler would hang for ever when the context ends before it.
		tea.WithoutSignalHandler())
	_, err = program.Run()
	if sending := shell.Sending(); sending != "" {
		fmt.Fprintln(a.options.Stderr, sending+"\nStart cadensa again: it knows of the invoice and will say so.") //nolint:errcheck // there is nobody left to tell
	}
	return errors.Join(ended(ctx, err), keep(ctx, shell))
}

// input is where keys come from: the terminal itself when hours are piped in.
func input(options Options) tea.ProgramOption {
	if options.Terminal() {
		return tea.WithInput(options.Stdin)
	}
	return tea.WithInputTTY()
}

// renderer is what the environment says, or else the settings.
func (a *App) renderer() (config.Renderer, error) {
	set := config.Renderer(a.options.Getenv(config.RendererVariable))
	if set == "" {
		return a.current().Renderer, nil
	}
	if !slices.Contains(config.Renderers(), set) {
		return "", usage("%s=%q is none of paint, bubbletea", config.RendererVariable, set)
	}
	return set, nil
}

// ended tells an end that was asked for from a failure.
func ended(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return fmt.Errorf("the screens failed: %w", err)
}

// keep writes what is not written yet, though the program's own context has ended.
func keep(ctx context.Context, shell *ui.Shell) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	return shell.Close(ctx)
}

// newShell builds the screens over the session.
func newShell(ctx context.Context, a *App) *ui.Shell {
	env := screen.Env{
		Context: ctx, Now: a.options.Now, Location: a.location, Overlays: &screen.Overlays{},
		Theme: theme.New(theme.Mode(a.current().Theme), a.options.Getenv("COLORFGBG")).ForTerminal(a.options.Getenv("TERM")),
	}
	badge, first := "", screen.TabTime
	if a.demo {
		badge = "DEMO"
	}
	if !a.named(ctx) {
		first = screen.TabSetup
	}
	starting := tea.Sequence(announceOdd(a), announce(ctx, a), audit(ctx, a), backUp(ctx, a))
	return ui.New(env, badge, first, tea.Batch(starting, listen(ctx, a), listenToSimulator(ctx, a)), entries.New(env, a), billto.New(env, a), review.New(env, a),
		history.New(env, a), setup.New(env, a))
}

// listen waits for the next call that waits for its place in the limit.
func listen(ctx context.Context, a *App) tea.Cmd {
	return func() tea.Msg {
		select {
		case until := <-a.waits:
			return screen.Waiting{Until: until, Next: listen(ctx, a)}
		case <-ctx.Done():
			return nil
		}
	}
}

// listenToSimulator shows what the demo's simulator cannot do of its script: standard error lies behind the screens.
func listenToSimulator(ctx context.Context, a *App) tea.Cmd {
	if a.warnings == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case err := <-a.warnings.news:
			notice := screen.Notice{Tone: screen.ToneWarn, Text: "The simulator: " + oneLine(err) + "."}
			return tea.BatchMsg{screen.Send(notice), listenToSimulator(ctx, a)}
		case <-ctx.Done():
			return nil
		}
	}
}
