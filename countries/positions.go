package countries

import (
	"slices"
	"strings"
)

// appendPositions appends the places of the typed letters in the label.
func (l label) appendPositions(positions []int, typed string, found kind) []int {
	first := len(positions)
	start := findWord(l.text, typed)
	if start < 0 {
		start = strings.Index(l.text, typed)
	}
	switch {
	case start >= 0:
		positions = append(positions, l.origins[start:start+len(typed)]...)
	case found == wordPrefixes:
		positions = l.appendWords(positions, typed)
	case found == abbreviation:
		positions = l.appendAbbreviation(positions, typed)
	}
	// Words may be typed in another order, or twice, and several letters come from
	// one rune where it is spelled out, as "&" is.
	slices.Sort(positions[first:])
	return positions[:first+len(slices.Compact(positions[first:]))]
}

// appendWords appends the places of each typed word, if the label has them all.
func (l label) appendWords(positions []int, typed string) []int {
	first := len(positions)
	for word := range strings.SplitSeq(typed, " ") {
		start := findWord(l.text, word)
		if start < 0 {
			return positions[:first]
		}
		positions = append(positions, l.origins[start:start+len(word)]...)
	}
	return positions
}

// appendAbbreviation appends the places of the letters that were not left out.
func (l label) appendAbbreviation(positions []int, typed string) []int {
	skipped, start, ok := fewestSkipped(typed, l.text)
	if !ok || skipped > allowedSkips(len(typed)) {
		return positions
	}
	for i := range len(typed) {
		for l.text[start] != typed[i] {
			start++
		}
		positions = append(positions, l.origins[start])
		start++
	}
	return positions
}

// findWord returns where a word of the name begins with the typed text, or -1.
func findWord(name, typed string) int {
	for from := 0; ; {
		next := strings.Index(name[from:], typed)
		if next < 0 {
			return -1
		}
		if start := from + next; beginsWord(name, start) {
			return start
		}
		from += next + 1
	}
}
