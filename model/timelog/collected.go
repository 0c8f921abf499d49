package timelog

// collected is one row on its way to the collector: a draft, or the reason why there is none.
type collected struct {
	line   int
	row    draft
	reason error
}

// batchRows is how many rows are handed over at once.
const batchRows = 128

// hand passes a row on. Reading a row and making an entry of it take about as long: each has a processor of its own.
func (c *collector) hand(row collected) {
	if c.batch == nil {
		select {
		case c.batch = <-c.spent:
		default:
			c.batch = make([]collected, 0, batchRows)
		}
	}
	c.batch = append(c.batch, row)
	if len(c.batch) == batchRows {
		c.queue <- c.batch
		c.batch = nil
	}
}

// work takes rows in their order until content ends it.
func (c *collector) work() {
	defer close(c.done)
	for batch := range c.queue {
		first := len(c.entries)
		for i := range batch {
			one := &batch[i]
			if one.reason != nil {
				c.noteRejected(one.line, one.reason)
				continue
			}
			c.collect(one.line, &one.row)
		}
		c.shared.pack(c.entries[first:])
		select {
		case c.spent <- batch[:0]:
		default:
		}
	}
}
