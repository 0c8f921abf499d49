package countries

// sahilm/fuzzy does not serve for letters left out: it compares letters with their diacritics, allocates for every name, and
// does not tell how far apart the letters are, which decides here whether leaving out is likelier than a slip.

// allowedSkips is how many letters are taken to be left out on purpose.
func allowedSkips(typed int) int {
	return typed/2 + 1
}

// fewestSkipped reports whether the name, from the beginning of some word on, has all typed letters in their order; how
// many it skips between them at the least, and where that begins.
func (n *name) fewestSkipped(typed string) (skipped, start int, ok bool) {
	skipped = len(n.text)
	for _, from := range n.words {
		if n.text[from] != typed[0] {
			continue
		}
		end := endOfLetters(typed, n.text, from)
		if end < 0 {
			break // Nor has the rest of the name all of them.
		}
		if count := end - from - len(typed); count < skipped {
			skipped, start, ok = count, from, true
		}
	}
	return skipped, start, ok
}

// endOfLetters returns where the last typed letter is found if each is looked for behind the one before it, or -1.
func endOfLetters(typed, name string, from int) int {
	matched := 0
	for i := from; i < len(name); i++ {
		if name[i] != typed[matched] {
			continue
		}
		if matched++; matched == len(typed) {
			return i + 1
		}
	}
	return -1
}

// mostSlips is the largest number that allowedSlips returns.
const mostSlips = 2

// allowedSlips is how many slips a text of that many letters may contain: the
// shorter it is, the more names lie one slip away.
func allowedSlips(typed int) int {
	switch {
	case typed < 4:
		return 0
	case typed < 7:
		return 1
	}
	return mostSlips
}

// difference is how far the typed text is from what a name, or a word in it, begins with: twice the number of slips,
// and one more where that is not the end of a word, so that of two names equally far the one typed whole is preferred.
type difference int

// within is the largest difference of that many slips.
func within(slips int) difference { return difference(2*slips + 1) }

func (d difference) slips() int { return int(d / 2) }

// leastDifference returns the smallest difference between the typed text, which has the letters, and the name from the
// beginning of one of its words on, and where that begins. ok is false if all of them have more slips than limit.
func (k *key) leastDifference(typed string, letters letterSet, limit int) (least difference, start int, ok bool) {
	least = within(limit) + 1
	for _, from := range k.words {
		if k.strays(typed, letters, from, limit) {
			continue
		}
		if found := differ(typed, k.text[from:], limit); found < least {
			least, start, ok = found, from, true
			limit = least.slips()
		}
	}
	return least, start, ok
}

// strays reports whether the name plainly has more slips than limit from there on: it is too short, lacks too many of the typed
// letters near their places, or has too many others. This spares most comparisons.
func (k *key) strays(typed string, letters letterSet, from, limit int) bool {
	if len(k.text)-from < len(typed)-limit {
		return true
	}
	near, lacking, untyped := k.near[from:], 0, 0
	for i := range len(typed) {
		if i >= len(near) || !near[i].has(typed[i]) {
			lacking++
		}
		if i < len(typed)-limit && !letters.has(k.text[from+i]) {
			untyped++
		}
		if max(lacking, untyped) > limit {
			return true
		}
	}
	return false
}

// band is the number of cells of a row that differ looks at: at most mostSlips on
// either side of the diagonal, and a border on both sides.
const (
	band   = 2*mostSlips + 3
	middle = mostSlips + 1
)

// slipRow holds the slips between the first i typed letters and the first i+d-middle letters of the name in its cell d.
type slipRow [band]int8

// tooFar is a row without a cell that stays in the limit.
func tooFar() slipRow {
	const many = mostSlips + 1
	return slipRow{many, many, many, many, many, many, many}
}

// differ returns the difference between the typed text and the nearest beginning of the name, or more than
// within(limit). The slips are those of the optimal string alignment distance (Damerau and Levenshtein, no letter
// touched twice), worked out only for the band around the diagonal that can stay in the limit.
func differ(typed, name string, limit int) difference {
	rows := [3]slipRow{tooFar(), tooFar(), tooFar()}
	above, row, next := &rows[0], &rows[1], &rows[2]
	for d := range limit + 1 {
		row[middle+d] = int8(d)
	}
	for i := range len(typed) {
		if int(fillRow(next, row, above, typed, name, i, limit)) > limit {
			return within(limit) + 1
		}
		above, row, next = row, next, above
	}
	least := within(limit) + 1
	for d, slips := range row {
		least = min(least, 2*difference(slips)+unfinished(name, len(typed)+d-middle))
	}
	return least
}

// fillRow works out the row behind the typed letter i from the rows before and
// above it, and returns its smallest number.
func fillRow(next, row, above *slipRow, typed, name string, i, limit int) int8 {
	*next = tooFar()
	fewest := int8(mostSlips + 1)
	last := min(middle+limit, len(name)-1-i+middle)
	for d := max(middle-limit, middle-1-i); d <= last; d++ {
		j := i + d - middle                  // The letter of the name that stands against the letter i.
		best := min(row[d+1], next[d-1]) + 1 // One typed too many, one missing.
		switch {
		case j < 0:
		case typed[i] == name[j]:
			best = min(best, row[d])
		case i > 0 && j > 0 && typed[i] == name[j-1] && typed[i-1] == name[j]:
			best = min(best, row[d]+1, above[d]+1)
		default:
			best = min(best, row[d]+1)
		}
		next[d] = best
		fewest = min(fewest, best)
	}
	return fewest
}

// unfinished is 0 if a word ends before the letter i of the name, otherwise 1.
func unfinished(name string, i int) difference {
	if i == len(name) || i >= 0 && i < len(name) && name[i] == ' ' {
		return 0
	}
	return 1
}
