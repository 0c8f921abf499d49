package timelog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// property is a content line of a calendar: NAME;PARAMETER=value:VALUE, with names in capitals (RFC 5545, 3.1).
type property struct {
	name       string
	parameters map[string]string
	// value is as it is written, with the escapes of texts.
	value string
	line  int
	// cut is true when the line was too long to be kept.
	cut bool
}

// component is what stands between BEGIN and END: an event, or a time zone with its parts.
type component struct {
	name       string
	line       int
	properties []property
	parts      []component
}

// first returns the first property of the name, nil when there is none.
func (c *component) first(name string) *property {
	for i := range c.properties {
		if c.properties[i].name == name {
			return &c.properties[i]
		}
	}
	return nil
}

func (c *component) all(name string) []property {
	return slices.DeleteFunc(slices.Clone(c.properties), func(p property) bool { return p.name != name })
}

const (
	// longestProperty bounds a content line, in bytes: events may hold whole files.
	longestProperty = 64 << 10
	// mostProperties bounds those that are kept of one component.
	mostProperties = 10_000
	// mostParts bounds its parts, deepest how deep they may nest.
	mostParts, deepest = 500, 8
)

// errComponent means that a component holds more than any calendar writes.
var errComponent = fmt.Errorf("it has more than %d lines that matter, or more than %d parts", mostProperties, mostParts)

// readComponents hands over each event and time zone of a calendar once it is closed, and each property of the calendar
// itself. A component that is too large comes with an error, and so does the calendar when its file is cut off. Of properties, it
// keeps the named.
func readComponents(ctx context.Context, text fileText, keep []string, take func(component, error)) error {
	var open []component
	var buried int
	var wrong error
	err := readContentLines(ctx, text, func(p property) {
		switch {
		case p.name == "BEGIN" && len(open) < deepest:
			open = append(open, component{name: strings.ToUpper(strings.TrimSpace(p.value)), line: p.line})
		case p.name == "BEGIN":
			buried++
			wrong = errComponent
		case len(open) == 0:
		case p.name == "END" && buried > 0:
			buried--
		case p.name == "END":
			closed := open[len(open)-1]
			open = open[:len(open)-1]
			if len(open) > 1 {
				around := &open[len(open)-1]
				if len(around.parts) == mostParts {
					wrong = errComponent
					return
				}
				around.parts = append(around.parts, closed)
				return
			}
			take(closed, wrong)
			wrong = nil
		case len(open) == 1 && slices.Contains(keep, p.name):
			take(component{name: open[0].name, line: p.line, properties: []property{p}}, nil)
		case slices.Contains(keep, p.name):
			inner := &open[len(open)-1]
			if len(inner.properties) == mostProperties {
				wrong = errComponent
				return
			}
			inner.properties = append(inner.properties, p)
		}
	})
	if last := len(open) - 1; last >= 0 && err == nil {
		take(component{name: open[0].name, line: open[last].line}, errCutOff)
	}
	return err
}

// readContentLines hands over every content line, unfolded: a line that begins with a space goes on with the one before.
func readContentLines(ctx context.Context, text fileText, take func(property)) error {
	in := text.from(0)
	var whole strings.Builder
	begin, cut := 1, false
	end := func() {
		if found, ok := parseProperty(whole.String()); ok {
			found.line, found.cut = begin, cut
			take(found)
		}
		whole.Reset()
		cut = false
	}
	for number := 1; ; number++ {
		if err := stopped(ctx); err != nil {
			return err
		}
		part, long, err := readPart(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read line %d: %w", number, err)
		}
		folded := strings.HasPrefix(part, " ") || strings.HasPrefix(part, "\t")
		if !folded {
			end()
			begin = number
		}
		part = strings.TrimRight(part, "\r\n")
		if folded {
			part = part[1:]
		}
		room := longestProperty - whole.Len()
		cut = cut || long || len(part) > room
		whole.WriteString(part[:min(len(part), room)])
		if err != nil {
			end()
			return nil
		}
	}
}

// readPart reads to the end of a line, of which it keeps longestProperty bytes.
func readPart(in io.ByteReader) (part string, long bool, err error) {
	var line []byte
	for {
		letter, err := in.ReadByte()
		if err != nil {
			return string(line), long, err
		}
		if long = len(line) >= longestProperty; !long || letter == '\n' {
			line = append(line, letter)
		}
		if letter == '\n' {
			return string(line), long, nil
		}
	}
}

// parseProperty takes a content line apart; false when it is none.
func parseProperty(line string) (property, bool) {
	name := strings.IndexAny(line, ":;")
	if name <= 0 {
		return property{}, false
	}
	found := property{name: strings.ToUpper(strings.TrimSpace(line[:name]))}
	rest := line[name:]
	for strings.HasPrefix(rest, ";") {
		end := unquotedIndex(rest[1:], ";:") + 1
		if end == 0 {
			return property{}, false
		}
		key, value, _ := strings.Cut(rest[1:end], "=")
		if found.parameters == nil {
			found.parameters = map[string]string{}
		}
		found.parameters[strings.ToUpper(key)] = strings.Trim(value, `"`)
		rest = rest[end:]
	}
	found.value = strings.TrimPrefix(rest, ":")
	return found, true
}

// unquotedIndex finds the first of the letters outside quotation marks, -1 when there is none.
func unquotedIndex(text, letters string) int {
	quotes := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quotes = !quotes
		case !quotes && strings.IndexByte(letters, text[i]) >= 0:
			return i
		}
	}
	return -1
}

// texts are the values of a text with commas between them, without their escapes.
func (p property) texts() []string {
	var found []string
	var text strings.Builder
	for i := 0; i < len(p.value); i++ {
		switch letter := p.value[i]; {
		case letter == ',':
			found = append(found, text.String())
			text.Reset()
		case letter == '\\' && i+1 < len(p.value):
			i++
			if escaped := p.value[i]; escaped == 'n' || escaped == 'N' {
				text.WriteByte('\n')
			} else {
				text.WriteByte(escaped)
			}
		default:
			text.WriteByte(letter)
		}
	}
	return append(found, text.String())
}

// text is the value as one text, whose commas some programs do not escape.
func (p *property) text() string {
	if p == nil {
		return ""
	}
	return strings.Join(p.texts(), ",")
}
