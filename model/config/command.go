package config

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"cadensa/model/netsafe"
	"cadensa/model/text"
)

var errPrintedNothing = errors.New("it printed nothing")

// lingering bounds the wait for a killed command's own children, which may hold its output open.
const lingering = time.Second

// RunCommand runs a command without a shell and returns what it printed. It gets no standard input; what asks for a
// passphrase does so on the terminal or in a window of its own. The error names the program and the first line of its
// complaints, masked where that may be a secret, and never its arguments or what it printed.
func RunCommand(ctx context.Context, command []string) ([]byte, error) {
	program := text.Clean(filepath.Base(command[0]))
	process := netsafe.Command(ctx, command[0], command[1:]...)
	process.WaitDelay = lingering
	printed, err := process.Output()
	if err == nil {
		return printed, nil
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("run %s: %w", program, ctx.Err())
	}
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	complaint := firstLine(string(exit.Stderr))
	if complaint == "" || sharesText(complaint, string(printed)) {
		return nil, fmt.Errorf("run %s: %w", program, err)
	}
	return nil, fmt.Errorf("run %s: %w: %s", program, err, complaint)
}

// complaintRunes keeps a complaint on about a line.
const complaintRunes = 160

// firstLine returns the first line that says anything, masked before it is cut: half a secret is one too.
func firstLine(value string) string {
	for line := range strings.Lines(value) {
		if line, _ = text.Cut(netsafe.Masked(text.Collapse(line)), complaintRunes); line != "" {
			return line
		}
	}
	return ""
}

// sharesText reports whether a complaint repeats a word of what was printed.
func sharesText(complaint, printed string) bool {
	for word := range strings.FieldsSeq(printed) {
		if strings.Contains(complaint, word) {
			return true
		}
	}
	return false
}
