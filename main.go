// Cadensa turns tracked hours into legally valid Romanian invoices through SmartBill Cloud, without leaving the
// terminal.
package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"time"
	_ "time/tzdata" // the day of issue is Bucharest's, wherever the program runs

	"golang.org/x/term"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/cli"
)

// example is the commented settings file.
//
//go:embed config.example.toml
var example []byte

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, cli.Explain(err))
		os.Exit(cli.ExitCode(err))
	}
}

// run hands the outer world to the command line.
func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	return cli.Run(ctx, cli.Options{
		Options: app.Options{Getenv: os.Getenv, Now: time.Now, Secrets: config.SystemSecrets(), Connect: connect(nil, time.Now), Stdin: os.Stdin},
		Version: version(), Stdout: os.Stdout, Stderr: os.Stderr, Example: example,
		Terminal: atTerminal, Display: func() bool { return isTerminal(os.Stdout) },
		Screens: screens, Demo: demo, Sandbox: serveSandbox,
	}, os.Args[1:])
}

func screens(ctx context.Context, application *app.App, renderer config.Renderer) error {
	return ui.Run(ctx, application, ui.Options{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Terminal: atTerminal, Getenv: os.Getenv, Now: time.Now, Renderer: renderer,
	})
}

func atTerminal() bool { return isTerminal(os.Stdin) && isTerminal(os.Stdout) }

func isTerminal(file *os.File) bool { return term.IsTerminal(int(file.Fd())) }

// connect opens SmartBill over a transport, nil for the network.
func connect(transport http.RoundTripper, now func() time.Time) app.Connect {
	return func(credentials model.Credentials, gate app.Gate, watch app.Watch) (billing.Provider, error) {
		return smartbill.New(credentials, smartbill.WithTransport(transport), smartbill.WithGate(gate), smartbill.WithClock(now),
			smartbill.WithCountryNames(countries.RomanianName), smartbill.WithWaitObserver(watch.Waiting),
			smartbill.WithCallObserver(watch.Called), smartbill.WithAnswerObserver(watch.Answered))
	}
}

// demo starts the simulator in this process, without a socket.
func demo(warn func(error), now func() time.Time) app.DemoAccount {
	server := sandbox.New(sandbox.Config{Warn: warn, Now: now})
	return app.DemoAccount{
		Credentials:  model.Credentials{Email: server.Email(), Token: model.Secret(server.Token()), CIF: server.CIF(), BaseURL: server.BaseURL()},
		Connect:      connect(sandbox.Transport(server), now),
		FollowFaults: func(path string) error { return followFaults(server, path) },
		LoseAnswer: func() {
			server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.CommitAndError})
		},
	}
}

// serveSandbox serves the simulator on loopback until the context ends.
func serveSandbox(ctx context.Context, request cli.SandboxRequest) (err error) {
	account := sandbox.DefaultAccount()
	account.Companies[0].VATOnCollection = request.OnCollection
	settings := sandbox.Config{
		Accounts: []sandbox.Account{account}, ANAF: request.ANAF, CallsPerWindow: request.CallsPerWindow, Warn: request.Warn,
	}
	for _, name := range request.Variants {
		if !slices.Contains(sandbox.Variants(), sandbox.Variant(name)) {
			return &cli.UsageError{Err: fmt.Errorf("no variant is called %q; there are %v", name, sandbox.Variants())}
		}
		settings.Variants = append(settings.Variants, sandbox.Variant(name))
	}
	if request.Journal != "" {
		journal, failure := os.OpenFile(request.Journal, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if failure != nil {
			return fmt.Errorf("open the journal: %w", failure)
		}
		defer func() { err = errors.Join(err, journal.Close()) }()
		settings.Journal = journal
	}
	server := sandbox.New(settings)
	if err := followFaults(server, request.Faults); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	listener, err := server.Serve(ctx, request.Address)
	if errors.Is(err, sandbox.ErrNotLoopback) || errors.Is(err, sandbox.ErrNoAddress) {
		return &cli.UsageError{Err: err}
	}
	if err != nil {
		return err
	}
	if err := request.Ready(listener.BaseURL(), server.Email(), server.Token(), server.CIF()); err != nil {
		return err
	}
	return errors.Join(listener.Wait(), server.JournalError())
}

// followFaults scripts the faults of a file, if one is named.
func followFaults(server *sandbox.Server, path string) error {
	if path == "" {
		return nil
	}
	if err := server.FollowFaults(path); err != nil {
		return &cli.UsageError{Err: err}
	}
	return nil
}

func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}
