package countries

import (
	"testing"

	"pgregory.net/rapid"
)

// What rules names out early must not rule out any that is as near as the limit.
func TestNoNearNameIsRuledOut(t *testing.T) {
	text := rapid.StringMatching(`[a-d]{1,9}( [a-d]{1,9}){0,2}`)
	rapid.Check(t, func(t *rapid.T) {
		typed, name := text.Draw(t, "typed"), text.Draw(t, "name")
		limit := rapid.IntRange(1, mostSlips).Draw(t, "limit")
		least := within(limit) + 1
		key := key{name: newName(name), near: nearby(name)}
		for _, start := range key.words {
			least = min(least, differ(typed, name[start:], limit))
		}
		if got, _, _ := key.leastDifference(typed, lettersOf(typed), limit); got != least {
			t.Fatalf("the difference is %d, with names ruled out early %d", least, got)
		}
	})
}
