// Package app is the application behind screens and commands: settings, ledger, trackers and SmartBill joined, one method a use
// case. It knows no front, and SmartBill only through the functions that main hands over.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/model/ledger"
	"cadensa/model/timelog"
)

// Options connect the application to the outer world.
type Options struct {
	Getenv  func(string) string
	Now     func() time.Time
	Secrets config.Secrets
	Connect Connect
	// Stdin holds hours where a source says so.
	Stdin io.Reader
}

// Gate remembers the limit on calls, which all processes of the user share.
type Gate interface {
	Reserve(ctx context.Context, account string, now time.Time) (wait time.Duration, err error)
	Shut(ctx context.Context, account string, until time.Time) error
}

// Connect opens a SmartBill account. No call is made yet.
type Connect func(credentials model.Credentials, gate Gate, watch Watch) (billing.Provider, error)

// Watch observes the calls to SmartBill.
type Watch struct {
	// Waiting gets the time until which a call waits for its place in the limit, the zero time when it waits no more.
	Waiting func(until time.Time)
	// Called gets what a call attempted and how it ended, in words without addresses, bodies or secrets.
	Called func(operation, outcome string)
	// Answered gets with every answer whether a simulator gave it.
	Answered func(simulated bool)
}

// App is the program at work: settings, ledger and account. Screens and commands share it; it may be used from several goroutines.
type App struct {
	// Service performs the acts of billing, and opens the account for each.
	*billing.Service
	kept
	options  Options
	paths    config.Paths
	records  *ledger.Ledger
	location *time.Location
	// piped reads standard input once, when a source first asks for it.
	piped func() ([]byte, error)
	// waits announces until when a call waits for its place in the limit; only the newest value matters.
	waits   chan time.Time
	indexed trackedIndex
	// simulator collects the warnings of the demo's simulator; nil outside the demo.
	simulator *warnings

	mutex    sync.Mutex
	settings config.Settings
	// provider is the open account, nil until it is needed and after the credentials changed.
	provider billing.Provider
	// tokenFrom is where the token was found, nil until it is looked for.
	tokenFrom *string
	// tracked is the last reading of the sources.
	tracked timelog.Result
	// simulated tells that a simulator answered last at the address of the settings.
	simulated bool
	// answeredAt is the address that simulated is about.
	answeredAt string
	// leaving is the invoice on its way to SmartBill, nil for none.
	leaving *model.PreparedInvoice
	// asked caches the public registers, nil until the first look-up and after the settings changed.
	asked registers
}

// kept is what the ledger keeps for screens and commands.
type kept interface {
	// InvoiceInProgress is the invoice in progress.
	InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error)
	// Ticked visits what was ticked when it was kept last.
	Ticked(ctx context.Context, visit func(tick model.Tick)) error
	// KeepBuyer keeps the client form, KeepEdits what was changed on Review.
	KeepBuyer(ctx context.Context, buyer model.Buyer) error
	KeepEdits(ctx context.Context, edits model.InvoiceEdits) error
	// Clients lists the address book, the client used last first; ForgetClient takes the one of the name out of it.
	Clients(ctx context.Context) ([]model.Client, error)
	ForgetClient(ctx context.Context, name string) error
	// EnsureAudited compares the records with each other unless this was done already: *ledger.ContradictionError.
	EnsureAudited(ctx context.Context) error
}

// maxPiped bounds standard input, in bytes; no tracker writes more.
const maxPiped = 256 << 20

// Open reads the settings and opens the ledger.
func Open(ctx context.Context, options Options, paths config.Paths) (*App, error) {
	settings, err := config.Load(paths.Settings)
	if err != nil {
		return nil, err
	}
	location, err := settings.Location()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(paths.Ledger), 0o700); err != nil {
		return nil, fmt.Errorf("make the ledger's folder: %w", err)
	}
	records, err := ledger.Open(ctx, paths.Ledger, options.Now)
	if err != nil {
		return nil, err
	}
	a := &App{
		options: options, paths: paths, records: records, kept: records, location: location, settings: settings,
		waits: make(chan time.Time, 1),
		piped: sync.OnceValues(func() ([]byte, error) { return io.ReadAll(io.LimitReader(options.Stdin, maxPiped)) }),
	}
	a.Service = billing.Opening(records, a.opened, billing.WithToday(a.Today), billing.WithSettingsFile(paths.Settings),
		billing.WithReading(a.reading), billing.WithNumbered(a.numbered))
	if err := a.recallService(ctx); err != nil {
		return nil, errors.Join(err, records.Close())
	}
	return a, nil
}

// Close closes the ledger and the index.
func (a *App) Close() error { return errors.Join(a.indexed.close(), a.records.Close()) }

// Location is the zone of the settings, in which days begin.
func (a *App) Location() *time.Location { return a.location }

// Today is the day in the issuer's zone.
func (a *App) Today() model.Date { return model.DateOf(a.options.Now().In(a.location)) }

// SettingsFile is the path of the settings.
func (a *App) SettingsFile() string { return a.paths.Settings }

// Waits announces until when a call waits for its place in the limit; the zero time ends the wait.
func (a *App) Waits() <-chan time.Time { return a.waits }

// IsDemo reports whether this is the demo, which touches nothing of the user's.
func (a *App) IsDemo() bool { return a.simulator != nil }

// Settings returns the current settings.
func (a *App) Settings() config.Settings {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.settings
}

// reload reads the settings again after a change on disk.
func (a *App) reload(ctx context.Context) error {
	settings, err := config.Load(a.paths.Settings)
	if err != nil {
		return err
	}
	a.mutex.Lock()
	a.settings, a.provider, a.tokenFrom, a.asked = settings, nil, nil, nil
	a.mutex.Unlock()
	return a.recallService(ctx)
}

func (a *App) watch() Watch {
	return Watch{Waiting: a.wait, Called: a.logCall, Answered: a.answered}
}

// wait announces a waiting call. Nobody may be listening, so it replaces an older value.
func (a *App) wait(until time.Time) {
	for {
		select {
		case a.waits <- until:
			return
		default:
		}
		select {
		case <-a.waits:
		default:
		}
	}
}

// logTime bounds how long the log may hold up a call.
const logTime = time.Second

// logCall keeps how a call ended, for doctor. A failure to do so changes nothing.
func (a *App) logCall(operation, outcome string) {
	ctx, cancel := context.WithTimeout(context.Background(), logTime)
	defer cancel()
	_ = a.records.LogCall(ctx, operation, outcome)
}

// answered remembers whether a simulator answers. If that is lost, hours billed there look free until the next answer.
func (a *App) answered(simulated bool) {
	ctx, cancel := context.WithTimeout(context.Background(), logTime)
	defer cancel()
	address := a.account(ctx).BaseURL
	a.mutex.Lock()
	known := a.simulated == simulated && a.answeredAt == address
	a.simulated, a.answeredAt = simulated, address
	a.mutex.Unlock()
	if !known {
		_ = a.records.KeepService(ctx, address, simulated)
	}
}

// atSimulator reports whether a simulator answered last; its invoices count nowhere else.
func (a *App) atSimulator() bool {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.simulated
}

// recallService reads whether a simulator last answered at the address of the settings.
func (a *App) recallService(ctx context.Context) error {
	simulated, err := a.records.ServiceSimulated(ctx, a.account(ctx).BaseURL)
	if err != nil {
		return err
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.simulated = simulated
	return nil
}

// OddLedger hints at an older ledger beside the one at the path, which may not be the one with the user's invoices. It names no
// files if nothing hints at that.
func (a *App) OddLedger() (older ledger.Older, path string) {
	older, _ = a.records.Older()
	return older, a.paths.Ledger
}

// backupsKept is how many days' copies of the ledger are kept.
const backupsKept = 7

// BackUp copies the ledger once a day, but not the demo's. *ledger.ContradictionError while the records contradict each other.
func (a *App) BackUp(ctx context.Context) error {
	if a.IsDemo() {
		return nil
	}
	_, err := a.records.Backup(ctx, backupsKept)
	return err
}
