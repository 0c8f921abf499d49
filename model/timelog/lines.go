package timelog

import (
	"context"
	"fmt"
	"strings"
)

// readLines hands every line with its number to the reader, without the line's end.
func readLines(ctx context.Context, text []byte, read func(number int, line string)) error {
	number := 0
	for line := range strings.Lines(string(text)) {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		number++
		read(number, strings.TrimRight(line, "\r\n"))
	}
	return nil
}

// isIndented reports whether the line begins with a space or a tab.
func isIndented(line string) bool {
	return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
}
