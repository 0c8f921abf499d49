package countries

import (
	"math/bits"
	"slices"
	"sync"
)

// name is a folded text with the places where its words begin.
type name struct {
	text  string
	words []int
}

// key is one name or alias of a country.
type key struct {
	name

	letters letterSet
	country int // Position in table.
	// near has for each place the letters of text there and up to mostSlips places
	// away; it goes on as far behind the end.
	near []letterSet
}

// label is the Label of a country, for showing what matched.
type label struct {
	name

	origins []int // Position of each byte of text in the Label, in runes.
}

// index is what a search runs over.
type index struct {
	keys   []key
	labels [len(table)]label
	// longest is the length of the longest name or label, in bytes.
	longest int
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
		text, origins := foldWithOrigins(country.Label())
		built.labels[i] = label{newName(text), origins}
		built.longest = max(built.longest, len(text))
	}
	return built
}

// add adds the names of one country, those that fold alike once.
func (built *index) add(country int, names []string) {
	texts := make([]string, 0, len(names))
	for _, name := range names {
		text := foldText(name)
		if slices.Contains(texts, text) {
			continue
		}
		texts = append(texts, text)
		built.keys = append(built.keys, key{name: newName(text), letters: lettersOf(text), country: country, near: nearby(text)})
		built.longest = max(built.longest, len(text))
	}
}

func newName(text string) name {
	made := name{text: text}
	for i := range len(text) {
		if i == 0 || text[i-1] == ' ' {
			made.words = append(made.words, i)
		}
	}
	return made
}

func nearby(text string) []letterSet {
	near := make([]letterSet, len(text)+mostSlips)
	for i := range near {
		near[i] = lettersOf(text[max(0, i-mostSlips):min(len(text), i+mostSlips+1)])
	}
	return near
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

// has reports whether b is in the set; whatever is no letter counts as there.
func (l letterSet) has(b byte) bool { return b < 'a' || b > 'z' || l>>(b-'a')&1 != 0 }

func (l letterSet) count() int { return bits.OnesCount32(uint32(l)) }
