package countries

import "strings"

// acronym is the length up to which a name counts as an acronym. It is found only
// when typed whole: "e" does not mean EL, nor "r" RSA.
const acronym = 3

// find looks for the typed text in a name, folded, and tells how and where it
// stands there.
func (k *key) find(typed string) (found kind, start int, ok bool) {
	if len(k.text) <= acronym {
		return exactName, 0, k.text == typed
	}
	start, ok = k.findWord(typed)
	switch {
	case ok && start == 0 && len(k.text) == len(typed):
		return exactName, 0, true
	case ok && start == 0:
		return namePrefix, 0, true
	case ok:
		return wordPrefix, start, true
	}
	if first := strings.Index(k.text, typed); first >= 0 {
		return part, first, len(typed) > 1
	}
	start, ok = k.findWords(typed)
	return wordPrefixes, start, ok
}

// findWord returns where the first word begins that the typed text begins.
func (k *key) findWord(typed string) (start int, ok bool) {
	for _, start := range k.words {
		if strings.HasPrefix(k.text[start:], typed) {
			return start, true
		}
	}
	return 0, false
}

// findWords reports whether each of several typed words begins a word of the
// name, whatever their order, and where the first one typed does: "korea south",
// "uni king". Nobody types many more words than the name has.
func (k *key) findWords(typed string) (start int, ok bool) {
	if several := strings.Count(typed, " "); several == 0 || several > len(k.words) {
		return 0, false
	}
	first, rest, _ := strings.Cut(typed, " ")
	if start, ok = k.findWord(first); !ok {
		return 0, false
	}
	for word := range strings.SplitSeq(rest, " ") {
		if _, ok = k.findWord(word); !ok {
			return 0, false
		}
	}
	return start, true
}
