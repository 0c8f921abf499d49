package screen

import "context"

// Ticket belongs to one request. Its answer is admitted only while no newer request was begun.
type Ticket int

// Latest keeps one kind of request current: to begin one cancels the one before, and only the newest is admitted.
// The zero value is ready.
type Latest struct {
	newest Ticket
	cancel context.CancelFunc
}

// Begin starts a request: it cancels the one before and returns the context and the ticket of the new one.
func (l *Latest) Begin(ctx context.Context) (context.Context, Ticket) {
	l.Cancel()
	l.newest++
	ctx, l.cancel = context.WithCancel(ctx)
	return ctx, l.newest
}

// Admit reports whether the ticket is the newest, and ends its request if it is.
func (l *Latest) Admit(ticket Ticket) bool {
	if ticket != l.newest || l.cancel == nil {
		return false
	}
	l.Cancel()
	return true
}

// Pending reports whether a request is under way.
func (l *Latest) Pending() bool { return l.cancel != nil }

// Cancel ends the request that is under way, if any; its answer will not be admitted.
func (l *Latest) Cancel() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}
