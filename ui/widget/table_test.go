package widget_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"

	"cadensa/ui/uitest"
	"cadensa/ui/widget"
)

func key(tb testing.TB, name string) tea.KeyMsg {
	tb.Helper()
	pressed, err := uitest.Key(name)
	if err != nil {
		tb.Fatal(err)
	}
	return pressed
}

// view draws a table as the numbers of its rows, the focused one in brackets.
func view(table *widget.Table) string {
	return strings.Join(table.View(func(index int, focused bool) string {
		if focused {
			return fmt.Sprintf("[%d]", index)
		}
		return fmt.Sprint(index)
	}), " ")
}

func TestTableMovesAsTerminalUsersExpect(t *testing.T) {
	tests := []struct{ keys, shows string }{
		{"", "[0] 1 2 3"},
		{"j j", "0 1 [2] 3"},
		{"down down down down", "1 2 3 [4]"},
		{"G", "16 17 18 [19]"},
		{"G g g", "[0] 1 2 3"},
		{"G g j", "16 17 18 [19]"},
		{"end k", "16 17 [18] 19"},
		{"end home", "[0] 1 2 3"},
		{"ctrl+d", "0 1 [2] 3"},
		{"ctrl+d ctrl+d ctrl+u", "1 [2] 3 4"},
		{"pgdown", "0 1 2 [3]"},
		{"pgdown pgdown pgup", "[3] 4 5 6"},
		{"up k", "[0] 1 2 3"},
	}
	for _, test := range tests {
		t.Run(test.keys, func(t *testing.T) {
			var table widget.Table
			table.SetHeight(4)
			table.SetCount(20)
			for name := range strings.FieldsSeq(test.keys) {
				if !table.Update(key(t, name)) {
					t.Fatalf("%s is not the table's", name)
				}
			}
			if got := view(&table); got != test.shows {
				t.Errorf("shows %s, want %s", got, test.shows)
			}
		})
	}
}

func TestTableLeavesOtherKeysAlone(t *testing.T) {
	var table widget.Table
	for _, name := range []string{"x", " ", "enter", "esc", "tab"} {
		if table.Update(key(t, strings.ReplaceAll(name, " ", "space"))) {
			t.Errorf("%q was taken", name)
		}
	}
}

// TestTableKeepsItsCursorInView changes everything in any order.
func TestTableKeepsItsCursorInView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var table widget.Table
		count, height := 0, 0
		t.Repeat(map[string]func(*rapid.T){
			"count":  func(t *rapid.T) { count = rapid.IntRange(0, 50).Draw(t, "count"); table.SetCount(count) },
			"height": func(t *rapid.T) { height = rapid.IntRange(0, 30).Draw(t, "height"); table.SetHeight(height) },
			"move":   func(t *rapid.T) { table.Move(rapid.IntRange(-60, 60).Draw(t, "by")) },
			"select": func(t *rapid.T) { table.Select(rapid.IntRange(-5, 60).Draw(t, "row")) },
			"": func(t *rapid.T) {
				shown := view(&table)
				if rows := len(strings.Fields(shown)); rows != min(count, height) {
					t.Fatalf("%d rows are shown of %d in %d: %s", rows, count, height, shown)
				}
				if count > 0 && height > 0 && !strings.Contains(shown, fmt.Sprintf("[%d]", table.Cursor())) {
					t.Fatalf("the cursor %d is out of view: %s", table.Cursor(), shown)
				}
				if count == 0 && table.Cursor() != -1 {
					t.Fatalf("the cursor of no rows is %d", table.Cursor())
				}
			},
		})
	})
}
