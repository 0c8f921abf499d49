package entries_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/entries"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// memory stands for trackers, ledger and settings.
type fakeHours struct {
	mutex       sync.Mutex
	hours       model.Hours
	inProgress  model.InvoiceInProgress
	preferences model.Preferences
	account     model.Account
	offers      []model.SourceOffer
	kept        []model.Selection
	// ticked is what was ticked when it was kept last.
	ticked []model.Tick
	// indexed is what was known before the sources are read.
	indexed model.Hours
	// reports are told while the gate is closed.
	reports []model.ReadingProgress
	// orders are the answers to what dates mean, by source.
	orders map[string]string
	// failure is what reading answers; gate holds reading until it is closed.
	failure, keepFailure error
	gate                 chan struct{}
}

func (m *fakeHours) Indexed(context.Context) (model.Hours, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.indexed, nil
}

func (m *fakeHours) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	for _, each := range m.reports {
		report(each)
	}
	statuses, err := m.Statuses(ctx)
	if err != nil {
		return model.Hours{}, err
	}
	if m.gate != nil {
		select {
		case <-m.gate:
		case <-ctx.Done():
			return model.Hours{}, fmt.Errorf("read: %w", ctx.Err())
		}
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	hours := m.hours
	// As the program does: the ledger is asked before the sources are read.
	hours.Statuses = statuses
	return hours, m.failure
}

func (m *fakeHours) Statuses(context.Context) (map[string]model.EntryStatus, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.hours.Statuses, nil
}

func (m *fakeHours) InvoiceInProgress(context.Context) (model.InvoiceInProgress, error) {
	return m.inProgress, nil
}

func (m *fakeHours) Ticked(_ context.Context, visit func(tick model.Tick)) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, tick := range m.ticked {
		visit(tick)
	}
	return nil
}

func (m *fakeHours) KeepSelection(_ context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.kept, m.ticked = append(m.kept, selection), slices.AppendSeq(m.ticked[:0], ticked)
	return m.keepFailure
}

func (m *fakeHours) Preferences(context.Context) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.preferences, nil
}

func (m *fakeHours) Account(context.Context) (model.Account, error) { return m.account, nil }

func (m *fakeHours) Offers(context.Context) []model.SourceOffer { return m.offers }

func (m *fakeHours) AddSource(_ context.Context, offer model.SourceOffer) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if offer.Path == "missing.csv" {
		return model.Preferences{}, errors.New("missing.csv: no such file")
	}
	m.preferences.Sources = append(m.preferences.Sources, offer.Path)
	return m.preferences, nil
}

func (m *fakeHours) AddRule(_ context.Context, rule model.Rule) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.preferences.Rules = append([]model.Rule{rule}, m.preferences.Rules...)
	return m.preferences, nil
}

// checked finds the rule at the place, as the settings file does.
func (m *fakeHours) checked(place model.RulePlace) error {
	index := m.preferences.ClientRules + place.Index
	if index >= len(m.preferences.Rules) || !m.preferences.Rules[index].Equal(place.Rule) {
		return errors.New("config.toml line 7: the rule was changed in the file meanwhile")
	}
	m.preferences.Rules = slices.Clone(m.preferences.Rules)
	return nil
}

func (m *fakeHours) ChangeRule(_ context.Context, place model.RulePlace, rule model.Rule) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if err := m.checked(place); err != nil {
		return model.Preferences{}, err
	}
	m.preferences.Rules[m.preferences.ClientRules+place.Index] = rule
	return m.preferences, nil
}

func (m *fakeHours) RemoveRule(_ context.Context, place model.RulePlace) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if err := m.checked(place); err != nil {
		return model.Preferences{}, err
	}
	index := m.preferences.ClientRules + place.Index
	m.preferences.Rules = slices.Delete(m.preferences.Rules, index, index+1)
	return m.preferences, nil
}

func (m *fakeHours) MoveRule(_ context.Context, place model.RulePlace, later bool) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if err := m.checked(place); err != nil {
		return model.Preferences{}, err
	}
	index, other := m.preferences.ClientRules+place.Index, m.preferences.ClientRules+place.Index-1
	if later {
		other = index + 1
	}
	rules := m.preferences.Rules
	rules[index], rules[other] = rules[other], rules[index]
	return m.preferences, nil
}

func (m *fakeHours) SetLineTexts(_ context.Context, texts model.LineTexts) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.preferences.LineTexts = texts
	return m.preferences, nil
}

func (m *fakeHours) SetDateOrder(_ context.Context, source, order string) (model.Preferences, error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.orders == nil {
		m.orders = map[string]string{}
	}
	m.orders[source] = order
	m.hours.Ambiguous = slices.DeleteFunc(slices.Clone(m.hours.Ambiguous),
		func(dates model.AmbiguousDates) bool { return dates.Source == source })
	return m.preferences, nil
}

// newest is the selection that was kept last.
func (m *fakeHours) newest() model.Selection {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.kept[len(m.kept)-1]
}

// ticks are the fingerprints of what was ticked when it was kept last.
func (m *fakeHours) ticks() []string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var fingerprints []string
	for _, tick := range m.ticked {
		fingerprints = append(fingerprints, tick.Fingerprint)
	}
	return fingerprints
}

// worked makes an entry of the present month.
func worked(day, hour, minutes int, client, project, task, description string) model.Entry {
	start := time.Date(2026, time.November, day, hour, 0, 0, 0, uitest.Noon.Location())
	entry := model.Entry{
		Source: "json", Start: model.InstantOf(start), End: model.InstantOf(start.Add(time.Duration(minutes) * time.Minute)),
		Seconds: int64(minutes) * 60,
		Client:  client, Project: project, Task: task, Description: description, User: "Ana", Billable: true,
	}
	return entry.Fingerprinted(0)
}

// sample is a month with everything that a row can be.
func sample() *fakeHours {
	running := worked(20, 9, 0, "Atelier Cireș", "Atlas", "api", "Still at it")
	running.Running = true
	office := worked(5, 16, 40, "", "Office", "admin", "Bookkeeping")
	office.Billable = false
	elsewhere := worked(9, 9, 60, "Nordlicht", "Fjord", "support", "Billed by the tracker")
	elsewhere.AlreadyInvoiced = true
	billed := worked(6, 9, 60, "Atelier Cireș", "Atlas", "api", "Fix login redirect")
	reserved := worked(6, 11, 30, "Atelier Cireș", "Atlas", "api", "On its way")
	october := worked(-3, 9, 60, "Atelier Cireș", "Atlas", "api", "Late in October")
	all := []model.Entry{
		october,
		worked(2, 9, 130, "Atelier Cireș", "Atlas", "api", "OAuth refresh tokens"),
		worked(2, 12, 48, "Atelier Cireș", "Atlas", "review", "PR review, payments"),
		worked(3, 9, 210, "Atelier Cireș", "Atlas", "api", "Rate limiter, tests"),
		worked(4, 9, 75, "Brisk", "Borealis", "design", "Data model workshop"),
		worked(4, 11, 95, "Nordlicht", "Fjord", "migration", "Move the reports to the new schema"),
		office, billed, reserved, elsewhere,
		worked(10, 9, 85, "Atelier Cireș", "Atlas", "docs", "Ghid în limba română: ăâîșț, and őű, 日本語, 👩‍💻 too, at such a length that it is cut"),
		running,
	}
	slices.SortStableFunc(all, func(a, b model.Entry) int { return cmp.Compare(a.Start, b.Start) })
	return &fakeHours{
		hours: model.Hours{Entries: all, Statuses: map[string]model.EntryStatus{
			billed.Fingerprint:   {State: model.EntryBilled, Invoice: "FCT-0021"},
			reserved.Fingerprint: {State: model.EntryReserved, Invoice: "CAD-7F3K2Q"},
		}},
		preferences: model.Preferences{
			Currency: "RON", Sources: []string{"hours.json"}, SettingsFile: "~/.config/cadensa/config.toml",
			Issuer: model.Issuer{Status: model.VATPayer, Rate: "Normala"},
			Rules: []model.Rule{
				{Client: "Atelier*", Unit: model.UnitHour, Price: decimal.NewFromInt(250), Currency: "RON",
					Rounding: model.Rounding{Step: 15 * time.Minute, Direction: model.RoundUp, Scope: model.ScopeEntry}},
				{Client: "Nordlicht", Unit: model.UnitHour, Price: decimal.NewFromInt(48), Currency: "EUR",
					Rounding: model.Rounding{Step: 15 * time.Minute, Scope: model.ScopeDay}},
			},
		},
	}
}

// harness shows the screen in the shell beside a neighbour on the Bill To tab.
type harness struct {
	*uitest.Driver
	beside *uitest.Neighbour
	tab    *entries.Screen
}

func start(t *testing.T, records *fakeHours, width, height int) harness {
	t.Helper()
	env := uitest.Env(t.Context())
	tab := entries.New(env, records)
	t.Cleanup(tab.Close)
	beside := &uitest.Neighbour{Name: "Bill To"}
	shell := ui.New(env, "", screen.TabTime, nil, tab, beside, &uitest.Neighbour{Name: "Review"}, &uitest.Neighbour{Name: "History"},
		&uitest.Neighbour{Name: "Setup"})
	return harness{Driver: uitest.Start(t, shell, width, height), beside: beside, tab: tab}
}

// settle runs a screen's commands to their end, as a program would, without one.
func settle(tab *entries.Screen, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, each := range msg {
			settle(tab, each)
		}
	case nil, screen.Notice, screen.SelectionChanged, screen.ClientProposed:
	default:
		settle(tab, tab.Update(msg))
	}
}

// loaded is a screen over the records without a program around it.
func loaded(t testing.TB, records *fakeHours) *entries.Screen {
	t.Helper()
	return loadedFor(t, records)
}

// loadedFor is loaded for properties, too.
func loadedFor(t interface{ Fatal(arguments ...any) }, records *fakeHours) *entries.Screen {
	tab := entries.New(uitest.Env(context.Background()), records)
	tab.SetSize(120, 36)
	batch, ok := tab.Init()().(tea.BatchMsg)
	if !ok {
		t.Fatal("Init begins nothing")
	}
	// The first command turns the spinner, for as long as the second reads.
	settle(tab, batch[1])
	return tab
}
