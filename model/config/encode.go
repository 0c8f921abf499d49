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
	case map[string]string:
		return encodeNames(typed), nil
	case model.Rounding:
		return encodeRounding(typed), nil
	case []model.DayThreshold:
		return encodeDays(typed), nil
	case patterns:
		if value = []string(typed); len(typed) == 1 {
			value = typed[0]
		}
	case model.Secret:
		value = typed.Reveal()
	case time.Duration:
		value = formatDuration(typed)
	}
	switch kind := reflect.ValueOf(value); kind.Kind() {
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

// literal is one setting of a block as the file has it; the text is "" when the block does not say it.
type literal struct{ key, text string }

// patterns are written without brackets when there is one. An empty list says something else than none.
type patterns []string

// namedValue is a setting of a block.
type namedValue struct {
	key   string
	value any
}

func encodeAll(values []namedValue) ([]literal, error) {
	literals := make([]literal, len(values))
	for i, each := range values {
		literals[i].key = each.key
		value := reflect.ValueOf(each.value)
		_, isPatterns := each.value.(patterns)
		if value.IsZero() || !isPatterns && (value.Kind() == reflect.Slice || value.Kind() == reflect.Map) && value.Len() == 0 {
			continue
		}
		var err error
		if literals[i].text, err = encode(each.value); err != nil {
			return nil, fmt.Errorf("write %s: %w", each.key, err)
		}
	}
	return literals, nil
}

func block(list string, literals []literal, newline string) string {
	var lines strings.Builder
	lines.WriteString("[[" + list + "]]" + newline)
	for _, setting := range literals {
		if setting.text != "" {
			lines.WriteString(setting.key + " = " + setting.text + newline)
		}
	}
	return lines.String()
}

func encodeSource(source model.Source) ([]literal, error) {
	return encodeAll([]namedValue{
		{"format", source.Format}, {"encoding", source.Encoding}, {"path", source.Path}, {"command", source.Command},
		{"client_tag", patterns(source.ClientTags)}, {"project_tag", patterns(source.ProjectTags)}, {"date_order", source.DateOrder},
		{"user", source.User}, {"columns", source.Columns}, {"ignore_columns", source.IgnoredColumns},
		{"billable", source.Billable}, {"rates", source.Rates}, {"off", source.Off},
	})
}

// encodeRule gives all the settings that a rule can have, in the order in which a new one has them.
func encodeRule(rule model.Rule) ([]literal, error) {
	return encodeAll([]namedValue{
		{"client", rule.Client}, {"project", rule.Project}, {"task", rule.Task}, {"tag", rule.Tag}, {"unit", rule.Unit},
		{"price", model.EditableNumber(rule.Price)}, {"currency", rule.Currency}, {"rounding", rule.Rounding}, {"days", rule.Days},
	})
}

func encodeNames(names map[string]string) string {
	pairs := make([]string, 0, len(names))
	for _, ours := range slices.Sorted(maps.Keys(names)) {
		pairs = append(pairs, fmt.Sprintf("%q = %q", ours, names[ours]))
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
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
		parts[i] = fmt.Sprintf("{ at_least = %q, days = %q }", formatDuration(threshold.AtLeast), model.EditableNumber(threshold.Days))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}
