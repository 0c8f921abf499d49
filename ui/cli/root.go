package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"cadensa/model/app"
	"cadensa/model/config"
	"cadensa/model/ledger"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// Options connect the command line to the outer world.
type Options struct {
	app.Options
	Version        string
	Stdout, Stderr io.Writer
	// Terminal reports whether a person sits at both ends.
	Terminal func() bool
	// Display reports whether only the output is a terminal: keys can be read from it while the input is piped.
	Display func() bool
	// Example is the commented settings file that `config init` writes.
	Example []byte
	// Screens shows the screens until the user quits.
	Screens func(ctx context.Context, a *app.App, renderer config.Renderer) error
	// Demo starts the simulator in this process, which goes by the clock and calls warn about errors of its script.
	Demo func(warn func(error), now func() time.Time) app.DemoAccount
	// Sandbox serves the simulator alone until the context ends.
	Sandbox func(ctx context.Context, request SandboxRequest) error
}

// SandboxRequest configures the simulator.
type SandboxRequest struct {
	// Address is host:port on loopback; port 0 takes any.
	Address string
	// Faults is the path of a file of scripted faults and events, which is read again when it changes, Journal of the file
	// that every request is written to; "" for none.
	Faults, Journal string
	// Ready gets the address and the account, once the simulator serves.
	Ready func(baseURL, email, token, cif string) error
	// Warn gets errors of the script while the simulator runs, from several goroutines.
	Warn func(error)
	// CallsPerWindow is the limit of calls in ten seconds; 0 is SmartBill's own.
	CallsPerWindow int
	// ANAF refuses what ANAF would object to; OnCollection puts the company that pays VAT into the register of TVA la încasare.
	ANAF, OnCollection bool
	// Variants name points where the service follows its other description.
	Variants []string
}

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

type work func(ctx context.Context, a *app.App) error

// withApp opens the application for a command, and warns of an odd ledger.
func (r *root) withApp(ctx context.Context, do work) error {
	return r.open(ctx, func(ctx context.Context, a *app.App) error {
		r.sayOdd(a.OddLedger())
		return do(ctx, a)
	})
}

func (r *root) sayOdd(older ledger.Older, path string) {
	if odd := explain.OddLedger(older, path); !odd.IsEmpty() {
		r.say("warning: %s", odd.In(say.English))
	}
}

// open opens the application on the user's files, and closes it.
func (r *root) open(ctx context.Context, do work) (err error) {
	paths, err := r.paths()
	if err != nil {
		return err
	}
	a, err := app.Open(ctx, r.options.Options, paths)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, a.Close()) }()
	return inZone(do(ctx, a), a.Location())
}

// withWriting is withApp for work that changes the ledger, and backs the ledger up after it, once a day. If the records contradict
// each other, work that takes hours does not begin; other work goes on after a warning, without a backup.
func (r *root) withWriting(ctx context.Context, takesHours bool, do work) error {
	return r.withApp(ctx, func(ctx context.Context, a *app.App) error {
		err := a.EnsureAudited(ctx)
		if contradiction, ok := errors.AsType[*ledger.ContradictionError](err); ok && !takesHours {
			r.say("warning: %s", explain.OneLine(contradiction))
			r.say("%s", explain.Contradiction(contradiction).In(say.English))
			return do(ctx, a)
		}
		if err != nil {
			return err
		}
		err = do(ctx, a)
		r.backUp(ctx, a)
		return err
	})
}

const backupTime = 5 * time.Second

// backUp copies the ledger once a day. A failure does not undo the command.
func (r *root) backUp(ctx context.Context, a *app.App) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), backupTime)
	defer cancel()
	if err := a.BackUp(ctx); err != nil {
		r.say("warning: today's copy of the ledger was not made: %s. All else is done.", explain.OneLine(err))
	}
}

// say writes a line of words to standard error.
func (r *root) say(format string, arguments ...any) {
	fmt.Fprintln(r.options.Stderr, text.Clean(fmt.Sprintf(format, arguments...))) //nolint:errcheck // see above
}

// counted is how many there are of a thing: "1 line", "3 lines".
func counted(count int, one, many string) string {
	return say.TodoNoun(one, many).Of(count).In(say.English)
}
