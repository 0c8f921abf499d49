package timelog

import (
	"slices"
	"strings"

	"cadensa/model"
)

// mostShared bounds the texts and lists that are remembered: names repeat, descriptions often do not.
const mostShared = 1 << 14

// sharedTexts lets entries share the texts that they have in common. A text of a row holds the whole row in memory; a
// copy does not.
type sharedTexts struct {
	texts map[string]string
	lists map[string][]string
	// names, list and price are those of the entry before: neighbours have much in common.
	names [5]string
	list  []string
	price *model.HourlyPrice
}

func newSharedTexts() sharedTexts {
	return sharedTexts{texts: map[string]string{}, lists: map[string][]string{}}
}

// share gives the entry texts that others have, too.
func (s *sharedTexts) share(entry *model.Entry) {
	for i, text := range []*string{&entry.Client, &entry.Project, &entry.Task, &entry.Description, &entry.User} {
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

func (s *sharedTexts) text(text string) string {
	if text == "" {
		return ""
	}
	if known, ok := s.texts[text]; ok {
		return known
	}
	text = strings.Clone(text)
	if len(s.texts) < mostShared {
		s.texts[text] = text
	}
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
