package countries

import (
	"math/bits"
	"slices"
	"sync"
)

// key is one folded name or alias of a country.
type key struct {
	text    string
	letters letterSet
	country int // Position in table.
}

// label is the folded Label of a country, for showing what matched.
type label struct {
	text    string
	origins []int // Position of each byte of text in the Label, in runes.
}

// index is what a search runs over.
type index struct {
	keys   []key
	labels [len(table)]label
}

// folded builds the index at the first search, in less than a millisecond, so that
// starting the program costs nothing and there is one way of folding.
var folded = sync.OnceValue(buildIndex)

func buildIndex() *index {
	built := &index{}
	extra := make(map[string][]string, len(table))
	for _, list := range [][]alias{variants[:], aliases[:]} {
		for _, alias := range list {
			extra[alias.code] = append(extra[alias.code], alias.names...)
		}
	}
	for i, country := range table {
		names := append([]string{country.Hungarian, country.English, country.Romanian}, extra[country.Code]...)
		built.add(i, names)
		built.labels[i].text, built.labels[i].origins = foldWithOrigins(country.Label())
	}
	return built
}

// add adds the names of one country, those that fold alike once.
func (built *index) add(country int, names []string) {
	texts := make([]string, 0, len(names))
	for _, name := range names {
		text := string(trimSpace(appendFolded(nil, name)))
		if slices.Contains(texts, text) {
			continue
		}
		texts = append(texts, text)
		built.keys = append(built.keys, key{text: text, letters: lettersOf(text), country: country})
	}
}

// letterSet has one bit for each of a to z that occurs. Comparing two sets rules
// out most names before their text is looked at.
type letterSet uint32

func lettersOf(text string) letterSet {
	var letters letterSet
	for _, b := range []byte(text) {
		if 'a' <= b && b <= 'z' {
			letters |= 1 << (b - 'a')
		}
	}
	return letters
}

func (l letterSet) count() int { return bits.OnesCount32(uint32(l)) }
