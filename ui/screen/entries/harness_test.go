package entries_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/entries"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// program is the real application. Its sources are slow and its disk is full where a test wants that.
type program struct {
	*uitest.Office
	// gate holds the answer of a reading until it is closed; reports tell meanwhile how far the reading is.
	gate    chan struct{}
	reports []model.ReadingProgress
	// full is why the selection cannot be kept.
	full error
}

// Hours reads before it waits for the gate, so that its answer does not know what is issued meanwhile.
func (p *program) Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error) {
	if p.gate == nil {
		return p.Office.Hours(ctx, report)
	}
	hours, err := p.Office.Hours(ctx, nil)
	for _, each := range p.reports {
		report(each)
	}
	select {
	case <-p.gate:
		return hours, err
	case <-ctx.Done():
		return model.Hours{}, fmt.Errorf("read: %w", ctx.Err())
	}
}

func (p *program) KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error {
	if p.full != nil {
		return p.full
	}
	return p.Office.KeepSelection(ctx, selection, ticked)
}

// kept is the selection that was kept last.
func (p *program) kept() model.Selection {
	inProgress, err := p.InvoiceInProgress(p.Context())
	p.Check(err)
	return inProgress.Selection
}

// ticks are the fingerprints of what was ticked when it was kept last.
func (p *program) ticks() []string {
	var fingerprints []string
	p.Check(p.Ticked(p.Context(), func(tick model.Tick) { fingerprints = append(fingerprints, strings.Clone(tick.Fingerprint)) }))
	return fingerprints
}

// keep leaves a selection as if the program had ended with it.
func (p *program) keep(selection model.Selection, ticked ...model.Entry) *program {
	p.Check(p.Office.KeepSelection(p.Context(), selection, func(yield func(model.Tick) bool) {
		for _, entry := range ticked {
			if !yield(model.Tick{Fingerprint: entry.Fingerprint, Start: entry.Start.Unix()}) {
				return
			}
		}
	}))
	return p
}

// rules are the rates of clients and of the settings, as they are now.
func (p *program) rules() []model.Rule {
	preferences, err := p.Preferences(p.Context())
	p.Check(err)
	return preferences.Rules
}

// addRule puts a rule before the others of the settings.
func (p *program) addRule(rule model.Rule) *program {
	_, err := p.AddRule(p.Context(), rule)
	p.Check(err)
	return p
}

// track writes entries into a file in the generic JSON.
func (p *program) track(file string, entries ...model.Entry) *program {
	type row struct {
		Start       string `json:"start"`
		End         string `json:"end,omitempty"`
		Client      string `json:"client"`
		Project     string `json:"project"`
		Task        string `json:"task"`
		Description string `json:"description"`
		User        string `json:"user"`
		Billable    bool   `json:"billable"`
		Invoiced    bool   `json:"invoiced"`
	}
	rows := make([]row, len(entries))
	for i, entry := range entries {
		rows[i] = row{
			Start: entry.Start.In(p.Location()).Format(time.RFC3339), Client: entry.Client, Project: entry.Project, Task: entry.Task,
			Description: entry.Description, User: entry.User, Billable: entry.Billable, Invoiced: entry.AlreadyInvoiced,
		}
		if !entry.Running {
			rows[i].End = entry.End.In(p.Location()).Format(time.RFC3339)
		}
	}
	content, err := json.Marshal(rows)
	p.Check(err)
	p.WriteFile(file, string(content))
	return p
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

// Hours of the month that tests tick or bill.
var (
	oauth  = worked(2, 9, 130, "Atelier Cireș", "Atlas", "api", "OAuth refresh tokens")
	review = worked(2, 12, 48, "Atelier Cireș", "Atlas", "review", "PR review, payments")
	login  = worked(6, 9, 60, "Atelier Cireș", "Atlas", "api", "Fix login redirect")
	onWay  = worked(6, 11, 30, "Atelier Cireș", "Atlas", "api", "On its way")
)

// month is a month with everything that a row can be.
func month() []model.Entry {
	running := worked(20, 9, 0, "Atelier Cireș", "Atlas", "api", "Still at it")
	running.Running = true
	office := worked(5, 16, 40, "", "Office", "admin", "Bookkeeping")
	office.Billable = false
	elsewhere := worked(9, 9, 60, "Nordlicht", "Fjord", "support", "Billed by the tracker")
	elsewhere.AlreadyInvoiced = true
	return []model.Entry{
		worked(-3, 9, 60, "Atelier Cireș", "Atlas", "api", "Late in October"),
		oauth, review,
		worked(3, 9, 210, "Atelier Cireș", "Atlas", "api", "Rate limiter, tests"),
		worked(4, 9, 75, "Brisk", "Borealis", "design", "Data model workshop"),
		worked(4, 11, 95, "Nordlicht", "Fjord", "migration", "Move the reports to the new schema"),
		office, login, onWay, elsewhere,
		worked(10, 9, 85, "Atelier Cireș", "Atlas", "docs", "Ghid în limba română: ăâîșț, and őű, 日本語, 👩‍💻 too, at such a length that it is cut"),
		running,
	}
}

const rates = `
[[rule]]
client = "Atelier*"
price = "250"
currency = "RON"
rounding = { step = "15m" }

[[rule]]
client = "Nordlicht"
price = "48"
currency = "EUR"
rounding = { step = "15m", scope = "day" }
`

// sources are the settings of files in the home folder.
func sources(files ...string) string {
	var text strings.Builder
	for _, file := range files {
		fmt.Fprintf(&text, "\n[[source]]\npath = %q\n", "~/"+file)
	}
	return text.String()
}

// billing is a program that has the entries on FCT-0021, and one of the sample on an invoice whose answer was lost.
func billing(settings string, billed ...model.Entry) *uitest.Prepared {
	return uitest.PrepareSettings(uitest.UsualAccount(), settings, func(o *uitest.Office) {
		o.Next("FCT", 21).Issued(o.InvoiceOf(uitest.Atelier(), "2026-11-20", "250", "RON", billed...))
		lost := o.InvoiceOf(uitest.Atelier(), "2026-11-20", "125", "RON", onWay)
		lost.Series = "ABC"
		o.Lost(lost, sandbox.BadGateway)
	})
}

const hoursFile = "hours.json"

var (
	sampled  = billing(sources(hoursFile)+rates, login)
	unpriced = billing(sources(hoursFile), login)
	unused   = uitest.Prepare(func(*uitest.Office) {})
)

// open starts a program, whose sources are not written yet.
func open(t testing.TB, prepared *uitest.Prepared) *program {
	return &program{Office: prepared.Open(t).Going()}
}

// sample is a program with the hours of the month.
func sample(t testing.TB) *program { return open(t, sampled).track(hoursFile, month()...) }

// held closes the gate.
func (p *program) held() *program {
	p.gate = make(chan struct{})
	return p
}

// harness shows the screen in the shell beside a neighbour on the Bill To tab.
type harness struct {
	*uitest.Driver
	beside *uitest.Neighbour
	tab    *entries.Screen
}

func start(t *testing.T, records *program, width, height int) harness {
	t.Helper()
	env := records.Env()
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
func loaded(t interface{ Fatal(arguments ...any) }, records *program) *entries.Screen {
	tab := entries.New(records.Env(), records)
	tab.SetSize(120, 36)
	batch, ok := tab.Init()().(tea.BatchMsg)
	if !ok {
		t.Fatal("Init begins nothing")
	}
	// The first command turns the spinner, for as long as the second reads.
	settle(tab, batch[1])
	return tab
}
