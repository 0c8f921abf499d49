package screen_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"cadensa/ui/screen"
)

// Of many requests that wait for a turn, those that are out of date never get it, and no two have it at once.
func TestTurnsAreTakenOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := screen.NewTurns()
		if err := turns.Take(t.Context()); err != nil {
			t.Fatal(err)
		}
		outdated, cancel := context.WithCancel(t.Context())
		refused, taken := make(chan error, 1), make(chan error, 1)
		go func() { refused <- turns.Take(outdated) }()
		go func() { taken <- turns.Take(t.Context()) }()
		synctest.Wait()
		if len(refused)+len(taken) > 0 {
			t.Fatal("a turn was taken twice")
		}
		cancel()
		if err := <-refused; !errors.Is(err, context.Canceled) {
			t.Errorf("what is out of date got %v", err)
		}
		turns.Give()
		if err := <-taken; err != nil {
			t.Error(err)
		}
		turns.Give()
		if err := turns.Take(outdated); !errors.Is(err, context.Canceled) {
			t.Errorf("a free turn went to what is out of date: %v", err)
		}
		if err := turns.Take(t.Context()); err != nil {
			t.Error("a turn that was refused was kept")
		}
	})
}
