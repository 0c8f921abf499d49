package timelog

import (
	"cmp"
	"slices"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// record is a row as the file gives it, before it has its place in time.
type record struct {
	// entry holds the texts and the marks; the collector sets the rest.
	entry model.Entry
	// start, end, tracked and pause are zero where the file has none. A pause counts where the file gives no duration
	// that leaves it out.
	start, end     moment
	tracked, pause duration
	// inheritedTags and inheritedProject are what the file says around the row. They are left out of the fingerprint,
	// since another form of the same file may not have them; the row's own project becomes a part of the inherited one.
	inheritedTags    []string
	inheritedProject string
	// remark is a word about the row that does not cost it, "" for none.
	remark string
}

// tell adds a word to the row's remark.
func (d *record) tell(word string) {
	if d.remark != "" && word != "" {
		d.remark += "; "
	}
	d.remark += word
}

// spanRecord is a record from one time to another, as parseMoment reads them.
func spanRecord(entry model.Entry, start, end string) (record, error) {
	from, startErr := parseMoment(clean(start))
	to, endErr := parseMoment(clean(end))
	return record{entry: entry, start: from, end: to}, cmp.Or(startErr, endErr)
}

// collector turns the records of one file into entries.
type collector struct {
	file     openedFile
	report   func(model.ReadingProgress)
	location *time.Location
	tags     tagReader
	entries  []model.Entry
	rejected []model.Rejected
	// remarks are about rows, fileRemarks about the whole file; the reader alone writes the latter.
	remarks, fileRemarks []model.Remark
	shared               sharedTexts
	rates                rates
	// batch is handed over when it is full.
	batch []collectedRow
	queue chan []collectedRow
	// spent gives worked batches back to be filled again.
	spent chan []collectedRow
	done  chan struct{}
	// firsts holds the position of the first entry of each content, by fingerprint; twins the positions of all entries
	// of those contents that occur more than once.
	firsts map[printKey]int32
	twins  map[string][]int
}

// printKey is a fingerprint as the key of a map in which the garbage collector need not look for pointers.
type printKey [16]byte

func newCollector(file openedFile, report func(model.ReadingProgress)) *collector {
	c := &collector{
		file:     file,
		report:   report,
		location: file.source.location(),
		tags:     newTagReader(file.source, file.format),
		rates:    rates{count: file.source.Rates == model.RatesByTracker, currency: file.source.Currency},
		shared:   sharedTexts{texts: map[string]string{}, lists: map[string][]string{}},
		firsts:   make(map[printKey]int32),
		twins:    make(map[string][]int),
		queue:    make(chan []collectedRow, 2),
		spent:    make(chan []collectedRow, 2),
		done:     make(chan struct{}),
	}
	go c.work()
	return c
}

// reject records why a row was skipped.
func (c *collector) reject(line int, reason error) { c.add(line, record{}, reason) }

// remark says a word about the whole file.
func (c *collector) remark(word string) {
	c.fileRemarks = append(c.fileRemarks, model.Remark{Text: text.Clean(word)})
}

func (c *collector) noteRejected(line int, reason error) {
	c.rejected = append(c.rejected, model.Rejected{Line: line, Reason: text.Clean(reason.Error())})
}

func (c *collector) collect(line int, row *record) {
	entry := &row.entry
	if err := row.place(c.location); err != nil {
		c.noteRejected(line, err)
		return
	}
	if row.remark != "" {
		c.remarks = append(c.remarks, model.Remark{Line: line, Text: text.Clean(row.remark)})
	}
	entry.Source = c.file.format.name
	start := entry.Start
	entry.Start = model.InstantOf(row.start.wall)
	entry.Fingerprint = c.fingerprint(entry)
	entry.Start = start
	if len(row.inheritedTags) > 0 {
		entry.Tags = cleanTags(slices.Concat(entry.Tags, row.inheritedTags))
	}
	if row.inheritedProject != "" {
		moveInto(row.inheritedProject, entry)
	}
	commasBelow(entry)
	c.tags.apply(entry)
	entry.Billable = c.file.source.Billable.Mark(entry.Billable)
	entry.Price = c.rates.price(entry.Price)
	c.shared.share(entry)
	c.makeRoom(line)
	c.entries = append(c.entries, *entry)
	if len(c.entries)%toldEvery == toldEvery-1 {
		c.tell(line)
	}
}

// toldEvery is how many entries pass between two reports.
const toldEvery = 4096

// tell reports how far the reading is. It takes the file's bytes to be spread evenly over its lines.
func (c *collector) tell(line int) {
	if c.report == nil {
		return
	}
	read := c.file.size
	if line < c.file.lines {
		read = c.file.size * int64(line) / int64(c.file.lines)
	}
	c.report(model.ReadingProgress{Source: c.file.name, Read: read, Size: c.file.size, Entries: len(c.entries)})
}

// firstRoom is for how many entries there is room before a file has shown how many lines it takes for one.
const firstRoom = 4096

// makeRoom makes room for all entries that the rest of the file promises, and writes to it at once: a page of memory costs much
// more if the garbage collector reads it before it is written.
func (c *collector) makeRoom(line int) {
	taken := len(c.entries)
	if taken < cap(c.entries) {
		return
	}
	more := max(firstRoom, taken/4)
	rest := c.file.lines - line
	if promised := min(taken*rest/line, rest); taken > 0 && promised > 0 {
		more = max(firstRoom, promised+promised/64)
	}
	c.entries = slices.Grow(c.entries, more)
	room := c.entries[taken:cap(c.entries)]
	for i := range room {
		room[i].Seconds = 0
	}
}

// fingerprint numbers the entry among those of the same content; it is about to be collected.
func (c *collector) fingerprint(recorded *model.Entry) string {
	content := recorded.Fingerprinted(0).Fingerprint
	var key printKey
	copy(key[:], content)
	first, known := c.firsts[key]
	if !known {
		c.firsts[key] = int32(len(c.entries)) //nolint:gosec // A file of 256 MB has fewer rows.
		return content
	}
	if c.twins[content] == nil {
		c.twins[content] = []int{int(first)}
	}
	occurrence := len(c.twins[content])
	c.twins[content] = append(c.twins[content], len(c.entries))
	return recorded.Fingerprinted(occurrence).Fingerprint
}

// content returns what was collected, and ends the collector.
func (c *collector) content() model.TrackedContent {
	c.queue <- c.batch
	close(c.queue)
	<-c.done
	c.firsts, c.shared = nil, sharedTexts{}
	for _, positions := range c.twins {
		c.orderTwins(positions)
	}
	sortEntries(c.entries)
	if isUnbillable(c.file.source, c.entries) {
		c.remark(`every row is marked as not billable, as free plans of some trackers do: billable = "all" on the source bills them`)
	}
	if c.file.source.hasManyTags(c.file.format, c.entries) {
		c.remark(`entries have several tags, and none of them is taken for the project: client_tag and project_tag on the source say ` +
			`what they are`)
	}
	return model.TrackedContent{
		Format: c.file.format.name, Entries: c.entries, Rejected: c.rejected, Remarks: slices.Concat(c.fileRemarks, c.remarks),
	}
}

// rates marks the tracker's prices that count. Rows share a price where it is the same as in the row before.
type rates struct {
	count          bool
	currency       string
	given, counted *model.HourlyPrice
}

func (r *rates) price(given *model.HourlyPrice) *model.HourlyPrice {
	if !r.count || given == nil {
		return given
	}
	if r.given != given {
		r.given, r.counted = given, &model.HourlyPrice{Amount: given.Amount, Currency: cmp.Or(given.Currency, r.currency), Counts: true}
	}
	return r.counted
}

// orderTwins gives rows of the same content their fingerprints by what else they say, so that an export sorted
// another way yields the same entries.
func (c *collector) orderTwins(positions []int) {
	same := make([]model.Entry, len(positions))
	fingerprints := make([]string, len(positions))
	for i, position := range positions {
		same[i], fingerprints[i] = c.entries[position], c.entries[position].Fingerprint
	}
	slices.SortStableFunc(same, compareMarks)
	for i, position := range positions {
		c.entries[position] = same[i]
		c.entries[position].Fingerprint = fingerprints[i]
	}
}

// compareMarks orders entries of one fingerprint by the marks that it leaves out, the billable first.
func compareMarks(a, b model.Entry) int {
	return cmp.Or(
		compareFlags(a.AlreadyInvoiced, b.AlreadyInvoiced),
		compareFlags(b.Billable, a.Billable),
		cmp.Compare(a.End, b.End),
		a.Price.Compare(b.Price),
		slices.Compare(a.Tags, b.Tags),
		cmp.Compare(a.Project, b.Project),
	)
}

func compareFlags(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// collectedRow is one row on its way to the collector: a record, or the reason why there is none.
type collectedRow struct {
	line   int
	row    record
	reason error
}

// batchRows is how many rows are handed over at once.
const batchRows = 128

// add takes the record as an entry, or rejects the row with the reason. Reading a row and making an entry of it take about
// as long: each has a processor of its own.
func (c *collector) add(line int, row record, reason error) {
	if c.batch == nil {
		select {
		case c.batch = <-c.spent:
		default:
			c.batch = make([]collectedRow, 0, batchRows)
		}
	}
	c.batch = append(c.batch, collectedRow{line, row, reason})
	if len(c.batch) == batchRows {
		c.queue <- c.batch
		c.batch = nil
	}
}

// work takes rows in their order until content ends it.
func (c *collector) work() {
	defer close(c.done)
	for batch := range c.queue {
		first := len(c.entries)
		for i := range batch {
			one := &batch[i]
			if one.reason != nil {
				c.noteRejected(one.line, one.reason)
				continue
			}
			c.collect(one.line, &one.row)
		}
		c.shared.pack(c.entries[first:])
		select {
		case c.spent <- batch[:0]:
		default:
		}
	}
}
