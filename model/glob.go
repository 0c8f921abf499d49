package model

import (
	"path"
	"strings"

	"cadensa/model/text"
)

// MatchGlob reports whether text matches a glob as the settings have them: * and ? and [a-z], over the whole text,
// without regard to case or diacritics. A malformed glob matches only itself.
func MatchGlob(glob, value string) bool {
	return globPattern(glob).matches(text.Fold(text.Collapse(value)))
}

// pattern is a glob that was folded once, to be matched many times.
type pattern struct {
	glob  string
	plain bool
}

// slashes hides the separators that path.Match would not let * cross: projects are called "acme/api" too.
var slashes = strings.NewReplacer("/", "\x1f")

func globPattern(glob string) pattern {
	folded := slashes.Replace(text.Fold(text.Collapse(glob)))
	return pattern{glob: folded, plain: !strings.ContainsAny(folded, `*?[\`)}
}

func (p pattern) matches(folded string) bool {
	folded = slashes.Replace(folded)
	if p.plain {
		return p.glob == folded
	}
	matched, err := path.Match(p.glob, folded)
	if err != nil {
		return p.glob == folded
	}
	return matched
}
