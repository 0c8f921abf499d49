package text

import (
	"slices"
	"strings"
)

const (
	// mostSlips is how many letters a word may be off to be taken for another; a short one may be off by one, since any two
	// short words are near each other.
	mostSlips   = 2
	shortLength = 4
	// fewestLetters is how long a beginning must be to stand for a word.
	fewestLetters = 3
)

// Nearest returns the known word that was probably meant by a misspelt one, "" when none is near: the one that fewest letters are
// changed in, added to, missing from or exchanged with their neighbour, else the only one that begins with it. Case and diacritics
// do not count. Of two that are equally near it is the first of the alphabet.
func Nearest(misspelt string, known []string) string {
	typed := []rune(Fold(Collapse(misspelt)))
	limit := mostSlips
	if len(typed) <= shortLength {
		limit = 1
	}
	sorted := slices.Sorted(slices.Values(known))
	best, fewest := "", limit+1
	for _, word := range sorted {
		folded := []rune(Fold(word))
		if count := slips(typed, folded, limit); count < fewest && count < len(folded) && count < len(typed) {
			best, fewest = word, count
		}
	}
	if best != "" || len(typed) < fewestLetters {
		return best
	}
	begun := slices.DeleteFunc(sorted, func(word string) bool { return !strings.HasPrefix(Fold(word), string(typed)) })
	if len(begun) != 1 {
		return ""
	}
	return begun[0]
}

// slips is the distance of optimal string alignment: how many letters are changed, added, missing or exchanged with their
// neighbour. More than the limit is limit+1.
func slips(typed, word []rune, limit int) int {
	if len(typed)-len(word) > limit || len(word)-len(typed) > limit {
		return limit + 1
	}
	above, row := make([]int, len(word)+1), make([]int, len(word)+1)
	for j := range row {
		row[j] = j
	}
	for i := range typed {
		next := make([]int, len(word)+1)
		next[0] = i + 1
		for j := range word {
			changed := row[j]
			if typed[i] != word[j] {
				changed++
			}
			next[j+1] = min(changed, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && typed[i] == word[j-1] && typed[i-1] == word[j] {
				next[j+1] = min(next[j+1], above[j-1]+1)
			}
		}
		above, row = row, next
	}
	return min(row[len(word)], limit+1)
}
