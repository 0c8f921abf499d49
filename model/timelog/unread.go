package timelog

import (
	"context"
	"slices"
	"strings"

	"cadensa/model"
)

// unread is the source as one that could not be read, of which nothing is known.
func (s Source) unread() model.UnreadSource {
	format := s.Format
	if len(s.Columns) > 0 {
		format = genericCSV.name
	}
	return model.UnreadSource{Format: format}
}

// mark notes with what was read whose hours they are.
func (s Source) mark(read []holding) []holding {
	for i := range read {
		read[i].user = s.User
	}
	return read
}

// inOrder are the files of a source in the order in which they are read: that of their names.
func inOrder(files []holding) []holding {
	slices.SortStableFunc(files, func(a, b holding) int { return strings.Compare(a.file.Name, b.file.Name) })
	return files
}

// missedOf are the files that a source had when it was read last and that were not read now.
func missedOf(known []model.TrackedFile, read []holding) []holding {
	var missed []holding
	for _, file := range known {
		if !slices.ContainsFunc(read, func(one holding) bool { return one.file.Name == file.Name }) {
			missed = append(missed, holding{file: file})
		}
	}
	return missed
}

// unread tells what a source held that could not be read now. A file that was never read of a source that was held
// nothing.
func (m memory) unread(ctx context.Context, source Source, known []model.TrackedFile, missed []holding) model.UnreadSource {
	result := source.unread()
	if len(known) == 0 {
		return result
	}
	fingerprints := []string{}
	for _, one := range missed {
		content, ok := m.content(ctx, one.file.Content)
		if !ok {
			return result
		}
		for i := range content.Entries {
			fingerprints = append(fingerprints, content.Entries[i].Fingerprint)
		}
	}
	result.Known = fingerprints
	return result
}
