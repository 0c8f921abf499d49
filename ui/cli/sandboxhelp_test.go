package cli_test

import (
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

func TestHelpKnowsEveryKindOfFault(t *testing.T) {
	t.Parallel()
	help := newStage(t).succeed(t, "sandbox", "--help")
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
	s := newStage(t)
	s.fail(t, 2, []string{"--demo"}, "--faults", s.write(t, "faults.json", "[]"))
}
