//go:build !unix

package paint

// continuedSignal never tells: programs are not stopped here.
type continuedSignal struct{}

func (c *continuedSignal) start(func()) (stop func()) { return func() {} }

func (c *continuedSignal) heed() {}

func (c *continuedSignal) ignore() {}
