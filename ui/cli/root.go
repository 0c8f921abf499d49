package cli

import (
	"bufio"
	"context"
	"errors"
	"time"

	"cadensa/model/app"
	"cadensa/model/config"
	"cadensa/model/ledger"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// root is shared by all commands.
type root struct {
	options  Options
	settings string
	demo     bool
	faults   string
	// answers reads what a person types, nil until the first question.
	answers *bufio.Reader
}

// paths are the places of the user's files.
func (r *root) paths() (config.Paths, error) {
	paths, err := config.DefaultPaths(r.options.Getenv)
	if r.settings != "" {
		paths.Settings = r.settings
	}
	return paths, err
}

// withApp opens the application for a command, and warns of an odd ledger.
func (r *root) withApp(ctx context.Context, work func(a *app.App) error) error {
	return r.open(ctx, func(a *app.App) error {
		if odd := a.OddLedger(); odd != "" {
			r.sayOdd(odd)
		}
		return work(a)
	})
}

func (r *root) sayOdd(odd string) { r.say("warning: %s", odd) }

// open opens the application on the user's files, and closes it.
func (r *root) open(ctx context.Context, work func(a *app.App) error) (err error) {
	paths, err := r.paths()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, r.options.Options, paths)
	if err != nil {
		return err
	}
	defer func() {
		if closing := a.Close(); err == nil {
			err = closing
		}
	}()
	return withRetryTime(work(a), a.Location())
}

// withWriting is withApp for work that changes the ledger, and backs the ledger up after it, once a day. If the records contradict
// each other, work that takes hours does not begin; other work goes on after a warning, without a backup.
func (r *root) withWriting(ctx context.Context, takesHours bool, work func(a *app.App) error) error {
	return r.withApp(ctx, func(a *app.App) error {
		err := a.EnsureAudited(ctx)
		if contradiction, ok := errors.AsType[*ledger.ContradictionError](err); ok && !takesHours {
			r.say("warning: %s", oneLine(contradiction))
			r.say("%s", explain.Contradiction(contradiction).In(say.English))
			return work(a)
		}
		if err != nil {
			return err
		}
		err = work(a)
		r.backUp(ctx, a)
		return err
	})
}

// backupTime bounds the backup at the end of a command.
const backupTime = 5 * time.Second

// backUp copies the ledger once a day. A failure does not undo the command.
func (r *root) backUp(ctx context.Context, a *app.App) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), backupTime)
	defer cancel()
	if err := a.BackUp(ctx); err != nil {
		r.say("warning: today's copy of the ledger was not made: %s. All else is done.", oneLine(err))
	}
}
