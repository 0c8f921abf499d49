package smartbill

import "net/http"

// The header by which a simulator says that it is one.
const (
	simulatorHeader = "X-Simulator"
	simulatorName   = "cadensa"
)

// Simulated reports whether the last answer came from a simulator, where nothing is a fiscal document; false before any
// answer. A call that brought no answer changes nothing, any answer does, an error's too.
func (c *Client) Simulated() bool { return c.simulated.Load() }

func isSimulator(header http.Header) bool { return header.Get(simulatorHeader) == simulatorName }
