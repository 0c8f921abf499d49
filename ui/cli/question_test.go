package cli

import (
	"strings"
	"testing"

	"cadensa/model"
)

// TestRestoreAsksToLookForFreeLines: the ledger knows hours that are on another invoice, and nothing of free lines.
func TestRestoreAsksToLookForFreeLines(t *testing.T) {
	var detail model.InvoiceDetail
	detail.Draft.Lines = []model.Line{{Name: "Atlas", Entries: []string{"a"}}}
	if question := restoreQuestion(detail); strings.Contains(question, "look first") {
		t.Errorf("of hours alone it asks %q", question)
	}
	detail.Draft.Lines = append(detail.Draft.Lines, model.Line{Name: "Licence", Free: 1}, model.Line{Name: "Travel", Free: 2})
	if question := restoreQuestion(detail); !strings.Contains(question, "its 2 free lines by now: look first") {
		t.Errorf("of free lines it asks %q", question)
	}
}
