package cli_test

import (
	"strings"
	"testing"

	"cadensa/ui/cli"
)

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, command := range [][]string{
		{"invoice"}, {"clients", "add"}, {"config", "edit"}, {"entries", "october"}, {"history", "--yaml"}, {"entries", "--demo"},
		{"issue", "--demo"}, {"entries", "--json", "--csv"}, {"entries", "--source", "punchcard"}, {"doctor", "--json"}, {"undo"},
		{},
	} {
		s.fail(t, 2, nil, command...)
	}
}

func TestEveryCommandShowsExamples(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	for _, command := range []string{
		"", "entries", "issue", "settle", "cancel", "restore", "storno", "convert", "pdf", "history", "clients", "clients list", "clients show", "clients import",
		"clients export", "countries", "import", "config", "config path", "config init", "config check", "doctor", "sandbox",
	} {
		if help := s.succeed(t, append(strings.Fields(command), "--help")...); !strings.Contains(help, "Examples:\n  ") {
			t.Errorf("%q has no example:\n%s", command, help)
		}
	}
}

func TestExitCodesAreThoseThatScriptsRelyOn(t *testing.T) {
	t.Parallel()
	got := []int{cli.ExitDone, cli.ExitFailed, cli.ExitUsage, cli.ExitUnknown, cli.ExitLater}
	for want, code := range got {
		if code != want {
			t.Errorf("code %d is %d", want, code)
		}
	}
}
