package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"cadensa/model"
	"cadensa/model/config"
)

// DemoAccount is the account of the demo's simulator.
type DemoAccount struct {
	Credentials model.Credentials
	Connect     Connect
	// FollowFaults scripts the faults and events of a file, and reads it again when it changes. A file that cannot be
	// followed from the beginning is a UsageError.
	FollowFaults func(path string) error
	// LoseAnswer has the simulator make the next invoice and lose its answer.
	LoseAnswer func()
}

// Demo is where the demo lives, and what it plays against.
type Demo struct {
	// Folder takes all its files. Faults is a file of faults and events, "" for none.
	Folder, Faults string
	// Start starts the simulator, which calls warn about errors of its script. The simulator and what calls it go by the clock.
	Start func(warn func(error), now func() time.Time) DemoAccount
	// History is a year of it: more hours, an address book, and invoices in every state. Without it there are the hours of some weeks.
	History bool
}

// OpenDemo opens the application in the folder, with sample hours and an account of the simulator that was tested. The faults
// count from then on.
func OpenDemo(ctx context.Context, options Options, demo Demo) (*App, error) {
	warnings := &warnings{news: make(chan error, keptNews)}
	clock := &demoClock{present: options.Now}
	options.Now = clock.Now
	account := demo.Start(warnings.add, clock.Now)
	credentials := account.Credentials
	paths := config.DemoPaths(demo.Folder, options.Getenv)
	if err := writeDemo(paths, options.Now(), credentials, demo.History); err != nil {
		return nil, err
	}
	options.Connect = account.Connect
	options.Secrets = config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}, Run: config.RunCommand}
	a, err := Open(ctx, options, paths)
	if err != nil {
		return nil, err
	}
	a.simulator = warnings
	if report := a.Test(ctx, model.Credentials{Email: credentials.Email, CIF: credentials.CIF}); !report.Passed() {
		return nil, errors.Join(fmt.Errorf("the simulator did not pass the connection test: %v", report.Checks), a.Close())
	}
	if demo.History {
		if err := a.playHistory(ctx, clock, account.LoseAnswer); err != nil {
			return nil, errors.Join(fmt.Errorf("make the demo's invoices: %w", err), a.Close())
		}
	}
	if demo.Faults == "" {
		return a, nil
	}
	if err := account.FollowFaults(demo.Faults); err != nil {
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
client = "Studio Salcia"
price = "180.00"

[[rule]]
client = "Lumina"
price = "220.00"
rounding = { step = "30m", direction = "up" }

[[rule]]
client = "Atelier*"
price = "250.00"
rounding = { step = "15m", direction = "up", minimum = "15m" }
`

func writeDemo(paths config.Paths, now time.Time, credentials model.Credentials, history bool) error {
	hours, err := filepath.Abs(filepath.Join(filepath.Dir(paths.Settings), "hours.json"))
	if err != nil {
		return fmt.Errorf("find the demo's folder: %w", err)
	}
	sample, err := sampleHours(now, history)
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

// DemoClient is the client for whom most of the demo's hours were tracked.
func DemoClient() model.Client {
	return model.Client{
		Name: "Atelier Cireș SRL", Email: "facturi@atelier.example", Country: model.Romania, Street: "Str. Morii 14", PostalCode: "400001",
		City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO99120340", TrackerNames: []string{"Atelier*"},
	}
}

// demoClients are the address book of the demo's history; users type the other two of the sample hours.
func demoClients() []model.Client {
	return []model.Client{
		DemoClient(),
		{
			Name: "Nordlicht GmbH", Email: "rechnung@nordlicht.example", Country: "DE", Street: "Hafenstraße 8", PostalCode: "20457",
			City: "Hamburg", VATNumber: demoGerman, TrackerNames: []string{"Nordlicht"},
		},
		{
			Name: "Studio Salcia SRL", Email: "contabil@salcia.example", Country: model.Romania, Street: "Bd. Eroilor 3", PostalCode: "500007",
			City: "Brașov", County: "Brașov", VATNumber: "RO99451786", TrackerNames: []string{"Studio Salcia"},
		},
	}
}

// demoClock tells the time of the past while the demo's history is played, and the present otherwise.
type demoClock struct {
	present func() time.Time

	mutex sync.Mutex
	past  time.Time
}

// Now is the demo's time.
func (c *demoClock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.past.IsZero() {
		return c.present()
	}
	return c.past
}

// set puts the clock to a time at which it stands still; the zero time returns to the present.
func (c *demoClock) set(past time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.past = past
}

// warnings collects the errors of the simulator's script: news to show at once, and all to tell at the end, since notices replace
// each other.
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

// News announces errors of the simulator's script; nil outside the demo.
func (a *App) News() <-chan error {
	if a.simulator == nil {
		return nil
	}
	return a.simulator.news
}

// Warnings are all errors of the simulator's script, the oldest first.
func (a *App) Warnings() []error {
	if a.simulator == nil {
		return nil
	}
	a.simulator.mutex.Lock()
	defer a.simulator.mutex.Unlock()
	return slices.Clone(a.simulator.told)
}
