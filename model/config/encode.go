package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"cadensa/model"
)

var (
	errNotText  = errors.New("it is not UTF-8 text")
	errNotValue = errors.New("it is not of a type that a setting has")
)

// encode writes a value as TOML on one line. Errors do not quote it.
func encode(value any) (string, error) {
	switch typed := value.(type) {
	case model.Secret:
		value = typed.Reveal()
	case time.Duration:
		value = formatDuration(typed)
	}
	kind := reflect.ValueOf(value)
	switch kind.Kind() {
	case reflect.String:
		value = kind.String()
	case reflect.Bool, reflect.Int:
	case reflect.Slice:
		if _, ok := value.([]string); !ok {
			return "", errNotValue
		}
	default:
		return "", errNotValue
	}
	if !isText(value) {
		return "", errNotText
	}
	var line bytes.Buffer
	if err := toml.NewEncoder(&line).Encode(map[string]any{"value": value}); err != nil {
		return "", errNotValue
	}
	return strings.TrimSpace(strings.TrimPrefix(line.String(), "value = ")), nil
}

// isText reports whether all the text of a value is UTF-8, as TOML is.
func isText(value any) bool {
	switch typed := value.(type) {
	case string:
		return utf8.ValidString(typed)
	case []string:
		return utf8.ValidString(strings.Join(typed, ""))
	}
	return true
}

// formatDuration leaves out the units that are zero: "2m", not "2m0s".
func formatDuration(duration time.Duration) string {
	text := duration.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// block writes the lines of a new block, leaving out what is empty. It keeps its first error.
type block struct {
	lines   strings.Builder
	newline string
	err     error
}

func newBlock(list, newline string) *block {
	b := &block{newline: newline}
	b.lines.WriteString("[[" + list + "]]" + newline)
	return b
}

func (b *block) set(key string, value any) {
	if reflect.ValueOf(value).IsZero() {
		return
	}
	literal, err := encode(value)
	if err != nil && b.err == nil {
		b.err = fmt.Errorf("write %s: %w", key, err)
	}
	b.write(key, literal)
}

func (b *block) write(key, literal string) { b.lines.WriteString(key + " = " + literal + b.newline) }

func encodeSource(source Source, newline string) (string, error) {
	b := newBlock("source", newline)
	b.set("format", source.Format)
	b.set("path", source.Path)
	b.set("command", source.Command)
	b.set("client_tag", source.ClientTag)
	b.set("project_tag", source.ProjectTag)
	b.set("date_order", source.DateOrder)
	b.set("user", source.User)
	if len(source.Columns) > 0 {
		b.write("columns", encodeNames(source.Columns))
	}
	return b.lines.String(), b.err
}

func encodeNames(names map[string]string) string {
	pairs := make([]string, 0, len(names))
	for _, ours := range slices.Sorted(maps.Keys(names)) {
		pairs = append(pairs, fmt.Sprintf("%q = %q", ours, names[ours]))
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
}

func encodeRule(rule model.Rule, newline string) (string, error) {
	b := newBlock("rule", newline)
	settings, err := ruleLiterals(rule)
	if err != nil {
		return "", err
	}
	for _, setting := range settings {
		if setting.literal != "" {
			b.write(setting.key, setting.literal)
		}
	}
	return b.lines.String(), nil
}

func encodeRounding(rounding model.Rounding) string {
	parts := []string{fmt.Sprintf("step = %q", formatDuration(rounding.Step))}
	if rounding.Direction != "" {
		parts = append(parts, fmt.Sprintf("direction = %q", rounding.Direction))
	}
	if rounding.Minimum > 0 {
		parts = append(parts, fmt.Sprintf("minimum = %q", formatDuration(rounding.Minimum)))
	}
	if rounding.Scope != "" {
		parts = append(parts, fmt.Sprintf("scope = %q", rounding.Scope))
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

func encodeDays(days []model.DayThreshold) string {
	parts := make([]string, len(days))
	for i, threshold := range days {
		parts[i] = fmt.Sprintf("{ at_least = %q, days = %q }", formatDuration(threshold.AtLeast), threshold.Days)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
