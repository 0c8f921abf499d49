package cli

import (
	"errors"
	"strings"
	"testing"

	"cadensa/model"
)

// TestRestoreAsksToLookForFreeLines: the ledger knows hours that are on another invoice, and nothing of free lines.
func TestRestoreAsksToLookForFreeLines(t *testing.T) {
	var detail model.InvoiceDetail
	detail.Prepared.Lines = []model.Line{{Name: "Atlas", Entries: []string{"a"}}}
	if question := restoreQuestion(detail); strings.Contains(question, "look first") {
		t.Errorf("of hours alone it asks %q", question)
	}
	detail.Prepared.Lines = append(detail.Prepared.Lines, model.Line{Name: "Licence", Free: 1}, model.Line{Name: "Travel", Free: 2})
	if question := restoreQuestion(detail); !strings.Contains(question, "its 2 free lines by now: look first") {
		t.Errorf("of free lines it asks %q", question)
	}
}

// What was shown and went by is on standard error when the screens are gone.
func TestDemoTellsItsWarningsAtTheEnd(t *testing.T) {
	t.Parallel()
	var stderr strings.Builder
	tellWarnings(&stderr, []error{errors.New("first"), errors.New("second\nline")})
	if got := stderr.String(); got != "cadensa: the simulator: first\ncadensa: the simulator: second; line\n" {
		t.Errorf("told %q", got)
	}
}
