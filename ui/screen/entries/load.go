package entries

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
)

// readAgain reads all sources, and asks again what was put off.
func (s *Screen) readAgain() tea.Cmd {
	s.asked = nil
	return s.load()
}

// load reads settings and, at the start, the invoice in progress, and shows what is known of the sources: what was read last, or
// what is in the index. Reading them follows.
func (s *Screen) load() tea.Cmd {
	s.reloading[fromSources].Cancel()
	reload, first := s.newReload(), !s.restored
	return tea.Batch(s.spinner.Start(), s.begin(fromIndex, func(ctx context.Context) (loadResult, error) {
		return reload.index(ctx, s.hours, first)
	}))
}

// index reads what load shows. At the start it takes up the saved selection.
func (r reload) index(ctx context.Context, hours Hours, first bool) (msg loadResult, err error) {
	known, err := readSettings(ctx, hours)
	if err != nil {
		return msg, err
	}
	if first {
		inProgress, err := hours.InvoiceInProgress(ctx)
		if err != nil {
			return msg, err
		}
		msg.kept = &inProgress.Selection
		r.restore(inProgress.Selection)
	}
	read := r.from.hours(r.from.statuses)
	sameSources := slices.EqualFunc(known.preferences.Sources, r.from.settings.preferences.Sources, model.Source.Equal)
	switch {
	case len(known.preferences.Sources) == 0:
		read, msg.offers = model.Hours{}, hours.Offers(ctx)
	case len(read.Entries) == 0 || !sameSources:
		if read, err = hours.Indexed(ctx); err != nil {
			return msg, err
		}
		msg.contents = read.Sources
	}
	made, err := newEntryList(ctx, known, read, r.from)
	if err == nil && first {
		err = r.restoreTicks(ctx, hours, made)
	}
	if err == nil {
		msg.reloaded, err = r.into(ctx, made)
	}
	return msg, err
}

// restore takes up the selection that was saved last.
func (r *reload) restore(selection model.Selection) {
	r.search.query.proposed, r.proposes = proposal{why: nothingFree, kept: periodOf(selection, r.search.today)}, true
	r.selection.overrides = overridesOf(selection)
}

// restoreTicks ticks in a list the entries that were ticked when the program last ended.
func (r *reload) restoreTicks(ctx context.Context, hours Hours, in *entryList) error {
	r.from, r.selection.ticked, r.selection.missing = in, newBitset(len(in.entries)), map[string]bool{}
	return hours.Ticked(ctx, func(tick model.Tick) {
		if index := in.indexAt(tick.Start, tick.Fingerprint); index >= 0 {
			r.selection.ticked.set(index, true)
			return
		}
		// A part of a text would hold all of it.
		r.selection.missing[strings.Clone(tick.Fingerprint)] = true
	})
}

// periodOf is the period that was chosen last, "" when there is none that can be read.
func periodOf(selection model.Selection, today model.Date) string {
	if _, err := model.ParsePeriod(selection.Period, today); err != nil {
		return ""
	}
	return selection.Period
}

// run makes a list of the hours that were read and carries the ticks over.
func (r reload) run(ctx context.Context, known settings, read model.Hours) (reloaded, error) {
	made, err := newEntryList(ctx, known, read, r.from)
	if err != nil {
		return reloaded{}, err
	}
	return r.into(ctx, made)
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

// read reads the sources in the background and tells how far it is.
func (s *Screen) read() tea.Cmd {
	if s.hasNoSource() {
		s.spinner.Stop()
		return nil
	}
	reload, known, offers, ledger := s.newReload(), s.list.settings, s.offers, s.ledger
	reports := progressReports{latest: make(chan model.ReadingProgress, 1), ended: make(chan struct{})}
	s.reading = reports
	reading := s.begin(fromSources, func(ctx context.Context) (msg loadResult, err error) {
		defer close(reports.ended)
		read, err := s.hours.Hours(ctx, reports.report)
		msg.contents = read.Sources
		if err != nil {
			return msg, err
		}
		msg.offers, msg.ledger, msg.ambiguous, msg.several = offers, ledger, read.Ambiguous, read.Several
		msg.partial, msg.broken = read.Failure, read.Broken
		msg.reloaded, err = reload.run(ctx, known, read)
		return msg, err
	})
	return tea.Batch(reading, reports.wait)
}

// progressReports brings how far the reading is from the goroutine that reads to the screen.
type progressReports struct {
	// latest holds the newest report only: the screen may be slower than the reader.
	latest chan model.ReadingProgress
	ended  chan struct{}
}

type progressMsg struct {
	reports  progressReports
	progress model.ReadingProgress
}

func (n progressReports) report(progress model.ReadingProgress) {
	select {
	case <-n.latest:
	default:
	}
	select {
	case n.latest <- progress:
	default:
	}
}

func (n progressReports) wait() tea.Msg {
	select {
	case progress := <-n.latest:
		return progressMsg{reports: n, progress: progress}
	case <-n.ended:
		return nil
	}
}

// progressEvery is the least time between two reports on the screen.
const progressEvery = 100 * time.Millisecond

func (s *Screen) onProgress(msg progressMsg) tea.Cmd {
	if !s.reloading[fromSources].Pending() || msg.reports != s.reading {
		return nil
	}
	s.progress = msg.progress
	return tea.Tick(progressEvery, func(time.Time) tea.Msg { return msg.reports.wait() })
}

// progressText says how far the reading is: "hours.csv 45 % · 12000 entries".
func (s *Screen) progressText() string {
	progress := s.progress
	switch {
	case progress.Source == "":
		return ""
	case progress.Size == 0 && progress.Read == 0:
		return "waiting for " + progress.Source
	}
	text := "reading " + progress.Source
	switch {
	case progress.Size > 0:
		text += fmt.Sprintf("  %d %%", min(100, progress.Read*100/progress.Size))
	case progress.Read > 0:
		text += fmt.Sprintf("  %d MB", progress.Read>>20)
	}
	return text + "  " + s.env.Say(say.TodoNoun("entry", "entries").Of(progress.Entries))
}

func (s *Screen) readStatuses() tea.Cmd {
	reload, offers := s.newReload(), s.offers
	return s.begin(fromLedger, func(ctx context.Context) (msg loadResult, err error) {
		statuses, err := s.hours.Statuses(ctx)
		if err != nil {
			return msg, err
		}
		msg = loadResult{offers: offers, from: reload.from}
		msg.reloaded, err = reload.run(ctx, reload.from.settings, reload.from.hours(statuses))
		return msg, err
	})
}

// notifyRejected says what could not be read: whole sources, or some rows.
func (s *Screen) notifyRejected() tea.Cmd {
	rows, tone := len(s.list.rejected), screen.ToneWarn
	var text string
	switch {
	case len(s.unreadSources) == 0 && rows == 0:
		return nil
	case len(s.unreadSources) == 0:
		text = s.env.Say(say.TodoNoun("row could not be read and was left out", "rows could not be read and were left out").Of(rows)) +
			"; the rest is here."
	case len(s.unreadSources) == 1 && rows == 0:
		return screen.Notify(screen.ToneBad,
			"Not everything could be read: "+s.unreadSources[0].Error()+". What could be is here; r reads again.")
	default:
		tone, text = screen.ToneBad, s.leftOutTitle()+" could not be read; the rest is here. r reads again."
	}
	return screen.Send(screen.Notice{Tone: tone, Text: text, Key: "!", Action: "list them"})
}

// leftOutTitle counts what could not be read: "2 sources and 14 rows".
func (s *Screen) leftOutTitle() string {
	var parts []string
	if len(s.unreadSources) > 0 {
		parts = append(parts, s.env.Say(say.TodoNoun("source", "sources").Of(len(s.unreadSources))))
	}
	if rows := len(s.list.rejected); rows > 0 {
		parts = append(parts, s.env.Say(say.TodoNoun("row", "rows").Of(rows)))
	}
	return strings.Join(parts, " and ")
}

// notifyMissing says which ticks are gone with their entries, and forgets them when every source was read.
func (s *Screen) notifyMissing(partial error) tea.Cmd {
	missing := len(s.selection.missing)
	if missing == 0 || partial != nil {
		return nil
	}
	s.selection.missing = nil
	text := s.env.Say(say.TodoNoun(
		"ticked entry is not in the sources any more, edited or deleted there; look for it before you bill.",
		"ticked entries are not in the sources any more, edited or deleted there; look for them before you bill.",
	).Of(missing))
	return tea.Batch(screen.Notify(screen.ToneWarn, text), s.keep())
}
