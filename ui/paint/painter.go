package paint

import (
	"io"
	"reflect"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// nullFrame is the view that Bubble Tea's renderer draws: it changes no cell. An empty view would become a space.
const nullFrame = ansi.ResetStyle

type (
	// sizeMsg is a tea.WindowSizeMsg under a name that Bubble Tea's renderer does not know.
	sizeMsg tea.WindowSizeMsg
	// frameMsg says that the gap after the last frame is over.
	frameMsg struct{}
	// continuedMsg says that the process was stopped from outside and runs again.
	continuedMsg struct{}
)

// The messages that lend the terminal to another program until Update is called with them, and those after which the
// screen does not show what was painted. Some types are unexported; their constructors give them away.
var (
	lending  = types(tea.Suspend(), tea.Exec(nil, nil)())
	spoiling = types(tea.Suspend(), tea.Exec(nil, nil)(), tea.ResumeMsg{}, tea.FocusMsg{}, tea.ClearScreen(), tea.EnterAltScreen())
)

func types(messages ...tea.Msg) map[reflect.Type]bool {
	set := make(map[reflect.Type]bool, len(messages))
	for _, message := range messages {
		set[reflect.TypeOf(message)] = true
	}
	return set
}

// painter is the model that Bubble Tea sees. All of it runs on the event loop.
type painter struct {
	model     tea.Model
	userSees  func(tea.Model, tea.Msg) tea.Msg // nil without a filter
	output    io.Writer
	gap       time.Duration
	window    window
	send      func(tea.Msg)
	retake    func() error // releases the terminal and takes it again
	continued continuedSignal
	failure   error // of retake

	painted time.Time // when the last frame was out
	waiting bool      // a timer will send a frameMsg
}

func newPainter(c Config, model tea.Model) *painter {
	gap := c.Gap
	if gap == 0 {
		gap = DefaultGap
	}
	return &painter{model: model, userSees: c.Filter, output: c.Output, gap: gap, window: window{plain: c.NoSync}}
}

// filter sees each message before Bubble Tea acts on it and before its renderer does.
func (p *painter) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case frameMsg, continuedMsg:
		return msg
	}
	if p.userSees != nil {
		msg = p.userSees(p.model, msg)
	}
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		return sizeMsg(size)
	}
	if lending[reflect.TypeOf(msg)] {
		p.continued.ignore()
	}
	return msg
}

// Init initialises the program's own model.
func (p *painter) Init() tea.Cmd { return p.model.Init() }

// Update passes a message to the program's own model, after Bubble Tea has acted on it.
func (p *painter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if lending[reflect.TypeOf(msg)] {
		p.continued.heed()
	}
	if spoiling[reflect.TypeOf(msg)] {
		p.window.forget()
	}
	switch own := msg.(type) {
	case frameMsg:
		p.waiting = false
		return p, nil
	case sizeMsg:
		p.window.resize(own.Width, own.Height)
		msg = tea.WindowSizeMsg(own)
	case continuedMsg:
		if p.failure = p.retake(); p.failure != nil {
			return p, tea.Quit
		}
		p.window.forget()
		msg = tea.ResumeMsg{}
	}
	var cmd tea.Cmd
	p.model, cmd = p.model.Update(msg)
	return p, cmd
}

// View paints, now or when the gap is over, and gives Bubble Tea nothing to draw.
func (p *painter) View() string {
	rest := p.gap - time.Since(p.painted)
	switch {
	case rest <= 0:
		p.paint()
	case !p.waiting:
		p.waiting = true
		time.AfterFunc(rest, func() { p.send(frameMsg{}) })
	}
	return nullFrame
}

// paint writes what differs from the screen. Nobody could be told of a failed write; whatever it left undone, the frame
// after the next message is a whole one.
func (p *painter) paint() {
	if p.window.empty() {
		return
	}
	frame := p.window.frame(p.model.View())
	if len(frame) == 0 {
		return
	}
	if _, err := p.output.Write(frame); err != nil {
		p.window.forget()
	}
	p.painted = time.Now()
}
