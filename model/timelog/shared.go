package timelog

import (
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
	// price is that of the entry before.
	price *model.HourlyPrice
}

func newSharedTexts() sharedTexts {
	return sharedTexts{texts: map[string]string{}, lists: map[string][]string{}}
}

// in returns the entry with shared texts.
func (s *sharedTexts) in(entry model.Entry) model.Entry {
	for _, text := range []*string{
		&entry.Client, &entry.Project, &entry.Task, &entry.Description, &entry.User,
	} {
		*text = s.text(*text)
	}
	entry.Tags = s.list(entry.Tags)
	if s.price.Compare(entry.Price) != 0 {
		s.price = entry.Price
	} else if entry.Price != nil {
		entry.Price = s.price
	}
	return entry
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

func (s *sharedTexts) list(tags []string) []string {
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
