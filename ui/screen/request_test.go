package screen_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"cadensa/ui/screen"
)

// Of many requests that wait for the mutex, those that are out of date never get it, and no two hold it at once.
func TestContextMutexIsHeldByOneAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mutex := screen.NewContextMutex()
		if err := mutex.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
		outdated, cancel := context.WithCancel(t.Context())
		refused, locked := make(chan error, 1), make(chan error, 1)
		go func() { refused <- mutex.Lock(outdated) }()
		go func() { locked <- mutex.Lock(t.Context()) }()
		synctest.Wait()
		if len(refused)+len(locked) > 0 {
			t.Fatal("two hold the mutex")
		}
		cancel()
		if err := <-refused; !errors.Is(err, context.Canceled) {
			t.Errorf("what is out of date got %v", err)
		}
		mutex.Unlock()
		if err := <-locked; err != nil {
			t.Error(err)
		}
		mutex.Unlock()
		if err := mutex.Lock(outdated); !errors.Is(err, context.Canceled) {
			t.Errorf("a free mutex went to what is out of date: %v", err)
		}
		if err := mutex.Lock(t.Context()); err != nil {
			t.Error("a mutex that was refused is held")
		}
	})
}
