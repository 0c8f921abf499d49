package widget_test

import (
	"testing"

	"cadensa/ui/widget"
)

// TestJoinedEmojiKeepTheRowStraight shows characters of several runes as one whose width every terminal knows.
func TestJoinedEmojiKeepTheRowStraight(t *testing.T) {
	for text, want := range map[string]string{
		"ok 👍🏽 done":           "ok 👍 done ",
		"👨\u200d👩\u200d👧 home": "👨 home    ",
		"I ❤\ufe0f Cluj":       "I ❤ Cluj   ",
		"🇷🇴 România":           "🇷🇴 România ",
		"می\u200cخواهم":        "می\u200cخواهم" + "    ",
		"क्\u200dष":            "क्\u200dष" + "          ",
	} {
		if got := widget.Fit(text, 11); got != want {
			t.Errorf("Fit(%q) = %q, want %q", text, got, want)
		}
	}
}
