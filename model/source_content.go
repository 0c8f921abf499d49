package model

import (
	"cmp"
	"slices"
)

// SourceContent is what a source of the settings held when it was read last.
type SourceContent struct {
	Place SourcePlace
	// Formats are those of its files, each once.
	Formats []string
	// Entries and Rejected count rows of all its files.
	Entries, Rejected int
	// Unbillable means that a file marks every entry as not billable, and that the source believes it.
	Unbillable bool
	// ManyTags means that entries have several tags, and that only their user knows which is the project.
	ManyTags bool
	// ClientTag and ProjectTag are tags of the example's own convention, such as "client:acme", where nothing says what tags are; ""
	// for none.
	ClientTag, ProjectTag string
	// Failure is why the source, or a file of it, could not be read; nil for none.
	Failure error
}

// TagHours is how often a source has a tag.
type TagHours struct {
	Tag     string
	Entries int
	// Seconds were tracked under it.
	Seconds int64
	// Alone means that an entry has no other tag.
	Alone bool
	// ClientBy and ProjectBy are the patterns of the source that say so of the tag, "" for none.
	ClientBy, ProjectBy string
}

// TagsOf adds up the hours of each tag, those with the most hours first.
func TagsOf(entries []Entry) []TagHours {
	var all []TagHours
	places := map[string]int{}
	for i := range entries {
		for _, tag := range entries[i].Tags {
			place, known := places[tag]
			if !known {
				place = len(all)
				places[tag] = place
				all = append(all, TagHours{Tag: tag})
			}
			all[place].Entries++
			all[place].Seconds += entries[i].Seconds
			all[place].Alone = all[place].Alone || len(entries[i].Tags) == 1
		}
	}
	slices.SortFunc(all, func(a, b TagHours) int { return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(a.Tag, b.Tag)) })
	return all
}

// SheetPreview is the beginning of a sheet, for choosing what its columns mean.
type SheetPreview struct {
	// Titles are the header's; each row has as many cells.
	Titles []string
	Rows   [][]string
	// Columns are the proposed meanings, one of Names for each title, "" for none.
	Columns []string
	// Names are what a column may mean, as the setting columns has them.
	Names []string
}
