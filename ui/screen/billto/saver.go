package billto

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// saveAfter is how long the form must rest before it is written.
const saveAfter = 300 * time.Millisecond

// saver has the form written a moment after its last change: one write at a time, the newest last.
type saver struct {
	writer *writer
	// version counts the changes; written is the last one that was saved.
	version, written int
	// waiting is true when a change became due while another was being written.
	waiting bool
	writes  screen.Latest
}

// saveDueMsg says that the form has rested since a version.
type saveDueMsg struct{ version int }

// savedMsg says how a write went.
type savedMsg struct {
	ticket  screen.Ticket
	version int
	err     error
}

func newSaver(write func(context.Context, model.Buyer) error) saver {
	return saver{writer: &writer{put: write, mutex: screen.NewContextMutex()}}
}

// change notes a change and returns the wait for its rest.
func (s *saver) change() tea.Cmd {
	s.version++
	due := saveDueMsg{version: s.version}
	return tea.Tick(saveAfter, func(time.Time) tea.Msg { return due })
}

// begin writes the form when it has rested since its last change.
func (s *saver) begin(ctx context.Context, msg saveDueMsg, buyer model.Buyer) tea.Cmd {
	if msg.version != s.version {
		return nil
	}
	if s.writes.Pending() {
		s.waiting = true
		return nil
	}
	return s.write(ctx, buyer)
}

func (s *saver) write(ctx context.Context, buyer model.Buyer) tea.Cmd {
	ctx, ticket := s.writes.Begin(ctx)
	version, writer := s.version, s.writer
	return func() tea.Msg {
		return savedMsg{ticket: ticket, version: version, err: writer.write(ctx, version, buyer)}
	}
}

// onSaved notes how a write went and begins the one that waited for it.
func (s *saver) onSaved(ctx context.Context, msg savedMsg, buyer model.Buyer) (tea.Cmd, error) {
	if !s.writes.Admit(msg.ticket) {
		return nil, nil
	}
	if msg.err == nil {
		s.written = msg.version
	}
	if !s.waiting {
		return nil, msg.err
	}
	s.waiting = false
	return s.write(ctx, buyer), msg.err
}

// cancel ends the write that is under way.
func (s *saver) cancel() { s.writes.Cancel() }

// finish writes the form if its last version may not be saved. It waits for a write that is still under way.
func (s *saver) finish(ctx context.Context, buyer model.Buyer) error {
	if s.written == s.version {
		return nil
	}
	return s.writer.write(ctx, s.version, buyer)
}

// writer lets one write happen at a time and nothing older after something newer: the command of a write may still run when the
// program has ended and the form is written for the last time.
type writer struct {
	put   func(context.Context, model.Buyer) error
	mutex screen.ContextMutex
	// newest is the newest version that was to be written. The mutex guards it.
	newest int
}

func (w *writer) write(ctx context.Context, version int, buyer model.Buyer) error {
	if err := w.mutex.Lock(ctx); err != nil {
		return err
	}
	defer w.mutex.Unlock()
	if version < w.newest {
		return nil
	}
	w.newest = version
	return w.put(ctx, buyer)
}
