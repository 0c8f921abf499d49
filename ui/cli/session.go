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
type Session struct {
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
func openSession(ctx context.Context, options Options, at place) (*Session, error) {
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
	session := &Session{
		options: options, paths: at.paths, records: records, location: location, demo: at.demo, settings: settings,
		waits: make(chan time.Time, 1),
		piped: sync.OnceValues(func() ([]byte, error) { return io.ReadAll(io.LimitReader(options.Stdin, maxPiped)) }),
	}
	if err := session.recallService(ctx); err != nil {
		return nil, errors.Join(err, records.Close())
	}
	return session, nil
}

// Close closes the ledger and the index.
func (s *Session) Close() error { return errors.Join(s.indexed.close(), s.records.Close()) }

// current is the settings as they are now.
func (s *Session) current() config.Settings {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.settings
}

// reload reads the settings again after they were changed on disk.
func (s *Session) reload(ctx context.Context) error {
	settings, err := config.Load(s.paths.Settings)
	if err != nil {
		return err
	}
	s.mutex.Lock()
	s.settings, s.provider, s.known, s.asked = settings, nil, nil, nil
	s.mutex.Unlock()
	return s.recallService(ctx)
}

// Preferences are the settings as the screens see them.
func (s *Session) Preferences(ctx context.Context) (model.Preferences, error) {
	settings := s.current()
	clients, err := s.records.Clients(ctx)
	if err != nil {
		return model.Preferences{}, err
	}
	found := s.account(ctx, settings)
	rules := model.ClientRules(clients, settings.Rules, settings.Invoice.Currency)
	preferences := model.Preferences{
		Email: found.Email, CIF: found.CIF, BaseURL: found.BaseURL, TokenFrom: found.tokenFrom,
		Series: settings.Invoice.Series, ProformaSeries: settings.Invoice.ProformaSeries, Currency: settings.Invoice.Currency, Issuer: settings.Issuer(),
		LineTexts:        settings.LineTexts(),
		PaymentTermsDays: settings.Invoice.PaymentTermsDays, SaveClient: settings.Invoice.SaveClient,
		PrintIntent: settings.Invoice.ReferenceInMentions, PDFFolder: s.paths.PDFDir(settings.Invoice.PDFDir),
		Rules: append(rules, settings.Rules...), ClientRules: len(rules),
		SettingsFile: s.paths.Settings,
	}
	for _, source := range settings.Sources {
		preferences.Sources = append(preferences.Sources, s.timelogSource(source).Name())
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
func (s *Session) account(ctx context.Context, settings config.Settings) foundAccount {
	s.mutex.Lock()
	known := s.known
	s.mutex.Unlock()
	if known != nil {
		return *known
	}
	hasCommand := len(settings.SmartBill.TokenCommand) > 0
	settings.SmartBill.TokenCommand = nil
	// What is wrong is said by billing, when a token is needed.
	credentials, source, _ := s.options.Secrets.Credentials(ctx, settings)
	credentials.Token = ""
	found := foundAccount{Credentials: credentials, tokenFrom: string(source)}
	switch {
	case hasCommand && source != config.TokenFromEnvironment:
		found.tokenFrom = string(config.TokenFromCommand)
	case source == config.TokenFromNowhere:
		found.tokenFrom = ""
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.known = &found
	return found
}

// named reports whether the account's e-mail and company are known. The token is not looked for: a keyring may take
// seconds to answer, and the first frame waits for nothing.
func (s *Session) named(ctx context.Context) bool {
	credentials := s.tokenless(ctx)
	return credentials.Email != "" && credentials.CIF != ""
}

// tokenless are the credentials without what it takes to look for the token. What is missing or wrong is for Setup to say.
func (s *Session) tokenless(ctx context.Context) model.Credentials {
	secrets, settings := s.options.Secrets, s.current()
	secrets.Keyring, settings.SmartBill.TokenCommand = config.NoKeyring{}, nil
	credentials, _, _ := secrets.Credentials(ctx, settings)
	return credentials
}

// address is where SmartBill answers, by the settings.
func (s *Session) address(ctx context.Context) string { return s.tokenless(ctx).BaseURL }

// atSimulator reports whether a simulator answered last: what was issued at one counts there, and nowhere else.
func (s *Session) atSimulator() bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.simulated
}

// wait passes on until when a call waits. Nobody may be listening: the older news give way.
func (s *Session) wait(until time.Time) {
	for {
		select {
		case s.waits <- until:
			return
		default:
		}
		select {
		case <-s.waits:
		default:
		}
	}
}

// watch passes on what the calls to SmartBill do.
func (s *Session) watch() Watch {
	return Watch{Waiting: s.wait, Called: s.logCall, Answered: s.answered}
}

// logTime bounds how long a call is held up by the log.
const logTime = time.Second

// logCall writes down how a call ended, for doctor. That it cannot be written changes nothing.
func (s *Session) logCall(operation, outcome string) {
	ctx, cancel := context.WithTimeout(context.Background(), logTime)
	defer cancel()
	_ = s.records.LogCall(ctx, operation, outcome)
}

// answered remembers whether what answered was a simulator. Forgetting it shows hours as free that are billed there, until the
// next answer.
func (s *Session) answered(simulated bool) {
	ctx, cancel := context.WithTimeout(context.Background(), logTime)
	defer cancel()
	address := s.address(ctx)
	s.mutex.Lock()
	known := s.simulated == simulated && s.answeredAt == address
	s.simulated, s.answeredAt = simulated, address
	s.mutex.Unlock()
	if !known {
		_ = s.records.KeepService(ctx, address, simulated)
	}
}

// recallService brings back what is known of the address in the settings.
func (s *Session) recallService(ctx context.Context) error {
	simulated, err := s.records.ServiceSimulated(ctx, s.address(ctx))
	if err != nil {
		return err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.simulated = simulated
	return nil
}

// billing opens the account when it is not open yet. model.ErrNotConfigured when credentials are missing.
func (s *Session) billing(ctx context.Context) (*billing.Service, error) {
	provider, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	settings := s.current().Invoice
	return billing.New(s.records, provider, billing.WithSettleAfter(settings.SettleAfter), billing.WithToday(s.today),
		billing.WithTemplatePrints(settings.TemplatePrintsReference), billing.WithSharedSeries(settings.SharedSeries),
		billing.WithSettingsFile(s.paths.Settings), billing.WithReading(s.reading)), nil
}

// open opens the account when it is not open yet.
func (s *Session) open(ctx context.Context) (billing.Provider, error) {
	s.mutex.Lock()
	provider, settings := s.provider, s.settings
	s.mutex.Unlock()
	if provider != nil {
		return provider, nil
	}
	credentials, _, err := s.options.Secrets.Credentials(ctx, settings)
	if err != nil {
		return nil, err
	}
	if provider, err = s.options.Connect(credentials, s.records, s.watch()); err != nil {
		return nil, err
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.provider = provider
	return provider, nil
}

// Account is what the SmartBill account said of itself when it was last asked.
func (s *Session) Account(ctx context.Context) (model.Account, error) {
	return s.records.Account(ctx, s.account(ctx, s.current()).CIF)
}
