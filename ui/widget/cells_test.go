package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"cadensa/ui/widget"
)

func TestFit(t *testing.T) {
	tests := map[string]struct {
		text  string
		width int
		left  string
		right string
	}{
		"shorter":         {"Atlas", 8, "Atlas   ", "   Atlas"},
		"exact":           {"Atlas", 5, "Atlas", "Atlas"},
		"longer":          {"Atlas · api", 8, "Atlas ·…", "Atlas ·…"},
		"diacritics":      {"Cireș SRL", 10, "Cireș SRL ", " Cireș SRL"},
		"decomposed":      {"Cires\u0326", 6, "Cires\u0326 ", " Cires\u0326"},
		"wide":            {"日本語", 5, "日本…", "日本…"},
		"wide, odd room":  {"日本語", 4, "日… ", " 日…"},
		"emoji":           {"👩‍💻 dev", 4, "👩 …", "👩 …"},
		"nothing":         {"", 3, "   ", "   "},
		"no room":         {"Atlas", 0, "", ""},
		"joins the blank": {"\u0600", 3, "   ", "   "},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := widget.Fit(test.text, test.width); got != test.left {
				t.Errorf("Fit = %q, want %q", got, test.left)
			}
			if got := widget.FitRight(test.text, test.width); got != test.right {
				t.Errorf("FitRight = %q, want %q", got, test.right)
			}
		})
	}
}

// printable draws text as it comes out of the model: without control characters, but with everything else.
func printable(t *rapid.T, label string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x2029 {
			return -1
		}
		return r
	}, rapid.String().Draw(t, label))
}

func TestFitFillsItsCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := printable(t, "text"), rapid.IntRange(0, 40).Draw(t, "width")
		for name, got := range map[string]string{"Fit": widget.Fit(text, width), "FitRight": widget.FitRight(text, width)} {
			if cells := ansi.StringWidth(got); cells != width {
				t.Fatalf("%s(%q, %d) has %d cells: %q", name, text, width, cells, got)
			}
		}
		if cells := ansi.StringWidth(widget.Clip(text, width)); cells > width {
			t.Fatalf("Clip(%q, %d) has %d cells", text, width, cells)
		}
		right := printable(t, "right")
		if cells := ansi.StringWidth(widget.Spread(text, right, width)); cells != width {
			t.Fatalf("Spread(%q, %q, %d) has %d cells", text, right, width, cells)
		}
	})
}

func TestALetterIsDrawnWithFewMarks(t *testing.T) {
	got := widget.Fit("z"+strings.Repeat("\u0310", 50)+"a"+strings.Repeat("\u0489", 3), 4)
	if want := "z" + strings.Repeat("\u0310", 4) + "a" + strings.Repeat("\u0489", 3) + "  "; got != want {
		t.Errorf("got %q", got)
	}
}

func TestLayCoversOnlyItsCells(t *testing.T) {
	base := strings.Join([]string{"0123456789", "日本語日本", "abcdefghij"}, "\n")
	got := widget.Lay(base, "[##]\n[##]", 3, 1)
	want := strings.Join([]string{"0123456789", "日 [##] 本", "abc[##]hij"}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := widget.Lay(base, "[####]", 8, 0); !strings.HasPrefix(got, "01234567[#\n") {
		t.Errorf("what reaches beyond the base is not cut:\n%s", got)
	}
	if got := widget.Lay(base, "x", 0, 9); got != base {
		t.Errorf("a block below the base changed it:\n%s", got)
	}
}

func TestBlockIsExact(t *testing.T) {
	if got, want := widget.Block([]string{"one", "two", "three"}, 4, 2), "one \ntwo "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := widget.Block(nil, 2, 2), "  \n  "; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

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
