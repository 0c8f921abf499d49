package countries

import (
	"slices"
	"strings"
)

// Match is a country that a search found.
type Match struct {
	Country Country
	// Positions are the places in the Label, in runes and ascending, of the letters that were typed. It is empty where
	// the label does not contain them: when a code, an alias or the Romanian name was typed, or a name with a slip.
	Positions []int
}

// longestQuery is several times the longest label, in bytes. What is longer was pasted by mistake.
const longestQuery = 256

// Search finds the countries that the query may mean, the best first. It looks at the codes, the three names and the
// aliases, whatever the case and the diacritics. In this order count:
//
//  1. the alpha-2 code, then the alpha-3 code;
//  2. a whole name or alias, or the whole label;
//  3. the beginning of a name;
//  4. the beginning of a word in it, then several such in any order;
//  5. any part of a name, of two letters or more.
//
// When no country has one of the first four, it also guesses:
//
//  6. letters left out after the first one of a word: "romn", "hngry";
//  7. slips: a letter missing, added, wrong or swapped with its neighbour, one in
//     4 to 6 letters and two in more;
//  8. the letters in their order, further apart.
//
// Among equals the closer guess, the earlier place, the shorter name and then the Hungarian alphabet decide. A query
// without a letter or digit returns every country in the Hungarian alphabetical order, one of more than 256 bytes none.
func Search(query string) []Match {
	if len(query) > longestQuery {
		return nil
	}
	var room [longestQuery]byte
	index := folded()
	typed, ok := index.fold(room[:0], query)
	if !ok {
		return nil
	}
	if len(typed) == 0 {
		return everything()
	}
	// Nobody means the article; no name here begins with it.
	text := strings.TrimPrefix(string(typed), "the ")

	search := search{index: index, text: text, letters: lettersOf(text)}
	for i := range search.best {
		search.best[i] = none
	}
	search.codes()
	search.literals()
	if !search.sure {
		search.guesses()
	}
	return search.matches()
}

func everything() []Match {
	matches := make([]Match, len(table))
	for i, country := range table {
		matches[i].Country = country
	}
	return matches
}

// search is one search under way.
type search struct {
	*index
	text    string // The query, folded.
	letters letterSet
	best    [len(table)]rank
	sure    bool // Something begins as typed, so that there is nothing to guess.
}

// offer notes that the country matches, if it does not match better already.
func (s *search) offer(country int, found rank) {
	s.best[country] = min(s.best[country], found)
	s.sure = s.sure || found.kind() < part
}

// codes offers the country whose code was typed, and the one whose whole label was.
func (s *search) codes() {
	for i := range table {
		switch country := &table[i]; {
		case len(s.text) == 2 && strings.EqualFold(country.Code, s.text):
			s.offer(i, rankOf(exactCode, 0, 0, 0, i))
		case len(s.text) == 3 && strings.EqualFold(country.Alpha3, s.text):
			s.offer(i, rankOf(exactAlpha3, 0, 0, 0, i))
		case s.labels[i].text == s.text:
			s.offer(i, rankOf(exactName, 0, 0, 0, i))
		}
	}
}

// literals offers the countries one of whose names contains what was typed.
func (s *search) literals() {
	for i := range s.keys {
		key := &s.keys[i]
		if s.letters&^key.letters != 0 {
			continue
		}
		if kind, start, ok := key.find(s.text); ok {
			s.offer(key.country, rankOf(kind, 0, start, len(key.text), key.country))
		}
	}
}

// guesses offers the countries whose names resemble what was typed.
func (s *search) guesses() {
	limit := allowedSlips(len(s.text))
	for i := range s.keys {
		key := &s.keys[i]
		missing := (s.letters &^ key.letters).count()
		if missing == 0 {
			s.abbreviated(key)
		}
		if missing > limit || limit == 0 {
			continue
		}
		if cost, start, ok := key.leastDifference(s.text, s.letters, limit); ok {
			s.offer(key.country, rankOf(slip, int(cost), start, len(key.text), key.country))
		}
	}
}

// abbreviated offers the key's country if what was typed leaves letters of it out.
func (s *search) abbreviated(key *key) {
	skipped, start, ok := key.fewestSkipped(s.text)
	if !ok {
		return
	}
	kind := abbreviation
	if skipped > allowedSkips(len(s.text)) {
		kind = scattered
	}
	s.offer(key.country, rankOf(kind, skipped, start, len(key.text), key.country))
}

// matches returns the countries that were offered, the best first.
func (s *search) matches() []Match {
	var room [len(table)]rank
	hits := room[:0]
	for _, found := range s.best {
		if found != none {
			hits = append(hits, found)
		}
	}
	if len(hits) == 0 {
		return nil
	}
	slices.Sort(hits)
	// The weakest guess counts only where there is nothing else.
	if first := slices.IndexFunc(hits, isScattered); first > 0 {
		hits = hits[:first]
	}

	matches := make([]Match, len(hits))
	positions := make([]int, 0, len(hits)*len(s.text))
	for i, hit := range hits {
		country := hit.country()
		first := len(positions)
		positions = s.labels[country].appendPositions(positions, s.text, hit.kind())
		matches[i] = Match{Country: table[country], Positions: positions[first:len(positions):len(positions)]}
	}
	return matches
}

// kind is the way in which a country matches, the best first.
type kind int64

const (
	exactCode kind = iota
	exactAlpha3
	exactName
	namePrefix
	wordPrefix
	wordPrefixes
	part
	abbreviation
	slip
	scattered
)

// rank orders matches: the lower, the better. It holds, a byte each and the weightiest first, the kind, the cost of a guess, where
// the match starts, how long the name is, and the country. No two matches are equal, and sorting ranks is sorting numbers.
type rank int64

// none is the rank of a country that does not match.
const none rank = 1<<63 - 1

func rankOf(kind kind, cost, start, length, country int) rank {
	found := rank(kind)
	for _, criterion := range [...]int{cost, start, length, country} {
		found = found<<8 | rank(min(criterion, 255))
	}
	return found
}

func (r rank) kind() kind   { return kind(r >> 32) }
func (r rank) country() int { return int(r & 255) }

func isScattered(r rank) bool { return r.kind() == scattered }

// appendPositions appends the places of the typed letters in the label.
func (l label) appendPositions(positions []int, typed string, found kind) []int {
	first := len(positions)
	start, ok := l.findWord(typed)
	if !ok {
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
		start, ok := l.findWord(word)
		if !ok {
			return positions[:first]
		}
		positions = append(positions, l.origins[start:start+len(word)]...)
	}
	return positions
}

// appendAbbreviation appends the places of the letters that were not left out.
func (l label) appendAbbreviation(positions []int, typed string) []int {
	skipped, start, ok := l.fewestSkipped(typed)
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
