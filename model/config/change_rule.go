package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cadensa/model"
)

// ErrRuleChanged says that the file does not have the rule any more where it was seen.
var ErrRuleChanged = errors.New("the rule was changed in the file meanwhile")

// ChangeRule changes what the rule at the place says, each setting on its line. It adds what the file lacks below the rule's
// other settings, and takes out what the rule no longer says. Errors are those of Change, and ErrRuleChanged.
func ChangeRule(path string, place model.RulePlace, rule model.Rule) error {
	before, beforeErr := encodeRule(place.Rule)
	after, err := encodeRule(rule)
	if err := cmp.Or(beforeErr, err); err != nil {
		return err
	}
	return rewriteRules(path, place, func(rules ruleBlocks) (string, error) {
		text := rules.document.text
		for i, setting := range after {
			if setting == before[i] {
				continue
			}
			edit := Edit{Section: numbered("rule", place.Index+1), Key: setting.key}
			if text, err = edit.apply(path, text, setting.text); errors.Is(err, ErrChangeByHand) {
				return "", rules.byHand(place.Index, setting.key+" of the rule")
			} else if err != nil {
				return "", err
			}
		}
		return text, nil
	})
}

// RemoveRule takes the rule at the place out, with the comment lines directly above it and those among its settings.
// Errors are those of Change, and ErrRuleChanged.
func RemoveRule(path string, place model.RulePlace) error {
	return rewriteRules(path, place, func(rules ruleBlocks) (string, error) {
		block, text := rules.blocks[place.Index], rules.document.text
		text = text[:block.start] + strings.TrimLeft(text[block.end:], "\r\n")
		return rules.proven(place, text, slices.Delete(slices.Clone(rules.tables), place.Index, place.Index+1))
	})
}

// MoveRule lets the rule at the place change seats with the next one, or with the one before, comments included: the
// first that matches wins. Errors are those of Change, and ErrRuleChanged; a rule at the end stays where it is.
func MoveRule(path string, place model.RulePlace, later bool) error {
	return rewriteRules(path, place, func(rules ruleBlocks) (string, error) {
		upper := place.Index
		if !later {
			upper--
		}
		if upper < 0 || upper+1 >= len(rules.blocks) {
			return rules.document.text, nil
		}
		text, first, second := rules.document.text, rules.blocks[upper], rules.blocks[upper+1]
		tables := slices.Clone(rules.tables)
		tables[upper], tables[upper+1] = tables[upper+1], tables[upper]
		text = text[:first.start] + rules.ended(second) + text[first.end:second.start] + rules.ended(first) + text[second.end:]
		return rules.proven(place, text, tables)
	})
}

// rewriteRules replaces the file by the result of change, if the rule at the place is still the one that was seen.
func rewriteRules(path string, place model.RulePlace, change func(ruleBlocks) (string, error)) error {
	return rewrite(path, func(current parsed) (string, error) {
		known := current.settings.Rules
		if place.Index < 0 || place.Index >= len(known) || !known[place.Index].Equal(place.Rule) {
			return "", &FileError{Path: path, Line: current.document.line(numbered("rule", place.Index+1)), Key: "rule", Err: ErrRuleChanged}
		}
		rules, err := current.ruleBlocks(path)
		if err != nil {
			return "", err
		}
		return change(rules)
	})
}

// proven is the text if nothing but the rules was changed, and the rules into these.
func (r ruleBlocks) proven(place model.RulePlace, text string, rules []map[string]any) (string, error) {
	want := maps.Clone(r.table)
	if want["rule"] = rules; len(rules) == 0 {
		delete(want, "rule")
	}
	if !decodesTo(text, want) {
		return "", r.byHand(place.Index, "the rule")
	}
	return text, nil
}

// ruleBlocks are the rules of a file, each in a block of its own.
type ruleBlocks struct {
	parsed

	path   string
	tables []map[string]any
	blocks []ruleBlock
}

// ruleBlock is the place of a rule: from the comments directly above it to the end of its last setting.
type ruleBlock struct{ start, end int }

// ruleBlocks finds the blocks; ErrChangeByHand when they do not stand in one piece each.
func (p parsed) ruleBlocks(path string) (ruleBlocks, error) {
	tables, _ := tablesOf(p.table["rule"])
	rules := ruleBlocks{parsed: p, path: path, tables: tables, blocks: make([]ruleBlock, len(tables))}
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
