package cli_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
)

// What cannot be done is refused before it is asked about or announced. The transcript is what a person reads at the terminal: the
// answers are yes.
func TestRefusalsComeBeforeTheQuestion(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.succeed(t, "storno", "FCT-0001", "--yes")
	h.issued(t)
	h.terminal, h.stdin = true, strings.Repeat("yes\n", 40)
	var transcript strings.Builder
	for _, line := range []string{
		"cancel FCT-0002", "storno FCT-0001", "storno FCT-0002", "restore FCT-0002", "pay FCT-0001", "convert FCT-0001",
		"settle FCT-0001 --deleted", "cancel FCT-0003", "cancel FCT-0003", "storno FCT-0003", "pay FCT-0003", "restore FCT-0003",
		"restore FCT-0003", "pdf FCT-0009",
	} {
		ended := h.run(t, strings.Fields(line)...)
		fmt.Fprintf(&transcript, "$ cadensa %s\n%s(%d)\n\n", line, ended.stderr, ended.code)
	}
	golden.RequireEqual(t, regexp.MustCompile("CAD-[0-9A-Z]{6}").ReplaceAllString(transcript.String(), "CAD-7F3K4Q"))
}
