package widget_test

import (
	"testing"

	"cadensa/ui/widget"
)

// TestJoinedEmojiKeepTheRowStraight shows characters of several runes as one whose width every terminal knows.
func TestJoinedEmojiKeepTheRowStraight(t *testing.T) {
	for text, want := range map[string]string{
		"ok 👍🏽 done": "ok 👍 done ",
		"👨‍👩‍👧 home": "👨 home    ",
		"I ❤️ Cluj":  "I ❤ Cluj   ",
		"🇷🇴 România": "🇷🇴 România ",
		"می‌خواهم":   "می‌خواهم" + "    ",
		"क्‍ष":       "क्‍ष" + "          ",
	} {
		if got := widget.Fit(text, 11); got != want {
			t.Errorf("Fit(%q) = %q, want %q", text, got, want)
		}
	}
}
