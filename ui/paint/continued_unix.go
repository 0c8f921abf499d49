//go:build unix

package paint

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// continuedSignal tells when the process was stopped from outside and runs again. A program that lends the terminal
// away is continued as well, and takes the terminal back by itself: meanwhile the signal is ignored.
type continuedSignal struct {
	signals chan os.Signal
}

// start calls tell for each signal until the returned function is called; tell must not block after that.
func (c *continuedSignal) start(tell func()) (stop func()) {
	c.signals = make(chan os.Signal, 1)
	done := make(chan struct{})
	var running sync.WaitGroup
	running.Go(func() {
		for {
			select {
			case <-c.signals:
				tell()
			case <-done:
				return
			}
		}
	})
	c.heed()
	return func() {
		c.ignore()
		close(done)
		running.Wait()
	}
}

func (c *continuedSignal) heed() { signal.Notify(c.signals, syscall.SIGCONT) }

func (c *continuedSignal) ignore() { signal.Stop(c.signals) }
