package billto

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// keepAfter is how long the form must rest before it is written.
const keepAfter = 300 * time.Millisecond

// keeper has the form written a moment after its last change: one write at a time, the newest last.
type keeper struct {
	pen pen
	// version counts the changes; written is the last that is known to be kept.
	version, written int
	// waiting is true when a change became due while another was being written.
	waiting bool
	writes  screen.Latest
}

// keepDueMsg says that the form has rested since a version.
type keepDueMsg struct{ version int }

// keptMsg says how a write went.
type keptMsg struct {
	ticket  screen.Ticket
	version int
	err     error
}

func newKeeper(write func(context.Context, model.Buyer) error) keeper {
	return keeper{pen: newPen(write)}
}

// change notes a change and returns the wait for its rest.
func (k *keeper) change() tea.Cmd {
	k.version++
	due := keepDueMsg{version: k.version}
	return tea.Tick(keepAfter, func(time.Time) tea.Msg { return due })
}

// begin writes the form when it has rested since its last change.
func (k *keeper) begin(ctx context.Context, msg keepDueMsg, buyer model.Buyer) tea.Cmd {
	if msg.version != k.version {
		return nil
	}
	if k.writes.Pending() {
		k.waiting = true
		return nil
	}
	return k.write(ctx, buyer)
}

func (k *keeper) write(ctx context.Context, buyer model.Buyer) tea.Cmd {
	ctx, ticket := k.writes.Begin(ctx)
	version, pen := k.version, k.pen
	return func() tea.Msg {
		return keptMsg{ticket: ticket, version: version, err: pen.write(ctx, version, buyer)}
	}
}

// kept notes how a write went and begins the one that waited for it.
func (k *keeper) kept(ctx context.Context, msg keptMsg, buyer model.Buyer) (tea.Cmd, error) {
	if !k.writes.Admit(msg.ticket) {
		return nil, nil
	}
	if msg.err == nil {
		k.written = msg.version
	}
	if !k.waiting {
		return nil, msg.err
	}
	k.waiting = false
	return k.write(ctx, buyer), msg.err
}

// cancel ends the write that is under way.
func (k *keeper) cancel() { k.writes.Cancel() }

// finish writes what is not known to be kept. It waits for a write that is still under way.
func (k *keeper) finish(ctx context.Context, buyer model.Buyer) error {
	if k.written == k.version {
		return nil
	}
	return k.pen.write(ctx, k.version, buyer)
}

// pen lets one write happen at a time and nothing older after something newer: the command of a write may still run
// when the program has ended and the form is written for the last time.
type pen struct {
	put func(context.Context, model.Buyer) error
	// newest holds the newest version that was written, and is empty while somebody writes.
	newest chan int
}

func newPen(put func(context.Context, model.Buyer) error) pen {
	newest := make(chan int, 1)
	newest <- 0
	return pen{put: put, newest: newest}
}

func (p pen) write(ctx context.Context, version int, buyer model.Buyer) error {
	var newest int
	select {
	case newest = <-p.newest:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { p.newest <- max(newest, version) }()
	if version < newest {
		return nil
	}
	return p.put(ctx, buyer)
}
