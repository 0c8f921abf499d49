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
	client, project *regexp.Regexp
	// firstIsProject holds for trackers that know nothing but tags, when no glob was set.
	firstIsProject bool
}

func newTagReader(source Source, tagsOnly bool) tagReader {
	return tagReader{
		client:         tagPattern(source.ClientTag),
		project:        tagPattern(source.ProjectTag),
		firstIsProject: tagsOnly && source.ClientTag == "" && source.ProjectTag == "",
	}
}

// tagPattern turns a glob of * and ? into an expression with a group for each *; nil for "".
func tagPattern(glob string) *regexp.Regexp {
	if glob == "" {
		return nil
	}
	pattern := regexp.QuoteMeta(withCommas(glob))
	pattern = strings.ReplaceAll(pattern, `\?`, `.`)
	last := strings.LastIndex(pattern, `\*`)
	if last >= 0 {
		pattern = strings.ReplaceAll(pattern[:last], `\*`, `(.*?)`) + `(.*)` + pattern[last+len(`\*`):]
	}
	return regexp.MustCompile(`(?i)^` + pattern + `$`)
}

// apply gives the entry the client and the project that its tags carry.
func (t tagReader) apply(entry *model.Entry) {
	if t.firstIsProject && len(entry.Tags) > 0 {
		entry.Project = entry.Tags[0]
		return
	}
	if t.client == nil && t.project == nil {
		return
	}
	for _, tag := range slices.Backward(entry.Tags) {
		if groups := match(t.client, tag); groups != nil {
			entry.Client = groups[0]
		}
		if groups := match(t.project, tag); groups != nil {
			entry.Project = groups[len(groups)-1]
		}
	}
}

// match returns what each * of the pattern stands for, the whole tag when there is none, and nil for no match or for
// an empty name.
func match(pattern *regexp.Regexp, tag string) []string {
	if pattern == nil {
		return nil
	}
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

// clean makes foreign text harmless and trims it.
func clean(value string) string { return strings.TrimSpace(text.Clean(value)) }
