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

// Turns lets commands that take much memory work one after the other: keys that come fast must not have each its own copy
// of what a million hours come to.
type Turns chan struct{}

// NewTurns returns turns of which none is taken.
func NewTurns() Turns { return make(Turns, 1) }

// Take waits for its turn, which Give ends. It fails with the context's error, and takes none, when a newer request came
// meanwhile.
func (t Turns) Take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	err := ctx.Err()
	if err != nil {
		t.Give()
	}
	return err
}

// Give ends the turn.
func (t Turns) Give() { <-t }
