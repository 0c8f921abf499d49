package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/taxid"
)

// DemoAccount is the account of the demo's simulator.
type DemoAccount struct {
	Credentials model.Credentials
	Connect     Connect
	// FollowFaults scripts the faults and events of a file, and reads it again when it changes. A file that cannot be
	// followed from the beginning is a UsageError.
	FollowFaults func(path string) error
}

// Demo is where the demo lives, and what it plays against.
type Demo struct {
	// Folder takes all its files. Faults is a file of faults and events, "" for none.
	Folder, Faults string
	// Start starts the simulator, which calls warn about errors of its script.
	Start func(warn func(error)) DemoAccount
}

// OpenDemo opens the application in the folder, with sample hours and an account of the simulator that was tested. The faults
// count from then on.
func OpenDemo(ctx context.Context, options Options, demo Demo) (*App, error) {
	warnings := &warnings{news: make(chan error, keptNews)}
	account := demo.Start(warnings.add)
	credentials := account.Credentials
	paths := config.DemoPaths(demo.Folder, options.Getenv)
	if err := writeDemo(paths, options.Now(), credentials); err != nil {
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
client = "Atelier*"
price = "250.00"
rounding = { step = "15m", direction = "up", minimum = "15m" }
`

func writeDemo(paths config.Paths, now time.Time, credentials model.Credentials) error {
	hours, err := filepath.Abs(filepath.Join(filepath.Dir(paths.Settings), "hours.json"))
	if err != nil {
		return fmt.Errorf("find the demo's folder: %w", err)
	}
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

// DemoClient is the one client in the demo's address book; users type the other one of the sample hours.
func DemoClient() model.Client {
	return model.Client{
		Name: "Atelier Cireș SRL", Email: "facturi@atelier.example", Country: model.Romania, Street: "Str. Morii 14", PostalCode: "400001",
		City: "Cluj-Napoca", County: "Cluj", VATNumber: "RO18547290", TrackerNames: []string{"Atelier*"},
	}
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

// demoRegisters stand in for the registers in the demo, where nothing leaves the computer: they know the clients of the
// sample hours.
type demoRegisters struct{ now func() time.Time }

// demoOfflineError says why another number finds nothing.
type demoOfflineError struct{}

// Error says that the demo asks nobody.
func (demoOfflineError) Error() string {
	return "The demo asks no register: it knows only its own clients, RO18547290 and DE136695976"
}

// Unwrap makes it model.ErrUnavailable.
func (demoOfflineError) Unwrap() error { return model.ErrUnavailable }

// Company knows the demo's Romanian client.
func (d demoRegisters) Company(_ context.Context, cui string) (model.CompanyRecord, error) {
	code, ok := taxid.ParseCIF(cui)
	if !ok || code.Digits != "18547290" {
		return model.CompanyRecord{}, demoOfflineError{}
	}
	client, now := DemoClient(), d.now()
	return model.CompanyRecord{
		CUI: code.Digits, Name: client.Name, Street: client.Street, PostalCode: client.PostalCode, City: client.City,
		County: client.County, PaysVAT: true, TradeRegister: "J12/4417/2006", AsOf: model.DateOf(now), Source: "the demo", Asked: now,
	}, nil
}

// VATNumber knows the demo's German client.
func (d demoRegisters) VATNumber(_ context.Context, country, number string) (model.VATProof, error) {
	prefix, rest, ok := taxid.SplitVATNumber(country, number)
	if !ok || prefix+rest != "DE136695976" {
		return model.VATProof{}, demoOfflineError{}
	}
	return model.VATProof{Country: prefix, Number: rest, Valid: true, Asked: d.now()}, nil
}

// Rates are made up, of the last weekday before the day: the demo asks no bank.
func (d demoRegisters) Rates(_ context.Context, day model.Date) (model.ExchangeRates, error) {
	published := day.AddDays(-1)
	for isWeekend(published.Midnight(time.UTC).Weekday()) {
		published = published.AddDays(-1)
	}
	return model.ExchangeRates{Date: published, Lei: demoLei(), Source: "demo", Asked: d.now()}, nil
}

func demoLei() map[string]decimal.Decimal {
	return map[string]decimal.Decimal{
		"EUR": decimal.RequireFromString("5.0912"), "USD": decimal.RequireFromString("4.3875"),
		"GBP": decimal.RequireFromString("5.7931"), "CHF": decimal.RequireFromString("5.4120"),
	}
}

func isWeekend(day time.Weekday) bool { return day == time.Saturday || day == time.Sunday }

// sampleWork is what the demo's freelancer does: a day takes the pieces in turn.
var sampleWork = []struct {
	client, project, task, description string
	minutes                            int
	billable                           bool
}{
	{"Atelier Cireș", "Atlas", "api", "OAuth refresh tokens", 130, true},
	{"Atelier Cireș", "Atlas", "review", "PR review, payments", 48, true},
	{"Nordlicht", "Fjord", "migration", "Move the reports to the new schema", 95, true},
	{"Atelier Cireș", "Atlas", "api", "Rate limiter, tests", 210, true},
	{"Brisk", "Borealis", "design", "Data model workshop", 75, true},
	{"Atelier Cireș", "Atlas", "api", "Fix login redirect", 60, true},
	{"Nordlicht", "Fjord", "support", "Call about the März figures", 25, true},
	{"", "Office", "admin", "Bookkeeping", 40, false},
	{"Atelier Cireș", "Atlas", "docs", "Guide for the webhooks, în limba română", 85, true},
	{"Nordlicht", "Fjord", "migration", "Backfill, dry run", 150, true},
}

const sampleDays = 75

// sampleHours writes the demo's entries up to now, in the program's own JSON: the same for everybody on the same day.
func sampleHours(now time.Time) ([]byte, error) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	entries := []map[string]any{}
	piece := 0
	for day := -sampleDays; day <= 0; day++ {
		date := today.AddDate(0, 0, day)
		if isWeekend(date.Weekday()) {
			continue
		}
		start := date.Add(9 * time.Hour)
		for range 2 + date.Day()%2 {
			work := sampleWork[piece%len(sampleWork)]
			piece++
			end := start.Add(time.Duration(work.minutes) * time.Minute)
			if end.After(now) {
				break
			}
			entries = append(entries, map[string]any{
				"start": start, "end": end, "client": work.client, "project": work.project, "task": work.task,
				"description": work.description, "user": "Ana", "billable": work.billable,
			})
			start = end.Add(15 * time.Minute)
		}
	}
	content, err := json.MarshalIndent(entries, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the sample hours: %w", err)
	}
	return content, nil
}
