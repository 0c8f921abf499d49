package countries

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

// rank orders matches: the lower, the better. It holds, a byte each and the
// weightiest first, the kind, the cost of a guess, where in the name the match
// starts, how long the name is, and the country, so that no two matches are equal
// and sorting ranks is sorting numbers.
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
