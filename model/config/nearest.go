package config

import "slices"

// maxTypos is how many letters a key may be off to be taken for another.
const maxTypos = 2

// nearest returns the known key that was probably meant, "" when none is near.
func nearest(key string, known []string) string {
	best, fewest := "", maxTypos+1
	for _, candidate := range slices.Sorted(slices.Values(known)) {
		if typos := distance(key, candidate); typos < fewest && typos < len(candidate) {
			best, fewest = candidate, typos
		}
	}
	return best
}

// distance is Levenshtein's: how many letters must be changed, added or taken away. Keys that differ in length by more
// than maxTypos are not measured.
func distance(a, b string) int {
	if len(a)-len(b) > maxTypos || len(b)-len(a) > maxTypos {
		return maxTypos + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
