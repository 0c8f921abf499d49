package timelog

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"cadensa/model"
)

// File tells what was found in one file.
type File struct {
	// Name is the path, "standard input", or the command.
	Name string
	// Format is one of Formats.
	Format string
	// Entries and Rejected count the file's rows.
	Entries, Rejected int
	// User is the source's.
	User string
	// Source is the position of its source among those that were read.
	Source int
	// Unbillable means that the file marks every entry as not billable, and that the source believes it.
	Unbillable bool
	// ManyTags means that entries have several tags whose order says nothing, and that nothing says of the source which of
	// them are clients and projects.
	ManyTags bool
	// ClientTag and ProjectTag are examples of tags such as "client:acme" where nothing says of the source what tags are; "" for none.
	ClientTag, ProjectTag string
}

// Result is what was read.
type Result struct {
	// Entries are in the order of their starts, then of their fingerprints, and have each fingerprint once.
	Entries []model.Entry
	// Rejected are the rows that were skipped, in the order of the files.
	Rejected []model.Rejected
	// Remarks are words about rows that were read all the same, and about whole files, in the order of the files.
	Remarks []model.Remark
	// Files are those that could be read, in the order of reading. An entry's Origin is the position of its file, or for
	// one that several have, beyond the last file, the position of these files in Shared.
	Files  []File
	Shared [][]uint32
	// Unread are the sources, or files of theirs, that could not be read.
	Unread []model.UnreadSource
	// Ambiguous are the sources whose dates tell nowhere the day from the month.
	Ambiguous []model.AmbiguousDates
	// Several are the sources with a file that may be of several formats.
	Several []model.AmbiguousFormat
	// Failures are why sources could not be read, in the order of the sources; nil for one that could.
	Failures []error
	// Identity names all that was read, "" when that has no name.
	Identity string
}

// sourceFile is a file with its content, which may still be in the index.
type sourceFile struct {
	file    model.TrackedFile
	content model.TrackedContent
	// loaded means that the content is here, parsed that it is not in the index yet.
	loaded, parsed bool
	// source is the source that it is of, number its position among those that are read.
	source Source
	number int
}

// facts tells what the file held.
func (f *sourceFile) facts() File {
	entries := f.content.Entries
	facts := File{
		Name: f.file.Name, Format: f.content.Format, Entries: len(entries), Rejected: len(f.content.Rejected),
		User: f.source.User, Source: f.number, Unbillable: isUnbillable(f.source, entries),
	}
	if format, known := formatNamed(f.content.Format); known {
		facts.ManyTags = f.source.hasManyTags(format, entries)
	}
	if f.source.leavesTagsOpen() {
		facts.ClientTag, facts.ProjectTag = tagLike(model.ClientTagGlob, entries), tagLike(model.ProjectTagGlob, entries)
	}
	return facts
}

// isUnbillable reports whether the file marks every entry as not billable and the source believes it.
func isUnbillable(source Source, entries []model.Entry) bool {
	believed := source.Billable.Mark(true) && !source.Billable.Mark(false)
	return believed && len(entries) > 1 && !slices.ContainsFunc(entries, func(entry model.Entry) bool { return entry.Billable })
}

// identityOf names what files hold, "" when one of them has no name.
func identityOf(found []sourceFile) string {
	var identity strings.Builder
	for _, one := range found {
		if one.file.Content == "" {
			return ""
		}
		identity.WriteString(one.file.Content + " " + one.file.Name + "\n" + one.source.User + "\n" + strconv.Itoa(one.number) + "\n")
	}
	return identity.String()
}

// join makes one result of what files hold. It is not complete when the index lost a content.
func (r Reader) join(ctx context.Context, found []sourceFile) (result Result, complete bool) {
	result = Result{Identity: identityOf(found)}
	if result.Identity != "" && result.Identity == r.Last.Identity {
		return r.Last, true
	}
	complete = true
	lists := make([][]model.Entry, 0, len(found))
	for _, one := range found {
		if !one.loaded {
			var known bool
			if one.content, known = r.memory().content(ctx, one.file.Content); !known {
				complete, result.Identity = false, ""
				continue
			}
		}
		lists = append(lists, one.content.Entries)
		result.Files = append(result.Files, one.facts())
		for _, row := range one.content.Rejected {
			row.File = one.file.Name
			result.Rejected = append(result.Rejected, row)
		}
		for _, remark := range one.content.Remarks {
			remark.File = one.file.Name
			result.Remarks = append(result.Remarks, remark)
		}
	}
	result.Entries, result.Shared = merge(lists)
	return result, complete
}

// merge joins lists in the order given. Of two entries with one fingerprint it keeps the later, since names of exports mostly hold
// dates, but never forgets that one was invoiced elsewhere. Shared are the sets of lists that have entries in common.
func merge(lists [][]model.Entry) (merged []model.Entry, shared [][]uint32) {
	if len(lists) == 1 {
		return lists[0], nil
	}
	total := 0
	for _, list := range lists {
		total += len(list)
	}
	if total == 0 {
		return nil, nil
	}
	origins := &origins{files: uint32(len(lists)), numbers: map[[2]uint32]uint32{}} //nolint:gosec // there are fewer files
	merged = make([]model.Entry, 0, total)
	positions := make(map[string]int, total)
	for number, list := range lists {
		for _, entry := range list {
			entry.Origin = uint32(number)
			position, known := positions[entry.Fingerprint]
			if !known {
				positions[entry.Fingerprint] = len(merged)
				merged = append(merged, entry)
				continue
			}
			entry.AlreadyInvoiced = entry.AlreadyInvoiced || merged[position].AlreadyInvoiced
			entry.Origin = origins.join(merged[position].Origin, entry.Origin)
			merged[position] = entry
		}
	}
	sortEntries(merged)
	return merged, origins.shared
}

func sortEntries(entries []model.Entry) {
	slices.SortFunc(entries, func(a, b model.Entry) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
}

// unread describes the source as unreadable and never read before.
func (s Source) unread() model.UnreadSource {
	format := s.Format
	if len(s.Columns)+len(s.IgnoredColumns) > 0 {
		format = genericCSV.name
	}
	return model.UnreadSource{Format: format}
}

// missedOf are the files that a source had when it was read last and that were not read now.
func missedOf(known []model.TrackedFile, read []sourceFile) []sourceFile {
	var missed []sourceFile
	for _, file := range known {
		if !slices.ContainsFunc(read, func(one sourceFile) bool { return one.file.Name == file.Name }) {
			missed = append(missed, sourceFile{file: file})
		}
	}
	return missed
}

// unread tells what a source held that could not be read now. A file that was never read of a source that was held
// nothing.
func (m memory) unread(ctx context.Context, source Source, known []model.TrackedFile, missed []sourceFile) model.UnreadSource {
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

// origins numbers the sets of files that have entries in common: few, however many entries there are.
type origins struct {
	files   uint32
	shared  [][]uint32
	numbers map[[2]uint32]uint32
}

// join is the number of a set with another file in it. Below the count of files, a number is that of a file alone.
func (o *origins) join(set, file uint32) uint32 {
	members := []uint32{set}
	if set >= o.files {
		members = o.shared[set-o.files]
	}
	if slices.Contains(members, file) {
		return set
	}
	number, known := o.numbers[[2]uint32{set, file}]
	if !known {
		number = o.files + uint32(len(o.shared)) //nolint:gosec // there are fewer sets
		o.numbers[[2]uint32{set, file}] = number
		o.shared = append(o.shared, append(slices.Clone(members), file))
	}
	return number
}
