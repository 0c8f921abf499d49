package ui_test

import (
	"os"
	"path/filepath"
	"testing"

	"cadensa/ui/uitest"
)

func TestTheScreensTellThatTheLedgerMayNotBeTheRightOne(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "series-FCT.lock"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.Sees("! This ledger is new, but an older one's files lie beside it: series-FCT.lock.", "before you bill")
	})
}
