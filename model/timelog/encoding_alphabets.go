package timelog

import (
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// priors are how much less likely than windows-1250 the encodings are where the program is used.
var priors = map[string]float64{"windows-1252": 0.3, "windows-1251": 2, "iso-8859-2": 1.5, "macintosh": 3}

// language has the letters beyond ASCII that it writes, the most frequent first.
type language struct {
	letters   string
	encodings []string
}

var (
	central = []string{"windows-1250", "iso-8859-2"}
	western = []string{"windows-1252", "macintosh"}
	slavic  = []string{"windows-1251"}
)

var languages = []language{
	{"ășîțâ", central},             // Romanian
	{"éáóöőíüúű", central},         // Hungarian
	{"łęąóżśćńź", central},         // Polish
	{"íáéěýžřčšůúťďňó", central},   // Czech
	{"áíčéžýšúťľôňďäóŕĺ", central}, // Slovak
	{"čšžćđ", central},             // Croatian, Slovene
	{"üäöß", western},              // German
	{"éàèêçùâîôûœëïüÿæ", western},  // French
	{"óíáéñúü", western},           // Spanish
	{"ãçéáêóíõâàúô", western},      // Portuguese
	{"àèòùìé", western},            // Italian
	{"äåöé", western},              // Swedish, Finnish
	{"åøæé", western},              // Danish, Norwegian
	{"ëéïèöü", western},            // Dutch
	{"оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", slavic}, // Russian
	{"аиоетнрсвлкдпмзгбъучяйцщхшжюфь", slavic},    // Bulgarian
	{"оаинтівреслкмудпязьгбчйхцжюїшєфщґ", slavic}, // Ukrainian
	{"аоеинрјстувкдпмлзгбчцшхљњжђћфџ", slavic},    // Serbian
}

// alphabets tell how frequent letters are.
type alphabets struct {
	// of has the shares of each language's letters, all those of all languages together.
	of  []map[rune]float64
	all map[rune]float64
}

func newAlphabets() alphabets {
	result := alphabets{of: make([]map[rune]float64, len(languages)), all: map[rune]float64{}}
	for i, each := range languages {
		result.of[i] = shares(each.letters)
		for letter, share := range result.of[i] {
			result.all[letter] += share / float64(len(languages))
		}
	}
	return result
}

// shares takes the second letter to be half as frequent as the first, the third a third, and so on, as words are (Zipf).
func shares(letters string) map[rune]float64 {
	result := map[rune]float64{}
	total, rank := 0.0, 0.0
	for _, letter := range letters {
		rank++
		result[letter] = 1 / rank
		total += 1 / rank
	}
	for letter := range result {
		result[letter] /= total
	}
	return result
}

// likelihood is that of the letters in the encoding's language that fits them best. A tenth of them may be of others, as
// names are.
func (a alphabets) likelihood(encoding string, letters map[rune]float64) float64 {
	const own, others, any = 0.9, 0.1, 1e-4
	best := math.Inf(-1)
	for i, each := range languages {
		if !slices.Contains(each.encodings, encoding) {
			continue
		}
		total := 0.0
		// Sums of decimals depend on their order.
		for _, letter := range slices.Sorted(maps.Keys(letters)) {
			total += letters[letter] * math.Log(own*a.of[i][letter]+others*a.all[letter]+any)
		}
		best = max(best, total)
	}
	return best
}

// isVowel reports whether a letter is a vowel beneath its marks.
func isVowel(letter rune) bool {
	base := unicode.ToLower(letter)
	for _, first := range norm.NFD.String(string(base)) {
		base = first
		break
	}
	return strings.ContainsRune("aeiouyøæœı", base)
}
