package config

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/BurntSushi/toml"
)

// ErrChangeByHand says that a setting stands in the file in a form that only its user should change.
var ErrChangeByHand = errors.New("change it there by hand")

// Edit sets one setting.
type Edit struct {
	// Section is "smartbill" or "invoice", a SourceSection, or "" for the settings before any section.
	Section, Key string
	// Value is a text (any string type), a bool, an int, a time.Duration, a []string or a model.Secret.
	Value any
}

// SourceSection is the section of the source at the index, as Settings.Sources has them.
func SourceSection(index int) string { return numbered("source", index+1) }

func (e Edit) path() string { return joinPath(e.Section, e.Key) }

// Change sets settings in the file, all or none. It replaces each value on its line, so that comments and order stay, adds what
// the file lacks, and makes a missing file, private to its user. Errors: ErrChangeByHand, with the line, for a value over several
// lines or in a table in braces; a *FileError when the file or the outcome is not valid.
func Change(path string, edits ...Edit) error {
	return rewrite(path, func(current parsed) (string, error) {
		text := current.document.text
		for _, edit := range edits {
			literal, err := encode(edit.Value)
			if err != nil {
				return "", fmt.Errorf("set %s: %w", edit.path(), err)
			}
			if text, err = edit.apply(path, text, literal); err != nil {
				return "", err
			}
		}
		return text, nil
	})
}

// apply returns the text with the literal as the setting's value, or without the setting for "", and proves that nothing
// else was changed.
func (e Edit) apply(path, text, literal string) (string, error) {
	document := scan(text)
	changed, err := e.place(document, literal)
	if err != nil {
		return "", &FileError{Path: path, Line: e.blockedLine(document), Key: e.path(), Err: err}
	}
	want, err := e.expected(text, literal)
	if err != nil {
		return "", err
	}
	if !decodesTo(changed, want) {
		err := fmt.Errorf("%s could not be set: %w", e.path(), ErrChangeByHand)
		return "", &FileError{Path: path, Line: document.line(e.path()), Key: e.path(), Err: err}
	}
	return changed, nil
}

// place puts the literal where the setting stands or belongs.
func (e Edit) place(document document, literal string) (string, error) {
	line := e.Key + " = " + literal + document.newline()
	if setting, ok := document.setting(e.path()); ok {
		if document.isMultiline(setting) {
			return "", fmt.Errorf("%s goes on over several lines: %w", e.path(), ErrChangeByHand)
		}
		if literal == "" {
			return document.text[:setting.start] + document.text[setting.end:], nil
		}
		return document.text[:setting.value[0]] + literal + document.text[setting.value[1]:], nil
	}
	if literal == "" {
		return document.text, nil
	}
	if last, ok := document.last(e.Section); ok {
		return document.insert(last.end, document.indent(last)+line), nil
	}
	if e.Section == "" {
		return document.insertFirst(line), nil
	}
	if e.blockedLine(document) > 0 {
		return "", fmt.Errorf("%s does not stand in a section of its own: %w", e.path(), ErrChangeByHand)
	}
	return document.appendBlock("[" + e.Section + "]" + document.newline() + line), nil
}

// blockedLine is the line of what keeps the setting from being placed, 0 when nothing does: a table in braces, or
// another setting of the section written with a dot.
func (e Edit) blockedLine(document document) int {
	within, ok := document.find(func(s statement) bool {
		return s.path == e.path() || s.path == e.Section && !s.header || strings.HasPrefix(s.path, e.Section+".")
	})
	if !ok || e.Section == "" && within.path != e.path() {
		return 0
	}
	return within.line
}

// expected decodes the text as it was and sets the value in what it says.
func (e Edit) expected(text, literal string) (map[string]any, error) {
	var value, want map[string]any
	if _, err := toml.Decode(text, &want); err != nil {
		return nil, fmt.Errorf("set %s: %w", e.path(), errors.New(syntaxUnclear))
	}
	if literal == "" {
		delete(e.holder(want), e.Key)
		return want, nil
	}
	if _, err := toml.Decode("value = "+literal, &value); err != nil {
		return nil, fmt.Errorf("set %s: the value cannot be written: %w", e.path(), errNotText)
	}
	e.holder(want)[e.Key] = value["value"]
	return want, nil
}

// holder is the table that the setting belongs to. A missing one is made.
func (e Edit) holder(settings map[string]any) map[string]any {
	if e.Section == "" {
		return settings
	}
	list, _, _ := strings.Cut(e.Section, "[")
	if blocks, ok := tablesOf(settings[list]); ok {
		for i, block := range blocks {
			if numbered(list, i+1) == e.Section {
				return block
			}
		}
	}
	within, ok := settings[e.Section].(map[string]any)
	if !ok {
		within = map[string]any{}
		settings[e.Section] = within
	}
	return within
}

func decodesTo(text string, want map[string]any) bool {
	var got map[string]any
	_, err := toml.Decode(text, &got)
	return err == nil && reflect.DeepEqual(got, want)
}
