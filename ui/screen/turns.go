package screen

import "context"

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
