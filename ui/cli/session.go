package cli

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

// Session is the program at work: its settings, its ledger, and the account that it bills through. Screens and commands
// share it; it may be used from several goroutines.
type App struct {
	options  Options
	paths    config.Paths
	records  *ledger.Ledger
	location *time.Location
	// piped is what standard input gave, read once when a source first asks for it.
	piped func() ([]byte, error)
	// waits brings until when a call waits for its place in the limit; only the newest matters.
	waits   chan time.Time
	indexed trackedIndex
	// demo is true while nothing of the user's is touched.
	demo bool
	// warnings are those of the demo's simulator; nil outside the demo.
	warnings *warnings

	mutex    sync.Mutex
	settings config.Settings
	// provider is the open account, nil until it is needed or after the credentials changed.
	provider billing.Provider
	// known is the account as it was looked up, nil until then.
	known *foundAccount
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

// place says where a session keeps its files and what it may ask for secrets.
type place struct {
	paths   config.Paths
	secrets config.Secrets
	connect Connect
	demo    bool
}

// maxPiped bounds what is read from standard input, in bytes: no tracker writes more.
const maxPiped = 256 << 20

// openSession reads the settings and opens the ledger.
func openSession(ctx context.Context, options Options, at place) (*App, error) {
	settings, err := config.Load(at.paths.Settings)
	if err != nil {
		return nil, err
	}
	location, err := settings.Location()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(at.paths.Ledger), 0o700); err != nil {
		return nil, fmt.Errorf("make the ledger's folder: %w", err)
	}
	records, err := ledger.Open(ctx, at.paths.Ledger, options.Now)
	if err != nil {
		return nil, err
	}
	options.Secrets, options.Connect = at.secrets, at.connect
	a := &App{
		options: options, paths: at.paths, records: records, location: location, demo: at.demo, settings: settings,
		waits: make(chan time.Time, 1),
		piped: sync.OnceValues(func() ([]byte, error) { return io.ReadAll(io.LimitReader(options.Stdin, maxPiped)) }),
	}
	if err := a.recallService(ctx); err != nil {
		return nil, errors.Join(err, records.Close())
	}
	return a, nil
}

// Close closes the ledger and the index.
func (a *App) Close() error { return errors.Join(a.indexed.close(), a.records.Close()) }

// current is the settings as they are now.
func (a *App) current() config.Settings {
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
	a.settings, a.provider, a.known, a.asked = settings, nil, nil, nil
	a.mutex.Unlock()
	return a.recallService(ctx)
}

// Preferences are the settings as the screens see them.
func (a *App) Preferences(ctx context.Context) (model.Preferences, error) {
	settings := a.current()
	clients, err := a.records.Clients(ctx)
	if err != nil {
		return model.Preferences{}, err
	}
	found := a.account(ctx, settings)
	rules := model.ClientRules(clients, settings.Rules, settings.Invoice.Currency)
	preferences := model.Preferences{
		Email: found.Email, CIF: found.CIF, BaseURL: found.BaseURL, TokenFrom: found.tokenFrom,
		Series: settings.Invoice.Series, ProformaSeries: settings.Invoice.ProformaSeries, Currency: settings.Invoice.Currency, Issuer: settings.Issuer(),
		LineTexts:        settings.LineTexts(),
		PaymentTermsDays: settings.Invoice.PaymentTermsDays, SaveClient: settings.Invoice.SaveClient,
		PrintIntent: settings.Invoice.ReferenceInMentions, PDFFolder: a.paths.PDFDir(settings.Invoice.PDFDir),
		Rules: append(rules, settings.Rules...), ClientRules: len(rules),
		SettingsFile: a.paths.Settings,
	}
	for _, source := range settings.Sources {
		preferences.Sources = append(preferences.Sources, a.timelogSource(source).Name())
	}
	return preferences, nil
}

// foundAccount is an account without its token, and where the token is, "" for nowhere.
type foundAccount struct {
	model.Credentials
	tokenFrom string
}

// account looks up the account once. The user's token_command is not run for it: that may ask for a passphrase, and is
// for the moment when the token is needed. What is wrong with the token is said then, too.
func (a *App) account(ctx context.Context, settings config.Settings) foundAccount {
	a.mutex.Lock()
	known := a.known
	a.mutex.Unlock()
	if known != nil {
		return *known
	}
	hasCommand := len(settings.SmartBill.TokenCommand) > 0
	settings.SmartBill.TokenCommand = nil
	// What is wrong is said by billing, when a token is needed.
	credentials, source, _ := a.options.Secrets.Credentials(ctx, settings)
	credentials.Token = ""
	found := foundAccount{Credentials: credentials, tokenFrom: string(source)}
	switch {
	case hasCommand && source != config.TokenFromEnvironment:
		found.tokenFrom = string(config.TokenFromCommand)
	case source == config.TokenFromNowhere:
		found.tokenFrom = ""
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.known = &found
	return found
}

// named reports whether the account's e-mail and company are known. The token is not looked for: a keyring may take
// seconds to answer, and the first frame waits for nothing.
func (a *App) named(ctx context.Context) bool {
	credentials := a.tokenless(ctx)
	return credentials.Email != "" && credentials.CIF != ""
}

// tokenless are the credentials without what it takes to look for the token. What is missing or wrong is for Setup to say.
func (a *App) tokenless(ctx context.Context) model.Credentials {
	secrets, settings := a.options.Secrets, a.current()
	secrets.Keyring, settings.SmartBill.TokenCommand = config.NoKeyring{}, nil
	credentials, _, _ := secrets.Credentials(ctx, settings)
	return credentials
}

// address is where SmartBill answers, by the settings.
func (a *App) address(ctx context.Context) string { return a.tokenless(ctx).BaseURL }

// atSimulator reports whether a simulator answered last: what was issued at one counts there, and nowhere else.
func (a *App) atSimulator() bool {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.simulated
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

// watch passes on what the calls to SmartBill do.
func (a *App) watch() Watch {
	return Watch{Waiting: a.wait, Called: a.logCall, Answered: a.answered}
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
	address := a.address(ctx)
	a.mutex.Lock()
	known := a.simulated == simulated && a.answeredAt == address
	a.simulated, a.answeredAt = simulated, address
	a.mutex.Unlock()
	if !known {
		_ = a.records.KeepService(ctx, address, simulated)
	}
}

// recallService brings back what is known of the address in the settings.
func (a *App) recallService(ctx context.Context) error {
	simulated, err := a.records.ServiceSimulated(ctx, a.address(ctx))
	if err != nil {
		return err
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.simulated = simulated
	return nil
}

// billing opens the account when it is not open yet. model.ErrNotConfigured when credentials are missing.
func (a *App) billing(ctx context.Context) (*billing.Service, error) {
	provider, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	settings := a.current().Invoice
	return billing.New(a.records, provider, billing.WithSettleAfter(settings.SettleAfter), billing.WithToday(a.today),
		billing.WithTemplatePrints(settings.TemplatePrintsReference), billing.WithSharedSeries(settings.SharedSeries),
		billing.WithSettingsFile(a.paths.Settings), billing.WithReading(a.reading)), nil
}

// open opens the account when it is not open yet.
func (a *App) open(ctx context.Context) (billing.Provider, error) {
	a.mutex.Lock()
	provider, settings := a.provider, a.settings
	a.mutex.Unlock()
	if provider != nil {
		return provider, nil
	}
	credentials, _, err := a.options.Secrets.Credentials(ctx, settings)
	if err != nil {
		return nil, err
	}
	if provider, err = a.options.Connect(credentials, a.records, a.watch()); err != nil {
		return nil, err
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.provider = provider
	return provider, nil
}

// Account is what the SmartBill account said of itself when it was last asked.
func (a *App) Account(ctx context.Context) (model.Account, error) {
	return a.records.Account(ctx, a.account(ctx, a.current()).CIF)
}
