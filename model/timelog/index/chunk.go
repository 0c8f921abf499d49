package index

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// Entries are stored in chunks. Decoding a chunk makes few allocations however many entries it has: their texts and fingerprints
// are parts of two strings.
//
// 	chunk   = crc32, count, texts, lists, records, bytes of the texts
// 	texts   = count, the length of each
// 	lists   = count, of each: the number of its tags, and which texts they are
// 	record  = flags, fingerprint, start after the one before, length, seconds beyond the length, texts, list

// chunkEntries is how many entries share their texts.
const chunkEntries = 4096

// errDamagedChunk says that a chunk is not as it was written.
var errDamagedChunk = errors.New("stored entries are damaged")

// The flags of a record.
const (
	flagBillable = 1 << iota
	flagInvoiced
	flagRunning
	flagEnded
	flagPriced
	flagNanoseconds
	flagPriceCounts
)

const (
	checksumBytes    = 4
	fingerprintBytes = 8
)

// chunkTexts numbers the texts of a chunk and its lists of tags.
type chunkTexts struct {
	numbers map[string]uint64
	texts   []string
	// lists are lists of tags as they are stored; listNumbers finds one.
	lists       []string
	listNumbers map[string]uint64
	// last is the entry before, with the numbers that it has: neighbours have much in common.
	last      *model.Entry
	lastTexts [textFields]uint64
	lastPrice [2]uint64
	lastList  uint64
}

// textFields is how many texts each entry has, beside its tags and its price.
const textFields = 6

// fields are the texts of an entry in the order in which a record has them.
func fields(entry *model.Entry) [textFields]*string {
	return [...]*string{&entry.Source, &entry.User, &entry.Client, &entry.Project, &entry.Task, &entry.Description}
}

func (c *chunkTexts) take(entry *model.Entry) {
	var before [textFields]*string
	if c.last != nil {
		before = fields(c.last)
	}
	for i, text := range fields(entry) {
		if c.last == nil || *text != *before[i] {
			c.lastTexts[i] = c.number(*text)
		}
	}
	if entry.Price != nil && (c.last == nil || entry.Price != c.last.Price) {
		c.lastPrice = [...]uint64{c.number(entry.Price.Amount.String()), c.number(entry.Price.Currency)}
	}
	if c.last == nil || !slices.Equal(entry.Tags, c.last.Tags) {
		c.lastList = c.list(entry.Tags)
	}
	c.last = entry
}

func (c *chunkTexts) number(text string) uint64 {
	number, known := c.numbers[text]
	if !known {
		number = uint64(len(c.texts))
		c.numbers[text] = number
		c.texts = append(c.texts, text)
	}
	return number
}

// list numbers a list of tags from 1; 0 is none.
func (c *chunkTexts) list(tags []string) uint64 {
	if len(tags) == 0 {
		return 0
	}
	stored := binary.AppendUvarint(nil, uint64(len(tags)))
	for _, tag := range tags {
		stored = binary.AppendUvarint(stored, c.number(tag))
	}
	number, known := c.listNumbers[string(stored)]
	if !known {
		c.lists = append(c.lists, string(stored))
		number = uint64(len(c.lists))
		c.listNumbers[string(stored)] = number
	}
	return number
}

// encodeEntries makes a chunk. Times keep their instants and not their zones.
func encodeEntries(entries []model.Entry) ([]byte, error) {
	texts := chunkTexts{numbers: make(map[string]uint64, len(entries)), listNumbers: map[string]uint64{}}
	records := make([]byte, 0, 32*len(entries))
	previous := int64(0)
	for i := range entries {
		var err error
		if records, err = appendRecord(records, &entries[i], previous, &texts); err != nil {
			return nil, err
		}
		previous = entries[i].Start.Unix()
	}
	chunk := make([]byte, checksumBytes, len(records)+64*len(texts.texts)+64)
	chunk = binary.AppendUvarint(chunk, uint64(len(entries)))
	chunk = binary.AppendUvarint(chunk, uint64(len(texts.texts)))
	for _, text := range texts.texts {
		chunk = binary.AppendUvarint(chunk, uint64(len(text)))
	}
	chunk = binary.AppendUvarint(chunk, uint64(len(texts.lists)))
	for _, list := range texts.lists {
		chunk = append(chunk, list...)
	}
	chunk = append(chunk, records...)
	for _, text := range texts.texts {
		chunk = append(chunk, text...)
	}
	binary.BigEndian.PutUint32(chunk, crc32.ChecksumIEEE(chunk[checksumBytes:]))
	return chunk, nil
}

func appendRecord(records []byte, entry *model.Entry, previous int64, texts *chunkTexts) ([]byte, error) {
	fingerprint, err := hex.DecodeString(entry.Fingerprint)
	if err != nil || len(fingerprint) != fingerprintBytes {
		return nil, fmt.Errorf("keep an entry: %q is no fingerprint", entry.Fingerprint)
	}
	flags := flagsOf(entry)
	start, length := entry.Start.Unix(), int64(0)
	if flags&flagEnded != 0 {
		length = entry.End.Unix() - start
	}
	records = append(records, flags)
	records = append(records, fingerprint...)
	records = binary.AppendVarint(records, start-previous)
	records = binary.AppendVarint(records, length)
	records = binary.AppendVarint(records, entry.Seconds-length)
	if flags&flagNanoseconds != 0 {
		records = binary.AppendVarint(records, int64(entry.Start.Time().Nanosecond()))
		records = binary.AppendVarint(records, int64(entry.End.Time().Nanosecond()))
	}
	texts.take(entry)
	for _, number := range texts.lastTexts {
		records = binary.AppendUvarint(records, number)
	}
	if flags&flagPriced != 0 {
		records = binary.AppendUvarint(records, texts.lastPrice[0])
		records = binary.AppendUvarint(records, texts.lastPrice[1])
	}
	return binary.AppendUvarint(records, texts.lastList), nil
}

func flagsOf(entry *model.Entry) byte {
	return flagBillable*bit(entry.Billable) | flagInvoiced*bit(entry.AlreadyInvoiced) | flagRunning*bit(entry.Running) |
		flagEnded*bit(!entry.End.IsZero()) | flagPriced*bit(entry.Price != nil) |
		flagPriceCounts*bit(entry.Price != nil && entry.Price.Counts) |
		flagNanoseconds*bit(entry.Start.Time().Nanosecond() != 0 || entry.End.Time().Nanosecond() != 0)
}

func bit(set bool) byte {
	if set {
		return 1
	}
	return 0
}

// chunkReader reads chunks, each from its beginning. After a failure it gives zeros. What it sets aside for one chunk
// serves the next.
type chunkReader struct {
	rest   []byte
	failed bool

	known        []string
	lengths      []int
	fingerprints []byte
	// lastPrice is the price that was read last, lastAmount as it was written.
	lastPrice  *model.HourlyPrice
	lastAmount string
}

// entries appends the entries of a chunk. errDamagedChunk when it is not as it was written.
func (r *chunkReader) entries(entries []model.Entry, chunk []byte) ([]model.Entry, error) {
	if len(chunk) < checksumBytes || binary.BigEndian.Uint32(chunk) != crc32.ChecksumIEEE(chunk[checksumBytes:]) {
		return entries, errDamagedChunk
	}
	r.rest, r.failed = chunk[checksumBytes:], false
	count := r.count()
	r.texts(chunk)
	lists := r.lists()
	if r.failed {
		return entries, errDamagedChunk
	}
	entries = slices.Grow(entries, count)
	first := len(entries)
	r.fingerprints = r.fingerprints[:0]
	previous := int64(0)
	for range count {
		entries = append(entries, model.Entry{})
		entry := &entries[len(entries)-1]
		r.fingerprints = hex.AppendEncode(r.fingerprints, r.record(entry, previous, lists))
		previous = entry.Start.Unix()
	}
	if r.failed {
		return entries[:first], errDamagedChunk
	}
	for i, all := 0, string(r.fingerprints); i < count; i++ {
		entries[first+i].Fingerprint = all[2*fingerprintBytes*i : 2*fingerprintBytes*(i+1)]
	}
	return entries, nil
}

func (r *chunkReader) fail() {
	r.rest, r.failed = nil, true
}

func (r *chunkReader) unsigned() uint64 { return readNumber(r, binary.Uvarint) }
func (r *chunkReader) signed() int64    { return readNumber(r, binary.Varint) }

func readNumber[N uint64 | int64](r *chunkReader, decode func([]byte) (N, int)) N {
	value, size := decode(r.rest)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[size:]
	return value
}

// count reads a number of things that follow, each of which takes a byte at least.
func (r *chunkReader) count() int {
	value := r.unsigned()
	if value > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(value) //nolint:gosec // It is no more than a length.
}

func (r *chunkReader) bytes(size int) []byte {
	if len(r.rest) < size {
		r.fail()
		return make([]byte, size)
	}
	read := r.rest[:size]
	r.rest = r.rest[size:]
	return read
}

// texts cuts the texts out of the end of the chunk. They share one string.
func (r *chunkReader) texts(chunk []byte) {
	count, total := r.count(), 0
	r.known, r.lengths = r.known[:0], r.lengths[:0]
	for range count {
		length := r.count()
		r.lengths = append(r.lengths, length)
		total += length
	}
	if total > len(r.rest) {
		r.fail()
		return
	}
	all := string(chunk[len(chunk)-total:])
	for _, length := range r.lengths {
		r.known = append(r.known, all[:length])
		all = all[length:]
	}
}

func (r *chunkReader) text() string {
	number := r.unsigned()
	if number >= uint64(len(r.known)) {
		r.fail()
		return ""
	}
	return r.known[number]
}

func (r *chunkReader) lists() [][]string {
	lists := make([][]string, 1+r.count())
	for i := range lists[1:] {
		list := make([]string, r.count())
		for j := range list {
			list[j] = r.text()
		}
		lists[i+1] = list
	}
	return lists
}

func (r *chunkReader) record(entry *model.Entry, previous int64, lists [][]string) []byte {
	flags := r.bytes(1)[0]
	fingerprint := r.bytes(fingerprintBytes)
	start := previous + r.signed()
	length := r.signed()
	entry.Seconds = length + r.signed()
	var startNanoseconds, endNanoseconds int64
	if flags&flagNanoseconds != 0 {
		startNanoseconds, endNanoseconds = r.signed(), r.signed()
	}
	entry.Start = model.InstantOf(time.Unix(start, startNanoseconds))
	if flags&flagEnded != 0 {
		entry.End = model.InstantOf(time.Unix(start+length, endNanoseconds))
	}
	for _, into := range fields(entry) {
		*into = r.text()
	}
	entry.Billable, entry.AlreadyInvoiced, entry.Running = flags&flagBillable != 0, flags&flagInvoiced != 0, flags&flagRunning != 0
	if flags&flagPriced != 0 {
		entry.Price = r.price(flags&flagPriceCounts != 0)
	}
	if list := r.unsigned(); list < uint64(len(lists)) {
		entry.Tags = lists[list]
	} else {
		r.fail()
	}
	return fingerprint
}

// price reads a price; most entries have that of the one before.
func (r *chunkReader) price(counts bool) *model.HourlyPrice {
	amount, currency := r.text(), r.text()
	if r.lastPrice == nil || amount != r.lastAmount || currency != r.lastPrice.Currency || counts != r.lastPrice.Counts {
		read, err := decimal.NewFromString(amount)
		if err != nil {
			r.fail()
		}
		r.lastAmount, r.lastPrice = amount, &model.HourlyPrice{Amount: read, Currency: currency, Counts: counts}
	}
	return r.lastPrice
}
