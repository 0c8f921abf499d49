package smartbill

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cadensa/model"
)

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

// pass waits for a place at one gate. The observer is told of the wait, and of its end.
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

// shut closes the gates after a lock-out, which was learned now. The stamp in SmartBill's text has no zone, so the ten
// minutes are counted from here.
func (c *Client) shut(ctx context.Context) (*model.LimitError, error) {
	limit := &model.LimitError{Until: c.now().Add(lockout)}
	// What was learned must be kept even if nobody waits for the answer any more.
	ctx = context.WithoutCancel(ctx)
	if err := errors.Join(c.memory.Shut(ctx, c.account, limit.Until), c.gate.Shut(ctx, c.account, limit.Until)); err != nil {
		return limit, fmt.Errorf("remember the lock-out: %w", err)
	}
	return limit, nil
}

// pause waits for the duration, or until the context ends.
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

// openGate is the shared gate of a client that shares none.
type openGate struct{}

// Reserve implements Gate.
func (openGate) Reserve(context.Context, string, time.Time) (time.Duration, error) { return 0, nil }

// Shut implements Gate.
func (openGate) Shut(context.Context, string, time.Time) error { return nil }
