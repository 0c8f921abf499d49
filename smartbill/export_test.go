package smartbill

import (
	"context"
	"time"
)

// WithPause replaces the waiting between tries and for a place in the limit.
func WithPause(pause func(context.Context, time.Duration) error) Option {
	return func(c *Client) { c.pause = pause }
}
