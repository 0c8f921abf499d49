package entries

import (
	"math/bits"
	"slices"
)

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
