package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/app"
	"cadensa/model/config"
	"cadensa/model/netsafe"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/paint"
	"cadensa/ui/screen"
	"cadensa/ui/screen/billto"
	"cadensa/ui/screen/entries"
	"cadensa/ui/screen/history"
	"cadensa/ui/screen/review"
	"cadensa/ui/screen/setup"
	"cadensa/ui/theme"
)

// Options connect the screens to the outer world.
type Options struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	// Terminal reports whether Stdin is a terminal; if not, keys come from the terminal itself.
	Terminal func() bool
	Getenv   func(string) string
	Now      func() time.Time
	Renderer config.Renderer
}

// front is the application for the screens, with what needs the terminal or a viewer.
type front struct {
	*app.App
	// lifetime ends with the program.
	lifetime context.Context //nolint:containedctx // Copy is called by a screen that has none.
	options  Options
}

// keepTime bounds the last writes at the end.
const keepTime = 5 * time.Second

// Run shows the screens until the user quits.
func Run(ctx context.Context, a *app.App, options Options) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	shell := Open(ctx, a, options)
	drawn := paint.Config{Stock: options.Renderer == config.RendererBubbleTea, Output: options.Stdout}
	keys := tea.WithInput(options.Stdin)
	if !options.Terminal() {
		keys = tea.WithInputTTY() // hours are piped in
	}
	program := drawn.New(shell, tea.WithContext(ctx), tea.WithAltScreen(), tea.WithReportFocus(), keys,
		// A signal ends the context. Bubble Tea's own handler would hang for ever when the context ends before it.
		tea.WithoutSignalHandler())
	_, err := program.Run()
	if sending := shell.Sending(); sending != "" {
		//nolint:errcheck // there is nobody left to tell
		fmt.Fprintln(options.Stderr, sending+"\nStart cadensa again: it knows of the invoice and will say so.")
	}
	if err != nil && (ctx.Err() != nil || errors.Is(err, tea.ErrInterrupted)) {
		err = nil // the end was wanted
	}
	if err != nil {
		err = fmt.Errorf("the screens failed: %w", err)
	}
	// The program's own context has ended.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	return errors.Join(err, shell.Close(closing))
}

// Open builds the screens over the application.
func Open(ctx context.Context, a *app.App, options Options) *Shell {
	front := front{App: a, lifetime: ctx, options: options}
	env := screen.Env{
		Context: ctx, Now: options.Now, Location: a.Location(), Overlays: &screen.Overlays{},
		Theme: theme.New(theme.Mode(a.Settings().Theme), options.Getenv("COLORFGBG")).ForTerminal(options.Getenv("TERM")),
	}
	badge, first := "", screen.TabTime
	if a.IsDemo() {
		badge = "DEMO"
	}
	if !a.HasAccount(ctx) {
		first = screen.TabSetup
	}
	starting := tea.Sequence(announceOdd(a), announce(ctx, a), audit(ctx, a), backUp(ctx, a))
	return New(env, badge, first, tea.Batch(starting, listen(ctx, a), listenToSimulator(ctx, a)),
		entries.New(env, a), billto.New(env, a), review.New(env, a), history.New(env, front), setup.New(env, a))
}

// listen shows the next call that waits for its place in the limit.
func listen(ctx context.Context, a *app.App) tea.Cmd {
	return func() tea.Msg {
		select {
		case until := <-a.Waits():
			return screen.Waiting{Until: until, Next: listen(ctx, a)}
		case <-ctx.Done():
			return nil
		}
	}
}

// listenToSimulator shows errors of the simulator's script: the screens hide standard error.
func listenToSimulator(ctx context.Context, a *app.App) tea.Cmd {
	if !a.IsDemo() {
		return nil
	}
	return func() tea.Msg {
		select {
		case err := <-a.News():
			what, _ := explain.Error(err, explain.Screen)
			notice := screen.Notice{Tone: screen.ToneWarn, Text: "The simulator: " + what.In(say.English) + "."}
			return tea.BatchMsg{screen.Send(notice), listenToSimulator(ctx, a)}
		case <-ctx.Done():
			return nil
		}
	}
}

// viewerFails is how long a viewer that cannot show a file takes at most to say so.
const viewerFails = time.Second

// show opens a file that was saved with the system's viewer, which outlives the program's contexts.
func show(ctx context.Context, path string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	viewer := []string{"xdg-open"}
	switch runtime.GOOS {
	case "darwin":
		viewer = []string{"open"}
	case "windows":
		viewer = []string{"rundll32", "url.dll,FileProtocolHandler"}
	}
	command := netsafe.Command(context.WithoutCancel(ctx), viewer[0], append(viewer[1:], path)...)
	if err := command.Start(); err != nil {
		return path, fmt.Errorf("the PDF is saved as %s, but nothing could show it: %w", path, err)
	}
	// Waiting leaves no zombie. A viewer that fails, as one without a desktop does, fails at once.
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return path, fmt.Errorf("the PDF is saved as %s, but nothing could show it: %s: %w", path, viewer[0], err)
		}
	case <-time.After(viewerFails):
	}
	return path, nil
}

// OpenPDF saves an invoice's PDF and shows it with the system's viewer.
func (f front) OpenPDF(ctx context.Context, reference string) (string, error) {
	path, err := f.SavePDF(ctx, reference)
	return show(ctx, path, err)
}

// OpenCandidate shows the PDF that SmartBill has under a number of an uncertain invoice's series.
func (f front) OpenCandidate(ctx context.Context, reference, number string) (string, error) {
	path, err := f.SaveCandidate(ctx, reference, number)
	return show(ctx, path, err)
}

// Copy puts text on the clipboard, and tells whether it is there.
func (f front) Copy(text string) tea.Cmd {
	board := clipboard{getenv: f.options.Getenv, run: runTool, terminal: f.options.Stderr}
	return func() tea.Msg { return board.copyText(f.lifetime, text) }
}
