package cli

import (
	"context"
	"time"

	"cadensa/model/app"
)

// backupTime bounds how long the end of a command may take for its copy.
const backupTime = 5 * time.Second

// backUp copies the ledger once a day, after what a command changed. That it fails does not undo the command.
func (r *root) backUp(ctx context.Context, a *app.App) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), backupTime)
	defer cancel()
	if err := a.BackUp(ctx); err != nil {
		r.say("warning: today's copy of the ledger was not made: %s. All else is done.", oneLine(err))
	}
}
