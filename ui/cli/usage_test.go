package cli_test

import (
	"strings"
	"syscall"
	"testing"

	"cadensa/smartbill/sandbox"
	"cadensa/ui/cli"
)

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, command := range [][]string{
		{"invoice"}, {"clients", "add"}, {"config", "edit"}, {"entries", "october"}, {"history", "--yaml"}, {"entries", "--demo"},
		{"issue", "--demo"}, {"entries", "--json", "--csv"}, {"entries", "--source", "punchcard"}, {"doctor", "--csv"}, {"undo"},
		{},
	} {
		h.fail(t, 2, nil, command...)
	}
}

// TestFilesOnTheCommandLine checks that a flag's file is one of the current folder or, where the shell has left a ~, of the home folder.
func TestFilesOnTheCommandLine(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.issued(t)
	h.write(t, "other.toml", "[invoice]\nseries = \"OTHER\"\n")
	if path := strings.TrimSpace(h.succeed(t, "--config=~/other.toml", "config", "path")); path != h.path("other.toml") {
		t.Errorf("the settings are %s", path)
	}
	h.write(t, "clients.json", `[{"name": "Brisk Ltd", "country": "GB", "street": "1 Mill Lane", "city": "London"}]`)
	h.succeed(t, "clients", "import", "~/clients.json")
	if path := h.succeed(t, "timesheet", "FCT-0001", "--output=~/hours.csv"); path != h.path("hours.csv")+"\n" {
		t.Errorf("the hours are in %s", path)
	}
}

// TestActsRefuseFlagsWithoutAValue holds that a script whose variable is empty bills or pays nothing: left out, each of
// these flags means all, or today.
func TestActsRefuseFlagsWithoutAValue(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.issued(t)
	for _, command := range [][]string{
		{"issue", "--client", "Morii", "--period", "all", "--entries", "", "--yes"},
		{"issue", "--client", "Morii", "--period", "", "--entries", "0f0dd880f481d50f", "--yes"},
		{"issue", "--client", "Morii", "--period", "all", "--series", "", "--yes"},
		{"issue", "--client", "Morii", "--period", "all", "--due", "", "--yes"},
		{"issue", "--client", "Morii", "--period", "all", "--exchange-rate", "", "--yes"},
		{"pay", "FCT-0001", "--amount", "", "--yes"}, {"pay", "FCT-0001", "--amount", " ", "--yes"}, {"pay", "FCT-0001", "--date", "", "--yes"},
		{"storno", "FCT-0001", "--date", "", "--yes"}, {"convert", "PRF-0001", "--exchange-rate", "", "--yes"}, {"settle", ""},
	} {
		h.fail(t, 2, nil, command...)
	}
	if got := len(h.server.Invoices()) + len(h.server.Payments()); got != 1 {
		t.Errorf("there are %d documents and payments", got)
	}
}

func TestActsRefuseDaysToComeAndRatesOfNoUse(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.issued(t)
	h.fail(t, 2, []string{"2026-11-11 is in the future"}, "pay", "FCT-0001", "--date", "2026-11-11", "--yes")
	h.fail(t, 2, []string{"2026-11-11 is in the future"}, "storno", "FCT-0001", "--date", "2026-11-11", "--yes")
	h.fail(t, 2, []string{"another currency than RON"}, "issue", "--client", "Morii", "--period", "2026-11", "--exchange-rate", "5", "--yes")
	h.succeed(t, "issue", "--client", "Morii", "--period", "2026-11", "--proforma", "--yes")
	h.fail(t, 2, []string{"another currency than RON"}, "convert", "PRF-0001", "--exchange-rate", "5", "--yes")
	if got := len(h.server.Invoices()) + len(h.server.Payments()); got != 1 {
		t.Errorf("there are %d documents and payments", got)
	}
}

func TestActsRefuseUnusualDatesUntilTheyAreMeant(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.fail(t, 2, []string{"due date 2206-11-30", "nothing was sent", "--unusual-date"}, "issue", "--client", "Morii", "--period", "2026-10",
		"--due", "2206-11-30", "--yes")
	h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--due", "2206-11-30", "--unusual-date", "--yes")
	h.fail(t, 2, []string{"2016-11-09 is more than a year back", "nothing was sent", "--unusual-date"}, "pay", "FCT-0001", "--date",
		"2016-11-09", "--yes")
	h.fail(t, 2, []string{"2016-11-09 is more than a year back", "--unusual-date"}, "storno", "FCT-0001", "--date", "2016-11-09", "--yes")
	if got := len(h.server.Payments()); got != 0 {
		t.Errorf("there are %d payments", got)
	}
	h.terminal, h.stdin = true, "no\n"
	h.fail(t, 1, []string{"2016-11-09 is more than a year back. ", "nothing was done"}, "pay", "FCT-0001", "--date", "2016-11-09")
	h.fail(t, 1, []string{"2016-11-09 is more than a year back. ", "nothing was done"}, "storno", "FCT-0001", "--date", "2016-11-09")
	h.fail(t, 1, []string{"warning: the due date 2206-11-30", "nothing was done"}, "issue", "--client", "Morii", "--period", "2026-11",
		"--due", "2206-11-30")
	h.succeed(t, "pay", "FCT-0001", "--date", "2016-11-09", "--unusual-date", "--yes")
	if got := len(h.server.Payments()); got != 1 {
		t.Errorf("there are %d payments", got)
	}
}

func TestHelpKnowsItsCommands(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.fail(t, 2, []string{"invoice"}, "help", "invoice")
	h.fail(t, 2, []string{"clients add"}, "help", "clients", "add")
	for _, command := range []string{"", "issue", "clients check"} {
		got := h.succeed(t, append([]string{"help"}, strings.Fields(command)...)...)
		if want := h.succeed(t, append(strings.Fields(command), "--help")...); got != want {
			t.Errorf("help %s prints:\n%s", command, got)
		}
	}
}

func TestEveryCommandShowsExamples(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	for _, command := range []string{
		"", "entries", "issue", "settle", "cancel", "restore", "storno", "convert", "pdf", "history", "clients", "clients list", "clients show",
		"clients import", "clients export", "countries", "pay", "timesheet", "clients check", "help", "import", "config", "config path",
		"config init", "config check", "doctor", "sandbox",
	} {
		if help := h.succeed(t, append(strings.Fields(command), "--help")...); !strings.Contains(help, "Examples:\n  ") {
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

func TestHelpKnowsEveryKindOfFault(t *testing.T) {
	t.Parallel()
	help := newHarness(t).succeed(t, "sandbox", "--help")
	for _, kind := range sandbox.Kinds() {
		if !strings.Contains(help, string(kind)) {
			t.Errorf("the help does not name %s:\n%s", kind, help)
		}
	}
	_, example, _ := strings.Cut(help, "[{")
	example, _, found := strings.Cut(example, "}]")
	if faults, err := sandbox.LoadFaults(strings.NewReader("[{" + example + "}]")); !found || err != nil || len(faults) != 3 {
		t.Errorf("the help's example is read as %v, %v", faults, err)
	}
}

func TestFaultsAreForSimulators(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.fail(t, 2, []string{"--demo"}, "--faults", h.write(t, "faults.json", "[]"))
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestDataThatCannotBeWrittenIsAFailure(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.stdout = full{}
	for _, command := range [][]string{
		{"entries"}, {"entries", "--json"}, {"entries", "--csv"}, {"history"}, {"history", "--csv"}, {"clients"}, {"clients", "export"},
		{"pdf", "FCT-0001"}, {"pdf", "FCT-0001", "-o", "-"}, {"timesheet", "FCT-0001"}, {"timesheet", "FCT-0001", "--format", "md", "-o", "-"},
		{"config", "path"}, {"doctor"}, {"countries"},
		{"issue", "--client", "Morii", "--period", "2026-11", "--dry-run"},
	} {
		h.fail(t, 1, []string{"no space left"}, command...)
	}
}
