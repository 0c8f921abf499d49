package timelog

import (
	"slices"
	"strings"

	"cadensa/model"
)

// mostShared bounds the texts and lists that are remembered: names repeat, descriptions often do not.
const mostShared = 1 << 14

// sharedTexts lets entries share the texts that they have in common, and packs the others together. A text of a row
// holds the whole row in memory; a copy does not.
type sharedTexts struct {
	texts map[string]string
	lists map[string][]string
	// names, list and price are those of the entry before: neighbours have much in common.
	names [4]string
	list  []string
	price *model.HourlyPrice
	// packed are the texts that are being packed, own the entries whose descriptions are among them.
	packed []byte
	own    []int
}

// share gives the entry the names that others have, too.
func (s *sharedTexts) share(entry *model.Entry) {
	for i, text := range []*string{&entry.Client, &entry.Project, &entry.Task, &entry.User} {
		if *text != s.names[i] {
			s.names[i] = s.text(*text)
		}
		*text = s.names[i]
	}
	if !slices.Equal(entry.Tags, s.list) {
		s.list = s.listOf(entry.Tags)
	}
	entry.Tags = s.list
	if s.price.Compare(entry.Price) != 0 {
		s.price = entry.Price
	} else if entry.Price != nil {
		entry.Price = s.price
	}
}

// pack puts the fingerprints and the descriptions of entries into one string.
func (s *sharedTexts) pack(entries []model.Entry) {
	s.packed, s.own = s.packed[:0], s.own[:0]
	for i := range entries {
		entry := &entries[i]
		s.packed = append(s.packed, entry.Fingerprint...)
		if known, ok := s.texts[entry.Description]; ok {
			entry.Description = known
		} else if entry.Description != "" {
			s.packed, s.own = append(s.packed, entry.Description...), append(s.own, i)
		}
	}
	rest, own := string(s.packed), s.own
	for i := range entries {
		entry := &entries[i]
		entry.Fingerprint, rest = rest[:len(entry.Fingerprint)], rest[len(entry.Fingerprint):]
		if len(own) > 0 && own[0] == i {
			entry.Description, rest = rest[:len(entry.Description)], rest[len(entry.Description):]
			own = own[1:]
			s.remember(entry.Description)
		}
	}
}

func (s *sharedTexts) remember(text string) {
	if len(s.texts) < mostShared {
		s.texts[text] = text
	}
}

func (s *sharedTexts) text(text string) string {
	if text == "" {
		return ""
	}
	if known, ok := s.texts[text]; ok {
		return known
	}
	text = strings.Clone(text)
	s.remember(text)
	return text
}

func (s *sharedTexts) listOf(tags []string) []string {
	if len(tags) == 0 {
		return nil
	}
	key := strings.Join(tags, "\x1f")
	if known, ok := s.lists[key]; ok {
		return known
	}
	list := make([]string, len(tags))
	for i, tag := range tags {
		list[i] = s.text(tag)
	}
	if len(s.lists) < mostShared {
		s.lists[key] = list
	}
	return list
}
