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
	"strings"
	"sync"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/model/ledger"
	"cadensa/model/text"
	"cadensa/model/timelog"
)

// Options are what the application needs of the outer world.
type Options struct {
	Getenv  func(string) string
	Now     func() time.Time
	Secrets config.Secrets
	Connect Connect
	// Stdin holds hours where a source says so.
	Stdin io.Reader
}

// Gate is the memory of the limit on calls, which every process of the user shares.
type Gate interface {
	Reserve(ctx context.Context, account string, now time.Time) (wait time.Duration, err error)
	Shut(ctx context.Context, account string, until time.Time) error
}

// Connect opens a SmartBill account. No call is made yet.
type Connect func(credentials model.Credentials, gate Gate, watch Watch) (billing.Provider, error)

// Watch is told what the calls to SmartBill do.
type Watch struct {
	// Waiting is told until when a call waits for its place in the limit, and the zero time when it waits no more.
	Waiting func(until time.Time)
	// Called is told what a call attempted and how it ended, in words without addresses, bodies or secrets.
	Called func(operation, outcome string)
	// Answered is told of every answer whether a simulator gave it.
	Answered func(simulated bool)
}

// App is the program at work: its settings, its ledger, and the account that it bills through. Screens and commands
// share it; it may be used from several goroutines.
type App struct {
	// Service performs the acts of billing, and opens the account for each.
	*billing.Service
	kept
	options  Options
	paths    config.Paths
	records  *ledger.Ledger
	location *time.Location
	// piped is what standard input gave, read once when a source first asks for it.
	piped func() ([]byte, error)
	// waits brings until when a call waits for its place in the limit; only the newest matters.
	waits   chan time.Time
	indexed trackedIndex
	// simulator tells what the demo's simulator cannot do; nil outside the demo.
	simulator *warnings

	mutex    sync.Mutex
	settings config.Settings
	// provider is the open account, nil until it is needed or after the credentials changed.
	provider billing.Provider
	// tokenFrom is where the token was found, nil until it was looked for.
	tokenFrom *string
	// tracked is what was read last of the sources.
	tracked timelog.Result
	// simulated tells that a simulator answered last at the address of the settings.
	simulated bool
	// answeredAt is the address of which that is known.
	answeredAt string
	// leaving is the draft that is on its way, nil when none is.
	leaving *model.Draft
	// asked are the public registers, nil until the first look-up and after the settings changed.
	asked registers
}

// kept is what the ledger keeps for screens and commands.
type kept interface {
	// Making is the invoice in the making.
	Making(ctx context.Context) (model.InvoiceInProgress, error)
	// Ticked visits what was ticked when it was kept last.
	Ticked(ctx context.Context, visit func(tick model.Tick)) error
	// KeepBuyer keeps the client form, KeepEdits what was changed on Review.
	KeepBuyer(ctx context.Context, buyer model.Buyer) error
	KeepEdits(ctx context.Context, edits model.DraftEdits) error
	// Clients lists the address book, the client used last first; ForgetClient takes the one of the name out of it.
	Clients(ctx context.Context) ([]model.Client, error)
	ForgetClient(ctx context.Context, name string) error
	// EnsureAudited compares the records with each other unless this was done already: *ledger.ContradictionError.
	EnsureAudited(ctx context.Context) error
}

// maxPiped bounds what is read from standard input, in bytes: no tracker writes more.
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

// Waits brings until when a call waits for its place in the limit, and the zero time when it waits no more.
func (a *App) Waits() <-chan time.Time { return a.waits }

// IsDemo reports whether nothing of the user's is touched.
func (a *App) IsDemo() bool { return a.simulator != nil }

// Settings are those of the file as they are now.
func (a *App) Settings() config.Settings {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.settings
}

// reload reads the settings again after they were changed on disk.
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

// watch passes on what the calls to SmartBill do.
func (a *App) watch() Watch {
	return Watch{Waiting: a.wait, Called: a.logCall, Answered: a.answered}
}

// wait passes on until when a call waits. Nobody may be listening: the older news give way.
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

// logTime bounds how long a call is held up by the log.
const logTime = time.Second

// logCall writes down how a call ended, for doctor. That it cannot be written changes nothing.
func (a *App) logCall(operation, outcome string) {
	ctx, cancel := context.WithTimeout(context.Background(), logTime)
	defer cancel()
	_ = a.records.LogCall(ctx, operation, outcome)
}

// answered remembers whether what answered was a simulator. Forgetting it shows hours as free that are billed there, until the
// next answer.
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

// atSimulator reports whether a simulator answered last: what was issued at one counts there, and nowhere else.
func (a *App) atSimulator() bool {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.simulated
}

// recallService brings back what is known of the address in the settings.
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
	return text.Clean(value + "If it should hold your invoices, end cadensa, move " + a.paths.Ledger + " away and put a copy of " +
		older.Backup + " in its place.")
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
