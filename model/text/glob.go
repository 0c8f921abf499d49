package text

import (
	"path"
	"strings"
)

// MatchGlob reports whether text matches a glob, as Glob does.
func MatchGlob(glob, value string) bool { return NewGlob(glob).Matches(value) }

// Glob is a pattern as the settings have them: * and ? and [a-z], over the whole text, without regard to case or
// diacritics. A malformed one matches only itself.
type Glob struct {
	folded  string
	pattern bool
}

// slashes hides the separators that path.Match would not let * cross: projects are called "acme/api" too.
var slashes = strings.NewReplacer("/", "\x1f")

// NewGlob folds a glob once, to be matched many times.
func NewGlob(glob string) Glob {
	folded := slashes.Replace(Fold(Collapse(glob)))
	_, err := path.Match(folded, "")
	return Glob{folded: folded, pattern: err == nil && strings.ContainsAny(folded, `*?[\`)}
}

// IsEmpty reports whether there is nothing in the glob.
func (g Glob) IsEmpty() bool { return g.folded == "" }

// IsPattern reports whether more than one text matches.
func (g Glob) IsPattern() bool { return g.pattern }

// Matches folds text and reports whether it matches.
func (g Glob) Matches(value string) bool { return g.MatchesFolded(Fold(Collapse(value))) }

// MatchesFolded reports whether text that Collapse and Fold have been through matches.
func (g Glob) MatchesFolded(folded string) bool {
	folded = slashes.Replace(folded)
	if !g.pattern {
		return g.folded == folded
	}
	matched, err := path.Match(g.folded, folded)
	return err == nil && matched
}
