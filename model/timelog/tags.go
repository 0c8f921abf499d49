package timelog

import (
	"regexp"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// tagReader finds the client and the project among an entry's tags.
type tagReader struct {
	clients, projects []*regexp.Regexp
	// undecided holds for trackers that know nothing but tags, until globs are set: an entry's first tag is its project, or
	// its only one where their order says nothing.
	undecided, loose bool
}

func newTagReader(source Source, format format) tagReader {
	return tagReader{
		clients:   tagPatterns(source.ClientTags),
		projects:  tagPatterns(source.ProjectTags),
		undecided: format.tagsOnly && source.leavesTagsOpen(),
		loose:     format.looseTags,
	}
}

// leavesTagsOpen reports whether nothing says of the source which tags are clients and projects.
func (s Source) leavesTagsOpen() bool { return s.ClientTags == nil && s.ProjectTags == nil }

// hasManyTags reports whether entries have several tags of which only their user can say what they are.
func (s Source) hasManyTags(format format, entries []model.Entry) bool {
	return format.looseTags && s.leavesTagsOpen() &&
		slices.ContainsFunc(entries, func(entry model.Entry) bool { return len(entry.Tags) > 1 })
}

func tagPatterns(globs []string) []*regexp.Regexp {
	patterns := make([]*regexp.Regexp, len(globs))
	for i, glob := range globs {
		patterns[i] = tagPattern(glob)
	}
	return patterns
}

// tagPattern turns a glob of * and ? into an expression with a group for each *.
func tagPattern(glob string) *regexp.Regexp {
	pattern := regexp.QuoteMeta(withCommas(glob))
	pattern = strings.ReplaceAll(pattern, `\?`, `.`)
	last := strings.LastIndex(pattern, `\*`)
	if last >= 0 {
		pattern = strings.ReplaceAll(pattern[:last], `\*`, `(.*?)`) + `(.*)` + pattern[last+len(`\*`):]
	}
	return regexp.MustCompile(`(?i)^` + pattern + `$`)
}

// tagLike is the first tag that fits the glob, "" for none.
func tagLike(glob string, entries []model.Entry) string {
	pattern := tagPattern(glob)
	for i := range entries {
		for _, tag := range entries[i].Tags {
			if match(pattern, tag) != nil {
				return tag
			}
		}
	}
	return ""
}

// apply gives the entry the client and the project that its tags carry.
func (t tagReader) apply(entry *model.Entry) {
	if t.undecided {
		if len(entry.Tags) == 1 || len(entry.Tags) > 1 && !t.loose {
			entry.Project = entry.Tags[0]
		}
		return
	}
	if names := firstMatch(t.clients, entry.Tags); names != nil {
		entry.Client = names[0]
	}
	if names := firstMatch(t.projects, entry.Tags); names != nil {
		entry.Project = names[len(names)-1]
	}
}

// firstMatch returns what each * of the first pattern that matches a tag stands for, the whole tag when it has none, and nil
// for no match.
func firstMatch(patterns []*regexp.Regexp, tags []string) []string {
	for _, pattern := range patterns {
		for _, tag := range tags {
			if names := match(pattern, tag); names != nil {
				return names
			}
		}
	}
	return nil
}

// match is firstMatch for one pattern and one tag. An empty name is no match.
func match(pattern *regexp.Regexp, tag string) []string {
	groups := pattern.FindStringSubmatch(tag)
	if len(groups) > 1 {
		groups = groups[1:]
	}
	for i, group := range groups {
		groups[i] = strings.TrimSpace(group)
	}
	if slices.Contains(groups, "") {
		return nil
	}
	return groups
}

// FittingGlob is the first of the globs that a source's tag fits, as ClientTags and ProjectTags have them; "" for none.
func FittingGlob(globs []string, tag string) string {
	for i, pattern := range tagPatterns(globs) {
		if match(pattern, tag) != nil {
			return globs[i]
		}
	}
	return ""
}

// splitTags splits the tags of one cell at the separators, leaving out the empty and the repeated.
func splitTags(text, separators string) []string {
	return cleanTags(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }))
}

// cleanTags returns the tags that say anything, each once, in their order; nil when there is none.
func cleanTags(tags []string) []string {
	var kept []string
	for _, tag := range tags {
		tag = clean(tag)
		if tag != "" && !slices.Contains(kept, tag) {
			kept = append(kept, tag)
		}
	}
	return kept
}

func clean(value string) string { return strings.TrimSpace(text.Clean(value)) }
