package timelog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readLines hands every line with its number to the reader, without the line's end.
func readLines(ctx context.Context, text value, read func(number int, line string)) error {
	in := text.from(0)
	for number := 1; ; number++ {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read line %d: %w", number, err)
		}
		if line != "" {
			read(number, strings.TrimRight(line, "\r\n"))
		}
		if err != nil {
			return nil
		}
	}
}

// isIndented reports whether the line begins with a space or a tab.
func isIndented(line string) bool {
	return strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
}
