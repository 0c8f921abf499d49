package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"cadensa/model"

	"github.com/BurntSushi/toml"
)

// AddSource adds a [[source]] after those that the file has. Errors are those of Change.
func AddSource(path string, source Source) error {
	return rewrite(path, func(current parsed) (string, error) {
		block, err := encodeSource(source, current.document.newline())
		if err != nil {
			return "", err
		}
		return current.add(path, "source", block)
	})
}

// AddRule adds a [[rule]] before those that the file has, since the first that matches wins and a new rule is more
// specific than the older ones. Errors are those of Change.
func AddRule(path string, rule model.Rule) error {
	return rewrite(path, func(current parsed) (string, error) {
		block, err := encodeRule(rule, current.document.newline())
		if err != nil {
			return "", err
		}
		return current.add(path, "rule", block)
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
