package countries

import "strings"

// acronym is the length up to which a name counts as an acronym. It is found only
// when typed whole: "e" does not mean EL, nor "r" RSA.
const acronym = 3

// find looks for the typed text in a name, both folded, and tells how and where
// it stands there.
func find(name, typed string) (found kind, start int, ok bool) {
	if len(name) <= acronym {
		return exactName, 0, name == typed
	}
	first := strings.Index(name, typed)
	switch {
	case first < 0:
		start, ok = findWords(name, typed)
		return wordPrefixes, start, ok
	case first == 0 && len(name) == len(typed):
		return exactName, 0, true
	case first == 0:
		return namePrefix, 0, true
	}
	if start := findWord(name, typed); start >= 0 {
		return wordPrefix, start, true
	}
	return part, first, len(typed) > 1
}

// findWord returns where a word of the name begins with the typed text, or -1.
func findWord(name, typed string) int {
	for from := 0; ; {
		next := strings.Index(name[from:], typed)
		if next < 0 {
			return -1
		}
		if start := from + next; start == 0 || name[start-1] == ' ' {
			return start
		}
		from += next + 1
	}
}

// findWords reports whether each of several typed words begins a word of the
// name, whatever their order, and where the first one typed does: "korea south",
// "uni king".
func findWords(name, typed string) (start int, ok bool) {
	word, rest, several := strings.Cut(typed, " ")
	start = findWord(name, word)
	if !several || start < 0 {
		return 0, false
	}
	for several {
		word, rest, several = strings.Cut(rest, " ")
		if findWord(name, word) < 0 {
			return 0, false
		}
	}
	return start, true
}
