package entries

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// chosen is what the user ticked. What is in it is replaced, never changed: commands and the past share it.
type chosen struct {
	ticked bitset
	// insisted are those that were ticked though they are flagged.
	insisted insistence
	// missing are the fingerprints that were ticked and are not among the entries: their source may not be read yet.
	missing map[string]bool
}

// carrier takes what the user chose, and what is looked for, over to another catalogue.
type carrier struct {
	from   *catalogue
	chosen chosen
	turn   int
	finder finder
}

// arrival is a catalogue with what is ticked and found of it, ready to be shown.
type arrival struct {
	catalogue *catalogue
	chosen    chosen
	found     found
	// turn is that of the ticks that were taken over.
	turn int
}

func (s *Screen) carrier() carrier {
	return carrier{from: s.catalogue, chosen: s.chosen, turn: s.turn, finder: s.finder()}
}

// into works out what of the new catalogue is ticked and found.
func (c carrier) into(ctx context.Context, to *catalogue) (arrival, error) {
	arrived := arrival{catalogue: to, turn: c.turn, chosen: c.carried(to)}
	c.finder.catalogue, c.finder.ticked, c.finder.last = to, arrived.chosen.ticked, found{}
	var err error
	arrived.found, err = c.finder.find(ctx)
	return arrived, err
}

// carried ticks in the new catalogue what was ticked in the old one, as far as it is there and can be billed.
func (c carrier) carried(to *catalogue) chosen {
	result := chosen{ticked: newBitset(len(to.entries)), insisted: c.chosen.insisted, missing: map[string]bool{}}
	tick := func(index int) {
		entry := &to.entries[index]
		if to.tickable.has(index) || to.onlyFlagged(index) && c.chosen.insisted.holds(entry.Fingerprint, to.statuses[entry.Fingerprint]) {
			result.ticked.set(index, true)
		}
	}
	for old := range c.chosen.ticked.members(len(c.from.entries)) {
		if index := to.placeOf(&c.from.entries[old]); index >= 0 {
			tick(index)
			continue
		}
		result.missing[c.from.entries[old].Fingerprint] = true
	}
	for print := range c.chosen.missing {
		result.missing[print] = true
	}
	if len(c.chosen.missing) == 0 {
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

// onlyFlagged reports whether nothing but its flag keeps an entry from being billed.
func (c *catalogue) onlyFlagged(index int) bool {
	entry := &c.entries[index]
	return entry.OnlyFlagged(c.statuses[entry.Fingerprint])
}

// way is how a catalogue came to be.
type way int

const (
	// byIndex is what was known of the sources before they are read.
	byIndex way = iota
	// byReading is what the sources hold.
	byReading
	// byLedger is the same entries after an invoice changed.
	byLedger
)

// ways is how many there are.
const ways = 3

// arrivedMsg brings a catalogue.
type arrivedMsg struct {
	way    way
	ticket screen.Ticket
	arrival
	// from is the catalogue whose entries a byLedger one has again.
	from *catalogue
	// ledger counts the changes that the ledger had seen when it was asked.
	ledger int
	// first is what was kept when the program last ended; nil when it was taken up before.
	first     *model.Selection
	offers    []model.SourceOffer
	ambiguous []model.AmbiguousDates
	// partly says which sources could not be read, err that nothing could; broken are the failures that are not asked about.
	partly, err error
	broken      []error
}

func (s *Screen) onArrived(msg arrivedMsg) tea.Cmd {
	if !s.arriving[msg.way].Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return s.failedToArrive(msg)
	}
	switch {
	case msg.first != nil && !s.restored:
		s.restore(*msg.first)
	case msg.way == byLedger && msg.from != s.catalogue:
		// Others were read meanwhile.
		return s.readStatuses()
	case msg.turn != s.turn || msg.found.query != s.query:
		return s.again(msg)
	}
	s.failure, s.offers = nil, msg.offers
	s.take(msg.arrival)
	switch msg.way {
	case byIndex:
		s.loaded = s.loaded || len(s.catalogue.entries) > 0 || len(s.catalogue.settings.preferences.Sources) == 0
		return tea.Batch(s.compose(), s.read())
	case byLedger:
		return tea.Batch(s.compose(), s.keep())
	case byReading:
	}
	s.loaded = true
	s.spinner.Stop()
	s.progress = model.ReadingProgress{}
	s.broken, s.unclear = msg.broken, msg.ambiguous
	return tea.Batch(s.compose(), s.notifyRead(msg), s.readChanged(msg.ledger))
}

// readChanged asks the ledger again if an invoice changed since it was asked.
func (s *Screen) readChanged(asked int) tea.Cmd {
	if asked == s.ledger {
		return nil
	}
	return s.readStatuses()
}

// notifyRead says one thing about what was read, the most important one.
func (s *Screen) notifyRead(msg arrivedMsg) tea.Cmd {
	if len(msg.ambiguous) > 0 && !s.asking {
		// What could not be read is said when the question is put off.
		return s.askDateOrder(msg.ambiguous[0])
	}
	if missing := s.notifyMissing(msg.partly); missing != nil {
		return missing
	}
	return s.notifyRejected()
}

// again carries what was ticked or typed meanwhile over to the catalogue, too.
func (s *Screen) again(msg arrivedMsg) tea.Cmd {
	ctx, ticket := s.arriving[msg.way].Begin(s.env.Context)
	carrier := s.carrier()
	return func() tea.Msg {
		msg.ticket = ticket
		msg.arrival, msg.err = carrier.into(ctx, msg.catalogue)
		return msg
	}
}

// take shows the catalogue, with the cursor on the entry that it was on.
func (s *Screen) take(arrived arrival) {
	if s.under() >= 0 {
		s.place = s.under()
	}
	if s.place >= 0 && s.place < len(s.catalogue.entries) {
		s.place = arrived.catalogue.placeOf(&s.catalogue.entries[s.place])
	}
	s.catalogue, s.chosen = arrived.catalogue, arrived.chosen
	s.past, s.anchor = nil, -1
	s.filtering.Cancel()
	s.found = found{}
	s.show(arrived.found)
}

// restore takes up what was ticked and shown when the program last ended.
func (s *Screen) restore(selection model.Selection) {
	if selection.Grouping != "" {
		s.grouping = selection.Grouping
	}
	s.query.period = periodOf(selection, s.env.Today())
	s.free, s.restored = selection.Free, true
}

func (s *Screen) failedToArrive(msg arrivedMsg) tea.Cmd {
	switch {
	case msg.way == byLedger:
		return screen.Fail("Read which hours are billed", msg.err)
	case s.loaded && s.failure == nil && len(s.catalogue.entries) > 0:
		s.spinner.Stop()
		s.progress = model.ReadingProgress{}
		return screen.Notify(screen.ToneBad, "The sources could not be read: "+msg.err.Error()+". What they held before is here; r reads again.")
	}
	s.spinner.Stop()
	s.failure, s.loaded = msg.err, true
	return nil
}
