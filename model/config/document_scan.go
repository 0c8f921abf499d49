package config

import (
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"
)

// scanner finds the statements of a text that the decoder took for TOML; the decoder does not say where they are. On
// other text it finds something, and ends.
type scanner struct {
	text string
	pos  int
	line int
	// section is the path of the latest header; blocks counts those of each list.
	section string
	blocks  map[string]int
	// nesting counts what opens another level in the statement at hand.
	nesting int
}

// scan finds every header and setting (https://toml.io/en/v1.0.0).
func scan(text string) document {
	s := &scanner{text: text, line: 1, blocks: map[string]int{}}
	s.skipMark()
	found := document{text: text, lines: map[string]int{}}
	for start := s.pos; s.pos < len(s.text); start = s.pos {
		s.nesting = 0
		s.skipSpace()
		statement, ok := s.statement()
		found.nesting = max(found.nesting, s.nesting)
		s.skipLine()
		if ok {
			statement.start, statement.end = start, s.pos
			found.add(statement)
		}
		s.line += strings.Count(s.text[start:s.pos], "\n")
	}
	return found
}

// skipMark passes the byte order mark that some editors write.
func (s *scanner) skipMark() {
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		if strings.HasPrefix(s.text, mark) {
			s.pos = len(mark)
			return
		}
	}
}

// statement reads what begins on this line, false for a comment or nothing.
func (s *scanner) statement() (statement, bool) {
	switch s.peek() {
	case 0, '#', '\n', '\r':
		return statement{}, false
	case '[':
		return s.header(), true
	}
	found := statement{section: s.section, line: s.line}
	found.path = joinPath(s.section, s.resolve(s.section, s.key()))
	s.accept('=')
	s.skipSpace()
	found.value[0] = s.pos
	s.skipValue()
	found.value[1] = s.pos
	return found, true
}

func (s *scanner) header() statement {
	s.accept('[')
	isList := s.accept('[')
	key := s.key()
	s.accept(']')
	if !isList {
		s.section = s.resolve("", key)
	} else {
		last := len(key) - 1
		s.section = joinPath(s.resolve("", key[:last]), toml.Key(key[last:]).String())
		s.blocks[s.section]++
		s.section = numbered(s.section, s.blocks[s.section])
	}
	return statement{path: s.section, section: s.section, header: true, line: s.line}
}

// resolve writes a key as a path below base; the names of lists get the number of their latest block. A key that is
// nested too deeply for settings has none.
func (s *scanner) resolve(base string, key []string) string {
	path := ""
	if len(key) > maxNesting {
		return path
	}
	for _, name := range key {
		path = joinPath(path, toml.Key{name}.String())
		if blocks := s.blocks[joinPath(base, path)]; blocks > 0 {
			path = numbered(path, blocks)
		}
	}
	return path
}

// key reads a bare, quoted or dotted key. It has at least one part.
func (s *scanner) key() []string {
	var parts []string
	for {
		s.skipSpace()
		start := s.pos
		switch s.peek() {
		case '"', '\'':
			s.skipValue()
			parts = append(parts, unquote(s.text[start:s.pos]))
		default:
			s.skipUntil(" \t.=]\r\n#")
			parts = append(parts, s.text[start:s.pos])
		}
		s.skipSpace()
		if !s.accept('.') {
			return parts
		}
		s.nesting++
	}
}

// unquote reads a quoted text by the decoder's rules.
func unquote(text string) string {
	var decoded struct{ Text string }
	if _, err := toml.Decode("Text = "+text, &decoded); err != nil {
		return text
	}
	return decoded.Text
}

// quotedText is a text at the beginning, closed or not: a backslash hides the next character between double quotes, and up to
// two quotes can stand directly before three closing ones.
var quotedText = regexp.MustCompile(`(?s)^(?:"""(?:\\.|[^\\])*?(?:"{3,5}|$)|'''.*?(?:'{3,5}|$)|"(?:\\.|[^"\\])*"?|'[^']*'?)`)

// skipValue passes a value, whatever its type and however many lines it has.
func (s *scanner) skipValue() {
	switch s.peek() {
	case '"', '\'':
		s.pos += len(quotedText.FindString(s.text[s.pos:]))
	case '[':
		s.skipNested(']')
	case '{':
		s.skipNested('}')
	default:
		start := s.pos
		s.skipUntil(",]}#\r\n")
		s.pos = start + len(strings.TrimRight(s.text[start:s.pos], " \t"))
	}
}

// skipNested passes a list or a table in braces, with what it holds. Keys and = signs are passed like values.
func (s *scanner) skipNested(closing byte) {
	s.nesting++
	s.pos++
	for s.pos < len(s.text) && !s.accept(closing) {
		switch s.peek() {
		case '.':
			s.nesting++
			s.pos++
		case '#':
			s.skipUntil("\n")
		case '"', '\'', '[', '{':
			s.skipValue()
		default:
			s.pos++
		}
	}
}

// skipLine passes what is left of a line, its end included.
func (s *scanner) skipLine() {
	s.skipUntil("\n")
	s.accept('\n')
}

func (s *scanner) skipSpace() {
	for s.peek() == ' ' || s.peek() == '\t' {
		s.pos++
	}
}

func (s *scanner) skipUntil(characters string) {
	length := strings.IndexAny(s.text[s.pos:], characters)
	if length < 0 {
		length = len(s.text) - s.pos
	}
	s.pos += length
}

// peek returns the next character, 0 at the end of the text.
func (s *scanner) peek() byte {
	if s.pos >= len(s.text) {
		return 0
	}
	return s.text[s.pos]
}

func (s *scanner) accept(character byte) bool {
	if s.pos >= len(s.text) || s.text[s.pos] != character {
		return false
	}
	s.pos++
	return true
}
