// Package entries is the Time screen: it shows the tracked hours of a period beside what would be billed for them, and
// lets the user tick those that go on the invoice.
//
// What grows with the number of hours (reading, filtering, composing lines) happens in commands over unchanging
// slices; a key press touches only the rows in view.
package entries

import (
	"context"
	"iter"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Hours is what the screen needs of the rest of the program.
type Hours interface {
	// Indexed gives what the sources held when they were last read, at once.
	Indexed(ctx context.Context) (model.Hours, error)
	// Hours reads every source that changed, and what the ledger knows of its entries. Report is told how far it is.
	Hours(ctx context.Context, report func(model.ReadingProgress)) (model.Hours, error)
	// Statuses reads only what the ledger knows.
	Statuses(ctx context.Context) (map[string]model.EntryStatus, error)
	// InvoiceInProgress is the invoice in progress; its selection is what was chosen when the program last ended, but for the ticks.
	InvoiceInProgress(ctx context.Context) (model.InvoiceInProgress, error)
	// Ticked visits the ticks that were saved last.
	Ticked(ctx context.Context, visit func(tick model.Tick)) error
	KeepSelection(ctx context.Context, selection model.Selection, ticked iter.Seq[model.Tick]) error
	Preferences(ctx context.Context) (model.Preferences, error)
	Account(ctx context.Context) (model.Account, error)
	// Offers finds trackers that could be read.
	Offers(ctx context.Context) []model.SourceOffer
	// AddSource, SetLineTexts and what changes sources and rules save to the settings and return them as they are then.
	AddSource(ctx context.Context, offer model.SourceOffer) (model.Preferences, error)
	// SetDateOrder says for a source, by its name, which number of its dates is the day: "dmy" or "mdy".
	SetDateOrder(ctx context.Context, source, order string) (model.Preferences, error)
	// SetFormat says of which format a source is, by its name.
	SetFormat(ctx context.Context, source, format string) (model.Preferences, error)
	// ChangeSource and RemoveSource change the source at a place, unless the settings say something else there by now.
	ChangeSource(ctx context.Context, place model.SourcePlace, source model.Source) (model.Preferences, error)
	RemoveSource(ctx context.Context, place model.SourcePlace) (model.Preferences, error)
	// SourceFormats are the formats that a source may have.
	SourceFormats() []string
	// TagsOf adds up the hours of each tag of a source.
	TagsOf(ctx context.Context, source model.Source) ([]model.TagHours, error)
	// PreviewSheet shows the beginning of a sheet and proposes what its columns mean.
	PreviewSheet(ctx context.Context, source model.Source) (model.SheetPreview, error)
	SetLineTexts(ctx context.Context, texts model.LineTexts) (model.Preferences, error)
	AddRule(ctx context.Context, rule model.Rule) (model.Preferences, error)
	ChangeRule(ctx context.Context, place model.RulePlace, rule model.Rule) (model.Preferences, error)
	RemoveRule(ctx context.Context, place model.RulePlace) (model.Preferences, error)
	MoveRule(ctx context.Context, place model.RulePlace, later bool) (model.Preferences, error)
}

// Screen is the Time screen.
type Screen struct {
	env   screen.Env
	hours Hours

	width, height int

	// What was read.
	list     *entryList
	progress model.ReadingProgress
	// loaded is true once there is something to show, restored once what was kept was taken up.
	loaded, restored bool
	// sourcesRead is true once the sources were read.
	sourcesRead bool
	failure     error
	// contents tell what each source held; unreadSources, which could not be read.
	contents      []model.SourceContent
	unreadSources []error
	// questions are what only the user can say of the sources. Those in asked were asked since the sources were read on a
	// key; asking is true while one is.
	questions []sourceQuestion
	asked     map[string]bool
	asking    bool
	offers    []model.SourceOffer
	offer     int

	// What is shown of it.
	query  query
	found  found
	table  widget.Table
	filter *widget.Field
	// returnTo is the entry that the cursor returns to, -1 at first.
	returnTo int

	// What goes on the invoice. Version counts the changes of the ticks.
	selection  selection
	undos      []selection
	version    int
	rangeStart int
	free       []model.FreeLine
	grouping   model.Grouping
	composed   composition
	// goesOn is set when the user went on to the client before the ticked hours were composed.
	goesOn bool

	// buyer is the client that Bill To holds.
	buyer model.Client
	// ledger counts the changes of invoices.
	ledger int

	reloading [loadKinds]screen.Latest
	// reading tells how far the newest reading of the sources is.
	reading                      progressReports
	filtering, composing, saving screen.Latest
	// tagging reads the tags of a source, previewing the beginning of a sheet.
	tagging, previewing screen.Latest
	composeLock         screen.ContextMutex
	spinner             widget.Spinner
}

// DefaultPeriod is the period at first, while nothing can be billed.
const DefaultPeriod = "this-month"

// New returns the screen.
func New(env screen.Env, hours Hours) *Screen {
	return &Screen{
		env: env, hours: hours, rangeStart: -1, returnTo: -1, grouping: model.GroupByProject,
		list:  &entryList{settings: settings{rules: model.NewRules(nil)}, text: filter.NewText(nil, func() bool { return true })},
		query: query{period: DefaultPeriod}, filter: widget.NewField(env.Theme),
		composeLock: screen.NewContextMutex(),
	}
}

var _ screen.Saver = (*Screen)(nil)

// Title is the tab's name.
func (s *Screen) Title() string { return "Time" }

// Init begins to read the sources.
func (s *Screen) Init() tea.Cmd { return s.load() }

// Capturing reports whether the filter is being typed.
func (s *Screen) Capturing() bool { return s.filter.Focused() }

// Close cancels what is under way.
func (s *Screen) Close() {
	screen.CancelAll(&s.reloading[fromIndex], &s.reloading[fromSources], &s.reloading[fromLedger], &s.filtering, &s.composing, &s.saving,
		&s.tagging, &s.previewing)
}

// Save writes the selection.
func (s *Screen) Save(ctx context.Context) error {
	if !s.restored {
		return nil
	}
	selection, ticks := s.kept()
	return s.hours.KeepSelection(ctx, selection, ticks)
}

// SetSize gives the screen its room.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.layout()
}

// layout gives the list the rows that heading and foot leave.
func (s *Screen) layout() { s.table.SetHeight(s.height - headRows - s.footRows()) }

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		return s.onKey(msg)
	case screen.Answer:
		return msg.Take()
	case progressMsg:
		return s.onProgress(msg)
	case screen.LedgerChanged:
		return s.onLedgerChanged(msg)
	case screen.BuyerChanged:
		return s.onBuyerChanged(msg.Buyer.Client)
	case screen.PreferencesChanged:
		return s.load()
	}
	return s.spinner.Update(msg)
}

// onLedgerChanged reads what became of the hours; free lines leave with the invoice that they are on, also when nobody knows yet
// whether it exists: to send it again takes them from the ledger.
func (s *Screen) onLedgerChanged(msg screen.LedgerChanged) tea.Cmd {
	if msg.Sent {
		s.free = nil
	}
	s.ledger++
	return s.readStatuses()
}
