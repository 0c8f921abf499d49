package smartbill

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"cadensa/model"
)

// Gate is the memory of the rate limiter, shared by every process of this user.
type Gate interface {
	// Reserve takes a call's place in the account's window at now. It returns how long to wait before asking again (0: the
	// place is taken), or a *model.LimitError while the account is locked out. The account is a hash.
	Reserve(ctx context.Context, account string, now time.Time) (wait time.Duration, err error)
	// Shut closes the account's gate until the instant, which is at most ten minutes away.
	Shut(ctx context.Context, account string, until time.Time) error
}

// The service takes 30 calls in 10 seconds per token and then locks the token out for 10 minutes
// (Limit). The gate stays below, since the service counts when calls arrive, not when they leave.
const (
	callsPerWindow = 25
	window         = 10*time.Second + 500*time.Millisecond
	lockout        = 10 * time.Minute
)

// MemoryGate is a Gate for one process. Monotonic times, as time.Now gives them, make it deaf to a clock that is set. For others, what
// lies in the future is dated anew, so that nobody waits longer than the limits last.
type MemoryGate struct {
	mu       sync.Mutex
	accounts map[string]*passage
}

type passage struct {
	calls     []time.Time
	shutUntil time.Time
}

// NewMemoryGate returns an open gate.
func NewMemoryGate() *MemoryGate {
	return &MemoryGate{accounts: map[string]*passage{}}
}

// Reserve implements Gate.
func (g *MemoryGate) Reserve(_ context.Context, account string, now time.Time) (time.Duration, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	passed := g.passage(account)
	passed.dateAnew(now)
	if now.Before(passed.shutUntil) {
		return 0, &model.LimitError{Until: passed.shutUntil}
	}
	passed.calls = slices.DeleteFunc(passed.calls, func(call time.Time) bool { return now.Sub(call) >= window })
	if len(passed.calls) < callsPerWindow {
		passed.calls = append(passed.calls, now)
		return 0, nil
	}
	return passed.calls[0].Add(window).Sub(now), nil
}

// Shut implements Gate. A gate that is shut for longer already stays so.
func (g *MemoryGate) Shut(_ context.Context, account string, until time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	passed := g.passage(account)
	if until.After(passed.shutUntil) {
		passed.shutUntil = until
	}
	return nil
}

func (g *MemoryGate) passage(account string) *passage {
	if g.accounts[account] == nil {
		g.accounts[account] = &passage{}
	}
	return g.accounts[account]
}

// dateAnew makes calls and lock-outs of the future begin now: the clock was set back since.
func (p *passage) dateAnew(now time.Time) {
	if latest := now.Add(lockout); p.shutUntil.After(latest) {
		p.shutUntil = latest
	}
	for i := range p.calls {
		if p.calls[i].After(now) {
			p.calls[i] = now
		}
	}
}

// admit waits for the call's place in the account's limit.
func (c *Client) admit(ctx context.Context) error {
	if err := c.pass(ctx, c.gate); err != nil {
		if limit, ok := errors.AsType[*model.LimitError](err); ok {
			// The end is a time of day; the remaining time holds even if the clock is set meanwhile.
			now := c.now()
			return errors.Join(err, c.memory.Shut(ctx, c.account, now.Add(limit.Until.Sub(now))))
		}
		return err
	}
	return c.pass(ctx, c.memory)
}

// pass waits for a place at one gate, and tells the observer of the wait and its end.
func (c *Client) pass(ctx context.Context, gate Gate) error {
	waited := false
	defer func() {
		if waited {
			c.waiting(time.Time{})
		}
	}()
	for {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("wait for a place: %w", err)
		}
		wait, err := gate.Reserve(ctx, c.account, c.now())
		if err != nil {
			return fmt.Errorf("reserve a place: %w", err)
		}
		if wait <= 0 {
			return nil
		}
		waited = true
		c.waiting(c.now().Add(wait))
		if err := c.pause(ctx, wait); err != nil {
			return err
		}
	}
}

// shut closes the gates for ten minutes from now: the time in SmartBill's text has no zone.
func (c *Client) shut(ctx context.Context) (*model.LimitError, error) {
	limit := &model.LimitError{Until: c.now().Add(lockout)}
	// What was learned must be kept even if nobody waits for the answer any more.
	ctx = context.WithoutCancel(ctx)
	if err := errors.Join(c.memory.Shut(ctx, c.account, limit.Until), c.gate.Shut(ctx, c.account, limit.Until)); err != nil {
		return limit, fmt.Errorf("remember the lock-out: %w", err)
	}
	return limit, nil
}

func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait: %w", ctx.Err())
	}
}
