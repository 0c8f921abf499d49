package config

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/text"
)

// problem is one thing wrong with the value at a key.
type problem struct {
	key string
	err error
}

// reading goes through a decoded file. The decoder's own check for unknown keys cannot tell one [[rule]] from the
// next, and takes keys in any case; this one names the very key.
type reading struct {
	problems []problem
	// known collects the keys that each kind of section has, such as those of "rule.rounding".
	known map[string][]string
}

func newReading() *reading { return &reading{known: map[string][]string{}} }

// section reads one table, key by key. A missing or bad value leaves its destination as it is.
type section struct {
	reading *reading
	// path is where the section stands, such as "rule[2].rounding"; kind is the path without numbers.
	path, kind string
	values     map[string]any
}

// value returns what the key holds, and notes that the section has such a key.
func (s *section) value(key string) (any, bool) {
	if known := s.reading.known[s.kind]; !slices.Contains(known, key) {
		s.reading.known[s.kind] = append(known, key)
	}
	value, set := s.values[key]
	return value, set
}

func (s *section) fail(key, format string, args ...any) {
	full := joinPath(s.path, key)
	err := fmt.Errorf("%s "+format, append([]any{full}, args...)...)
	s.reading.problems = append(s.reading.problems, problem{full, err})
}

func quoted(value string) string { return strconv.Quote(text.Clean(value)) }

// done reports the unknown keys.
func (s *section) done() {
	known := s.reading.known[s.kind]
	for key := range s.values {
		if slices.Contains(known, key) {
			continue
		}
		full := joinPath(s.path, toml.Key{key}.String())
		err := fmt.Errorf("%w %s", ErrUnknownSetting, text.Clean(full))
		if near := text.Nearest(key, known); near != "" {
			err = fmt.Errorf("%w (did you mean %s?)", err, near)
		}
		s.reading.problems = append(s.reading.problems, problem{full, err})
	}
}

func joinPath(path, key string) string {
	if path == "" || key == "" {
		return path + key
	}
	return path + "." + key
}

// take reads what the key holds, if parse takes it. Complaint is for anything else.
func take[T any](s *section, key string, into *T, parse func(value any) (T, bool), complaint string, args ...any) {
	value, set := s.value(key)
	if !set {
		return
	}
	if parsed, ok := parse(value); ok {
		*into = parsed
	} else {
		s.fail(key, complaint, args...)
	}
}

func as[T any](value any) (T, bool) {
	typed, ok := value.(T)
	return typed, ok
}

// raw reads a text exactly as it is written.
func (s *section) raw(key string, into *string) {
	take(s, key, into, as[string], "must be a text in double quotes")
}

// fullPath reads a path or pattern that means the same wherever the program is started.
func (s *section) fullPath(key string, into *string) {
	s.raw(key, into)
	if err := model.CheckSettingPath(*into); err != nil && *into != model.StandardInput {
		s.fail(key, "%s", err.Error())
	}
}

// command reads a program and its arguments. A program without a folder is looked for where the system has programs.
func (s *section) command(key string, into *[]string) {
	s.words(key, into)
	if len(*into) == 0 || !strings.ContainsAny((*into)[0], `/\`+string(filepath.Separator)) {
		return
	}
	if err := model.CheckSettingPath((*into)[0]); err != nil {
		s.fail(key, "starts %s", err.Error())
	}
}

// text reads a text without control characters and surrounding space.
func (s *section) text(key string, into *string) {
	s.raw(key, into)
	*into = strings.TrimSpace(text.Clean(*into))
}

// name reads a text that must say something.
func (s *section) name(key string, into *string) {
	s.text(key, into)
	if *into == "" {
		s.fail(key, "must not be empty")
	}
}

// glob reads a pattern of * and ?.
func (s *section) glob(key string, into *string) {
	s.text(key, into)
	s.checkGlob(key, *into)
}

func (s *section) checkGlob(key, glob string) {
	if _, err := path.Match(glob, ""); err != nil {
		s.fail(key, "%s is not a pattern: a [ or \\ is not closed", quoted(glob))
	}
}

// globs reads one pattern of * and ?, or a list of them. An empty text is none; an empty list stays one.
func (s *section) globs(key string, into *[]string) {
	value, set := s.value(key)
	if !set {
		return
	}
	list, many := value.([]any)
	if !many {
		list = []any{value}
	}
	globs := make([]string, 0, len(list))
	for _, item := range list {
		glob, ok := item.(string)
		if !ok {
			s.fail(key, `must be a pattern such as "client:*", or a list of them`)
			return
		}
		glob = strings.TrimSpace(text.Clean(glob))
		s.checkGlob(key, glob)
		if glob != "" {
			globs = append(globs, glob)
		}
	}
	if many || len(globs) > 0 {
		*into = globs
	}
}

func choice[T ~string](s *section, key string, into *T, allowed []T) {
	text := string(*into)
	s.raw(key, &text)
	if !slices.Contains(allowed, T(text)) {
		s.fail(key, "%s is none of %s", quoted(text), joinWords(allowed))
		return
	}
	*into = T(text)
}

func joinWords[T ~string](words []T) string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = quoted(string(word))
	}
	return strings.Join(list, ", ")
}

func (s *section) flag(key string, into *bool) {
	take(s, key, into, as[bool], "must be true or false, without quotes")
}

// number reads a whole number from least to most.
func (s *section) number(key string, into *int, least, most int64) {
	take(s, key, into, func(value any) (int, bool) {
		number, ok := value.(int64)
		return int(number), ok && number >= least && number <= most
	}, "must be a whole number from %d to %d, without quotes", least, most)
}

// longest bounds every duration of the settings: none is about more than a day.
const longest = 24 * time.Hour

// length reads a duration in whole seconds, such as "15m" or "1h30m".
func (s *section) length(key string, into *time.Duration) {
	take(s, key, into, func(value any) (time.Duration, bool) {
		text, _ := value.(string)
		length, err := time.ParseDuration(text)
		return length, err == nil && length >= 0 && length <= longest && length%time.Second == 0
	}, `must be a time from "0s" to "24h" in quotes, such as "15m" or "1h30m"`)
}

// shortAmount keeps out numbers that no price and no part of a day has.
var shortAmount = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,4})?$`)

// amount reads a decimal in quotes, or a whole number. A bare 250.00 would be a float, which touches no money.
func (s *section) amount(key string, into *decimal.Decimal) {
	value, _ := s.value(key)
	text, _ := value.(string)
	if number, ok := value.(int64); ok {
		text = strconv.FormatInt(number, 10)
	}
	amount, err := model.ParsePlainAmount(text)
	if typed, ok := errors.AsType[*model.AmbiguousAmount](err); ok {
		s.fail(key, "%q can mean %q or %q: write one of the two", typed.Typed, typed.Whole, model.EditableAmount(typed.Fraction))
		return
	}
	if err != nil || !shortAmount.MatchString(text) {
		s.fail(key, `must be a number in quotes, such as "250.00" or "0.5"`)
		return
	}
	*into = amount
}

// words reads a list of texts, such as a command with its arguments.
func (s *section) words(key string, into *[]string) {
	take(s, key, into, func(value any) ([]string, bool) {
		words, ok := texts(value)
		return words, ok && (len(words) == 0 || words[0] != "")
	}, `must be a list of texts, such as ["timew", "export"]`)
}

func (s *section) titles(key string, into *[]string) {
	take(s, key, into, texts, `must be a list of titles, such as ["Rate", "Note"]`)
}

func texts(value any) ([]string, bool) {
	list, ok := value.([]any)
	all := make([]string, len(list))
	for i, item := range list {
		var isText bool
		all[i], isText = item.(string)
		ok = ok && isText
	}
	return all, ok
}

func (s *section) names(key string, into *map[string]string) {
	take(s, key, into, func(value any) (map[string]string, bool) {
		table, ok := value.(map[string]any)
		names := make(map[string]string, len(table))
		for ours, theirs := range table {
			name, isText := theirs.(string)
			ok = ok && isText
			names[ours] = name
		}
		return names, ok
	}, `must be names for names, such as { start = "Begin", client = "Customer" }`)
}

// table opens a section within the section. A missing one has no values.
func (s *section) table(key string) *section {
	within := &section{reading: s.reading, path: joinPath(s.path, key), kind: joinPath(s.kind, key)}
	value, set := s.value(key)
	if !set {
		return within
	}
	values, ok := value.(map[string]any)
	if !ok {
		s.fail(key, "must be a section: a line [%s] with its settings below", within.kind)
	}
	within.values = values
	return within
}

// list opens every section of a list such as [[rule]].
func (s *section) list(key string) []*section {
	value, set := s.value(key)
	if !set {
		return nil
	}
	tables, ok := tablesOf(value)
	if !ok {
		s.fail(key, "must be a list of sections, each beginning with a line [[%s]]", joinPath(s.kind, key))
		return nil
	}
	sections := make([]*section, len(tables))
	for i, values := range tables {
		sections[i] = &section{
			reading: s.reading, path: numbered(joinPath(s.path, key), i+1), kind: joinPath(s.kind, key), values: values,
		}
	}
	return sections
}

func numbered(path string, number int) string { return path + "[" + strconv.Itoa(number) + "]" }

// tablesOf accepts both of TOML's ways to write a list of tables.
func tablesOf(value any) ([]map[string]any, bool) {
	if tables, ok := value.([]map[string]any); ok {
		return tables, true
	}
	list, ok := value.([]any)
	if !ok {
		return nil, false
	}
	tables := make([]map[string]any, len(list))
	for i, item := range list {
		if tables[i], ok = item.(map[string]any); !ok {
			return nil, false
		}
	}
	return tables, true
}
