package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"

	"cadensa/model"
)

// manyEntries are entries that say something, and the record of each.
func manyEntries(count int) ([]*model.Entry, func(*model.Entry) entryRecord) {
	entries := make([]*model.Entry, count)
	for i := range entries {
		entries[i] = &model.Entry{
			Fingerprint: fmt.Sprintf("%016x", i), Client: "Brutăria Morii <SRL>", Project: "Atlas", Description: "OAuth & \"refresh\" tokens",
			Tags: []string{"a", "b"}, Seconds: int64(i),
		}
	}
	return entries, func(entry *model.Entry) entryRecord {
		return recordEntry(entry, model.EntryStatus{}, model.NewRules(nil), model.QuantityDecimals{}, nil)
	}
}

func TestAListIsTheSameJSONAsAWhole(t *testing.T) {
	t.Parallel()
	for _, count := range []int{0, 1, 2, 1000} {
		entries, record := manyEntries(count)
		whole := make([]entryRecord, count)
		for i, entry := range entries {
			whole[i] = record(entry)
		}
		var want, got bytes.Buffer
		if err := errors.Join(writeJSON(&want, whole), writeJSONList(&got, ofEach(entries, record))); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Errorf("%d entries are written as\n%.400s\nwant\n%.400s", count, &got, &want)
		}
	}
}

// scales forgets what is written, and weighs what is alive meanwhile.
type scales struct {
	writes int
	most   uint64
}

func (s *scales) Write(data []byte) (int, error) {
	if s.writes++; s.writes%256 == 1 {
		s.most = max(s.most, alive())
	}
	return len(data), nil
}

// alive is how much memory is in use, in bytes.
func alive() uint64 {
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return memory.HeapAlloc
}

// What a list of entries takes to be written does not grow with it: a million of them took gigabytes.
func TestWritingEntriesTakesNoMoreThanTheyDo(t *testing.T) {
	entries, record := manyEntries(50_000)
	const most = 1 << 20
	for name, write := range map[string]func(io.Writer) error{
		"JSON": func(out io.Writer) error { return writeJSONList(out, ofEach(entries, record)) },
		"CSV":  func(out io.Writer) error { return writeRecords(out, ofEach(entries, record)) },
	} {
		before, weighed := alive(), &scales{}
		if err := write(weighed); err != nil {
			t.Fatal(err)
		}
		if weighed.most > before+most {
			t.Errorf("as %s they take %d KB more", name, (weighed.most-before)>>10)
		}
	}
	runtime.KeepAlive(entries)
}

func TestAListStopsWhereItCannotBeWritten(t *testing.T) {
	t.Parallel()
	entries, record := manyEntries(10_000)
	made := 0
	counted := func(entry *model.Entry) entryRecord { made++; return record(entry) }
	if err := writeJSONList(&limited{room: 5000}, ofEach(entries, counted)); !errors.Is(err, io.ErrShortWrite) || made > 100 {
		t.Errorf("%d entries were made for it: %v", made, err)
	}
	if err := writeJSONList(&limited{}, ofEach(entries[:1], record)); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("the end is lost: %v", err)
	}
}

// limited takes so many bytes.
type limited struct{ room int }

func (l *limited) Write(data []byte) (int, error) {
	if l.room -= len(data); l.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(data), nil
}
