package timelog

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	"cadensa/model/netsafe"
	"cadensa/model/text"
)

const (
	// stderrBytes is enough for a first line.
	stderrBytes = 4 << 10
	// lingering bounds the wait for a killed command's own children, which may hold its output open.
	lingering = time.Second
)

// runCommand runs the command to its end and returns what it printed. It gets no standard input, so that a tracker
// that asks a question is answered by the end of the file instead of waiting behind the screen.
func runCommand(ctx context.Context, command []string) ([]byte, error) {
	stdout := &boundedBuffer{limit: maxBytes, overflow: ErrTooLarge}
	stderr := &boundedBuffer{limit: stderrBytes}
	process := netsafe.Command(ctx, command[0], command[1:]...)
	process.Stdout, process.Stderr, process.WaitDelay = stdout, stderr, lingering
	err := process.Run()
	if err == nil {
		return stdout.buffer.Bytes(), nil
	}
	failure := &CommandError{Command: commandName(command), ExitCode: -1, Stderr: netsafe.Masked(firstLine(stderr.buffer.String())), Err: err}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		failure.ExitCode = exit.ExitCode()
	}
	if ctx.Err() != nil {
		failure.Err = ctx.Err()
	}
	return nil, failure
}

// firstLine returns the first line that says anything, cleaned.
func firstLine(value string) string {
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(text.Clean(line)); line != "" {
			return line
		}
	}
	return ""
}

// boundedBuffer keeps the first bytes written. What exceeds the limit is an error, or dropped when overflow is nil.
type boundedBuffer struct {
	buffer   bytes.Buffer
	limit    int
	overflow error
}

// Write implements io.Writer.
func (b *boundedBuffer) Write(data []byte) (int, error) {
	kept := data[:min(len(data), b.limit-b.buffer.Len())]
	b.buffer.Write(kept)
	if len(kept) < len(data) && b.overflow != nil {
		return len(kept), b.overflow
	}
	return len(data), nil
}
