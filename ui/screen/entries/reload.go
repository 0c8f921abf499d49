package entries

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// selection is what the user ticked. What is in it is replaced, never changed: commands and the past share it.
type selection struct {
	ticked bitset
	// overrides are those that were ticked though they are flagged.
	overrides overrides
	// missing are the fingerprints that were ticked and are not among the entries: their source may not be read yet.
	missing map[string]bool
}

// reload carries the selection and the search over to another list.
type reload struct {
	from      *entryList
	selection selection
	version   int
	search    search
	// proposes is whether a period that the program chose may become another.
	proposes bool
}

// reloaded is a list with its ticks and matches, ready to be shown.
type reloaded struct {
	list      *entryList
	selection selection
	found     found
	// asked is the query that found answers, before the program chose its period.
	asked query
	// version is that of the ticks that were taken over.
	version int
}

func (s *Screen) newReload() reload {
	open := s.query.proposed.why == nothingFree || s.query.proposed.why != chosen && !s.sourcesRead && s.selection.ticked.empty()
	return reload{from: s.list, selection: s.selection, version: s.version, search: s.search(), proposes: open}
}

// into works out what of the new list is ticked and found.
func (r reload) into(ctx context.Context, to *entryList) (reloaded, error) {
	next := reloaded{list: to, version: r.version, selection: r.selectionIn(to), asked: r.search.query}
	r.search.list, r.search.ticked, r.search.last = to, next.selection.ticked, found{}
	if r.proposes {
		r.search.query.period, r.search.query.proposed = r.search.firstPeriod(r.search.query.proposed.kept)
	}
	var err error
	next.found, err = r.search.find(ctx)
	return next, err
}

// selectionIn ticks in the new list the entries that were ticked in the old one, where they exist and can be billed.
func (r reload) selectionIn(to *entryList) selection {
	result := selection{ticked: newBitset(len(to.entries)), overrides: r.selection.overrides, missing: map[string]bool{}}
	tick := func(index int) {
		entry := &to.entries[index]
		if to.tickable.has(index) || to.needsDecision(index) && r.selection.overrides.holds(entry.Fingerprint, to.statuses[entry.Fingerprint]) {
			result.ticked.set(index, true)
		}
	}
	for old := range r.selection.ticked.members(len(r.from.entries)) {
		if index := to.indexOf(&r.from.entries[old]); index >= 0 {
			tick(index)
			continue
		}
		result.missing[r.from.entries[old].Fingerprint] = true
	}
	for print := range r.selection.missing {
		result.missing[print] = true
	}
	if len(r.selection.missing) == 0 {
		return result
	}
	for i := range to.entries {
		if print := to.entries[i].Fingerprint; result.missing[print] {
			delete(result.missing, print)
			tick(i)
		}
	}
	return result
}

func (l *entryList) needsDecision(index int) bool {
	entry := &l.entries[index]
	return entry.NeedsDecision(l.statuses[entry.Fingerprint])
}

type loadKind int

const (
	// fromIndex shows the index before the sources are read.
	fromIndex loadKind = iota
	fromSources
	// fromLedger is the same entries after an invoice changed.
	fromLedger
)

const loadKinds = 3

// loadResult is a list with what was found out beside it.
type loadResult struct {
	kind loadKind
	reloaded
	// from is the list whose entries a fromLedger one has again.
	from *entryList
	// ledger counts the changes that the ledger had seen when it was asked.
	ledger int
	// kept is the saved selection; nil once it was taken up.
	kept      *model.Selection
	offers    []model.SourceOffer
	ambiguous []model.AmbiguousDates
	several   []model.AmbiguousFormat
	// contents are what the sources held; nil where they were not looked at.
	contents []model.SourceContent
	// partial says which sources could not be read; broken are the failures that are not asked about.
	partial error
	broken  []error
}

// begin makes a list in the background and shows it.
func (s *Screen) begin(kind loadKind, load func(ctx context.Context) (loadResult, error)) tea.Cmd {
	return screen.Request(s.env, &s.reloading[kind], load, func(msg loadResult, err error) tea.Cmd {
		if msg.contents != nil {
			s.contents = msg.contents
		}
		if err != nil {
			return s.onReloadFailed(kind, err)
		}
		msg.kind = kind
		return s.onReloaded(msg)
	})
}

func (s *Screen) onReloaded(msg loadResult) tea.Cmd {
	switch {
	case msg.kept != nil && !s.restored:
		s.restore(*msg.kept)
	case msg.kind == fromLedger && msg.from != s.list:
		// Others were read meanwhile.
		return s.readStatuses()
	case msg.version != s.version || msg.asked != s.query:
		return s.reloadAgain(msg)
	}
	s.failure, s.offers = nil, msg.offers
	s.query.period, s.query.proposed = msg.found.query.period, msg.found.query.proposed
	s.showReloaded(msg.reloaded)
	switch msg.kind {
	case fromIndex:
		s.loaded = s.loaded || len(s.list.entries) > 0 || len(s.list.settings.preferences.Sources) == 0
		return tea.Batch(s.compose(), s.read())
	case fromLedger:
		return tea.Batch(s.compose(), s.keep())
	case fromSources:
	}
	s.loaded, s.sourcesRead = true, true
	s.spinner.Stop()
	s.progress = model.ReadingProgress{}
	s.unreadSources, s.questions = msg.broken, s.questionsOf(msg)
	return tea.Batch(s.compose(), s.notifyRead(msg), s.readChanged(msg.ledger))
}

// readChanged asks the ledger again if an invoice changed since it was asked.
func (s *Screen) readChanged(asked int) tea.Cmd {
	if asked == s.ledger {
		return nil
	}
	return s.readStatuses()
}

// notifyRead says the most important thing about the reading.
func (s *Screen) notifyRead(msg loadResult) tea.Cmd {
	if asked, cmd := s.askAboutSources(); asked {
		// What could not be read is said when the question is put off.
		return cmd
	}
	if missing := s.notifyMissing(msg.partial); missing != nil {
		return missing
	}
	return s.notifyRejected()
}

// reloadAgain carries over what the user ticked or typed meanwhile.
func (s *Screen) reloadAgain(msg loadResult) tea.Cmd {
	reload := s.newReload()
	return s.begin(msg.kind, func(ctx context.Context) (again loadResult, err error) {
		again = msg
		again.reloaded, err = reload.into(ctx, msg.list)
		return again, err
	})
}

// showReloaded shows the list, with the cursor on the entry that it was on.
func (s *Screen) showReloaded(next reloaded) {
	if s.cursorIndex() >= 0 {
		s.returnTo = s.cursorIndex()
	}
	if s.returnTo >= 0 && s.returnTo < len(s.list.entries) {
		s.returnTo = next.list.indexOf(&s.list.entries[s.returnTo])
	}
	s.list, s.selection = next.list, next.selection
	s.undos, s.rangeStart = nil, -1
	s.filtering.Cancel()
	s.found = found{}
	s.show(next.found)
}

// restore takes up the grouping and the free lines that were saved last.
func (s *Screen) restore(selection model.Selection) {
	if selection.Grouping != "" {
		s.grouping = selection.Grouping
	}
	s.free, s.restored = selection.Free, true
}

func (s *Screen) onReloadFailed(kind loadKind, err error) tea.Cmd {
	switch {
	case kind == fromLedger:
		return screen.Fail("Read which hours are billed", err)
	case s.loaded && s.failure == nil && len(s.list.entries) > 0:
		s.spinner.Stop()
		s.progress = model.ReadingProgress{}
		return screen.Notify(screen.ToneBad, "The sources could not be read: "+err.Error()+". What they held before is here; r reads again.")
	}
	s.spinner.Stop()
	s.failure, s.loaded = err, true
	return nil
}
