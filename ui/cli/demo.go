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
	"cadensa/model/config"
)

// runDemo shows the screens on sample hours and the simulator, with the faults of a file, "" for none. Everything lives in a
// temporary folder that goes when the program ends.
func runDemo(ctx context.Context, options Options, faults string) (err error) {
	if !options.Display() {
		return errNoTerminal
	}
	folder, err := os.MkdirTemp("", "cadensa-demo-")
	if err != nil {
		return fmt.Errorf("make the demo's folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	a, err := openDemo(ctx, options, folder, faults)
	if err != nil {
		return err
	}
	defer func() {
		a.warnings.tell(options.Stderr)
		err = errors.Join(err, a.Close())
	}()
	if err := a.KeepClient(ctx, demoClient(), ""); err != nil {
		return err
	}
	return runScreens(ctx, a)
}

// demoClient is the one that the demo's address book knows. The other one of the sample hours is for the user to type.
func demoClient() model.Client {
	return model.Client{
		Name: "Atelier Cireș SRL", Email: "facturi@atelier.example", Country: model.Romania, Street: "Str. Morii 14", PostalCode: "400001",
		City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290", TrackerNames: []string{"Atelier*"},
	}
}

// warnings are what the demo's simulator cannot do of its script: shown when they come, and told once more at the end,
// since the next notice takes the place of one.
type warnings struct {
	news chan error

	mutex sync.Mutex
	told  []error
}

// keptNews is how many warnings wait to be shown, mostTold how many are told at the end; more say nothing new.
const (
	keptNews = 8
	mostTold = 100
)

func newWarnings() *warnings { return &warnings{news: make(chan error, keptNews)} }

func (w *warnings) add(err error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if len(w.told) < mostTold {
		w.told = append(w.told, err)
	}
	select {
	case w.news <- err:
	default:
	}
}

// tell writes them all, one a line.
func (w *warnings) tell(to io.Writer) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, err := range w.told {
		fmt.Fprintln(to, "cadensa: the simulator: "+oneLine(err)) //nolint:errcheck // there is nobody left to tell
	}
}

// openDemo opens a session in the folder, with sample hours and an account of the simulator that was tested. The faults
// count from then on.
func openDemo(ctx context.Context, options Options, folder, faults string) (*App, error) {
	warnings := newWarnings()
	account := options.Demo(warnings.add)
	credentials := account.Credentials
	paths := config.Paths{
		Settings: filepath.Join(folder, "config.toml"), Ledger: filepath.Join(folder, "ledger.db"),
		State: folder, Downloads: filepath.Join(folder, "pdf"),
	}
	if err := writeDemo(paths, options.Now(), credentials); err != nil {
		return nil, err
	}
	a, err := openSession(ctx, options, place{
		paths: paths, connect: account.Connect, demo: true,
		secrets: config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}, Run: config.RunCommand},
	})
	if err != nil {
		return nil, err
	}
	if report := a.Test(ctx, model.Credentials{Email: credentials.Email, CIF: credentials.CIF}); !report.Passed() {
		return nil, errors.Join(fmt.Errorf("the simulator did not pass the connection test: %v", report.Checks), a.Close())
	}
	a.warnings = warnings
	if faults == "" {
		return a, nil
	}
	if err := account.FollowFaults(faults); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// demoSettings is what the demo starts with; the verbs are the account and the file of sample hours.
const demoSettings = `# The settings of the demo. They go when it ends.

[smartbill]
email = %q
cif = %q
token = %q
base_url = %q

[invoice]
series = "FCT"
proforma_series = "PRF"

[[source]]
format = "json"
path = %q

[[rule]]
client = "Nordlicht*"
price = "48.00"
currency = "EUR"
rounding = { step = "15m", direction = "up" }

[[rule]]
client = "Atelier*"
price = "250.00"
rounding = { step = "15m", direction = "up", minimum = "15m" }
`

func writeDemo(paths config.Paths, now time.Time, credentials model.Credentials) error {
	hours := filepath.Join(filepath.Dir(paths.Settings), "hours.json")
	sample, err := sampleHours(now)
	if err != nil {
		return err
	}
	settings := fmt.Sprintf(demoSettings, credentials.Email, credentials.CIF, credentials.Token.Reveal(), credentials.BaseURL, hours)
	for path, content := range map[string][]byte{hours: sample, paths.Settings: []byte(settings)} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return fmt.Errorf("write the demo's files: %w", err)
		}
	}
	return nil
}
