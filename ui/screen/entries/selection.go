package entries

import (
	"context"

	"iter"
	"maps"
	"math/bits"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// kept is the selection for a command to save, and its ticks in the order of the entries: there can be a million. What was ticked
// in a source that could not be read stays ticked.
func (s *Screen) kept() (model.Selection, iter.Seq[model.Tick]) {
	entries, selection := s.list.entries, s.selection
	ticks := func(yield func(model.Tick) bool) {
		for index := range selection.ticked.members(len(entries)) {
			if !yield(model.Tick{Fingerprint: entries[index].Fingerprint, Start: entries[index].Start.Unix()}) {
				return
			}
		}
		for _, fingerprint := range slices.Sorted(maps.Keys(selection.missing)) {
			if !yield(model.Tick{Fingerprint: fingerprint}) {
				return
			}
		}
	}
	return model.Selection{
		Grouping: s.grouping, Period: s.keptPeriod(), Free: s.free, Overridden: selection.overrides.on(asBilled),
		OverriddenTwins: selection.overrides.on(asTwin), OverriddenDoubts: selection.overrides.on(inDoubt),
	}, ticks
}

// keptPeriod is the period for the next start: what the program proposed counts as chosen once something is ticked.
func (s *Screen) keptPeriod() string {
	if s.query.proposed.why == chosen || !s.selection.ticked.empty() {
		return s.query.period
	}
	return s.query.proposed.kept
}

// keep saves the selection, so that it survives quitting.
func (s *Screen) keep() tea.Cmd {
	if !s.restored {
		return nil
	}
	selection, ticks := s.kept()
	keep := func(ctx context.Context) error { return s.hours.KeepSelection(ctx, selection, ticks) }
	return screen.Keep(s.env, &s.saving, keep, "Remember what is ticked")
}

// bitset remembers which entries are ticked: a copy of a million ticks takes 125 kB, so that every change can be taken
// back and every command has its own.
type bitset []uint64

func newBitset(size int) bitset { return make(bitset, (size+63)/64) }

func (b bitset) has(index int) bool { return b[index/64]&(1<<(index%64)) != 0 }

func (b bitset) set(index int, on bool) {
	if on {
		b[index/64] |= 1 << (index % 64)
		return
	}
	b[index/64] &^= 1 << (index % 64)
}

func (b bitset) count() int {
	total := 0
	for _, word := range b {
		total += bits.OnesCount64(word)
	}
	return total
}

func (b bitset) clone() bitset { return slices.Clone(b) }

// combined is a new set, made of two word by word.
func (b bitset) combined(with bitset, each func(a, b uint64) uint64) bitset {
	result := make(bitset, len(b))
	for i := range b {
		result[i] = each(b[i], with[i])
	}
	return result
}

func (b bitset) and(with bitset) bitset {
	return b.combined(with, func(a, b uint64) uint64 { return a & b })
}

func (b bitset) or(with bitset) bitset {
	return b.combined(with, func(a, b uint64) uint64 { return a | b })
}

func (b bitset) without(other bitset) bitset {
	return b.combined(other, func(a, b uint64) uint64 { return a &^ b })
}

func (b bitset) toggled(where bitset) bitset {
	return b.combined(where, func(a, b uint64) uint64 { return a ^ b })
}

func (b bitset) empty() bool {
	return !slices.ContainsFunc(b, func(word uint64) bool { return word != 0 })
}

// last is the highest member below a bound, -1 for none.
func (b bitset) last(below int) int {
	for index := below - 1; index >= 0; {
		word := b[index/64] << (63 - index%64)
		if word != 0 {
			return index - bits.LeadingZeros64(word)
		}
		index -= index%64 + 1
	}
	return -1
}

// members are those below a bound, from low to high.
func (b bitset) members(below int) iter.Seq[int] {
	return func(yield func(index int) bool) {
		for at := 0; at < len(b) && at*64 < below; at++ {
			for word := b[at]; word != 0; word &= word - 1 {
				if index := at*64 + bits.TrailingZeros64(word); index >= below || !yield(index) {
					return
				}
			}
		}
	}
}
