package uitest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/cryptotest"
	"time"
	_ "time/tzdata" // the office stands in Bucharest, wherever the tests run

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/screen"
)

// home is how screens show the office's folder, the user's home, which has another name in every test.
const home = "/home/ana"

// homeVariable names the home folder in the environment.
const homeVariable = "HOME"

// Office is a user's program as screens see it: the real application over settings and a ledger in a folder of the test, and
// the simulator behind the real adapter, without a socket. Its references are the same in every run of a test.
type Office struct {
	*app.App
	Simulator *sandbox.Server
	// Shown are the files that a viewer was asked to show, Copied the texts on the clipboard.
	Shown, Copied []string
	// Keyring is the system's, empty at first.
	Keyring Keyring

	t      testing.TB
	folder string
	isOpen bool
	// settings are those beside the account.
	settings string
	// entries counts the hours that were tracked.
	entries int
	clock   clock
	wire    *wire
}

// clock stands still at a time, or goes on from it with the bubble's.
type clock struct {
	mutex sync.Mutex
	at    time.Time
	began time.Time
}

// settingsText are the settings of every office, with usualSettings or others after them.
const settingsText = `[smartbill]
email = %q
cif = %q
token = %q
base_url = %q

[invoice]
pdf_dir = %q
%s`

const usualSettings = `proforma_series = "PRF"
`

// installedText are those of a program that was just installed, but for the address of its SmartBill.
const installedText = `[smartbill]
base_url = %q

[invoice]
pdf_dir = %q
`

// Companies are those of the office's account: one that pays VAT, and one that does not.
const (
	Company      = "RO14399840"
	OtherCompany = "91415923"
)

// NewOffice opens an office at Noon, in which nothing was done yet.
func NewOffice(t testing.TB) *Office {
	t.Helper()
	o := newOffice(t, 1, UsualAccount())
	o.BillFor(Company)
	return o
}

// Installed opens an office at Noon whose program was just installed: its settings know of no account. Who has the account's
// credentials can connect to it.
func Installed(t testing.TB, account sandbox.Account) *Office {
	t.Helper()
	o := newOffice(t, 1, account)
	o.write(fmt.Sprintf(installedText, o.Simulator.BaseURL(), o.downloads()))
	o.open()
	return o
}

// UsualAccount is the account of a usual office: the simulator's own, with a CIF that none of its clients has.
func UsualAccount() sandbox.Account {
	account := sandbox.DefaultAccount()
	account.Companies[0].CIF = Company
	return account
}

// newOffice is one that is not open yet.
func newOffice(t testing.TB, seed uint64, account sandbox.Account) *Office {
	t.Helper()
	if test, ok := t.(*testing.T); ok {
		cryptotest.SetGlobalRandom(test, seed)
	}
	o := &Office{t: t, folder: t.TempDir(), settings: usualSettings, clock: clock{at: Noon}}
	o.Simulator = sandbox.New(sandbox.Config{Accounts: []sandbox.Account{account}, Now: o.Now, CallsPerWindow: 10_000})
	o.wire = &wire{office: o, refusals: map[string]string{}, ends: map[string]bool{}}
	t.Setenv(homeVariable, o.folder)
	return o
}

// BillFor writes a company into the settings and opens the program anew.
func (o *Office) BillFor(cif string) {
	o.t.Helper()
	o.close()
	o.write(fmt.Sprintf(settingsText, o.Simulator.Email(), cif, o.Simulator.Token(), o.Simulator.BaseURL(), o.downloads(), o.settings))
	o.open()
}

// Change changes a setting, and opens the program anew.
func (o *Office) Change(section, key string, value any) *Office {
	o.t.Helper()
	o.close()
	o.Check(config.Change(o.settingsFile(), config.Edit{Section: section, Key: key, Value: value}))
	o.open()
	return o
}

func (o *Office) downloads() string { return filepath.Join(o.folder, "Downloads") }

func (o *Office) settingsFile() string { return filepath.Join(o.folder, "config.toml") }

func (o *Office) write(settings string) {
	o.t.Helper()
	o.Check(os.WriteFile(o.settingsFile(), []byte(settings), 0o600))
}

// open starts the program.
func (o *Office) open() {
	o.t.Helper()
	options := app.Options{Getenv: o.getenv, Now: o.Now, Secrets: config.Secrets{Getenv: o.getenv, Keyring: &o.Keyring}, Connect: o.connect}
	paths := config.Paths{Settings: o.settingsFile(), Ledger: o.ledgerFile()}
	opened, err := app.Open(context.WithoutCancel(o.t.Context()), options, paths)
	o.Check(err)
	o.App, o.isOpen = opened, true
	o.t.Cleanup(o.close)
}

// Restart ends the program and starts it again.
func (o *Office) Restart() *Office {
	o.t.Helper()
	o.close()
	o.open()
	return o
}

// getenv reads an environment in which nothing is set but the home folder.
func (o *Office) getenv(name string) string {
	if name == homeVariable {
		return o.folder
	}
	return ""
}

// close ends the program. What is still on its way finds its ledger closed.
func (o *Office) close() {
	o.t.Helper()
	if !o.isOpen {
		return
	}
	o.isOpen = false
	if err := o.Close(); err != nil {
		o.t.Error(err)
	}
}

func (o *Office) connect(credentials model.Credentials, gate app.Gate, watch app.Watch) (billing.Provider, error) {
	return smartbill.New(credentials, smartbill.WithGate(gate), smartbill.WithClock(o.Now), smartbill.WithCountryNames(countries.RomanianName),
		smartbill.WithTransport(o.wire), smartbill.WithAnswerObserver(watch.Answered))
}

// Now tells the office's time.
func (o *Office) Now() time.Time {
	o.clock.mutex.Lock()
	defer o.clock.mutex.Unlock()
	if o.clock.began.IsZero() {
		return o.clock.at
	}
	return o.clock.at.Add(time.Since(o.clock.began))
}

// At sets the clock to a time in Bucharest, "2026-10-31 14:02", at which it stands still.
func (o *Office) At(text string) *Office {
	o.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, o.Location())
	if err != nil {
		o.t.Fatal(err)
	}
	o.set(at)
	return o
}

// Later moves the clock on.
func (o *Office) Later(by time.Duration) *Office {
	o.set(o.Now().Add(by))
	return o
}

// AtNoon sets the clock to Noon.
func (o *Office) AtNoon() *Office {
	o.set(Noon)
	return o
}

// Going has the clock go on with the bubble's.
func (o *Office) Going() *Office {
	at := o.Now()
	o.clock.mutex.Lock()
	defer o.clock.mutex.Unlock()
	o.clock.at, o.clock.began = at, time.Now()
	return o
}

func (o *Office) set(at time.Time) {
	o.clock.mutex.Lock()
	defer o.clock.mutex.Unlock()
	o.clock.at, o.clock.began = at, time.Time{}
}

// Context ends with the test in whose bubble the office is.
func (o *Office) Context() context.Context { return o.t.Context() }

// Env is what the office's screens are given.
func (o *Office) Env() screen.Env {
	env := Env(o.t.Context())
	env.Now, env.Location = o.Now, o.Location()
	return env
}

// SavePDF is the application's, with the folder by another name.
func (o *Office) SavePDF(ctx context.Context, reference string) (string, error) {
	path, err := o.App.SavePDF(ctx, reference)
	return o.atHome(path), err
}

// WriteTimesheet is the application's, with the folder by another name.
func (o *Office) WriteTimesheet(ctx context.Context, reference string) ([]string, error) {
	paths, err := o.App.WriteTimesheet(ctx, reference)
	for i := range paths {
		paths[i] = o.atHome(paths[i])
	}
	return paths, err
}

// Preferences are the application's, with the folder by another name.
func (o *Office) Preferences(ctx context.Context) (model.Preferences, error) {
	preferences, err := o.App.Preferences(ctx)
	preferences.PDFFolder, preferences.SettingsFile = o.atHome(preferences.PDFFolder), o.atHome(preferences.SettingsFile)
	return preferences, err
}

// SaveDefaults saves them with the folder by its own name.
func (o *Office) SaveDefaults(ctx context.Context, defaults model.Preferences) error {
	if rest, found := strings.CutPrefix(defaults.PDFFolder, home); found {
		defaults.PDFFolder = o.folder + rest
	}
	return o.App.SaveDefaults(ctx, defaults)
}

// WriteWorkSummary is the application's, with the folder by another name.
func (o *Office) WriteWorkSummary(ctx context.Context, prepared model.PreparedInvoice) ([]string, error) {
	paths, err := o.App.WriteWorkSummary(ctx, prepared)
	for i := range paths {
		paths[i] = o.atHome(paths[i])
	}
	return paths, err
}

// OpenPDF saves the PDF and notes that it was shown.
func (o *Office) OpenPDF(ctx context.Context, reference string) (string, error) {
	path, err := o.SavePDF(ctx, reference)
	return o.show(path, err)
}

// OpenCandidate saves what SmartBill has under a number and notes that it was shown.
func (o *Office) OpenCandidate(ctx context.Context, reference, number string) (string, error) {
	path, err := o.SaveCandidate(ctx, reference, number)
	return o.show(o.atHome(path), err)
}

func (o *Office) show(path string, err error) (string, error) {
	if err == nil {
		o.Shown = append(o.Shown, path)
	}
	return path, err
}

// Copy notes what was put on the clipboard.
func (o *Office) Copy(text string) tea.Cmd {
	return func() tea.Msg {
		o.Copied = append(o.Copied, text)
		return screen.Notice{Tone: screen.ToneGood, Text: text + " is copied."}
	}
}

func (o *Office) atHome(text string) string { return strings.ReplaceAll(text, o.folder, home) }

// Keyring is a keyring in memory, for one account. The zero value is empty.
type Keyring struct {
	mutex sync.Mutex
	token model.Secret
}

// Get returns the token.
func (k *Keyring) Get(context.Context, string) (model.Secret, error) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.token == "" {
		return "", config.ErrNotInKeyring
	}
	return k.token, nil
}

// Set keeps the token.
func (k *Keyring) Set(_ context.Context, _ string, token model.Secret) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.token = token
	return nil
}

// Delete forgets the token.
func (k *Keyring) Delete(context.Context, string) error {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.token = ""
	return nil
}
