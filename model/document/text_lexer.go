package document

import (
	"bytes"
	"encoding/hex"
	"regexp"
	"strconv"
	"strings"
)

// token is one word of a PDF's own language (ISO 32000-1, 7.2 and 7.3), as content streams, tables of characters and
// dictionaries are written in it.
type token struct {
	kind tokenKind
	// text is a keyword, a name without its slash, or the bytes of a string.
	text   string
	number float64
	// list holds the parts of an array; of a dictionary keys and values by turns.
	list []token
}

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenKeyword
	tokenName
	tokenString
	tokenNumber
	tokenArray
	tokenDictionary
)

// maxDepth is how deep arrays and dictionaries are nested at most.
const maxDepth = 50

// lexer reads tokens. It reads malformed text as best it can and always comes to the end.
type lexer struct {
	source []byte
	at     int
	depth  int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return strings.IndexByte("()<>[]{}/%", c) >= 0 }

func (l *lexer) peek() byte {
	if l.at < len(l.source) {
		return l.source[l.at]
	}
	return 0
}

func (l *lexer) skipSpace() {
	for l.at < len(l.source) {
		switch c := l.source[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			if end := bytes.IndexAny(l.source[l.at:], "\r\n"); end >= 0 {
				l.at += end
			} else {
				l.at = len(l.source)
			}
		default:
			return
		}
	}
}

func (l *lexer) next() token {
	l.skipSpace()
	if l.at >= len(l.source) {
		return token{}
	}
	c := l.source[l.at]
	if !isDelimiter(c) {
		word := l.word()
		if number, err := strconv.ParseFloat(word, 64); err == nil && strings.Trim(word, "+-.0123456789") == "" {
			return token{kind: tokenNumber, number: number}
		}
		return token{kind: tokenKeyword, text: word}
	}
	l.at++
	twice := (c == '<' || c == '>') && l.peek() == c
	if twice {
		l.at++
	}
	switch {
	case c == '/':
		return token{kind: tokenName, text: unescaped(l.word())}
	case c == '(':
		return token{kind: tokenString, text: l.literal()}
	case c == '[':
		return token{kind: tokenArray, list: l.until("]")}
	case c == '<' && twice:
		return token{kind: tokenDictionary, list: l.until(">>")}
	case c == '<':
		return token{kind: tokenString, text: l.hexadecimal()}
	case twice:
		return token{kind: tokenKeyword, text: ">>"}
	}
	return token{kind: tokenKeyword, text: string(c)}
}

// word reads up to white space or a delimiter.
func (l *lexer) word() string {
	begin := l.at
	for l.at < len(l.source) && !isSpace(l.source[l.at]) && !isDelimiter(l.source[l.at]) {
		l.at++
	}
	return string(l.source[begin:l.at])
}

// until reads the parts of an array or a dictionary.
func (l *lexer) until(end string) []token {
	l.depth++
	defer func() { l.depth-- }()
	var list []token
	for {
		part := l.next()
		switch {
		case part.kind == tokenEnd, part.kind == tokenKeyword && part.text == end:
			return list
		case l.depth > maxDepth:
			// Deeper parts are read and left out.
		default:
			list = append(list, part)
		}
	}
}

func (l *lexer) literal() string {
	var text strings.Builder
	for depth := 1; l.at < len(l.source); {
		c := l.source[l.at]
		l.at++
		switch c {
		case '\\':
			l.escape(&text)
			continue
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 {
			break
		}
		text.WriteByte(c)
	}
	return text.String()
}

// escape reads what stands behind a backslash: up to three octal digits, a letter, or the end of a line, which is nothing.
func (l *lexer) escape(text *strings.Builder) {
	begin := l.at
	for l.at < len(l.source) && l.at < begin+3 && l.source[l.at] >= '0' && l.source[l.at] <= '7' {
		l.at++
	}
	if l.at > begin {
		value := byte(0)
		for _, digit := range l.source[begin:l.at] {
			value = value<<3 | digit - '0'
		}
		text.WriteByte(value)
		return
	}
	if l.at >= len(l.source) {
		return
	}
	c := l.source[l.at]
	l.at++
	switch {
	case c == '\r':
		if l.peek() == '\n' {
			l.at++
		}
	case c == '\n':
	case strings.IndexByte("nrtbf", c) >= 0:
		text.WriteByte("\n\r\t\b\f"[strings.IndexByte("nrtbf", c)])
	default:
		text.WriteByte(c)
	}
}

// hexadecimal reads a string in angle brackets; a last digit without its other is the upper half of a byte.
func (l *lexer) hexadecimal() string {
	written, _, _ := bytes.Cut(l.source[l.at:], []byte(">"))
	l.at = min(l.at+len(written)+1, len(l.source))
	digits := bytes.Map(func(r rune) rune {
		if strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return r
		}
		return -1
	}, written)
	if len(digits)%2 == 1 {
		digits = append(digits, '0')
	}
	decoded, _ := hex.DecodeString(string(digits)) // They are digits all.
	return string(decoded)
}

// escapedByte is a byte of a name by its code.
var escapedByte = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)

// unescaped is a name whose #41 stand for the bytes that they are.
func unescaped(name string) string {
	return escapedByte.ReplaceAllStringFunc(name, func(code string) string {
		value, _ := hex.DecodeString(code[1:])
		return string(value)
	})
}

// imageEnd is what ends the data of an image.
var imageEnd = regexp.MustCompile(`[ \n\r\t\f\x00]EI(?:[ \n\r\t\f\x00]|$)`)

// skipImage goes past an image that stands in the content itself: to the EI behind its data.
func (l *lexer) skipImage() {
	end := imageEnd.FindIndex(l.source[l.at:])
	if end == nil {
		l.at = len(l.source)
		return
	}
	l.at += end[0] + len(" EI")
}

// value is what a dictionary has under the key, the zero token if nothing.
func (t token) value(key string) token {
	for at := 0; at+1 < len(t.list); at += 2 {
		if t.kind == tokenDictionary && t.list[at].kind == tokenName && t.list[at].text == key {
			return t.list[at+1]
		}
	}
	return token{}
}
