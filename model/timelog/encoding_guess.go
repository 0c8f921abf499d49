package timelog

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"unicode"
	"unicode/utf8"
)

// guess finds the encoding of a byte a letter under which the words of a file are the likeliest. A file that is UTF-8 but for
// some bytes keeps its UTF-8.
func guess(ctx context.Context, text *fileText) (encoding, decoder, error) {
	words, err := foreignWords(ctx, text)
	if err != nil {
		return encoding{}, decoder{}, err
	}
	var chosen encoding
	var decoding decoder
	best := math.Inf(-1)
	alphabets := newAlphabets()
	for _, candidate := range encodings {
		for _, keepsUTF8 := range []bool{false, true} {
			if !candidate.guessed {
				continue
			}
			by := candidate.decoder()
			by.keepsUTF8 = keepsUTF8
			if likelihood := words.likelihood(candidate.name, by, alphabets); likelihood > best {
				chosen, decoding, best = candidate, by, likelihood
			}
		}
	}
	return chosen, decoding, nil
}

// mostJudged bounds the words that are judged, longestWord the length of one.
const mostJudged, longestWord = 4096, 64

// wordSample holds the words of a file that are not ASCII, each once.
type wordSample struct {
	words []string
	known map[string]bool
	// bytes counts all bytes beyond ASCII, stray those of them that are no UTF-8.
	bytes, stray [256]int
	word         []byte
	isForeign    bool
}

// foreignWords reads the whole file: the first word that is not ASCII may stand far down.
func foreignWords(ctx context.Context, text *fileText) (*wordSample, error) {
	sample := &wordSample{known: map[string]bool{}}
	in := text.from(0)
	for {
		line, err := in.ReadSlice('\n')
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return nil, fmt.Errorf("read its letters: %w", err)
		}
		for _, letter := range line {
			sample.take(letter)
		}
		if errors.Is(err, io.EOF) {
			sample.endWord()
			return sample, nil
		}
		if err := stopped(ctx); err != nil {
			return nil, err
		}
	}
}

func (w *wordSample) take(letter byte) {
	switch {
	case letter >= utf8.RuneSelf:
		w.isForeign = true
	case !isWordByte(letter):
		w.endWord()
		return
	}
	if len(w.word) >= longestWord && utf8.RuneStart(letter) {
		w.endWord()
		w.isForeign = letter >= utf8.RuneSelf
	}
	w.word = append(w.word, letter)
}

func isWordByte(letter byte) bool {
	return 'a' <= letter && letter <= 'z' || 'A' <= letter && letter <= 'Z' || '0' <= letter && letter <= '9'
}

func (w *wordSample) endWord() {
	if w.isForeign {
		w.count()
		if word := string(w.word); len(w.words) < mostJudged && !w.known[word] {
			w.words, w.known[word] = append(w.words, word), true
		}
	}
	w.word, w.isForeign = w.word[:0], false
}

func (w *wordSample) count() {
	for rest := w.word; len(rest) > 0; {
		letter, size := utf8.DecodeRune(rest)
		if letter == utf8.RuneError && size == 1 {
			w.stray[rest[0]]++
		}
		for _, each := range rest[:size] {
			if each >= utf8.RuneSelf {
				w.bytes[each]++
			}
		}
		rest = rest[size:]
	}
}

// What makes a reading unlikely, as logarithms of how unlikely.
const (
	// costOfNoLetter is for a byte that is no letter of the encoding at all.
	costOfNoLetter = 25
	// costOfMixture is for a file of two encodings.
	costOfMixture = 4
	// Letters inside words.
	costOfUpperAfterLower, costOfLowerAmongUpper = 4, 3
	costBesideDigit, costOfMixedScripts          = 2, 5
	costOfCluster, costOfForeignPair             = 1.5, 0.7
	// Signs by themselves or at the edge of a word, and within one.
	costOfMark, costOfMarkWithin   = 3.5, 7
	costOfSign, costOfSignWithin   = 5.5, 10
	costOfOddity, costOfApostrophe = 9, 4
)

// likelihood is the logarithm of how likely it is that people write these words, in the language that fits them best.
func (w *wordSample) likelihood(name string, by decoder, alphabets alphabets) float64 {
	total := -priors[name]
	seen := w.bytes
	if by.keepsUTF8 {
		seen, total = w.stray, total-costOfMixture
	}
	for value, count := range seen {
		if by.letters[value] == unknown {
			total -= costOfNoLetter * float64(count)
		}
	}
	letters := map[rune]float64{}
	var word []rune
	for _, written := range w.words {
		text, _ := by.decode(nil, []byte(written), true)
		word = append(word[:0], []rune(string(text))...)
		for at, letter := range word {
			if letter >= utf8.RuneSelf {
				total -= costInWord(word, at)
				if isLetter(letter) {
					letters[plain(letter)]++
				}
			}
		}
	}
	return total + alphabets.likelihood(name, letters)
}

// isLetter leaves out the signs that Unicode counts among the letters for their shape.
func isLetter(letter rune) bool {
	return unicode.IsLetter(letter) && letter != 'ª' && letter != 'º' && letter != 'ƒ'
}

// plain is a letter in lower case, and with a comma below where an encoding has only the cedilla.
func plain(letter rune) rune { return unicode.ToLower(withComma(letter)) }

// costInWord judges a letter or a sign by its neighbours.
func costInWord(word []rune, at int) float64 {
	var before, after, earlier rune
	if at > 0 {
		before = word[at-1]
	}
	if at > 1 {
		earlier = word[at-2]
	}
	if at < len(word)-1 {
		after = word[at+1]
	}
	if !isLetter(word[at]) {
		return costOfSignAmong(word[at], isLetter(before), isLetter(after))
	}
	return costOfCase(word[at], earlier, before, after) + costOfNeighbours(word[at], before, after)
}

func costOfSignAmong(sign rune, letterBefore, letterAfter bool) float64 {
	within := letterBefore && letterAfter
	switch sign {
	case '’', '\u00a0', '\u00ad':
		return costOfApostrophe
	case '“', '”', '„', '‘', '‚', '«', '»', '‹', '›', '–', '—', '…', '€':
		if within {
			return costOfMarkWithin
		}
		return costOfMark
	case '°', '§', '©', '®', '™', '²', '³', '½', '¼', '·', '•', '×', '±', '£', 'º', 'ª', '№', 'µ', '¿', '¡':
		if within || letterBefore && sign != '®' && sign != '™' && sign != '²' && sign != '³' {
			return costOfSignWithin
		}
		return costOfSign
	}
	return costOfOddity
}

func costOfCase(letter, earlier, before, after rune) float64 {
	switch {
	case unicode.IsUpper(letter) && unicode.IsLower(before):
		return costOfUpperAfterLower
	case unicode.IsLower(letter) && unicode.IsUpper(before) && (unicode.IsUpper(after) || unicode.IsUpper(earlier)):
		return costOfLowerAmongUpper
	}
	return 0
}

func costOfNeighbours(letter, before, after rune) float64 {
	cost := 0.0
	for _, beside := range []rune{before, after} {
		switch {
		case unicode.IsDigit(beside):
			cost += costBesideDigit
		case isLetter(beside) && unicode.Is(unicode.Cyrillic, letter) != unicode.Is(unicode.Cyrillic, beside):
			cost += costOfMixedScripts
		}
	}
	if unicode.Is(unicode.Cyrillic, letter) {
		return cost
	}
	if isLetter(before) && before >= utf8.RuneSelf {
		cost += costOfForeignPair
	}
	if isLetter(before) && isLetter(after) && isVowel(letter) == isVowel(before) && isVowel(letter) == isVowel(after) {
		cost += costOfCluster
	}
	return cost
}
