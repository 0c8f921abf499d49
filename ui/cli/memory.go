package cli

import (
	"runtime/debug"

	"cadensa/model"
)

const (
	// longList is the size of the index, in bytes, from which on hours are most of what the program holds: about four
	// hundred thousand entries.
	longList = 24 << 20
	// perIndexed is how much longer trackers' files are than what the index holds of them, roughly.
	perIndexed = 3
	// readingPercent is how much garbage may gather beside a long list while it grows, restingPercent when it is there. Go's
	// own 100 would let a list of a million entries take twice its size, for garbage that keys hardly make.
	readingPercent, restingPercent = 10, 5
)

// longCount is how many entries such a list has.
const longCount = 400_000

// returnMemory gives back what the reading of a long list took beyond the list itself.
func returnMemory(entries int) {
	if entries >= longCount {
		debug.SetGCPercent(restingPercent)
		debug.FreeOSMemory()
	}
}

// spareMemory has garbage collected sooner once hours are many.
func spareMemory(bytes int64) {
	if bytes >= longList {
		debug.SetGCPercent(readingPercent)
	}
}

// sparing passes a report on, and spares memory from the beginning of a long file.
func sparing(report func(model.ReadingProgress)) func(model.ReadingProgress) {
	return func(progress model.ReadingProgress) {
		spareMemory(progress.Size / perIndexed)
		if report != nil {
			report(progress)
		}
	}
}
