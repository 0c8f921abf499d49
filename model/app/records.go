package app

import (
	"context"
	"strings"

	"cadensa/model/text"
)

// OddLedger says that the ledger may not be the one that holds the user's invoices, "" when nothing hints at that.
func (a *App) OddLedger() string {
	older, odd := a.records.Older()
	if !odd {
		return ""
	}
	value := "This ledger holds no invoices, but an older one's files lie beside it: "
	if older.New {
		value = "This ledger is new, but an older one's files lie beside it: "
	}
	value += strings.Join(older.Names, ", ") + ". "
	if older.Backup == "" {
		return text.Clean(value + "If it should hold your invoices, end cadensa and put the old " + a.paths.Ledger + " back before you bill.")
	}
	return text.Clean(value + "If it should hold your invoices, end cadensa, move " + a.paths.Ledger + " away and put a copy of " + older.Backup + " in its place.")
}

// backupsKept is how many days' copies of the ledger are kept.
const backupsKept = 7

// BackUp copies the ledger once a day; the demo's goes with the demo. *ledger.ContradictionError while the records contradict
// each other: no copy is made of them.
func (a *App) BackUp(ctx context.Context) error {
	if a.IsDemo() {
		return nil
	}
	_, err := a.records.Backup(ctx, backupsKept)
	return err
}

// EnsureAudited compares the records with each other unless this was done already: *ledger.ContradictionError.
func (a *App) EnsureAudited(ctx context.Context) error { return a.records.EnsureAudited(ctx) }
