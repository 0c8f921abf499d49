package screen

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"
)

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

// CancelAll ends the requests of all these kinds.
func CancelAll(kinds ...*Latest) {
	for _, latest := range kinds {
		latest.Cancel()
	}
}

// Request begins a request: call runs in the background, and answered takes what it returns on the screen whose Update began it,
// unless a newer request of the same kind was begun or it was cancelled.
func Request[T any](
	env Env, latest *Latest, call func(ctx context.Context) (T, error), answered func(answer T, err error) tea.Cmd,
) tea.Cmd {
	ctx, ticket := latest.Begin(env.Context)
	tab := env.Overlays.opening
	return func() tea.Msg {
		answer, err := call(ctx)
		return Answer{take: func() tea.Cmd {
			if env.Overlays.opening != tab || !latest.Admit(ticket) {
				return nil
			}
			return answered(answer, err)
		}}
	}
}

// Keep begins a request that writes something. Attempt says what was attempted where that fails.
func Keep(env Env, latest *Latest, write func(ctx context.Context) error, attempt string) tea.Cmd {
	call := func(ctx context.Context) (struct{}, error) {
		if ctx.Err() != nil {
			return struct{}{}, ctx.Err()
		}
		return struct{}{}, write(ctx)
	}
	return Request(env, latest, call, func(_ struct{}, err error) tea.Cmd {
		if err == nil || errors.Is(err, context.Canceled) {
			return nil
		}
		return Fail(attempt, err)
	})
}

// Answer brings what a request returned. It reaches every screen as other messages do.
type Answer struct{ take func() tea.Cmd }

// Take does what follows from the answer if the screen whose Update runs began its request and waits for it still.
func (a Answer) Take() tea.Cmd { return a.take() }

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
