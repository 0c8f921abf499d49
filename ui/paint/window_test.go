package paint

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestRowIsWrittenOverWhatStoodThere(t *testing.T) {
	for _, test := range []struct{ name, row, want string }{
		{"short", "abc", "abc\x1b[K"},
		{"empty", "", "\x1b[K"},
		{"full", "12345678", "12345678"},
		{"not ASCII: erased first", "1234│", "\x1b[K1234│"},
		{"full, not ASCII", "1234567│", "\x1b[K1234567│"},
		{"too long", "123456789", "12345678"},
		{"a wide character does not fit: the cell is erased", "1234567請", "1234567\x1b[K"},
		{"a wide character fits", "123456請", "\x1b[K123456請"},
		{"joined in the last column: left out", "1234567e\u0301", "1234567\x1b[K"},
		{"joined before the last column", "123456e\u0301x", "\x1b[K123456e\u0301x"},
		{"joined and cut away", "12345678e\u0301", "12345678"},
		{"style left open", "\x1b[1mbold", "\x1b[1mbold\x1b[m\x1b[K"},
		{"style left open by a cut", "\x1b[1m123456789\x1b[22m", "\x1b[1m12345678\x1b[22m\x1b[m"},
		{"style closed", "\x1b[1mbold\x1b[0m x", "\x1b[1mbold\x1b[0m x\x1b[K"},
		{"style closed shortly", "\x1b[1mbold\x1b[m", "\x1b[1mbold\x1b[m\x1b[K"},
	} {
		t.Run(test.name, func(t *testing.T) {
			shown := window{plain: true}
			shown.resize(8, 1)
			shown.frame("what stood")
			got := string(shown.frame(test.row))
			if want := "\x1b[?7l\x1b[m\x1b[1H" + test.want + "\x1b[?7h"; got != want {
				t.Errorf("frame %q, want %q", got, want)
			}
		})
	}
}

// What is not known, or of doubtful width, is erased before anything is written over it.
func TestDoubtfulRowIsErasedFirst(t *testing.T) {
	shown := window{plain: true}
	shown.resize(8, 1)
	for i, row := range []string{"12345678", "1234請56", "87654321"} {
		got := string(shown.frame(row))
		if want := "\x1b[?7l\x1b[m\x1b[1H\x1b[K" + row + "\x1b[?7h"; got != want {
			t.Errorf("frame %d is %q, want %q", i, got, want)
		}
	}
}

func TestFrameHoldsOnlyChangedRows(t *testing.T) {
	shown := window{}
	shown.resize(10, 3)
	first := string(shown.frame("a\nb\nc"))
	if strings.Count(first, "H") != 3 || !strings.HasPrefix(first, "\x1b[?2026h") || !strings.HasSuffix(first, "\x1b[?2026l") {
		t.Errorf("the first frame is not whole and synchronized: %q", first)
	}
	if same := shown.frame("a\nb\nc"); len(same) != 0 {
		t.Errorf("an unchanged view is drawn: %q", same)
	}
	if got, want := string(shown.frame("a\nB\nc")), "\x1b[?2026h\x1b[?7l\x1b[m\x1b[2HB\x1b[K\x1b[?7h\x1b[?2026l"; got != want {
		t.Errorf("frame %q, want %q", got, want)
	}
	if got := string(shown.frame("0\na\nB\nc")); strings.Contains(got, "\x1b[2H") || got != "" {
		t.Errorf("the end of a long view is already shown, yet %q", got)
	}
	shown.forget()
	if again := string(shown.frame("a\nB\nc")); strings.Count(again, "H") != 3 {
		t.Errorf("the frame after the screen was spoiled is not whole: %q", again)
	}
}

// Whatever was shown before, in whatever size, the screen shows the view.
func TestScreenShowsTheView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		shown := window{plain: rapid.Bool().Draw(t, "plain")}
		var screen *emulator
		for range rapid.IntRange(1, 8).Draw(t, "frames") {
			if screen == nil || random.IntN(4) == 0 {
				screen = newEmulator(1+random.IntN(30), 1+random.IntN(8))
				screen.write(strings.Repeat("#", screen.width))
				shown.resize(screen.width, screen.height)
			}
			view := sampleView(random, screen.width, screen.height)
			frame := string(shown.frame(view))
			screen.write(frame)
			if len(screen.faults) > 0 {
				t.Fatalf("%q\nof view %q in %d columns: %v", frame, view, screen.width, screen.faults)
			}
			if diff := cmp.Diff(expected(view, screen.width, screen.height), screen.rows()); diff != "" {
				t.Fatalf("view %q, frame %q (-want +got):\n%s", view, frame, diff)
			}
			if frame != "" && (!screen.modes["?7"] || screen.modes["?2026"]) {
				t.Fatalf("frame %q leaves modes behind: %v", frame, screen.modes)
			}
		}
	})
}

// The cost of a frame: a key that moves a cursor, a list that scrolls, and a message that changes nothing.
func BenchmarkFrame(b *testing.B) {
	const width, height = 120, 40
	views := func(first func(i int) int, cursor func(i int) int) []string {
		made := make([]string, 2)
		for i := range made {
			rows := make([]string, height)
			for y := range rows {
				style, row := "\x1b[38;5;252m", first(i)+y
				if row == cursor(i) {
					style = "\x1b[1;7m"
				}
				rows[y] = fmt.Sprintf("%s%07d 2026-11-22 09:15  1,25h  Ștefan & Fiii   review invoice export │\x1b[0m", style, row)
			}
			made[i] = strings.Join(rows, "\n")
		}
		return made
	}
	still := func(int) int { return 0 }
	moving := func(i int) int { return i }
	for _, test := range []struct {
		name  string
		views []string
	}{
		{"nothing changes", views(still, still)},
		{"cursor moves", views(still, moving)},
		{"list scrolls", views(moving, moving)},
	} {
		b.Run(test.name, func(b *testing.B) {
			shown := window{}
			shown.resize(width, height)
			written, frames := 0, 0
			for b.Loop() {
				written += len(shown.frame(test.views[frames%2]))
				frames++
			}
			b.ReportAllocs()
			b.ReportMetric(float64(written)/float64(frames), "bytes/frame")
		})
	}
}
