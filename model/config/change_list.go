package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"

	"cadensa/model"
)

// ErrRuleChanged and ErrSourceChanged say that the file no longer has the rule, or the source, where it was seen.
var (
	ErrRuleChanged   = errors.New("the rule was changed in the file meanwhile")
	ErrSourceChanged = errors.New("the source was changed in the file meanwhile")
)

// AddRule adds a [[rule]] before those that the file has, since the first that matches wins and a new rule is more
// specific than the older ones. Errors are those of Change.
func AddRule(path string, rule model.Rule) error {
	literals, err := encodeRule(rule)
	return addBlock(path, "rule", literals, err)
}

// ChangeRule changes what the rule at the place says, each setting on its line. Errors are those of Change, and ErrRuleChanged.
func ChangeRule(path string, place model.RulePlace, rule model.Rule) error {
	before, beforeErr := encodeRule(place.Rule)
	after, err := encodeRule(rule)
	if err := cmp.Or(beforeErr, err); err != nil {
		return err
	}
	return seenRule(place).change(path, before, after)
}

// RemoveRule takes the rule at the place out, with the comment lines directly above it and those among its settings.
// Errors are those of Change, and ErrRuleChanged.
func RemoveRule(path string, place model.RulePlace) error { return seenRule(place).remove(path) }

// MoveRule lets the rule at the place change seats with the next one, or with the one before, comments included: the
// first that matches wins. Errors are those of Change, and ErrRuleChanged; a rule at the end stays where it is.
func MoveRule(path string, place model.RulePlace, later bool) error {
	return seenRule(place).move(path, later)
}

func seenRule(place model.RulePlace) seenBlock {
	return seenBlock{list: "rule", index: place.Index, changed: ErrRuleChanged, isIn: func(settings Settings) bool {
		return place.Index >= 0 && place.Index < len(settings.Rules) && settings.Rules[place.Index].Equal(place.Rule)
	}}
}

// AddSource adds a [[source]] after those that the file has. Errors are those of Change.
func AddSource(path string, source model.Source) error {
	literals, err := encodeSource(source)
	return addBlock(path, "source", literals, err)
}

// ChangeSource changes what the source at the place says, each setting on its line. Errors are those of Change, and
// ErrSourceChanged.
func ChangeSource(path string, place model.SourcePlace, source model.Source) error {
	before, beforeErr := encodeSource(place.Source)
	after, err := encodeSource(source)
	if err := cmp.Or(beforeErr, err); err != nil {
		return err
	}
	return seenSource(place).change(path, before, after)
}

// RemoveSource takes the source at the place out, with the comment lines directly above it and those among its settings.
// Errors are those of Change, and ErrSourceChanged.
func RemoveSource(path string, place model.SourcePlace) error { return seenSource(place).remove(path) }

func seenSource(place model.SourcePlace) seenBlock {
	return seenBlock{list: "source", index: place.Index, changed: ErrSourceChanged, isIn: func(settings Settings) bool {
		return place.Index >= 0 && place.Index < len(settings.Sources) && settings.Sources[place.Index].Equal(place.Source)
	}}
}

func addBlock(path, list string, literals []literal, err error) error {
	if err != nil {
		return err
	}
	return rewrite(path, func(current parsed) (string, error) {
		return current.add(path, list, block(list, literals, current.document.newline()))
	})
}

// add returns the text with the block in its place, and proves that nothing else was changed.
func (p parsed) add(path, list, block string) (string, error) {
	if setting, ok := p.document.setting(list); ok {
		err := fmt.Errorf("%s is one list in brackets: %w", list, ErrChangeByHand)
		return "", &FileError{Path: path, Line: setting.line, Key: list, Err: err}
	}
	changed := p.document.appendBlock(block)
	index := 0
	old, _ := tablesOf(p.table[list])
	if first, ok := p.document.header(numbered(list, 1)); ok && list == "rule" {
		changed = p.document.insert(p.document.beforeComments(first.start), block+p.document.newline())
	} else if end, ok := p.document.endOfBlocks(list); ok {
		changed = p.document.insert(end, p.document.newline()+block)
		index = len(old)
	}
	var added map[string][]map[string]any
	if _, err := toml.Decode(block, &added); err != nil {
		return "", fmt.Errorf("add a %s: %w", list, errors.New(syntaxUnclear))
	}
	want := maps.Clone(p.table)
	want[list] = slices.Insert(slices.Clone(old), index, added[list]...)
	if !decodesTo(changed, want) {
		return "", &FileError{Path: path, Key: list, Err: fmt.Errorf("the %s could not be added: %w", list, ErrChangeByHand)}
	}
	return changed, nil
}
