package paint

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

// DefaultGap is the least time between the end of a frame and the next one: no terminal shows more, and a burst of keys
// costs few frames.
const DefaultGap = 6 * time.Millisecond

// stockFPS is the most that Bubble Tea's own renderer draws.
const stockFPS = 120

// Config says how a program is drawn. The zero value draws on os.Stdout.
type Config struct {
	// Gap is the least time between the end of a frame and the next one; zero means DefaultGap.
	Gap time.Duration
	// NoSync leaves out the marks of a synchronized update (mode 2026), for a terminal that does not ignore what it
	// does not know.
	NoSync bool
	// Stock draws with Bubble Tea's own renderer, at 120 frames a second.
	Stock bool
	// Filter sees each message before Bubble Tea acts on it, as in tea.WithFilter, together with the program's own model.
	Filter func(tea.Model, tea.Msg) tea.Msg
	// Output is drawn on; nil means os.Stdout. One that is no terminal, or no *os.File, gets Bubble Tea's own renderer.
	Output io.Writer
}

// Program is a tea.Program that draws changes at once. Lend the terminal by tea.Exec and tea.Suspend: between
// ReleaseTerminal and RestoreTerminal called from elsewhere it would go on painting.
type Program struct {
	*tea.Program
	painter *painter // nil where Bubble Tea draws
}

// New returns a program that draws the model. Its own options come last: tea.WithFilter, tea.WithFPS and tea.WithOutput
// have no effect, the fields of Config take their place. tea.WithoutRenderer must not be given.
func (c Config) New(model tea.Model, opts ...tea.ProgramOption) *Program {
	if c.Output == nil {
		c.Output = os.Stdout
	}
	file, ok := c.Output.(*os.File)
	if c.Stock || !ok || !term.IsTerminal(file.Fd()) {
		return &Program{Program: tea.NewProgram(model, c.options(opts, tea.WithFPS(stockFPS), tea.WithFilter(c.Filter))...)}
	}
	painter := newPainter(c, model)
	program := tea.NewProgram(painter, c.options(opts, tea.WithAltScreen(), tea.WithFPS(1), tea.WithFilter(painter.filter))...)
	painter.send = program.Send
	painter.retake = func() error { return errors.Join(program.ReleaseTerminal(), program.RestoreTerminal()) }
	return &Program{Program: program, painter: painter}
}

// options puts the caller's before those that the drawing needs.
func (c Config) options(given []tea.ProgramOption, own ...tea.ProgramOption) []tea.ProgramOption {
	options := append(make([]tea.ProgramOption, 0, len(given)+len(own)+1), given...)
	return append(append(options, own...), tea.WithOutput(c.Output))
}

// Run runs the program to its end and returns the model in its last state, of the type that New was given. The error is
// Bubble Tea's (tea.ErrInterrupted, tea.ErrProgramKilled, tea.ErrProgramPanic), or says that the terminal could not be
// taken again after the program had been stopped.
func (p *Program) Run() (tea.Model, error) {
	if p.painter == nil {
		return p.Program.Run()
	}
	stop := p.painter.continued.start(func() { p.Send(continuedMsg{}) })
	model, err := p.Program.Run()
	stop()
	if wrapper, ok := model.(*painter); ok {
		model = wrapper.model
	}
	if p.painter.failure != nil {
		return model, fmt.Errorf("take the terminal again: %w", p.painter.failure)
	}
	return model, err
}
