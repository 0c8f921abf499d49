package timelog

import "slices"

// origins numbers the sets of files that have entries in common: few, however many entries there are.
type origins struct {
	files   uint32
	shared  [][]uint32
	numbers map[[2]uint32]uint32
}

func newOrigins(files int) *origins {
	return &origins{files: uint32(files), numbers: map[[2]uint32]uint32{}} //nolint:gosec // there are fewer files
}

// join is the number of a set with another file in it. Below the count of files, a number is that of a file alone.
func (o *origins) join(set, file uint32) uint32 {
	members := []uint32{set}
	if set >= o.files {
		members = o.shared[set-o.files]
	}
	if slices.Contains(members, file) {
		return set
	}
	number, known := o.numbers[[2]uint32{set, file}]
	if !known {
		number = o.files + uint32(len(o.shared)) //nolint:gosec // there are fewer sets
		o.numbers[[2]uint32{set, file}] = number
		o.shared = append(o.shared, append(slices.Clone(members), file))
	}
	return number
}
