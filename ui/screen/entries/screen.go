// Package entries is the Time screen: it shows the tracked hours of a period beside what would be billed for them, and
// lets the user tick those that go on the invoice.
//
// What grows with the number of hours (reading, filtering, composing lines) happens in commands over unchanging
// slices; a key press touches only the rows in view.
package entries

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Hours is what the screen needs of the rest of the program.
type Hours interface {
	// Hours reads every source that changed, and what the ledger knows of its entries. Report is told how far it is.
	Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error)
	// Statuses reads only what the ledger knows.
	Statuses(ctx context.Context) (map[string]model.EntryStatus, error)
	// Making is the invoice in the making; its selection is what was ticked when the program last ended.
	Making(ctx context.Context) (model.Making, error)
	KeepSelection(ctx context.Context, selection model.Selection) error
	Preferences(ctx context.Context) (model.Preferences, error)
	Account(ctx context.Context) (model.Account, error)
	// Offers finds trackers that could be read.
	Offers(ctx context.Context) []model.SourceOffer
	// AddSource and AddRule save to the settings and return them as they are then.
	AddSource(ctx context.Context, offer model.SourceOffer) (model.Preferences, error)
	AddRule(ctx context.Context, rule model.Rule) (model.Preferences, error)
}

// Screen is the Time screen.
type Screen struct {
	env   screen.Env
	hours Hours

	width, height int

	// What was read. Slices and maps are never changed once they are here; commands share them.
	settings  settings
	entries   []model.Entry
	statuses  map[string]model.EntryStatus
	haystacks []string
	rejected  []model.Rejected
	loaded    bool
	failure   error
	offers    []model.SourceOffer
	// offer is the row of the offer under the cursor.
	offer int

	// What is shown of it.
	query query
	shown []int32
	table widget.Table
	find  *widget.Field
	// landing is the fingerprint that the cursor returns to after the sources were read again.
	landing string

	// What is ticked.
	ticked bitset
	wanted map[string]bool
	// insisted are the fingerprints that the user ticked though they look billed.
	insisted map[string]bool
	history  []bitset
	anchor   int
	grouping model.Grouping
	composed composition

	loading, filtering, composing, saving, reading screen.Latest
	spinner                                        widget.Spinner
}

// settings are what prices hours.
type settings struct {
	preferences model.Preferences
	account     model.Account
	rules       *model.Rules
}

// DefaultPeriod is what is shown when nothing was chosen yet: the month that is billed at its end.
const DefaultPeriod = "this-month"

// New returns the screen.
func New(env screen.Env, hours Hours) *Screen {
	return &Screen{
		env: env, hours: hours, anchor: -1, grouping: model.GroupByProject,
		settings: settings{rules: model.NewRules(nil)},
		query:    query{period: DefaultPeriod},
		find:     widget.NewField(env.Theme),
	}
}

var (
	_ screen.Screen = (*Screen)(nil)
	_ screen.Keeper = (*Screen)(nil)
)

// Title is the tab's name.
func (s *Screen) Title() string { return "Time" }

// Init begins to read the sources.
func (s *Screen) Init() tea.Cmd { return s.load() }

// Capturing reports whether the filter is being typed.
func (s *Screen) Capturing() bool { return s.find.Focused() }

// Close cancels what is under way.
func (s *Screen) Close() {
	for _, latest := range []*screen.Latest{&s.loading, &s.filtering, &s.composing, &s.saving, &s.reading} {
		latest.Cancel()
	}
}

// Keep writes what is ticked.
func (s *Screen) Keep(ctx context.Context) error {
	if !s.loaded || s.failure != nil {
		return nil
	}
	return s.hours.KeepSelection(ctx, selectionOf(s.entries, s.ticked, s.grouping, s.query.period))
}

// SetSize gives the screen its room.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.table.SetHeight(height - headRows - footRows)
}

// loadedMsg brings everything that was read.
type loadedMsg struct {
	ticket    screen.Ticket
	settings  settings
	hours     model.Hours
	haystacks []string
	making    model.Making
	offers    []model.SourceOffer
	err       error
}

// load reads sources, settings and the invoice in the making.
func (s *Screen) load() tea.Cmd {
	ctx, ticket := s.loading.Begin(s.env.Context)
	hours := s.hours
	return tea.Batch(s.spinner.Start(), func() tea.Msg {
		msg := loadedMsg{ticket: ticket}
		if msg.settings, msg.err = readSettings(ctx, hours); msg.err != nil {
			return msg
		}
		if msg.making, msg.err = hours.Making(ctx); msg.err != nil {
			return msg
		}
		if len(msg.settings.preferences.Sources) == 0 {
			msg.offers = hours.Offers(ctx)
			return msg
		}
		if msg.hours, msg.err = hours.Hours(ctx, nil); msg.err != nil {
			return msg
		}
		msg.haystacks = haystacks(msg.hours.Entries)
		return msg
	})
}

func readSettings(ctx context.Context, hours Hours) (settings, error) {
	preferences, err := hours.Preferences(ctx)
	if err != nil {
		return settings{}, err
	}
	account, err := hours.Account(ctx)
	if err != nil {
		return settings{}, err
	}
	return settings{preferences: preferences, account: account, rules: model.NewRules(preferences.Rules)}, nil
}

// statusesMsg brings what the ledger knows after an invoice changed.
type statusesMsg struct {
	ticket   screen.Ticket
	statuses map[string]model.EntryStatus
	err      error
}

func (s *Screen) readStatuses() tea.Cmd {
	ctx, ticket := s.reading.Begin(s.env.Context)
	hours := s.hours
	return func() tea.Msg {
		statuses, err := hours.Statuses(ctx)
		return statusesMsg{ticket: ticket, statuses: statuses, err: err}
	}
}

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.press(msg)
	case loadedMsg:
		return s.onLoaded(msg)
	case shownMsg:
		return s.onShown(msg)
	case composedMsg:
		return s.onComposed(msg)
	case statusesMsg:
		return s.onStatuses(msg)
	case savedMsg:
		return s.onSaved(msg)
	case keptMsg:
		return s.onKept(msg)
	case screen.LedgerChanged:
		return s.readStatuses()
	case screen.PreferencesChanged:
		return s.load()
	}
	return s.spinner.Update(msg)
}

func (s *Screen) onLoaded(msg loadedMsg) tea.Cmd {
	if !s.loading.Admit(msg.ticket) {
		return nil
	}
	s.spinner.Stop()
	if s.failure = msg.err; s.failure != nil {
		s.loaded = true
		return nil
	}
	s.settings, s.statuses, s.offers = msg.settings, msg.hours.Statuses, msg.offers
	s.rejected, s.haystacks = msg.hours.Rejected, msg.haystacks
	if !s.loaded {
		s.restore(msg.making.Selection)
	} else {
		s.wanted = s.tickedPrints()
	}
	s.loaded = true
	s.landing = s.fingerprintUnder()
	s.shown, s.history, s.anchor = nil, nil, -1
	s.table.SetCount(0)
	s.entries = msg.hours.Entries
	s.ticked = s.tickWanted()
	s.wanted = nil
	return tea.Batch(s.refresh(), s.compose(), s.tellRejected(msg.hours.Failure))
}

// restore takes up what was ticked and shown when the program last ended.
func (s *Screen) restore(selection model.Selection) {
	if selection.Grouping != "" {
		s.grouping = selection.Grouping
	}
	if selection.Period != "" {
		s.query.period = selection.Period
	}
	s.wanted = make(map[string]bool, len(selection.Ticked))
	for _, fingerprint := range selection.Ticked {
		s.wanted[fingerprint] = true
	}
}

// tellRejected says what could not be read: a whole source, or some rows.
func (s *Screen) tellRejected(failure error) tea.Cmd {
	if failure != nil {
		return screen.Tell(screen.ToneBad, "Not everything could be read: "+failure.Error()+". What could be is here; r reads again.")
	}
	if len(s.rejected) == 0 {
		return nil
	}
	text := countOf(len(s.rejected), "row") + " could not be read and was left out; the rest is here."
	if len(s.rejected) > 1 {
		text = countOf(len(s.rejected), "row") + " could not be read and were left out; the rest is here."
	}
	return screen.Send(screen.Notify{Notice: screen.Notice{Tone: screen.ToneWarn, Text: text, Key: "!", Action: "list them"}})
}

func (s *Screen) onStatuses(msg statusesMsg) tea.Cmd {
	if !s.reading.Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("Read which hours are billed", msg.err)
	}
	s.statuses = msg.statuses
	s.wanted = s.tickedPrints()
	s.ticked = s.tickWanted()
	s.history, s.wanted = nil, nil
	return tea.Batch(s.compose(), s.keep())
}

// tickedPrints are the fingerprints of what is ticked.
func (s *Screen) tickedPrints() map[string]bool {
	prints := make(map[string]bool, s.ticked.count())
	for i := range s.entries {
		if s.ticked.has(i) {
			prints[s.entries[i].Fingerprint] = true
		}
	}
	return prints
}

// tickWanted ticks those of the wanted fingerprints that are there and can be billed.
func (s *Screen) tickWanted() bitset {
	ticked := newBitset(len(s.entries))
	if len(s.wanted) == 0 {
		return ticked
	}
	for i := range s.entries {
		if s.wanted[s.entries[i].Fingerprint] && s.tickable(i) {
			ticked.set(i, true)
		}
	}
	return ticked
}

// tickable reports whether an entry can go on an invoice: it is free and has a price.
func (s *Screen) tickable(index int) bool {
	if s.block(index) != "" {
		return false
	}
	_, ok := s.settings.rules.For(s.entries[index])
	return ok
}

func (s *Screen) block(index int) string {
	entry := s.entries[index]
	status := s.statuses[entry.Fingerprint]
	if s.insisted[entry.Fingerprint] {
		status = status.Insisted()
	}
	return entry.Block(status)
}

// selectionOf is what is ticked and shown, to be kept.
func selectionOf(entries []model.Entry, ticked bitset, grouping model.Grouping, period string) model.Selection {
	selection := model.Selection{Grouping: grouping, Period: period}
	for i := range entries {
		if ticked.has(i) {
			selection.Ticked = append(selection.Ticked, entries[i].Fingerprint)
		}
	}
	return selection
}
