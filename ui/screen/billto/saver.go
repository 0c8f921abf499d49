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
	env screen.Env
	put func(context.Context, model.Buyer) error
	// version counts the changes; written is the last one that was saved.
	version, written int
	// waiting is true when a change became due while another was being written.
	waiting bool
	writes  screen.Latest
	// mutex lets one write happen at a time: one may still run when the program has ended and the form is written for the last time.
	mutex screen.ContextMutex
}

// saveDueMsg says that the form has rested since a version.
type saveDueMsg struct{ version int }

// change notes a change and returns the wait for its rest.
func (s *saver) change() tea.Cmd {
	s.version++
	due := saveDueMsg{version: s.version}
	return tea.Tick(saveAfter, func(time.Time) tea.Msg { return due })
}

// onDue writes the form when it has rested since its last change. Form gives it as it is by then.
func (s *saver) onDue(msg saveDueMsg, form func() model.Buyer) tea.Cmd {
	switch {
	case msg.version != s.version:
		return nil
	case s.writes.Pending():
		s.waiting = true
		return nil
	}
	version, buyer := s.version, form()
	write := func(ctx context.Context) (struct{}, error) { return struct{}{}, s.write(ctx, buyer) }
	return screen.Request(s.env, &s.writes, write, func(_ struct{}, err error) tea.Cmd {
		var failed, next tea.Cmd
		if err == nil {
			s.written = version
		} else {
			failed = screen.Fail("The client could not be kept; it is tried again with the next change and at the end", err)
		}
		if s.waiting {
			s.waiting = false
			next = s.onDue(saveDueMsg{version: s.version}, form)
		}
		return tea.Batch(next, failed)
	})
}

// finish writes the form if its last version may not be saved. It waits for a write that is still under way.
func (s *saver) finish(ctx context.Context, buyer model.Buyer) error {
	if s.written == s.version {
		return nil
	}
	return s.write(ctx, buyer)
}

func (s *saver) write(ctx context.Context, buyer model.Buyer) error {
	if err := s.mutex.Lock(ctx); err != nil {
		return err
	}
	defer s.mutex.Unlock()
	return s.put(ctx, buyer)
}
