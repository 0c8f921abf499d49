package model

import "cadensa/model/text"

// samePerson reports whether hours of two people, by their folded names, may be one person's. One who is not named may be
// anybody.
func samePerson(a, b string) bool { return a == b || a == "" || b == "" }

// people folds names, of people above all, for comparing: case, diacritics and white space do not tell them apart.
// Trackers repeat a few names a million times; each is folded once.
type people map[string]string

func (p people) fold(name string) string {
	if name == "" {
		return ""
	}
	folded, known := p[name]
	if !known {
		folded = text.Fold(text.Collapse(name))
		p[name] = folded
	}
	return folded
}
