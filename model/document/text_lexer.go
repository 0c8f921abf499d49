package document

import (
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
			for l.at < len(l.source) && l.source[l.at] != '\n' && l.source[l.at] != '\r' {
				l.at++
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
	switch c := l.source[l.at]; c {
	case '/':
		l.at++
		return token{kind: tokenName, text: unescaped(l.word())}
	case '(':
		l.at++
		return token{kind: tokenString, text: l.literal()}
	case '<':
		l.at++
		if l.peek() == '<' {
			l.at++
			return token{kind: tokenDictionary, list: l.until(">>")}
		}
		return token{kind: tokenString, text: l.hexadecimal()}
	case '[':
		l.at++
		return token{kind: tokenArray, list: l.until("]")}
	case '>':
		l.at++
		if l.peek() == '>' {
			l.at++
			return token{kind: tokenKeyword, text: ">>"}
		}
		return token{kind: tokenKeyword, text: ">"}
	case ')', ']', '{', '}':
		l.at++
		return token{kind: tokenKeyword, text: string(c)}
	}
	word := l.word()
	if number, err := strconv.ParseFloat(word, 64); err == nil && strings.Trim(word, "+-.0123456789") == "" {
		return token{kind: tokenNumber, number: number}
	}
	return token{kind: tokenKeyword, text: word}
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

// literal reads a string in parentheses.
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
	var text strings.Builder
	half, first := false, byte(0)
	add := func(digit byte) {
		if half {
			text.WriteByte(first<<4 | digit)
		}
		first, half = digit, !half
	}
	for l.at < len(l.source) {
		c := l.source[l.at]
		l.at++
		if c == '>' {
			break
		}
		switch {
		case c >= '0' && c <= '9':
			add(c - '0')
		case c >= 'a' && c <= 'f':
			add(c - 'a' + 10)
		case c >= 'A' && c <= 'F':
			add(c - 'A' + 10)
		}
	}
	if half {
		text.WriteByte(first << 4)
	}
	return text.String()
}

// unescaped is a name whose #41 stand for the bytes that they are.
func unescaped(name string) string {
	if !strings.Contains(name, "#") {
		return name
	}
	var text strings.Builder
	for at := 0; at < len(name); at++ {
		if name[at] == '#' && at+2 < len(name) {
			if value, err := strconv.ParseUint(name[at+1:at+3], 16, 8); err == nil {
				text.WriteByte(byte(value))
				at += 2
				continue
			}
		}
		text.WriteByte(name[at])
	}
	return text.String()
}

// skipImage goes past an image that stands in the content itself: to the EI behind its data.
func (l *lexer) skipImage() {
	for l.at+2 < len(l.source) {
		if isSpace(l.source[l.at]) && l.source[l.at+1] == 'E' && l.source[l.at+2] == 'I' &&
			(l.at+3 == len(l.source) || isSpace(l.source[l.at+3])) {
			l.at += 3
			return
		}
		l.at++
	}
	l.at = len(l.source)
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
