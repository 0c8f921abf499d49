package billing

import (
	"io"
	"time"
)

// WithRandom replaces the source of the references' letters, which is crypto/rand.
func WithRandom(random io.Reader) Option { return func(s *Service) { s.random = random } }

// WithSendTimeout replaces the time after which a call that was sent is given up and its outcome is unknown.
func WithSendTimeout(timeout time.Duration) Option {
	return func(s *Service) { s.sendTimeout = timeout }
}
