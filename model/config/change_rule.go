package config

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"cadensa/model"
)

// ErrRuleChanged says that the file does not have the rule any more where it was seen.
var ErrRuleChanged = errors.New("the rule was changed in the file meanwhile")

// ChangeRule changes what the rule at the place says, each setting on its line; what the file lacks is added below the
// rule's other settings, what the rule no longer says is taken out. Errors are those of Change, and ErrRuleChanged.
func ChangeRule(path string, place model.RulePlace, rule model.Rule) error {
	return rewriteRules(path, place, func(rules ruleBlocks) (string, []map[string]any, error) {
		return rules.change(place, rule)
	})
}

// RemoveRule takes the rule at the place out, with the comment lines directly above it and those among its settings.
// Errors are those of Change, and ErrRuleChanged.
func RemoveRule(path string, place model.RulePlace) error {
	return rewriteRules(path, place, func(rules ruleBlocks) (string, []map[string]any, error) {
		block := rules.blocks[place.Index]
		text := rules.document.text[:block.start] + strings.TrimLeft(rules.document.text[block.end:], "\r\n")
		return text, slices.Delete(slices.Clone(rules.tables), place.Index, place.Index+1), nil
	})
}

// MoveRule lets the rule at the place change seats with the next one, or with the one before, comments included: the
// first that matches wins. Errors are those of Change, and ErrRuleChanged; a rule at the end stays where it is.
func MoveRule(path string, place model.RulePlace, later bool) error {
	return rewriteRules(path, place, func(rules ruleBlocks) (string, []map[string]any, error) {
		upper := place.Index
		if !later {
			upper--
		}
		if upper < 0 || upper+1 >= len(rules.blocks) {
			return rules.document.text, rules.tables, nil
		}
		text, first, second := rules.document.text, rules.blocks[upper], rules.blocks[upper+1]
		tables := slices.Clone(rules.tables)
		tables[upper], tables[upper+1] = tables[upper+1], tables[upper]
		return text[:first.start] + rules.ended(second) + text[first.end:second.start] + rules.ended(first) + text[second.end:], tables, nil
	})
}

// rewriteRules replaces the file's rules by the result of change, and proves that nothing else was changed.
func rewriteRules(path string, place model.RulePlace, change func(ruleBlocks) (string, []map[string]any, error)) error {
	return rewrite(path, func(current parsed) (string, error) {
		known := current.settings.Rules
		if place.Index < 0 || place.Index >= len(known) || !known[place.Index].Equal(place.Rule) {
			return "", &FileError{Path: path, Line: current.document.line(numbered("rule", place.Index+1)), Key: "rule", Err: ErrRuleChanged}
		}
		rules, err := current.ruleBlocks(path)
		if err != nil {
			return "", err
		}
		changed, tables, err := change(rules)
		if err != nil {
			return "", err
		}
		want := maps.Clone(current.table)
		if want["rule"] = tables; len(tables) == 0 {
			delete(want, "rule")
		}
		if !decodesTo(changed, want) {
			return "", rules.byHand(place.Index, "the rule")
		}
		return changed, nil
	})
}

// ruleBlocks are the rules of a file, each in a block of its own.
type ruleBlocks struct {
	path     string
	document document
	tables   []map[string]any
	blocks   []ruleBlock
}

// ruleBlock is the place of a rule: from the comments directly above it to the end of its last setting.
type ruleBlock struct{ start, end int }

// ruleBlocks finds the blocks; ErrChangeByHand when they do not stand in one piece each.
func (p parsed) ruleBlocks(path string) (ruleBlocks, error) {
	tables, _ := tablesOf(p.table["rule"])
	rules := ruleBlocks{path: path, document: p.document, tables: tables, blocks: make([]ruleBlock, len(tables))}
	last := -1
	for _, statement := range p.document.statements {
		index := -1
		for i := range tables {
			if section := numbered("rule", i+1); statement.section == section || strings.HasPrefix(statement.section, section+".") {
				index = i
			}
		}
		switch {
		case index < 0:
		case statement.header && statement.path == numbered("rule", index+1):
			rules.blocks[index] = ruleBlock{start: p.document.beforeComments(statement.start), end: statement.end}
		case last != index:
			return ruleBlocks{}, rules.byHand(index, "the rule")
		default:
			rules.blocks[index].end = statement.end
		}
		last = index
	}
	if index := slices.Index(rules.blocks, ruleBlock{}); index >= 0 {
		return ruleBlocks{}, rules.byHand(index, "the rule")
	}
	return rules, nil
}

func (r ruleBlocks) byHand(index int, what string) error {
	key := numbered("rule", index+1)
	return &FileError{Path: r.path, Line: r.document.line(key), Key: key,
		Err: fmt.Errorf("%s could not be changed: %w", what, ErrChangeByHand)}
}

// ended is a block's text with a line end.
func (r ruleBlocks) ended(block ruleBlock) string {
	text := r.document.text[block.start:block.end]
	if !strings.HasSuffix(text, "\n") {
		text += r.document.newline()
	}
	return text
}

// change sets, adds and takes out the settings in which the rules differ.
func (r ruleBlocks) change(place model.RulePlace, rule model.Rule) (string, []map[string]any, error) {
	before, err := ruleLiterals(place.Rule)
	if err != nil {
		return "", nil, err
	}
	after, err := ruleLiterals(rule)
	if err != nil {
		return "", nil, err
	}
	table := maps.Clone(r.tables[place.Index])
	document := r.document
	for i, setting := range after {
		if setting.literal == before[i].literal {
			continue
		}
		var value map[string]any
		if _, err := toml.Decode("value = "+setting.written(), &value); err != nil {
			return "", nil, fmt.Errorf("change a rule: %w", errors.New(syntaxUnclear))
		}
		if table[setting.key] = value["value"]; setting.literal == "" {
			delete(table, setting.key)
		}
		text, ok := document.setInBlock(numbered("rule", place.Index+1), setting)
		if !ok {
			return "", nil, r.byHand(place.Index, setting.key+" of the rule")
		}
		document = scan(text)
	}
	tables := slices.Clone(r.tables)
	tables[place.Index] = table
	return document.text, tables, nil
}

// setInBlock writes, adds or takes out one setting of a block, false when it stands in a form that only its user should
// change.
func (d document) setInBlock(section string, setting ruleSetting) (string, bool) {
	path := joinPath(section, setting.key)
	if known, ok := d.setting(path); ok {
		switch {
		case d.isMultiline(known):
			return "", false
		case setting.literal == "":
			return d.text[:known.start] + d.text[known.end:], true
		}
		return d.text[:known.value[0]] + setting.literal + d.text[known.value[1]:], true
	}
	if _, within := d.find(func(s statement) bool { return strings.HasPrefix(s.path, path+".") || s.path == path }); within {
		return "", false
	}
	last, ok := d.last(section)
	if !ok || setting.literal == "" {
		return d.text, ok
	}
	return d.insert(last.end, d.indent(last)+setting.key+" = "+setting.literal+d.newline()), true
}

// ruleSetting is one line of a rule; the literal is "" when the rule does not say it.
type ruleSetting struct{ key, literal string }

func (s ruleSetting) written() string {
	if s.literal == "" {
		return `""`
	}
	return s.literal
}

// ruleLiterals are all the settings that a rule can have, in the order in which a new one has them.
func ruleLiterals(rule model.Rule) ([]ruleSetting, error) {
	settings := []ruleSetting{}
	for _, each := range []struct {
		key   string
		value any
	}{
		{"client", rule.Client}, {"project", rule.Project}, {"task", rule.Task}, {"tag", rule.Tag},
		{"unit", rule.Unit}, {"price", rule.Price.String()}, {"currency", rule.Currency},
	} {
		literal := ""
		if !reflect.ValueOf(each.value).IsZero() {
			var err error
			if literal, err = encode(each.value); err != nil {
				return nil, fmt.Errorf("write %s: %w", each.key, err)
			}
		}
		settings = append(settings, ruleSetting{each.key, literal})
	}
	rounding, days := ruleSetting{key: "rounding"}, ruleSetting{key: "days"}
	if rule.Rounding != (model.Rounding{}) {
		rounding.literal = encodeRounding(rule.Rounding)
	}
	if len(rule.Days) > 0 {
		days.literal = encodeDays(rule.Days)
	}
	return append(settings, rounding, days), nil
}
