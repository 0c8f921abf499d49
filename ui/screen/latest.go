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

// ContextMutex is a mutex whose Lock gives up with its context. It lets commands that take much memory work one after the other:
// keys that come fast must not have each its own copy of what a million hours come to.
type ContextMutex chan struct{}

// NewContextMutex returns a mutex that nobody holds.
func NewContextMutex() ContextMutex { return make(ContextMutex, 1) }

// Lock waits until nobody holds the mutex. It fails with the context's error, and does not hold it, once the context has ended.
func (m ContextMutex) Lock(ctx context.Context) error {
	select {
	case m <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := ctx.Err()
	if err != nil {
		m.Unlock()
	}
	return err
}

// Unlock lets the next one have the mutex.
func (m ContextMutex) Unlock() { <-m }
